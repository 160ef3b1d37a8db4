"""Faults that only show when files, packs and training data are seen together."""

import json
import subprocess
import sys
from dataclasses import asdict

import pytest

from bot.packs.check import check, default_policy
from bot.packs.pack import read_pack
from bot.packs.responses import required
from tests.support.packing import DOMAIN, FLOWS, write_pack

PATIENT = """\
flows:
  ask:
    description: Asks before it helps.
    name: {en: Ask, fr: Demander}
    nlu_trigger: [{intent: vpn}]
    steps:
      - collect: os
      - collect: place
      - %s
      - escalate: {reason: no_fix}
"""
THREE_SLOTS = """\
slots:
  os: {type: text}
  place: {type: text}
  since: {type: text}
responses:
""" + "".join(
    f"  utter_ask_{slot}: [{{text: Which?, translation: {{fr: Quoi}}}}]\n" for slot in ("os", "place", "since")
)


def told(*folders):
    return [str(fault) for fault in check([read_pack(folder) for folder in folders], default_policy())]


def only(faults, text):
    return [fault for fault in faults if text in fault]


def test_all_faults_of_all_files_come_at_once(tmp_path):
    folder = write_pack(
        tmp_path / "small",
        flows=FLOWS.replace("team: network", "team: net").replace("reason: fix_failed", "reason: broken"),
        domain=DOMAIN.replace("os=windows", "os=win"),
        codes="codes: []\nextra: 1\n",
    )
    found = told(folder)
    for fault in ("no team 'net'", "reason cannot be 'broken'", "slot 'os' is never 'win'", "unknown key 'extra'"):
        assert len(only(found, fault)) == 1, fault


def test_a_fault_says_file_line_flow_and_step(tmp_path):
    folder = write_pack(tmp_path / "small", flows=FLOWS.replace("propose: vpn-wait", "propose: vpn-weit"))
    (fault,) = [one for one in check([read_pack(folder)], default_policy()) if "vpn-weit" in one.fault]
    assert asdict(fault) == {
        "file": str(folder / "flows.yml"),
        "line": 12,
        "flow": "vpn",
        "step": "propose_vpn-weit",
        "fault": "no article 'vpn-weit'",
        "mend": "did you mean 'vpn-wait'?",
    }


def test_responses_that_the_engine_says_must_stand_in_some_pack(tmp_path):
    assert len(only(told(write_pack(tmp_path / "small")), "which the engine says")) == len(required())


def test_a_choice_without_buttons_and_words_cannot_be_answered(tmp_path):
    bare = DOMAIN.replace("    words:\n      macos: [mac]\n", "")
    bare = bare[: bare.index("      buttons:")] + bare[bare.index("actions:") :]
    (fault,) = only(told(write_pack(tmp_path / "small", domain=bare)), "nobody can answer")
    assert "flows.yml:9: vpn/os: nobody can answer 'utter_ask_os'" in fault
    assert "give the response buttons, or slot 'os' `words`" in fault


def test_three_questions_before_anything_useful_need_advice(tmp_path):
    folder = write_pack(tmp_path / "small", flows=PATIENT % "collect: since", domain=THREE_SLOTS, codes="codes: []")
    (fault,) = only(told(folder), "asks 3 questions")
    assert "meanwhile: ARTICLE" in fault


@pytest.mark.parametrize("third", ["propose: vpn-quit", "collect: os"])
def test_two_questions_before_a_fix_need_none(tmp_path, third):
    folder = write_pack(tmp_path / "small", flows=PATIENT % third, domain=THREE_SLOTS, codes="codes: []")
    assert only(told(folder), "asks 3 questions") == []


def test_questions_of_called_flows_count(tmp_path):
    called = "  place:\n    description: Where.\n    if: False\n    steps:\n      - collect: since\n"
    folder = write_pack(
        tmp_path / "small", flows=PATIENT % "call: place" + called, domain=THREE_SLOTS, codes="codes: []"
    )
    assert len(only(told(folder), "asks 3 questions")) == 1


def test_a_silent_circle_through_links_is_found(tmp_path):
    flows = "".join(
        f"  {here}:\n    description: x\n    steps:\n      - noop: true\n        next: go\n"
        f"      - id: go\n        link: {there}\n"
        for here, there in (("one", "two"), ("two", "one"))
    )
    folder = write_pack(tmp_path / "small", flows="flows:\n" + flows)
    (fault,) = only(told(folder), "a circle that never waits")
    assert "noop -> go -> two/noop -> two/go" in fault


def test_a_circle_that_waits_in_a_called_flow_is_none(tmp_path):
    flows = """\
flows:
  outer:
    description: x
    steps:
      - id: again
        call: inner
        next: again
  inner:
    description: x
    steps:
      - collect: os
"""
    assert only(told(write_pack(tmp_path / "small", flows=flows)), "never waits") == []


def test_flows_that_call_each_other_are_found(tmp_path):
    flows = "".join(
        f"  {here}:\n    description: x\n    steps:\n      - call: {there}\n"
        for here, there in (("one", "two"), ("two", "three"), ("three", "one"))
    )
    found = told(write_pack(tmp_path / "small", flows="flows:\n" + flows))
    assert len(only(found, "calls go in a circle: one -> two -> three -> one")) == 1


def test_an_id_may_stand_once_in_a_pack_and_again_in_a_later_one(tmp_path):
    first, second = write_pack(tmp_path / "first"), write_pack(tmp_path / "second")
    assert only(told(first, second), "twice") == []
    (first / "flows").mkdir()
    (first / "flows" / "more.yml").write_text(FLOWS, encoding="utf-8")
    (fault,) = only(told(first, second), "twice")
    assert "first/flows/more.yml:2" in fault
    assert "keep one, see first/flows.yml:2" in fault


def test_a_topic_needs_five_phrases_in_each_language(tmp_path):
    folder = write_pack(tmp_path / "small")
    (folder / "nlu" / "fr.yml").write_text(
        "nlu:\n  - intent: vpn\n    examples: |\n      - pas de vpn\n", encoding="utf-8"
    )
    (fault,) = only(told(folder), "phrases in")
    assert "intent 'vpn' has 1 phrases in 'fr' -> write at least 5" in fault


def test_a_file_that_nobody_reads_is_named(tmp_path):
    folder = write_pack(tmp_path / "small")
    (folder / "flows.yaml").write_text("", encoding="utf-8")
    assert len(only(told(folder), "nobody reads this file")) == 1


def test_a_conversation_that_cannot_be_read_is_named(tmp_path):
    folder = write_pack(tmp_path / "small")
    (folder / "conversations").mkdir()
    (folder / "conversations" / "bad.txt").write_text("user: hello\nbott: hello\n", encoding="utf-8")
    (fault,) = only(told(folder), "bott")
    assert "small/conversations/bad.txt:2" in fault


def test_the_command_prints_faults_and_says_so_by_its_exit_status(tmp_path):
    folder = write_pack(tmp_path / "small")
    command = [sys.executable, "-m", "bot.packs.check", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "which the engine says" in done.stdout


def test_a_fault_is_written_as_json_with_the_keys_of_the_contract(tmp_path):
    (fault, *_) = check([read_pack(write_pack(tmp_path / "small"))], default_policy())
    assert list(json.loads(json.dumps(asdict(fault)))) == ["file", "line", "flow", "step", "fault", "mend"]
