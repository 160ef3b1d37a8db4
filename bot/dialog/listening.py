"""A person's message, from the first rule that fits to the last: never without an answer, a notice or a human."""

from dataclasses import replace

from . import ownership, safety
from .channel_names import channel_name
from .commands import command_in
from .conversation import Owner, Request
from .draft import Draft
from .effects import CommentTicket
from .events import Facts, PersonEdited, PersonSaid
from .idling import idle
from .language import follow
from .obeying import obey
from .replying import correct, in_request
from .steps import run
from .texts import tell
from .understanding import Act

HELD, HELD_WORDS, HELD_ENTITIES = 8, 1000, 12  # messages kept while an action runs; characters and entities of each


def heard(draft: Draft, event: PersonSaid) -> Draft:
    """Take a message in: language, files and secrets, what is urgent, then the answer or the new problem."""
    obeyed = obey(_secrets_told(draft, event))
    if obeyed is not None:
        return obeyed
    draft = draft.with_talk(last_heard=event.ref) if event.ref else draft
    if acting(draft):
        return draft.with_talk(held=_with_held(draft.talk.held, event)).because("held_for_action")
    draft = _secrets_told(follow(draft), event)
    if draft.talk.owner is Owner.HUMAN:
        return ownership.person_wrote(draft)
    urgent = safety.urgent(draft)
    if urgent is not None:
        return _with_files(urgent, event)
    if draft.understood.frustrated:
        draft = tell(draft, "utter_sorry_frustrated")
    waiting = draft.request.waiting if draft.request else None
    return _with_files(_angrier(in_request(draft) if waiting else idle(draft)), event)


def acting(draft: Draft) -> bool:
    """Whether a custom action runs, for which messages wait."""
    waiting = draft.request.waiting if draft.request else None
    return bool(waiting and waiting.what == "action") and draft.talk.owner is Owner.BOT


def hear_held(draft: Draft) -> Draft:
    """Hear what the person wrote while an action ran, in order, once it ended however it did."""
    while draft.talk.held and not acting(draft):
        first, *rest = draft.talk.held
        now = replace(first, at=draft.at, facts=_as_heard(draft.facts, first.facts))
        draft = replace(_heard_late(replace(draft.with_talk(held=tuple(rest)), event=now), now), event=draft.event)
    return draft


def _as_heard(now: Facts, then: Facts) -> Facts:
    """What is known now, of a message that was written then: what was said in public is answered as such."""
    return replace(now, public=True, open_requests=(), slots={}) if then.public else now


def _heard_late(draft: Draft, event: PersonSaid) -> Draft:
    """Answer it now, or add it to the ticket that was opened meanwhile."""
    if draft.talk.owner is Owner.HUMAN and not event.understanding.threat:
        return ownership.carry(draft, draft.talk.case(draft.talk.active))
    return run(heard(draft, event))


def _with_held(held: tuple[PersonSaid, ...], event: PersonSaid) -> tuple[PersonSaid, ...]:
    """Keep a message for later, shortened; more than can be kept are read as one."""
    if len(held) < HELD:
        return (*held, _shortened(event, event.texts))
    last = held[-1]
    kept = replace(event, files=(*last.files, *event.files), secrets=(*last.secrets, *event.secrets))
    return (*held[:-1], _shortened(kept, (*last.texts, *event.texts)))


def edited(draft: Draft, event: PersonEdited) -> Draft:
    """An edit of the last message before the bot's next fix is a correction; all others are noted for the agent."""
    request = draft.request
    if command_in(event.text):
        return draft.because("edited")
    if request and _is_last_before_fix(draft, event, request):
        acts = dict.fromkeys((*event.understanding.acts, Act.CORRECTION))
        meant = replace(event.understanding, acts=tuple(acts))
        said = PersonSaid(at=event.at, facts=event.facts, texts=(event.text,), ref=event.ref, understanding=meant)
        corrected = correct(replace(draft, event=said).because("edited"), request)
        return replace(corrected, event=event) if corrected else draft.because("edited")
    case = draft.talk.case(draft.talk.active)
    draft = draft.because("edited" if event.text else "deleted")
    noted = case is not None and draft.talk.owner is Owner.HUMAN and event.text
    return (
        draft.doing(CommentTicket(case.handoff, event.text, author="person", lang=case.lang))
        if noted and case
        else draft
    )


def _is_last_before_fix(draft: Draft, event: PersonEdited, request: Request) -> bool:
    """Whether it is the last message that was edited, and no fix was proposed on the strength of it."""
    known = bool(event.text and event.ref) and event.ref == draft.talk.last_heard
    waits = request.waiting is not None and request.waiting.what in ("collect", "together")
    return known and waits and draft.talk.owner is Owner.BOT


def _shortened(event: PersonSaid, texts: tuple[str, ...]) -> PersonSaid:
    words = "\n".join(texts)[:HELD_WORDS]
    meant = replace(event.understanding, entities=event.understanding.entities[:HELD_ENTITIES], problems=())
    return replace(event, texts=(words,), understanding=meant, files=event.files[-HELD:])


def _angrier(draft: Draft) -> Draft:
    """Remember that the person is angry: the second time hands over."""
    request = draft.request
    return draft.with_request(anger=request.anger + 1) if request and draft.understood.frustrated else draft


def _secrets_told(draft: Draft, event: PersonSaid) -> Draft:
    """Tell that a secret was hidden, and that the platform still shows it."""
    if not event.secrets:
        return draft
    return tell(
        draft.noting("secret_masked"), "utter_secret_hidden", channel=channel_name(draft.talk.channel, draft.talk.lang)
    )


def _with_files(draft: Draft, event: PersonSaid) -> Draft:
    """Attach files to the request; pictures are never claimed to be read."""
    request = draft.request
    if not event.files or request is None:
        return draft
    picture = any(file.type.startswith("image/") for file in event.files)
    told = tell(replace(draft, lines=()), "utter_picture" if picture else "utter_file")
    draft = replace(draft, lines=(*told.lines, *draft.lines))
    return draft.with_request(files=tuple(dict.fromkeys((*request.files, *draft.files))))
