"""A message as a mail: text and simple HTML, in its thread, marked so that no machine answers it."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from bot.channels.email.correspondence import Correspondence
from bot.channels.email.threads import Threads, without_tags
from bot.channels.own_pages import with_pages
from bot.channels.render import plain_words, terminal_text, web_html, web_text
from bot.dialog.effects import Relay, Say
from bot.dialog.texts import HUMAN

_LONGEST_SUBJECT = 200  # characters
_NO_SUBJECT = {"fr": "Votre demande", "en": "Your request"}
_CHOOSE = {"fr": "Répondez par un chiffre :", "en": "Answer with a number:"}
_ANSWER = {"fr": "Répondez :", "en": "Answer:"}
_OR_WRITE = {"fr": "Vous pouvez aussi écrire :", "en": "You may also write:"}
_GREETING = {"fr": "Bonjour,", "en": "Hello,"}
_PASSED = {
    "fr": "Un collègue nous a transmis votre message.",
    "en": "A colleague passed your message on to us.",
}
_NUMBERS = re.compile(r"^ {0,3}1[.)] ", re.MULTILINE)
PAGE = (
    '<!DOCTYPE html><html lang="{lang}"><body style="font-family: Arial, Helvetica, sans-serif; font-size: 15px; '
    'line-height: 1.5; color: #1b2530">{body}</body></html>'
)
_SMALL = '<p style="font-size: 13px; color: #5a6673">{}</p>'


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: the desk's name, the marks of its threads, and the address of its pages, "" where it has none."""

    name: str
    threads: Threads
    pages: str = ""

    def linked(self, document: str) -> str:
        """Make links to our own pages such that a mail can carry them.

        Without an address they are mere words, and gone where they say nothing else than "look there".
        """
        return with_pages(document, self.pages)


def letter(
    head: Letterhead, thread: str, told: Correspondence, say: Say | Relay, key: str, at: datetime
) -> EmailMessage:
    """Write a mail. The same key gives the same Message-ID, and so the same mail to whoever receives it twice."""
    say = replace(say, text=head.linked(say.text)) if isinstance(say, Say) else say
    mail = EmailMessage(policy=SMTP)
    local, _, domain = head.threads.address.rpartition("@")
    mail["From"] = Address(_sender(head, say), local, domain)
    mail["To"] = _addressee(told)
    mail["Subject"] = subject(told)
    mail["Date"] = at
    mail["Message-ID"] = head.threads.message_id(thread, key)
    mail["Reply-To"] = head.threads.reply_to(thread)
    if told.last:
        mail["In-Reply-To"] = told.last
        mail["References"] = " ".join(told.references)
    if isinstance(say, Say):
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "All"
    opening, closing = _around(head, told, say)
    mail.set_content("\n\n".join((*opening, text_of(say).removesuffix("\n"), *closing)) + "\n")
    mail.add_alternative(_page(say, told, opening, closing), subtype="html")
    return mail


def plain_part(mail: EmailMessage) -> str:
    """What a mail says as plain text, from its greeting to its closing: so it comes back quoted."""
    part = mail.get_body(("plain",))
    return str(part.get_content()).replace("\r\n", "\n") if part else ""


def _around(head: Letterhead, told: Correspondence, say: Say | Relay) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines before and after what the bot says: a greeting in the first mail, who writes in each."""
    if isinstance(say, Relay):
        return (), ()
    greeting = (_GREETING[say.lang], *((_PASSED[say.lang],) if told.passed else ()))
    name = " ".join(plain_words(head.name).split())
    return () if told.sent else greeting, (name,) if name else ()


def subject(told: Correspondence) -> str:
    """The subject of an answer: that of the first mail between "Re:" and the thread's tag, the same in each answer."""
    words = " ".join(plain_words(without_tags(told.subject)).split())[:_LONGEST_SUBJECT] or _NO_SUBJECT[told.lang]
    words = words if words[:3].lower() == "re:" else f"Re: {words}"
    return f"{words} [#{told.tag}]" if told.tag else words


def text_of(say: Say | Relay) -> str:
    """What a message says, as plain text; its buttons are numbered, since a digit answers them."""
    if isinstance(say, Relay):
        return f"{plain_words(say.text).strip()}\n\n-- \n{plain_words(say.sender)}\n"
    parts = [terminal_text(say.text)]
    if say.buttons:
        mark = "{}. " if _are_numbered(say) else "– "
        choices = "\n".join(mark.format(place) + plain_words(one.label) for place, one in enumerate(say.buttons, 1))
        parts.append(f"{_lead(say)}\n{choices}")
    return "\n\n".join(parts) + "\n"


def _page(say: Say | Relay, told: Correspondence, opening: tuple[str, ...], closing: tuple[str, ...]) -> str:
    if isinstance(say, Relay):
        return PAGE.format(lang=told.lang, body=web_text(say.text.strip()) + _SMALL.format(escape(say.sender)))
    parts = [*(f"<p>{escape(line)}</p>" for line in opening), web_html(say.text)]
    if say.buttons:
        choices, tag = (
            "".join(f"<li>{escape(one.label)}</li>" for one in say.buttons),
            "ol" if _are_numbered(say) else "ul",
        )
        parts.append(f"<p>{_lead(say)}</p><{tag}>{choices}</{tag}>")
    parts += [_SMALL.format(escape(line)) for line in closing]
    return PAGE.format(lang=say.lang, body="".join(parts))


def _are_numbered(say: Say) -> bool:
    """Whether a digit may stand for a button: where lines are numbered already, it stands for one of these."""
    return _are_answers(say) and _NUMBERS.search(say.text) is None


def _are_answers(say: Say) -> bool:
    """Whether the buttons answer a question; a wish for a human is one way out among others."""
    return any(one.id != HUMAN for one in say.buttons)


def _lead(say: Say) -> str:
    answers = _CHOOSE if _are_numbered(say) else _ANSWER
    return (answers if _are_answers(say) else _OR_WRITE)[say.lang]


def _sender(head: Letterhead, say: Say | Relay) -> str:
    """The name that stands beside the desk's address; an agent's own where one writes."""
    return " ".join(plain_words(f"{say.sender} ({head.name})" if isinstance(say, Relay) else head.name).split())


def _addressee(told: Correspondence) -> Address:
    local, _, domain = told.to.rpartition("@")
    return Address(" ".join(plain_words(told.name).split()), local, domain)
