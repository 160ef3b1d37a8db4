"""The stand-in by hand: one person at a keyboard, line by line; what the bot writes appears below."""

import shlex
from collections.abc import Callable
from pathlib import Path

from tests.support.telegram.api import BotApi
from tests.support.telegram.seen import Shown

HELP = """\
say TEXT        write a text                    start [TOKEN]   open the chat with the bot
press N         press the Nth button of the newest message that has some
edit TEXT       change your last message        delete          delete your last message
photo | voice   send one                        document PATH   send a file
block, unblock  refuse the bot, let it in again
chat            show the whole chat             calls           how often the bot called what
help            this list                       quit            end"""


class Console:
    """One person's phone as a few words on a terminal. `show` prints a line."""

    def __init__(self, api: BotApi, show: Callable[[str], None], name: str = "Ann Smith", language: str = "en") -> None:
        self.api, self.show = api, show
        self.person = api.person(name, language)
        self.mine: Shown | None = None
        self.known: dict[int, Shown] = {}
        self.verbs: dict[str, Callable[[str], None]] = {
            "say": self.say, "start": self.start, "press": self.press, "edit": self.edit, "delete": self.delete,
            "photo": self.photo, "voice": self.voice, "document": self.document, "block": self.block,
            "unblock": self.unblock, "chat": self.chat, "calls": self.calls, "help": self.help,
        }  # fmt: skip

    def obey(self, line: str) -> bool:
        """Do what a line says; False when it says to end. What cannot be done is told, never raised."""
        verb, _, rest = line.strip().partition(" ")
        if verb == "quit":
            return False
        if verb:
            try:
                self.verbs.get(verb, self.unknown)(rest.strip())
            except (AssertionError, OSError, KeyError, ValueError) as error:
                self.show(f"! {error}")
        return True

    def look(self) -> None:
        """Show what the bot has written or changed since the last look."""
        now = {message.id: message for message in self.person.answers}
        for number, message in now.items():
            if (before := self.known.get(number)) is None or before.raw != message.raw:
                self.show(told(message, changed=before is not None))
        for number in self.known.keys() - now.keys():
            self.show(f"bot #{number} is gone")
        self.known = now

    def say(self, words: str) -> None:
        """Write."""
        self.mine = self.person.say(words)

    def start(self, token: str) -> None:
        """Open the chat."""
        self.mine = self.person.start(token)

    def press(self, number: str) -> None:
        """Press a button of the newest message that has some."""
        with_buttons = [message for message in self.person.answers if message.buttons]
        assert with_buttons, "no message has buttons"
        self.person.press(with_buttons[-1], int(number) if number.isdecimal() else number)

    def edit(self, words: str) -> None:
        """Change the last message."""
        assert self.mine, "you have written nothing yet"
        self.mine = self.person.edit(self.mine, words)

    def delete(self, _: str) -> None:
        """Delete the last message."""
        assert self.mine, "you have written nothing yet"
        self.person.delete(self.mine)
        self.mine = None

    def photo(self, caption: str) -> None:
        """Send a picture."""
        self.mine = self.person.send_photo(caption=caption)

    def voice(self, _: str) -> None:
        """Send a spoken message."""
        self.mine = self.person.send_voice()

    def document(self, path: str) -> None:
        """Send a file."""
        file = Path(shlex.split(path)[0]) if path else Path()
        self.mine = self.person.send_document(file.read_bytes(), file.name)

    def block(self, _: str) -> None:
        """Refuse the bot."""
        self.person.block()

    def unblock(self, _: str) -> None:
        """Let it in again."""
        self.person.unblock()

    def chat(self, _: str) -> None:
        """Show everything."""
        for message in self.person.messages:
            self.show(told(message))

    def calls(self, _: str) -> None:
        """Show what the bot asked how often."""
        for method in sorted({call.method for call in self.api.calls}):
            self.show(f"{self.api.count(method):6} {method}")

    def help(self, _: str) -> None:
        """Show the verbs."""
        self.show(HELP)

    def unknown(self, _: str) -> None:
        """Say what there is."""
        self.show("! no such verb; there are: " + ", ".join([*self.verbs, "quit"]))


def told(message: Shown, changed: bool = False) -> str:
    """A message on a terminal: who, what, and its buttons by number."""
    who = "bot" if message.by_bot else "you"
    words = message.text or message.file_name or "[a file]"
    lines = [f"{who} #{message.id}{' (changed)' if changed else ''}: {words}"]
    lines += [f"    {number}  {label}" for number, label in enumerate(message.labels, 1)]
    return "\n".join(lines)
