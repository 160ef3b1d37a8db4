"""People and the desk they write to: what is known of both at a moment."""

from bot.people.calendar import Calendar, holidays_of
from bot.people.facts import DeskFacts
from bot.people.hours import DeskHours, read_hours
from bot.people.linking import Registry
from bot.people.proofs import Proofs
from bot.people.reception import Reception
from bot.people.stays import Stays

__all__ = [
    "Calendar",
    "DeskFacts",
    "DeskHours",
    "Proofs",
    "Reception",
    "Registry",
    "Stays",
    "holidays_of",
    "read_hours",
]
