"""Where it is: site, building, floor and room; and the names that stand on labels of printers and computers."""

import re
from collections.abc import Iterator

from bot.dialog.understanding import Entity

_ORDINAL = (
    r"(?:\d{1,2} ?(?:er|e|ere|eme|ieme|nd|rd|st|th)|premier|deuxieme|second|troisieme|quatrieme|cinquieme|first"
    r"|third|fourth|fifth|ground|rez[- ]de[- ]chaussee|rdc)"
)
_ROOM = (
    r"(?:salle|bureau|local|piece|box|open[- ]space|room|office|meeting room|desk|poste de travail"
    r"|prise)(?: de reunion| de conference| n[°o]\.?| number)?"
    r" (?P<room>[a-z]{0,3}[-. ]?\d{1,4}[a-z]?(?:[-./]\d{1,4})?)(?! ?(?:minutes?|fois|jours?|heures?|days?|hours?"
    r"|times?|personnes?|people|%))"
)
_FLOOR = (
    rf"(?:{_ORDINAL} (?:etage|floor)|(?:etage|floor|niveau|level) (?:n[°o] ?)?\d{{1,2}}|rez[- ]de[- ]chaussee|rdc"
    rf"|ground floor|au {_ORDINAL}(?= |$|[.,;]))"
)
_BUILDING = (
    r"(?:batiment|building|bat|bldg|tour|tower|aile|wing|hall|zone)\.? (?:[a-z]|\d{1,3}|[a-z]\d{1,2}|nord|sud|est"
    r"|ouest|north|south|east|west)(?!\w)"
)
_TOWN = r"(?-i:[A-ZÀ-Ý][\w'’À-ÿ]{1,24}(?:[- ][A-ZÀ-Ý][\w'’À-ÿ]{1,24}){0,3})"
_SITE = (
    rf"(?:(?:sites?|agence|bureaux?|usine|entrepot|magasin|filiale|antenne|plateforme|campus) (?:de |d['’]|du |a |à "
    rf"|of )(?:la |l['’])?(?P<town>{_TOWN})"
    rf"|(?:site|office|branch|plant|warehouse|campus) (?:in|of|at) (?P<where>{_TOWN})|(?P<place>{_TOWN}) (?:office"
    rf"|site|branch|plant|warehouse|campus))"
)
_PART = re.compile(rf"(?<![\w-])(?:{_ROOM}|{_FLOOR}|{_BUILDING})(?![\w-])")
_SITE_WHERE = re.compile(rf"(?<![\w-])(?:{_SITE})(?![\w-])", re.IGNORECASE)
_NEAR = 14  # characters between two parts of one place: "salle B204, 2e étage"

_LABEL = re.compile(r"(?<![\w./@-])[A-Z]{2,}[A-Z0-9]*(?:[-_][A-Z0-9]+){1,4}(?![\w@-]|\.\w)")
_NOT_LABELS = re.compile(
    r"(?:FAC|FACT|FA|INV|CMD|ORD|PO|BC|ISO|UTF|COVID|WPA\d?|RJ|USB|TLS|SSL|WI|KB|SHA|MD|AES|TCP|UDP|DVD|CD|PDF|VPN"
    r"|HTTP|AADSTS|CVE|REF|REQ|INC|SR|N)"
    r"[-_]?\S*"
)
_NAMED = re.compile(
    r"(?:imprimantes?|printers?|copieurs?|photocopieu[rs]e?|multifonctions?|pc|ordinateurs?|postes?|computers?"
    r"|laptops?|machines?|serveurs?|servers?|asset"
    r"|numero d'inventaire|inventaire|asset tag|hostname|nom (?:du poste|de la machine|du pc)|computer name"
    r"|printer name|device name)"
    r"(?: (?:named?|called|nommee?|appelee?|qui s'appelle|est|is|n[°o]\.?|numero|number|:|s'appelle|reseau"
    r"|de)){0,6}\s*[:#]?\s*[\"«']?\s?"
    r"(?P<label>[a-z]{1,8}[-_]?(?:[a-z0-9]+[-_]){0,6}\d[a-z0-9_-]{0,12})(?![\w])"
)
_MODEL = re.compile(
    r"(?<![\w-])(?:hp|canon|xerox|ricoh|brother|epson|lexmark|konica(?: minolta)?|kyocera|zebra|sharp|oki|samsung)"
    r"(?: (?:laserjet|officejet|deskjet|pagewide|color|pro|mfp|imagerunner|imageclass|workcentre|versalink|altalink"
    r"|ecosys|bizhub|ecotank|workforce|enterprise|i-sensys|pixma|taskalfa)){0,6}"
    r" [a-z]{0,4}-?\d{2,5}[a-z]{0,4}(?![\w])"
)


def places(text: str, plain: str) -> Iterator[Entity]:
    """Read asset (labels, printer models) and site (town, building, floor, room as one)."""
    assets = list(_assets(text, plain))
    yield from assets
    yield from (one for one in _sites(text, plain) if not any(one.start < a.end and a.start < one.end for a in assets))


def _assets(text: str, plain: str) -> Iterator[Entity]:
    taken: list[tuple[int, int]] = []
    for start, end in _asset_spans(text, plain):
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            taken.append((start, end))
            yield Entity("asset", text[start:end].upper(), text[start:end], start, end)


def _asset_spans(text: str, plain: str) -> Iterator[tuple[int, int]]:
    for match in _LABEL.finditer(text):
        if any(char.isdigit() for char in match[0]) and not _NOT_LABELS.fullmatch(match[0]):
            yield match.span()
    for match in _NAMED.finditer(plain):
        if not re.fullmatch(r"win\w*|w\d+|windows\w*|hp|usb\d?|v\d+|id\d?|h\d+|a\d|n\d", match["label"]):
            yield match.span("label")
    yield from (match.span() for match in _MODEL.finditer(plain))


def _sites(text: str, plain: str) -> Iterator[Entity]:
    spans = [match.span() for match in _PART.finditer(plain)]
    for match in _SITE_WHERE.finditer(text):
        name = next(name for name in ("town", "where", "place") if match[name])
        spans.append(match.span(name))
    for start, end in _joined(sorted(spans), plain):
        start += len("au ") if plain[start:end].startswith("au ") else 0
        yield Entity("site", " ".join(text[start:end].split()), text[start:end], start, end)


def _joined(spans: list[tuple[int, int]], plain: str) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        between = plain[joined[-1][1] : start] if joined else ""
        if (
            joined
            and len(between) <= _NEAR
            and re.fullmatch(r"[\s,/()-]*(?:(?:du|de|au|a|la|le|l'|on|in|the|of|en) ?){0,6}[\s,/()-]*", between)
        ):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
