"""A person's message, from the first rule that fits to the last: never without an answer, a notice or a human."""

from dataclasses import replace

from . import ownership, safety
from .conversation import Owner
from .draft import Draft
from .events import PersonSaid
from .idling import idle
from .language import follow
from .replying import in_request
from .texts import tell

HELD = 20  # messages kept while an action runs


def heard(draft: Draft, event: PersonSaid) -> Draft:
    """Take a message in: language, files and secrets, what is urgent, then the answer or the new problem."""
    request = draft.request
    if request and request.waiting and request.waiting.what == "action" and draft.talk.owner is Owner.BOT:
        return draft.with_talk(held=(*draft.talk.held, event)[-HELD:]).because("held_for_action")
    draft = _secrets_told(follow(draft), event)
    if draft.talk.owner is Owner.HUMAN:
        return ownership.person_wrote(draft)
    urgent = safety.urgent(draft)
    if urgent is not None:
        return _with_files(urgent, event)
    if draft.understood.frustrated:
        draft = tell(draft, "utter_sorry_frustrated")
    waiting = request.waiting if request else None
    return _with_files(in_request(draft) if waiting else idle(draft), event)


def _secrets_told(draft: Draft, event: PersonSaid) -> Draft:
    """Tell that a secret was hidden, and that the platform still shows it."""
    if not event.secrets:
        return draft
    return tell(draft.noting("secret_masked"), "utter_secret_hidden", channel=draft.talk.channel)


def _with_files(draft: Draft, event: PersonSaid) -> Draft:
    """Attach files to the request; pictures are never claimed to be read."""
    request = draft.request
    if not event.files or request is None:
        return draft
    picture = any(file.type.startswith("image/") for file in event.files)
    told = tell(replace(draft, lines=()), "utter_picture" if picture else "utter_file")
    draft = replace(draft, lines=(*told.lines, *draft.lines))
    return draft.with_request(files=(*request.files, *(file.ref for file in event.files)))
