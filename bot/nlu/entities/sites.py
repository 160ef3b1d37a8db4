"""Where it is: town, building, floor and room, told as one place."""

import re
from collections.abc import Iterator

from bot.dialog.understanding import Entity

from .towns import TOWNS

_ORDINAL = (
    r"(?:\d{1,2} ?(?:er|e|ere|eme|ieme|nd|rd|st|th)|premier|deuxieme|second|troisieme|quatrieme|cinquieme|sixieme"
    r"|first|third|fourth|fifth|sixth|ground|rez[- ]de[- ]chaussee|rdc)"
)
_NOT_A_ROOM = r"(?! ?(?:minutes?|fois|jours?|heures?|days?|hours?|times?|personnes?|people|%))"
_ROOM = (
    r"(?:salle|bureau|local|piece|box|open[- ]space|room|office|meeting room|conference room|desk|poste de travail"
    r"|prise)(?: de reunion| de conference| n[°o]\.?| number)?"
    rf" (?!rj)(?P<room>[a-z]{{0,3}}[-. ]?\d{{1,4}}[a-z]?(?:[-./]\d{{1,4}})?){_NOT_A_ROOM}"
)
_FLOOR = (
    rf"(?:(?:au )?(?:{_ORDINAL}|dernier|top) (?:etage|floor|sous-sol)|(?<!escalate to )(?<!demande au )(?:etage|floor"
    rf"|niveau|level) (?:n[°o] ?)?\d{{1,2}}"
    rf"|rez[- ]de[- ]chaussee|rdc|ground floor|au {_ORDINAL}(?= |$|[.,;]))"
)
_BUILDING = (
    r"(?:batiment|building|bat|bldg|tour|tower|aile|wing|hall|zone)\.? (?:[a-z]|\d{1,3}|[a-z]\d{1,2}|nord|sud|est"
    r"|ouest|north|south|east|west)(?!\w)"
)
_SEAT = r"(?:(?<=du )|(?<=au ))siege(?: social)?|head ?office|headquarters|hq"
_PART = re.compile(rf"(?<![\w-])(?:{_ROOM}|{_FLOOR}|{_BUILDING}|{_SEAT})(?![\w-])")

_TOWN = r"(?-i:[A-ZÀ-Ý][\w'’À-ÿ]{1,24}(?:[- ][A-ZÀ-Ý][\w'’À-ÿ]{1,24}){0,3})"
_WORKS = r"sites?|agence|bureaux?|usine|entrepot|magasin|filiale|antenne|plateforme|campus"
_PLANTS = r"office|site|branch|plant|warehouse|campus|factory"
_SITE = re.compile(
    rf"(?<![\w-])(?:(?:{_WORKS}) (?:de |d['’]|du |a |à |of )(?:la |l['’])?(?P<town>{_TOWN})"
    rf"|(?:{_PLANTS}) (?:in|of|at) (?P<where>{_TOWN})|(?P<place>{_TOWN}) (?:{_PLANTS})"
    rf"|(?P<named>(?:salle(?: de r[ée]union)?|(?:meeting |conference )?room) {_TOWN}))(?![\w-])",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:the|our|my|your|this|that|whole|entire|new|old|head|in|at|from) ", re.IGNORECASE)
_NO_TOWN = re.compile(
    r"(?:le|la|les|un|une|ce|cette|notre|votre|mon|son|leur|du|des|au|sur|the|our|my|your|this|that|whole|entire|new|head"
    r"|microsoft|back|box|open|ms)",
    re.IGNORECASE,
)
_KNOWN = re.compile(rf"(?<![\w'-])(?:a|sur|de|in|at|from|depuis) (?P<known>{TOWNS})(?![\w-])")
_STANDING = re.compile(rf"(?:^|(?<=[,(\n])) ?(?P<known>{TOWNS}) ?(?=$|[,.()\n-])", re.MULTILINE)  # "Lyon, 3rd floor"
_NEAR = 14  # characters between two parts of one place: "salle B204, 2e étage"
_BETWEEN = re.compile(r"[\s,/()-]{0,14}(?:(?:du|de|au|a|la|le|l'|on|in|the|of|en) ?){0,6}[\s,/()-]{0,14}")


def sites(text: str, plain: str) -> Iterator[Entity]:
    """Read site as it is written; parts that follow each other are one place."""
    spans = [match.span() for match in _PART.finditer(plain)]
    spans += [span for match in _SITE.finditer(text) if (span := _town(match))]
    for pattern in (_KNOWN, _STANDING):
        spans += [match.span("known") for match in pattern.finditer(plain) if text[match.start("known")].isupper()]
    for start, end in _joined(sorted(spans), plain):
        start += len("au ") if plain[start:end].startswith("au ") else 0
        yield Entity("site", " ".join(text[start:end].split()), text[start:end], start, end)


def _town(match: re.Match[str]) -> tuple[int, int] | None:
    """The place of the town's name, without an article that stands in capitals before it."""
    name = next(name for name in ("town", "where", "place", "named") if match[name])
    start, end = match.span(name)
    if name == "place":
        while article := _ARTICLE.match(match.string, start, end):
            start = article.end()
    return None if _NO_TOWN.fullmatch(match.string, start, end) else (start, end)


def _joined(spans: list[tuple[int, int]], plain: str) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        between = plain[joined[-1][1] : start] if joined else ""
        if joined and len(between) <= _NEAR and _BETWEEN.fullmatch(between):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
