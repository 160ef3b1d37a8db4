"""A tree of HTML told as plain text, with `>` before what is quoted; no style is followed but what hides."""

import re

from lxml import etree

_SKIPPED = {"head", "script", "style", "title", "template", "noscript", "object", "svg", "math", "select", "button"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
_AIRY = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dl", "table", "blockquote"}  # an empty line on both sides
_HIDDEN = re.compile(r"display:none|visibility:hidden|mso-hide:all|font-size:0(?:px|pt)?(?:;|$)")
_QUOTES = {"gmail_quote", "protonmail_quote", "tutanota_quote"}
_DEEPEST = 9  # marks before a line; more says nothing
_BLANK = re.compile(r"[ \t\r\n\f]+")
_LINK = re.compile(r"https?://\S", re.IGNORECASE)
_BARE = re.compile(r"^https?://(?:www\.)?|/$")
_MOST_LINK = 500  # characters; longer addresses are there to count clicks
_SHORT = 4  # characters of a picture's words: an emoji, not "image001.png"


def quotes(element: etree._Element) -> bool:
    """Tell whether an element is a block that the writer's program quoted; people indent with blockquotes too."""
    if element.tag != "blockquote":
        return False
    return element.get("type", "").lower() == "cite" or bool(_QUOTES & set(element.get("class", "").lower().split()))


class Telling:
    """Tells one tree; made anew for each."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._breaks = 0  # line ends owed before the next word
        self._gap = ""  # blank owed on the same line
        self._depth = 0
        self._kept = 0  # open elements whose blanks and line ends are meant
        self._counts: list[int] = []  # of the lists that are open; negative: no numbers

    def of(self, root: etree._Element) -> str:
        """Tell the tree."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if not isinstance(element.tag, str):  # a comment or an instruction
                self._write(element.tail if event == "end" and element is not root else None)
            elif event == "end":
                self._close(element)
                self._write(element.tail if element is not root else None)
            elif element.tag in _SKIPPED or _HIDDEN.search(element.get("style", "").lower().replace(" ", "")):
                element.text = None
                walk.skip_subtree()
            else:
                self._open(element)
        return "".join(self._out)

    def _open(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag == "br":
            self._breaks = min(self._breaks + 1, 2)
        elif tag in _BLOCKS:
            self._break(_air(element))
        self._depth += quotes(element)
        self._kept += tag == "pre"
        if tag in ("ul", "ol"):
            self._counts.append(0 if tag == "ol" else -1_000_000)
        elif tag == "li" and self._counts:
            self._counts[-1] += 1
            self._write(f"{self._counts[-1]}. " if self._counts[-1] > 0 else "- ")
        elif tag == "hr":
            self._write("---")
        elif tag == "img" and 0 < len(words := element.get("alt", "").strip()) <= _SHORT:
            self._write(words)
        self._write(element.text)

    def _close(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag == "a" and (address := _told_link(element)):
            self._write(f" <{address}>")
        if tag in ("ul", "ol"):
            self._counts.pop()
        elif tag in ("td", "th"):
            self._gap = "  "
        self._kept -= tag == "pre"
        self._depth -= quotes(element)
        if tag in _BLOCKS:
            self._break(_air(element))

    def _break(self, lines: int) -> None:
        self._breaks = max(self._breaks, lines)

    def _write(self, text: str | None) -> None:
        if not text:
            return
        if self._kept:
            for number, line in enumerate(text.split("\n")):
                self._breaks += number > 0
                self._put(line)
            return
        words = _BLANK.sub(" ", text)
        if not words.strip():
            if self._breaks and "\xa0" in words:  # how editors write an empty line
                self._breaks = 2
            self._gap = self._gap or " "
            return
        self._gap = self._gap or (" " if words[0] == " " else "")
        self._put(words.strip(" "))
        self._gap = " " if words[-1] == " " else ""

    def _put(self, words: str) -> None:
        if not words:
            return
        mark = "> " * min(self._depth, _DEEPEST)
        if self._breaks and self._out:
            self._out.append(f"\n{mark.rstrip()}" * (self._breaks - 1) + "\n")
        if self._breaks or not self._out:
            self._out.append(mark)
        else:
            self._out.append(self._gap)
        self._breaks, self._gap = 0, ""
        self._out.append(words)


def _air(element: etree._Element) -> int:
    """Line ends around a block; Outlook and web mail write each line as a paragraph without margin."""
    if element.tag not in _AIRY or element.getparent() is None:
        return 1
    bare = "msonormal" in element.get("class", "").lower() or "margin:0" in element.get("style", "").replace(" ", "")
    return 1 if bare else 2


def _told_link(element: etree._Element) -> str:
    """The address of a link whose words are others."""
    address = element.get("href", "").strip()
    words = "".join(element.itertext()).strip()
    if not words or not _LINK.match(address) or len(address) > _MOST_LINK:
        return ""
    return "" if _BARE.sub("", words.lower()) == _BARE.sub("", address.lower()) else _BLANK.sub("", address)
