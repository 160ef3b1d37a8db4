"""Golden conversations as plain text: read, and written anew with what the bot says today."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.flows.faults import Fault, Margin, Place, meant

from .expectations import Expectation, read_expectations

HEADERS = ("lang", "channel", "person", "at", "seed")
SAID = ("bot:", "ticket>", "relay>")  # what came out: rewritten by --update-transcripts, and nothing else is
AGENT = "Agent 1"  # who acts when no name is given
_LINE = re.compile(r"(?P<word>[a-z]+[+]?[:>])\s*(?P<rest>.*)")
_FILE = re.compile(r"(\S.*?)\s+(\S+/\S+)\s+(\d+)")
_SAY = re.compile(r"say\s+(?:([^:]+):\s*)?(.+)")


@dataclass(frozen=True, slots=True)
class Moment:
    """One input, in the words of the talk contract; what came out of it, as written; what is expected after it."""

    line: int
    told: str
    feed: Mapping[str, Any]
    heard: tuple[str, ...] = ()
    expected: tuple[Expectation, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """A golden conversation. One in which nothing is heard yet is played for its expectations alone."""

    file: str
    title: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    moments: tuple[Moment, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def is_heard(self) -> bool:
        """Whether what the bot says is written down."""
        return any(moment.heard for moment in self.moments)


def read_transcript(text: str, file: str) -> Transcript:
    """Read a golden conversation; what cannot be read is in its faults."""
    reader = _Reader(Margin(Place(file)))
    for number, line in enumerate(text.rstrip("\n").split("\n"), 1):
        reader.take(number, line.strip())
    return reader.close()


def rewritten(text: str, heard: Sequence[Sequence[str]]) -> str:
    """Write a conversation anew with what came out of each of its moments; every other line stays as it is."""
    pending: list[Sequence[str]] = list(heard)
    written: list[str] = []
    due: Sequence[str] = ()
    for line in text.rstrip("\n").split("\n"):
        word = _word(line)
        if word in SAID:
            continue
        if word != "user+:":
            written += due
            due = ()
        if word in _INPUTS and word != "user+:":
            due = pending.pop(0) if pending else ()
        written.append(line)
    return "\n".join([*written, *due]) + "\n"


def _word(line: str) -> str:
    found = _LINE.match(line.strip())
    return found["word"] if found else ""


class _Reader:
    def __init__(self, margin: Margin) -> None:
        self._margin = margin
        self._title = ""
        self._headers: dict[str, str] = {}
        self._moments: list[Moment] = []

    def take(self, number: int, line: str) -> None:
        """Take one line."""
        if line.startswith("#") or not line:
            self._title = self._title or line.lstrip("# ")
            return
        found = _LINE.match(line)
        word, rest = (found["word"], found["rest"]) if found else ("", line)
        if word in _INPUTS:
            self._input(number, word, rest)
        elif word in SAID:
            self._after(number, line, heard=(normal(line),))
        elif word == "expect:":
            self._after(number, line, expected=read_expectations(rest, number, self._margin))
        elif word.removesuffix(":") in HEADERS and not self._moments:
            self._headers[word.removesuffix(":")] = rest
        else:
            known = [*_INPUTS, *SAID, "expect:", *(f"{name}:" for name in HEADERS)]
            self._margin.note(
                number, f"cannot read {line[:40]!r}", meant(word or line.split()[0], known, "write user: ...")
            )

    def close(self) -> Transcript:
        """Everything that was taken."""
        if not self._moments:
            self._margin.note(0, "nobody says anything", "write `user: ...`")
        return Transcript(
            self._margin.place.file, self._title, self._headers, tuple(self._moments), tuple(self._margin.faults)
        )

    def _input(self, number: int, word: str, rest: str) -> None:
        if word == "user+:":
            self._burst(number, rest)
            return
        feed = _INPUTS[word](rest)
        if feed is None:
            self._margin.note(number, f"cannot read '{word} {rest[:40]}'", _MENDS[word])
        self._moments.append(Moment(number, f"{word} {rest}", feed or {"text": rest}))

    def _burst(self, number: int, rest: str) -> None:
        """A further message of the same burst."""
        last = self._moments[-1] if self._moments else None
        if last is None or last.heard or not {"text", "texts"} & set(last.feed):
            self._margin.note(number, "user+ follows no user line", "write `user:` above it")
            return
        texts = [*last.feed.get("texts", [last.feed.get("text")]), _unescaped(rest)]
        self._moments[-1] = Moment(last.line, f"{last.told} + {rest}", {"texts": texts})

    def _after(
        self, number: int, line: str, heard: tuple[str, ...] = (), expected: tuple[Expectation, ...] = ()
    ) -> None:
        if not self._moments:
            self._margin.note(
                number, f"{line[:30]!r} stands before anybody said anything", "write `user: ...` above it"
            )
            return
        last = self._moments[-1]
        self._moments[-1] = Moment(last.line, last.told, last.feed, last.heard + heard, last.expected + expected)


def heard_of(events: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Write what came out of an input, a line an event; the turn itself is not shown."""
    return tuple(_heard(events))


def _heard(events: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for event in events:
        match event.get("event"):
            case "reply":
                labels = "".join(f" [{button['label']}]" for button in event.get("buttons", ()))
                yield f"bot:  {_line(event['text'])}{labels}"
            case "ticket":
                told = (event[key] for key in ("key", "priority", "level", "team", "reason"))
                yield f"ticket> {' '.join(map(str, told))} | {_line(event['title'])}"
            case "ticket_update":
                yield f"ticket> {event['key']} {event['kind']} | {_line(event['text'])}"
            case "relay":
                yield f"relay> {event['to']}: {event['from']}: {_line(event['text'])}"
            case _:  # the turn itself is for expectations
                continue


def _line(text: str) -> str:
    """A text in one line: paragraphs and lines are joined by a slash."""
    return " / ".join(part.strip() for part in re.split(r"\n+", text.strip()))


def normal(line: str) -> str:
    """A written line as `heard_of` writes it."""
    word, _, rest = line.partition(" ")
    return f"{word}{'  ' if word == 'bot:' else ' '}{rest.strip(' ')}"


def _unescaped(text: str) -> str:
    return text.replace("\\n", "\n")


def _file(rest: str) -> Mapping[str, Any] | None:
    found = _FILE.fullmatch(rest)
    return {"attach": {"name": found[1], "type": found[2], "size": int(found[3])}} if found else None


def _agent(rest: str) -> Mapping[str, Any] | None:
    action, _, name = rest.partition(" ")
    if action in ("take", "hand_back", "resolve"):
        return {"agent_action": action, "name": name.strip() or AGENT}
    found = _SAY.fullmatch(rest)
    return {"agent": _unescaped(found[2]), "name": found[1] or AGENT} if found else None


def _ticket(rest: str) -> Mapping[str, Any] | None:
    for word, key in (("status ", "status"), ("reply: ", "public_reply"), ("reply ", "public_reply")):
        if rest.startswith(word) and rest.removeprefix(word).strip():
            return {"ticket": {key: _unescaped(rest.removeprefix(word).strip())}}
    return None


_INPUTS: Mapping[str, Callable[[str], Mapping[str, Any] | None]] = {
    "user:": lambda rest: {"text": _unescaped(rest)},
    "user+:": lambda rest: {"text": _unescaped(rest)},
    "press:": lambda rest: {"button": rest} if rest else None,
    "wait:": lambda rest: {"wait": rest} if rest.startswith("P") else None,
    "file:": _file,
    "agent:": _agent,
    "ticket:": _ticket,
}
_MENDS = {
    "press:": "write the id of a button: `press: yes`",
    "wait:": "write a span of time: `wait: PT26H`",
    "file:": "write name, type and size: `file: error.png image/png 12345`",
    "agent:": "write `agent: take NAME`, `agent: say NAME: ...`, `agent: hand_back` or `agent: resolve`",
    "ticket:": "write `ticket: status resolved` or `ticket: reply: ...`",
}
