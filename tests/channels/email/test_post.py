"""Conversations by mail, on real servers: from the first mail to a solved problem and to a ticket."""

import asyncio
import json
import re
from dataclasses import asdict
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.app import House, Mailbox
from bot.channels.email.correspondence import Correspondence
from bot.channels.email.taking import BEGUN_BY_ONE, MOST_BYTES
from bot.channels.email.threads import begun_by
from bot.dialog.conversation import Owner
from bot.ports.clock import SystemClock
from bot.store.tables import outbox
from tests.channels.email.post import Writer, at_work, settings, text, until
from tests.support.mailhouse import GHOST, MailHouse

BURST = 54


def tries(house: House) -> int:
    """How often something that is still owed was tried in vain."""
    owed = select(func.max(outbox.c.attempts)).where(outbox.c.next_at.is_not(None))
    with house.ledger.database.reading.connect() as connection:
        return connection.execute(owed).scalar_one() or 0


async def test_a_mail_is_answered_in_its_thread_and_the_answer_is_understood(
    smtp_house: MailHouse, tmp_path: Path
) -> None:
    desk, ann = smtp_house.add_user(), smtp_house.add_user()
    writer = Writer(smtp_house, ann, desk)
    async with at_work(smtp_house, desk, tmp_path / "home"):
        first = await writer.write("Bonjour,\n\nMon VPN ne marche plus depuis ce matin.\n\nMerci,\nAnn", "VPN en panne")
        question = await writer.next()
        assert question["In-Reply-To"] == first["Message-ID"]
        assert question["References"] == first["Message-ID"]
        assert re.fullmatch(r"Re: VPN en panne \[#[A-Z2-7]{8}\]", str(question["Subject"]))
        assert question["Auto-Submitted"] == "auto-replied"
        assert text(question).count("réponse automatique") == 1
        assert "/privacy" not in text(question)  # without an address of the pages it would lead nowhere
        answered = await writer.answer("1 : Windows 11, à la maison, erreur 809, juste moi", question)
        second = await writer.next()
        assert second["In-Reply-To"] == answered["Message-ID"]
        assert first["Message-ID"] in second["References"]
        assert second["Subject"] == question["Subject"]


async def test_whoever_asks_for_a_human_gets_a_ticket_in_the_same_thread(smtp_house: MailHouse, tmp_path: Path) -> None:
    desk, ann = smtp_house.add_user(), smtp_house.add_user()
    writer = Writer(smtp_house, ann, desk)
    async with at_work(smtp_house, desk, tmp_path / "home"):
        first = await writer.write("My printer prints blank pages, I want to talk to a human please.", "Printer")
        told = await writer.next()
        assert told["In-Reply-To"] == first["Message-ID"]
        assert re.search(r"\bT-\d+\b", text(told))


async def test_machines_get_no_answer(smtp_house: MailHouse, tmp_path: Path) -> None:
    desk, ann = smtp_house.add_user(), smtp_house.add_user()
    writer = Writer(smtp_house, ann, desk)
    async with at_work(smtp_house, desk, tmp_path / "home"):
        await writer.write("Je suis absente.", "Réponse automatique : VPN", Auto_Submitted="auto-replied")
        await writer.write("News", "Newsletter", List_Id="<news.corp.test>", Precedence="bulk")
        asked = await writer.write("Mon VPN ne marche plus.", "VPN")
        answer = await writer.next()
        assert answer["In-Reply-To"] == asked["Message-ID"]


async def test_what_was_written_while_nobody_looked_is_answered_once(smtp_house: MailHouse, tmp_path: Path) -> None:
    desk, ann = smtp_house.add_user(), smtp_house.add_user()
    writer = Writer(smtp_house, ann, desk)
    async with at_work(smtp_house, desk, tmp_path / "home"):
        await writer.write("Mon VPN ne marche plus.", "VPN")
        await writer.next()
    await writer.write("L'imprimante ne marche plus.", "Imprimante")
    async with at_work(smtp_house, desk, tmp_path / "home") as house:
        assert str((await writer.next())["Subject"]).startswith("Re: Imprimante")
        smtp_house.cut_sessions(desk)
        await until(lambda: bool(smtp_house.dovecot.sessions(desk)))
        last = await writer.write("Teams n'a plus de son.", "Teams")
        assert str((await writer.next())["Subject"]).startswith("Re: Teams")
        book = await house.notes.load(f"mail:{desk}:{begun_by(str(last['Message-ID']))}")
        assert book
    assert len(smtp_house.mailbox(ann)) == 3


async def test_of_a_huge_mail_the_words_are_answered(smtp_house: MailHouse, tmp_path: Path) -> None:
    desk, ann = smtp_house.add_user(), smtp_house.add_user()
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = ann, desk, "VPN", "<huge@corp.test>"
    mail.set_content("Mon VPN ne marche plus depuis ce matin, la capture est jointe.")
    mail.add_attachment(b"x" * (MOST_BYTES * 2), maintype="image", subtype="png", filename="capture.png")
    writer = Writer(smtp_house, ann, desk)
    async with at_work(smtp_house, desk, tmp_path / "home") as house:
        await asyncio.to_thread(smtp_house.deliver, mail.as_bytes(), desk, ann)
        assert (await writer.next())["In-Reply-To"] == "<huge@corp.test>"
        where = json.loads(await house.notes.load(f"mail:{desk}:{begun_by('<huge@corp.test>')}") or "{}")
        (line, *_) = house.records.transcript(where["conversation"])
        assert "[Trop lourd, resté dans la boîte : capture.png]" in line.text


async def test_a_first_mail_whose_taking_was_cut_off_keeps_its_subject(smtp_house: MailHouse, tmp_path: Path) -> None:
    desk, ann = smtp_house.add_user(), smtp_house.add_user()
    book = f"mail:{desk}:{begun_by('<cut@corp.test>')}"
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = ann, desk, "VPN erreur 809", "<cut@corp.test>"
    mail.set_content("Bonjour, voir le titre. Merci.")
    async with at_work(smtp_house, desk, tmp_path / "home") as house:
        held = Correspondence(ann, last="<cut@corp.test>", references=("<cut@corp.test>",), revision=1)
        await house.notes.save(book, 1, "thread", json.dumps(asdict(held)))  # and here the process had ended
        await asyncio.to_thread(smtp_house.deliver, mail.as_bytes(), desk, ann)
        await Writer(smtp_house, ann, desk).next()
        (line, *_) = house.records.transcript(json.loads(await house.notes.load(book) or "{}")["conversation"])
        assert line.text.startswith("VPN erreur 809")


@pytest.mark.kill
async def test_a_burst_survives_two_kills_of_the_mailbox_server(smtp_house: MailHouse, tmp_path: Path) -> None:
    """Sixty people write at once while Dovecot dies twice: each is answered once, in the own thread."""
    desk = smtp_house.add_user()
    people = [Writer(smtp_house, smtp_house.add_user(), desk) for _ in range(6)]
    asked: list[str] = []
    async with at_work(smtp_house, desk, tmp_path / "home"):
        for burst in range(3):
            for person in people:
                for number in range(BURST // 18):
                    mail = await person.write(
                        f"Mon VPN ne marche plus, poste {burst}-{number}.", f"VPN {burst}-{number}"
                    )
                    asked.append(str(mail["Message-ID"]))
            if burst < 2:
                await asyncio.to_thread(smtp_house.kill_dovecot)
                await asyncio.to_thread(smtp_house.start_dovecot)
        for person in people:
            for _ in range(BURST // 6):
                await person.next()
    answers = [str(mail["In-Reply-To"]) for person in people for mail in person.read]
    assert sorted(answers) == sorted(asked)
    assert all(len(smtp_house.mailbox(person.address)) == BURST // 6 for person in people)


async def test_a_mail_that_cannot_be_sent_now_is_sent_later_once(smtp_house: MailHouse, tmp_path: Path) -> None:
    desk, ann = smtp_house.add_user(), smtp_house.add_user()
    writer = Writer(smtp_house, ann, desk)
    writer.by = "lmtp"  # into the mailbox, past the server that is down
    async with at_work(smtp_house, desk, tmp_path / "home") as house:
        await asyncio.to_thread(smtp_house.kill_postfix)
        mail = await writer.write("Mon VPN ne marche plus.", "VPN")
        try:
            await until(lambda: tries(house) > 0)
        finally:
            await asyncio.to_thread(smtp_house.start_postfix)
        assert (await writer.next())["In-Reply-To"] == mail["Message-ID"]
    assert len(smtp_house.mailbox(ann)) == 1


async def test_a_machine_that_answers_machines_is_left_alone(smtp_house: MailHouse, tmp_path: Path) -> None:
    """A program without any mark of one answers each of our mails with a new one: we stop after a few."""
    desk, ann = smtp_house.add_user(), smtp_house.add_user()
    writer = Writer(smtp_house, ann, desk)
    async with at_work(smtp_house, desk, tmp_path / "home"):
        for number in range(BEGUN_BY_ONE.burst + 5):
            await writer.write("Votre message a bien été pris en compte.", f"Dossier {number}")
        last = await Writer(smtp_house, smtp_house.add_user(), desk).write("Mon VPN ne marche plus.", "VPN")
        await until(lambda: any(str(last["Message-ID"]).encode() in raw for raw in smtp_house.mailbox(desk)))
        for _ in range(BEGUN_BY_ONE.burst):
            await writer.next()
    assert len(smtp_house.mailbox(ann)) == BEGUN_BY_ONE.burst


async def test_what_comes_back_is_told_to_the_conversation(smtp_house: MailHouse, tmp_path: Path) -> None:
    desk = smtp_house.add_user()
    ghost = Writer(smtp_house, GHOST, desk)
    async with at_work(smtp_house, desk, tmp_path / "home") as house:
        mail = await ghost.write("Mon VPN ne marche plus.", "VPN")
        book = f"mail:{desk}:{begun_by(str(mail['Message-ID']))}"
        await until(lambda: bool(smtp_house.mailbox(desk)[1:]))
        where = json.loads(await house.notes.load(book) or "{}")["conversation"]
        await until(lambda: house.records.conversation(where).owner is Owner.HUMAN)
        told = json.loads(await house.notes.load(book) or "{}")
        assert len(told["returned"]) == 1 and told["returned"][0] in told["references"]


def test_the_doctor_signs_in_and_says_what_hinders(smtp_house: MailHouse, tmp_path: Path) -> None:
    desk = smtp_house.add_user()
    own = settings(smtp_house, desk, tmp_path / "home")
    assert list(Mailbox(own, tmp_path, SystemClock()).examined()) == []
    smtp_house.passwords[desk] = "wrong"
    wrong = settings(smtp_house, desk, tmp_path / "home")
    faults = list(Mailbox(wrong, tmp_path, SystemClock()).examined())
    assert [(fault.told.split()[0], fault.mend) for fault in faults] == [
        (way, "channels.email: user, password_file") for way in ("imap", "smtp")
    ]
