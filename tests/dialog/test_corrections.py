"""An earlier answer taken back: what is known now decides, and nothing else is asked or tried again."""

from tests.support.talk import Talk, says

KNOWN = "the VPN does not connect at home, error 809, Windows 11, just me"


def test_a_corrected_answer_is_said_back_and_the_flow_takes_the_right_way() -> None:
    talk = Talk()
    talk.say(KNOWN, topic="vpn")
    assert says(talk.say("no, I meant macOS"), "utter_corrected")
    assert talk.value("os") == "macos"


def test_the_version_of_the_former_system_goes_with_it() -> None:
    talk = Talk()
    talk.say(KNOWN, topic="vpn")
    assert talk.value("os_version") == "11"
    talk.say("no, I meant macOS")
    assert talk.value("os_version") is None


def test_a_correction_in_the_middle_of_the_questions_asks_none_of_them_again() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    asked = [talk.awaits]
    talk.press_shown("one")
    asked.append(talk.awaits)
    talk.say("no, I meant several colleagues")
    assert talk.value("affected") == "several"
    assert talk.awaits not in asked


def test_a_fix_that_failed_stays_failed_after_a_correction() -> None:
    talk = Talk()
    talk.say(KNOWN, topic="vpn")
    failed = talk.awaits
    talk.press_shown("no")
    talk.say("no, I meant macOS")
    shown = {source.article for say in talk.heard for source in say.sources}
    assert failed not in shown and talk.awaits != failed


def test_a_fix_shown_and_corrected_counts_once() -> None:
    talk = Talk()
    talk.say(KNOWN, topic="vpn")
    before = talk.request
    talk.say("no, I meant macOS")
    talk.say("no, I meant Windows")
    assert before and talk.request and talk.request.fixes == before.fixes and talk.request.minutes == before.minutes


def test_a_third_fix_corrected_is_shown_again_and_does_not_spend_the_budget() -> None:
    talk = Talk()
    talk.say(KNOWN, topic="vpn")
    talk.press_shown("no")
    talk.press_shown("no")
    third = talk.awaits
    assert talk.request and talk.request.fixes == 3
    talk.say("no, I meant macOS")
    assert talk.awaits == third and talk.request.handoff is None


def test_what_is_told_besides_the_answer_is_not_asked_later() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    talk.say("just me, on Windows 11, error 809")
    assert (talk.value("affected"), talk.value("os"), talk.value("error_code")) == ("one", "windows", "809")


def test_what_was_done_before_is_not_proposed() -> None:
    talk = Talk()
    talk.say("my computer is slow all the time, I already restarted it", topic="slow_computer")
    for _ in range(6):
        if talk.waiting is None or talk.waiting.what == "fix":
            break
        talk.press_shown(talk.buttons[0])
    assert talk.awaits != "slow-restart"
    assert ("slow-restart", "done_before") in [(step.what.split("@")[0], step.result) for step in talk.last.steps]


def test_a_fix_that_was_done_already_makes_way_for_the_next() -> None:
    talk = Talk()
    talk.say("my computer is slow all the time", topic="slow_computer")
    while talk.waiting and talk.waiting.what == "collect":
        talk.press_shown(talk.buttons[0])
    assert talk.awaits == "slow-restart"
    talk.say("I already restarted it")
    assert talk.awaits != "slow-restart"
    assert talk.last.steps[-1].result == "done_before"


def test_what_the_last_message_tells_before_a_handoff_reaches_the_ticket() -> None:
    talk = Talk()
    talk.say("VPN for the whole site", topic="vpn")
    while talk.request and talk.request.handoff is None:
        talk.press_shown("everyone" if "everyone" in talk.buttons else talk.buttons[0])
    talk.say("and by the way it is macOS here")
    assert talk.value("os") == "macos"


def test_a_value_named_in_full_is_corrected_and_not_a_bare_no() -> None:
    talk = Talk()
    talk.say("le vpn ne se connecte pas, moi seul, à la maison", topic="vpn")
    talk.say("oui")
    talk.say("en fait non, je suis au bureau")
    assert talk.value("place") == "office"


def test_a_choice_that_sounds_like_giving_up_is_the_choice() -> None:
    talk = Talk()
    talk.say("je ne peux pas ouvrir ma session", topic="password_account")
    talk.say("oublié")
    assert talk.value("account_problem") == "forgotten"
