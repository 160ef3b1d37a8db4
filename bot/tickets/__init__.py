"""Tickets: effects out through the ticket bridge, what happens in the ticketing system back in."""

from bot.tickets.desk import TicketDesk
from bot.tickets.journal import Entries, LedgerJournal
from bot.tickets.watch import TicketWatch

__all__ = ["Entries", "LedgerJournal", "TicketDesk", "TicketWatch"]
