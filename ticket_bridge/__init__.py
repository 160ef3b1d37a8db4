"""Opens and follows tickets in whatever system a desk uses: never twice, never lost."""

from ticket_bridge.breaker import Breaker
from ticket_bridge.bridge import Bridge
from ticket_bridge.change import AssigneeChanged, ChangePage, NoteAdded, StateChanged, TicketChange
from ticket_bridge.codec import delivery_from_json, delivery_to_json, handoff_from_json
from ticket_bridge.delivery import Delivery, DeliveryState
from ticket_bridge.journal import Journal, SqliteJournal, StaleDeliveryError
from ticket_bridge.port import Capabilities, DoubtfulError, Health, RefusedError, TicketSystem, TryLaterError
from ticket_bridge.systems.local import LocalSystem
from ticket_bridge.ticket import (
    File,
    HandoffRequest,
    LinkKind,
    Priority,
    Requester,
    RequesterRef,
    Step,
    TicketRef,
    TicketState,
    TranscriptLine,
    Visibility,
)

__all__ = [
    "AssigneeChanged",
    "Breaker",
    "Bridge",
    "Capabilities",
    "ChangePage",
    "Delivery",
    "DeliveryState",
    "DoubtfulError",
    "File",
    "HandoffRequest",
    "Health",
    "Journal",
    "LinkKind",
    "LocalSystem",
    "NoteAdded",
    "Priority",
    "RefusedError",
    "Requester",
    "RequesterRef",
    "SqliteJournal",
    "StaleDeliveryError",
    "StateChanged",
    "Step",
    "TicketChange",
    "TicketRef",
    "TicketState",
    "TicketSystem",
    "TranscriptLine",
    "TryLaterError",
    "Visibility",
    "delivery_from_json",
    "delivery_to_json",
    "handoff_from_json",
]
