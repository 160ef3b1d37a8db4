"""The laws of a conversation, checked after every event: they hold whatever people write, press or let lie."""

import json
from collections.abc import Iterator

from bot.dialog.conversation import Conversation, Owner, Waiting
from bot.dialog.effects import Effect, OpenTicket, RunAction, Say
from bot.dialog.engine import decide
from bot.dialog.events import AnyEvent, ButtonPressed, PersonSaid, TicketDelayed, TicketOpened
from bot.dialog.memory import OVER
from bot.dialog.plain import from_plain, to_plain
from bot.dialog.playbook import Policy
from bot.dialog.texts import HUMAN
from bot.dialog.trace import Trace
from bot.dialog.tries import DID_NOT_HELP
from bot.dialog.turn import Turn
from tests.support.talk import Talk, says

# What the bot may say while a human owns (design.md, "Owner").
NOTICES = (
    "utter_handoff",
    "utter_handoff_frustrated",
    "utter_handoff_closed",
    "utter_handoff_closed_no_phone",
    "utter_handoff_delayed",
    "utter_ticket_number",
    "utter_ticket_state",
    "utter_receipt",
    "utter_taken",
    "utter_reopened",
    "utter_resolved_check",
    "utter_handed_back",
    "utter_status_line",
    "utter_status_none",
    "utter_status_unproven",
    "utter_solved_plain",
    "utter_cancelled",
    "utter_secret_hidden",
    "utter_old_button",
    "utter_switched",
    "utter_help_people",
    "utter_link_how",
    "utter_which_language",
    "utter_first_words",
    "utter_privacy",
)
LIMIT = 64 * 1024


def broken(talk: Talk, before: Conversation, event: AnyEvent, turn: Turn) -> Iterator[str]:
    """Name every law that this turn breaks."""
    yield from _answered(before, event, turn)
    yield from _one_owner(turn.conversation)
    yield from _only_notices(before, event, turn)
    yield from _known_not_asked(talk, turn)
    yield from _failed_not_proposed(before, turn)
    yield from _tickets(talk, before, event, turn)
    yield from _budgets(turn.conversation, talk.book.policy)
    yield from _human_in_reach(before, turn)
    yield from _plain(turn, event)


def said(turn: Turn) -> list[Say]:
    """What the bot said in a turn."""
    return [one for one in turn.effects if isinstance(one, Say)]


def _waiting(talk: Conversation) -> Waiting | None:
    request = talk.request(talk.active)
    return request.waiting if request else None


def _asks(turn: Turn) -> Waiting | None:
    """The question that this very turn puts."""
    waiting = _waiting(turn.conversation)
    return waiting if waiting and waiting.turn == turn.conversation.turn else None


def _answered(before: Conversation, event: AnyEvent, turn: Turn) -> Iterator[str]:
    """Every message and press gets an answer, a notice or a human; or is held while an action runs."""
    if not isinstance(event, PersonSaid | ButtonPressed):
        return
    running = _waiting(turn.conversation)
    acting = running is not None and running.what == "action"
    held = isinstance(event, ButtonPressed) or before.held != turn.conversation.held
    started = any(isinstance(one, RunAction) for one in turn.effects)
    if not (said(turn) or turn.conversation.owner is Owner.HUMAN or (acting and (held or started))):
        yield "no answer"


def _one_owner(talk: Conversation) -> Iterator[str]:
    waiting, request = _waiting(talk), talk.request(talk.active)
    still_open = [one for one in talk.requests if one.ended is None]
    if talk.taken and talk.owner is not Owner.HUMAN:
        yield "taken, and not owned by a human"
    if talk.owner is Owner.HUMAN and waiting is not None:
        yield f"a human owns, and the bot waits for {waiting.what}"
    if talk.owner is Owner.BOT and waiting is None:
        yield "the bot owns, and waits for nothing"
    if talk.owner is Owner.BOT and request is None:
        yield "the bot owns no request"
    if talk.owner is Owner.NOBODY and still_open and waiting is None:
        yield "nobody owns an open request"
    if waiting is not None and request is not None and request.ended and waiting.what != "solved_check":
        yield f"a closed request waits for {waiting.what}"


def _only_notices(before: Conversation, event: AnyEvent, turn: Turn) -> Iterator[str]:
    if before.owner is not Owner.HUMAN or isinstance(event, TicketOpened | TicketDelayed):
        return  # a ticket's key comes with what was said before the handoff
    for say in said(turn):
        if not say.notice:
            yield "said while a human owns, and no notice"
        strange = [part for part in say.text.split("\n\n") if not any(says(part, one) for one in NOTICES)]
        if turn.conversation.owner is Owner.HUMAN and strange:
            yield f"no notice: {strange[0]!r}"


def _known_not_asked(talk: Talk, turn: Turn) -> Iterator[str]:
    asks, request = _asks(turn), turn.conversation.request(turn.conversation.active)
    if asks is None or request is None:
        return
    for slot in filter(None, (asks.slot, *asks.slots)):
        if slot in request.slots or slot in talk.facts.slots:
            yield f"asks for {slot}, which is known"


def _failed_not_proposed(before: Conversation, turn: Turn) -> Iterator[str]:
    failed = {
        step.what.partition("@")[0] for one in before.requests for step in one.steps if step.result == DID_NOT_HELP
    }
    asks = _asks(turn)
    if asks and asks.article in failed and asks.what == "fix":
        yield f"proposes {asks.article} again, which did not help"


def _tickets(talk: Talk, before: Conversation, event: AnyEvent, turn: Turn) -> Iterator[str]:
    mine = [one for one in turn.effects if isinstance(one, OpenTicket)]
    held = [number for one in talk.opened for number in one.requests]
    if len(held) != len(set(held)):
        yield "a second ticket for a request"
    if mine and turn.conversation.owner is not Owner.HUMAN:
        yield "a ticket, and no human owns"
    for ticket in mine:
        if len(ticket.title) > 80 or len(ticket.summary.split("\n")) > 15:
            yield "a ticket longer than can be read in 20 seconds"
    yield from _keys(before, event, turn)


def _keys(before: Conversation, event: AnyEvent, turn: Turn) -> Iterator[str]:
    if not isinstance(event, TicketOpened | TicketDelayed):
        return
    case = next((one for one in before.cases if one.handoff == event.handoff), None)
    key = event.key if isinstance(event, TicketOpened) else event.case
    live = case is not None and not case.key and case.state not in OVER
    if live and not any(key in say.text for say in said(turn)):
        yield f"nobody is told the key {key}"


def _budgets(talk: Conversation, policy: Policy) -> Iterator[str]:
    for one in talk.requests:
        if one.questions > policy.questions or one.fixes > policy.fixes or one.minutes > policy.minutes:
            yield f"over budget: {one.questions} questions, {one.fixes} fixes, {one.minutes} minutes"
        if one.misses > policy.misses_to_hand_over:
            yield "more misses than the third"


def _human_in_reach(before: Conversation, turn: Turn) -> Iterator[str]:
    """A message that asks something has a button to a human."""
    asks = _asks(turn)
    if asks is None or asks.what in ("action", "later"):
        return
    for say in said(turn):
        reach = "yes" if asks.what == "offer_human" else HUMAN
        if reach not in [one.id for one in say.buttons]:
            yield f"asks ({asks.what} {asks.slot}) without a button to a human"


def _plain(turn: Turn, event: AnyEvent) -> Iterator[str]:
    state = to_plain(turn.conversation)
    size = len(json.dumps(state).encode())
    if from_plain(Conversation, json.loads(json.dumps(state))) != turn.conversation:
        yield "the conversation does not survive JSON"
    if from_plain(AnyEvent, json.loads(json.dumps(to_plain(event)))) != event:
        yield "the event does not survive JSON"
    if any(from_plain(Effect, json.loads(json.dumps(to_plain(one)))) != one for one in turn.effects):
        yield "an effect does not survive JSON"
    if from_plain(Trace, json.loads(json.dumps(to_plain(turn.trace)))) != turn.trace:
        yield "the trace does not survive JSON"
    if size > LIMIT:
        yield f"the state has {size} bytes"


def same_again(before: Conversation, event: AnyEvent, talk: Talk, turn: Turn) -> bool:
    """Whether deciding once more gives the same turn."""
    return decide(before, event, talk.book) == turn
