"""Packs laid over each other: one playbook, one hash."""

import subprocess
import sys
import time

from bot.dialog.playbook import Policy
from bot.packs.check import check, default_policy
from bot.packs.pack import read_pack
from bot.packs.playbook import compose
from tests.support.house import PACKS
from tests.support.needs import ROOT
from tests.support.packing import DOMAIN, FLOWS, write_pack

LIMIT = 1.0  # seconds of CPU for the whole library


def test_a_later_pack_overrides_an_id_of_an_earlier_one(tmp_path):
    first = write_pack(tmp_path / "first")
    second = write_pack(
        tmp_path / "second",
        flows=FLOWS.replace("does not connect", "fails"),
        domain=DOMAIN.replace("Which system?", "Windows or Mac?"),
    )
    book = compose([read_pack(first), read_pack(second)], Policy())
    assert book.flows["vpn"].description == "The VPN fails."
    assert book.responses["utter_ask_os"][0].text["en"] == "Windows or Mac?"
    assert (
        compose([read_pack(second), read_pack(first)], Policy()).flows["vpn"].description == "The VPN does not connect."
    )


def test_equal_content_has_an_equal_hash_wherever_it_stands(tmp_path):
    here, there = write_pack(tmp_path / "a" / "small"), write_pack(tmp_path / "b" / "small")
    assert compose([read_pack(here)], Policy()).hash == compose([read_pack(there)], Policy()).hash


def test_any_change_of_content_or_policy_changes_the_hash(tmp_path):
    folder = write_pack(tmp_path / "small")
    seen = {compose([read_pack(folder)], Policy()).hash, compose([read_pack(folder)], Policy(seed=1)).hash}
    for text in (FLOWS.replace("vpn-wait", "vpn-restart", 1), FLOWS.replace("network", "print"), FLOWS + "# line\n"):
        (folder / "flows.yml").write_text(text, encoding="utf-8")
        seen.add(compose([read_pack(folder)], Policy()).hash)
    assert len(seen) == 4  # a comment at the end changes nothing


def test_the_hash_is_the_same_in_another_process(tmp_path):
    folder = write_pack(tmp_path / "small")
    code = (
        "import sys; from pathlib import Path; from bot.dialog.playbook import Policy\n"
        "from bot.packs.pack import read_pack; from bot.packs.playbook import compose\n"
        "sys.stdout.write(compose([read_pack(Path(sys.argv[1]))], Policy()).hash)"
    )
    done = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == compose([read_pack(folder)], Policy()).hash


def test_the_packs_that_ship_have_no_faults():
    faults = check([read_pack(folder) for folder in PACKS], default_policy())
    assert not faults, "\n" + "\n".join(map(str, faults))


def test_the_packs_that_ship_load_within_a_second():
    began = time.process_time()
    compose([read_pack(folder) for folder in PACKS], default_policy())
    assert time.process_time() - began < LIMIT
