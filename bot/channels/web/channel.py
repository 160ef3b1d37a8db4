"""The way out to the web chat."""

from bot.channels.web.bells import Bells
from bot.channels.web.limits import FILE_LIMIT, MOST_SENT
from bot.dialog.effects import Relay, Say
from bot.ports.channel import Capabilities
from bot.ports.delivery import Delivery, Sent
from bot.ports.inbound import Address


class WebChannel:
    """Delivers by waking the pages of a chat: a message is with the person once the ledger has it marked sent.

    Sending twice under one key is sending once: pages read each message from the ledger, where it stands once.
    """

    capabilities = Capabilities(buttons=99, label=200, threads=True, file_bytes=FILE_LIMIT, sends_file_bytes=MOST_SENT)

    def __init__(self, bells: Bells) -> None:
        self._bells = bells

    async def send(self, address: Address, say: Say | Relay, key: str) -> Delivery:
        """Ring for a message. No page open is no fault: the next one reads everything."""
        self._bells.ring(address.key)
        return Sent(ref=key)
