"""An article cut into what can answer a question by itself: its paragraphs, and passages of a sentence or two."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BLOCK = re.compile(r"\n[ \t]*\n+")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_LINK = re.compile(r"!?\[(?P<text>[^\]\n]{0,300})\]\([^)\n]{0,2000}\)")
_MARK = re.compile(r"^[ \t]{0,8}(?:#{1,6}|[-*+>]|\d{1,3}[.)])[ \t]+|[*_`~]{1,3}|^[-=|: \t]+$", re.MULTILINE)
LONGEST = 150  # characters of a passage: what a sentence encoder tells best (measured: 300 finds less)
MOST = 60  # passages of one article
_QUOTED = 1_200  # characters of an article that are shown whole; of a longer one, this much around the answer


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article, and the paragraph that it stands in, counted from 1."""

    paragraph: int
    text: str


def paragraphs(body: str) -> tuple[str, ...]:
    """Cut Markdown at its blank lines; a heading stays with what follows it."""
    blocks: list[str] = []
    for block in _BLOCK.split(body.strip()):
        if blocks and blocks[-1].startswith("#") and "\n" not in blocks[-1]:
            blocks[-1] = f"{blocks[-1]}\n{block}"
        elif block.strip():
            blocks.append(block)
    return tuple(blocks)


def plain(markdown: str) -> str:
    """Take the marks of Markdown and the targets of links out of a text."""
    return _MARK.sub("", _LINK.sub(r"\g<text>", markdown))


def passages(body: str) -> Iterator[Passage]:
    """Cut an article into passages, in its order."""
    told = 0
    for number, paragraph in enumerate(paragraphs(body), 1):
        for text in _stretches(plain(paragraph)):
            if told < MOST:
                told += 1
                yield Passage(number, text)


def _stretches(text: str) -> Iterator[str]:
    """Join sentences as long as they fit together."""
    held = ""
    for sentence in _SENTENCE.split(text):
        if held and len(held) + len(sentence) > LONGEST:
            yield held
            held = ""
        held = f"{held} {sentence}".strip()
    if held:
        yield held


def quote(body: str, paragraph: int) -> str:
    """Give an article whole, or what stands around the paragraph that answers where it is long."""
    if len(body) <= _QUOTED:
        return body
    blocks = paragraphs(body)
    at = min(max(paragraph - 1, 0), len(blocks) - 1)
    chosen, length = [blocks[at][:_QUOTED]], len(blocks[at])
    for block in blocks[at + 1 :]:
        if length + len(block) > _QUOTED:
            break
        chosen.append(block)
        length += len(block)
    return "\n\n".join(chosen)
