"""A document as Telegram's HTML, in parts that Telegram accepts.

HTML has three characters to escape, MarkdownV2 has eighteen. Only b, i, s, code, pre, a and blockquote come out.
Telegram takes `@name` in any text for a mention, in groups a ping: an invisible word joiner after the @ prevents it.
Addresses other than http and https it drops without a word, so that a mailbox is told in brackets.
"""

import re
from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby

from .flat import Block, Run, flat_blocks, indent, word_blocks
from .splitting import packed, units

LIMIT = 4096  # UTF-16 code units after the tags are read
BYTES = 32768  # of the HTML itself
ENTITIES = 100  # styled ranges in a message; further ones lose their style
# The first is the innermost.
TAGS = {"code": "code", "strike": "s", "italic": "i", "bold": "b"}
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
# A name does not follow a letter: "a@b" is a mailbox.
MENTION = re.compile("(?<![A-Za-z0-9_])@")
WORD_JOINER = "\u2060"

Write = Callable[[Block], str]


def telegram_parts(document: str) -> tuple[str, ...]:
    """Tell a Markdown document as messages in Telegram's HTML, none for an empty one."""
    return tuple(_html_part(part) for part in _packed(flat_blocks(document)))


def telegram_plain(document: str) -> tuple[str, ...]:
    """Tell the same messages without any markup, one for each of `telegram_parts`: for "can't parse entities"."""
    return tuple(_joined(part, _plain) for part in _packed(flat_blocks(document)))


def telegram_words(words: str) -> tuple[str, ...]:
    """Tell a person's own words as messages in Telegram's HTML: as they typed them, never read as markup."""
    return tuple(_html_part(part) for part in _packed(word_blocks(words)))


def without_mentions(text: str) -> str:
    """Break every `@name` invisibly; within an address the @ is encoded instead, so that it still leads there."""
    encoded = ADDRESS.sub(lambda address: MENTION.sub("%40", address[0]), text)
    return MENTION.sub("@" + WORD_JOINER, encoded)


def _packed(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], ...]:
    return packed(blocks, LIMIT, _weight)


def _weight(block: Block) -> int:
    """What a block takes of a message, in units of its text: the most of text, bytes and styled ranges."""
    html = _html_part((block,))
    size = len(html.encode("utf-8", "surrogatepass")) * LIMIT / BYTES
    ranges = html.count("</") * LIMIT / ENTITIES
    return max(units(_plain(block)), int(size) + 1, int(ranges) + 1)


def _html_part(blocks: Iterable[Block]) -> str:
    text = ""
    for quoted, group in groupby(blocks, lambda block: block.quoted):
        inner = _joined(group, _html)
        text += ("\n\n" if text else "") + (f"<blockquote>{inner}</blockquote>" if quoted else inner)
    return text


def _joined(blocks: Iterable[Block], write: Write) -> str:
    text = ""
    for block in blocks:
        gap = "\n" if block.close else "\n\n"
        text += (gap if text else "") + write(block)
    return text


def _html(block: Block) -> str:
    if block.kind == "code":
        return f"<pre>{escape(block.text, quote=False)}</pre>"
    links = groupby(block.runs, lambda run: run.address)
    return indent(block, "".join(_html_link(address, tuple(runs)) for address, runs in links))


def _html_link(address: str, runs: tuple[Run, ...]) -> str:
    inner = "".join(_html_run(run) for run in runs)
    if address.lower().startswith("http"):
        return f'<a href="{escape(address)}">{inner}</a>'
    return inner + escape(_brackets(address, runs), quote=False)


def _html_run(run: Run) -> str:
    html = escape(run.text if "code" in run.styles else without_mentions(run.text), quote=False)
    for style, tag in TAGS.items():
        if style in run.styles:
            html = f"<{tag}>{html}</{tag}>"
    return html


def _plain(block: Block) -> str:
    if block.kind == "code":
        return without_mentions(block.text)
    links = groupby(block.runs, lambda run: run.address)
    return indent(block, "".join(_plain_link(address, tuple(runs)) for address, runs in links))


def _plain_link(address: str, runs: tuple[Run, ...]) -> str:
    return "".join(without_mentions(run.text) for run in runs) + _brackets(address, runs)


def _brackets(address: str, runs: tuple[Run, ...]) -> str:
    """The address a label leads to, unless the label says it."""
    shown = address.removeprefix("mailto:").split("?")[0] if address.startswith("mailto:") else address
    label = "".join(run.text for run in runs)
    return "" if not shown or label in (shown, address) else f" ({without_mentions(shown)})"
