"""Who a person is on this channel: a code sent to their work address, what came of it, and how it is undone."""

from .channel_names import channel_name
from .draft import Draft
from .effects import CommentTicket, SendCode
from .events import Linking
from .repair import ask_again
from .texts import phrase, tell

_TOLD = {
    "how": "utter_link_how",
    "linked": "utter_linked",
    "wrong": "utter_link_wrong",
    "over": "utter_link_over",
    "unsent": "utter_link_unsent",
    "not_here": "utter_link_not_here",
    "unlinked": "utter_unlinked",
}


def proof_changed(draft: Draft, event: Linking) -> Draft:
    """Tell what became of the proof; a code that was asked for is sent."""
    draft = draft.because(f"link:{event.step}")
    if event.step == "asked":
        draft = draft.doing(SendCode(event.email, event.who, draft.talk.lang))
        return tell(draft, "utter_link_sent", email=shortened(event.email))
    if event.step == "joined":
        return _joined(draft, event)
    response = _TOLD.get(event.step)
    return tell(draft, response, email=shortened(event.email)) if response else draft


def shortened(email: str) -> str:
    """An address such that its owner knows it and nobody else learns it: c…@example.org."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}…@{domain}" if local else ""


def _joined(draft: Draft, event: Linking) -> Draft:
    """The person goes on with this conversation on another channel: those who have it know, a question stands again."""
    case = draft.talk.case(draft.talk.active)
    if case is not None:
        lang = case.lang or draft.talk.lang
        channel = channel_name(draft.talk.channel, lang)
        note = phrase(draft.with_talk(lang=lang), "utter_note_joined", channel=channel)
        return draft.doing(CommentTicket(case.handoff, note))
    return ask_again(draft)
