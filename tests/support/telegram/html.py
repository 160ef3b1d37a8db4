"""The platform's HTML: few tags, nothing forgiven. Gives the plain text and its entities.

Offsets in the refusals count the bytes of the markup in UTF-8, as the platform does; those of entities count UTF-16
units of the text that is left.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.support.telegram.entities import Entity, in_order, units
from tests.support.telegram.errors import bad_request

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "code": "code", "pre": "pre", "blockquote": "blockquote", "a": "text_link",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,8})|(lt|gt|amp|quot));?")
NAME = re.compile(r"[^\s>]*")
ATTRIBUTE = re.compile(r"[^\s>=]*")
BARE = re.compile(r"[A-Za-z0-9.-]*")
BLANK = re.compile(r"\s*")
SCHEMES = {"http", "https", "ftp", "tg", "ton", "tonsite"}
LONE_SURROGATE = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)


def parse_html(markup: str) -> tuple[str, list[Entity]]:
    """Read markup. Raises RefusalError in the platform's words."""
    return Reader(markup).read()


@dataclass
class Tag:
    """A tag that was opened; `offset` counts the text's units before it."""

    name: str
    attributes: dict[str, str]
    offset: int


@dataclass
class Reader:
    """Goes through the markup once."""

    markup: str
    at: int = 0
    text: str = ""
    open: list[Tag] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def read(self) -> tuple[str, list[Entity]]:
        """Text and entities of the whole markup."""
        while self.at < len(self.markup):
            if self.markup.startswith("</", self.at):
                self.close()
            elif self.markup[self.at] == "<":
                self.start()
            else:
                end = self.markup.find("<", self.at)
                end = len(self.markup) if end < 0 else end
                self.text += decoded(self.markup[self.at : end])
                self.at = end
        if self.open:
            raise refusal(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        if any("\ud800" <= character <= "\udfff" for character in self.text):
            raise refusal(LONE_SURROGATE)
        return self.text, in_order(code_blocks(self.entities))

    def start(self) -> None:
        """Read a start tag."""
        begin = self.at
        self.at += 1
        name = self.word(NAME).lower()
        if self.ended:
            raise refusal(f"Unclosed start tag at byte offset {self.bytes(begin)}")
        if name not in KINDS:
            raise refusal(f'Unsupported start tag "{name}" at byte offset {self.bytes(begin)}')
        attributes = self.attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise refusal(f'Tag "span" must have class "tg-spoiler" at byte offset {self.bytes(begin)}')
        self.open.append(Tag(name, attributes, units(self.text)))

    def attributes(self, tag: str, begin: int) -> dict[str, str]:
        """The attributes up to the end of a start tag."""
        found: dict[str, str] = {}
        while True:
            self.word(BLANK)
            if self.ended:
                raise refusal(f'Unclosed start tag "{tag}" at byte offset {self.bytes(begin)}')
            if self.markup[self.at] == ">":
                self.at += 1
                return found
            if not (name := self.word(ATTRIBUTE).lower()):
                raise refusal(f'Empty attribute name in the tag "{tag}" at byte offset {self.bytes(begin)}')
            self.word(BLANK)
            if self.markup.startswith("=", self.at):
                self.at += 1
                self.word(BLANK)
                if self.ended:
                    raise refusal(f'Unclosed start tag "{tag}" at byte offset {self.bytes(begin)}')
                found[name] = self.value(begin)
            else:
                found[name] = ""

    def value(self, begin: int) -> str:
        """What an attribute says, quoted or not."""
        quote = self.markup[self.at]
        if quote not in "\"'":
            first = self.at
            value = self.word(BARE)
            if self.ended or not (self.markup[self.at] == ">" or self.markup[self.at].isspace()):
                raise refusal(f"Unexpected end of name token at byte offset {self.bytes(first)}")
            return value.lower()
        end = self.markup.find(quote, self.at + 1)
        if end < 0:
            raise refusal(f"Unclosed start tag at byte offset {self.bytes(begin)}")
        value, self.at = self.markup[self.at + 1 : end], end + 1
        return decoded(value)

    def close(self) -> None:
        """Read an end tag; one without a name closes whatever is open."""
        begin = self.at
        if not self.open:
            raise refusal(f"Unexpected end tag at byte offset {self.bytes(begin)}")
        self.at += 2
        name = self.word(NAME).lower()
        self.word(BLANK)
        if not self.markup.startswith(">", self.at):
            raise refusal(f"Unclosed end tag at byte offset {self.bytes(begin)}")
        self.at += 1
        tag = self.open.pop()
        if name and name != tag.name:
            raise refusal(
                f'Unmatched end tag at byte offset {self.bytes(begin)}, expected "</{tag.name}>", found "</{name}>"'
            )
        length = units(self.text) - tag.offset
        if length and (meaning := self.meaning(tag)):
            self.entities.append(meaning | {"offset": tag.offset, "length": length})

    def meaning(self, tag: Tag) -> Entity | None:
        """The entity that a tag stands for; a link that leads nowhere stands for none."""
        kind, told = KINDS[tag.name], tag.attributes
        if tag.name == "a":
            inside = self.text.encode("utf-16-le", "surrogatepass")[tag.offset * 2 :].decode("utf-16-le", "replace")
            return link(told.get("href") or inside)
        if tag.name == "blockquote" and "expandable" in told:
            return {"type": "expandable_blockquote"}
        if tag.name == "tg-emoji":
            return {"type": kind, "custom_emoji_id": told.get("emoji-id", "")}
        language = told.get("class", "").removeprefix("language-") if tag.name == "code" else ""
        return {"type": kind} | ({"language": language} if language and language != told.get("class") else {})

    def word(self, pattern: re.Pattern[str]) -> str:
        """Take what matches here, be it nothing."""
        match = pattern.match(self.markup, self.at)
        assert match
        self.at = match.end()
        return match[0]

    def bytes(self, place: int) -> int:
        """Bytes of the markup before this place."""
        return len(self.markup[:place].encode("utf-8", "surrogatepass"))

    @property
    def ended(self) -> bool:
        """Whether nothing is left to read."""
        return self.at >= len(self.markup)


def code_blocks(entities: list[Entity]) -> list[Entity]:
    """A block of code that names its language is one entity, not two; elsewhere a language means nothing."""
    blocks = {(entity["offset"], entity["length"]) for entity in entities if entity["type"] == "pre"}
    kept: list[Entity] = []
    languages: dict[tuple[int, int], str] = {}
    for entity in entities:
        place = entity["offset"], entity["length"]
        if entity["type"] == "code" and "language" in entity:
            if place in blocks:
                languages[place] = entity["language"]
                continue
            entity = {name: value for name, value in entity.items() if name != "language"}
        kept.append(entity)
    return [
        entity | {"language": languages[place]}
        if entity["type"] == "pre" and (place := (entity["offset"], entity["length"])) in languages
        else entity
        for entity in kept
    ]


def link(address: str) -> Entity | None:
    """The entity of a link; None where the platform would take the address for none."""
    full = address if "://" in address else f"http://{address}"
    try:
        parts = urlsplit(full)
    except ValueError:
        return None
    if parts.scheme.lower() not in SCHEMES or re.search(r"\s", full):
        return None
    if parts.scheme == "tg":
        return {"type": "text_link", "url": full}
    if not re.fullmatch(r"(?:[^:@]*:?[^:@]*@)?[^:@]*\.[^:@]+(?::\d+)?", parts.netloc):
        return None
    bare = not parts.path and not parts.query and not parts.fragment
    return {"type": "text_link", "url": f"{full}/" if bare else full.replace(f"{parts.netloc}?", f"{parts.netloc}/?")}


def decoded(text: str) -> str:
    """Text with its character references resolved: the four names and numbers, nothing else."""
    return CHARACTER.sub(character, text)


def character(match: re.Match[str]) -> str:
    """The character that a reference means; itself where it means none."""
    hexadecimal, decimal, name = match.groups()
    if name:
        return NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x110000 else match[0]


def refusal(words: str) -> Exception:
    """Markup that cannot be read."""
    return bad_request(f"can't parse entities: {words}")
