"""What the person works with: operating system and version, and the device."""

import re
from collections.abc import Iterator

from bot.dialog.understanding import Entity

_OS = re.compile(
    r"(?<![\w-])(?:"
    r"(?P<windows>windows|win(?=\d|\s?(?:7|8|10|11)\b)|w(?=(?:7|8|10|11)\b))(?:\s{0,3}(?P<windows_v>xp|vista|7|8\.1|8"
    r"|10"
    r"|11)(?: (?:pro|professional|professionnel|enterprise|entreprise|home|famille"
    r"|education))?(?:\s{0,3}(?P<build>2[0-9]h[12]))?\b)?"
    r"|(?P<macos>mac ?os(?: ?x)?|os ?x|macbook(?: (?:air|pro))?|imac|(?<!adresse )(?<!big )mac(?! ?(?:address"
    r"|adresse|filter|do)))"
    r"(?:\s{0,3}(?P<macos_v>\d{2}(?:\.\d{1,3}){0,2}|catalina|big sur|monterey|ventura|sonoma|sequoia|tahoe)\b)?"
    r"|(?P<ios>iphone|ipad(?:os)?|ios)(?:\s{0,3}(?P<ios_v>(?<=os)\s?\d{2}(?:\.\d{1,3}){0,2}"
    r"|(?<=os )\d{2}(?:\.\d{1,3}){0,2})\b)?"
    r"|(?P<android>android|samsung(?: galaxy)?|google pixel|xiaomi"
    r"|oneplus)(?:\s{0,3}(?P<android_v>(?<=android )\d{1,2})\b)?"
    r"|(?P<linux>linux|ubuntu|debian|fedora|red ?hat|mint(?= \d)|opensuse)"
    r"(?:\s{0,3}(?P<linux_v>\d{1,2}(?:\.\d{2})?)\b)?"
    r")(?![\w-])"
)
_SYSTEMS = ("windows", "macos", "ios", "android", "linux")
# An OS that is named to set it aside: "not Windows", "it works on my iPhone".
_ASIDE = re.compile(
    r"(?:\b(?:pas|not|non|instead of|au lieu de|plutot que|rather than|no more|ni)(?: (?:sur|sous|de|d'|on|a|un|une"
    r"|mon|my|le|the)){0,6}"
    r"|(?<!pas )(?<!plus )(?:marche|fonctionne|works?|ok|fine)(?: (?:bien|tres bien|fine|ok|parfaitement|nickel"
    r"|well)){0,6} (?:sur|avec|depuis|on|from|with)(?: (?:mon|ma|le|my|the|un)){0,6})\s{0,3}$"
)
# "Two windows opened": those on the screen.
_ON_SCREEN = re.compile(
    r"(?:two|three|four|several|many|both|multiple|these|those|pop-?ups?|browser|\d|separate|different|extra|new) $"
)
_DEVICES = {
    "laptop": r"laptops?|notebook|pc portable|ordinateur portable|macbook(?: (?:air|pro))?|thinkpad"
    r"|surface(?: (?:pro|go|laptop|book))|(?<=ma )surface|(?<=my )surface|portable",
    "desktop": r"desktop(?: computer| pc)?(?! (?:icons?|background|shortcut|app))|ordinateur fixe|pc fixe"
    r"|unite centrale|poste fixe|imac|workstation|tower|(?<=ma )tour",
    "phone": r"(?:work |pro |company |mobile |desk |cell )?(?:phone|smartphone|mobile)|telephone(?: pro(?:fessionnel)?"
    "| portable| fixe)?|(?<=mon )tel|(?<=le )tel(?! que)|iphone|samsung galaxy",
    "tablet": r"tablettes?|tablets?|ipad",
    "printer": r"imprimantes?|printers?|photocopieu[rs]e?s?|copieurs?|copiers?|multifonctions?|plotter|traceur",
    "scanner": r"scanners?|scanneur",
    "screen": r"(?:external |second |deuxieme )?(?:screen|monitor|ecran(?! bleu)|moniteur)s?(?: externe)?",
    "keyboard": r"claviers?|keyboards?",
    "mouse": r"souris|mouse",
    "headset": r"casques?(?: audio| bluetooth)?|headsets?|ecouteurs|headphones?|airpods|earbuds",
    "microphone": r"micro(?:phone)?s?(?! ?coupures?)|mic",
    "camera": r"webcams?|cameras?",
    "dock": r"docks?|docking stations?|station d'accueil|dockstation|hub usb|usb hub",
    "charger": r"chargeurs?|chargers?|power (?:adapter|supply)|alimentation|adaptateur secteur",
    "computer": r"ordinateurs?|ordi|computers?|pc|machine(?! a )|poste(?: de travail| informatique)?(?! \d{3,5}(?!\w))"
    r"|ecran bleu|blue screen|bsod",  # it is a computer that shows one
}
_DEVICE = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _DEVICES.items()) + r")(?![\w-])"
)
# What stands before words of devices that name none: a means to talk, what a screen shows, a job.
_NO_DEVICE_BEFORE = {
    "phone": re.compile(r"(?<![\w-])(?:par|by|au|on the|over the|via|(?:numero|num) de) $"),
    "screen": re.compile(
        r"(?<![\w-])(?:captures? d'|partage d'|partager (?:mon |l')|economiseur d'|plein |full |black |login |lock "
        r"|splash "
        r"|home |shar(?:e|ing) (?:my |the |your ))$"
    ),
    "computer": re.compile(
        r"(?<![\w-])(?:la|prise de|changer? de|(?:nomme|promu|recrute|embauche|mute|mutation|candidat"
        r"|emploi)\w*[^.!?\n]{0,20}) $"
    ),
}
_NO_DEVICE_AFTER = re.compile(
    r" ?(?:numbers?|calls?|capture|shot|sharing|saver|ouvert|vacant|budgetaire|a pourvoir"
    r"|de (?:chef|responsable|direct|manager|charge|secretaire|assistant|nuit|police|veille|connexion|garde))"
)
_DIALLED = re.compile(r"(?: (?:pro|perso|direct|fixe|number|est|is|le|at|au|sur|on)){0,3}[ :.(]{0,3}(?:\+|0|\()\d")


def equipment(text: str, plain: str) -> Iterator[Entity]:
    """Read os (windows|macos|linux|ios|android), os_version and device (English word)."""
    yield from _systems(text, plain)
    yield from _devices(text, plain)


def _systems(text: str, plain: str) -> Iterator[Entity]:
    """Read the first system that is not set aside, and its version where it is first told."""
    told = [match for match in _OS.finditer(plain) if not _set_aside(plain, match)]
    names = [next(name for name in _SYSTEMS if match[name]) for match in told]
    if not told:
        return
    name, (start, end) = names[0], told[0].span(names[0])
    yield Entity("os", name, text[start:end], start, end)
    group = f"{name}_v"
    for match in (match for match, other in zip(told, names, strict=True) if other == name and match[group]):
        start, end = match.start(group), max(match.end(group), match.end("build"))
        start += len(match[group]) - len(match[group].lstrip())
        build = (match["build"] or "") if name == "windows" else ""
        version = f"{plain[start : match.end(group)]} {build}".strip().upper()
        yield Entity("os_version", version, text[start:end], start, end)
        return


def _set_aside(plain: str, match: re.Match[str]) -> bool:
    before = plain[max(0, match.start() - 50) : match.start()]
    on_screen = match[0] == "windows" and _ON_SCREEN.search(before) is not None
    return on_screen or _ASIDE.search(before) is not None


def _devices(text: str, plain: str) -> Iterator[Entity]:
    """Read the devices spoken of, each kind once; a named part or printer says more than "computer"."""
    found: dict[str, tuple[int, int]] = {}
    for match in _DEVICE.finditer(plain):
        if not _names_none(plain, match):
            found.setdefault(match.lastgroup or "", match.span())
    if len(found) > 1:
        found.pop("computer", None)
    for name, (start, end) in found.items():
        yield Entity("device", name, text[start:end], start, end)


def _names_none(plain: str, match: re.Match[str]) -> bool:
    """Tell "by phone", "screenshot" and "a new post" from a device."""
    kind, asked = match.lastgroup or "", _NO_DEVICE_BEFORE.get(match.lastgroup or "")
    before = plain[max(0, match.start() - 40) : match.start()]
    if asked and (kind != "computer" or match[0] == "poste") and asked.search(before):
        return True
    if kind in ("phone", "laptop") and _DIALLED.match(plain, match.end()):
        return True
    return _NO_DEVICE_AFTER.match(plain, match.end()) is not None
