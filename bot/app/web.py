"""The pages of a house: the chat, the privacy notice, the desk and the knowledge, put together from its doors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi import FastAPI

from bot.channels.web import ChatDoors, Sessions, WebChannel, chat_routes, kept_secret, widget_script
from bot.channels.web.bells import Bells
from bot.console.app import ConsoleDoors, build
from bot.console.desk import DeskDoors
from bot.console.door import Door
from bot.console.keys import DeskKeys
from bot.console.knowledge import KnowledgeDoors
from bot.console.pages import PublicDoors
from bot.console.privacy import Notice
from bot.dialog.effects import Relay
from bot.ports.channel import Channel
from bot.ports.clock import Clock, SystemClock
from bot.ports.delivery import Delivery, Sent
from bot.ports.ledger import Parcel
from bot.ports.notes import Notes
from bot.settings import Settings
from bot.store.chats import SqlChats
from bot.store.desks import SqlDesks
from bot.store.files import FolderFiles

from .house import EVERY_DAY, House, Street
from .mind import Mind

FILES, SECRET = "files", "web.key"


class DeskPage:
    """The agents' door while the desk is a page that reads the log: what is in the log has reached them."""

    async def tell(self, relay: Relay, key: str, conversation: str) -> Delivery:
        """Nothing to carry: the page shows the conversation itself."""
        return Sent(ref=key)


@dataclass(frozen=True, slots=True)
class Front:
    """What the street in front of a served house is made of: the web channel, its bells, the desk's keys."""

    home: Path
    clock: Clock = field(default_factory=SystemClock)
    bells: Bells = field(default_factory=Bells)
    keys: DeskKeys = field(default_factory=DeskKeys)

    def street(self, keeping: Callable[[Notes], Mapping[str, Channel]] = lambda notes: {}) -> Street:
        """The street for a house that serves people: the machine's clock, the web channel, everything durable."""
        web = {"web": WebChannel(self.bells)}
        told = self._ring_for
        return Street(self.home, self.clock, web, DeskPage(), manners=EVERY_DAY, told=told, keeping=keeping)

    def _ring_for(self, parcel: Parcel) -> None:
        """Wake the pages once the ledger has it that a message was sent: only then do they find it there."""
        if parcel.address:
            self.bells.ring(parcel.address.key)


def pages(settings: Settings, mind: Mind, house: House, front: Front) -> FastAPI:
    """Make the web application of a house."""
    files, database = FolderFiles(front.home / FILES), house.ledger.database
    sessions = Sessions(kept_secret(front.home / SECRET))
    chat = ChatDoors(house.reception.receive, SqlChats(database), files, front.clock, sessions, front.bells)
    door = Door(
        front.keys,
        front.clock,
        playbook=lambda: mind.playbook,
        zone=ZoneInfo(settings.desk.timezone),
        desk_name=settings.desk.name,
        secure=settings.server.public_url.startswith("https://"),
    )
    desk = DeskDoors(door, SqlDesks(database), files)
    knowledge = KnowledgeDoors(door, house.articles, house.library, settings.desk.languages)
    public = PublicDoors(
        widget_script(),
        desk_name=settings.desk.name,
        languages=settings.desk.languages,
        notice=_notice(settings),
        well=house.records.well,
    )
    return build(ConsoleDoors(public, desk, knowledge, channels=(chat_routes(chat),), origins=settings.server.origins))


def _notice(settings: Settings) -> Notice:
    told = settings.privacy
    return Notice(
        controller=told.controller,
        dpo=told.dpo,
        basis_staff=told.basis_staff,
        basis_customers=told.basis_customers,
        recipients=told.recipients,
        authority=told.authority,
    )
