"""What colours a message: anger, a threat to safety, the wish to be told how to do something."""

import re

from .fold import fold
from .intents import DANGER as DANGEROUS
from .intents import SECURITY
from .mood_words import ANGER, FAULT, HOW_TO, HOW_TO_LEAD, NOT_HOW_TO
from .threat_words import ACTED, ACTIVE, DANGER, NO_DANGER, NO_THREAT, NOT_TOUCHED, RECEIVED

_SHOUTED = re.compile(r"[!?]{3,}")
_QUOTED = re.compile(r"[\"«“][^\"«»“”\n]{1,200}[\"»”]")
_POLITE = re.compile(r"\b(?:bonjour|merci|svp|s'il (?:vous|te) plait|hello|hi|please|thanks|thank you|cordialement)\b")
_LETTERS = re.compile(r"(?<![\w.-])[^\W\d_]{2,}(?![\w-])")
_RAGE_WORDS = 4
_AT_HAND = re.compile(
    r"\b(?:recu|recois|vient|viens|arrive|ce (?:mail|message|lien|sms)|cet|cette|received?|got"
    r"|getting|just|this|that|my|mon|ma)\b"
)


def frustrated(text: str) -> bool:
    """Tell anger: by its words outside quotes; impolite, also by three marks in a row or by shouting a sentence."""
    plain = _QUOTED.sub(" ", fold(text))
    loud = _SHOUTED.search(text) is not None or _shouts(text)
    return ANGER.search(plain) is not None or (loud and _POLITE.search(plain) is None)


def _shouts(text: str) -> bool:
    heard = _LETTERS.findall(text)
    loud = [word for word in heard if word.isupper()]
    return len(loud) >= _RAGE_WORDS and len(loud) >= 0.8 * len(heard) and sum(map(len, loud)) >= 16


def threat(plain: str) -> str | None:
    """Tell a danger to people or machines from a folded text.

    Gives active (somebody acts right now: ransom note, remote control, money gone), acted (the person clicked, gave a
    password, lost a device, or is unsure), received (nothing touched), danger (smoke, swollen battery), or None.
    """
    plain = " ".join(plain.split())
    if DANGER.search(NO_DANGER.sub(" ", plain)):
        return "danger"
    plain = NO_THREAT.sub(" ", plain)
    if ACTIVE.search(plain):
        return "active"
    touched = NOT_TOUCHED.sub(" ", plain)
    if ACTED.search(touched):
        return "acted"
    return "received" if RECEIVED.search(plain) and not _asks_in_general(plain) else None


def _asks_in_general(plain: str) -> bool:
    """Tell "how do I report a suspicious mail?" from one that lies there."""
    return how_to(plain) and _AT_HAND.search(plain) is None


def denied(plain: str) -> frozenset[str]:
    """List the signals that the words of a folded text seem to give and do not: training on phishing, a fire drill."""
    plain = " ".join(plain.split())
    in_general = threat(plain) is None and how_to(plain) and _AT_HAND.search(plain) is None
    told = {SECURITY: in_general or NO_THREAT.search(plain), DANGEROUS: NO_DANGER.search(plain)}
    return frozenset(name for name, no in told.items() if no)


def how_to(plain: str) -> bool:
    """Tell a wish for instructions ("how do I add a printer") from a fault ("why does it not print")."""
    plain = " ".join(plain.split())
    if NOT_HOW_TO.search(plain) or FAULT.search(plain):
        return False
    return HOW_TO.search(plain) is not None or HOW_TO_LEAD.match(plain) is not None
