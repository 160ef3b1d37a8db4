"""Error codes as people copy them: numbers after "error", vendors' prefixes, hexadecimal, SMTP and stop codes."""

import re
from collections.abc import Iterator

from bot.dialog.understanding import Entity

from .claims import Claims
from .patterns import not_after

_SHAPES = re.compile(
    r"aadsts ?\d{4,7}|0x[0-9a-f]{2,8}|caa[0-9a-f]{5,8}"
    r"|(?:net::)?err_[a-z0-9_]{3,60}|dns_probe_[a-z_]{3,60}|(?:sec|ssl|mozilla_pkix|pr|inet_e)_[a-z_]{3,60}"
    r"|auth_failed|sc ?\d{3}"
    r"|\d{2}\.(?=[0-9a-f.]{0,6}[a-f])(?:[0-9a-f]{4}|[0-9a-f]{2}(?:\.[0-9a-f]{2}){1,2})"
    r"|https? ?[45]\d\d|8(?:00[0-9a-f]{5}|(?=[0-9a-f]{0,6}[a-f])[0-9a-f]{7})"
    r"|(?<![\d.])[245]\.[1-7]\.\d{1,3}"
)
_SHAPES_WHERE = re.compile(rf"(?<![\w.-])(?:{_SHAPES.pattern})(?![\w-]|\.\d)")
# Stop codes as they are read aloud; "memory management" alone would be a word.
_STOP_WORDS = re.compile(
    r"(?<!\w)(?:kernel security check failure|critical process died|whea uncorrectable error|irql not less or equal"
    r"|system service exception|page fault in nonpaged area|dpc watchdog violation|unexpected store exception"
    r"|inaccessible boot device|kmode exception not handled|video tdr failure|driver power state failure"
    r"|system thread exception not handled|bad pool header|unmountable boot volume|clock watchdog timeout"
    r"|machine check exception|kernel data inpage error|bad system config info)(?!\w)"
)
_STOP_CODE = re.compile(r"(?<!\w)[A-Z][A-Z0-9]{1,30}(?:_[A-Z0-9]{1,30}){1,8}(?!\w)")
_NO_OTHER_CODE = not_after("zip postal post area bar qr promo discount pin access security country door digit source")
_NAMED = re.compile(
    r"(?<!\w)(?:(?:code|numero|message|n[°o])[ -](?:d'? ?)?(?:erreur|error|arret|retour|stop)|(?:error|stop"
    r"|err)[ -](?:code|number|message|no|n[°o])"
    rf"|erreurs?|errors?|err|{_NO_OTHER_CODE}codes?"
    r"|echec|failure|fail(?:s|ed|ing)?(?= with)|echoue(?= avec))(?:\s{0,3}(?:windows|vpn|outlook|teams|http|smtp|est"
    r"|is|:|=|#"
    r"|n[°o]|numero|le|the|affiche|"
    r"suivante?|de type|type|avec|with|le code|code|,|\(|\"|«|'|-(?!\d))){0,4}\s{0,9}"
    r"(?P<code>-\d{1,5}|[a-z]{0,4}[-.]?\d[0-9a-z]{0,20}(?:[.-][0-9a-z]{1,20}){0,6})(?![\w])(?P<after>\s{0,9}\S{0,12})"
)
_SHOWN = re.compile(
    r"(?<!\w)(?:affiche|affichent|dit|met|marque|indique|donne|renvoie|retourne|shows?|says?|displays?|gives?"
    r"|returns?|get|got|vpn|message)"
    r"(?:\s{0,9}(?:moi|me|un|une|le|the|a|code|erreur|:|\""
    r"|«)){0,3}\s{1,9}(?P<code>\d{3,5}|-\d{2,5})(?!\w|[.,:/-]\w| ?[%°€])(?= {0,3}(?:$|[.,;:!?()\n\"»]|quand|when|a|au"
    r"|et|and|on|sur|at|error|erreur|pour|in|while|depuis|since"
    r"|de|avec|with|mais|but|puis|then|if|si|every|each|chaque|from|after|apres|code|dans|lors|alors|now|maintenant"
    r"|again)(?!\w))"
    r"(?P<after>\s{0,9}\S{0,12})"
)
_BRACKETED = re.compile(r"\((?P<code>-\d{1,5})\)")
_IN_BRACKETS = re.compile(  # "it refuses me (812)"
    r"(?<!\w)(?:refus\w*|erreur|error|echec|echoue|fail\w*|denied|rejet\w*|reject\w*"
    r"|vpn)[^.!?\n()]{0,30}\((?P<code>\d{3,4})\)"
)
_ALONE = re.compile(
    r"\s{0,9}(?:c'est |le |la |it's |it is |the |code |erreur |error |n[°o] ?){0,6}(?P<code>\d{3,6})\s{0,9}[.!]?\s{0,9}"
)
_STOPS_AT = re.compile(r"(?<![\d.,])(?P<code>10|40|45|48|80|98) ?%")
_VPN = re.compile(r"forti|vpn")
_COUNTED = re.compile(
    r"\s{0,9}(?:fois|minutes?|mins?|heures?|hours?|h\b|jours?|days?|semaines?|weeks?|mois|months?|times?|users?"
    r"|utilisateurs?|personnes?|people|"
    r"collegues?|pages?|mails?|messages?|%|€|euros?|er\b|eme|th\b|nd\b|rd\b|chiffres|digits|caracteres|secondes?"
    r"|seconds?|pc\b|postes?|ans?\b|years?)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOT_CODES = re.compile(
    r"v?\d{1,2}(?:\.\d+){0,6}|\d{1,2}h\d{0,2}|h\d{1,2}|windows|win\d+|\d{1,2}[.-]\d{1,2}[.-]\d{2,4}|\d{7,}"
)


def error_codes(text: str, plain: str) -> Iterator[Entity]:
    """Read error codes, upper case; not years, counts, versions or phone numbers."""
    for start, end in _spans(text, plain):
        yield Entity("error_code", _value(text[start:end]), text[start:end], start, end)


def _value(written: str) -> str:
    code = written.upper().removeprefix("NET::")
    if _STOP_WORDS.fullmatch(written.lower()):
        return code.replace(" ", "_")
    return re.sub(r"^(AADSTS) +", r"\1", re.sub(r"^HTTPS? ?(?=\d)", "HTTP ", re.sub(r" +%", "%", code)))


def _spans(text: str, plain: str) -> list[tuple[int, int]]:
    found = [match.span() for match in _SHAPES_WHERE.finditer(plain) if not _is_version(plain, match)]
    found += [match.span() for match in _STOP_CODE.finditer(text)]
    found += [match.span() for match in _STOP_WORDS.finditer(plain)]
    for pattern in (_NAMED, _SHOWN):
        found += [match.span("code") for match in pattern.finditer(plain) if _is_code(match, pattern is _NAMED)]
    for pattern in (_BRACKETED, _IN_BRACKETS):
        found += [match.span("code") for match in pattern.finditer(plain)]
    if alone := _ALONE.fullmatch(plain):
        found.append(alone.span("code"))
    if _VPN.search(plain):
        found += [match.span() for match in _STOPS_AT.finditer(plain)]
    return Claims(len(plain)).widest(found)


def _is_version(plain: str, match: re.Match[str]) -> bool:
    """Tell "version 5.1.2" or "8abcdef0" in a word from a code."""
    before = plain[max(0, match.start() - 14) : match.start()]
    if "." in match[0] and re.search(r"(?:version|v|update|build|release|client|macos|ios|android|ip)\.? ?$", before):
        return True
    return match[0].isalpha()


def _is_code(match: re.Match[str], named: bool) -> bool:
    code, after = match["code"], match["after"]
    if _COUNTED.match(after) or _YEAR.fullmatch(code) or (code.isdigit() and len(code) > 8):
        return False
    if re.match(r"\s{0,9}(?:/\d|:\d)", after) or re.search(
        r"windows\W*(?:7|8|10|11)$", match[0][: match.end("code") - match.start()]
    ):
        return False
    if named and code.isdigit():
        return len(code) >= 2 or match[0].lstrip().startswith(("code", "erreur", "error"))
    return not _NOT_CODES.fullmatch(code)
