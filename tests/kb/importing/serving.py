"""Real HTTP servers on a free loopback port, for stand-ins of sources: what is asked of them is written down."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]

    def one(self, name: str, otherwise: str = "") -> str:
        """A parameter that may stand once."""
        return dict(self.query).get(name, otherwise)


@dataclass(frozen=True)
class Reply:
    """What a stand-in answers."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class StandIn(Protocol):
    """A source without its network. `base` is set once it serves."""

    base: str
    asked: list[Asked]

    def answer(self, asked: Asked) -> Reply: ...


@contextmanager
def served(stand_in: StandIn) -> Iterator[None]:
    """Serve a stand-in for a while."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65_536  # head and body at once: a body on its own waits 40 ms for the client's receipt

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = tuple(parse_qsl(parts.query, keep_blank_values=True))
            asked = Asked(parts.path, query, {name.lower(): value for name, value in self.headers.items()})
            stand_in.asked.append(asked)
            reply = stand_in.answer(asked)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if reply.status != 304:
                self.wfile.write(reply.body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing: pytest shows what matters."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that has enough closes the line; that is no error here."""

    with Server(("127.0.0.1", 0), Handler) as server:
        stand_in.base = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
