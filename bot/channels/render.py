"""One Markdown document, told in each channel's own markup over one syntax tree; nothing in it can inject anything."""

import re
from collections.abc import Callable, Iterable
from html import escape
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
# What a terminal or a page could take as an order: control characters, and marks that reverse the reading direction.
ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# Raw HTML is text, pictures are links: nobody's message makes a page load something from elsewhere.
PARSER = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"]).disable(["image"])

WEB_TAGS = {
    "paragraph": "p",
    "strong": "strong",
    "em": "em",
    "s": "s",
    "bullet_list": "ul",
    "list_item": "li",
    "blockquote": "blockquote",
    "table": "table",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
    "th": "th",
    "td": "td",
}

Write = Callable[[SyntaxTreeNode], str]


def web_html(document: str, outline: int = 0) -> str:
    """Tell a Markdown document as HTML that is safe to place in a page.

    Only the tags of this module come out, without any attribute but a checked `href` (and `start` on a list).
    `outline`: the level of its highest heading within the page; 0 = it has none, as a chat bubble.
    """
    tree = _tree(document)
    levels = [int(node.tag[1:]) for node in tree.walk() if node.type == "heading"]
    return _web_node(tree, outline - min(levels) if outline and levels else None)


def web_text(words: str) -> str:
    """Tell a person's own words as HTML: what they typed, as they typed it, never read as markup."""
    lines = ORDERS.sub("", words.replace("\r\n", "\n")).split("\n")
    return "<p>" + "<br>".join(escape(line) for line in lines) + "</p>"


def terminal_text(document: str) -> str:
    """Tell a Markdown document as plain lines: bullets, numbers, "label (address)"; no escape sequence survives."""
    return _terminal_blocks(_tree(document).children).strip("\n")


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


def _tree(document: str) -> SyntaxTreeNode:
    return SyntaxTreeNode(PARSER.parse(ORDERS.sub("", document.replace("\r\n", "\n"))))


def _attribute(node: SyntaxTreeNode, name: str) -> str:
    return str(node.attrs.get(name, ""))


# -- the page


def _web_node(node: SyntaxTreeNode, lower: int | None) -> str:
    """Tell a node; its headings stand this much lower in the page, None = they are none there."""
    if node.type in WEB_LEAVES:
        return WEB_LEAVES[node.type](node)
    inner = "".join(_web_node(child, lower) for child in node.children)
    match node.type:
        case "link":
            return _web_link(node, inner)
        case "heading" if lower is not None:
            level = min(6, int(node.tag[1:]) + lower)
            return f"<h{level}>{inner}</h{level}>"
        case "heading":
            return f"<p><strong>{inner}</strong></p>"
        case "ordered_list":
            start = _attribute(node, "start")
            return f'<ol start="{int(start)}">{inner}</ol>' if start.isdecimal() else f"<ol>{inner}</ol>"
        case "paragraph" if _tight(node):
            return inner
    tag = WEB_TAGS.get(node.type)
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _web_link(node: SyntaxTreeNode, inner: str) -> str:
    address = safe_address(_attribute(node, "href"))
    if not address:
        return inner
    return f'<a href="{escape(address)}" target="_blank" rel="nofollow noopener noreferrer">{inner}</a>'


def _tight(paragraph: SyntaxTreeNode) -> bool:
    """Whether the paragraph is the line of a list item, which needs no space of its own."""
    return bool(paragraph.nester_tokens and paragraph.nester_tokens.opening.hidden)


def _web_code(node: SyntaxTreeNode) -> str:
    return f"<pre><code>{escape(node.content)}</code></pre>"


WEB_LEAVES: dict[str, Write] = {
    "text": lambda node: escape(node.content),
    "code_inline": lambda node: f"<code>{escape(node.content)}</code>",
    "fence": _web_code,
    "code_block": _web_code,
    "softbreak": lambda _: "<br>",
    "hardbreak": lambda _: "<br>",
    "hr": lambda _: "<hr>",
}

# -- the terminal


def _terminal_blocks(nodes: Iterable[SyntaxTreeNode]) -> str:
    return "\n\n".join(block for node in nodes if (block := _terminal_block(node)))


def _terminal_block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "bullet_list":
            return _terminal_items(node, lambda _: "• ")
        case "ordered_list":
            start = _attribute(node, "start")
            first = int(start) if start.isdecimal() else 1
            return _terminal_items(node, lambda place: f"{first + place}. ")
        case "blockquote":
            return _indented(_terminal_blocks(node.children), "│ ", "│ ")
        case "fence" | "code_block":
            return _indented(node.content.rstrip("\n"), "    ", "    ")
        case "table":
            return "\n".join(_terminal_row(row) for group in node.children for row in group.children)
        case "hr":
            return "—" * 3
        case _:
            return "".join(_terminal_inline(child) for child in node.children)


def _terminal_items(node: SyntaxTreeNode, mark: Callable[[int], str]) -> str:
    items = []
    for place, item in enumerate(node.children):
        sign = mark(place)
        blocks = (_terminal_block(child) for child in item.children)
        items.append(_indented("\n".join(block for block in blocks if block), sign, " " * len(sign)))
    return "\n".join(items)


def _terminal_row(row: SyntaxTreeNode) -> str:
    return " | ".join("".join(_terminal_inline(child) for child in cell.children) for cell in row.children)


def _terminal_inline(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text":
            return node.content
        case "code_inline":
            return f"`{node.content}`"
        case "softbreak" | "hardbreak":
            return "\n"
        case "link":
            return _terminal_link(node)
        case _:
            return "".join(_terminal_inline(child) for child in node.children)


def _terminal_link(node: SyntaxTreeNode) -> str:
    label = "".join(_terminal_inline(child) for child in node.children)
    address = safe_address(_attribute(node, "href"))
    return label if not address or label in address else f"{label} ({address})"


def _indented(text: str, first: str, later: str) -> str:
    return "\n".join((later if place else first) + line for place, line in enumerate(text.split("\n")))
