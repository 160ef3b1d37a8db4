"""One conversation's turn: claimed, its burst merged, understood, decided, written whole."""

from bot.pump.senses import Senses
from bot.pump.turns import TRIES, Decide, Pump

__all__ = ["TRIES", "Decide", "Pump", "Senses"]
