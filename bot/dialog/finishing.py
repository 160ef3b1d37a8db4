"""The end of a turn: one message out of all that was said, with the first words before the first one."""

from dataclasses import replace

from .company import is_private
from .conversation import Conversation, Owner, Waiting
from .draft import Draft
from .effects import OpenTicket, Say
from .escalation import with_case
from .language import return_button
from .silence import arm
from .texts import phrase
from .trace import Trace
from .turn import Turn

LONGEST_REPEATED = 4000  # characters of the last message that "repeat" gives again


def finish(before: Conversation, draft: Draft) -> Turn:
    """Make the turn: what was said is one message; with a new ticket it waits for the key and goes before it."""
    draft = _withdraw(draft) if draft.lines or _hands_over(draft) else draft
    draft = _keep_for_key(draft) if _hands_over(draft) else _say(before, draft)
    draft = arm(frozenset(before.armed), draft)
    return Turn(draft.talk, draft.effects, Trace(draft.rule, draft.notes))


def _hands_over(draft: Draft) -> bool:
    return any(isinstance(effect, OpenTicket) for effect in draft.effects)


def _keep_for_key(draft: Draft) -> Draft:
    return with_case(draft, draft.talk.cases[-1], preface=draft.lines)


def _say(before: Conversation, draft: Draft) -> Draft:
    if not draft.lines:
        return draft
    lines = draft.lines if draft.talk.greeted else _greeting(draft)
    buttons = (*draft.buttons, return_button(draft)) if draft.way_back else draft.buttons
    message = Say(
        text="\n\n".join(lines),
        lang=draft.talk.lang,
        notice=Owner.HUMAN in (before.owner, draft.talk.owner),
        buttons=buttons,
        sources=draft.sources,
        turn=draft.talk.turn,
        private=is_private(draft),
    )
    last = replace(message, text="\n\n".join(draft.lines)[-LONGEST_REPEATED:])
    if _asks_the_same(before, draft.talk):  # a word in between: "repeat" and numbers still mean the question
        last = before.last_said or last
    return draft.doing(message).with_talk(greeted=True, last_said=last)


def _withdraw(draft: Draft) -> Draft:
    """Say where others read along, once, that it goes on elsewhere."""
    if draft.talk.withdrawn or not (draft.facts.public and is_private(draft)):
        return draft
    moving = Say(text=phrase(draft, "utter_in_private"), lang=draft.talk.lang, notice=True, turn=draft.talk.turn)
    return draft.doing(moving).with_talk(withdrawn=True)


def _asks_the_same(before: Conversation, now: Conversation) -> bool:
    """Whether a question stands open that was asked in an earlier turn."""
    waiting = _waiting(now)
    return waiting is not None and waiting == _waiting(before)


def _waiting(talk: Conversation) -> Waiting | None:
    request = talk.request(talk.active)
    return request.waiting if request else None


def _greeting(draft: Draft) -> tuple[str, ...]:
    """First words first; but after the first aid of a threat, which may be read on a device about to be cut off."""
    case = draft.talk.cases[-1] if draft.talk.cases else None
    request = draft.talk.request(case.requests[0]) if case else None
    urgent = request is not None and "threat" in request.slots
    return (*draft.lines, *_first_words(draft)) if urgent else (*_first_words(draft), *draft.lines)


def _first_words(draft: Draft) -> tuple[str, ...]:
    """It is a bot, how to reach a human, what happens to what is written."""
    policy = draft.book.policy
    privacy = phrase(draft, "utter_privacy", link=policy.privacy_url)
    return tuple(filter(None, (phrase(draft, "utter_first_words"), privacy)))
