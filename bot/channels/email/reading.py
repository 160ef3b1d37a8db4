"""The reading half of the channel: raw bytes of a mail in, a `Mail` out. No bytes make it raise."""

import re
from dataclasses import replace
from email.message import Message
from hashlib import sha256

from bot.nlu.fold import fold
from bot.nlu.language import language

from .body import Body, read_body
from .bounces import Report, delivery_report
from .charsets import decoded, plain
from .headers import Headers, identifiers, moment
from .kinds import addressed, is_agent, is_nobody, is_ours, is_own, machine_kind
from .limits import MOST_HEADER_BYTES, MOST_SUBJECT, MOST_TEXT
from .mail import Kind, Mail, Mailbox, Ours, Passed
from .passing import passed_in, passed_whole
from .replies import copies, forwards, new_text
from .sealed import SECRET
from .structure import read_structure, type_of
from .trust import is_authenticated

_A_MAIL_HAS = ("from", "sender", "to", "subject", "date", "received", "return-path", "message-id", "delivered-to")
_FORWARD = re.compile(r"\s*(?:fwd?|tr|wg|rv|enc|i|vs|vb|doorst|pd|转发|轉寄)\s*[:：]", re.IGNORECASE)
_ANSWER = re.compile(r"\s*(?:re|r[ée]p|r|aw|sv|odp|antw|ynt|回复|回覆)\s*(?:\[\d+\])?\s*[:：]", re.IGNORECASE)
_NOTHING_OURS = Ours()
_SHOWN = 1_000  # characters by which a language is told
_KEPT = ("from", "to", "cc", "date", "subject", "message-id", "authentication-results")
_MOST_FIELD, _MOST_FIELDS = 2_000, 5  # characters of one field that is kept, and fields of one name


def read_mail(raw: bytes, ours: Ours = _NOTHING_OURS, last: str = "") -> Mail:
    """Read a mail. `last`: the last text that we sent in its thread, which is taken off where it is quoted."""
    try:
        return _read(raw, ours, last)
    except Exception:  # hostile bytes must not stop the mailbox: what the rules below missed is told as unparseable
        return Mail(Kind.UNPARSEABLE, full_text=_raw_text(raw), text=_raw_text(raw), message_id=_made(raw))


def _read(raw: bytes, ours: Ours, last: str) -> Mail:
    message, whole = read_structure(raw)
    headers = Headers.of(message)
    mail = _header(headers, raw, ours)
    if not whole or not any(headers.all(name) for name in _A_MAIL_HAS):
        return replace(mail, text=_raw_text(raw), full_text=_raw_text(raw))
    body = read_body(message)
    report = delivery_report(message, headers, mail.sender.address, body.full)
    mail = replace(mail, kind=_kind(headers, message, body, report, mail, ours))
    mail = _with_text(replace(mail, forwarded=_is_forwarded(mail, body.full)), body, last)
    if not (mail.subject or mail.text or mail.attachments or report or mail.sender.address):
        return replace(mail, kind=Kind.UNPARSEABLE)
    told = fold(mail.text[:_SHOWN] or mail.subject)
    report = report or Report()
    return replace(
        mail,
        passed=_passed(mail, body, ours),
        bounced=report.failed,
        returned=report.returned,
        lang=language(mail.text[:_SHOWN] or mail.subject, told) or "",
    )


def _header(headers: Headers, raw: bytes, ours: Ours) -> Mail:
    """What the header says; unparseable until the rest is read."""
    senders = headers.mailboxes("from") or headers.mailboxes("sender") or headers.mailboxes("return-path")
    to, cc, reply_to = (headers.mailboxes(name) for name in ("to", "cc", "reply-to"))
    sender = next(iter(senders), Mailbox())
    answered = next(iter(identifiers(headers.first("in-reply-to"))), "")
    earlier = identifiers(" ".join(headers.all("references")))
    return Mail(
        Kind.UNPARSEABLE,
        headers.text("subject", MOST_SUBJECT),
        sender,
        to,
        cc,
        reply_to,
        message_id=next(iter(identifiers(headers.first("message-id"))), "") or _made(raw),
        in_reply_to=answered,
        references=earlier if not answered or answered in earlier else (*earlier, answered),
        authenticated=is_authenticated(headers, ours.authserv_id),
        addressed=addressed(headers, to, cc, ours),
        noreply=all(is_nobody(one.address) for one in (reply_to or (sender,))),
        date=moment(headers.first("date")),
        others=_others((*to, *cc), sender, ours),
        by_agent=is_agent(sender.address, ours),
        head=tuple((name, value[:_MOST_FIELD]) for name in _KEPT for value in headers.all(name)[:_MOST_FIELDS]),
    )


def _others(addressed_to: tuple[Mailbox, ...], sender: Mailbox, ours: Ours) -> tuple[Mailbox, ...]:
    """To whom else a mail went, each once."""
    found = {one.address.lower(): one for one in reversed(addressed_to) if not is_ours(one.address, ours)}
    found.pop(sender.address.lower(), None)
    return tuple(reversed(found.values()))


def _passed(mail: Mail, body: Body, ours: Ours) -> Passed | None:
    """What an agent passes on, where somebody wrote it who can be answered."""
    if not (mail.by_agent and mail.forwarded):
        return None
    passed = passed_in(body.full)
    if passed is None and len(body.mails) == 1:
        passed = passed_whole(body.mails[0], body.full)
    if passed is None or is_nobody(passed.sender.address):
        return None
    known = is_ours(passed.sender.address, ours) or is_agent(passed.sender.address, ours)
    return None if known else passed


def _kind(headers: Headers, message: Message, body: Body, report: Report | None, mail: Mail, ours: Ours) -> Kind:
    if report is not None:
        return Kind.BOUNCE
    if is_own(headers, mail.sender, mail.message_id, ours):
        return Kind.OWN
    if body.invitation is not None:
        return Kind.CALENDAR
    if type_of(message) == "multipart/report":  # a receipt, a complaint about spam
        return Kind.AUTO_REPLY
    return machine_kind(headers, ours) or Kind.HUMAN


def _is_forwarded(mail: Mail, text: str) -> bool:
    """Tell whether a mail passes another one on, so that what it quotes is what it is about."""
    if mail.kind is not Kind.HUMAN or _ANSWER.match(mail.subject):
        return mail.kind is Kind.HUMAN and forwards(text)
    if _FORWARD.match(mail.subject) or forwards(text):
        return True
    return not _is_answer(mail) and copies(text)


def _is_answer(mail: Mail) -> bool:
    return bool(mail.in_reply_to or mail.references or _ANSWER.match(mail.subject))


def _with_text(mail: Mail, body: Body, last: str) -> Mail:
    """Put in what the mail says: the writer's own words, and all where it forwards."""
    full = body.full or (SECRET if body.encrypted else "")
    text = full if mail.forwarded else new_text(body.cut or full, last, answers=_is_answer(mail))
    if body.invitation:
        full, text = (_joined(one, body.invitation.text) for one in (full, text))
    forwarded = mail.forwarded
    if not text and mail.kind is Kind.HUMAN and len(body.mails) == 1:  # forwarded as a file: that is the message
        inner = read_body(body.mails[0])
        full = text = _joined(Headers.of(body.mails[0]).text("subject", MOST_SUBJECT), inner.full)
        forwarded = bool(text)
    return replace(
        mail,
        text=text,
        full_text=full,
        forwarded=forwarded,
        attachments=body.attachments,
        encrypted=body.encrypted,
    )


def _joined(*texts: str) -> str:
    return "\n\n".join(filter(None, texts))[:MOST_TEXT]


def _raw_text(raw: bytes) -> str:
    return plain(decoded(raw[:MOST_HEADER_BYTES]))[:MOST_TEXT].strip()


def _made(raw: bytes) -> str:
    """A Message-ID for a mail that has none: the same whenever it is read."""
    return f"<{sha256(raw).hexdigest()[:32]}@made.invalid>"
