"""Who writes in a thread, and what an agent passes on as its writer's own mail."""

from dataclasses import replace

import pytest

from bot.channels.email.copies import Copy
from bot.channels.email.correspondence import Correspondence
from bot.channels.email.mail import Mailbox, Passed
from bot.channels.email.taking import as_written, sender_of, written
from bot.channels.email.wording import copied, with_copies, with_subject
from tests.support.rawmail import read

CLAIRE = "claire@client.example"
MAIL = replace(read(reply_to="Claire <c.martin@client.example>"), authenticated=True)
TOLD = written(None, MAIL, "fr")


@pytest.mark.parametrize("address", [CLAIRE, CLAIRE.upper(), "C.Martin@client.example"])
def test_the_requester_goes_by_the_addresses_of_the_first_mail(address: str) -> None:
    mail = replace(MAIL, sender=Mailbox(address), reply_to=())
    assert not sender_of(mail, TOLD).colleague
    assert sender_of(mail, TOLD).proof == "dmarc"
    assert TOLD.to == "c.martin@client.example"


@pytest.mark.parametrize("address", ["claire+x@client.example", "clairemartin@client.example", "claire@other.example"])
def test_another_address_is_somebody_else_who_proves_nothing(address: str) -> None:
    mail = replace(MAIL, sender=Mailbox(address, "Claire"), reply_to=())
    sender = sender_of(mail, TOLD)
    assert (sender.colleague, sender.proof, sender.email, sender.name) == (True, "none", address, "Claire")


def test_who_only_wants_answers_at_the_requesters_address_is_the_requester_unproven() -> None:
    mail = replace(MAIL, sender=Mailbox("claire@home.example"), reply_to=(Mailbox(CLAIRE),))
    assert (sender_of(mail, TOLD).colleague, sender_of(mail, TOLD).proof) == (False, "none")


def test_a_thread_of_before_knows_its_requester_by_the_address_it_answers() -> None:
    assert Correspondence("Ann@corp.test").is_requester("ann@corp.test")


def test_who_takes_part_is_remembered_once() -> None:
    told = TOLD.with_people(["Paul@client.example", CLAIRE]).with_people(["paul@CLIENT.example"])
    assert told.participants == ("paul@client.example",)
    assert told.has_part("PAUL@client.example") and told.has_part(CLAIRE) and not told.has_part("eve@client.example")


def test_what_an_agent_passes_on_is_nobodys_word_but_its_writers() -> None:
    passed = Passed(Mailbox("paul@client.example", "Paul"), "Mon écran est noir.", "Écran", "Vite.", "<in@x>", "fr")
    mail = as_written(replace(MAIL, passed=passed, references=("<a@x>",)))
    assert (mail.sender.address, mail.text, mail.subject) == ("paul@client.example", "Mon écran est noir.", "Écran")
    assert (mail.authenticated, mail.reply_to, mail.references) == (False, (), ("<in@x>", "<a@x>"))
    assert sender_of(mail, written(None, mail, "fr")).proof == "none"


def test_a_tag_that_was_copied_into_a_subject_is_no_part_of_the_request() -> None:
    assert with_subject(read(subject="Accès refusé [#ABCD2345]")).startswith("Accès refusé\n\nBonjour")


def test_copies_stand_above_the_request_in_the_order_they_came() -> None:
    copies = [Copy(f"<{day}@x>", "Paul", f"2026-01-0{day}T09:00:00+00:00", f"Mail {day}") for day in (4, 5)]
    assert with_copies("Et donc ?", copies, "en") == (
        "[Received as a copy on 2026-01-04, from Paul]\nMail 4\n\n"
        "[Received as a copy on 2026-01-05, from Paul]\nMail 5\n\nEt donc ?"
    )


def test_of_many_people_some_are_named() -> None:
    people = [Mailbox(f"p{number}@client.example") for number in range(12)]
    assert copied(people, "en").endswith("p9@client.example, +2]")
    assert copied(people[:1], "en") == "[Copied: p0@client.example]"
