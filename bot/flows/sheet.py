"""What one file of a pack holds, and how the sheets of a pack are laid together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.dialog.flow import Flow, SlotSpec, Variation
from bot.dialog.playbook import Code

from .faults import Fault, Margin, Place, Reference, fault_at

KINDS = ("flows", "slots", "responses", "codes", "actions")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The content of a file, its faults, and the names it needs from elsewhere.

    `places` has the place of every id under "kind id": `flows vpn`, `codes vpn:809`.
    """

    flows: Mapping[str, Flow] = field(default_factory=dict)
    slots: Mapping[str, SlotSpec] = field(default_factory=dict)
    responses: Mapping[str, tuple[Variation, ...]] = field(default_factory=dict)
    codes: Mapping[str, Code] = field(default_factory=dict)
    actions: Mapping[str, str] = field(default_factory=dict)  # name -> name
    places: Mapping[str, Place] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    faults: tuple[Fault, ...] = ()


def sheet_of(margin: Margin, **content: Any) -> Sheet:
    """Close a sheet with what its margin holds."""
    return Sheet(**content, references=tuple(margin.references), faults=tuple(margin.faults))


def gathered(sheets: Iterable[Sheet]) -> Sheet:
    """Lay the sheets of one pack together; an id that stands twice is a fault and the first one counts."""
    content: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    places: dict[str, Place] = {}
    references: list[Reference] = []
    faults: list[Fault] = []
    for sheet in sheets:
        references += sheet.references
        faults += sheet.faults
        for kind in KINDS:
            for name, value in getattr(sheet, kind).items():
                key = f"{kind} {name}"
                if key in places:
                    faults.append(_twice(key, sheet.places[key], places[key]))
                else:
                    content[kind][name], places[key] = value, sheet.places[key]
    return Sheet(**content, places=places, references=tuple(references), faults=tuple(faults))


def _twice(key: str, second: Place, first: Place) -> Fault:
    kind, _, name = key.partition(" ")
    return fault_at(
        second, f"{kind[:-1]} '{name}' stands twice in this pack", f"keep one, see {first.file}:{first.line}"
    )
