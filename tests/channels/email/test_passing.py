"""Who wrote a mail that an agent passes on: told for certain, or the agent stays the one who asks."""

import pytest

from bot.channels.email.mail import Mail, Mailbox, Ours
from bot.channels.email.reading import read_mail
from tests.support.rawmail import DESK, part, parts, raw

OURS = Ours(frozenset({DESK}), agents=frozenset({"*@Desk.example", "odile@freelance.example"}))
ODILE = "Odile <odile@freelance.example>"
PAUL = Mailbox("paul@client.example", "Paul Martin")
BODY = "Bonjour, mon écran reste noir depuis ce matin.\n\nPaul"


def passed(body: str, sender: str = ODILE, subject: str = "TR: Écran noir") -> Mail:
    """A mail of an agent's."""
    return read_mail(raw(body, **{"from": sender, "subject": subject}), OURS)


HEADS = {
    "Gmail": (
        "---------- Forwarded message ---------\nFrom: Paul Martin <paul@client.example>\n"
        f"Date: Mon, Jan 5, 2026 at 9:00 AM\nSubject: Écran noir\nTo: <{DESK}>\n\n"
    ),
    "Outlook": (
        "________________________________\nDe : Paul Martin <paul@client.example>\n"
        "Envoyé : lundi 5 janvier 2026 09:00\nÀ : Odile <odile@freelance.example>\nObjet : Écran noir\n\n"
    ),
    "Outlook, an address told twice": (
        "De : Paul Martin [mailto:paul@client.example]\nEnvoyé : lundi 5 janvier 2026 09:00\n"
        "À : Odile\nObjet : Écran noir\n\n"
    ),
    "Apple": (
        "Début du message transféré :\n\nDe: Paul Martin <paul@client.example>\nObjet: Écran noir\n"
        "Date: 5 janvier 2026 à 09:00:00 UTC+1\nÀ: Odile <odile@freelance.example>\n\n"
    ),
    "Thunderbird": (
        "-------- Message transféré --------\nSujet : \tÉcran noir\nDate : \tMon, 5 Jan 2026 09:00:00 +0100\n"
        f"De : \tPaul Martin <paul@client.example>\nPour : \t{DESK}\n\n"
    ),
}


@pytest.mark.parametrize("program", HEADS)
@pytest.mark.parametrize("above", ["", "À voir vite, il est pénible.\n\n-- \nOdile\n\n"])
def test_the_writer_is_found_below_the_header_that_a_program_copies(program: str, above: str) -> None:
    found = passed(above + HEADS[program] + BODY).passed
    assert found is not None
    assert found.sender == PAUL
    assert (found.subject, found.lang) == ("Écran noir", "fr")
    assert found.text.endswith(BODY) and "pénible" not in found.text
    assert found.above == ("À voir vite, il est pénible." if above else "")


@pytest.mark.parametrize("words", ["", "Voir ci-joint.\n"])
def test_a_mail_attached_whole_is_the_message(words: str) -> None:
    inner = raw(BODY, **{"from": "Paul Martin <paul@client.example>", "subject": "Écran noir"})
    body = parts(part(words), part(inner, "message/rfc822"))
    fields = {"from": ODILE, "subject": "TR: Écran noir", "content_type": 'multipart/mixed; boundary="BORDER"'}
    found = read_mail(raw(body, **fields), OURS).passed
    assert found is not None
    assert (found.sender, found.text, found.subject, found.above) == (PAUL, BODY, "Écran noir", words.strip())
    assert found.message_id == "<one@client.example>"


@pytest.mark.parametrize(
    "writer",
    [
        "Paul Martin",
        "Paul <paul@client.example>, Ann <ann@client.example>",
        "liste@client.example de la part de paul@client.example",
        f"Support <{DESK}>",
        "Karim <karim@desk.example>",
        "Boutique <no-reply@client.example>",
    ],
)
def test_where_it_is_not_certain_or_nobodys_the_agent_asks(writer: str) -> None:
    head = f"De : {writer}\nEnvoyé : lundi 5 janvier 2026 09:00\nÀ : odile@freelance.example\nObjet : Écran noir\n\n"
    mail = passed(head + BODY)
    assert mail.passed is None and mail.forwarded
    assert mail.text.endswith(BODY)


SCAM = (
    "Cher client, votre compte sera suspendu sous 24 h. Cliquez sur https://banque.example.net "
    "pour confirmer votre mot de passe."
)


def test_a_scam_that_an_agent_reports_is_theirs_and_whoever_wrote_it_hears_nothing() -> None:
    assert passed(HEADS["Gmail"] + SCAM).passed is None
    body = parts(part(""), part(raw(SCAM, **{"from": "Banque <paul@client.example>"}), "message/rfc822"))
    fields = {"from": ODILE, "subject": "TR: compte", "content_type": 'multipart/mixed; boundary="BORDER"'}
    assert read_mail(raw(body, **fields), OURS).passed is None


def test_whoever_is_no_agent_asks_for_what_they_pass_on() -> None:
    mail = passed(HEADS["Gmail"] + BODY, "Ann <ann@client.example>")
    assert mail.forwarded and not mail.by_agent and mail.passed is None


def test_an_answer_that_quotes_is_not_passed_on() -> None:
    quoted = "Merci.\n\nLe lun. 5 janv. 2026 à 09:00, Paul Martin <paul@client.example> a écrit :\n> " + BODY
    assert passed(quoted, subject="Re: Écran noir").passed is None
