"""The stand-in by hand: a person's side of Slack, line by line."""

import shlex
import threading
from collections.abc import Callable, Iterator

from tests.support.slack.members import Member
from tests.support.slack.refusal import RefusalError
from tests.support.slack.rooms import Room
from tests.support.slack.seen import Seen, buttons_in, words_in
from tests.support.slack.workspace import Workspace

HELP = """\
  say WORDS           write to the bot (anything that is no command is said, too)
  mention WORDS       speak to it in #help
  press LABEL         press a button
  edit WORDS          change what was said last        delete          take it back
  react NAME          react to what the bot said last  file NAME TEXT  send a small file
  command /NAME TEXT  use a slash command              home            open the home tab
  assistant           open an assistant thread         fill FIELD=TEXT ...  submit the open modal
  outage | back       the platform goes away and comes back
  refresh             ask the app to connect anew      quit
"""


class Console:
    """One person at the keyboard."""

    def __init__(self, slack: Workspace, say: Callable[[str], None] = print) -> None:
        self.slack, self.write = slack, say
        self.who: Member = slack.person("Ana Li", "ana@corp.test", locale="fr-FR")
        self.room: Room = slack.channel("help", self.who)
        self.last: Seen | None = None
        self.thread: Seen | None = None
        self.shown: dict[str, str] = {}
        self.ended = threading.Event()

    def greet(self) -> None:
        """Say what an app needs to know to connect."""
        app = self.slack.app
        for name, value in (
            ("Web API", f"{self.slack.url}/api/"), ("bot token", app.bot_token), ("app token", app.app_token),
            ("signing secret", app.signing_secret), ("bot user", app.bot_user), ("you", self.who.person.email or ""),
        ):  # fmt: skip
            self.write(f"{name:15} {value}")
        self.write(f"\n{HELP}")

    def obey(self, line: str) -> None:
        """Do what a line says; a mistake is told, not raised."""
        name, _, rest = line.strip().partition(" ")
        try:
            self.act(name, rest.strip())
        except (AssertionError, ValueError, LookupError, RefusalError) as error:
            self.write(f"? {error}")

    def act(self, name: str, rest: str) -> None:
        """One command. Raises AssertionError where it cannot be done."""
        who, last = self.who, self.last
        match name:
            case "":
                pass
            case "quit":
                self.ended.set()
            case "mention":
                self.last = who.mention(rest, self.room)
            case "press":
                who.press(rest) if not self.on_screen(rest) else who.press_in(who.modal(), rest)
            case "edit" if last:
                who.edit(last, rest)
            case "delete" if last:
                who.delete(last)
            case "react":
                who.react(self.slack.written()[-1], rest)
            case "file":
                title, _, words = rest.partition(" ")
                self.last = who.upload(title, words.encode() or b"-", words, thread=self.thread)
            case "command":
                command, _, text = rest.partition(" ")
                who.command(command, text)
            case "home":
                who.open_home()
            case "assistant":
                self.thread = who.open_assistant()
            case "fill":
                who.submit(**dict(pair.split("=", 1) for pair in shlex.split(rest)))
            case "outage":
                self.slack.stop()
            case "back":
                self.slack.start()
            case "refresh":
                self.slack.refresh()
            case _:
                self.last = who.say(rest if name == "say" else f"{name} {rest}".strip(), thread=self.thread)

    def on_screen(self, label: str) -> bool:
        """Tell whether a modal, or else the home tab, has that button."""
        modal = self.who.modal()
        form = modal.form if modal else self.who.home()
        return form is not None and any(label in (each.label, each.action) for each in buttons_in(form["blocks"]))

    def watch(self) -> None:
        """Show what the bot writes and changes, until the end."""
        while not self.ended.wait(0.1):
            for line in self.news():
                self.write(line)

    def news(self) -> Iterator[str]:
        """What reads otherwise than it did when last shown."""
        for message in self.slack.written():
            buttons = "  ".join(f"[{label}]" for label in message.labels)
            yield from self.once(message.ts, "\n    ".join(filter(None, [message.words, buttons])))
        for (room, thread), assistant in list(self.slack.world.assistants.items()):
            yield from self.once(f"status {room} {thread}", f"({assistant.status})" if assistant.status else "")
        if modal := self.who.modal():
            fields = [block["element"]["action_id"] for block in modal.form["blocks"] if block["type"] == "input"]
            yield from self.once(f"{modal.id} {modal.hash}", f"modal {modal.form['title']['text']!r}, fields {fields}")
            yield from self.once(f"{modal.id} errors", str(modal.errors) if modal.errors else "")
        if home := self.who.home():
            yield from self.once("home", f"home tab: {words_in(home['blocks'])}")

    def once(self, key: str, words: str) -> Iterator[str]:
        """The words, if they are new under this key."""
        if self.shown.get(key, "") != words:
            self.shown[key] = words
            if words:
                yield f"bot> {words}"
