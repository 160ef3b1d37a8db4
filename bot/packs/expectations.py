"""What a golden conversation expects, written by hand and never rewritten: outcome, reason, slots, articles ..."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.flows.faults import Margin, meant

Events = Sequence[Mapping[str, Any]]
_PAIR = re.compile(r"([\w.-]+)=(\"[^\"]*\"|\S*)")
_TURN = ("owner", "status", "request", "topic", "flow", "step", "intent", "lang", "outcome", "rule")
_TICKET = ("reason", "team", "level", "priority", "impact", "urgency", "title", "key")
NOTHING = "none"  # `outcome=none`
ANY = "*"  # any value at all


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing to hold: `kind` of fact, the key it is about, the value it has."""

    line: int
    kind: str
    key: str
    value: str

    def __str__(self) -> str:
        if self.kind == "says one":
            return f"response {self.key}"
        parts = [self.kind if self.kind != "fact" else "", f"{self.key}={self.value}" if self.key else self.value]
        return " ".join(part for part in parts if part)


@dataclass(slots=True)
class Heard:
    """All events of a conversation so far, and those of its latest moment."""

    events: list[Mapping[str, Any]] = field(default_factory=list)
    latest: Events = ()

    def add(self, events: Events) -> None:
        """Go on to the next moment."""
        self.latest = events
        self.events.extend(events)

    def last(self, kind: str) -> Mapping[str, Any]:
        """The last event of a kind; empty when there was none."""
        return next((event for event in reversed(self.events) if event.get("event") == kind), {})

    def all(self, kind: str) -> Events:
        """Every event of a kind."""
        return [event for event in self.events if event.get("event") == kind]


def read_expectations(text: str, line: int, margin: Margin) -> tuple[Expectation, ...]:
    """Read an `expect:` line: clauses joined by `|`; notes what it cannot read."""
    return tuple(one for clause in text.split(" | ") for one in _clause(clause.strip(), line, margin))


def _clause(clause: str, line: int, margin: Margin) -> list[Expectation]:
    kind, _, rest = clause.partition(" ")
    if kind in ("says", "silent") or clause.startswith("never says "):
        kind, text = ("never says", clause.removeprefix("never says ")) if kind == "never" else (kind, rest)
        return [Expectation(line, kind, "", text.strip())]
    kind, pairs = (kind, rest) if kind in ("slots", "origins", "steps", "never") else ("fact", clause)
    found = [Expectation(line, kind, pair[1], pair[2].strip('"')) for pair in _PAIR.finditer(pairs)]
    if not found or _PAIR.sub("", pairs).strip():
        margin.note(line, f"cannot read the expectation {clause!r}", "write key=value, values with spaces in quotes")
    known = {"fact": (*_TURN, *_TICKET, "articles", "tickets"), "never": ("asked",)}.get(kind)
    for one in found:
        if known and one.key not in known:
            margin.note(line, f"nothing is known of '{one.key}'", meant(one.key, known))
    return found


def found_instead(expected: Expectation, heard: Heard) -> str | None:
    """What is there instead of what was expected; None when it holds."""
    return _KINDS[expected.kind](expected, heard)


def _fact(expected: Expectation, heard: Heard) -> str | None:
    match expected.key:
        case "articles":
            value: Any = ",".join(_articles(heard)) or NOTHING
        case "tickets":
            value = len(heard.all("ticket"))
        case key if key in _TICKET:
            value = heard.last("ticket").get(key)
        case key:
            value = heard.last("turn").get(key)
    return _unless_equal(expected.value, value)


def _articles(heard: Heard) -> tuple[str, ...]:
    """Articles shown, each once, in order."""
    shown = (source["article"] for reply in heard.all("reply") for source in reply.get("sources", ()))
    return tuple(dict.fromkeys(shown))


def _slot(expected: Expectation, heard: Heard) -> str | None:
    return _unless_equal(expected.value, heard.last("turn").get("slots", {}).get(expected.key))


def _origin(expected: Expectation, heard: Heard) -> str | None:
    return _unless_equal(expected.value, heard.last("turn").get("slot_origins", {}).get(expected.key))


def _step(expected: Expectation, heard: Heard) -> str | None:
    """The result of a fix as the ticket tells it."""
    steps = {step["what"].partition("@")[0]: step["result"] for step in heard.last("ticket").get("steps", ())}
    return _unless_equal(expected.value, steps.get(expected.key))


def _never_asked(expected: Expectation, heard: Heard) -> str | None:
    if any("asked" not in turn for turn in heard.all("turn")):
        return "that the turns do not tell what was asked"
    asked = [slot for turn in heard.all("turn") for slot in turn["asked"]]
    return f"it was asked in turn {_turn_of(expected.value, heard)}" if expected.value in asked else None


def _turn_of(slot: str, heard: Heard) -> int:
    return next((turn.get("n", 0) for turn in heard.all("turn") if slot in turn.get("asked", ())), 0)


def _says(expected: Expectation, heard: Heard) -> str | None:
    said = " ".join(reply["text"] for reply in heard.latest if reply.get("event") == "reply")
    return None if _spaced(expected.value) in _spaced(said) else repr(said[:160])


def _says_one(expected: Expectation, heard: Heard) -> str | None:
    """One of several texts (paragraphs of the value) is in the latest answer."""
    said = [_says(Expectation(expected.line, "says", "", one), heard) for one in expected.value.split("\n\n")]
    return None if None in said else said[0]


def _never_says(expected: Expectation, heard: Heard) -> str | None:
    said = [reply["text"] for reply in heard.all("reply") if _spaced(expected.value) in _spaced(reply["text"])]
    return repr(said[0][:160]) if said else None


def _silent(expected: Expectation, heard: Heard) -> str | None:
    said = [reply["text"] for reply in heard.latest if reply.get("event") == "reply"]
    return repr(said[0][:160]) if said else None


def _spaced(text: str) -> str:
    return " ".join(text.split()).casefold()


def _unless_equal(expected: str, value: Any) -> str | None:
    told = NOTHING if value is None or value == "" else str(value).lower() if isinstance(value, bool) else str(value)
    if expected == ANY:
        return told if told == NOTHING else None
    return None if told == (expected or NOTHING) else told


_KINDS: Mapping[str, Callable[[Expectation, Heard], str | None]] = {
    "fact": _fact,
    "slots": _slot,
    "origins": _origin,
    "steps": _step,
    "never": _never_asked,
    "says": _says,
    "says one": _says_one,
    "never says": _never_says,
    "silent": _silent,
}
