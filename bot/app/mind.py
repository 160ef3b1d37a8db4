"""What a house knows: packs, playbook, understanding, articles. Costly to make, so it is made once."""

import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.actions import RasaRunner
from bot.dialog.playbook import Playbook, Policy, Team
from bot.flows.faults import Fault
from bot.kb.documents import Document, Reader, documents_of
from bot.kb.index import Index
from bot.kb.library import MakeIndex
from bot.kb.vectors import Told, untold
from bot.nlu.calibration import Costs
from bot.nlu.composed import Composed
from bot.nlu.encoders import load_encoders
from bot.nlu.pipeline import Pipeline
from bot.nlu.pipeline import build as build_understander
from bot.nlu.rasa import RasaUnderstander, Server
from bot.nlu.rasa_answer import Names
from bot.packs.check import check
from bot.packs.pack import Pack, read_pack
from bot.packs.playbook import compose
from bot.people import DeskFacts, DeskHours, holidays_of, read_hours
from bot.ports.actions import ActionRunner
from bot.ports.clock import SystemClock
from bot.ports.facts import KnownFacts
from bot.ports.people import People
from bot.ports.understander import Understander
from bot.settings import Settings, read_token

LIBRARY = Path(__file__).parent.parent / "flows" / "library"
PACKS = ("it", "customer")
DATABASE = "guichet.sqlite3"
Progress = Callable[[str], None]


def silent(what: str) -> None:
    """Tell nobody how far the work is."""


class PackError(Exception):
    """Packs that cannot be used; `faults` lists everything that is wrong."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(one) for one in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Mind:
    """What houses share.

    `index` searches the packs' articles, `make_index` makes one of more. `facts` looks at a house's people.
    `notes`: what works in a reduced way, and the mend.
    """

    packs: tuple[Pack, ...]
    playbook: Playbook
    understander: Understander
    index: Index
    make_index: MakeIndex
    actions: ActionRunner
    facts: Callable[[People], KnownFacts]
    notes: tuple[str, ...] = ()


def pack_folders(settings: Settings, extra: tuple[Path, ...] = ()) -> tuple[Path, ...]:
    """The folders of all packs, in the order in which they override one another."""
    return (*(LIBRARY / name for name in PACKS), *settings.packs, *extra)


def policy(settings: Settings, seed: int = 0) -> Policy:
    """What the engine may consult of the settings."""
    desk = settings.desk
    return Policy(
        **settings.dialog.model_dump(),
        desk_name=desk.name,
        emergency_phone=desk.emergency_phone,
        privacy_url=f"{settings.server.public_url.rstrip('/')}/privacy",
        dpo=settings.privacy.dpo,
        report_button={str(lang): text for lang, text in desk.report_button.items()},
        teams={key: Team({"fr": name.fr, "en": name.en}) for key, name in settings.teams.items()},
        default_team=desk.default_team,
        languages=desk.languages,
        links=bool(settings.channels.email.imap),
        seed=seed,
    )


def read_packs(settings: Settings, extra: tuple[Path, ...] = (), seed: int = 0) -> tuple[tuple[Pack, ...], Playbook]:
    """Read and check all packs. Raises PackError with every fault, FileNotFoundError for a folder that is not there."""
    packs = tuple(read_pack(folder) for folder in pack_folders(settings, extra))
    rules = policy(settings, seed)
    faults = check(packs, rules)
    if faults:
        raise PackError(faults)
    return packs, compose(packs, rules)


def facts_of(settings: Settings) -> Callable[[People], KnownFacts]:
    """Make what tells the facts of a moment, for the people of whichever house asks."""
    desk = settings.desk
    hours = DeskHours(read_hours(desk.hours), ZoneInfo(desk.timezone), holidays_of(desk.holidays))
    return lambda people: DeskFacts(hours, people, desk.vip, desk.languages[0])


def actions_of(settings: Settings) -> ActionRunner:
    """Make the runner of custom actions, and load those that the settings name. Raises ActionsError."""
    runner = RasaRunner(settings.actions)
    if settings.actions:  # loading brings in rasa-sdk, which takes a second
        runner.load()
    return runner


def make_mind(
    settings: Settings, home: Path, extra: tuple[Path, ...] = (), seed: int = 0, progress: Progress = silent
) -> Mind:
    """Read the packs, and learn from them; what was learned before from the same data is taken from the home's cache.

    Raises PackError, FileNotFoundError and ActionsError.
    """
    progress("reading packs")
    with ThreadPoolExecutor(max_workers=1) as beside:  # most of loading the encoder is unpacking, beside which we read
        loading = beside.submit(load_encoders, settings.understanding.encoders, home / "cache")
        packs, playbook = read_packs(settings, extra, seed)
    languages = settings.desk.languages
    encoders = loading.result()
    costs = Costs(**settings.understanding.costs.model_dump())
    understander = build_understander(_training(packs), home, encoders.found, languages, costs, progress)
    make = searching(understander, home)
    index = make(documents_of(playbook.articles), lambda id, lang, version: None)
    progress("")
    understands = composed_of(settings, understander)
    return Mind(packs, playbook, understands, index, make, actions_of(settings), facts_of(settings), encoders.notes)


def composed_of(settings: Settings, own: Pipeline) -> Understander:
    """Put other understanders before the own one, as the settings order them. Raises OSError for a token's file."""
    order = settings.understanding.order
    return own if "rasa" not in order else Composed(own, (rasa_of(settings),), falls_back="own" in order)


def rasa_of(settings: Settings) -> RasaUnderstander:
    """Make what asks the Rasa server of the settings. Raises OSError for a token's file."""
    table = settings.understanding.rasa
    token = read_token(table.token_file) if table.token_file else ""
    server = Server(table.url, token, table.timeout_seconds, Names(table.intents, table.entities))
    return RasaUnderstander(server, SystemClock())


def searching(understander: Pipeline, home: Path) -> MakeIndex:
    """Make what makes indexes: vectors of texts that were encoded before come from the home's cache."""
    encoder = next(iter(understander.encoders), None)
    folder = home / "cache" / f"vectors-{_slug(encoder.name)}" if encoder else None

    def make(documents: Iterable[Document], read: Reader, told: Told = untold) -> Index:
        return Index(documents, encoder, folder, read, understander.topics, told=told)

    return make


def _slug(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "-", name)


def _training(packs: tuple[Pack, ...]) -> tuple[Path, ...]:
    """The training files of all packs."""
    folders = (pack.folder for pack in packs)
    files = (file for one in folders for file in (one / "nlu.yml", *sorted((one / "nlu").rglob("*.yml"))))
    return tuple(file for file in files if file.is_file())
