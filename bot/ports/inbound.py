"""What comes to the inbox, from a person's channel or from one of our own doors."""

from dataclasses import dataclass, field

from bot.dialog.events import AnyEvent


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person is reached: `key` is the thread, chat, mail thread or web session on that account."""

    channel: str
    account: str
    key: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, as far as the channel knows. `proof`: none | channel | dmarc | code | sso.

    `colleague`: not the person whom the request is of, but another one in their thread. `public`: others read along.
    """

    id: str = ""
    name: str = ""
    email: str = ""
    language: str = ""
    proof: str = "none"
    colleague: bool = False
    public: bool = False


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing that happened, not yet masked, understood or numbered.

    `key` is the delivery key: the same key is the same event, however often it is delivered. Events of a person's
    channel name their `address`; events of our own doors (tickets, actions, agents) name the `conversation`.
    `thread`: the address is one conversation for ever, as a thread is; else it begins a new one after a while.
    """

    key: str
    event: AnyEvent
    address: Address | None = None
    conversation: str = ""
    sender: Sender = field(default_factory=Sender)
    thread: bool = False
