"""Every golden conversation of the packs goes as written; `--update-transcripts` writes them anew."""

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from bot.dialog.playbook import Playbook
from bot.flows.lint import can_fail_to_fix
from bot.packs.check import default_policy
from bot.packs.pack import read_pack
from bot.packs.playbook import compose
from bot.packs.rehearsal import OpenHouse, rehearse
from bot.packs.transcripts import Transcript, read_transcript
from tests.support.house import ACTIONS_PACK, LIBRARY, PACKS, open_acting_house, open_house

FILES = sorted(LIBRARY.glob("*/conversations/**/*.txt"))
ACTING = sorted(ACTIONS_PACK.glob("conversations/**/*.txt"))


@cache
def playbook() -> Playbook:
    return compose([read_pack(folder) for folder in PACKS], default_policy())


def name(file: Path) -> str:
    return str(file.relative_to(LIBRARY))


def transcripts() -> list[Transcript]:
    return [read_transcript(file.read_text(encoding="utf-8"), name(file)) for file in FILES]


def goes_as_written(file: Path, opened: OpenHouse, update: bool) -> None:
    """Play a conversation; written anew, only what it expects can fail."""
    text = file.read_text(encoding="utf-8")
    rehearsal = rehearse(text, str(file), opened)
    findings = rehearsal.findings
    if update and rehearsal.heard:
        file.write_text(rehearsal.written(text), encoding="utf-8")
        findings = tuple(finding for finding in findings if "(- written, + heard)" not in finding.text)
    assert not findings, "\n" + "\n".join(map(str, findings))


@pytest.mark.parametrize("file", FILES, ids=name)
def test_the_conversation_goes_as_written(file, update_transcripts):
    goes_as_written(file, open_house, update_transcripts)


@pytest.mark.parametrize("file", ACTING, ids=lambda file: str(file.relative_to(ACTIONS_PACK)))
def test_a_conversation_with_actions_goes_as_written(file, update_transcripts):
    goes_as_written(file, open_acting_house, update_transcripts)


def test_an_action_that_works_and_one_that_hangs_are_seen_in_both_languages():
    assert {file.relative_to(ACTIONS_PACK / "conversations").with_suffix("").as_posix() for file in ACTING} >= {
        f"{talk}.{lang}" for talk in ("badge/valid", "parking_gate/hangs") for lang in ("fr", "en")
    }


def test_every_conversation_can_be_read_and_says_how_it_ends():
    faults = [fault for talk in transcripts() for fault in talk.faults]
    assert not faults
    expected = {talk.file: {one.key for moment in talk.moments for one in moment.expected} for talk in transcripts()}
    assert not [file for file, keys in expected.items() if not keys & {"outcome", "owner", "tickets"}]


def diagnoses() -> list[str]:
    return [flow.id for flow in playbook().flows.values() if flow.topic and can_fail_to_fix(flow)]


def test_every_diagnosis_is_seen_solved_unsolved_and_confused_in_both_languages():
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for talk in transcripts():
        flow, kind = Path(talk.file).parent.name, Path(talk.file).name.partition(".")[0]
        endings = {f"{one.key}={one.value}" for moment in talk.moments for one in moment.expected}
        seen[flow, talk.headers.get("lang", "en")] |= {kind, *endings}
    wanted = {"outcome=confirmed", "outcome=escalated", "confused"}
    missing = {
        (flow, lang): wanted - seen[flow, lang]
        for flow in diagnoses()
        for lang in ("fr", "en")
        if wanted - seen[flow, lang]
    }
    assert not missing
