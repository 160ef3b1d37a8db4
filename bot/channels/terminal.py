"""The terminal: what is said is kept until the command that drives the conversation prints it."""

from bot.dialog.effects import Relay, Say
from bot.ports.channel import Capabilities
from bot.ports.delivery import Delivery, Sent
from bot.ports.inbound import Address


class Terminal:
    """Delivers to whoever sits at the terminal; the same key is shown once."""

    capabilities = Capabilities()

    def __init__(self) -> None:
        self._shown: set[str] = set()
        self._waiting: list[Say | Relay] = []

    async def send(self, address: Address, say: Say | Relay, key: str) -> Delivery:
        """Keep a message for printing."""
        if key not in self._shown:
            self._shown.add(key)
            self._waiting.append(say)
        return Sent(ref=key)

    def take(self) -> tuple[Say | Relay, ...]:
        """Give what was said since the last call."""
        said, self._waiting = tuple(self._waiting), []
        return said
