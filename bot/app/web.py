"""The pages of a house: the chat, the privacy notice, the desk and the knowledge, put together from its doors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi import APIRouter, FastAPI

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

from .branches import Branch
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

    def street(self, branches: Sequence[Branch] = (), domains: tuple[str, ...] = ()) -> Street:
        """The street for a house that serves people: the machine's clock, all its channels, everything durable."""
        web: dict[str, Channel] = {"web": WebChannel(self.bells)}

        def keeping(notes: Notes) -> Mapping[str, Channel]:
            return {name: channel for branch in branches for name, channel in branch.channels(notes).items()}

        street = Street(self.home, self.clock, web, DeskPage(), manners=EVERY_DAY, told=self._ring_for, keeping=keeping)
        return replace(street, domains=domains)

    def _ring_for(self, parcel: Parcel) -> None:
        """Wake the pages once the ledger has it that a message was sent: only then do they find it there."""
        if parcel.address:
            self.bells.ring(parcel.address.key)


def pages(settings: Settings, mind: Mind, house: House, front: Front, routers: Sequence[APIRouter] = ()) -> FastAPI:
    """Make the web application of a house; `routers`: where platforms call."""
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
    return build(
        ConsoleDoors(public, desk, knowledge, channels=(chat_routes(chat), *routers), origins=settings.server.origins)
    )


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
