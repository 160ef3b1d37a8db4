"""The widget as one script: its pieces in one scope, its style and its icons inside."""

import hashlib
import json
from dataclasses import dataclass
from importlib import resources

from bot.channels.web.limits import ENDINGS, FILE_LIMIT, TEXT_LIMIT

_PIECES = ("words.js", "line.js", "pieces.js", "element.js")


@dataclass(frozen=True, slots=True)
class Script:
    """The text of a script and the tag that browsers keep it under."""

    text: str
    etag: str


def widget_script() -> Script:
    """Put the widget together from the files of this package."""
    folder = resources.files("bot.channels.web") / "widget"
    style = json.dumps((folder / "style.css").read_text("utf-8"), ensure_ascii=False)
    limits = json.dumps({"text": TEXT_LIMIT, "file": FILE_LIMIT, "endings": ENDINGS})
    pieces = "\n".join((folder / piece).read_text("utf-8") for piece in _PIECES)
    text = f'(() => {{\n"use strict";\nconst STYLE = {style};\nconst LIMITS = {limits};\n{pieces}\n}})();\n'
    return Script(text, f'"{hashlib.sha256(text.encode()).hexdigest()[:24]}"')
