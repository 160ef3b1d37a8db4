"""The widget as one script: its pieces in one scope, its style and its icons inside."""

import json
from importlib import resources

from bot.channels.web.limits import ENDINGS, FILE_LIMIT, TEXT_LIMIT

_PIECES = ("words.js", "line.js", "pieces.js", "panel.js", "element.js")


def widget_script() -> str:
    """Put the widget together from the files of this package."""
    folder = resources.files("bot.channels.web") / "widget"
    style = json.dumps((folder / "style.css").read_text("utf-8"), ensure_ascii=False)
    limits = json.dumps({"text": TEXT_LIMIT, "file": FILE_LIMIT, "endings": ENDINGS})
    pieces = "\n".join((folder / piece).read_text("utf-8") for piece in _PIECES)
    return f'(() => {{\n"use strict";\nconst STYLE = {style};\nconst LIMITS = {limits};\n{pieces}\n}})();\n'
