"""What keeps us from a mail server, in words, and the key of the settings to mend; nothing that the server wrote."""

import os
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import aiosmtplib
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from bot.channels.email.server import Server
from bot.channels.email.token_endpoint import TokenError

Way = Literal["imap", "smtp"]
NAMES = 20  # folders that are named at most
_NAME = 100  # letters of a folder's name
_EXPIRED, _NOT_YET, _OTHER_NAME, _OTHER_ADDRESS = 10, 9, 62, 64  # X509_V_ERR_..., as OpenSSL numbers them
_REFUSED_FOR_GOOD = 500


class NoFolderError(Exception):
    """The folder of the settings cannot be read; `names` are those that the mailbox has."""

    def __init__(self, folder: str, names: tuple[str, ...]) -> None:
        super().__init__(f"the folder {folder!r} cannot be opened" if folder in names else f"no folder {folder!r}")
        self.names = names


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong, and the mend, "" where we know none."""

    told: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.told} -> {self.mend}" if self.mend else self.told


def trouble(error: BaseException, server: Server, way: Way) -> Trouble:
    """Tell what went wrong on the way to a server."""
    keys, root = _Keys(server, way), _root(error)
    for kinds, tell in _TELLING:
        if isinstance(root, kinds):
            return tell(root, keys)
    return Trouble(type(error).__name__)


@dataclass(frozen=True, slots=True)
class _Keys:
    """The settings that lead to a server."""

    server: Server
    way: Way

    @property
    def host(self) -> str:
        return f"channels.email.{self.way}"

    @property
    def port(self) -> str:
        return f"{self.host}_port"

    @property
    def other_tls(self) -> str:
        """The other manner to speak TLS."""
        tls = self.server.tls
        return f"imap_starttls = {str(tls).lower()}" if self.way == "imap" else f"smtp_tls = {str(not tls).lower()}"

    @property
    def speech(self) -> str:
        return f"{self.port}, or {self.other_tls}"


def _root(error: BaseException) -> BaseException:
    """What the network or TLS said, where a library wraps it."""
    return next((one for one in _chain(error) if isinstance(one, OSError) and not _is_smtp(one)), error)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _is_smtp(error: BaseException) -> bool:
    return isinstance(error, smtplib.SMTPException | aiosmtplib.SMTPException)


def _certificate(error: Any, keys: _Keys) -> Trouble:
    if error.verify_code == _EXPIRED:
        return Trouble("the server's certificate has expired", "renew it there, or set this machine's clock")
    if error.verify_code == _NOT_YET:
        return Trouble("the server's certificate is not valid yet", "this machine's clock, or the certificate")
    if error.verify_code in (_OTHER_NAME, _OTHER_ADDRESS):
        return Trouble("the server's certificate is one for another name", f"{keys.host}: the name as it has it")
    return Trouble(f"the server's certificate is not trusted: {error.verify_message}", "channels.email.ca_file")


def _tls(error: Any, keys: _Keys) -> Trouble:
    if keys.server.tls:
        return Trouble("no TLS from the first byte there", keys.speech)
    return Trouble(f"no TLS after STARTTLS ({error.reason or 'the connection ended'})", keys.speech)


def _no_host(error: Any, keys: _Keys) -> Trouble:
    return Trouble("no such host", f"{keys.host}, or this machine's name server")


def _silent(error: Any, keys: _Keys) -> Trouble:
    hint = "where the port expects TLS from the first byte" if not keys.server.tls else "where it expects STARTTLS"
    return Trouble("no answer in time", f"{keys.host}, {keys.port}, the firewall between; {keys.other_tls} {hint}")


def _nobody(error: Any, keys: _Keys) -> Trouble:
    return Trouble("nothing listens there", f"{keys.port}, or start the server")


def _file(error: Any, keys: _Keys) -> Trouble:
    return Trouble(str(error), keys.server.mend) if error.filename else _unreached(error, keys)


def _unreached(error: Any, keys: _Keys) -> Trouble:
    known = isinstance(error.errno, int)
    return Trouble(os.strerror(error.errno).lower() if known else "it failed", f"{keys.host}, and the way to it")


def _refused(error: Any, keys: _Keys) -> Trouble:
    if getattr(error, "smtp_code", getattr(error, "code", _REFUSED_FOR_GOOD)) < _REFUSED_FOR_GOOD:
        return Trouble("the server cannot check the sign-in now", "wait, or ask whoever runs it")
    return Trouble("sign-in refused", keys.server.mend)


def _not_offered(error: Any, keys: _Keys) -> Trouble:
    return Trouble("the server offers no STARTTLS or no sign-in there", keys.speech)


def _other_speech(error: Any, keys: _Keys) -> Trouble:
    return Trouble(f"what answers there takes no {keys.way.upper()} now", keys.speech)


def _hung_up(error: Any, keys: _Keys) -> Trouble:
    words = str(error)
    if "TLS not supported" in words:
        return _not_offered(error, keys)
    return _other_speech(error, keys) if "unexpected response" in words else Trouble("the server hung up", keys.speech)


def _letters(error: Any, keys: _Keys) -> Trouble:
    return Trouble("user or password hold letters that a sign-in cannot carry", keys.server.mend)


def _told_already(error: Any, keys: _Keys) -> Trouble:
    return Trouble(str(error), error.mend)


def _no_folder(error: Any, keys: _Keys) -> Trouble:
    names = [repr(name[:_NAME]) for name in error.names[:NAMES]]
    more = ", ..." if len(error.names) > NAMES else ""
    return Trouble(str(error), f"channels.email.folder: {', '.join(names) or 'INBOX'}{more}")


_TELLING: tuple[tuple[tuple[type[BaseException], ...], Callable[[Any, _Keys], Trouble]], ...] = (
    ((TokenError,), _told_already),
    ((NoFolderError,), _no_folder),
    ((ssl.SSLCertVerificationError,), _certificate),  # this and the next before OSError, which they are
    ((ssl.SSLError,), _tls),
    ((socket.gaierror,), _no_host),
    ((TimeoutError,), _silent),
    ((ConnectionRefusedError,), _nobody),
    ((LoginError, smtplib.SMTPAuthenticationError, aiosmtplib.SMTPAuthenticationError), _refused),
    ((smtplib.SMTPNotSupportedError, aiosmtplib.SMTPNotSupported), _not_offered),
    ((smtplib.SMTPConnectError,), _other_speech),
    ((IMAPClientAbortError, ConnectionError, EOFError), _hung_up),
    ((smtplib.SMTPServerDisconnected, aiosmtplib.SMTPServerDisconnected), _hung_up),
    ((smtplib.SMTPException, aiosmtplib.SMTPException, IMAPClientError), _other_speech),
    ((UnicodeEncodeError, UnicodeDecodeError), _letters),
    ((UnicodeError,), _no_host),  # of a name that no host can have
    ((OSError,), _file),
)
