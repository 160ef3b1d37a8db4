"""French and English: asked for, detected, returned from; a third one gets people."""

import pytest

from bot.dialog.conversation import Owner
from tests.support.talk import Talk, says

FRENCH = "je voudrais continuer cette conversation en écrivant dans ma langue"


def asked(lang: str = "en") -> Talk:
    """A conversation with an open question."""
    talk = Talk(lang=lang)
    talk.say("VPN", topic="vpn", lang=lang)
    return talk


def test_the_first_message_decides_the_language() -> None:
    talk = Talk(lang="en")
    talk.say("Bonjour, mon VPN ne marche plus", topic="vpn")
    assert talk.talk.lang == "fr" and talk.says[0].lang == "fr"


def test_a_language_that_is_asked_for_is_spoken_at_once_and_is_no_miss() -> None:
    talk = asked()
    text = talk.say("en français s'il vous plaît")
    assert talk.talk.lang == "fr" and says(text, "utter_ask_affected")
    assert talk.request and talk.request.misses == 0


def test_a_language_asked_for_before_any_problem_is_no_problem() -> None:
    talk = Talk(lang="fr")
    talk.say("in English please")
    assert talk.talk.lang == "en" and talk.talk.requests == ()


def test_a_long_message_in_the_other_language_is_answered_in_it_with_a_way_back() -> None:
    talk = asked()
    text = talk.say(FRENCH)
    assert talk.talk.lang == "fr" and says(text, "utter_switched")
    assert talk.buttons[-1] == "lang:en"
    assert "English" in talk.says[-1].buttons[-1].label
    talk.press("lang:en", talk.says[-1].turn)
    assert talk.talk.lang == "en" and talk.awaits == "affected"


@pytest.mark.parametrize("text", ["moi seul", "oui", "merci beaucoup", "pas du tout monsieur"])
def test_a_short_message_in_the_other_language_never_switches(text: str) -> None:
    talk = asked()
    talk.say(text)
    assert talk.talk.lang == "en"


def test_a_third_language_gets_both_languages_once_and_people() -> None:
    talk = Talk(lang="fr")
    text = talk.say("Ich kann mich nicht mehr anmelden, bitte helfen Sie mir")
    assert "français" in text and "English" in text
    assert talk.opened[0].reason == "not_understood" and talk.owner is Owner.HUMAN


def test_while_people_own_the_bot_does_not_announce_a_language() -> None:
    talk = asked()
    talk.say("human")
    assert not says(talk.say(FRENCH), "utter_switched")


def test_an_unknown_language_button_is_an_unknown_button() -> None:
    talk = asked()
    talk.press("lang:de")
    assert talk.talk.lang == "en" and talk.awaits == "affected"


def test_the_language_of_the_page_is_spoken_until_the_person_writes() -> None:
    from bot.dialog.events import Facts

    talk = Talk(lang="en", facts=Facts(language="fr"))
    talk.say("VPN", topic="vpn", lang=None)
    assert talk.talk.lang == "fr"


def test_an_action_or_a_status_in_the_other_language_keeps_the_question_open() -> None:
    talk = asked()
    talk.say("où en est ma demande s'il vous plaît madame")
    assert talk.awaits == "affected"
