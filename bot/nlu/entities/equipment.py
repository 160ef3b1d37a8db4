"""What the person works with: operating system and version, device, application, and the names on labels."""

import re
from collections.abc import Iterator

from bot.dialog.understanding import Entity

_OS = re.compile(
    r"(?<![\w-])(?:"
    r"(?P<windows>windows|win(?=\d|\s?(?:7|8|10|11)\b)|w(?=(?:7|8|10|11)\b))(?:\s*(?P<windows_v>xp|vista|7|8\.1|8|10"
    r"|11)(?:\s*(?P<build>2[0-9]h[12]))?\b)?"
    r"|(?P<macos>mac ?os(?: ?x)?|os ?x|macbook(?: (?:air|pro))?|imac|(?<!adresse )(?<!big )mac(?! ?(?:address"
    r"|adresse|filter|do)))"
    r"(?:\s*(?P<macos_v>\d{2}(?:\.\d+){0,2}|catalina|big sur|monterey|ventura|sonoma|sequoia|tahoe)\b)?"
    r"|(?P<ios>iphone|ipad(?:os)?|ios)(?:\s*(?P<ios_v>(?<=os)\s?\d{2}(?:\.\d+){0,2}|(?<=os )\d{2}(?:\.\d+){0,2})\b)?"
    r"|(?P<android>android|samsung(?: galaxy)?|google pixel|xiaomi"
    r"|oneplus)(?:\s*(?P<android_v>(?<=android )\d{1,2})\b)?"
    r"|(?P<linux>linux|ubuntu|debian|fedora|red ?hat|mint|opensuse)(?:\s*(?P<linux_v>\d{1,2}(?:\.\d{2})?)\b)?"
    r")(?![\w-])"
)
_SYSTEMS = ("windows", "macos", "ios", "android", "linux")
# An OS that is named to set it aside: "not Windows", "it works on my iPhone".
_ASIDE = re.compile(
    r"(?:\b(?:pas|not|non|instead of|au lieu de|plutot que|rather than|no more|ni)(?: (?:sur|sous|de|d'|on|a|un|une"
    r"|mon|my|le|the)){0,6}"
    r"|(?<!pas )(?<!plus )(?:marche|fonctionne|works?|ok|fine)(?: (?:bien|tres bien|fine|ok|parfaitement|nickel"
    r"|well)){0,6} (?:sur|avec|depuis|on|from|with)(?: (?:mon|ma|le|my|the|un)){0,6})\s*$"
)
_DEVICES = {
    "laptop": r"laptops?|notebook|pc portable|ordinateur portable|macbook(?: (?:air|pro))?|thinkpad|surface(?: pro)?"
    "|portable",
    "desktop": r"desktop(?: computer| pc)?|ordinateur fixe|pc fixe|unite centrale|poste fixe|imac|workstation|tower"
    "|tour",
    "phone": r"(?:work |pro |company |mobile )?(?:phone|smartphone|mobile)|telephone(?: pro(?:fessionnel)?"
    "| portable)?|iphone|samsung galaxy",
    "tablet": r"tablettes?|tablets?|ipad",
    "printer": r"imprimantes?|printers?|photocopieu[rs]e?s?|copieurs?|copiers?|multifonctions?|plotter|traceur",
    "scanner": r"scanners?|scanneur",
    "screen": r"(?:external |second |deuxieme )?(?:screen|monitor|ecran|moniteur)s?(?: externe)?",
    "keyboard": r"claviers?|keyboards?",
    "mouse": r"souris|mouse",
    "headset": r"casques?(?: audio| bluetooth)?|headsets?|ecouteurs|headphones?|airpods|earbuds",
    "microphone": r"micro(?:phone)?s?|mic",
    "camera": r"webcams?|cameras?",
    "dock": r"docks?|docking stations?|station d'accueil|dockstation|hub usb|usb hub",
    "charger": r"chargeurs?|chargers?|power (?:adapter|supply)|alimentation|adaptateur secteur",
    "computer": r"ordinateurs?|ordi|computers?|pc|machine|poste(?: de travail| informatique)?|workstation",
}
_DEVICE = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _DEVICES.items()) + r")(?![\w-])"
)
_APPLICATIONS = {
    "Cisco Secure Client": r"(?:cisco )?(?:secure client|any ?connect)|cisco vpn|vpn cisco",
    "GlobalProtect": r"global ?protect|palo ?alto",
    "FortiClient": r"forti ?client|forti ?net|forti(?: ?vpn)?|fortigate",
    "OpenVPN": r"open ?vpn",
    "WireGuard": r"wire ?guard",
    "Pulse Secure": r"pulse secure|ivanti",
    "Outlook": r"outlook|owa",
    "Teams": r"(?:microsoft |ms )?teams",
    "OneDrive": r"one ?drive",
    "SharePoint": r"share ?point",
    "OneNote": r"one ?note",
    "Excel": r"excel",
    "PowerPoint": r"power ?point|ppt",
    "Word": r"(?:microsoft |ms )?word(?! (?:of|for)\b)",
    "Power BI": r"power ?bi",
    "Microsoft 365": r"(?:microsoft|office|m|o) ?365|office(?= (?:ne|n'|won't|doesn't|license|licence|20))",
    "Zoom": r"zoom",
    "Webex": r"webex",
    "Google Meet": r"google meet|gmeet",
    "Slack": r"slack",
    "Skype": r"skype",
    "Chrome": r"(?:google )?chrome",
    "Firefox": r"firefox",
    "Edge": r"(?:microsoft )?edge",
    "Safari": r"safari",
    "Thunderbird": r"thunderbird",
    "Gmail": r"gmail",
    "Acrobat": r"(?:adobe )?acrobat(?: reader| dc| pro)*|adobe reader",
    "Photoshop": r"photoshop|illustrator|indesign|creative cloud",
    "AutoCAD": r"auto ?cad",
    "SAP": r"sap(?: gui)?",
    "Salesforce": r"salesforce",
    "Jira": r"jira",
    "Confluence": r"confluence",
    "ServiceNow": r"service ?now",
    "Citrix": r"citrix",
    "Sage": r"sage(?: \d+)?",
    "Remote Desktop": r"remote desktop|bureau a distance|rdp|mstsc",
    "TeamViewer": r"team ?viewer",
    "AnyDesk": r"any ?desk",
    "Authenticator": r"(?:microsoft |google |ms )?authenticator",
    "Visual Studio Code": r"vs ?code|visual studio(?: code)?",
    "Docker": r"docker",
    "Git": r"git(?:hub|lab)?",
    "Notion": r"notion",
    "Trello": r"trello",
    "Dropbox": r"dropbox",
    "WhatsApp": r"whatsapp",
}
_APPLICATION = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<a{n}>{words})" for n, words in enumerate(_APPLICATIONS.values())) + r")(?![\w-])"
)
_NAMES = tuple(_APPLICATIONS)


def equipment(text: str, plain: str) -> Iterator[Entity]:
    """Read os (windows|macos|linux|ios|android), os_version, device (English word) and application (product name)."""
    yield from _systems(text, plain)
    yield from _devices(text, plain)
    yield from _applications(text, plain)


def _systems(text: str, plain: str) -> Iterator[Entity]:
    """Read the first system that is not set aside, and its version where it is first told."""
    told = [match for match in _OS.finditer(plain) if not _set_aside(plain, match.start())]
    names = [next(name for name in _SYSTEMS if match[name]) for match in told]
    if not told:
        return
    name, (start, end) = names[0], told[0].span(names[0])
    yield Entity("os", name, text[start:end], start, end)
    group = f"{name}_v"
    for match in (match for match, other in zip(told, names, strict=True) if other == name and match[group]):
        start, end = match.start(group), max(match.end(group), match.end("build"))
        start += len(match[group]) - len(match[group].lstrip())
        yield Entity("os_version", " ".join(plain[start:end].upper().split()), text[start:end], start, end)
        return


def _set_aside(plain: str, place: int) -> bool:
    return _ASIDE.search(plain[max(0, place - 50) : place]) is not None


def _devices(text: str, plain: str) -> Iterator[Entity]:
    """Read the device spoken of; a named part or printer says more than "computer"."""
    found = [(match.lastgroup or "", match.span()) for match in _DEVICE.finditer(plain)]
    told = [one for one in found if one[0] != "computer"] or found
    for name, (start, end) in told[:1]:
        yield Entity("device", name, text[start:end], start, end)


def _applications(text: str, plain: str) -> Iterator[Entity]:
    seen: set[str] = set()
    for match in _APPLICATION.finditer(plain):
        name = _NAMES[int((match.lastgroup or "a0")[1:])]
        if name not in seen and not (name == "Word" and not _is_word(text, match)):
            seen.add(name)
            yield Entity("application", name, text[match.start() : match.end()], *match.span())


def _is_word(text: str, match: re.Match[str]) -> bool:
    """Tell the program from the word: "Word", "ms word", "sur word"."""
    before = text[max(0, match.start() - 12) : match.start()].lower()
    return (
        text[match.start()].isupper()
        or " " in match[0]
        or re.search(r"(?:sur|dans|de|avec|in|on|et|and) $", before) is not None
    )
