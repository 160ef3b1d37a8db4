"""People and the desk they write to: what is known of both at a moment."""

from bot.people.calendar import Calendar, holidays_of
from bot.people.facts import DeskFacts
from bot.people.hours import DeskHours, read_hours

__all__ = ["Calendar", "DeskFacts", "DeskHours", "holidays_of", "read_hours"]
