"""What is wrong in a pack: where, what, and the mend; and what each file says it needs from elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

LISTED = 12  # known names that a mend still lists in full


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file (from 1; 0 = the file as a whole), in a flow and step where there is one."""

    file: str
    line: int = 0
    flow: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that keeps a pack from being loaded, and what to write instead."""

    file: str
    line: int
    flow: str
    step: str
    fault: str
    mend: str

    def __str__(self) -> str:
        where = "/".join(part for part in (self.flow, self.step) if part)
        return f"{self.file}:{self.line}: {where + ': ' if where else ''}{self.fault} -> {self.mend}"


@dataclass(frozen=True, slots=True)
class Reference:
    """A name that must stand somewhere in the loaded packs.

    `what`: slot | flow | article | response | team | action | intent | topic | context | branch | placeholder | value
    | answerable.
    `value`: what a slot is compared with or set to (`value`: the slot is `name`), the question that asks for it
    (`answerable`), or the response that a placeholder stands in.
    """

    what: str
    name: str
    place: Place
    value: str = ""


@dataclass(frozen=True, slots=True)
class Margin:
    """Where a reader notes faults and references while it goes through one file."""

    place: Place
    faults: list[Fault] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def at(self, *, flow: str | None = None, step: str | None = None) -> "Margin":
        """The same margin, beside a flow or step."""
        flow = self.place.flow if flow is None else flow
        step = self.place.step if step is None else step
        return replace(self, place=replace(self.place, flow=flow, step=step))

    def note(self, line: int, fault: str, mend: str) -> None:
        """Note one fault."""
        self.faults.append(fault_at(replace(self.place, line=line), fault, mend))

    def refer(self, what: str, name: str, line: int, value: str = "") -> None:
        """Note that a name must stand somewhere."""
        self.references.append(Reference(what, name, replace(self.place, line=line), value))


def fault_at(place: Place, fault: str, mend: str) -> Fault:
    """Make a fault of a place."""
    return Fault(place.file, place.line, place.flow, place.step, fault, mend)


def meant(name: str, known: Collection[str], otherwise: str = "") -> str:
    """Say what to write for an unknown name: the one it resembles, else all when they are few, else `otherwise`."""
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    if otherwise:
        return otherwise
    return f"write one of: {', '.join(sorted(known))}" if 0 < len(known) <= LISTED else "check the spelling"
