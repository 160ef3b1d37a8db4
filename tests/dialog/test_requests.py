"""Requests: what is one, several at once, another one in between, the old one again, and how they close."""

from bot.dialog.conversation import Ended, Owner
from bot.dialog.understanding import Act
from tests.support.talk import Talk, hit, problem, says


def test_a_first_message_that_tells_everything_is_asked_nothing_of_it() -> None:
    talk = Talk(lang="fr")
    talk.say("Bonjour, mon VPN ne marche plus depuis ce matin, erreur 809, Windows 11", topic="vpn")
    request = talk.request
    assert request
    told = {name: request.slots[name].origin for name in ("os", "os_version", "error_code", "since")}
    assert set(told.values()) == {"first_message"}
    while talk.buttons and talk.owner is Owner.BOT:
        assert talk.awaits not in told
        talk.press_shown("no" if "no" in talk.buttons else "dont_know")


def test_without_the_system_in_the_first_message_it_is_asked_once() -> None:
    talk = Talk(lang="fr")
    talk.say("Bonjour, mon VPN ne marche plus depuis ce matin, erreur 809", topic="vpn")
    asked = []
    while talk.buttons and talk.owner is Owner.BOT:
        asked.append(talk.awaits)
        talk.press_shown("no" if "no" in talk.buttons else talk.buttons[0])
    assert asked.count("os") == 1


def test_hello_opens_no_request() -> None:
    talk = Talk()
    assert says(talk.say("hello"), "utter_ask_problem")
    assert talk.talk.requests == ()
    assert talk.owner is Owner.NOBODY


def test_thanks_and_small_talk_open_no_request() -> None:
    talk = Talk()
    assert says(talk.say("thank you"), "utter_thanks")
    assert says(talk.say("how are you?"), "utter_small_talk")
    assert talk.talk.requests == ()


def test_the_first_message_says_that_it_is_a_bot_how_to_reach_a_human_and_what_becomes_of_words_once() -> None:
    talk = Talk()
    first, second = talk.say("hello"), talk.say("hello")
    assert says(first, "utter_first_words") and says(first, "utter_privacy")
    assert not says(second, "utter_first_words") and not says(second, "utter_privacy")


def test_a_greeting_with_a_problem_is_the_problem() -> None:
    talk = Talk()
    talk.say("Hello, my printer is jammed", topic="printer")
    assert talk.request and talk.request.topic == "printer"


def test_several_problems_become_requests_in_text_order_and_closing_one_starts_the_next() -> None:
    talk = Talk()
    told = (problem("the VPN drops", "vpn"), problem("the printer is jammed", "printer"))
    text = talk.say("the VPN drops and the printer is jammed", topic="vpn", problems=told)
    assert says(text, "utter_several")
    assert [one.topic for one in talk.talk.requests] == ["vpn", "printer"]
    assert talk.request and talk.request.topic == "vpn"
    assert says(talk.say("never mind"), "utter_next_problem")
    assert talk.request.topic == "printer"
    assert talk.waiting


def test_the_same_problem_told_twice_in_a_message_is_one_request() -> None:
    talk = Talk()
    told = (problem("the VPN drops", "vpn"), problem("the VPN is slow", "vpn"))
    talk.say("the VPN drops and the VPN is slow", topic="vpn", problems=told)
    assert [one.topic for one in talk.talk.requests] == ["vpn"]


def test_a_code_of_one_problem_is_not_taken_for_the_other() -> None:
    talk = Talk()
    told = (problem("VPN error 809", "vpn"), problem("the printer shows error 49", "printer"))
    talk.say("VPN error 809, on windows, and the printer shows error 49", topic="vpn", problems=told)
    codes = [one.slots["error_code"].value for one in talk.talk.requests]
    assert codes[0] == "809" and codes[1] != "809"
    assert [one.slots["os"].value for one in talk.talk.requests] == ["windows", "windows"]


def test_another_problem_in_between_puts_the_first_aside_and_comes_back_to_it() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    question = talk.awaits
    assert says(talk.say("my printer is jammed, the big one on the second floor", topic="printer"), "utter_aside")
    assert talk.request and talk.request.topic == "printer"
    assert says(talk.say("never mind"), "utter_back_to")
    assert talk.request.topic == "vpn" and talk.awaits == question


def test_what_was_answered_before_the_change_of_subject_is_still_known_after_it() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    talk.say("just me")
    talk.say("my printer is jammed, the big one on the second floor", topic="printer")
    talk.say("back to the first problem")
    assert talk.request and talk.request.topic == "vpn"
    assert talk.value("affected") == "one" and talk.awaits != "affected"


def test_a_subject_that_comes_up_again_is_the_same_request() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    talk.say("my printer is jammed, the big one on the second floor", topic="printer")
    talk.say("and what about the VPN that does not connect", topic="vpn")
    assert [one.topic for one in talk.talk.requests] == ["vpn", "printer"]
    assert talk.request and talk.request.topic == "vpn"


def test_the_system_told_for_one_problem_is_not_asked_for_the_next() -> None:
    talk = Talk()
    talk.say("the VPN does not connect, Windows 11", topic="vpn")
    talk.say("never mind")
    talk.say("Outlook does not open", topic="email_outlook")
    assert talk.value("os") == "windows"


def test_it_works_but_something_else_does_not_closes_one_and_opens_the_other() -> None:
    talk = Talk()
    talk.say("my computer is slow", topic="slow_computer")
    talk.press_shown("always")
    assert talk.waiting and talk.waiting.what == "fix"
    talk.say("yes it works, but now my printer is jammed", topic="printer", acts=(Act.SOLVED,))
    told = [(one.topic, one.ended) for one in talk.talk.requests]
    assert told == [("slow_computer", Ended.SOLVED), ("printer", None)]


def test_cancel_stops_at_once() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    assert says(talk.say("cancel"), "utter_cancelled")
    assert talk.last.ended is Ended.CANCELLED and talk.owner is Owner.NOBODY


def test_repeat_says_the_question_again_even_after_thanks() -> None:
    talk = Talk()
    talk.say("the VPN does not connect at home, error 809, Windows 11, just me", topic="vpn")
    fix = talk.talk.last_said
    talk.say("thanks")
    assert fix and talk.say("can you repeat?") == fix.text
    assert talk.buttons == ("yes", "no", "cannot_try", "human")


def test_a_secret_in_a_message_that_asks_to_repeat_is_told_all_the_same() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    assert says(talk.say("repeat please", secrets=("password",)), "utter_secret_hidden")


def test_repeat_with_nothing_said_yet_is_answered() -> None:
    talk = Talk()
    assert says(talk.say("repeat please"), "utter_nothing_open")


def test_a_solved_problem_that_comes_back_goes_on_where_it_stood() -> None:
    talk = Talk()
    talk.say("the VPN does not connect at home, error 809, Windows 11, just me", topic="vpn")
    tried = [talk.awaits]
    talk.press_shown("no")
    tried.append(talk.awaits)
    talk.press_shown("yes")
    assert talk.last.ended is Ended.SOLVED
    talk.say("it came back")
    assert talk.rule == "came_back"
    assert talk.value("os") == "windows"
    assert talk.awaits not in tried


def test_a_failed_fix_is_not_proposed_again_when_the_topic_comes_up_later() -> None:
    talk = Talk()
    talk.say("the VPN does not connect at home, error 809, Windows 11, just me", topic="vpn")
    failed = talk.awaits
    talk.press_shown("no")
    talk.press_shown("yes")
    talk.wait(48)
    talk.say("the VPN does not connect at home, error 809, just me", topic="vpn")
    assert talk.waiting and talk.awaits != failed
    assert any(step.what.startswith(failed) for step in talk.request.steps)  # type: ignore[union-attr]


def test_a_cancelled_problem_that_is_still_there_is_taken_up_again() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    talk.say("just me")
    talk.say("cancel")
    talk.say("still broken")
    assert talk.request and talk.request.topic == "vpn" and talk.value("affected") == "one"


def test_a_topic_that_no_flow_knows_is_searched_for() -> None:
    talk = Talk()
    talk.say("toner is low", hits=(hit(talk.book, "printer-toner"),))
    assert talk.waiting and talk.waiting.article == "printer-toner"
    assert talk.heard[-1].sources[-1].article == "printer-toner"


def test_two_more_problems_in_the_middle_of_one_are_both_noted() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    told = (problem("the printer is jammed", "printer"), problem("Outlook does not open", "email_outlook"))
    talk.say("the printer is jammed and Outlook does not open", topic="printer", problems=told)
    assert [(one.topic, one.ended) for one in talk.talk.requests] == [
        ("vpn", None), ("printer", None), ("email_outlook", None),
    ]  # fmt: skip
    assert talk.request and talk.request.topic == "printer" and talk.waiting
    talk.say("never mind")
    talk.say("never mind")
    talk.say("never mind")
    assert talk.owner is Owner.NOBODY


def test_a_known_code_alone_tells_the_problem() -> None:
    talk = Talk()
    talk.say("error 809")
    assert talk.request and talk.request.topic == "vpn" and talk.value("error_code") == "809"


def test_an_unknown_code_alone_tells_no_problem_and_is_kept() -> None:
    talk = Talk()
    talk.say("error 0x1234ABCD")
    talk.say("the VPN", topic="vpn")
    assert talk.request and talk.request.topic == "vpn" and talk.value("error_code") == "0X1234ABCD"


def test_instructions_that_did_not_help_with_one_problem_are_not_found_again_for_another() -> None:
    talk = Talk()
    found = (hit(talk.book, "printer-toner"), hit(talk.book, "printer-paper"))
    talk.say("toner is low", hits=found)
    talk.press_shown("no")
    talk.say("never mind")
    talk.say("and now the paper is curled", hits=found)
    assert talk.waiting and talk.waiting.article == "printer-paper"
