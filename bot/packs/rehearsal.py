"""Plays golden conversations in a house and says, line by line, where it answers otherwise."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Protocol

from bot.dialog.playbook import Playbook

from .e2e import read_e2e
from .expectations import Events, Expectation, Heard, found_instead
from .pack import Pack
from .transcripts import Moment, Transcript, heard_of, read_transcript, rewritten


class House(Protocol):
    """Takes one line of the talk contract and gives the events it caused, the turn last."""

    def feed(self, line: Mapping[str, Any]) -> Events:
        """Feed one input line."""


OpenHouse = Callable[[Mapping[str, str]], AbstractContextManager[House]]
"""Opens a fresh house for a transcript's headers: lang, channel, person, at, seed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a conversation went otherwise: the line it stands at, and what to read."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A conversation as it went: what was heard after each moment, and every difference."""

    transcript: Transcript
    heard: tuple[tuple[str, ...], ...]
    findings: tuple[Finding, ...]

    def written(self, text: str) -> str:
        """The transcript's text with what was heard today."""
        return rewritten(text, self.heard)


def rehearse_pack(pack: Pack, book: Playbook, open_house: OpenHouse) -> Iterator[Rehearsal]:
    """Play every golden conversation of a pack, and every test case in Rasa's format, one after the other."""
    for file in pack.conversations:
        yield rehearse(file.read_text(encoding="utf-8", errors="replace"), str(file), open_house)
    for file in pack.test_cases:
        for transcript in read_e2e(file.read_text(encoding="utf-8", errors="replace"), str(file), book.responses):
            yield play(transcript, open_house)


def rehearse(text: str, file: str, open_house: OpenHouse) -> Rehearsal:
    """Read and play one golden conversation in plain text."""
    return play(read_transcript(text, file), open_house)


def play(transcript: Transcript, open_house: OpenHouse) -> Rehearsal:
    """Play a conversation in a fresh house; one that cannot be read is not played."""
    if transcript.faults:
        told = (Finding(transcript.file, one.line, f"{one.fault} -> {one.mend}") for one in transcript.faults)
        return Rehearsal(transcript, (), tuple(told))
    with open_house(transcript.headers) as house:
        return _played(transcript, house)


def _played(transcript: Transcript, house: House) -> Rehearsal:
    heard = Heard()
    lines: list[tuple[str, ...]] = []
    findings: list[Finding] = []
    for moment in transcript.moments:
        heard.add(house.feed(moment.feed))
        said = heard_of(heard.latest)
        lines.append(said)
        if transcript.is_heard:
            findings += _differences(transcript.file, moment, said)
        findings += [_missed(transcript.file, one, heard) for one in moment.expected if found_instead(one, heard)]
    return Rehearsal(transcript, tuple(lines), tuple(findings))


def _missed(file: str, expected: Expectation, heard: Heard) -> Finding:
    return Finding(file, expected.line, f"expected {expected}, found {found_instead(expected, heard)}")


def _differences(file: str, moment: Moment, said: Sequence[str]) -> Iterator[Finding]:
    if tuple(said) != moment.heard:
        told = "\n".join(_diff(moment.heard, said))
        yield Finding(file, moment.line, f"after {moment.told!r} (- written, + heard)\n{told}")


def _diff(written: Sequence[str], said: Sequence[str]) -> Iterator[str]:
    for tag, left, left_end, right, right_end in SequenceMatcher(None, written, said, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (f"      {line}" for line in written[left:left_end])
        else:
            yield from (f"    - {line}" for line in written[left:left_end])
            yield from (f"    + {line}" for line in said[right:right_end])
