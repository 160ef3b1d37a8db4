"""What can happen in a conversation, as strategies: people's lines in two languages, presses, agents, tickets, time."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from bot.dialog.conversation import Conversation
from bot.dialog.effects import Say
from bot.dialog.events import AnyEvent, Facts, File, PersonEdited, WorkFailed
from bot.dialog.flow import Branch, CallAction, Collect, Escalate, Flow, Noop, Trigger
from bot.dialog.playbook import Playbook
from bot.dialog.texts import HUMAN
from bot.dialog.turn import Turn
from tests.support.talk import PROVEN, Talk, hit, library, problem

Move = Callable[[Talk], object]

# Lines and the topic that a model finds in them.
PROBLEMS = (
    ("Bonjour, mon VPN ne marche plus depuis ce matin, erreur 809, Windows 11", "vpn"),
    ("the VPN will not connect from the hotel", "vpn"),
    ("vpn", "vpn"),
    ("mot de passe oublié", "password_account"),
    ("I am locked out of my account, AADSTS50053", "password_account"),
    ("l'imprimante ne sort plus rien depuis hier", "printer"),
    ("my printer is jammed again", "printer"),
    ("pas de wifi chez moi", "network_wifi"),
    ("the whole office has no network", "network_wifi"),
    ("Outlook ne reçoit plus de messages, j'ai déjà redémarré", "email_outlook"),
    ("my computer is very slow since the update", "slow_computer"),
    ("j'ai besoin d'un accès au dossier compta", "access_rights"),
    ("mon écran est cassé", "hardware_broken"),
    ("please install Photoshop", "software_install"),
    ("no sound in Teams, meeting in 10 minutes", "teams_audio"),
    ("my invoice F-2024-118 is wrong", "billing"),
    ("where is my order 4455?", "order_status"),
    ("where is my ticket?", "ticket_status"),
    ("la machine fait un contrôle du lecteur", "drive"),
)
LINES = (
    ("bonjour", None), ("hello", "greeting"), ("merci", None), ("thanks!", None), ("ça va ?", None),
    ("oui", None), ("no", None), ("je ne sais pas", None), ("I don't know", None), ("plus tard", None),
    ("je ne peux pas essayer maintenant", None), ("ça marche maintenant", None), ("it works", None),
    ("toujours pas", None), ("still broken", None), ("ça ne marche plus, c'est revenu", None),
    ("non, je voulais dire macOS", None), ("actually I meant Linux", None), ("Windows 11", None),
    ("en fait plusieurs collègues aussi", None), ("at home", None), ("au bureau", None), ("2", None),
    ("j'ai déjà redémarré", None), ("I already restarted it", None), ("erreur 691", None), ("code 0x800B0109", None),
    ("in English please", None), ("en français s'il vous plaît", None), ("répétez", None), ("can you repeat?", None),
    ("annulez", None), ("never mind", None), ("où en est ma demande ?", None), ("back to the first problem", None),
    ("quelle est la capitale du Pérou ?", "out_of_scope"), ("ça ne va pas", "unclear"), ("blorp grmbl", None),
    ("the the of and with some words that say nothing at all", None), ("", None), ("😀", None),
    ("c'est un scandale, votre service est nul", None), ("this is ridiculous, I am fed up with your useless bot", None),
    ("I think the red one on the second floor, near the window", None),
    ("je voudrais continuer cette conversation en français si c'est possible pour vous", None),
    ("could you please tell me what I should do about it now", None),
    ("réunion dans 10 minutes", None), ("1b 2a 3c", None),
)  # fmt: skip
TO_PEOPLE = (
    ("un humain", None), ("human", None), ("Ich kann mich nicht mehr anmelden, bitte helfen Sie mir", None),
    ("j'ai cliqué sur un lien et donné mon mot de passe", None), ("I got a strange mail asking for my password", None),
    ("ma batterie est gonflée", None), ("this is ridiculous, I am fed up with your useless bot", None),
)  # fmt: skip

_picture = File("error.png", "image/png", 1234, "f1")
_report = File("log.txt", "text/plain", 99, "f2")

DRIVE = Flow(
    id="drive",
    description="Looks at the drive by a custom action.",
    name={"en": "Drive", "fr": "Lecteur"},
    topic="drive",
    team="workplace",
    triggers=(Trigger("drive"),),
    steps={
        "os": Collect("os", "os", "utter_ask_os", next=(Branch("check"),)),
        "check": CallAction("check", "action_check_drive", next=(Branch("then"),)),
        "then": Noop("then", next=(Branch("hand_over", "slots.changed"), Branch("more"))),
        "more": Collect("more", "changed", "utter_ask_changed", next=(Branch("hand_over"),)),
        "hand_over": Escalate("hand_over", reason="on_site"),
    },
)


def with_drive(book: Playbook) -> Playbook:
    """The library with a flow that runs a custom action."""
    return replace(book, flows={**book.flows, DRIVE.id: DRIVE})


def _say(line: tuple[str, str | None]) -> Move:
    return lambda talk: talk.feed(talk.said(line[0], topic=line[1]))


def _with_hit(line: tuple[str, str | None]) -> Move:
    hits = (hit(library(), "printer-toner"), hit(library(), "vpn-install"))
    return lambda talk: talk.feed(talk.said(line[0], hits=hits))


def _how_to(line: tuple[str, str | None]) -> Move:
    hits = (hit(library(), "vpn-install"),)
    return lambda talk: talk.feed(talk.said(line[0], topic=line[1], hits=hits, how_to=True))


def _two(first: tuple[str, str | None], second: tuple[str, str | None]) -> Move:
    told = (problem(first[0], first[1] or "vpn"), problem(second[0], second[1] or "printer"))
    return lambda talk: talk.feed(talk.said(f"{first[0]}. {second[0]}", topic=first[1], problems=told))


def _press(index: int, old: bool) -> Move:
    """Press one of the buttons of the last message, the human's left out, or any of an older one."""

    def move(talk: Talk) -> object:
        shown = [say for say in talk.says if say.buttons]
        say = shown[index % len(shown) if old else -1] if shown else None
        ids = [one.id for one in say.buttons if old or one.id != HUMAN] if say else []
        return talk.press(ids[index % len(ids)], say.turn) if say and ids else None

    return move


def _ticket(state: str, reply: str) -> Move:
    return lambda talk: talk.change(state, reply) if talk.talk.cases else None


def _tickets(mode: str) -> Move:
    """The ticketing system goes away, answers late or comes back."""

    def move(talk: Talk) -> object:
        talk.tickets = mode
        talk.open_tickets()
        return None

    return move


def _action(ends: str) -> Move:
    def move(talk: Talk) -> object:
        if not talk.running:
            return None
        if ends == "finish":
            return talk.finish({"changed": "update"}, {"text": "Checked."})
        return talk.finish() if ends == "empty" else talk.fail(ends)

    return move


def _edit(text: str) -> Move:
    return lambda talk: talk.feed(PersonEdited(at=talk.now, facts=talk.facts, ref="m1", text=text))


lines = st.sampled_from(PROBLEMS + LINES)
problems = st.sampled_from(PROBLEMS[:-2])
fuzz = st.text(max_size=40).map(lambda text: (text, None))
files = st.sampled_from([(_picture,), (_report,), (_picture, _report)])

# What a person does with the bot, and the time that passes.
with_the_bot: st.SearchStrategy[Move] = st.one_of(
    st.integers(0, 2).map(lambda index: _press(index, old=False)),
    st.integers(0, 3).map(lambda index: _press(index, old=False)),
    st.integers(0, 3).map(lambda index: _press(index, old=False)),
    st.sampled_from(LINES).map(_say),
    st.sampled_from(LINES).map(_say),
    problems.map(_say),
    fuzz.map(_say),
    lines.map(_with_hit),
    problems.map(_how_to),
    st.tuples(problems, problems).map(lambda pair: _two(*pair)),
    st.tuples(lines, lines).map(lambda pair: lambda talk: talk.say(pair[0][0], pair[1][0], topic=pair[1][1])),
    st.integers(0, 30).map(lambda index: _press(index, old=True)),
    st.sampled_from(["nonsense", "yes", "lang:fr", "lang:de"]).map(lambda one: lambda talk: talk.press(one)),
    st.sampled_from([0.2, 5, 25, 30, 200]).map(lambda hours: lambda talk: talk.wait(hours)),
    st.sampled_from(["finish", "empty", "failed", "timeout"]).map(_action),
    st.tuples(lines, files).map(lambda pair: lambda talk: talk.say(pair[0][0], topic=pair[0][1], files=pair[1])),
    lines.map(lambda line: lambda talk: talk.say(line[0], topic=line[1], secrets=("password",))),
    st.sampled_from(["", "sorry, macOS"]).map(_edit),
)
# What brings people in, and what they and their tools do.
with_people: st.SearchStrategy[Move] = st.one_of(
    st.sampled_from(TO_PEOPLE).map(_say),
    lines.map(_say),
    st.just(lambda talk: talk.press("human")),
    st.sampled_from(["take", "hand_back", "resolve", "dance"]).map(lambda one: lambda talk: talk.act(one)),
    st.just(lambda talk: talk.agent("I am looking at it")),
    st.tuples(st.sampled_from(["", "in_progress", "resolved", "closed"]), st.sampled_from(["", "Any news?"])).map(
        lambda pair: _ticket(*pair)
    ),
    st.sampled_from(["open", "delay", "hold"]).map(_tickets),
    st.just(lambda talk: talk.feed(WorkFailed(at=talk.now, facts=talk.facts, what="sending"))),
)
moves: st.SearchStrategy[Move] = st.one_of(with_the_bot, with_the_bot, with_the_bot, with_people)

people = st.builds(
    lambda facts, slots, vip, open_, lang: replace(facts, slots=slots, vip=vip, open=open_, language=lang),
    st.sampled_from([Facts(), PROVEN]),
    st.sampled_from([{}, {}, {"os": "windows", "site": "Lyon"}]),
    st.sampled_from([False, False, False, True]),
    st.sampled_from([True, True, False]),
    st.sampled_from(["", "fr"]),
)


def talk_of(facts: Facts, channel: str, lang: str) -> Talk:
    """A conversation that has not begun, on the library and a flow with a custom action."""
    return Talk(with_drive(library()), lang=lang, channel=channel, facts=facts)


talks = st.builds(
    talk_of,
    people,
    st.sampled_from(["web", "web", "web", "email"]),
    st.sampled_from(["en", "fr"]),
)


def watched(talk: Talk, check: Callable[[Conversation, AnyEvent, Turn], None]) -> Talk:
    """Have every event of a conversation checked with the state before it."""
    take = talk.take

    def checked(event: AnyEvent) -> Turn:
        before = talk.talk
        turn = take(event)
        check(before, event, turn)
        return turn

    talk.take = checked  # type: ignore[method-assign]
    return talk


def shown(turn: Turn) -> str:
    """What was said in a turn."""
    return "\n".join(one.text for one in turn.effects if isinstance(one, Say))
