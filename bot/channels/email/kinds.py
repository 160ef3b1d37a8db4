"""What kind of mail it is, by what it says of itself: strong marks first, the words of the subject last."""

import re
from fnmatch import fnmatchcase

from .headers import Headers
from .mail import Addressed, Kind, Mailbox, Ours

_NOBODY = re.compile(
    r"(?:.*[._+-])?(?:no[._-]?reply|do[._-]?not[._-]?reply|dont[._-]?reply|no[._-]?respond|no[._-]?answer"
    r"|ne[._-]?pas[._-]?repondre|pas[._-]?de[._-]?reponse|no[._-]?reponse|sans[._-]?reponse|no[._-]?responder"
    r"|no[._-]?contestar|nicht[._-]?antworten|keine[._-]?antwort|unattended|mailer[._-]?daemon|postmaster|bounces?"
    r"|null|devnull)(?:[._+=\d-].*)?",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\s*(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|away from (?:my|the) office"
    r"|vacation reply|r[ée]ponse automatique|absence du bureau|absente?(?:\(e\))? du bureau|(?:message|notification)"
    r" d[’']absence|automatische antwort|abwesenheits\w*|automatisch antwoord|respuesta autom[áa]tica"
    r"|risposta automatica|fuori sede|resposta autom[áa]tica|autosvar|automatiskt svar|automatisk svar"
    r"|automatyczna odpowied[źz])(?: autoreply)?\s*(?:[:：]|$)",
    re.IGNORECASE,
)
_AUTO_HEADERS = (
    "x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-auto-reply-from", "x-autoreply-from",
    "x-mail-autoreply",
)  # fmt: skip
_LIST_HEADERS = ("list-id", "list-post", "mailing-list", "x-mailing-list")
_DELIVERED = ("delivered-to", "x-original-to", "envelope-to")
_SUPPRESSED = re.compile(r"\b(?:all|oof|autoreply)\b", re.IGNORECASE)  # the rest asks for no receipts, and people do
_WORD = re.compile(r"[a-z_-]+")
_NO = {"", "no", "false", "0"}


def is_nobody(address: str) -> bool:
    """Tell whether an answer to an address would reach nobody, by its name."""
    local = address.rpartition("@")[0]
    return bool(local) and _NOBODY.fullmatch(local) is not None


def is_ours(address: str, ours: Ours) -> bool:
    """Tell whether an address is one of the desk's, with or without a suffix."""
    return bool(address) and _bare(address) in {_bare(one) for one in ours.addresses}


def is_agent(address: str, ours: Ours) -> bool:
    """Tell whether an address is an agent's, by the addresses and patterns that name them."""
    return bool(address) and any(fnmatchcase(address.lower(), one.strip().lower()) for one in ours.agents)


def is_own(headers: Headers, sender: Mailbox, message_id: str, ours: Ours) -> bool:
    """Tell whether we sent a mail ourselves: it came back, or another desk sends us what we sent it."""
    looped = (one for value in headers.all("x-loop") for one in value.replace(",", " ").split())
    return (
        is_ours(sender.address, ours)
        or ours.is_own_id(message_id)
        or any(is_ours(one.strip("<>"), ours) for one in looped)
    )


def machine_kind(headers: Headers, ours: Ours) -> Kind | None:
    """Tell what machine wrote a mail; None for a person."""
    submitted = _word(headers.first("auto-submitted"))
    precedence = _word(headers.first("precedence"))
    if submitted == "auto-replied" or precedence in ("auto_reply", "auto-reply"):
        return Kind.AUTO_REPLY
    if any(_word(headers.first(name), "yes") not in _NO for name in _AUTO_HEADERS if headers.all(name)):
        return Kind.AUTO_REPLY
    absent = _ABSENT.match(headers.text("subject")) is not None
    if is_list(headers, ours) and not absent:
        return Kind.LIST
    if absent or submitted not in _NO or _SUPPRESSED.search(headers.first("x-auto-response-suppress")):
        return Kind.AUTO_REPLY
    return Kind.AUTO_REPLY if headers.first("return-path").replace(" ", "") == "<>" else None


def is_list(headers: Headers, ours: Ours) -> bool:
    """Tell whether a mail went to a list, or to the many."""
    if _lists(headers):
        return not _is_own_group(headers, ours)
    return _word(headers.first("precedence")) in ("bulk", "list", "junk") or bool(headers.all("list-unsubscribe"))


def addressed(headers: Headers, to: tuple[Mailbox, ...], cc: tuple[Mailbox, ...], ours: Ours) -> Addressed:
    """Tell how a mail reached us; by the address it was delivered to where no address of ours is known."""
    if any(headers.all(name) for name in ("list-id", "list-post", "mailing-list")) and not _is_own_group(headers, ours):
        return Addressed.LIST
    if not ours.addresses:
        delivered = [
            one.address for name in ("delivered-to", "x-original-to", "envelope-to") for one in headers.mailboxes(name)
        ]
        ours = Ours(frozenset(delivered))
    if any(is_ours(one.address, ours) for one in to):
        return Addressed.TO
    if any(is_ours(one.address, ours) for one in cc):
        return Addressed.CC
    return Addressed.BCC if ours.addresses or not to else Addressed.TO


def _lists(headers: Headers) -> set[str]:
    """What the fields of mailing lists name: addresses and identifiers."""
    told = " ".join(value for name in _LIST_HEADERS for value in headers.all(name))
    return set(re.split(r"[\s<>,;:()\"]+", told.lower())) - {""} if told else set()


def _is_own_group(headers: Headers, ours: Ours) -> bool:
    """`support@example.com` may be a group that passes all on to the mailbox: its members are no list of ours."""
    told = _lists(headers)
    return any({one, one.replace("@", ".")} & told for one in (_bare(address) for address in ours.addresses))


def _bare(address: str) -> str:
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.split('+')[0]}@{domain}"


def _word(value: str, default: str = "") -> str:
    found = _WORD.match(value.strip().lower())
    return found[0] if found else default
