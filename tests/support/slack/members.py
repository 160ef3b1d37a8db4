"""What a person does in Slack: says, presses, fills in, looks. Everything is seen as it stands at that moment."""

from tests.support.slack import events, interactions, talk
from tests.support.slack.methods.assistant import started
from tests.support.slack.methods.files import new_file
from tests.support.slack.parcels import Parcel
from tests.support.slack.people import Person, user_of
from tests.support.slack.refusal import Json
from tests.support.slack.rooms import Message, Room
from tests.support.slack.screening import Screening, pressed
from tests.support.slack.seen import Seen, buttons_in, element_named, seen
from tests.support.slack.surfaces import Assistant
from tests.support.slack.typing_in import typed
from tests.support.slack.world import World

Thread = Seen | Message | str | None


def name_of(thread: Thread) -> str | None:
    """The `ts` of a thread, whichever way it is named: a reply names its thread."""
    match thread:
        case Seen() | Message():
            return thread.thread or thread.ts
        case _:
            return thread


class Member(Screening):
    """A person who acts; what is not said to be in a room is in the direct message with the bot."""

    def __init__(self, world: World, person: Person) -> None:
        self.world, self.person = world, person

    @property
    def id(self) -> str:
        """Slack's id."""
        return self.person.id

    @property
    def direct(self) -> Room:
        """The direct message with the bot."""
        with self.world.lock:
            return self.world.direct(self.id)

    def say(self, words: str, room: Room | None = None, thread: Thread = None, broadcast: bool = False) -> Seen:
        """Write something; `@handle` and addresses become what Slack's clients make of them."""
        with self.world.lock:
            place = room or self.direct
            text, blocks = typed(words, self.world.people.values())
            message = talk.said_by(self.world, self.id, place, text, blocks, name_of(thread))
            message.subtype = "thread_broadcast" if broadcast else None
            return seen(talk.post(self.world, place, message))

    def mention(self, words: str, room: Room, thread: Thread = None) -> Seen:
        """Speak to the bot in a channel."""
        return self.say(f"@{self.world.app.name} {words}", room, thread)

    def emote(self, words: str, room: Room | None = None) -> Seen:
        """Write with /me."""
        with self.world.lock:
            place = room or self.direct
            message = talk.said_by(self.world, self.id, place, words, [])
            message.subtype, message.client_id = "me_message", None
            return seen(talk.post(self.world, place, message))

    def speak_as_integration(self, words: str, room: Room) -> Seen:
        """Post as an old integration does: a bot_message without a user."""
        with self.world.lock:
            message = talk.said_by(self.world, self.id, room, words, [])
            message.subtype, message.client_id = "bot_message", None
            message.username, message.extra = self.person.name, {"bot_id": self.person.bot_id or "B0000000002"}
            return seen(talk.post(self.world, room, message))

    def edit(self, message: Seen, words: str) -> None:
        """Change one's message."""
        with self.world.lock:
            room, found = self.found(message)
            text, blocks = typed(words, self.world.people.values())
            talk.change(self.world, room, found, self.id, text=text, blocks=blocks)

    def delete(self, message: Seen) -> None:
        """Take one's message back; one with replies leaves a tombstone."""
        with self.world.lock:
            talk.take_back(self.world, *self.found(message))

    def upload(
        self, name: str, content: bytes, words: str = "", room: Room | None = None, thread: Thread = None
    ) -> Seen:
        """Send a file."""
        with self.world.lock:
            place = room or self.direct
            file = new_file(self.world, name, self.id, len(content))
            file.content, file.uploaded = content, True
            text, blocks = typed(words, self.world.people.values())
            message = talk.said_by(self.world, self.id, place, text, blocks, name_of(thread))
            return seen(talk.share(self.world, place, message, [file]))

    def react(self, message: Seen, name: str) -> None:
        """Add a reaction."""
        with self.world.lock:
            talk.react(self.world, *self.found(message), self.id, name)

    def unreact(self, message: Seen, name: str) -> None:
        """Take it away."""
        with self.world.lock:
            talk.unreact(self.world, *self.found(message), self.id, name)

    def press(self, what: str, message: Seen | None = None) -> Parcel:
        """Press what is labelled so, or has that action_id, of a message as it now stands or of the newest that has it.

        Raises AssertionError where there is no such button, as when the bot has taken it away.
        """
        with self.world.lock:
            for room, found in [self.found(message)] if message else self.visible():
                for button in buttons_in(found.blocks):
                    if what in (button.label, button.action):
                        return self.act(room, found, pressed(found.blocks, button.block, button.action, button.label))
        there = [button.label for _, found in self.visible() for button in buttons_in(found.blocks)]
        raise AssertionError(f"nothing to press is called {what!r}; there is {there}")

    def choose(self, action: str, value: str, message: Seen) -> Parcel:
        """Choose an option of a menu or of radio buttons in a message."""
        with self.world.lock:
            room, found = self.found(message)
            place = element_named(found.blocks, action)
            assert place, f"no menu is called {action!r}"
            block, menu = place
            option = next(each for each in menu["options"] if each["value"] == value)
            chosen = {
                "type": menu["type"],
                "action_id": action,
                "block_id": block["block_id"],
                "selected_option": option,
            }
            return self.act(room, found, chosen)

    def act(self, room: Room, message: Message, action: Json) -> Parcel:
        """Send the action."""
        payload = interactions.action_in_message(self.world, self.person, room, message, action)
        return self.send(Parcel("interactive", payload))

    def command(self, name: str, text: str = "", room: Room | None = None) -> Parcel:
        """Use a slash command; what the app says at once is shown to this person alone, unless it says otherwise."""
        with self.world.lock:
            known = self.world.app.commands
            assert known is None or name in known, f"the app has no command {name}"
            place = room or self.direct
            payload = interactions.command(self.world, self.person, place, name, text)
            hook = payload["response_url"].partition("/actions/")[2]
            return self.send(Parcel("slash_commands", payload, lambda said: self.shown(hook, said)))

    def shortcut(self, callback: str, message: Seen) -> Parcel:
        """Use the app's shortcut in the menu of a message."""
        with self.world.lock:
            payload = interactions.shortcut(self.world, self.person, *self.found(message), callback)
            return self.send(Parcel("interactive", payload))

    def open_assistant(self, context: Room | None = None) -> Seen:
        """Open a new assistant thread; answers its first message, to say things below it."""
        with self.world.lock:
            place, world = self.direct, self.world
            root = Message(
                place.id, world.clock.stamp(), world.app.bot_user, "New Assistant Thread",
                subtype="assistant_app_thread", by_app=True,
            )  # fmt: skip
            root.thread = root.ts
            place.messages.append(root)
            looks_at = (
                {"channel_id": context.id, "team_id": world.team, "enterprise_id": world.enterprise} if context else {}
            )
            world.assistants[place.id, root.ts] = Assistant(self.id, looks_at)
            started(world, self.id, place.id, root.ts, looks_at, "assistant_thread_started")
            return seen(root)

    def look_at(self, room: Room, thread: Seen) -> None:
        """Go to another channel while the assistant is open."""
        with self.world.lock:
            context = {"channel_id": room.id, "team_id": self.world.team, "enterprise_id": self.world.enterprise}
            self.assistant(thread).context = context
            started(self.world, self.id, thread.room, thread.ts, context, "assistant_thread_context_changed")

    def assistant(self, thread: Seen) -> Assistant:
        """Status, title and prompts of an assistant thread as they now are."""
        with self.world.lock:
            return self.world.assistants[thread.room, name_of(thread) or thread.ts]

    def change_profile(self, **new: object) -> None:
        """Change what Slack knows of the person: fields of Person."""
        with self.world.lock:
            for name, value in new.items():
                setattr(self.person, name, value)
            self.person.updated = int(self.world.clock.now())
            user = user_of(self.person, "users:read.email" in self.world.app.scopes, with_locale=True)
            event = {"type": "user_change", "user": user, "cache_ts": self.person.updated}
            events.emit(self.world, event | {"event_ts": self.world.clock.stamp()})

    def sees(self, room: Room | None = None, thread: Thread = None) -> tuple[Seen, ...]:
        """The messages of a room, or of one thread, as this person sees them now."""
        with self.world.lock:
            place, ts = room or self.direct, name_of(thread)
            mine = [each for each in place.messages if each.ephemeral_to in (None, self.id)]
            return tuple(seen(each) for each in mine if ts is None or ts in (each.ts, each.thread))

    def now(self, message: Seen) -> Seen:
        """The message as it now reads."""
        with self.world.lock:
            return seen(self.found(message)[1])
