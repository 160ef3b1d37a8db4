"""A button pressed in a message: stored as an answer, then the choices give way to the one that was taken."""

from collections import OrderedDict
from dataclasses import dataclass, field

from bot.channels.slack.doors import Doors, Place
from bot.channels.slack.payload import Json, part, parts, word
from bot.channels.slack.people import Person
from bot.channels.slack.reading import Own
from bot.dialog.events import ButtonPressed

PLACES = 1000  # messages whose choices are over, known until Slack shows so
NOT_YOURS = {"fr": "Ces boutons répondent à une autre personne.", "en": "These buttons answer somebody else."}
_LONGEST_TURN = 9  # digits


@dataclass(frozen=True, slots=True)
class Press:
    """A press of a button under a message of ours. `button` and `turn` are what we wrote into its value."""

    channel: str
    ts: str
    thread: str
    user: str
    action: str
    button: str
    turn: int
    at: str
    message: Json = field(default_factory=dict, repr=False)

    @property
    def label(self) -> str:
        """What stood on the button."""
        buttons = (one for block in parts(self.message, "blocks") for one in parts(block, "elements"))
        return next((word(one, "text", "text") for one in buttons if word(one, "action_id") == self.action), "")


def button_value(turn: int, button: str) -> str:
    """What a button carries: which turn showed it, and which it is."""
    return f"{turn}:{button}"


def read_press(payload: Json) -> Press | None:
    """Read block_actions; None where no button of a message was pressed."""
    action = next(iter(parts(payload, "actions")), {})
    turn, colon, button = word(action, "value", most=2000).partition(":")
    message = part(payload, "message")
    channel = word(payload, "channel", "id") or word(payload, "container", "channel_id")
    ts = word(message, "ts") or word(payload, "container", "message_ts")
    user = word(payload, "user", "id")
    known = bool(colon) and turn.isdecimal() and len(turn) <= _LONGEST_TURN and bool(button)
    if word(action, "type") != "button" or not (known and channel and ts and user):
        return None
    thread = word(message, "thread_ts") or word(payload, "container", "thread_ts")
    return Press(
        channel=channel,
        ts=ts,
        thread="" if thread == ts else thread,
        user=user,
        action=word(action, "action_id"),
        button=button,
        turn=int(turn),
        at=word(action, "action_ts"),
        message=message,
    )


class PressRoom:
    """Takes presses in."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._over: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def press(self, press: Press, own: Own) -> None:
        """Take a press; once this returns it is durable. A second one of the same message changes nothing.

        A press of somebody else than the one who asks settles nothing: the buttons stay.
        """
        if (press.channel, press.ts) in self._over:
            return
        place = self._place(press, own)
        thread = await self._doors.threads.of(own.account, place.key)
        person = await self._doors.person(press.user, own)
        event = ButtonPressed(at=self._doors.clock.now(), button=press.button, turn=press.turn)
        requester = thread.requester if thread else ""
        await self._doors.take(press_key(press, own), event, place, person, requester)
        if requester not in ("", press.user):
            self._doors.later.do(self._not_yours(press, person), "whose buttons these are was not told")
            return
        self._over[press.channel, press.ts] = None
        while len(self._over) > PLACES:
            self._over.popitem(last=False)
        self._doors.later.do(self._shown(press), "the choice was not shown")

    def _place(self, press: Press, own: Own) -> Place:
        key = f"{press.channel}:{press.thread}" if press.thread else press.channel
        return Place(own.account, key, thread=bool(press.thread), public=not press.channel.startswith("D"))

    async def _not_yours(self, press: Press, person: Person) -> None:
        await self._doors.slack.call(
            "chat.postEphemeral",
            channel=press.channel,
            thread_ts=press.thread or None,
            user=press.user,
            text=NOT_YOURS[person.language or "en"],
        )

    async def _shown(self, press: Press) -> None:
        metadata = part(press.message, "metadata")
        await self._doors.slack.call(
            "chat.update",
            channel=press.channel,
            ts=press.ts,
            text=word(press.message, "text", most=4000),
            blocks=chosen_blocks(press),
            metadata=metadata or None,
        )


def chosen_blocks(press: Press) -> list[Json]:
    """The message as it was, with the choice in the place of the buttons."""
    kept = [block for block in parts(press.message, "blocks") if word(block, "type") != "actions"]
    chosen = {"type": "plain_text", "text": f"✓ {press.label or press.button}", "emoji": False}
    return [*kept, {"type": "context", "elements": [chosen]}]


def press_key(press: Press, own: Own) -> str:
    """The delivery key of a press."""
    return f"slack:{own.account}:action:{press.at}:{press.user}:{press.action}"
