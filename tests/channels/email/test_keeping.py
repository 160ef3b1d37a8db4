"""What is kept of a mail: with its conversation, its secrets hidden, and never more than so much."""

import json
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import select

from bot.channels.email.keeping import MOST_BYTES, Cabinet
from bot.store.tables import journal
from tests.channels.email.post import Writer, at_work, correspondence
from tests.support.mailhouse import MailHouse
from tests.support.rawmail import read

QUOTED = (
    "Bonjour.\n\nMon mot de passe : Azerty123!\n\nLe lun. 5 janv. 2026 à 09:00, Ann <a@corp.test> a écrit :\n> Avant.\n"
)


class Shelf:
    """Notes in memory."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}

    async def load(self, entry: str) -> str | None:
        """Give a note."""
        return self.held.get(entry)

    async def save(self, entry: str, revision: int, state: str, content: str, conversation: str = "") -> bool:
        """Keep a note the first time."""
        return revision == 1 and self.held.setdefault(entry, content) is content


async def kept(body: str, subject: str = "VPN") -> Mapping[str, object]:
    """What is kept of a mail of Claire's."""
    mail, cabinet = read(body, subject=subject), Cabinet(Shelf(), "support@desk.example")
    await cabinet.keep(mail, (), "1")
    return dict(json.loads(await cabinet.raw(mail.message_id) or "{}"))


async def test_a_mail_is_kept_whole_without_its_secrets() -> None:
    told = await kept(QUOTED, "mot de passe : Azerty123!")
    assert "Azerty123" not in json.dumps(told)
    assert str(told["text"]).endswith("> Avant.")  # what was cut for the answer is here
    assert ["from", "Claire Martin <claire@client.example>"] in told["headers"]  # type: ignore[operator]
    assert ["message-id", "<one@client.example>"] in told["headers"]  # type: ignore[operator]


async def test_a_huge_mail_is_kept_up_to_a_size() -> None:
    told = await kept("éa " * 60_000)
    size = len(json.dumps(told, ensure_ascii=False).encode())
    assert MOST_BYTES * 0.95 < size <= MOST_BYTES
    assert str(told["text"]).endswith("[…]")


async def test_of_two_mails_of_one_identifier_the_first_is_kept() -> None:
    cabinet = Cabinet(Shelf(), "support@desk.example")
    for body in ("Le premier.", "Le second."):
        await cabinet.keep(read(body), (), "1")
    assert "premier" in str(await cabinet.raw("<one@client.example>"))


async def test_each_mail_of_a_conversation_is_kept_with_it(smtp_house: MailHouse, tmp_path: Path) -> None:
    desk, ann = smtp_house.add_user(), smtp_house.add_user()
    writer = Writer(smtp_house, ann, desk)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = ann, desk, "VPN", "<raw@corp.test>"
    mail.set_content(f"{QUOTED}\n")
    mail.add_attachment(b"journal du VPN", maintype="text", subtype="plain", filename="vpn.log")
    async with at_work(smtp_house, desk, tmp_path / "home") as house:
        await writer.send(mail)
        await writer.answer("1 : Windows 11", await writer.next())
        await writer.next()
        where = (await correspondence(house, desk, mail)).conversation
        with house.ledger.database.reading.connect() as connection:
            rows = connection.execute(select(journal).where(journal.c.state == "raw")).all()
        told = json.loads(await Cabinet(house.notes, desk).raw("<raw@corp.test>") or "{}")
    assert [row.conversation_id for row in rows] == [int(where)] * 2
    assert "Azerty123" not in told["text"] and "> Avant." in told["text"]
    assert [(one["name"], one["size"], bool(one["ref"])) for one in told["files"]] == [("vpn.log", 14, True)]
