"""What an event says of a mail: its text under its subject, and in brackets what only its header tells."""

from collections.abc import Sequence
from datetime import datetime

from bot.channels.email.copies import Copy
from bot.channels.email.mail import Mail, Mailbox
from bot.channels.email.threads import without_tags

_ABSENT = {"fr": "Trop lourd, resté dans la boîte :", "en": "Too large, left in the mailbox:"}
_COPIED = {"fr": "[En copie : {}]", "en": "[Copied: {}]"}
_PASSED = {"fr": "[Transmis par {}]", "en": "[Passed on by {}]"}
_RECEIVED = {
    "fr": "[Reçu en copie le {at:%d/%m/%Y}, de {who}]",
    "en": "[Received as a copy on {at:%Y-%m-%d}, from {who}]",
}
_MOST_NAMED = 10  # people in one line


def with_subject(mail: Mail) -> str:
    """The text of a first mail under its subject, which often says the most."""
    subject = without_tags(mail.subject)
    return f"{subject}\n\n{mail.text}".strip() if subject and subject not in mail.text else mail.text


def with_absent(text: str, mail: Mail, lang: str) -> str:
    """Name the files that were too large to take, so that an agent looks for them in the mailbox."""
    absent = ", ".join(one.name for one in mail.attachments if one.content is None)
    return f"{text}\n\n[{_ABSENT[lang]} {absent}]".strip() if absent else text


def with_copies(text: str, copies: Sequence[Copy], lang: str) -> str:
    """Put what was copied to us before above the mail that asks: read in the order in which it was written."""
    told = [
        f"{_RECEIVED[lang].format(at=datetime.fromisoformat(one.at), who=one.writer)}\n{one.text}" for one in copies
    ]
    return "\n\n".join([*told, text]).strip()


def copied(people: Sequence[Mailbox], lang: str) -> str:
    """Tell who else reads along."""
    named = ", ".join(_named(one) for one in people[:_MOST_NAMED])
    more = len(people) - _MOST_NAMED
    return _COPIED[lang].format(f"{named}, +{more}" if more > 0 else named)


def passed_on(by: Mailbox, lang: str) -> str:
    """Tell which agent passed a mail on."""
    return _PASSED[lang].format(_named(by))


def _named(one: Mailbox) -> str:
    return f"{one.name} <{one.address}>" if one.name else one.address
