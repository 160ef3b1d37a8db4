"""What stands in a ticket: words of its own language, and nothing that only an earlier request told."""

import pytest

from bot.dialog.events import Facts
from bot.dialog.packet import OWN_LINES
from bot.dialog.slot_words import NAMES, VALUES
from tests.dialog.test_packet import ticket
from tests.support.talk import PROVEN, Talk, library


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_subject_names_no_place_that_only_memory_knows(lang: str) -> None:
    known = Facts(proof="sso", name="Ada Martin", slots={"site": "Lyon", "os": "windows", "device": "laptop"})
    talk = Talk(facts=known, lang=lang)
    talk.press("human")
    assert "Lyon" not in talk.opened[0].title
    assert not any(word in talk.opened[0].summary for word in ("Lyon", "Windows", "laptop", "portable"))


def test_what_an_earlier_request_told_stands_in_no_ticket_that_would_not_ask_it() -> None:
    talk = Talk(facts=PROVEN)
    talk.say("the VPN does not connect, Windows 11, just me, 3rd floor", topic="vpn")
    while talk.waiting and talk.waiting.what != "fix":
        talk.press_shown(talk.buttons[0])
    talk.press_shown("yes")
    assert talk.request is None
    talk.say("I want to talk to a human")
    found = talk.opened[0]
    assert "floor" not in found.title and "floor" not in found.summary and "Windows" not in found.summary
    assert found.slots["site"] == "3rd floor"  # known all the same, with where it came from


def test_what_is_told_again_belongs_to_the_request_that_tells_it() -> None:
    talk = Talk(facts=PROVEN)
    talk.say("the VPN does not connect, just me, 3rd floor", topic="vpn")
    while talk.waiting and talk.waiting.what != "fix":
        talk.press_shown(talk.buttons[0])
    talk.press_shown("yes")
    talk.say("I want to talk to a human, 3rd floor")
    assert "3rd floor" in talk.opened[0].title


def test_the_system_known_from_before_stands_in_a_ticket_of_a_flow_that_asks_for_it() -> None:
    known = Facts(proof="sso", name="Ada Martin", slots={"os": "windows"})
    assert "Windows" in ticket("the VPN does not connect, just me", "vpn", known).summary


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_ticket_speaks_one_language(lang: str) -> None:
    talk = Talk(facts=PROVEN, lang=lang, channel="telegram")
    talk.say(
        {"fr": "ma souris ne répond plus, 0612345678", "en": "my mouse is dead, 0612345678"}[lang],
        topic="hardware_broken",
    )
    for _ in range(8):
        if not talk.opened:
            talk.press_shown(talk.buttons[0])
    lines = talk.opened[0].summary
    assert lines.count("0612345678") == 2  # quoted, and as the contact
    if lang == "fr":
        assert "souris" in lines and "Telegram" in lines
        assert not any(word in lines for word in ("mouse", "phone", "part", "portée inconnue", "telegram"))


def test_what_is_added_to_a_ticket_says_in_which_language_it_was_written() -> None:
    talk = Talk(facts=PROVEN, lang="fr")
    talk.say("un humain s'il vous plaît")
    talk.say("/lang en")
    talk.say("it still does not work")
    assert talk.talk.lang == "en" and [one.lang for one in talk.comments] == ["fr"]


def test_every_answer_that_a_ticket_may_tell_has_words_in_both_languages() -> None:
    book = library()
    for name, spec in book.slots.items():
        shown = {one.value for told in book.responses.get(f"utter_ask_{name}", ()) for one in told.buttons}
        if name in OWN_LINES:
            continue
        assert set(NAMES[name]) == {"fr", "en"}, name
        for value in set(spec.values) - shown:
            assert set(VALUES[name][value]) == {"fr", "en"}, (name, value)
