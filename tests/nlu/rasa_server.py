"""A stand-in for a Rasa server on loopback: it answers byte for byte as Rasa 3.6.21 did, and fails when told to."""

import json
import socket
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar, Self
from urllib.parse import parse_qs, urlsplit

ANSWERS = Path(__file__).with_name("rasa_answers")
MODEL_ID = "f6c6bedfe6bc459686c3848f790d1f8c"
THRESHOLD = 0.6  # of the recorded server's FallbackClassifier
FAULTS = ("", "slow", "half", "no_model", "broken", "cut", "huge", "error", "moved", "another_text")


def recorded(name: str) -> bytes:
    """What the real server answered, as it came."""
    return (ANSWERS / f"{name}.json").read_bytes()


def dumped(plain: Any) -> bytes:
    """JSON as Rasa writes it: no blanks, ASCII alone, slashes escaped."""
    return json.dumps(plain, separators=(",", ":")).replace("/", "\\/").encode()


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The text that was to be understood."""
        return str(json.loads(self.body)["text"])


@dataclass
class RasaServer:
    """The stand-in. `knows` tells it what texts mean; `fault` (one of FAULTS) how it is to fail from now on."""

    token: str = ""
    port: int = 0
    fault: str = ""
    asked: list[Asked] = field(default_factory=list)
    meanings: dict[str, bytes] = field(default_factory=dict)
    released: threading.Event = field(default_factory=threading.Event)
    _server: "_Server | None" = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *why: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def texts(self) -> list[str]:
        """All texts that came, in order."""
        return [one.text for one in self.asked if one.method == "POST"]

    def start(self) -> None:
        """Serve; after a stop on the same port again."""
        handler = type("Handler", (_Handler,), {"rasa": self})
        self.released.clear()
        self._server = _Server(("127.0.0.1", self.port), handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        """Refuse connections from now on; whoever is kept waiting is let go."""
        self.released.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def knows(self, text: str, *ranking: tuple[str, float], entities: Sequence[Mapping[str, Any]] = ()) -> None:
        """Tell what a text means to it; entities without places are found by their `text`."""
        self.meanings[text] = meaning(text, ranking, entities)

    def remembers(self, *names: str) -> None:
        """Answer the texts of recorded answers as the real server did."""
        for name in names:
            self.meanings[json.loads(recorded(name))["text"]] = recorded(name)


def meaning(text: str, ranking: Sequence[tuple[str, float]], entities: Sequence[Mapping[str, Any]] = ()) -> bytes:
    """An answer in the shape of the real ones, its ranking led by the fallback where nothing is sure enough."""
    led = ranking if ranking and ranking[0][1] >= THRESHOLD else [("nlu_fallback", THRESHOLD), *ranking]
    listed = [{"name": name, "confidence": share} for name, share in led]
    tokens, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        tokens.append([at, at + len(word)])
        at += len(word)
    told = {"text": text, "intent": listed[0], "entities": [_entity(text, one) for one in entities]}
    return dumped({**told, "text_tokens": tokens, "intent_ranking": listed[:11]})


def _entity(text: str, told: Mapping[str, Any]) -> dict[str, Any]:
    start = text.index(str(told["text"]))
    found = {"entity": told["entity"], "start": start, "end": start + len(str(told["text"])), "confidence_entity": 0.98}
    role = {"role": told["role"], "confidence_role": 0.97} if "role" in told else {}
    if "group" in told:
        role |= {"group": told["group"], "confidence_group": 0.96}
    value = {"value": told.get("value", told["text"]), "extractor": "DIETClassifier"}
    return {**found, **role, **value, "processors": ["EntitySynonymMapper"]}


def _told(text: str) -> bytes:
    """What Rasa makes of "/vpn": an intent that was told, as a button's payload would."""
    intent = {"name": text[1:].strip(), "confidence": 1.0}
    return dumped({"text": text, "intent": intent, "entities": [], "intent_ranking": [intent]})


class _Server(ThreadingHTTPServer):
    """Bears callers who do not wait for the answer, and hangs up on all when it stops."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self.open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection."""
        self.open.add(request)
        super().process_request(request, client_address)

    def server_close(self) -> None:
        """Hang up."""
        super().server_close()
        for connection in self.open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""


class _Handler(BaseHTTPRequestHandler):
    """Speaks as the real server does, headers and their order included."""

    rasa: ClassVar[RasaServer]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer /version, /status, or refuse."""
        self._note(b"")
        path = urlsplit(self.path).path
        if path == "/version":
            self._answer(200, recorded("version"))
        elif path == "/status":
            plain = {"model_file": "ours.tar.gz", "model_id": MODEL_ID, "num_active_training_jobs": 0}
            self._answer(200, dumped(plain)) if self._admitted() else None
        else:
            self._answer(405 if path == "/model/parse" else 404, b"<!DOCTYPE html>", "text/html; charset=utf-8")

    def do_POST(self) -> None:
        """Understand a text."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._note(body)
        if urlsplit(self.path).path != "/model/parse":
            self._answer(404, b"<!DOCTYPE html>", "text/html; charset=utf-8")
        elif self._admitted():
            try:
                text = json.loads(body)["text"].strip()
            except (ValueError, KeyError, TypeError, AttributeError):
                self._answer(500, recorded("bad_json"))
            else:
                content = self.rasa.meanings.get(text) or meaning(text, [])
                self._parsed(_told(text) if text.startswith("/") else content)

    def _parsed(self, content: bytes) -> None:
        match self.rasa.fault:
            case "slow":
                self.rasa.released.wait()
            case "half":
                self._head(200, len(content), "application/json")
                self.wfile.write(content[: len(content) // 2])
                self.wfile.flush()
                self.rasa.released.wait()
                self.close_connection = True
                return
            case "broken":
                content = content[:-1]
            case "cut":
                self._head(200, len(content) + 10, "application/json")
                self.wfile.write(content)
                self.close_connection = True
                return
            case "huge":
                content = content[:-1] + b',"more":"' + b"x" * 300_000 + b'"}'
            case "another_text":
                content = meaning("something else", [("vpn", 0.99)])
            case _:
                pass
        self._answer(200, content)

    def _admitted(self) -> bool:
        given = parse_qs(urlsplit(self.path).query).get("token", [""])[0]
        signed = self.headers.get("Authorization", "") == f"Bearer {self.rasa.token}"
        if self.rasa.token and given != self.rasa.token and not signed:
            self._answer(401, recorded("not_authenticated"))
        elif self.rasa.fault == "no_model":
            self._answer(409, recorded("no_model"))
        elif self.rasa.fault == "error":
            self._answer(500, recorded("bad_json"))
        elif self.rasa.fault == "moved":
            self._answer(302, b"", "text/html; charset=utf-8", {"Location": "http://192.0.2.1/"})
        else:
            return True
        return False

    def _note(self, body: bytes) -> None:
        self.rasa.asked.append(Asked(self.command, self.path, dict(self.headers.items()), body))

    def _answer(
        self, status: int, content: bytes, kind: str = "application/json", more: Mapping[str, str] | None = None
    ) -> None:
        self._head(status, len(content), kind, more)
        self.wfile.write(content)

    def _head(self, status: int, length: int, kind: str, more: Mapping[str, str] | None = None) -> None:
        self.send_response_only(status)
        if status == 200:
            self.send_header("Access-Control-Expose-Headers", "filename")
            self.send_header("Access-Control-Allow-Credentials", "true")
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.send_header("content-length", str(length))
        self.send_header("connection", "keep-alive")
        self.send_header("content-type", kind)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
