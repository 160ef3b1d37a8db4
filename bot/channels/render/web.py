"""A document as HTML for a page, a chat bubble or a mail."""

from collections.abc import Callable
from html import escape

from markdown_it.tree import SyntaxTreeNode

from .tree import ORDERS, attribute, safe_address, tree_of

TAGS = {
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


def web_html(document: str, outline: int = 0) -> str:
    """Tell a Markdown document as HTML that is safe to place in a page.

    Only the tags of this module come out, without any attribute but a checked `href` (and `start` on a list).
    `outline`: the level of its highest heading within the page; 0 = it has none, as a chat bubble.
    """
    tree = tree_of(document)
    levels = [int(node.tag[1:]) for node in tree.walk() if node.type == "heading"]
    return _node(tree, outline - min(levels) if outline and levels else None)


def web_text(words: str) -> str:
    """Tell a person's own words as HTML: what they typed, as they typed it, never read as markup."""
    lines = ORDERS.sub("", words.replace("\r\n", "\n")).split("\n")
    return "<p>" + "<br>".join(escape(line) for line in lines) + "</p>"


def _node(node: SyntaxTreeNode, lower: int | None) -> str:
    """Tell a node; its headings stand this much lower in the page, None = they are none there."""
    if node.type in LEAVES:
        return LEAVES[node.type](node)
    inner = "".join(_node(child, lower) for child in node.children)
    match node.type:
        case "link":
            return _link(node, inner)
        case "heading" if lower is not None:
            level = min(6, int(node.tag[1:]) + lower)
            return f"<h{level}>{inner}</h{level}>"
        case "heading":
            return f"<p><strong>{inner}</strong></p>"
        case "ordered_list":
            start = attribute(node, "start")
            return f'<ol start="{int(start)}">{inner}</ol>' if start.isdecimal() else f"<ol>{inner}</ol>"
        case "paragraph" if _tight(node):
            return inner
    tag = TAGS.get(node.type)
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _link(node: SyntaxTreeNode, inner: str) -> str:
    address = safe_address(attribute(node, "href"))
    if not address:
        return inner
    return f'<a href="{escape(address)}" target="_blank" rel="nofollow noopener noreferrer">{inner}</a>'


def _tight(paragraph: SyntaxTreeNode) -> bool:
    """Whether the paragraph is the line of a list item, which needs no space of its own."""
    return bool(paragraph.nester_tokens and paragraph.nester_tokens.opening.hidden)


def _code(node: SyntaxTreeNode) -> str:
    return f"<pre><code>{escape(node.content)}</code></pre>"


LEAVES: dict[str, Callable[[SyntaxTreeNode], str]] = {
    "text": lambda node: escape(node.content),
    "code_inline": lambda node: f"<code>{escape(node.content)}</code>",
    "fence": _code,
    "code_block": _code,
    "softbreak": lambda _: "<br>",
    "hardbreak": lambda _: "<br>",
    "hr": lambda _: "<hr>",
}
