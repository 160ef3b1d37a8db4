"""Groups and channels: who is in them, and how a group becomes a supergroup."""

from tests.support.telegram.chats import Chat, Kind, Standing
from tests.support.telegram.people import Person
from tests.support.telegram.seen import Screen, Shown
from tests.support.telegram.world import World

SUPERGROUPS = -1_000_000_000_000


class Group(Screen):
    """Several people and the bot."""

    def add(self, person: Person) -> None:
        """Let somebody in."""
        with self.world.changed:
            self.inside.members[person.id] = person.user

    def upgrade(self) -> "Group":
        """Become a supergroup, which is a new chat: gives it. Both say so in a message, and the old one is closed."""
        old = self.inside
        with self.world.changed:
            new = Chat(SUPERGROUPS + old.id, "supergroup", old.title, bot=old.bot, members=dict(old.members))
            self.world.add(new)
            owner = next(iter(old.members.values()))
            leaving = old.write(owner, self.world.date, {"migrate_to_chat_id": new.id})
            arriving = new.write(owner, self.world.date, {"migrate_from_chat_id": old.id})
            old.migrated_to = new.id
            self.world.announce("message", leaving)
            self.world.announce("message", arriving)
        return Group(self.world, new)

    def remove_bot(self, by: Person) -> None:
        """Throw the bot out."""
        self.world.turn(self.inside, by.user, "kicked")

    def add_bot(self, by: Person, standing: Standing = "member") -> None:
        """Let the bot in, or give it another standing."""
        self.world.turn(self.inside, by.user, standing)


class Channel(Group):
    """A place where only its owners write."""

    def post(self, text: str) -> Shown:
        """Publish a text in the channel's own name."""
        with self.world.changed:
            post = self.inside.write(None, self.world.date, {"text": text})
            self.world.announce("channel_post", post)
            return self.shown(post)

    def edit(self, message: Shown, text: str) -> None:
        """Change what was published."""
        with self.world.changed:
            changed = self.inside.messages[message.id] | {"text": text, "edit_date": self.world.date}
            self.inside.messages[message.id] = changed
            self.world.announce("edited_channel_post", changed)


def new_group(world: World, number: int, title: str, people: tuple[Person, ...], kind: Kind, **how: bool) -> Chat:
    """A chat with these people and the bot in it; what opened a supergroup was its first message."""
    bot: Standing = "administrator" if how.get("admin") else "member"
    members = {person.id: person.user for person in people}
    chat = Chat(number, kind, title, forum=how.get("forum", False), bot=bot, members=members)
    chat.last_id = 1 if kind == "supergroup" else 0
    return world.add(chat)
