"""A Rasa server as understander: POST /model/parse, within a time-out; whatever fails is no answer, never an error."""

import json
import logging
import threading
import time
import weakref
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self

import httpx

from bot.dialog.secrets import find as find_secrets
from bot.ports.clock import Clock

from .composed import Found
from .rasa_answer import Names, OddError, Question, question, read_answer

FAILURES, REST = 3, timedelta(seconds=30)  # so many in a row, and it is left alone for so long
_LARGEST = 256 * 1024  # bytes of an answer: a thousand characters get 7 KB
_AT_ONCE = 2  # as many as the house reads messages at once
_KEPT = 30.0  # seconds that an idle connection is kept; Rasa itself keeps it for 120

log = logging.getLogger(__name__)


class RasaError(Exception):
    """A server that does not answer as it should; `mend` says what to do. Holds no word of what was asked."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Server:
    """Where a Rasa server is, what opens it, how long it may take in all, and its names for what we know.

    `token` is what it was started with (--auth-token), or a signed one (JWT), which travels in a header.
    """

    url: str
    token: str = ""
    seconds: float = 2.0
    names: Names = field(default_factory=Names)


class Standing:
    """Whether a server is worth asking; counts and tells. Left alone after failures in a row, then tried by one caller.

    `asked` and `failures` count since the start. Safe to share between threads.
    """

    def __init__(self, clock: Clock) -> None:
        self.asked = self.failures = 0
        self._clock = clock
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._until: datetime | None = None
        self._on_trial = False

    def admits(self) -> bool:
        """Tell whether to ask now; whoever is told so says afterwards how it went."""
        with self._lock:
            if self._until is not None:
                if self._on_trial or self._clock.now() < self._until:
                    return False
                self._on_trial = True
            self.asked += 1
            return True

    def failed(self, error: RasaError) -> None:
        """Take in a failure."""
        with self._lock:
            self.failures += 1
            self._in_a_row += 1
            self._on_trial = False
            if self._in_a_row == 1:
                log.warning("the Rasa server %s -> %s", error, error.mend)
            if self._in_a_row == FAILURES:
                log.warning("the Rasa server is left alone for %d s at a time", REST.total_seconds())
            if self._in_a_row >= FAILURES:
                self._until = self._clock.now() + REST

    def succeeded(self) -> None:
        """Take in an answer."""
        with self._lock:
            if self._in_a_row:
                log.warning("the Rasa server answers again after %d failures in a row", self._in_a_row)
            self._in_a_row, self._on_trial, self._until = 0, False, None


class RasaUnderstander:
    """Asks a Rasa server what texts mean. Texts in which a secret still stands are not sent."""

    by = "rasa"

    def __init__(self, server: Server, clock: Clock) -> None:
        self.server = server
        self.standing = Standing(clock)
        # The bare transport: a client would take proxies from the environment, and log addresses with their token.
        self._wire = httpx.HTTPTransport(limits=httpx.Limits(max_connections=_AT_ONCE, keepalive_expiry=_KEPT))
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="rasa")
        self._end = weakref.finalize(self, _end, self._wire, self._pool)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *why: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of connections and threads; happens by itself when nobody holds it any more."""
        self._end()

    def find(self, said: Sequence[str]) -> tuple[Found, ...] | None:
        """Give what each (masked) text holds, within one time-out for all; None where the server does not answer."""
        asked = [question(text) for text in said]
        if not all(one.text for one in asked) or any(find_secrets(one.text) for one in asked):
            return None
        if not self.standing.admits():
            return None
        try:
            found = self._in_time(asked)
        except RasaError as error:
            self.standing.failed(error)
            return None
        except Exception as error:  # whatever else: the message must still be understood, and the trial must end
            self.standing.failed(RasaError(f"was not asked ({type(error).__name__})", "tell the authors"))
            return None
        self.standing.succeeded()
        return found

    def about(self) -> str:
        """Tell the server's version and model. Raises RasaError."""
        until = time.monotonic() + self.server.seconds
        version = _text(self._call("GET", "version", until), "version")
        model = _text(self._call("GET", "status", until), "model_file")
        return f"Rasa {version}, model {model}"

    def _in_time(self, asked: Sequence[Question]) -> tuple[Found, ...]:
        """Wait no longer than allowed, whatever the network does: a name that is looked up knows no time-out."""
        until = time.monotonic() + self.server.seconds
        working = self._pool.submit(lambda: tuple(self._parse(one, until) for one in asked))
        try:
            return working.result(self.server.seconds)
        except TimeoutError:
            working.cancel()
            raise _late() from None

    def _parse(self, asked: Question, until: float) -> Found:
        content = self._call("POST", "model/parse", until, {"text": asked.text})
        try:
            return read_answer(content, asked, self.server.names)
        except OddError as odd:
            raise RasaError(f"gives an answer that cannot be used: {odd}", _ADDRESS) from None

    def _request(self, method: str, path: str, body: Any = None) -> httpx.Request:
        token = self.server.token
        signed = token.startswith("eyJ") and token.count(".") == 2
        return httpx.Request(
            method,
            f"{self.server.url.rstrip('/')}/{path}",
            params={"token": token} if token and not signed else None,
            json=body,
            headers={"Accept-Encoding": "identity", **({"Authorization": f"Bearer {token}"} if signed else {})},
        )

    def _call(self, method: str, path: str, until: float, body: Any = None) -> bytes:
        """Give the body of a good answer. Raises RasaError."""
        try:
            request = self._request(method, path, body)
            request.extensions["timeout"] = httpx.Timeout(max(until - time.monotonic(), 0.001)).as_dict()
            response = self._wire.handle_request(request)
            try:
                content = _content(response, until)
            finally:
                response.close()
        except httpx.TimeoutException:
            raise _late() from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise RasaError(f"cannot be reached ({type(error).__name__})", _START) from None
        if response.status_code != httpx.codes.OK:
            raise _refused(response.status_code)
        return content


def _end(wire: httpx.HTTPTransport, pool: ThreadPoolExecutor) -> None:
    pool.shutdown(wait=False, cancel_futures=True)
    wire.close()


_START = "start it, or mend understanding.rasa.url"
_ADDRESS = "see that understanding.rasa.url is Rasa Open Source 3, started with --enable-api"
_STATUS = {
    401: ("refuses the token", "put what it was started with (--auth-token), or a JWT, into the token_file"),
    403: ("does not let the token in", "give the JWT the role admin"),
    404: ("does not offer its HTTP API", _ADDRESS),
    409: ("has no model loaded", "train one and load it: rasa train nlu, rasa run --enable-api -m models"),
}


def _refused(status: int) -> RasaError:
    what, mend = _STATUS.get(status, (f"answers with status {status}", "see the server's log"))
    return RasaError(what, mend)


def _late() -> RasaError:
    return RasaError("does not answer in time", "see its load, or raise understanding.rasa.timeout_seconds")


def _content(response: httpx.Response, until: float) -> bytes:
    """Read an answer up to its limits. Raises RasaError."""
    content = bytearray()
    for chunk in response.iter_raw():
        content += chunk
        if len(content) > _LARGEST:
            raise RasaError(f"gives an answer of more than {_LARGEST // 1024} KB", _ADDRESS)
        if time.monotonic() > until:
            raise _late()
    return bytes(content)


def _text(content: bytes, key: str) -> str:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not isinstance(told.get(key), str):
        raise RasaError(f"tells no {key}", _ADDRESS)
    return str(told[key])[:100]
