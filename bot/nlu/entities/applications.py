"""Applications by name; a name that is a word as well ("teams", "zoom", "edge") must not be used as one."""

import re
from collections.abc import Iterator

from bot.dialog.understanding import Entity

_NAMES = {
    "Cisco Secure Client": r"(?:cisco )?(?:secure client|any ?connect)|cisco vpn|vpn cisco",
    "GlobalProtect": r"global ?protect|palo ?alto",
    "FortiClient": r"forti ?client|forti ?net|forti(?: ?vpn)?|fortigate",
    "OpenVPN": r"open ?vpn",
    "WireGuard": r"wire ?guard",
    "Pulse Secure": r"pulse secure|ivanti",
    "Zscaler": r"zscaler",
    "Outlook": r"outlook|owa",
    "Teams": r"(?:microsoft |ms )?teams",
    "OneDrive": r"one ?drive",
    "SharePoint": r"share ?point",
    "OneNote": r"one ?note",
    "Excel": r"(?:microsoft |ms )?excel",
    "PowerPoint": r"power ?point|ppt",
    "Word": r"(?:microsoft |ms )?word",
    "Power BI": r"power ?bi",
    "Microsoft 365": r"(?:microsoft|office|m|o) ?365|office(?= (?:ne|n'|won't|doesn't|license|licence|20))",
    "Zoom": r"zoom",
    "Webex": r"webex",
    "Google Meet": r"google meet|gmeet",
    "Slack": r"slack",
    "Skype": r"skype",
    "Chrome": r"(?:google )?chrome",
    "Firefox": r"firefox",
    "Edge": r"(?:microsoft |ms )?edge",
    "Safari": r"safari",
    "Opera": r"opera",
    "Thunderbird": r"thunderbird",
    "Gmail": r"gmail",
    "Acrobat": r"(?:adobe )?acrobat(?: reader| dc| pro){0,3}|adobe reader",
    "Photoshop": r"photoshop",
    "Illustrator": r"illustrator",
    "InDesign": r"indesign",
    "Creative Cloud": r"creative cloud",
    "AutoCAD": r"auto ?cad",
    "SolidWorks": r"solid ?works",
    "SAP": r"sap(?: gui)?",
    "Salesforce": r"salesforce",
    "Dynamics": r"(?:microsoft |ms )?dynamics(?: 365)?",
    "Jira": r"jira",
    "Confluence": r"confluence",
    "ServiceNow": r"service ?now",
    "Citrix": r"citrix",
    "VMware": r"vmware",
    "Sage": r"sage(?: \d{1,4})?",
    "Cegid": r"cegid",
    "Odoo": r"odoo",
    "Workday": r"workday",
    "DocuSign": r"docusign",
    "Remote Desktop": r"remote desktop|bureau a distance|rdp|mstsc",
    "TeamViewer": r"team ?viewer",
    "AnyDesk": r"any ?desk",
    "Authenticator": r"(?:microsoft |google |ms )?authenticator",
    "KeePass": r"keepass(?:xc)?",
    "LibreOffice": r"libre ?office",
    "Visual Studio Code": r"vs ?code|visual studio(?: code)?",
    "Docker": r"docker",
    "Git": r"git(?:hub|lab)?",
    "Notion": r"notion",
    "Trello": r"trello",
    "Dropbox": r"dropbox",
    "WhatsApp": r"whatsapp",
}
_APPLICATION = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<a{n}>{words})" for n, words in enumerate(_NAMES.values())) + r")(?![\w-])"
)
_ORDERED = tuple(_NAMES)
# Names that are words: what stands before (to the end of `before`) or after (from its beginning) when they are used so.
_AS_WORDS = {
    "Teams": (
        r"(?:both|the|two|three|four|our|other|all|several|\d|these|those|their|between|different|which|some|many)",
        "",
    ),
    "Zoom": (r"(?:un|le|du|fort|a|please|ctrl|and)", r"(?:in|out|level|arriere|avant)(?! (?:teams|outlook))"),
    "Slack": (r"(?:some|any|the|a|no|me)", r"(?:off|time)"),
    "Excel": (r"(?:i|we|you|they|to|who|really|will)", r"(?:at|as)"),
    "Edge": (r"(?:an|cutting|leading|bleeding|(?:on|over|at|to|from|near) the)", r"(?:of|case)"),
    "Word": (r"(?:a|the|this|that|one|each|every|last|first|my|your|key|no|in a|mot)", r"(?:of|for|count)"),
    "Safari": (r"(?:on|a|un|le)", ""),
    "Chrome": ("", r"(?:plated|finish)"),
    "Sage": (r"(?:est|etre|very|plus|tres|wise)", r"(?:advice|decision|femme)"),
    "Opera": (r"(?:l'|d'|a l'|an|the|en)", ""),
    "Notion": (r"(?:no|a|the|une|la|aucune|some|any|des|les|cette|de)", r"(?:of|de|d'|que|that)"),
    "Confluence": (r"(?:la|the|a|une)", r"(?:of|de|des|du)"),
    "Outlook": (r"(?:an|good|bad|gloomy|economic|positive|negative)", r"(?:for the|for 20)"),
}
_USED = {
    name: (
        re.compile(rf"(?<![\w'-]){before} ?$" if before else r"(?!)"),
        re.compile(rf" {after}(?!\w)" if after else r"(?!)"),
    )
    for name, (before, after) in _AS_WORDS.items()
}
_BEFORE = 14  # characters before a name that tell the word
_PROGRAM = re.compile(r" (?:app|application|call|meeting|client|browser|file|window|plante|crash)")


def applications(text: str, plain: str) -> Iterator[Entity]:
    """Read application (product name), each once."""
    seen: set[str] = set()
    for match in _APPLICATION.finditer(plain):
        name = _ORDERED[int((match.lastgroup or "a0")[1:])]
        if name not in seen and not _is_word(name, text, plain, match):
            seen.add(name)
            yield Entity("application", name, text[match.start() : match.end()], *match.span())


def _is_word(name: str, text: str, plain: str, match: re.Match[str]) -> bool:
    """Tell the word from the program; a capital within a sentence and a name in full are the program's."""
    if name not in _USED or " " in match[0] or _PROGRAM.match(plain, match.end()):
        return False
    before = plain[max(0, match.start() - _BEFORE) : match.start()]
    if text[match.start()].isupper() and re.search(r"\w[\s,]{1,2}$", before):
        return False
    told_before, told_after = _USED[name]
    return told_before.search(before) is not None or told_after.match(plain, match.end()) is not None
