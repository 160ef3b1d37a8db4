"""HTML mail as text, and the cut at what mail programs mark as quoted or as a signature."""

import re

import lxml.html
from lxml import etree

from .charsets import plain
from .limits import MOST_HTML
from .telling import Telling, quotes

_TAG = re.compile(r"<[^<>]{0,2000}>")

# Gmail, Apple Mail, Thunderbird and Proton quote in blockquotes: answers written between them stay. Yahoo and Zoho wrap
# all they quote; Outlook, Hotmail and Zimbra put it below a mark.
_MARKED = {"gmail_attr", "moz-cite-prefix", "yahoo_quoted", "zmail_extra"}
_SIGNATURES = {
    "gmail_signature", "gmail_signature_prefix", "moz-signature", "ms-outlook-mobile-signature", "signature",
    "composer_signature", "protonmail_signature_block-user", "protonmail_signature_block",
}  # fmt: skip
_LAST = {
    "appendonsend", "divrplyfwdmsg", "stopspelling", "olk_src_body_section", "reply-intro", "zwchr",
    "mail-editor-reference-message-container",
}  # fmt: skip
_MARKERS = {"__quoted_text__", "__headers__", "__divider__"}  # of Zimbra
_OUTLOOK_RULE = re.compile(r"border:none;border-top:solid#?\w{3,12}1\.0pt")
_HEADER_LINES = 3  # "From: ... Sent: ... To: ..." below Outlook's rule


class Page:
    """An HTML body, read once; `text` tells it, before and after `cut`."""

    def __init__(self, html: str) -> None:
        self._html = plain(html[:MOST_HTML])
        self._root = _tree(self._html)

    def text(self) -> str:
        """Tell what a reader sees."""
        told = "" if self._root is None else Telling().of(self._root)
        if not told.strip() and self._root is None:
            told = _TAG.sub(" ", self._html)
        told = re.sub(r"[ \t]+$", "", told, flags=re.MULTILINE)
        return re.sub(r"\n{3,}", "\n\n", told).strip()

    def cut(self) -> None:
        """Take out what mail programs mark as quoted, and the signatures they mark."""
        if self._root is None:
            return
        for element in list(self._root.iter(etree.Element)):
            if _is_last(element):
                _drop_from(element)
                return
            if _is_marked(element) or quotes(element):
                _drop(element)


def _tree(html: str) -> etree._Element | None:
    parser = lxml.html.HTMLParser(encoding="utf-8", recover=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(html.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):  # nothing in it
        return None


def _names(element: etree._Element) -> set[str]:
    """Id and classes, in small letters."""
    return set(f"{element.get('class', '')} {element.get('id', '')}".lower().split())


def _is_marked(element: etree._Element) -> bool:
    names = _names(element)
    return bool(names & _MARKED or names & _SIGNATURES)


def _is_last(element: etree._Element) -> bool:
    """Tell whether all from this element on is quoted."""
    if element.get("id", "").lower() in _LAST or element.get("data-marker", "").lower() in _MARKERS:
        return True
    style = element.get("style", "").lower().replace(" ", "")
    return bool(_OUTLOOK_RULE.search(style)) and "".join(element.itertext()).count(":") >= _HEADER_LINES


def _drop(element: etree._Element) -> None:
    """Take an element out; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before, tail = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _drop_from(element: etree._Element) -> None:
    """Take out an element and all that follows it."""
    node: etree._Element | None = element
    while node is not None and (parent := node.getparent()) is not None:
        for later in list(node.itersiblings()):
            parent.remove(later)
        node.tail = None
        node = parent
    element.tail = None
    _drop(element)
