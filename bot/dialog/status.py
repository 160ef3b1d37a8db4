""" "Where is my ticket?": the person's own open requests; without proof only those of this conversation."""

from datetime import datetime

from .conversation import Case
from .draft import Draft
from .events import OpenRequest
from .memory import OVER
from .names import proven
from .texts import phrase, tell, topic_name
from .timing import local, moment


def status(draft: Draft) -> Draft:
    """Tell the state of each open request, one line each."""
    live = [case for case in draft.talk.cases if case.state not in OVER]
    own = tuple(_ours(draft, case) for case in live if case.key)
    known = draft.facts.open_requests if proven(draft) else ()
    others = tuple(_elsewhere(draft, one) for one in known if one.key)
    with_us = tuple(one for one in known if not one.key and one.conversation != draft.talk.id)
    draft = draft.because("status")
    if live and not own and not others:  # the message that tells its key is on its way
        return draft
    if draft.facts.public and not own:
        return tell(draft, "utter_status_public")
    if not own and not others and not with_us:
        return _nothing(draft)
    keys = {line["key"] for line in own}
    for line in (*own, *(line for line in others if line["key"] not in keys)):
        draft = tell(draft, "utter_status_line", **line)
    for one in with_us:
        draft = tell(draft, "utter_status_with_us", topic=topic_name(draft.book, one.topic, draft.talk.lang))
    return draft


def _nothing(draft: Draft) -> Draft:
    """There is none, or none that we may tell of; then how to prove who one is, where that can be done."""
    if proven(draft):
        return tell(draft, "utter_status_none")
    draft = tell(draft, "utter_status_unproven")
    by_code = draft.book.policy.links and draft.talk.channel != "email"  # a mail's sender is what anybody writes there
    return tell(draft, "utter_link_how") if by_code else draft


def _ours(draft: Draft, case: Case) -> dict[str, str]:
    request = draft.talk.request(case.requests[0])
    return _line(draft, case.key, request.topic if request else "", case.state, case.opened_at)


def _elsewhere(draft: Draft, one: OpenRequest) -> dict[str, str]:
    try:
        since = datetime.fromisoformat(one.since)
    except ValueError:
        since = None
    return _line(draft, one.key, one.topic, one.state, since)


def _line(draft: Draft, key: str, topic: str, state: str, since: datetime | None) -> dict[str, str]:
    lang = draft.talk.lang
    return {
        "key": key,
        "topic": topic_name(draft.book, topic, lang) or phrase(draft, "utter_label_human"),
        "state": phrase(draft, f"utter_state_{state or 'new'}"),
        "since": moment(local(draft, since), lang) if since else "",
    }
