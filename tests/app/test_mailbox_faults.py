"""What the doctor and the log say where a mailbox cannot be reached: in words, with the key to mend."""

import asyncio
import logging
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from smtplib import SMTPAuthenticationError
from typing import Any

import pytest

from bot.app.mailing import PATIENCE, Mailbox
from bot.channels.email.correspondence import Letterbook
from bot.channels.email.server import Server
from bot.channels.email.trouble import trouble
from bot.channels.email.watching import Entrance, MailboxWatch
from bot.ports.clock import SystemClock
from bot.settings import Settings
from tests.channels.email.post import settings
from tests.support.certificate import make_certificates
from tests.support.daemon import HOST, quiet_ports
from tests.support.mailhouse import MailHouse

Examine = Callable[..., dict[str, tuple[str, str]]]
SHORT = 0.5  # seconds for a greeting that never comes


def faults(own: Settings, home: Path, changes: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """What hinders each way: told and mend."""
    table = own.channels.email.model_dump() | changes
    changed = Settings.model_validate({"channels": {"email": table}})
    found = list(Mailbox(changed, home, SystemClock(), patience=SHORT).examined())
    return {one.told.split()[0]: (one.told.partition(": ")[2], one.mend) for one in found}


@pytest.fixture
def examined(smtp_house: MailHouse, tmp_path: Path) -> Examine:
    """Examine a mailbox that is well but for these settings."""
    own = settings(smtp_house, smtp_house.add_user(), tmp_path / "home")
    return lambda **changes: faults(own, tmp_path, changes)


def test_a_mailbox_that_is_well_has_no_faults(examined: Examine) -> None:
    assert examined() == {}
    assert PATIENCE == 5.0


@pytest.mark.parametrize("text", [None, "no certificate"])
def test_a_file_of_certificates_is_told_as_such(examined: Examine, tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "authority.pem"
    if text:
        file.write_text(text)
    told = f"no certificate in PEM form in {file}" if text else f"no such file: {file}"
    assert examined(ca_file=str(file)) == {"its": (told, "channels.email.ca_file")}


def test_a_folder_that_is_not_there_is_told_beside_those_that_are(
    examined: Examine, smtp_house: MailHouse, tmp_path: Path
) -> None:
    assert examined(folder="Nowhere") == {"imap": ("no folder 'Nowhere'", "channels.email.folder: 'INBOX'")}
    desk = smtp_house.add_user()
    with smtp_house.login(desk) as client:
        for number in range(25):
            client.create_folder(f"Dossier é {number:02}")
    own = settings(smtp_house, desk, tmp_path / "home")
    (told, mend) = faults(own, tmp_path, {"folder": "Nowhere"})["imap"]
    assert told == "no folder 'Nowhere'"
    assert mend.startswith("channels.email.folder: 'Dossier é 00', ") and mend.endswith(", 'Dossier é 19', ...")


def test_tls_at_the_wrong_moment_names_its_keys(examined: Examine, smtp_house: MailHouse) -> None:
    silent = examined(imap_starttls=True, smtp_port=smtp_house.smtps_port)
    assert [told for told, _ in silent.values()] == ["no answer in time"] * 2
    assert "imap_starttls = false where the port expects TLS from the first byte" in silent["imap"][1]
    assert "smtp_tls = true where the port expects TLS from the first byte" in silent["smtp"][1]
    plain = examined(imap_port=smtp_house.imap_port, smtp_tls=True)
    assert plain == {
        "imap": ("no TLS from the first byte there", "channels.email.imap_port, or imap_starttls = true"),
        "smtp": ("no TLS from the first byte there", "channels.email.smtp_port, or smtp_tls = false"),
    }


def test_hosts_ports_and_passwords_are_told_in_words(examined: Examine, tmp_path: Path) -> None:
    nowhere = examined(imap="nowhere.invalid", smtp="mail..example.org")
    assert {told for told, _ in nowhere.values()} == {"no such host"}
    assert nowhere["imap"][1].startswith("channels.email.imap,")
    assert nowhere["smtp"][1].startswith("channels.email.smtp,")
    closed = quiet_ports(2)
    refused = examined(imap_port=closed[0], smtp_port=closed[1])
    assert refused["imap"] == ("nothing listens there", "channels.email.imap_port, or start the server")
    assert refused["smtp"] == ("nothing listens there", "channels.email.smtp_port, or start the server")
    for password, told in (("wrong", "sign-in refused"), ("motdépasse", "user or password hold letters that")):
        (tmp_path / "wrong").write_text(password)
        found = examined(password_file=str(tmp_path / "wrong"))
        assert all(fault.startswith(told) for fault, _ in found.values()) and len(found) == 2
        assert {mend for _, mend in found.values()} == {"channels.email: user, password_file"}
    gone = examined(password_file=str(tmp_path / "gone"))
    assert {told for told, _ in gone.values()} == {f"no such file: {tmp_path / 'gone'}"}


def test_ports_of_another_protocol_are_told(examined: Examine, smtp_house: MailHouse) -> None:
    crossed = examined(imap_port=smtp_house.smtps_port, smtp_port=smtp_house.imap_port)
    assert crossed["imap"][0] == "what answers there takes no IMAP now"
    assert crossed["smtp"][0] == "what answers there takes no SMTP now"


def test_what_no_certificate_vouches_for_is_told(examined: Examine, tmp_path: Path) -> None:
    make_certificates(tmp_path)
    other = examined(ca_file=str(tmp_path / "ca.pem"))
    assert {mend for _, mend in other.values()} == {"channels.email.ca_file"}
    assert all(told.startswith("the server's certificate is not trusted: ") for told, _ in other.values())
    named = examined(imap="127.2", smtp="127.2")  # the same host, under a name that its certificate has not
    assert {told for told, _ in named.values()} == {"the server's certificate is one for another name"}
    assert named["smtp"][1] == "channels.email.smtp: the name as it has it"


@pytest.mark.parametrize("way", ["imap", "smtp"])
def test_a_certificate_that_has_expired_is_told_as_such(examined: Examine, tmp_path: Path, way: str) -> None:
    make_certificates(tmp_path)
    expire(tmp_path)
    with serving(tmp_path) as port:
        own = {f"{way}_port": port, "smtp_tls": way == "smtp", "ca_file": str(tmp_path / "ca.pem")}
        told, mend = examined(**own)[way]
    assert told == "the server's certificate has expired"
    assert mend == "renew it there, or set this machine's clock"


async def test_the_log_names_the_folders_and_forgets_the_keys_once_it_is_in(
    smtp_house: MailHouse, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desk = smtp_house.add_user()
    server = Server(HOST, smtp_house.imaps_port, desk, lambda: smtp_house.passwords[desk], True, smtp_house.tls)
    with caplog.at_level(logging.WARNING):
        watch = asyncio.create_task(MailboxWatch(Entrance(server, "Nowhere"), book(desk), nobody).run())
        await until(lambda: "no folder 'Nowhere' -> channels.email.folder: 'INBOX', again in" in caplog.text)
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)
    assert "error," not in caplog.text


def test_a_refusal_for_now_is_no_wrong_password() -> None:
    server = Server(HOST, 587, "x", lambda: "y", False)
    assert trouble(SMTPAuthenticationError(454, b"later"), server, "smtp").mend == "wait, or ask whoever runs it"
    assert trouble(SMTPAuthenticationError(535, b"no"), server, "smtp").told == "sign-in refused"


class Forgetful:
    """Notes that hold nothing."""

    async def load(self, entry: str) -> str | None:
        """There is none."""
        return None

    async def save(self, entry: str, revision: int, state: str, content: str, conversation: str = "") -> bool:
        """Keep nothing."""
        return True


def book(address: str) -> Letterbook:
    return Letterbook(Forgetful(), address)


async def nobody(raw: bytes) -> None:
    raise AssertionError("nothing was written")


async def until(condition: Callable[[], bool], limit: float = 20.0) -> None:
    async with asyncio.timeout(limit):
        while not condition():
            await asyncio.sleep(0.01)


def expire(folder: Path) -> None:
    """Put a certificate in the server's place whose time ended long ago."""
    (folder / "index").touch()
    (folder / "ca.cnf").write_text(
        f"[ca]\ndefault_ca = own\n[own]\ndatabase = {folder}/index\nnew_certs_dir = {folder}\nrand_serial = yes\n"
        "default_md = sha256\npolicy = any\n[any]\ncommonName = supplied\n"
        f"[server]\nbasicConstraints = CA:FALSE\nsubjectAltName = IP:{HOST}\nextendedKeyUsage = serverAuth\n"
    )
    openssl("req", "-new", "-key", "key.pem", "-subj", "/CN=mx.desk.test", "-out", "old.csr", folder=folder)
    openssl("ca", "-batch", "-notext", "-config", "ca.cnf", "-extensions", "server", "-in", "old.csr",
            "-out", "cert.pem", "-cert", "ca.pem", "-keyfile", "ca.key", "-startdate", "20200101000000Z",
            "-enddate", "20200102000000Z", folder=folder)  # fmt: skip


def openssl(*words: str, folder: Path) -> None:
    done = subprocess.run(["openssl", *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """A server that shows the certificate of this folder to whoever comes."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    listening = socket.create_server((HOST, 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with connection, suppress(OSError), context.wrap_socket(connection, server_side=True):
                    pass

    server = threading.Thread(target=serve, daemon=True)
    server.start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        server.join(5)
        listening.close()
