"""How requests close, and what comes after: the next problem, the one put aside, or nobody's turn."""

from .conversation import Ended, Owner, Waiting
from .draft import Draft
from .moves import begin, enter, flow_for
from .texts import HUMAN, button, offer, tell, topic_name

COMPLETED = "pattern_completed"


def complete(draft: Draft) -> Draft:
    """End the active request, whose flow has run out; never without a word."""
    request = draft.request
    done = request is not None and request.solved
    if not draft.lines:
        draft = tell(draft, "utter_solved_plain" if done else "utter_anything_else")
    return close(draft, Ended.SOLVED if done else Ended.ANSWERED)


def close(draft: Draft, how: Ended) -> Draft:
    """Close the active request and turn to the next one that is open."""
    number = str(draft.talk.active)
    draft = draft.with_request(ended=how, frames=(), waiting=None, handoff=None, closed_at=draft.at)
    return turn_to_next(draft.noting("closed", number, str(how)))


def solved(draft: Draft) -> Draft:
    """The person says that it works: the last words of a pack's own pattern, if it has one, then the end."""
    draft = draft.with_request(solved=True, misses=0, waiting=None, frames=())
    pattern = draft.book.flows.get(COMPLETED)
    return enter(draft, pattern) if pattern else close(draft, Ended.SOLVED)


def turn_to_next(draft: Draft) -> Draft:
    """Make the next open request active, where it can go on; with none, nobody owns the conversation."""
    still_open = [one for one in draft.talk.requests if one.ended is None]
    if not still_open:
        return draft.with_talk(active=0, owner=Owner.NOBODY)
    request = still_open[0]
    draft = draft.with_talk(active=request.number, owner=Owner.BOT)
    name = topic_name(draft.book, request.topic, draft.talk.lang)
    if request.frames:  # put aside before: its step is taken again, so its question is asked again
        return tell(draft, "utter_back_to", topic=name).with_request(waiting=None)
    flow = flow_for(draft, request.topic)
    return begin(tell(draft, "utter_next_problem", topic=name), flow) if flow else ask_problem(draft)


def ask_problem(draft: Draft) -> Draft:
    """Ask what the problem is, and wait for it."""
    waiting = Waiting("problem", since=draft.at, turn=draft.talk.turn)
    return invite(draft.with_request(waiting=waiting))


def invite(draft: Draft) -> Draft:
    """Ask what the problem is."""
    return offer(tell(draft, "utter_ask_problem"), button(draft, HUMAN))
