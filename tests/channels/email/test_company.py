"""Several people in one thread: who asks is answered; whoever else writes or is copied is known to the agents alone."""

import json
import re
from email.message import EmailMessage
from pathlib import Path

from bot.app import House
from bot.channels.email.keeping import Cabinet
from bot.channels.email.threads import begun_by
from bot.dialog.events import PersonSaid
from tests.channels.email.post import Writer, at_work, correspondence, text, until
from tests.support.mailhouse import MailHouse

BROKEN = "Bonjour,\n\nMon VPN ne marche plus depuis ce matin.\n\nMerci,\nAnn"
ANSWER = "1 : Windows 11, à la maison, erreur 809, juste moi"


def people(servers: MailHouse, *names: str) -> list[Writer]:
    """A desk, and people who write to it."""
    desk = servers.add_user()
    return [Writer(servers, servers.add_user(), desk, name=name) for name in names]


def said(house: House, where: str) -> list[tuple[str, str]]:
    """What came in, in order: the colleague who wrote it, "" for the requester, and the text."""
    events = (one.event for one in house.records.events(where))
    return [(one.facts.colleague, "\n".join(one.texts)) for one in events if isinstance(one, PersonSaid)]


async def heard(house: House, where: str, *, count: int) -> list[tuple[str, str]]:
    """What came in, once it is so much."""
    await until(lambda: len(said(house, where)) >= count)
    return said(house, where)


async def test_a_colleague_in_the_thread_is_heard_and_neither_asked_nor_believed(
    smtp_house: MailHouse, tmp_path: Path
) -> None:
    ann, paul = people(smtp_house, "Ann Élan", "Paul Martin")
    async with at_work(smtp_house, ann.desk, tmp_path / "home") as house:
        first = await ann.write(BROKEN, "VPN en panne")
        question = await ann.next()
        where = (await correspondence(house, ann.desk, first)).conversation
        waiting = house.records.conversation(where).requests[0].waiting
        await paul.answer("Oui, ça remarche chez moi, merci !", question)
        assert (await heard(house, where, count=2))[-1] == ("Paul Martin", "Oui, ça remarche chez moi, merci !")
        assert house.records.conversation(where).requests[0].waiting == waiting
        await ann.answer(ANSWER, question)
        step = await ann.next()
        assert step["To"] == f"Ann Élan <{ann.address}>" and step["Cc"] is None
        assert house.records.conversation(where).requests[0].waiting != waiting
    assert len(smtp_house.mailbox(ann.address)) == 2
    assert smtp_house.mailbox(paul.address) == []


async def test_agents_are_told_once_who_is_copied_and_the_answer_goes_to_the_writer_alone(
    smtp_house: MailHouse, tmp_path: Path
) -> None:
    ann, paul = people(smtp_house, "Ann", "Paul Martin")
    copy = f"Paul Martin <{paul.address}>, Support <{ann.desk}>"
    async with at_work(smtp_house, ann.desk, tmp_path / "home") as house:
        first = await ann.write(BROKEN, "VPN en panne", Cc=copy)
        question = await ann.next()
        where = (await correspondence(house, ann.desk, first)).conversation
        await ann.answer(ANSWER, question, Cc=f"{copy}, chef@corp.test")
        answer = await ann.next()
        heard_of = await heard(house, where, count=4)
        told = await correspondence(house, ann.desk, first)
    assert [line for line in heard_of if line[1].startswith("[")] == [
        ("Paul Martin", f"[En copie : Paul Martin <{paul.address}>]"),
        ("chef@corp.test", "[En copie : chef@corp.test]"),
    ]
    assert told.participants == (paul.address, "chef@corp.test")
    assert (str(question["To"]), str(answer["To"])) == (f"Ann <{ann.address}>",) * 2
    assert smtp_house.mailbox(paul.address) == []


async def test_an_address_given_as_reply_to_is_the_requesters_own(smtp_house: MailHouse, tmp_path: Path) -> None:
    ann, home = people(smtp_house, "Ann", "Ann")
    async with at_work(smtp_house, ann.desk, tmp_path / "home") as house:
        first = await ann.write(BROKEN, "VPN en panne", Reply_To=home.address.upper())
        question = await home.next()
        await home.answer(ANSWER, question)
        await home.next()
        where = (await correspondence(house, ann.desk, first)).conversation
        assert [colleague for colleague, _ in said(house, where)] == ["", ""]


async def test_a_mail_we_were_copied_is_read_with_the_first_one_that_asks(
    smtp_house: MailHouse, tmp_path: Path
) -> None:
    ann, paul, stranger = people(smtp_house, "Ann", "Paul Martin", "Personne")
    async with at_work(smtp_house, ann.desk, tmp_path / "home") as house:
        seen = await paul.write(
            "Le VPN ne marche plus, mot de passe : Azerty123!", "VPN", to=ann.address, Cc=f"Support <{ann.desk}>"
        )
        thread = {"In_Reply_To": str(seen["Message-ID"])}
        unasked = await stranger.write("L'imprimante ne sort plus rien.", "Re: VPN", **thread)
        await stranger.next()  # by now the first mail has been taken, and nobody was answered
        assert smtp_house.mailbox(paul.address) == smtp_house.mailbox(ann.address) == []
        asked = await ann.write("Pouvez-vous regarder ?", "Re: VPN", **thread)
        answer = await ann.next()
        assert answer["In-Reply-To"] == asked["Message-ID"]
        other = (await correspondence(house, ann.desk, unasked)).conversation
        where = (await correspondence(house, ann.desk, seen)).conversation  # the thread is that of the copied mail
        (colleague, request) = said(house, where)[0]
        day = re.search(r"\d\d/\d\d/\d{4}", request)
        assert day and not colleague
        assert request == (
            f"[Reçu en copie le {day[0]}, de Paul Martin]\nVPN\n\nLe VPN ne marche plus, mot de passe : •••••"
            "\n\nRe: VPN\n\nPouvez-vous regarder ?"
        )
        assert "Reçu en copie" not in said(house, other)[0][1]  # to name a mail is not to have it
        assert "Azerty123" not in (await house.notes.load(f"mail:{ann.desk}:copy:{thread_of(seen)}") or "Azerty123")
    assert smtp_house.mailbox(paul.address) == []


async def test_what_an_agent_passes_on_is_its_writers_request(smtp_house: MailHouse, tmp_path: Path) -> None:
    odile, claire = people(smtp_house, "Odile Durand", "Claire Petit")
    forwarded = (
        "À prendre en premier, cliente difficile.\n\n---------- Message transféré ---------\n"
        f"De : Claire Petit <{claire.address}>\nDate : lun. 5 janv. 2026 à 09:00\nObjet : VPN en panne\n"
        f"À : Odile <{odile.address}>\n\nBonjour,\n\nMon VPN ne marche plus depuis ce matin.\n\nClaire\n"
    )
    async with at_work(smtp_house, odile.desk, tmp_path / "home", agents=("*@corp.test", odile.address)) as house:
        passed = await odile.write(forwarded, "TR: VPN en panne")
        question = await claire.next()
        assert str(question["To"]) == f"Claire Petit <{claire.address}>"
        assert str(question["Subject"]).startswith("Re: VPN en panne [#")
        assert "Un collègue nous a transmis votre message." in text(question)
        assert not re.search("difficile|Odile", str(question))
        where = (await correspondence(house, odile.desk, passed)).conversation
        request, remark = await heard(house, where, count=2)
        assert request[0] == "" and "Mon VPN ne marche plus" in request[1] and "difficile" not in request[1]
        assert remark == ("Odile Durand", f"[Transmis par Odile Durand <{odile.address}>]")
        words = await Cabinet(house.notes, odile.desk).words(str(passed["Message-ID"]))
        assert json.loads(words or "{}") == {
            "agent": "Odile Durand",
            "text": "À prendre en premier, cliente difficile.",
        }
        await claire.answer(ANSWER, question)
        assert "transmis" not in text(await claire.next())
        assert [colleague for colleague, _ in said(house, where)] == ["", "Odile Durand", ""]
    assert smtp_house.mailbox(odile.address) == []


async def test_the_desk_answers_from_its_address_whichever_of_its_names_is_written_to(
    smtp_house: MailHouse, tmp_path: Path
) -> None:
    ann, paul = people(smtp_house, "Ann", "Paul")
    async with at_work(smtp_house, ann.desk, tmp_path / "home", aliases=("help@desk.test",)) as house:
        await ann.write("Le VPN ne marche plus.", "VPN", to=paul.address, Cc="Aide <Help+x@desk.test>")
        asked = await ann.write(BROKEN, "VPN en panne", to="Aide <help@desk.test>", Cc=paul.address)
        answer = await ann.next()
        assert (answer["In-Reply-To"], answer["From"]) == (asked["Message-ID"], f"Support <{ann.desk}>")
        told = await correspondence(house, ann.desk, asked)
        assert told.participants == (paul.address,)
    assert len(smtp_house.mailbox(ann.address)) == 1


async def test_a_new_mail_with_the_tag_goes_on_in_the_thread_for_those_who_are_in_it(
    smtp_house: MailHouse, tmp_path: Path
) -> None:
    ann, stranger = people(smtp_house, "Ann", "Personne")
    async with at_work(smtp_house, ann.desk, tmp_path / "home") as house:
        first = await ann.write(BROKEN, "VPN en panne")
        question = await ann.next()
        subject = str(question["Subject"])
        copied = await stranger.write("Mon imprimante ne sort plus rien.", subject)
        await stranger.next()
        where = (await correspondence(house, ann.desk, first)).conversation
        assert (await correspondence(house, ann.desk, copied)).conversation != where
        later = await ann.write(ANSWER, subject)
        step = await ann.next()
        assert (step["In-Reply-To"], step["Subject"]) == (later["Message-ID"], subject)
        assert [words for _, words in said(house, where)][1:] == [ANSWER]


def thread_of(mail: EmailMessage) -> str:
    return begun_by(str(mail["Message-ID"]))


async def test_nothing_of_the_desks_notes_is_in_what_the_requester_reads(smtp_house: MailHouse, tmp_path: Path) -> None:
    ann, paul = people(smtp_house, "Ann", "Paul Martin")
    async with at_work(smtp_house, ann.desk, tmp_path / "home"):
        await ann.write(BROKEN, "VPN en panne", Cc=paul.address)
        assert paul.address not in text(await ann.next())
