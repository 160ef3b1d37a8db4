"""A mail server as both ways to it know it."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Server:
    """Where it stands and who signs in. `password` is asked for at each connection.

    `tls`: from the first byte, else STARTTLS; `context` judges its certificate, None = as this machine does.
    """

    host: str
    port: int
    user: str
    password: Callable[[], str] = field(repr=False)
    tls: bool
    context: ssl.SSLContext | None = None
