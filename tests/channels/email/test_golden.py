"""Whole conversations as a person's mail program shows them, each written down in `conversations/`.

A line that begins with `---` says who wrote what comes below it: Claire (played here as an ordinary mail program does),
the desk's bot (`automatique`) or agent (compared, word for word), or somebody in the ticket (an agent's words are put
there, the bot's are looked for).
"""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.app import House
from tests.channels.email.post import PATIENCE, WorkingDay, Writer, at_work, text
from tests.support.mailhouse import MailHouse

FILES = sorted((Path(__file__).parent / "conversations").glob("*.txt"))
PERSON, BOT = "Claire Petit", "Le bot"
_PART = re.compile(r"^--- (.+)\n", re.MULTILINE)
_MAIL = re.compile(r"(?P<who>.+?) → (?P<to>.+?) : (?P<subject>.+?)(?P<auto> \(automatique\))?")
_TICKET = re.compile(r"(?P<who>.+?), dans le ticket (?P<key>T-\d+)")
_TAG = re.compile(r"\[#[A-Z2-7]{8}\]")


def parts(file: Path) -> Iterator[tuple[str, str]]:
    """The parts of a conversation: the line that says who writes, and what."""
    _, *rest = _PART.split(file.read_text(encoding="utf-8"))
    yield from zip(rest[::2], (one.strip() for one in rest[1::2]), strict=True)


@dataclass
class Play:
    """Claire at her mail program, and the desk that she writes to. `chain`: every mail of the thread, in order."""

    claire: Writer
    house: House
    chain: list[str] = field(default_factory=list)
    subjects: set[str] = field(default_factory=set)

    async def heard(self, head: str, words: str) -> tuple[str, str]:
        """Play one part; what was written and read instead is given back in the same form."""
        if ticket := _TICKET.fullmatch(head):
            return head, await self._in_ticket(ticket["who"], ticket["key"], words)
        told = _MAIL.fullmatch(head)
        assert told, f"a part begins with who writes to whom about what, or in which ticket: {head}"
        if told["who"] != PERSON:
            return self._shown(await self._next())
        await self._write(told["subject"], words)
        return head, words

    async def _write(self, subject: str, words: str) -> None:
        read = self.claire.read
        mail = await (self.claire.answer(words, read[-1]) if read else self.claire.write(words, subject))
        self.chain.append(str(mail["Message-ID"]))

    async def _next(self) -> EmailMessage:
        """The next mail from the desk; it goes on in the thread, whole and under one subject."""
        mail = await self.claire.next()
        assert mail["In-Reply-To"] == self.chain[-1]
        assert str(mail["References"]).split() == self.chain
        self.chain.append(str(mail["Message-ID"]))
        self.subjects.add(str(mail["Subject"]))
        assert len(self.subjects) == 1
        return mail

    def _shown(self, mail: EmailMessage) -> tuple[str, str]:
        who, to = (str(mail[name]).rpartition(" <")[0].strip('"') for name in ("From", "To"))
        automatic = (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
        assert automatic or (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == (None, None)
        subject = _TAG.sub("[#REFERENCE]", str(mail["Subject"]))
        return f"{who} → {to} : {subject}{' (automatique)' if automatic else ''}", text(mail).strip()

    async def _in_ticket(self, who: str, key: str, words: str) -> str:
        if who != BOT:
            await self.house.work_on_ticket(who, key, "", words)
            return words
        desk = self.house.desk.desk("")
        async with asyncio.timeout(PATIENCE):
            while words not in [one.value for one in (await desk.dossier(key)).history if one.own]:
                await asyncio.sleep(0.02)
        return words


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_a_conversation_by_mail(smtp_house: MailHouse, tmp_path: Path, file: Path) -> None:
    claire = Writer(smtp_house, smtp_house.add_user(), smtp_house.add_user(), name=PERSON)
    async with at_work(smtp_house, claire.desk, tmp_path / "home", clock=WorkingDay()) as house:
        play = Play(claire, house)
        for head, words in parts(file):
            assert "\n".join(await play.heard(head, words)) == f"{head}\n{words}"
    assert len(smtp_house.mailbox(claire.address)) == len(claire.read)
