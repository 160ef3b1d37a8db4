"""Reading back: what Redmine holds for an operation."""

from __future__ import annotations

from collections.abc import Callable

from ticket_bridge.operation import AddNote, Attach, Found, Link, OpenTicket, Operation, Reopen, SetState
from ticket_bridge.systems.redmine_config import RedmineConfig
from ticket_bridge.systems.redmine_issue import Issue
from ticket_bridge.systems.redmine_marks import event_mark, number_of
from ticket_bridge.systems.redmine_names import Names
from ticket_bridge.systems.redmine_search import Search
from ticket_bridge.ticket import File, HandoffRequest, LinkKind, Note, Opened, TicketRef, TicketState


class Reading:
    """Looks for the doing of an operation: openings by their handoff id, the rest by the event in their journal."""

    def __init__(self, search: Search, config: RedmineConfig, ref: Callable[[int], TicketRef]) -> None:
        self._search = search
        self._config = config
        self._ref = ref

    async def find(self, operation: Operation, names: Names) -> Found | None:
        """Give what there is of it, None where there is nothing."""
        if isinstance(operation, OpenTicket):
            ticket = await self._search.by_handoff(operation.request.handoff_id)
            return self._opened(ticket, operation.request, names) if ticket else None
        issue = await self._search.ticket(number_of(operation.ref), "journals,attachments,relations")
        match operation:
            case AddNote():
                return self._note(issue, operation)
            case Attach():
                return self._file(issue, operation)
            case SetState():
                return self._state(issue, operation.kind, operation.event_id, names)
            case Reopen():
                return names.state_of(issue.status.id)
            case Link():
                return _link(issue, operation)

    def _opened(self, issue: Issue, request: HandoffRequest, names: Names) -> Opened:
        priority = names.priority_held(issue.priority.id, request) if issue.priority else None
        handoff_id = issue.value_of(self._config.handoff_field)
        return Opened(ref=self._ref(issue.id), handoff_id=handoff_id, subject=issue.subject, priority=priority)

    def _note(self, issue: Issue, operation: AddNote) -> Note | None:
        journal = issue.journal_of(self._config.event_field, event_mark(operation.kind, operation.event_id))
        held = issue.note_of(journal) if journal else None
        if held and held.text.split() == storable_text(operation.text).split():
            return Note(text=operation.text, visibility=held.visibility)  # the same but for what nobody can store
        return held

    def _file(self, issue: Issue, operation: Attach) -> File | None:
        journal = issue.journal_of(self._config.event_field, event_mark(operation.kind, operation.event_id))
        if journal is None:
            return None
        attached = journal.detail("attachment")
        if attached is None:
            return operation.file if operation.file.path is None and issue.note_of(journal) else None
        files = (a for a in issue.attachments if str(a.id) == attached.name)
        return next((File(name=a.filename, size=a.filesize) for a in files), None)

    def _state(self, issue: Issue, kind: str, event_id: str, names: Names) -> TicketState:
        """Give the state that the event moved the ticket to, else the one it is in."""
        journal = issue.journal_of(self._config.event_field, event_mark(kind, event_id))
        moved = journal.detail("attr", "status_id") if journal else None
        return names.state_of(int(moved.new_value) if moved and moved.new_value else issue.status.id)


def _link(issue: Issue, operation: Link) -> LinkKind | None:
    other = number_of(operation.parent)
    if operation.relation is LinkKind.CHILD_OF:
        return LinkKind.CHILD_OF if issue.parent and issue.parent.id == other else None
    wanted = (issue.id, other, "duplicates")
    is_there = any((r.issue_id, r.issue_to_id, r.relation_type) == wanted for r in issue.relations)
    return LinkKind.DUPLICATE_OF if is_there else None


def storable_text(text: str) -> str:
    """Leave out what some databases under a Redmine cannot hold: NUL."""
    return text.replace("\x00", "")
