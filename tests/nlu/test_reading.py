"""A message is read by rules alone: language, cleaning, and any text at all."""

from datetime import datetime
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.understanding import Act
from bot.nlu.clean import clean
from bot.nlu.reading import read
from bot.ports.understander import Hints

HINTS = Hints(datetime.fromisoformat("2026-01-05T09:00+01:00"))
MAIL = Hints(HINTS.now, channel="email")


def test_a_first_message_gives_all_it_holds() -> None:
    read_it = read("Bonjour, mon VPN ne marche plus depuis ce matin, erreur 809, Windows 11", HINTS)
    assert read_it.lang == "fr"
    assert Act.GREETING in read_it.acts
    assert {one.name: one.value for one in read_it.entities} == {
        "os": "windows",
        "os_version": "11",
        "error_code": "809",
        "since": "2026-01-05T08:00+01:00",
    }


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("le micro marche pas ds teams", "fr"),
        ("my laptop is really slow today", "en"),
        ("Bonjour", "fr"),
        ("thanks", "en"),
        ("vpn 809", None),
        ("Hola, mi ordenador no funciona desde esta mañana y no puedo trabajar", "other"),
        ("Hallo mein Computer funktioniert nicht mehr seit heute Morgen", "other"),
        ("ciao il mio computer non si accende più", "other"),
        ("Меня зовут Иван и мой компьютер не работает", "other"),
        ("outlook teams windows crash reboot bsod critical", "en"),
    ],
)
def test_the_language_is_told_or_left_open(text: str, lang: str | None) -> None:
    assert read(text, HINTS).lang == lang


LETTER = """Bonjour Marie,

L'imprimante IMP-RH-02 ne sort plus rien.

Bien cordialement,
Jean Dupont
Service RH

Le lun. 5 janv. 2026 à 08:12, Support <support@example.org> a écrit :
> Votre iPhone est prêt.
"""


def test_a_letter_is_read_without_its_greeting_signature_and_quotes() -> None:
    assert clean(LETTER, "email").essence == "L'imprimante IMP-RH-02 ne sort plus rien."
    assert [(one.name, one.value) for one in read(LETTER, MAIL).entities] == [
        ("device", "printer"),
        ("asset", "IMP-RH-02"),
    ]


def test_what_is_forwarded_is_the_problem_itself() -> None:
    head = "FYI\n---------- Forwarded message ---------\nFrom: Ann <ann@example.org>\nSubject: VPN\n\n"
    text = head + "My VPN drops all the time."
    assert "My VPN drops all the time." in clean(text, "email").essence


def test_the_line_a_phone_adds_names_no_device() -> None:
    assert read("mon wifi ne marche pas\nEnvoyé de mon iPhone", HINTS).entities == ()


def test_entities_keep_their_place_when_accents_stand_apart() -> None:
    text = "imprime\u0301 sous Windows 11"
    assert [text[one.start : one.end] for one in read(text, HINTS).entities] == ["Windows", "11"]


@given(st.text(alphabet=st.characters(), max_size=200), st.sampled_from(["web", "email"]))
def test_any_text_is_read(text: str, channel: str) -> None:
    understood = read(text, Hints(HINTS.now, channel=channel))
    assert all(text[one.start : one.end] == one.text for one in understood.entities if text.isascii())


@pytest.mark.parametrize(
    "text", ["", "a" * 1_000_000, "le " * 4_000, "\x00\ud800 \u202e" * 1_000, "🤷 👍", "1 " * 4_000]
)
def test_odd_texts_are_read_too(text: str) -> None:
    assert read(text, HINTS).threat is None


FRAGMENTS = [
    "le ",
    "un ",
    "a ",
    "1 ",
    "et ",
    ", ",
    "A-",
    "j'ai ",
    "pas ",
    "mail ",
    "clique ",
    "merci ",
    "depuis ",
    "commande n ",
    "-",
]


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_no_repeated_words_keep_a_reader_busy(fragment: str) -> None:
    begun = process_time()
    read(fragment * 10_000, HINTS)
    assert process_time() - begun < 1.0  # seconds; a message takes 2 thousandths
