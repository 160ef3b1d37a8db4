"""What a house knows: packs, playbook, understanding, articles. Costly to make, so it is made once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.actions import RasaRunner
from bot.dialog.playbook import Playbook, Policy, Team
from bot.flows.faults import Fault
from bot.kb.articles import read_articles
from bot.kb.importer import imported_folder
from bot.kb.index import build as build_knowledge
from bot.nlu.calibration import Costs
from bot.nlu.encoders import load_encoders
from bot.nlu.pipeline import Pipeline
from bot.nlu.pipeline import build as build_understander
from bot.packs.articles import ArticleSheet
from bot.packs.check import check
from bot.packs.pack import Pack, read_pack
from bot.packs.playbook import compose
from bot.people import DeskFacts, DeskHours, holidays_of, read_hours
from bot.ports.actions import ActionRunner
from bot.ports.facts import KnownFacts
from bot.ports.people import People
from bot.ports.understander import Knowledge
from bot.settings import Settings

LIBRARY = Path(__file__).parent.parent / "flows" / "library"
PACKS = ("it", "customer")
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
    """What houses share. `facts` looks at a house's people; `notes`: what works in a reduced way, and the mend."""

    packs: tuple[Pack, ...]
    playbook: Playbook
    understander: Pipeline
    knowledge: Knowledge
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
        packs, _ = read_packs(settings, extra, seed)
        playbook = compose((*packs, _imported(home)), policy(settings, seed))
    languages = settings.desk.languages
    encoders = loading.result()
    costs = Costs(**settings.understanding.costs.model_dump())
    understander = build_understander(_training(packs), home, encoders.found, languages, costs, progress)
    knowledge = build_knowledge(playbook.articles, home, understander.encoders, understander.topics)
    progress("")
    return Mind(packs, playbook, understander, knowledge, actions_of(settings), facts_of(settings), encoders.notes)


def _imported(home: Path) -> Pack:
    """The articles imported into a home, as a pack of their own; one language is enough there. Raises PackError."""
    read = read_articles(imported_folder(home), complete=False)
    faults = tuple(Fault(one.file, one.line, "", "", one.message, one.mend) for one in read.faults)
    if faults:
        raise PackError(faults)
    return Pack(imported_folder(home), articles=ArticleSheet(read.articles))


def _training(packs: tuple[Pack, ...]) -> tuple[Path, ...]:
    """The training files of all packs."""
    folders = (pack.folder for pack in packs)
    files = (file for one in folders for file in (one / "nlu.yml", *sorted((one / "nlu").rglob("*.yml"))))
    return tuple(file for file in files if file.is_file())
