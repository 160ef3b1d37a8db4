"""Each request has one outcome, never two, in the order of the definitions."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.conversation import Case, Conversation, Ended, Request
from bot.dialog.effects import StepTaken
from bot.dialog.trace import Note, Trace
from bot.stats.outcome import HOLDS_AFTER, NotRequest, Outcome, Turned, judge, outcome

NOW = datetime(2026, 1, 9, 12, tzinfo=UTC)
LONG_AGO = NOW - HOLDS_AFTER
JUST_NOW = NOW - HOLDS_AFTER + timedelta(seconds=1)


def ended(how: Ended | None, at: datetime | None = LONG_AGO, **more) -> Request:
    return Request(1, "vpn", ended=how, closed_at=at, **more)


def fixes(*results: str) -> dict:
    """What a request holds once fixes a, b, ... were shown; "" = never answered."""
    names = list("abcdef")[: len(results)]
    steps = tuple(StepTaken(f"{name}@1", one) for name, one in zip(names, results, strict=True) if one)
    return {"told": tuple(f"fix.{name}" for name in names), "steps": steps, "useful": True}


OUTCOMES = {
    "still running": (ended(None), Outcome.OPEN),
    "handed over": (ended(Ended.ESCALATED), Outcome.ESCALATED),
    "out of scope": (ended(Ended.OUT_OF_SCOPE), Outcome.OUT_OF_SCOPE),
    "redirected, then silence": (replace(ended(Ended.LEFT), topic="out_of_scope"), Outcome.OUT_OF_SCOPE),
    "the person said that it is solved": (ended(Ended.SOLVED, **fixes("helped")), Outcome.CONFIRMED),
    "solved by the third fix": (
        ended(Ended.SOLVED, **fixes("did_not_help", "did_not_help", "helped")), Outcome.CONFIRMED),
    "solved a moment ago": (ended(Ended.SOLVED, JUST_NOW), Outcome.CONFIRMED),
    "silence before anything": (ended(Ended.LEFT), Outcome.LEFT),
    "silence after a fix": (ended(Ended.LEFT, **fixes("")), Outcome.HELD),
    "silence after a fix, not yet for long": (ended(Ended.LEFT, JUST_NOW, **fixes("")), Outcome.SETTLING),
    "silence after an answer": (ended(Ended.ANSWERED, useful=True), Outcome.HELD),
    "a flow that gave nothing": (ended(Ended.ANSWERED), Outcome.LEFT),
    "no to the last fix, then silence": (ended(Ended.LEFT, **fixes("did_not_help")), Outcome.UNHELPED),
    "no to one fix, silence after the next": (ended(Ended.LEFT, **fixes("did_not_help", "")), Outcome.HELD),
    "no to the last of two": (ended(Ended.LEFT, **fixes("could_not_try", "did_not_help")), Outcome.UNHELPED),
    "no to the last fix of a flow that ends": (ended(Ended.ANSWERED, **fixes("did_not_help")), Outcome.UNHELPED),
    "unsure whether the fix helped": (ended(Ended.LEFT, **fixes("unknown")), Outcome.HELD),
    "a workaround that works, then silence": (ended(Ended.LEFT, **fixes("helped")), Outcome.HELD),
    "thumbs down": (ended(Ended.UNHELPED), Outcome.UNHELPED),
    "cancelled before any fix": (ended(Ended.CANCELLED), Outcome.LEFT),
    "cancelled after a fix": (ended(Ended.CANCELLED, **fixes("")), Outcome.UNHELPED),
}  # fmt: skip


NO_REQUEST = (Ended.NOT_A_REQUEST, Ended.DISMISSED)


@pytest.mark.parametrize(("request_", "wanted"), OUTCOMES.values(), ids=OUTCOMES)
def test_a_request_has_the_outcome_of_its_definition(request_, wanted):
    judged = judge(Conversation("1", requests=(request_,)), NOW)
    assert judged.outcomes == {1: wanted}
    assert judged.not_requests == {}


@pytest.mark.parametrize("how", [None, *(how for how in Ended if how not in NO_REQUEST)])
def test_what_people_once_had_is_escalated_whatever_became_of_it(how):
    talk = Conversation("1", requests=(ended(how, useful=True),), cases=(Case("1:1:1", (1,), state="closed"),))
    assert judge(talk, NOW).outcomes == {1: Outcome.ESCALATED}


def test_a_step_of_a_former_request_is_no_no_to_this_one():
    came_back = ended(Ended.LEFT, steps=(StepTaken("a@1", "did_not_help"),))
    assert judge(Conversation("1", requests=(came_back,)), NOW).outcomes == {1: Outcome.LEFT}


def test_a_turn_tells_nothing_while_the_request_is_open():
    talk = Conversation("1", requests=(ended(None), replace(ended(Ended.SOLVED), number=2)))
    assert outcome(talk, 1, NOW) is None
    assert outcome(talk, 2, NOW) is Outcome.CONFIRMED
    assert outcome(talk, 3, NOW) is None


def test_asking_for_the_state_of_a_ticket_is_no_new_request():
    talk = Conversation("1", requests=(replace(ended(Ended.ANSWERED), topic="ticket_status"),))
    assert judge(talk, NOW).not_requests == {1: NotRequest.STATUS}


def test_a_message_that_told_several_problems_counts_by_them():
    talk = Conversation("1", requests=(ended(Ended.NOT_A_REQUEST), replace(ended(Ended.SOLVED), number=2)))
    judged = judge(talk, NOW)
    assert judged.not_requests == {1: NotRequest.SEVERAL}
    assert judged.outcomes == {2: Outcome.CONFIRMED}


def test_what_an_agent_opened_is_no_request_of_the_person():
    log = (Turned("person_said", opening(1)), Turned("agent_acted", opening(2)))
    talk = Conversation("1", requests=(ended(Ended.SOLVED), replace(ended(Ended.ESCALATED), number=2)))
    judged = judge(talk, NOW, log)
    assert judged.not_requests == {2: NotRequest.AGENT_OPENED}
    assert judged.outcomes == {1: Outcome.CONFIRMED}


def test_a_test_counts_nowhere_else():
    judged = judge(Conversation("1", requests=(ended(Ended.SOLVED),)), NOW, test=True)
    assert (judged.outcomes, judged.not_requests) == ({}, {1: NotRequest.TEST})


@pytest.mark.parametrize(
    ("rules", "beside"),
    [
        (("greeting",), NotRequest.GREETING),
        (("small_talk",), NotRequest.SMALL_TALK),
        (("small_talk", "greeting"), NotRequest.GREETING),
        ((), None),
    ],
)
def test_a_conversation_without_any_request_is_counted_beside(rules, beside):
    log = [Turned("person_said", Trace(rule)) for rule in rules]
    assert judge(Conversation("1"), NOW, log).beside is beside
    assert judge(Conversation("1", requests=(ended(Ended.SOLVED),)), NOW, log).beside is None


def opening(number: int) -> Trace:
    return Trace("taken", (Note("request", str(number), "vpn"),))


results = st.sampled_from(["", "helped", "did_not_help", "could_not_try", "skipped", "done_before", "unknown"])
times = st.none() | st.timedeltas(timedelta(days=-30), timedelta()).map(lambda ago: NOW + ago)


@st.composite
def requests(draw) -> tuple[Request, ...]:
    """Requests in every state the type allows, likely or not."""
    count = draw(st.integers(0, 5))
    return tuple(
        replace(
            ended(draw(st.sampled_from([None, *Ended])), draw(times), **fixes(*draw(st.lists(results, max_size=4)))),
            number=number,
            useful=draw(st.booleans()),
            topic=draw(st.sampled_from(["", "vpn", "out_of_scope", "ticket_status"])),
        )
        for number in range(1, count + 1)
    )


cases = st.lists(st.builds(Case, st.just("1:1:1"), st.tuples(st.integers(1, 6))), max_size=3).map(tuple)
kinds = st.sampled_from(["person_said", "agent_said", "agent_acted", "timer_fired"])
logs = st.lists(st.builds(Turned, kinds, st.integers(1, 6).map(opening)), max_size=6).map(tuple)


@given(requests(), cases, logs, st.booleans())
def test_every_request_is_counted_once_and_in_one_place(requests, cases, log, test):
    judged = judge(Conversation("1", requests=requests, cases=cases), NOW, log, test)
    counted = [*judged.outcomes, *judged.not_requests]
    assert sorted(counted) == [request.number for request in requests]


@given(requests(), cases, logs, st.randoms(use_true_random=False))
def test_the_order_in_which_requests_cases_and_turns_are_listed_does_not_matter(requests, cases, log, random):
    shuffled = [random.sample(part, len(part)) for part in (requests, cases, log)]
    talk = Conversation("1", requests=requests, cases=cases)
    other = Conversation("1", requests=tuple(shuffled[0]), cases=tuple(shuffled[1]))
    assert judge(talk, NOW, log) == judge(other, NOW, shuffled[2])


@given(requests(), cases)
def test_only_what_is_settling_changes_with_time(requests, cases):
    talk = Conversation("1", requests=requests, cases=cases)
    before, after = judge(talk, NOW).outcomes, judge(talk, NOW + HOLDS_AFTER).outcomes
    for number in before:
        if before[number] is not after[number]:
            assert (before[number], after[number]) == (Outcome.SETTLING, Outcome.HELD)


@given(requests(), cases)
def test_a_request_is_open_exactly_until_it_ended_or_went_to_people(requests, cases):
    talk = Conversation("1", requests=requests, cases=cases)
    with_people = set(itertools.chain.from_iterable(case.requests for case in cases))
    for number, how in judge(talk, NOW).outcomes.items():
        request = talk.request(number)
        assert request is not None
        assert (how is Outcome.OPEN) == (request.ended is None and number not in with_people)
