"""A document as plain lines, for a terminal and for the text of a mail."""

from collections.abc import Callable, Iterable

from markdown_it.tree import SyntaxTreeNode

from .tree import attribute, first_number, safe_address, tree_of


def terminal_text(document: str) -> str:
    """Tell a Markdown document as plain lines: bullets, numbers, "label (address)"; no escape sequence survives."""
    return _blocks(tree_of(document).children).strip("\n")


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> str:
    return "\n\n".join(block for node in nodes if (block := _block(node)))


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "bullet_list":
            return _items(node, lambda _: "• ")
        case "ordered_list":
            first = first_number(node)
            return _items(node, lambda place: f"{first + place}. ")
        case "blockquote":
            return _indented(_blocks(node.children), "│ ", "│ ")
        case "fence" | "code_block":
            return _indented(node.content.rstrip("\n"), "    ", "    ")
        case "table":
            return "\n".join(_row(row) for group in node.children for row in group.children)
        case "hr":
            return "—" * 3
        case _:
            return "".join(_inline(child) for child in node.children)


def _items(node: SyntaxTreeNode, mark: Callable[[int], str]) -> str:
    items = []
    for place, item in enumerate(node.children):
        sign = mark(place)
        blocks = (_block(child) for child in item.children)
        items.append(_indented("\n".join(block for block in blocks if block), sign, " " * len(sign)))
    return "\n".join(items)


def _row(row: SyntaxTreeNode) -> str:
    return " | ".join("".join(_inline(child) for child in cell.children) for cell in row.children)


def _inline(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text":
            return node.content
        case "code_inline":
            return f"`{node.content}`"
        case "softbreak" | "hardbreak":
            return "\n"
        case "link":
            return _link(node)
        case _:
            return "".join(_inline(child) for child in node.children)


def _link(node: SyntaxTreeNode) -> str:
    label = "".join(_inline(child) for child in node.children)
    address = safe_address(attribute(node, "href"))
    return label if not address or label in address else f"{label} ({address})"


def _indented(text: str, first: str, later: str) -> str:
    return "\n".join((later if place else first) + line for place, line in enumerate(text.split("\n")))
