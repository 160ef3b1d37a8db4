"""What machines write in a thread changes nothing there; a file alone is a request."""

import asyncio
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import select

from bot.app import House
from bot.channels.email.keeping import Cabinet
from bot.store.tables import timer
from tests.channels.email.post import Writer, at_work, correspondence, text
from tests.support.mailhouse import MailHouse


def alarms(house: House) -> list[tuple[str, int]]:
    """The timers of the house, and when they go off."""
    with house.ledger.database.reading.connect() as connection:
        return [(row.name, row.fire_at) for row in connection.execute(select(timer).order_by(timer.c.name))]


async def test_an_absence_and_a_noreply_sender_stop_no_reminder_and_answer_no_question(
    smtp_house: MailHouse, tmp_path: Path
) -> None:
    desk, ann = smtp_house.add_user(), smtp_house.add_user()
    shop = smtp_house.add_user("no-reply@desk.test")
    writer, machine = Writer(smtp_house, ann, desk), Writer(smtp_house, shop, desk)
    async with at_work(smtp_house, desk, tmp_path / "home") as house:
        first = await writer.write("Bonjour,\n\nMon VPN ne marche plus depuis ce matin.", "VPN")
        question = await writer.next()
        where = (await correspondence(house, desk, first)).conversation
        before, due, events = house.records.conversation(where), alarms(house), house.records.events(where)
        assert due and before.requests[0].waiting
        absent = await writer.answer("Oui. Je suis absente jusqu'à lundi.", question, Auto_Submitted="auto-replied")
        await machine.answer("Oui, ça marche.", question)
        await machine.write("Oui.", str(question["Subject"]))
        other = Writer(smtp_house, smtp_house.add_user(), desk)
        await other.write("Mon imprimante ne sort plus rien.", "Imprimante")
        await other.next()  # whatever came before it has been read by now
        assert house.records.conversation(where) == before
        assert house.records.events(where) == events
        assert [one for one in alarms(house) if one in due] == due
        assert await Cabinet(house.notes, desk).raw(str(absent["Message-ID"]))  # recorded all the same
    assert smtp_house.mailbox(shop) == []
    assert len(smtp_house.mailbox(ann)) == 1


async def test_a_file_alone_is_a_request(smtp_house: MailHouse, tmp_path: Path) -> None:
    desk, ann = smtp_house.add_user(), smtp_house.add_user()
    writer = Writer(smtp_house, ann, desk)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = ann, desk, "<file@corp.test>"
    mail.add_attachment(b"\x89PNG\r\n\x1a\n picture", maintype="image", subtype="png", filename="capture.png")
    async with at_work(smtp_house, desk, tmp_path / "home") as house:
        await writer.send(mail)
        answer = await writer.next()
        assert answer["In-Reply-To"] == "<file@corp.test>"
        assert "?" in text(answer)
        where = (await correspondence(house, desk, mail)).conversation
        (line, *_) = house.records.transcript(where)
        assert [one.name for one in line.files] == ["capture.png"]


async def test_mails_that_are_nobodys_leave_no_conversation(smtp_house: MailHouse, tmp_path: Path) -> None:
    desk, ann = smtp_house.add_user(), smtp_house.add_user()
    writer = Writer(smtp_house, ann, desk)
    async with at_work(smtp_house, desk, tmp_path / "home") as house:
        await writer.write("Je suis absente.", "Réponse automatique : VPN", Auto_Submitted="auto-replied")
        await writer.write("Soldes.", "Soldes", List_Id="<news.corp.test>", Precedence="bulk")
        await writer.write("Mon VPN ne marche plus.", "VPN")
        await writer.next()
        assert len(await asyncio.to_thread(house.records.headlines)) == 1


async def test_a_mail_with_nothing_in_it_is_asked_what_it_is_about(smtp_house: MailHouse, tmp_path: Path) -> None:
    desk, ann = smtp_house.add_user(), smtp_house.add_user()
    writer = Writer(smtp_house, ann, desk)
    async with at_work(smtp_house, desk, tmp_path / "home"):
        await writer.write("", "")
        assert "Quel est le problème" in text(await writer.next())
