"""Clean HTML told as Markdown: markdownify, with what it lets through or cannot tell put right."""

import re
from typing import Any

from bs4.element import NavigableString, PreformattedString, Tag
from markdownify import ATX, MarkdownConverter

Parents = set[str]
REMOVED_NAME = "removed"  # the name of elements that are not told

_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
# What would begin a block where a line begins: a heading, an item, a quotation, a rule, a fence.
_BLOCK = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[+-](?=\s|$)|[-=]{2,}(?=\s*$)|>|~~~)", re.MULTILINE)
_NUMBER = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # inside a word it means nothing
_BARE_PIPE = re.compile(r"(?<!\\)\|")
_TICKS = re.compile(r"`+")
_LINE = re.compile(r"^(?=.)", re.MULTILINE)
_MANY_LINES = re.compile(r"\n{3,}")


def markdown(body: Tag) -> str:
    """Tell an element made plain by `cleaned`; no tag of it survives."""
    told = _Converter(heading_style=ATX, autolinks=False, wrap=True, wrap_width=None).convert_soup(body)
    lines = "\n".join(line.rstrip() if line.strip() else "" for line in told.split("\n"))
    return _MANY_LINES.sub("\n\n", lines).strip()


class _Converter(MarkdownConverter):
    """markdownify calls `convert_TAG` for each element, its inside told already.

    `wrap` without a width makes one line of a paragraph's source lines: channels show line ends as they stand.
    """

    def process_tag(self, node: Tag, parent_tags: Parents | None = None) -> str:
        """Tell an element and what is in it."""
        return "" if node.name == REMOVED_NAME else str(super().process_tag(node, parent_tags))  # type: ignore[misc]

    def process_text(self, el: NavigableString, parent_tags: Parents | None = None) -> str:
        """Tell words; comments and declarations are nobody's."""
        return "" if isinstance(el, PreformattedString) else str(super().process_text(el, parent_tags))  # type: ignore[misc]

    def escape(self, text: str, parent_tags: Parents) -> str:
        """Make words mean themselves; a tag that a text speaks of stays readable as text."""
        text = text.replace("\\", "\\\\")
        text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
        text = re.sub(r"([\[\]`*])", r"\\\1", text).replace("~~", r"\~~")
        text = _UNDERSCORE.sub(r"\\_", text)
        return _NUMBER.sub(r"\1\\\2", _BLOCK.sub(r"\1\\\2", text))

    def convert_li(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """An item with its number, which `cleaned` has counted."""
        text = (text or "").strip()
        if not text:
            return "\n"
        number = el.get("value")
        mark = f"{number}. " if number and el.parent is not None and el.parent.name == "ol" else "- "
        return mark + _LINE.sub(" " * len(mark), text).lstrip() + "\n"

    def convert_a(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A link whose address `cleaned` has checked; on one line, since a line end would break it."""
        href = el.get("href")
        words = " ".join(text.split())
        if not href or not words or "_noformat" in parent_tags:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{before and ' '}[{words}]({href}){after and ' '}"

    def convert_pre(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Code, fenced by more ticks than it holds: nothing in it can end it."""
        if not text.strip():
            return ""
        ticks = max((len(run) for run in _TICKS.findall(text)), default=0)
        if "_inline" in parent_tags:
            fence = "`" * (ticks + 1)
            return f" {fence} {' '.join(text.split())} {fence} "
        fence = "`" * max(3, ticks + 1)
        code = text.strip("\n")
        return f"\n\n{fence}\n{code}\n{fence}\n\n"

    def convert_code(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Code within a line: on one line, since an empty one would end it and let its words mean something."""
        code = " ".join(text.split())
        if not code or "_noformat" in parent_tags:
            return text
        fence = "`" * (max((len(run) for run in _TICKS.findall(code)), default=0) + 1)
        pad = " " if code.startswith("`") or code.endswith("`") else ""
        before, after = text[:1].isspace() and " ", text[-1:].isspace() and " "
        return f"{before or ''}{fence}{pad}{code}{pad}{fence}{after or ''}"

    convert_kbd = convert_samp = convert_code

    def convert_td(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A cell; what parts cells means itself in it."""
        return " " + _BARE_PIPE.sub(r"\\|", " ".join(text.split())) + " |" * _span(el)

    def convert_th(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A cell of the head."""
        return self.convert_td(el, text, parent_tags)

    def convert_dt(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A term, in bold: Markdown has no lists of terms."""
        words = " ".join(text.split())
        return f"\n\n**{words}**\n\n" if words else ""

    def convert_dd(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """What the term means, as a paragraph."""
        return f"\n\n{text.strip()}\n\n"

    convert_summary = convert_dt

    def convert_img(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Nothing: `cleaned` has put the words of a picture in its place."""
        return ""


def _span(cell: Tag) -> int:
    told: Any = cell.get("colspan")
    return min(int(told), 20) if told and str(told).isdecimal() and len(str(told)) < 4 else 1
