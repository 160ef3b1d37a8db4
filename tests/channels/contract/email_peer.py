"""Somebody with a mail program, on real servers; between the house and the one that takes its mails stands a tap."""

import asyncio
import json
from collections.abc import Sequence
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import make_msgid
from pathlib import Path

from bot.app import Mailbox
from bot.channels.email.correspondence import Letterbook
from bot.ports.channel import Channel
from bot.settings import Settings
from tests.channels.contract.desk import PATIENCE, Desk, until
from tests.channels.contract.page import links_of, strange_in, text_of
from tests.channels.contract.peer import Ability, Seen
from tests.channels.contract.tap import Tap
from tests.channels.contract.tapped import TappedPeer
from tests.channels.email.post import settings, watched
from tests.support.mailhouse import MailHouse

WHOLE = 2_000  # bytes in one piece: no command and no greeting, but the mail itself
_LACKS = {
    Ability.EDITS: "a mail that was sent cannot be changed",
    Ability.DELETES: "a mail that was sent cannot be taken back",
    Ability.FLOODS: "SMTP has no word for how long to wait",
    Ability.OLD_BUTTONS: "a mail has no buttons: its choices are numbered",
}


class EmailPeer(TappedPeer):
    """Writes by LMTP into the desk's mailbox, and reads the own one."""

    name = "email"
    lacks = _LACKS

    def __init__(self, home: Path, servers: MailHouse) -> None:
        self.servers, self.home = servers, home
        self.address, self.person = servers.add_user(), servers.add_user()
        self.tap = Tap(servers.host, servers.submission_port, lambda sent: len(sent) >= WHOLE)
        self.desk = Desk(home, lambda notes: self.mailbox.channels(notes))
        self._sent: dict[str, EmailMessage] = {}
        self._last: EmailMessage | None = None

    @property
    def mailbox(self) -> Mailbox:
        """The desk's mailbox, sending by the tap."""
        told = settings(self.servers, self.address, self.home).model_dump(mode="json")
        told["channels"]["email"]["smtp_port"] = self.tap.listens_at
        return Mailbox(Settings.model_validate(told), self.home, self.desk.clock)

    @property
    def channel(self) -> Channel:
        """The channel as the house has it."""
        return self.mailbox.channels(self.desk.house.notes)["email"]

    async def open(self) -> None:
        """Open the house, and watch the mailbox."""
        await self.tap.open()
        house = await self.desk.open()
        self.desk.beside(self.mailbox.watch(house).run())
        await watched(house, self.address)

    async def close(self) -> None:
        """Break what goes through the tap, and close the house."""
        self.tap.cut()
        await self.desk.close()

    async def end(self) -> None:
        """Close the house and the tap."""
        await self.close()
        await self.tap.close()

    async def say(self, text: str) -> str:
        """Write a mail: the first one, or an answer to the latest."""
        mail = self._written(text)
        await self._bring(mail)
        return str(mail["Message-ID"])

    async def write(self, text: str) -> None:
        """Write a mail: the first one, or an answer to the latest."""
        await asyncio.to_thread(self.servers.deliver, self._written(text).as_bytes(), self.address, self.person)

    def settings(self) -> str:
        """The table of the mailbox."""
        told = settings(self.servers, self.address, self.home).channels.email
        keys = ("imap", "imap_port", "smtp", "user", "password_file", "ca_file")
        lines = [f"{key} = {json.dumps(getattr(told, key))}" for key in keys]
        return "\n".join(["[channels.email]", f"smtp_port = {self.tap.listens_at}", *lines])

    async def press(self, message: Seen, place: int) -> None:
        """Answer with a number."""
        await self.say(str(place))

    async def redeliver(self, ref: str) -> None:
        """Put the same mail into the mailbox again, and wait until the watch has passed it."""
        await asyncio.to_thread(self.servers.deliver, self._sent[ref].as_bytes(), self.address, self.person)
        await self._passed()

    async def deliver_out_of_order(self, texts: Sequence[str]) -> None:
        """Bring mails of one thread, the last one first."""
        mails: list[EmailMessage] = []
        for text in texts:
            mails.append(self._written(text, mails[-1] if mails else None))
        for mail in reversed(mails):
            await self._bring(mail)

    async def unknown(self) -> None:
        """Bring a mail of a kind that nobody has heard of, and one that is none."""
        for raw in (b"Content-Type: x-new/kind; a=b\r\nSubject: =?x?\r\n\r\n\xff\x00", b"\xff\xfe no mail at all"):
            await asyncio.to_thread(self.servers.deliver, raw, self.address, "")
        await self._passed()

    async def seen(self) -> tuple[Seen, ...]:
        """Read the own mailbox, once Postfix has brought all that it took.

        A mail that came twice is shown once, as mail programs do by its Message-ID.
        """
        sent = self.desk.sent() if self.desk.held else 0
        await until(lambda: len(self._read()) >= sent, f"{sent} mails")
        named = await asyncio.to_thread(self._read)
        self._last = next(reversed(named.values()), None)
        return tuple(_seen(ref, mail) for ref, mail in named.items())

    def _read(self) -> dict[str, EmailMessage]:
        mails = [message_from_bytes(raw, policy=default) for raw in self.servers.mailbox(self.person)]
        return {str(mail["Message-ID"]): mail for mail in mails}

    def _written(self, text: str, after: EmailMessage | None = None) -> EmailMessage:
        mail, after = EmailMessage(policy=SMTP), after or self._last
        mail["From"], mail["To"] = self.person, str(after["Reply-To"] or self.address) if after else self.address
        mail["Message-ID"] = make_msgid(domain="corp.test")
        if after:
            mail["In-Reply-To"] = str(after["Message-ID"])
            mail["References"] = f"{after['References'] or ''} {after['Message-ID']}".strip()
        mail.set_content(text)
        self._sent[str(mail["Message-ID"])] = mail
        return mail

    async def _bring(self, mail: EmailMessage) -> None:
        before = self.desk.arrived()
        await asyncio.to_thread(self.servers.deliver, mail.as_bytes(), self.address, self.person)
        await until(lambda: self.desk.arrived() > before, "the mail in the house")

    async def _passed(self) -> None:
        """Wait until the watch has looked at every mail there is."""
        with self.servers.login(self.address, "INBOX") as client:
            last = max(client.search())
        async with asyncio.timeout(PATIENCE):
            while (await self._cursor()) < last:
                await asyncio.sleep(0.02)

    async def _cursor(self) -> int:
        return int((await Letterbook(self.desk.house.notes, self.address).cursor())["uid"])


def _seen(ref: str, mail: EmailMessage) -> Seen:
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None and page is not None
    html = str(page.get_content())
    head = " ".join(str(mail[name]) for name in ("From", "Subject"))
    text = f"{head}\n{text_of(html)}\n{plain.get_content()}"
    return Seen(ref, text, len(html), (), (), links_of(html), strange_in(html))
