"""What a person passes on: a mail that is forwarded, lines that are quoted. A bait in it must not choose the topic."""

import re

_FORWARDED = re.compile(
    r"[-_ ]*(?:forwarded message|message transfere|begin forwarded|debut du message (?:reexpedie|transfere))[^\n]*\n?"
)
_QUOTED = re.compile(r"^[ \t]*>.*(?:\n[ \t]*>.*)*", re.MULTILINE)
_HEADER = re.compile(r"^[ \t>]*(?:from|de|date|sent|envoye|to|a|cc|subject|objet) ?:[^\n]*", re.MULTILINE)
_TO_A_STRANGER = re.compile(r"\b(?:votre|vos|vous|your?|cher client|dear (?:customer|user|client))\b")
_OF_MYSELF = re.compile(r"\b(?:je|j'ai|mon|ma|mes|i|i'm|i've|my|mine)\b")
_DO_IT = re.compile(
    r"https?://|www\.|\b(?:cliquez|ouvrez|scannez|telechargez|appelez|repondez|connectez[- ]vous|rendez[- ]vous sur"
    r"|suivez (?:le|ce) lien|click (?:here|on|below|the)|open the|scan the|download the|call (?:us|now|the|this)|log in"
    r"|sign in|follow (?:the|this) link|reply to this)\b"
)
_OR_ELSE = re.compile(
    r"\b(?:pay\w*|regl\w+|frais|fees?|virement|transfer|iban|cartes?|cards?|cadeaux?|gifts?|gagn\w+|won|prize"
    r"|rembours\w+|refund\w*|suspen\w+|bloqu\w+|blocked|locked|expir\w+|verif\w+|confirm\w*|urgent\w*"
    r"|(?:24|48|72) ?(?:h|heures|hours)|immediat\w+|mots? de passe"
    r"|passwords?|identifiants?|credentials|bitcoins?|crypto\w*|impots?|tax|amendes?|fine"
    r"|heritage|inheritance|infect\w+)\b"
)
_IS_IT_TRUE = re.compile(
    r"\b(?:c'est|est[- ]ce|ca (?:a l'air|semble|parait)|is (?:this|it|that)|looks?|seems?)(?: [\w']+){0,3}"
    r" (?:normal|vrai|legit\w*|fiable|serieux|sur|reel|officiel|louche|bizarre|real|genuine|safe|true|ok|official|odd"
    r"|right|weird|strange)\b|\b(?:dois[- ]je|faut[- ]il|should i|do i (?:have|need) to)\b"
    r"|\bque (?:dois[- ]je )?faire\b|\bwhat (?:should|do) i do\b"
    r"|\bj'ai recu (?:ca|cela|ce)\b|\bi (?:got|received) (?:this|that)\b"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_FOR_INFORMATION = re.compile(
    r"\b(?:fyi|pour info(?:rmation)?|pi|voir (?:ci[- ])?dessous|see below|ci[- ]dessous|below|tr|fw|fwd|re|bonjour"
    r"|hello|hi|merci|thanks|regarde[zr]?|look)\b"
)
_A_FEW = 3  # words; with fewer of their own, the person says nothing but "look"


def forwarded(plain: str) -> tuple[int, int] | None:
    """Find the line of a folded text below which a forwarded mail begins."""
    head = _FORWARDED.search(plain)
    return head.span() if head else None


def bait(plain: str, quoted: bool) -> tuple[int, int] | None:
    """Find what is passed on in a folded text and lures its reader: told to a stranger, "do this", "or else".

    `quoted`: lines that start with `>` may be it as well.
    """
    head = forwarded(plain)
    lines = _QUOTED.finditer(plain) if quoted else ()
    spans = [(head[0], len(plain))] if head else [match.span() for match in lines]
    return next((span for span in spans if _lures(plain[slice(*span)])), None)


def is_wondered_at(plain: str, span: tuple[int, int]) -> bool:
    """Tell whether a person asks what to make of what is passed on, or says nothing beside it."""
    own = _FOR_INFORMATION.sub(" ", plain[: span[0]] + " " + plain[span[1] :])
    return len(_WORD.findall(own)) < _A_FEW or _IS_IT_TRUE.search(plain) is not None


def _lures(passed: str) -> bool:
    told = all(pattern.search(passed) for pattern in (_TO_A_STRANGER, _DO_IT, _OR_ELSE))
    return told and _OF_MYSELF.search(_own_lines(_HEADER.sub("", passed))) is None  # "Date: Mon, 5 Jan" is no "mon"


def _own_lines(passed: str) -> str:
    """Leave out what follows a blank line and asks: it may be the person's own words below a forwarded mail."""
    return "\n\n".join(part for part in passed.split("\n\n") if not _IS_IT_TRUE.search(part))
