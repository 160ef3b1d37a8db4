"""Cleaning: greeting, sign-off, signature and quoted mail are blanked out; what stays keeps its place in the text."""

import re
from dataclasses import dataclass

from .fold import blank, fold
from .passed_on import bait, forwarded, is_wondered_at

_WHO = (
    r"(?:tout le monde|a tou(?:s|tes)|a vous|toute l'equipe|l'equipe|la team|le support|support|team|all|everyone"
    r"|there|folks|guys"
)
_GREETING = re.compile(
    r"\A[\s\W]*(?:(?:re[- ]?)?bonjour|bonsoir|salut|coucou|hello|hi|hey|slt|bjr|cc|yo|good (?:morning|afternoon"
    r"|evening|day)"
    r"|morning|dear|greetings|madame,? monsieur|chere?s? collegues?)\b(?:\s+(?:" + _WHO[3:] + r"|madame,? monsieur"
    r"|madame|monsieur|mme|mr?"
    r"|sir|madam|collegues?|colleagues?|helpdesk|service desk|it|informatique|service informatique|bot|d'abord)){0,6}\b"
    r"(?:[ \t]+(?!(?:je|j|mon|ma|mes|le|la|les|l|il|on|nous|i|my|we|the|our|it|can|could|pouvez|peux|pouvons|est)\b)"
    r"[a-z-]{2,20}(?=[ \t]*(?:[,!:\n]|$))){0,2}[\s,.!:;-]*"
)
_POLITE = (
    r"(?:(?:tres |bien )?cordialement|cdlt|crdt|bien a vous|sinceres salutations|salutations|bonne (?:journee|soiree"
    r"|reception)"
    r"|(?:excellente|belle) journee|merci(?: beaucoup| bien| d'avance| par avance| a vous| de votre (?:aide"
    r"|retour)){0,6}|a bientot"
    r"|(?:best |kind |warm )?regards|best wishes|cheers|thank you(?: very much| so much| in advance)?|many thanks"
    r"|thanks(?: a lot| so much| in advance)?|sincerely(?: yours)?|yours (?:truly|faithfully)|have a (?:nice|good"
    r"|great) day|all the best)"
)
_SIGN_OFF = re.compile(rf"(?:(?<=[.!?,;\n])|(?<= ))\s*\b(?:{_POLITE}[\s,.!-]*){{1,6}}\Z")
_SIGNED = re.compile(rf"\n[ \t]*(?:{_POLITE}[ \t,.!]*){{1,6}}\n")  # a polite line of its own: a signature follows
_SENT_FROM = re.compile(
    r"^[ \t]*(?:envoye (?:de|depuis|a partir de) (?:mon|ma|outlook|yahoo)|sent from (?:my|outlook|mail|yahoo)"
    r"|get outlook for|obtenez outlook|telecharger outlook).*$",
    re.MULTILINE,
)
_DASHES = re.compile(r"^(?:--|__+|==+) ?$", re.MULTILINE)
_LEGAL = re.compile(
    r"^[ \t]*(?:ce (?:message|courriel|mail)[^\n]{0,60}confidentiel|this (?:e-?mail|message)[^\n]{0,60}confidential"
    r"|avant d'imprimer|please consider the environment|pensez a l'environnement)",
    re.MULTILINE,
)
_QUOTE_HEAD = re.compile(
    r"^[ \t]*(?:le [^\n]{5,150}(?:\n[^\n]{0,80})?a ecrit ?:|on [^\n]{5,150}(?:\n[^\n]{0,80})?wrote ?:"
    r"|-{2,} ?(?:original message|message d'origine|message original|reponse au message)[^\n]*"
    r"|(?:de|from) ?:[^\n]+\n(?:(?:envoye|sent|date|a|to|cc|objet|subject) ?:[^\n]*\n?){2,})",
    re.MULTILINE,
)
_HEADERS = re.compile(
    r"^[ \t]*(?:de|from|envoye|sent|date|a|to|cc|objet|subject|repondre a|reply-to) ?:[^\n]*$", re.MULTILINE
)
_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A message in four forms, all of the same length.

    `said`: without quotes and signature. `body`: without greeting and sign-off as well. `said_plain`, `body_plain`: the
    same folded. `lured`: a bait was passed on, and the person asks what to make of it; its text is blanked out.
    """

    said: str
    body: str
    said_plain: str
    body_plain: str
    lured: bool = False

    @property
    def essence(self) -> str:
        """The body on one line, for the model."""
        return " ".join(self.body.split())


def clean(text: str, channel: str = "") -> Cleaned:
    """Take off what is not the person's problem; a text that is nothing but a greeting keeps it in `said`."""
    plain = fold(text)
    lure = bait(plain, quoted=channel != "email")  # in a mail, quoted lines are what we wrote ourselves
    said = blank(text, *lure) if lure else text
    said = _blank_all(_without_quotes(said) if channel == "email" else said, _SENT_FROM)
    body = _without_politeness(said)
    return Cleaned(said, body, fold(said), fold(body), lure is not None and is_wondered_at(plain, lure))


def _without_quotes(text: str) -> str:
    plain = fold(text)
    if passed := forwarded(plain):  # the problem stands in what is forwarded: keep it, without its mail headers
        text = _blank_all(blank(text, *passed), _HEADERS)
    elif head := _QUOTE_HEAD.search(plain):
        text = blank(text, head.start(), len(text))
    text = _blank_all(text, _QUOTED_LINE)
    for pattern in (_DASHES, _LEGAL):
        if (tail := pattern.search(fold(text))) and text[: tail.start()].strip():
            text = blank(text, tail.start(), len(text))
    signed = max(_SIGNED.finditer(fold(text)), key=lambda match: match.start(), default=None)
    if signed and text[: signed.start()].strip() and text[signed.end() :].count("\n") < 12:
        text = blank(text, signed.start(), len(text))
    return text


def _without_politeness(text: str) -> str:
    plain = fold(text)
    if (greeting := _GREETING.match(plain)) and greeting.end() < len(plain.rstrip()):
        text = blank(text, 0, greeting.end())
    sign_off = _SIGN_OFF.search(fold(text)[-400:])
    if sign_off:
        at = max(0, len(text) - 400) + sign_off.start()
        text = blank(text, at, len(text)) if text[:at].strip() else text
    return text


def _blank_all(text: str, pattern: re.Pattern[str]) -> str:
    for match in pattern.finditer(fold(text)):
        text = blank(text, *match.span())
    return text
