"""`guichet flow`: check, test and draw what support leads write."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from bot.app import Mind, make_mind, pack_folders, policy, read_packs
from bot.flows.graph import mermaid
from bot.packs.check import check
from bot.packs.pack import Pack, read_pack
from bot.packs.rehearsal import Rehearsal, rehearse_pack

from .frame import FINDING, HOME, Config, Home, Json, WrongUseError, app, put, say, settings_from
from .progress import shown, track
from .talking import open_for

flow_app = typer.Typer(help="Check, test and draw flows.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(flow_app, name="flow")

PackArg = Annotated[Path | None, typer.Argument(help="A pack's folder, loaded after the library.", metavar="[PACK]")]


@flow_app.command("check")
def check_packs(pack: PackArg = None, config: Config = None, as_json: Json = False) -> int:
    """Report every fault of the packs at once, with the line and the mend."""
    settings = settings_from(config)
    folders = pack_folders(settings, _existing(pack))
    faults = check([read_pack(folder) for folder in folders], policy(settings))
    for fault in faults:
        put(asdict(fault)) if as_json else say(str(fault))
    if not faults and not as_json:
        say(f"{len(folders)} packs, no faults")
    return FINDING if faults else 0


def _existing(pack: Path | None) -> tuple[Path, ...]:
    if pack is None:
        return ()
    if not pack.is_dir():
        raise WrongUseError(f"guichet flow: no folder {pack}; give the folder that holds flows/ and domain.yml")
    return (pack,) if pack.resolve() not in {one.resolve() for one in pack_folders(settings_from(None))} else ()


@flow_app.command("graph")
def graph(
    flow: Annotated[str, typer.Argument(help="A flow's id, such as vpn.")],
    lang: Annotated[str, typer.Option(help="fr or en.")] = "en",
    pack: Annotated[Path | None, typer.Option(help="A pack's folder, loaded after the library.")] = None,
    config: Config = None,
) -> int:
    """Draw a flow in Mermaid."""
    if lang not in ("fr", "en"):
        raise WrongUseError("guichet flow graph: --lang takes fr or en")
    _, playbook = read_packs(settings_from(config), _existing(pack))
    if flow not in playbook.flows:
        raise WrongUseError(f"guichet flow graph: no flow {flow}; known: {', '.join(sorted(playbook.flows))}")
    say(mermaid(playbook.flows[flow], playbook, lang).rstrip())
    return 0


@flow_app.command("test")
def test_flows(
    pack: PackArg = None,
    only: Annotated[str, typer.Option(help="Only conversations whose file name holds this.")] = "",
    update: Annotated[
        bool, typer.Option("--update", help="Write what the bot says today; expect: lines stay.")
    ] = False,
    home: Home = HOME,
    config: Config = None,
) -> int:
    """Play the golden conversations of a pack (of the library by default) and show where they go otherwise."""
    mind = make_mind(settings_from(config), home, extra=_existing(pack), progress=shown())
    chosen = [one for one in mind.packs if pack is None or one.folder.resolve() == pack.resolve()]
    played = [rehearsal for one in chosen for rehearsal in _played(mind, one, only, update)]
    findings = [finding for rehearsal in played for finding in rehearsal.findings]
    for finding in findings:
        say(str(finding))
    say(f"{len(played)} conversations, {len(findings)} differences")
    return FINDING if findings else 0


def _played(mind: Mind, pack: Pack, only: str, update: bool) -> Iterator[Rehearsal]:
    """Play a pack's conversations; with `update`, write what is said today into their files."""
    files = tuple(file for file in pack.conversations if only in str(file))
    cases = tuple(file for file in pack.test_cases if only in str(file))
    chosen = replace(pack, conversations=files, test_cases=cases)
    rehearsals = rehearse_pack(chosen, mind.playbook, lambda headers: open_for(mind, headers))
    for rehearsal in track(rehearsals, f"conversations of {pack.name}", len(files) + len(cases)):
        yield _written(rehearsal, files) if update else rehearsal


def _written(rehearsal: Rehearsal, files: tuple[Path, ...]) -> Rehearsal:
    """Write a conversation anew; what it expects stays, and is still compared."""
    file = Path(rehearsal.transcript.file)
    if file in files and not rehearsal.transcript.faults:
        file.write_text(rehearsal.written(file.read_text(encoding="utf-8")), encoding="utf-8")
    return rehearsal
