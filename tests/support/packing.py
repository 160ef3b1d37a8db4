"""Small packs written to a folder, for tests of what is wrong in them."""

from pathlib import Path

FLOWS = """\
flows:
  vpn:
    description: The VPN does not connect.
    name: {en: VPN, fr: VPN}
    team: network
    nlu_trigger:
      - intent: vpn
    steps:
      - id: os
        collect: os
      - propose: vpn-quit
      - propose: vpn-wait
      - propose: vpn-restart
      - escalate: {reason: fix_failed}
"""
DOMAIN = """\
version: "3.1"
slots:
  os:
    type: categorical
    values: [windows, macos]
    words:
      macos: [mac]
responses:
  utter_ask_os:
    - text: Which system?
      translation: {fr: Quel système\u00a0?}
      buttons:
        - {title: Windows, translation: {fr: Windows}, payload: /SetSlots(os=windows)}
actions: [action_look]
"""
CODES = """\
codes:
  - code: "809"
    topic: vpn
    branch: hotspot
    meaning: {en: no answer, fr: pas de réponse}
    source: the maker's page
    checked: 2026-11-22
"""
ARTICLE = "---\ntitle: {title}\nversion: 1\ntopic: vpn\nfix: fix\nminutes: 2\n{more}---\n1. {title}.\n"
NEEDS = "needs: [admin, presence]\n"
PHRASES = ("the vpn fails", "no vpn", "vpn down", "my vpn stopped", "vpn error")


def write_pack(folder: Path, **parts: str) -> Path:
    """Write a pack that is in order; `flows`, `domain`, `codes` or `nlu` replace the one it has."""
    texts = {"flows": FLOWS, "domain": DOMAIN, "codes": CODES, **parts}
    folder.mkdir(parents=True, exist_ok=True)
    for part, text in texts.items():
        (folder / f"{part}.yml").write_text(text, encoding="utf-8")
    (folder / "articles").mkdir(exist_ok=True)
    for name, more in {"vpn-quit": "", "vpn-wait": "", "vpn-restart": "", "vpn-admin": NEEDS}.items():
        for lang, title in (("en", "Quit"), ("fr", "Quitter")):
            (folder / "articles" / f"{name}.{lang}.md").write_text(
                ARTICLE.format(title=title, more=more), encoding="utf-8"
            )
    if "nlu" not in parts:
        (folder / "nlu").mkdir(exist_ok=True)
        for lang in ("en", "fr"):
            phrases = "".join(f"      - {phrase}\n" for phrase in PHRASES)
            text = f"version: '3.1'\nnlu:\n  - intent: vpn\n    examples: |\n{phrases}"
            (folder / "nlu" / f"{lang}.yml").write_text(text, encoding="utf-8")
    return folder
