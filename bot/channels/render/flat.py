"""A document as a flat row of blocks with styled runs: for chats, which style ranges of a text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from markdown_it.tree import SyntaxTreeNode

from .tree import attribute, first_number, outside_address, plain_words, tree_of

Style = Literal["bold", "italic", "strike", "code"]
STYLES: dict[str, Style] = {"strong": "bold", "em": "italic", "s": "strike"}
RULE = "———"
INDENT = "   "


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in one style, leading to one address if any."""

    text: str
    styles: frozenset[Style] = frozenset()
    address: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, the first lines of a list item, or code."""

    runs: tuple[Run, ...]
    kind: Literal["text", "item", "code"] = "text"
    depth: int = 0  # how many lists it stands in
    number: int | None = None  # of an item; None = it has a bullet
    quoted: bool = False
    close: bool = False  # follows the one before without an empty line

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(run.text for run in self.runs)


def flat_blocks(document: str) -> tuple[Block, ...]:
    """Lay a Markdown document out flat."""
    return tuple(block for block in _blocks(tree_of(document).children, Block(())) if block.runs)


def word_blocks(words: str) -> tuple[Block, ...]:
    """Lay a person's own words out flat, never read as markup: a block for each paragraph."""
    paragraphs = (part.strip("\n") for part in plain_words(words).split("\n\n"))
    return tuple(Block((Run(part),)) for part in paragraphs if part.strip())


def _blocks(nodes: Iterable[SyntaxTreeNode], place: Block) -> Iterator[Block]:
    """Lay nodes out; `place`: an empty block as deep and as quoted as they stand."""
    for node in nodes:
        match node.type:
            case "bullet_list" | "ordered_list":
                yield from _items(node, place)
            case "blockquote":
                yield from _blocks(node.children, replace(place, quoted=True))
            case "fence" | "code_block":
                yield replace(place, kind="code", runs=_filled([Run(node.content.rstrip("\n"))]))
            case "table":
                yield replace(place, runs=_filled(_rows(node)))
            case "hr":
                yield replace(place, runs=(Run(RULE),))
            case "heading":
                yield replace(place, runs=_filled(_inline(node.children, Run("", frozenset({"bold"})))))
            case _:
                yield replace(place, runs=_filled(_inline(node.children, Run(""))))


def _items(node: SyntaxTreeNode, place: Block) -> Iterator[Block]:
    first = first_number(node)
    for count, item in enumerate(node.children):
        number = first + count if node.type == "ordered_list" else None
        line = replace(place, kind="item", depth=place.depth + 1, number=number, close=place.close or count > 0)
        later = replace(line, kind="text", number=None, close=True)
        children = list(item.children)
        runs = _filled(_inline(children.pop(0).children, Run(""))) if _begins_with_words(children) else ()
        yield replace(line, runs=runs or (Run(" "),))
        yield from _blocks(children, later)


def _begins_with_words(children: list[SyntaxTreeNode]) -> bool:
    return bool(children) and children[0].type == "paragraph"


def _rows(table: SyntaxTreeNode) -> Iterator[Run]:
    for line, row in enumerate(row for group in table.children for row in group.children):
        styles: frozenset[Style] = frozenset() if line else frozenset({"bold"})
        for place, cell in enumerate(row.children):
            yield Run(" | " if place else "\n" if line else "")
            yield from _inline(cell.children, Run("", styles))


def _inline(nodes: Iterable[SyntaxTreeNode], like: Run) -> Iterator[Run]:
    """Lay inline nodes out, styled `like` what they stand in."""
    for node in nodes:
        match node.type:
            case "text":
                yield replace(like, text=node.content)
            case "code_inline":
                yield replace(like, text=node.content, styles=like.styles | {"code"})
            case "softbreak" | "hardbreak":
                yield replace(like, text="\n")
            case "link":
                yield from _inline(node.children, replace(like, address=outside_address(attribute(node, "href"))))
            case kind:
                styles = like.styles | {STYLES[kind]} if kind in STYLES else like.styles
                yield from _inline(node.children, replace(like, styles=styles))


def _filled(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join neighbours of one style, drop empty ones; nothing where only spaces are left."""
    joined: list[Run] = []
    for run in runs:
        if joined and replace(run, text="") == replace(joined[-1], text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        elif run.text:
            joined.append(run)
    return tuple(joined) if any(run.text.strip() for run in joined) else ()


def indent(block: Block, text: str) -> str:
    """Put the mark of a list item before its text, and later lines under it."""
    if not block.depth:
        return text
    space = INDENT * block.depth
    mark = "" if block.kind != "item" else "• " if block.number is None else f"{block.number}. "
    first = INDENT * (block.depth - 1) + mark if mark else space
    return first + text.replace("\n", "\n" + space)
