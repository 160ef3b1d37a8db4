"""What a house knows: packs, playbook, understanding, articles. Costly to make, so it is made once."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.dialog.playbook import Playbook, Policy, Team
from bot.flows.faults import Fault
from bot.packs.check import check
from bot.packs.pack import Pack, read_pack
from bot.packs.playbook import compose
from bot.ports.actions import ActionRunner
from bot.ports.facts import KnownFacts
from bot.ports.records import Records
from bot.ports.understander import Knowledge, Understander
from bot.settings import Settings

LIBRARY = Path(__file__).parent.parent / "flows" / "library"
PACKS = ("it", "customer")
Progress = Callable[[str], None]


class PackError(Exception):
    """Packs that cannot be used; `faults` lists everything that is wrong."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(one) for one in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Mind:
    """What the house knows: playbook, understanding, articles. Costly to make, shared by houses."""

    packs: tuple[Pack, ...]
    playbook: Playbook
    understander: Understander
    knowledge: Knowledge
    actions: ActionRunner
    facts: Callable[[Records], KnownFacts]
    notes: tuple[str, ...] = ()  # what works in a reduced way, and the mend


def pack_folders(settings: Settings, extra: tuple[Path, ...] = ()) -> tuple[Path, ...]:
    """The folders of all packs, in the order in which they override one another."""
    return (*(LIBRARY / name for name in PACKS), *settings.packs, *extra)


def policy(settings: Settings, seed: int = 0) -> Policy:
    """What the engine may consult of the settings."""
    desk, dialog = settings.desk, settings.dialog
    return Policy(
        **dialog.model_dump(),
        desk_name=desk.name,
        emergency_phone=desk.emergency_phone,
        privacy_url=f"{settings.server.public_url.rstrip('/')}/privacy",
        dpo=settings.privacy.dpo,
        report_button=dict(desk.report_button),
        teams={key: Team({"fr": name.fr, "en": name.en}) for key, name in settings.teams.items()},
        default_team=desk.default_team,
        languages=desk.languages,
        seed=seed,
    )


def read_packs(settings: Settings, extra: tuple[Path, ...] = (), seed: int = 0) -> tuple[tuple[Pack, ...], Playbook]:
    """Read and check all packs. Raises PackError with every fault."""
    packs = tuple(read_pack(folder) for folder in pack_folders(settings, extra))
    rules = policy(settings, seed)
    faults = check(packs, rules)
    if faults:
        raise PackError(faults)
    return packs, compose(packs, rules)
