"""What stands in a mail of ours."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from bot.channels.email.correspondence import Correspondence
from bot.channels.email.threads import Threads, begun_by
from bot.channels.email.writing import Letterhead, letter, plain_part
from bot.dialog.effects import Button, Relay, Say

HEAD = Letterhead("Support", Threads("support@desk.test", b"secret"))
THREAD = begun_by("<1@corp.test>")
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
TOLD = Correspondence("ann@corp.test", "Ann Élan", "VPN en panne", last="<2@corp.test>",
                      references=("<1@corp.test>", "<2@corp.test>"))  # fmt: skip


def written(say: Say | Relay, told: Correspondence = TOLD, key: str = "7:3:0") -> EmailMessage:
    """A mail as its receiver reads it."""
    mail = message_from_bytes(letter(HEAD, THREAD, told, say, key, AT).as_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def text(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_an_answer_stands_in_its_thread() -> None:
    mail = written(Say("Bonjour."))
    assert mail["To"] == "Ann Élan <ann@corp.test>"
    assert mail["From"] == "Support <support@desk.test>"
    assert mail["Subject"] == "Re: VPN en panne"
    assert mail["In-Reply-To"] == "<2@corp.test>"
    assert mail["References"] == "<1@corp.test> <2@corp.test>"
    assert HEAD.threads.of_addresses([mail["Reply-To"]]) == HEAD.threads.of_message(mail["Message-ID"]) == THREAD


def test_every_try_is_the_same_mail() -> None:
    assert written(Say("Bonjour."))["Message-ID"] == written(Say("Bonjour."))["Message-ID"]
    assert written(Say("Bonjour."))["Message-ID"] != written(Say("Bonjour."), key="7:3:1")["Message-ID"]


def test_machines_are_told_not_to_answer_the_bot_and_may_answer_people() -> None:
    bot, agent = written(Say("Bonjour.")), written(Relay("person", "Odile", "J'arrive."))
    assert (bot["Auto-Submitted"], bot["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    assert (agent["Auto-Submitted"], agent["X-Auto-Response-Suppress"]) == (None, None)
    assert agent["From"] == '"Odile (Support)" <support@desk.test>'
    assert text(agent, "plain") == "J'arrive.\n\n-- \nOdile\n"


def test_a_digit_answers_buttons() -> None:
    mail = written(Say("Ça marche ?", "fr", buttons=(Button("yes", "Oui"), Button("no", "Non, pas *encore*"))))
    assert "Répondez par un chiffre :\n1. Oui\n2. Non, pas *encore*\n" in text(mail, "plain")
    assert "<ol><li>Oui</li><li>Non, pas *encore*</li></ol>" in text(mail, "html")


def test_a_digit_answers_the_question_of_that_number_where_questions_are_numbered() -> None:
    mail = written(Say("1. Which printer?\n2. Who is blocked?", "en", buttons=(Button("human", "A human"),)))
    assert text(mail, "plain").endswith("You may also write:\n– A human\n\nSupport\n")
    assert "<ul><li>A human</li></ul>" in text(mail, "html")


@pytest.mark.parametrize(("lang", "lead"), [("fr", "Répondez :"), ("en", "Answer:")])
def test_answers_are_called_answers_where_only_steps_are_numbered(lang: str, lead: str) -> None:
    say = Say("1. Ouvrez la file.\n\nOK ?", lang, buttons=(Button("yes", "Oui"), Button("human", "Un humain")))
    assert f"{lead}\n– Oui\n– Un humain\n" in text(written(say), "plain")
    assert f"<p>{lead}</p><ul>" in text(written(say), "html")


def test_a_way_to_people_alone_is_no_answer_with_a_number() -> None:
    said = text(written(Say("Quel est le problème ?", "fr", buttons=(Button("human", "Un humain"),))), "plain")
    assert "Vous pouvez aussi écrire :\n– Un humain\n" in said


@pytest.mark.parametrize(("lang", "hello"), [("fr", "Bonjour,"), ("en", "Hello,")])
def test_the_first_mail_greets_and_each_says_who_writes(lang: str, hello: str) -> None:
    first, second = written(Say("Lu.", lang)), written(Say("Lu.", lang), replace(TOLD, sent=1))
    assert text(first, "plain") == f"{hello}\n\nLu.\n\nSupport\n"
    assert text(second, "plain") == "Lu.\n\nSupport\n"
    assert f"<p>{hello}</p><p>Lu.</p>" in text(first, "html").replace("\n", "")
    assert hello not in text(second, "html") and "Support</p>" in text(second, "html")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_whoever_wrote_a_mail_that_was_passed_on_hears_of_it_once(lang: str) -> None:
    told = replace(TOLD, passed=True)
    passed = {"fr": "Un collègue nous a transmis votre message.", "en": "A colleague passed your message on to us."}
    assert text(written(Say("Lu.", lang), told), "plain").split("\n\n")[1] == passed[lang]
    assert passed[lang] not in text(written(Say("Lu.", lang), replace(told, sent=1)), "plain")


def test_what_a_mail_says_is_kept_as_it_will_be_quoted() -> None:
    mail = written(Say("Ça marche ? " + "é" * 300, "fr"))
    assert plain_part(mail) == text(mail, "plain").removesuffix("\n") + "\n"


@pytest.mark.parametrize(
    ("pages", "plain", "href"),
    [("https://aide.test/", "Lu. Vos droits (https://aide.test/privacy)", 'href="https://aide.test/privacy"'),
     ("", "Lu.", "<p>Lu.</p>")],
)  # fmt: skip
def test_a_link_to_our_own_pages_works_from_a_mail_or_is_none(pages: str, plain: str, href: str) -> None:
    raw = letter(replace(HEAD, pages=pages), THREAD, TOLD, Say("Lu. [Vos droits](/privacy)"), "1", AT).as_bytes()
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    assert text(mail, "plain").strip() == f"Hello,\n\n{plain}\n\nSupport"
    assert href in text(mail, "html") and '"/privacy"' not in text(mail, "html")


def test_a_link_within_a_sentence_leaves_its_words() -> None:
    said = text(written(Say("Voyez [vos droits](/privacy) et la suite.")), "plain")
    assert said == "Hello,\n\nVoyez vos droits et la suite.\n\nSupport\n"


def test_nothing_in_a_message_becomes_markup_or_a_header() -> None:
    told = Correspondence("ann@corp.test", "Ann\r\nBcc: all@corp.test", "VPN\r\nBcc: all@corp.test <b>")
    mail = written(Say("<img src=x> **oui** [x](javascript:alert(1))", "fr", buttons=(Button("a", "<b>"),)), told)
    html = text(mail, "html")
    assert "<img" not in html and "href" not in html and "<b>" not in html
    assert "<strong>oui</strong>" in html
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Re: VPN Bcc: all@corp.test <b>"


def test_a_subject_is_never_empty_and_never_doubled() -> None:
    assert written(Say("…"), Correspondence("ann@corp.test", lang="en"))["Subject"] == "Re: Your request"
    assert written(Say("…"), Correspondence("ann@corp.test", subject="RE: VPN"))["Subject"] == "RE: VPN"


def test_the_tag_of_the_thread_ends_the_subject_once() -> None:
    told = replace(TOLD, subject="Re: VPN [#ABCD2345]", tag=HEAD.threads.tag(THREAD))
    assert written(Say("…"), told)["Subject"] == f"Re: VPN [#{HEAD.threads.tag(THREAD)}]"
    assert written(Say("…"), replace(told, subject="x" * 300))["Subject"].endswith(f"x [#{told.tag}]")
