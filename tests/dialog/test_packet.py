"""The ticket that a technician reads in twenty seconds: priority, level, team, subject and body."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialog.conversation import Slot
from bot.dialog.effects import OpenTicket
from bot.dialog.events import Facts
from bot.dialog.flow import Escalate
from bot.dialog.handoff import AT_ONCE, REASONS, impact, level, priority, urgency
from tests.dialog.escalating import handed_over_for
from tests.support.talk import PROVEN, Talk

VIP = Facts(proof="sso", name="Ada Martin", email="ada@example.org", vip=True)
ANY_STEP = Escalate("x", reason="no_fix")


# contract.md, "Priority": sum 2 = P1, 3 = P2, 4-5 = P3, 6 = P4.
MATRIX = {
    (1, 1): "P1", (1, 2): "P2", (1, 3): "P3",
    (2, 1): "P2", (2, 2): "P3", (2, 3): "P3",
    (3, 1): "P3", (3, 2): "P3", (3, 3): "P4",
}  # fmt: skip


@pytest.mark.parametrize(("judged", "expected"), MATRIX.items())
def test_priority_is_impact_times_urgency(judged: tuple[int, int], expected: str) -> None:
    assert priority(*judged) == expected


@pytest.mark.parametrize(("judged", "expected"), MATRIX.items())
def test_a_vip_is_one_priority_up_and_never_above_the_first(judged: tuple[int, int], expected: str) -> None:
    assert priority(*judged, vip=True) == f"P{max(1, int(expected[1]) - 1)}"


@pytest.mark.parametrize("floor", ["P1", "P2", "P3", "P4"])
@pytest.mark.parametrize(("judged", "expected"), MATRIX.items())
def test_a_floor_raises_and_never_lowers(judged: tuple[int, int], expected: str, floor: str) -> None:
    assert priority(*judged, floor) == min(expected, floor)


@pytest.mark.parametrize(
    ("affected", "expected"), [("everyone", 1), ("several", 2), ("one", 3), ("unknown", 3), ("", 3)]
)
def test_impact_is_who_is_hit_and_one_person_where_unknown(affected: str, expected: int) -> None:
    assert impact({"affected": Slot(affected)} if affected else {}, ANY_STEP) == expected


@pytest.mark.parametrize(("meanwhile", "expected"), [("no", 1), ("partly", 2), ("yes", 3), ("unknown", 2), ("", 2)])
def test_urgency_is_whether_work_goes_on_and_hampered_where_unknown(meanwhile: str, expected: int) -> None:
    assert urgency({"work_meanwhile": Slot(meanwhile)} if meanwhile else {}, ANY_STEP) == expected


def test_a_deadline_is_as_urgent_as_being_stuck() -> None:
    assert urgency({"deadline": Slot("2026-01-05T09:10+01:00"), "work_meanwhile": Slot("yes")}, ANY_STEP) == 1
    assert urgency({"due": Slot("2026-01-09T12:00+01:00"), "work_meanwhile": Slot("yes")}, ANY_STEP) == 3


def test_reasons_stand_in_the_order_of_the_desk() -> None:
    assert REASONS == (
        "security", "bot_failed", "asked_for_human", "frustrated", "vip", "on_site", "admin_rights", "out_of_policy",
        "time_limit", "fix_failed", "not_understood", "no_fix",
    )  # fmt: skip


@pytest.mark.parametrize("reason", REASONS)
def test_hands_and_rights_are_second_level_and_the_rest_first(reason: str) -> None:
    assert level(Escalate("x", reason=reason)) == ("N2" if reason in ("on_site", "admin_rights") else "N1")


def ticket(text: str, topic: str, facts: Facts = PROVEN, button: str = "", lang: str = "en") -> OpenTicket:
    """The ticket of a conversation in which every question gets its first answer and every fix a no."""
    talk = Talk(facts=facts, lang=lang)
    talk.say(text, topic=topic)
    for _ in range(12):
        if talk.opened:
            break
        wanted = [one for one in (button, "no" if talk.waiting and talk.waiting.what == "fix" else "") if one]
        talk.press_shown(next((one for one in wanted if one in talk.buttons), talk.buttons[0]))
    return talk.opened[0]


def test_the_subject_says_what_where_and_for_whom() -> None:
    known = Facts(proof="sso", name="Ada Martin")
    told = "the VPN does not connect, error 809, just me, at our office in Lyon"
    assert ticket(told, "vpn", known).title == "VPN 809 – Lyon – Ada Martin"


def test_the_body_tells_what_a_technician_needs() -> None:
    found = ticket("the VPN does not connect since yesterday, error 809, Windows 11, just me, at home", "vpn")
    for words in ("the VPN does not connect", "809", "Windows 11", "hotspot: did not help", "Ada Martin"):
        assert words in found.summary, words
    assert found.steps[0].result == "did_not_help"
    assert found.slot_origins["os"] == "first_message"


def test_a_deadline_within_the_hour_stands_in_the_subject() -> None:
    found = ticket("the VPN does not connect, I have a meeting in 10 minutes", "vpn")
    assert "09:10" in found.title and found.urgency == 1


def test_a_site_at_a_standstill_is_at_least_the_second_priority() -> None:
    assert ticket("the VPN does not connect", "vpn", button="everyone").priority in ("P1", "P2")


def test_a_vip_is_handed_over_after_one_question_one_priority_up() -> None:
    talk = Talk(facts=VIP)
    talk.say("the VPN does not connect", topic="vpn")
    talk.press_shown("one")
    while not talk.opened:
        talk.press_shown(talk.buttons[0])
    assert talk.last.questions <= 1
    found = talk.opened[0]
    assert found.reason == "vip" and found.priority == priority(found.impact, found.urgency, vip=True) and found.vip


def test_of_two_reasons_the_first_of_the_order_counts_and_the_team_stays() -> None:
    found = ticket("the VPN does not connect", "vpn", VIP, button="everyone")
    assert (found.reason, found.level, found.team) == ("vip", "N3", "network")


@pytest.mark.parametrize(
    ("text", "priority", "reason", "team"),
    [
        ("I got a strange mail asking for my password", "P3", "security", "security"),
        ("I clicked the link and gave my password", "P2", "security", "security"),
        ("smoke comes out of my laptop", "P2", "on_site", "workplace"),
    ],
)
def test_threats_set_their_own_priority_and_ask_nothing_first(text: str, priority: str, reason: str, team: str) -> None:
    talk = Talk()
    talk.say(text)
    found = talk.opened[0]
    assert (found.priority, found.reason, found.team) == (priority, reason, team)
    assert talk.last.asked == ()


def test_security_sets_its_own_priority_for_a_vip_too() -> None:
    talk = Talk(facts=VIP)
    talk.say("I got a strange mail asking for my password")
    assert talk.opened[0].priority == "P3"


@pytest.mark.parametrize("reason", sorted(AT_ONCE))
def test_reasons_that_cannot_wait_are_asked_nothing_more(reason: str) -> None:
    talk = handed_over_for(reason)
    assert talk.opened[0].reason == reason
    assert not {"work_meanwhile", "contact", "site", "device"} & set(talk.last.asked)


def test_other_reasons_are_asked_urgency_and_contact_once() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    talk.press_shown("several")
    asked = [talk.awaits]
    talk.press_shown("no")
    asked.append(talk.awaits)
    talk.say("on my mobile until 5 pm")
    assert asked == ["work_meanwhile", "contact"]
    assert talk.opened and "on my mobile until 5 pm" in talk.opened[0].summary


def test_an_unanswered_last_question_does_not_hold_the_handoff_up() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    talk.press_shown("several")
    assert talk.opened == []
    talk.wait(0.5)
    assert len(talk.opened) == 1 and "T-1" in talk.says[-1].text


@given(st.text(max_size=3000), st.text(max_size=300), st.text(max_size=300), st.sampled_from(["fr", "en"]))
@settings(max_examples=40)
def test_no_words_make_the_ticket_longer_than_can_be_read(text: str, name: str, contact: str, lang: str) -> None:
    talk = Talk(facts=Facts(name=name, email=name), lang=lang)
    talk.say(f"{text} Windows 11 error 809", topic="vpn", lang=lang)
    talk.press("several")
    talk.say(contact)
    talk.say(contact)
    talk.press("human")
    found = talk.opened[0]
    assert len(found.title) <= 80 and "\n" not in found.title
    assert len(found.summary.split("\n")) <= 15 and all(len(line) <= 200 for line in found.summary.split("\n"))
