"""A house with a mailbox on real servers, and people who write to it with ordinary clients."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import formataddr, make_msgid
from pathlib import Path
from typing import Literal

from bot.app import House, Street, open_house, upgrade_home
from bot.app.mailing import Mailbox
from bot.app.web import DeskPage
from bot.channels.email.correspondence import Correspondence, Letterbook
from bot.channels.email.threads import begun_by
from bot.ports.clock import Clock, SystemClock
from bot.settings import Settings
from tests.support.house import mind
from tests.support.mailhouse import MailHouse

PATIENCE = 40  # seconds


def settings(
    servers: MailHouse, address: str, home: Path, aliases: tuple[str, ...] = (), agents: tuple[str, ...] = ()
) -> Settings:
    """Settings of a mailbox of these servers."""
    password = home.parent / f"{address}.pass"
    password.write_text(servers.passwords[address])
    password.chmod(0o600)
    email = {
        "imap": servers.host, "imap_port": servers.imaps_port, "smtp": servers.host, "user": address,
        "smtp_port": servers.submission_port, "password_file": str(password), "ca_file": str(servers.ca),
        "aliases": aliases, "agents": agents,
    }  # fmt: skip
    return Settings.model_validate({"channels": {"email": email}})


class WorkingDay:
    """A clock that goes on from a Monday morning, when the desk is staffed."""

    def __init__(self) -> None:
        self._began = datetime.now(UTC)

    def now(self) -> datetime:
        """Tell the time of that day."""
        return datetime(2026, 1, 5, 9, tzinfo=UTC) + (datetime.now(UTC) - self._began)


@asynccontextmanager
async def at_work(
    servers: MailHouse,
    address: str,
    home: Path,
    aliases: tuple[str, ...] = (),
    agents: tuple[str, ...] = (),
    clock: Clock | None = None,
) -> AsyncIterator[House]:
    """A house that reads this mailbox and answers, until left; leaving is orderly."""
    upgrade_home(home)
    clock = clock or SystemClock()
    mailbox = Mailbox(settings(servers, address, home, aliases, agents), home, clock)
    house = await open_house(mind(), Street(home, clock, {}, DeskPage(), keeping=mailbox.channels))
    tasks = [
        asyncio.create_task(work)
        for work in (house.dispatcher.run(house.pump, house.outbox), house.watch.run(), mailbox.watch(house).run())
    ]
    try:
        await watched(house, address)
        yield house
    finally:
        house.dispatcher.stop()
        for task in tasks[1:]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        house.close()


async def watched(house: House, address: str) -> None:
    """Wait until the watch knows which mails were there before it: those are nobody's requests."""
    async with asyncio.timeout(PATIENCE):
        while await house.notes.load(f"mail:{address}:cursor") is None:
            await asyncio.sleep(0.02)


async def until(true: Callable[[], bool], patience: float = PATIENCE, every: float = 0.02) -> None:
    """Wait until something is so, looking every so many seconds."""
    async with asyncio.timeout(patience):
        while not await asyncio.to_thread(true):
            await asyncio.sleep(every)


async def correspondence(house: House, desk: str, begun: EmailMessage) -> Correspondence:
    """What the desk knows of the thread that a mail began; it is a conversation already."""
    book = Letterbook(house.notes, desk)
    async with asyncio.timeout(PATIENCE):
        while not ((told := await book.of(begun_by(str(begun["Message-ID"])))) and told.conversation):
            await asyncio.sleep(0.02)
    return told


def text(mail: EmailMessage) -> str:
    """What a mail says in plain text."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@dataclass
class Writer:
    """Somebody with a mail program."""

    servers: MailHouse
    address: str
    desk: str
    by: Literal["smtp", "lmtp"] = "smtp"
    name: str = ""
    read: list[EmailMessage] = field(default_factory=list)

    async def write(self, text: str, subject: str = "", to: str = "", **headers: str) -> EmailMessage:
        """Send a new mail."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = formataddr((self.name, self.address)), to or self.desk, subject
        mail["Message-ID"] = make_msgid(domain="corp.test")
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        return await self.send(mail)

    async def send(self, mail: EmailMessage) -> EmailMessage:
        """Send a mail as it is."""
        await asyncio.to_thread(self.servers.deliver, mail.as_bytes(), self.desk, self.address, self.by)
        return mail

    async def answer(self, text: str, mail: EmailMessage, **headers: str) -> EmailMessage:
        """Answer a mail as mail programs do: to its Reply-To, with its references, quoting it."""
        plain = mail.get_body(("plain",))
        quoted = "\n".join(f"> {line}" for line in str(plain.get_content() if plain else "").splitlines())
        return await self.write(
            f"{text}\n\nLe lun. 5 janv. 2026 à 09:00, Support <{self.desk}> a écrit :\n{quoted}\n",
            str(mail["Subject"]),
            str(mail["Reply-To"] or self.desk),
            In_Reply_To=str(mail["Message-ID"]),
            References=f"{mail['References'] or ''} {mail['Message-ID']}".strip(),
            **headers,
        )

    async def next(self) -> EmailMessage:
        """The next mail in the own mailbox."""
        wanted = len(self.read) + 1
        raws = await asyncio.to_thread(self.servers.wait_for_mail, self.address, b"", wanted, "INBOX", PATIENCE)
        mail = message_from_bytes(raws[wanted - 1], policy=default)
        assert isinstance(mail, EmailMessage)
        self.read.append(mail)
        return mail
