"""Glosses: a word of what a name or slang stands for, added to a text, so that rare names weigh as their kind does."""

import re
from collections.abc import Mapping

from .fold import fold

_KINDS = (
    (
        "vpn",
        r"forti\w*|global ?protect|any ?connect|secure client|open ?vpn|wire ?guard|z-?scaler|pulse secure|ivanti"
        r"|net ?scaler|ikev2|l2tp|acces distant|remote access|checkpoint|sonic ?wall|tunnelblick",
    ),
    (
        "imprimante printer",
        r"laserjet|officejet|xerox|ricoh|kyocera|konica|lexmark|imagerunner|copieur|photocopieu\w+|copier",
    ),
    ("mail outlook", r"thunderbird|gmail|owa|exchange|webmail|bal|boite mail|mailbox"),
    ("réunion meeting", r"webex|google meet|skype|visio(?:conf\w*)?|zoom"),
    ("mot de passe password", r"mdp|m2p|passwd|pwd|pw|aadsts\d*|mfa|2fa|authenticator"),
    (
        "réponse automatique automatic reply",
        r"out[- ]of[- ]office|ooo|messages? d'absence|auto[- ]?reply|reponses? auto(?:matiques?)?"
        r"|automatic repl(?:y|ies)|vacation (?:responder|message|reply)",
    ),
    ("lent slow", r"rame|ramer|lag|lags|laggy|lagging|a la ramasse"),
)
_GLOSSES = tuple((gloss, re.compile(rf"(?<![\w-])(?:{names})(?![\w-])")) for gloss, names in _KINDS)


def glossed(text: str, synonyms: Mapping[str, str] | None = None) -> str:
    """Add to a text what its names and slang stand for; `synonyms` are those of the training files."""
    plain = fold(text)
    added = [gloss for gloss, pattern in _GLOSSES if pattern.search(plain)]
    for written, meant in (synonyms or {}).items():
        if re.search(rf"(?<!\w){re.escape(fold(written))}(?!\w)", plain):
            added.append(meant)
    return f"{text} ({', '.join(added)})" if added else text
