"""The Markdown tree that every channel tells, without orders; and which addresses may be followed."""

import re
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
LONGEST_ADDRESS = 2000  # characters; platforms refuse or cut longer ones
# What a terminal or a page could take as an order: control characters, and marks that reverse the reading direction.
ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# Raw HTML is text, pictures are links: nobody's message makes a page load something from elsewhere.
PARSER = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"]).disable(["image"])


def tree_of(document: str) -> SyntaxTreeNode:
    """Read a Markdown document; nothing a terminal could obey is left in it."""
    return SyntaxTreeNode(PARSER.parse(plain_words(document)))


def attribute(node: SyntaxTreeNode, name: str) -> str:
    """An attribute of a node as text, empty where it has none."""
    return str(node.attrs.get(name, ""))


def first_number(ordered_list: SyntaxTreeNode) -> int:
    """The number that a numbered list begins with."""
    start = attribute(ordered_list, "start")
    return int(start) if start.isdecimal() else 1


def plain_words(words: str) -> str:
    """A person's own words without anything a terminal could obey."""
    return ORDERS.sub("", words.replace("\r\n", "\n"))


def safe_address(address: str) -> str:
    """Give back an address that may be followed (web, mail, or a page of ours such as /privacy), else nothing."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme.lower() in SAFE_SCHEMES:
        return address
    own_page = not parts.scheme and not parts.netloc and address.startswith("/") and "\\" not in address
    return address if own_page else ""


def outside_address(address: str) -> str:
    """Give back a whole address of a page or a mailbox, as platforms accept it, else nothing."""
    if len(address) > LONGEST_ADDRESS or not safe_address(address):
        return ""
    parts = urlsplit(address)
    if parts.scheme.lower() == "mailto":
        return address if "@" in parts.path else ""
    return address if any(char.isalnum() for char in parts.hostname or "") else ""
