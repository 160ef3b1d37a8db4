"""The names that stand on labels of printers and computers, and the models of printers."""

import re
from collections.abc import Iterator

from bot.dialog.understanding import Entity

from .claims import Claims

_LABEL = re.compile(r"(?<![\w./@-])[A-Z]{2,20}[A-Z0-9]{0,20}(?:[-_][A-Z0-9]{1,20}){1,4}(?![\w@-]|\.\w)")
_NOT_LABELS = re.compile(
    r"(?:FAC|FACT|FA|INV|CMD|ORD|PO|BC|ISO|UTF|COVID|WPA\d?|RJ|USB|TLS|SSL|WI|KB|SHA|MD|AES|TCP|UDP|DVD|CD|PDF|VPN"
    r"|HTTP|AADSTS|CVE|REF|REQ|INC|SR|N)"
    r"[-_]?\S*"
)
_THINGS = (
    r"imprimantes?|printers?|copieurs?|photocopieu[rs]e?|multifonctions?|pc|ordinateurs?|postes?|computers?|laptops?"
    r"|portables?|tablettes?|tablets?|machines?|serveurs?|servers?"
)
_TAGS = (
    r"asset(?: tag| number| no)?|(?:numero|n[°o]|etiquette) (?:d')?inventaire|inventaire|etiquette|hostname"
    r"|nom (?:du poste|de la machine|du pc)|computer name|printer name|device name|service tag|inventory (?:number|no)"
)
_CALLED = (
    r"(?: (?:named?|called|nommee?|appelee?|qui s'appelle|est|is|says|dit|n[°o]\.?|numero|number|:|s'appelle|reseau"
    r"|de)){0,6}\s{0,3}[:#]?\s{0,3}[\"«'(]?\s?"
)
_NAMED = re.compile(
    rf"(?<!\w)(?:{_THINGS}|{_TAGS}){_CALLED}(?P<label>[a-z]{{1,8}}[-_]?(?:[a-z0-9]{{1,20}}[-_]){{0,6}}\d[a-z0-9_-]{{0,12}})"
    r"(?!\w)"
)
_NUMBERED = re.compile(rf"(?<!\w)(?:{_TAGS}){_CALLED}(?P<label>\d[\da-z-]{{2,14}}\d)(?!\w)")
_NO_NAMES = re.compile(
    r"win\w*|w\d+|windows\w*|hp|usb\d?|v\d+|id\d?|h\d+|a\d|n\d|i[3579](?:-\d+\w*)?|ryzen\d?|ip\d|ie\d+|m365|o365|x\d\d"
)
# The families and short names that stand between a maker and a model, and the makers of printers alone.
_FAMILIES = (
    r"laserjet|officejet|deskjet|pagewide|color|pro|mfp|imagerunner|imageclass|workcentre|versalink|altalink|ecosys"
    r"|bizhub|ecotank|workforce|enterprise|i-sensys|pixma|taskalfa|advance|smart tank|envy|mp|im|sp|mfc|hl|dcp|ir|adv"
    r"|wf|xp"
)
_PRINTER = re.compile(
    rf"(?:ricoh|xerox|brother|lexmark|konica|kyocera|zebra|oki)(?!\w)|(?<!\w)(?:{_FAMILIES.replace('|pro', '')})(?!\w)"
)
_MODEL = re.compile(
    r"(?<![\w-])(?:hp|canon|xerox|ricoh|brother|epson|lexmark|konica(?: minolta)?|kyocera|zebra|sharp|oki|samsung)"
    rf"(?: (?:{_FAMILIES})){{0,4}} [a-z]{{0,4}}-?\d{{2,5}}[a-z]{{0,4}}(?!\w)"
)


def assets(text: str, plain: str) -> Iterator[Entity]:
    """Read asset (labels, printer models), upper case."""
    claims = Claims(len(text))
    for start, end in _spans(text, plain):
        yield from claims.take([Entity("asset", text[start:end].upper(), text[start:end], start, end)])


def printers(text: str, plain: str) -> Iterator[Entity]:
    """Read device from the model of a printer, where nobody says "printer"."""
    for match in _MODEL.finditer(plain):
        if _PRINTER.search(match[0]):
            yield Entity("device", "printer", text[match.start() : match.end()], *match.span())
            return


def _spans(text: str, plain: str) -> Iterator[tuple[int, int]]:
    for match in _LABEL.finditer(text):
        if any(char.isdigit() for char in match[0]) and not _NOT_LABELS.fullmatch(match[0]):
            yield match.span()
    for match in _NAMED.finditer(plain):
        if not _NO_NAMES.fullmatch(match["label"]):
            yield match.span("label")
    yield from (match.span("label") for match in _NUMBERED.finditer(plain))
    yield from (match.span() for match in _MODEL.finditer(plain))
