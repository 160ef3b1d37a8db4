"""Requests of the same person that began elsewhere: told, and gone on with here if the person wants it."""

from .answering import named
from .conversation import Ended
from .draft import Draft
from .effects import Button, Join
from .ending import close
from .events import OpenRequest
from .names import proven
from .requests import new_request, topic_flow
from .status import status
from .texts import button, offer, phrase, tell, topic_name
from .understanding import Act

JOIN = "join:"
OFFERED = 3
BRIEF = 8  # words: "I mailed you about this yesterday" and no more
_OF_MAIL = frozenset({"email_outlook"})  # "I mailed you yesterday" reads as a trouble with mail


def asks_for_earlier(draft: Draft) -> bool:
    """Whether the person speaks of what they wrote before, and tells no problem besides."""
    acts = draft.understood.acts
    if Act.STATUS in acts or draft.understood.intent == "ticket_status":
        return True
    if Act.WROTE_BEFORE not in acts:
        return False
    flow, known = topic_flow(draft), elsewhere(draft)
    if flow is None or flow.topic in _OF_MAIL:
        return bool(known) or draft.understood.words <= BRIEF
    return any(one.topic == flow.topic for one in known)


def earlier(draft: Draft) -> Draft:
    """Tell what is open, and offer to go on here with what began elsewhere."""
    draft = close(status(new_request(draft, "ticket_status")), Ended.ANSWERED)
    found = elsewhere(draft)[:OFFERED]
    if not found or draft.buttons:
        return draft
    return offer(draft, *(_button(draft, one) for one in found))


def elsewhere(draft: Draft) -> tuple[OpenRequest, ...]:
    """The person's open requests in other conversations; none where their identity has no proof."""
    if not proven(draft) or draft.facts.public:
        return ()
    return tuple(one for one in draft.facts.open_requests if one.conversation not in ("", draft.talk.id))


def wants_to_join(draft: Draft, words: str) -> str:
    """The button "go on here" that words or a press name, "" when none; a yes names the only one."""
    button_id = named(draft, words) or words
    if button_id.startswith(JOIN):
        return button_id
    shown = draft.talk.last_said.buttons if draft.talk.last_said else ()
    offered = [one.id for one in shown if one.id.startswith(JOIN)]
    return offered[0] if len(offered) == 1 and Act.YES in draft.understood.acts else ""


def join(draft: Draft, button_id: str) -> Draft | None:
    """Let what the person writes here go to a conversation of theirs that began elsewhere; None if it is none."""
    wanted = button_id.removeprefix(JOIN)
    found = next((one for one in elsewhere(draft) if one.conversation == wanted), None)
    if found is None:
        return None
    draft = draft.because("join", found.key).doing(Join(found.conversation))
    return tell(draft, "utter_joined", topic=_name(draft, found))


def _button(draft: Draft, one: OpenRequest) -> Button:
    return button(draft, f"{JOIN}{one.conversation}", phrase(draft, "utter_label_join", topic=_name(draft, one)))


def _name(draft: Draft, one: OpenRequest) -> str:
    topic = topic_name(draft.book, one.topic, draft.talk.lang)
    return f"{one.key} ({topic})" if one.key and topic else one.key or topic
