"""A ticket as Redmine shows it, and what its journals tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ticket_bridge.ticket import Note, Visibility


@dataclass(frozen=True, slots=True)
class Named:
    """A number with its name: nearly everything in Redmine."""

    id: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What a ticket holds in a custom field."""

    id: int
    value: str | tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that a journal says was changed."""

    property: str
    name: str
    old_value: str | None = None
    new_value: str | None = None


@dataclass(frozen=True, slots=True)
class Journal:
    """One change of a ticket, with a note or without. A note whose privacy is not told counts as private."""

    id: int
    created_on: datetime
    user: Named | None = None
    notes: str | None = None
    private_notes: bool = True
    details: tuple[Detail, ...] = ()

    @property
    def note(self) -> Note | None:
        """The note it carries, None where it carries none."""
        if not self.notes:
            return None
        return Note(text=self.notes, visibility=Visibility.INTERNAL if self.private_notes else Visibility.PUBLIC)

    def detail(self, property: str, name: str = "") -> Detail | None:
        """Give the change of this property (of this name)."""
        fits = (d for d in self.details if d.property == property and name in ("", d.name))
        return next(fits, None)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file on a ticket."""

    id: int
    filename: str
    filesize: int


@dataclass(frozen=True, slots=True)
class Relation:
    """How one ticket stands to another."""

    issue_id: int
    issue_to_id: int
    relation_type: str


@dataclass(frozen=True, slots=True)
class Issue:
    """A ticket."""

    id: int
    subject: str
    status: Named
    updated_on: datetime
    tracker: Named | None = None
    priority: Named | None = None
    assigned_to: Named | None = None
    parent: Named | None = None
    custom_fields: tuple[FieldValue, ...] = ()
    journals: tuple[Journal, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    relations: tuple[Relation, ...] = ()

    def value_of(self, number: int) -> str:
        """Give what stands in a custom field, empty where nothing does."""
        values = (f.value for f in self.custom_fields if f.id == number)
        return next((value for value in values if isinstance(value, str)), "")

    def journal_of(self, event_field: int, mark: str) -> Journal | None:
        """Find the change that carried this mark in our field."""
        for journal in self.journals:
            detail = journal.detail("cf", str(event_field))
            if detail and detail.new_value == mark:
                return journal
        return None

    def note_of(self, journal: Journal) -> Note | None:
        """Give the note written by the change `journal`.

        A private note stands in a journal of its own, the next one: Redmine keeps what else was changed public.
        """
        if journal.note:
            return journal.note
        later = [j for j in self.journals if j.id > journal.id]
        following = min(later, key=lambda j: j.id, default=None)
        if following is None or following.user != journal.user or following.details or not following.private_notes:
            return None
        return following.note


@dataclass(frozen=True, slots=True)
class OneIssue:
    """The answer about one ticket."""

    issue: Issue


@dataclass(frozen=True, slots=True)
class Issues:
    """The answer to a search."""

    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """What an uploaded file is called until it is attached."""

    token: str


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The answer to an upload."""

    upload: Token
