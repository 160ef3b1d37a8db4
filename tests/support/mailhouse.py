"""Real mail servers for a test session: Dovecot, and Postfix where root runs the tests. On loopback, gone at the end.

Everything here waits where it stands. An async test whose own loop must go on meanwhile calls it in a thread.
"""

import os
import re
import secrets
import shutil
import signal
import smtplib
import ssl
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Literal

from imapclient import IMAPClient

from tests.support.certificate import make_certificates, trusting
from tests.support.daemon import HOST, wait_until
from tests.support.dovecot import Dovecot
from tests.support.needs import SIEVE
from tests.support.postfix import DOMAINS, Postfix

SUPPORT, ANN, BOB = "support@desk.test", "ann@corp.test", "bob@corp.test"
GHOST = "ghost@corp.test"  # Postfix takes mail for it, Dovecot does not: its sender gets a true report
PATIENCE = 20.0  # seconds


class MailHouse:
    """Servers, their users and what stands in the mailboxes; `ca` is the authority that a client must trust."""

    host = HOST
    delimiter = "+"

    def __init__(self, folder: Path, dovecot: Dovecot, postfix: Postfix | None) -> None:
        self.ca = folder / "ca.pem"
        self.dovecot, self._postfix = dovecot, postfix
        self.imap_port, self.imaps_port, self.lmtp_port = dovecot.imap_port, dovecot.imaps_port, dovecot.lmtp_port
        self.passwords = dovecot.passwords
        self.token = dovecot.token

    @property
    def tls(self) -> ssl.SSLContext:
        """A client's context that trusts the house."""
        return trusting(self.ca)

    @property
    def postfix(self) -> Postfix:
        """The SMTP server. A test that needs it asks for the fixture `smtp_house`."""
        assert self._postfix is not None, "there is no Postfix here: ask for the fixture smtp_house"
        return self._postfix

    @property
    def smtp_port(self) -> int:
        """Plain SMTP, as between servers: mail for the house only, no AUTH."""
        return self.postfix.smtp_port

    @property
    def submission_port(self) -> int:
        """SMTP for users: STARTTLS, then AUTH."""
        return self.postfix.submission_port

    @property
    def smtps_port(self) -> int:
        """SMTP for users: TLS from the first byte, then AUTH."""
        return self.postfix.smtps_port

    def add_user(self, address: str = "", password: str = "") -> str:
        """Make a mailbox (none like it before, unless named) and return its address; its password is in `passwords`."""
        address = address or f"u{secrets.token_hex(6)}@{DOMAINS[0]}"
        if address.partition("@")[2] not in DOMAINS:
            raise ValueError(f"{address}: the house has mail for {' and '.join(DOMAINS)} only")
        if self._postfix:
            self._postfix.add_mailbox(address)
        self.dovecot.add_user(address, password or secrets.token_urlsafe(9))
        return address

    def deliver(
        self, raw: bytes, to: str | Sequence[str], sender: str = ANN, by: Literal["lmtp", "smtp"] = "lmtp"
    ) -> None:
        """Bring a message, its lines ended as on the wire: by LMTP into the mailbox, or by SMTP into the queue.

        Raises what smtplib raises where the server refuses; `sender` may be empty, as that of a report.
        """
        client, port = (smtplib.LMTP, self.lmtp_port) if by == "lmtp" else (smtplib.SMTP, self.smtp_port)
        with client(HOST, port, timeout=PATIENCE) as server:
            server.sendmail(sender, [to] if isinstance(to, str) else list(to), re.sub(rb"\r?\n", b"\r\n", raw))

    @contextmanager
    def login(self, address: str, folder: str = "") -> Iterator[IMAPClient]:
        """A client logged in with the password after STARTTLS, in `folder` if one is named."""
        client = IMAPClient(HOST, self.imap_port, ssl=False, timeout=PATIENCE)
        try:
            client.starttls(self.tls)
            client.login(address, self.passwords[address])
            if folder:
                client.select_folder(folder)
            yield client
        finally:
            client.shutdown()  # no LOGOUT: a server that is gone, frozen or in IDLE would not answer

    def mailbox(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """The messages in a folder as they came, oldest first; reading leaves no trace."""
        with self.login(address, folder) as client:
            return messages(client)

    def wait_for_mail(
        self, address: str, holding: bytes = b"", count: int = 1, folder: str = "INBOX", limit: float = PATIENCE
    ) -> list[bytes]:
        """The messages that hold these bytes, as soon as there are `count`. Raises AssertionError after the limit."""

        def arrived() -> list[bytes]:
            client.noop()
            held = [raw for raw in messages(client) if holding in raw]
            return held if len(held) >= count else []

        with self.login(address, folder) as client:
            return wait_until(arrived, f"{count} in {folder} of {address} holding {holding!r}", limit)

    def empty(self, address: str) -> None:
        """Remove all messages from all folders of this mailbox."""
        with self.login(address) as client:
            for _, _, folder in client.list_folders():
                client.select_folder(folder)
                client.delete_messages(client.search())
                client.expunge()

    def stop_dovecot(self) -> None:
        """End Dovecot in good order: it says BYE to every session."""
        self.dovecot.daemon.stop()

    def kill_dovecot(self) -> None:
        """End Dovecot and every session with SIGKILL; nobody listens any more when this returns."""
        self.dovecot.daemon.kill()

    def start_dovecot(self) -> None:
        """Start it again on the same ports, and let Postfix try at once what it kept meanwhile."""
        self.dovecot.daemon.start()
        if self._postfix and self._postfix.daemon.process:
            self._postfix.deliver_now()

    @contextmanager
    def dovecot_down(self) -> Iterator[None]:
        """Kill Dovecot; start it again at the end, also after a test that fails."""
        self.kill_dovecot()
        try:
            yield
        finally:
            self.start_dovecot()

    def kill_postfix(self) -> None:
        """End Postfix with SIGKILL; nobody listens any more when this returns."""
        self.postfix.daemon.kill()

    def start_postfix(self) -> None:
        """Start it again on the same ports."""
        self.postfix.daemon.start()

    @contextmanager
    def frozen(self, address: str) -> Iterator[list[int]]:
        """Meanwhile the IMAP sessions of this user stand still: connected, and silent. Yields their process ids."""
        sessions = self.signal_sessions(address, signal.SIGSTOP)
        try:
            yield sessions
        finally:
            send_each(sessions, signal.SIGCONT)

    def cut_sessions(self, address: str) -> None:
        """End the IMAP sessions of this user with SIGKILL; the server goes on."""
        self.signal_sessions(address, signal.SIGKILL)

    def end(self) -> None:
        """End both servers for good, in no good order: what they keep goes with their folder."""
        if self._postfix:
            self._postfix.daemon.kill()
        self.dovecot.daemon.kill()

    def signal_sessions(self, address: str, what: signal.Signals) -> list[int]:
        """Send a signal to the IMAP sessions of this user, waiting for the first one; return their process ids."""
        sessions = wait_until(lambda: self.dovecot.sessions(address), f"an IMAP session of {address}")
        send_each(sessions, what)
        return sessions


def send_each(processes: list[int], what: signal.Signals) -> None:
    """Send a signal to those that are still there."""
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, what)


def messages(client: IMAPClient) -> list[bytes]:
    """All messages of the selected folder, oldest first."""
    numbers = client.search()
    found = client.fetch(numbers, "BODY.PEEK[]") if numbers else {}
    return [found[number][b"BODY[]"] for number in sorted(found)]


@contextmanager
def running_mail_house(dovecot: Path, postfix: Path | None) -> Iterator[MailHouse]:
    """Start these programs in a folder of their own, and leave nothing behind."""
    # Not pytest's folder: that is closed to the servers' users when the tests run as root.
    folder = Path(tempfile.mkdtemp(prefix="guichet-mail-"))
    folder.chmod(0o755)
    with ExitStack() as leaving:
        leaving.callback(shutil.rmtree, folder, ignore_errors=True)
        house = build(folder, dovecot, postfix)
        leaving.callback(house.end)
        house.dovecot.daemon.start()
        if postfix:
            house.postfix.daemon.start()
        yield house


def build(folder: Path, dovecot: Path, postfix: Path | None) -> MailHouse:
    """Write the files of both servers, and their first users."""
    make_certificates(folder)
    parts = [folder / "dovecot", folder / "postfix"]
    for part in parts:
        part.mkdir()
    imap = Dovecot(dovecot, parts[0], folder)
    house = MailHouse(folder, imap, Postfix(postfix, parts[1], folder, imap) if postfix else None)
    if postfix and SIEVE.exists():
        imap.follow_rules(house.smtp_port)
    for address in (SUPPORT, ANN, BOB):
        house.add_user(address)
    if postfix:
        house.postfix.add_mailbox(GHOST)
    return house
