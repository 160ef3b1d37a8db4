"""Test cases in Rasa's format are played like golden conversations."""

from contextlib import contextmanager

import pytest

from bot.flows.domain import read_domain
from bot.packs.e2e import read_e2e
from bot.packs.rehearsal import play
from tests.support.packing import DOMAIN

RESPONSES = read_domain(DOMAIN, "domain.yml").responses
CASES = """\
test_cases:
  - test_case: windows
    steps:
      - user: my vpn fails
      - utter: utter_ask_os
      - slot_was_not_set: [os]
      - user: /SetSlots(os=windows)
      - slot_was_set:
          - os: windows
          - topic_found
      - bot: try this
"""


class House:
    def __init__(self, *answers):
        self.fed = []
        self._answers = list(answers)

    def feed(self, line):
        self.fed.append(line)
        text, slots = self._answers.pop(0)
        return [{"event": "reply", "text": text}, {"event": "turn", "slots": slots}]


def played(house, text=CASES):
    @contextmanager
    def open_house(headers):
        yield house

    (case,) = read_e2e(text, "e2e.yml", RESPONSES)
    return play(case, open_house)


def test_a_test_case_that_goes_as_told_has_no_findings():
    house = House(("Hello. Which system?", {"os": None}), ("Please try this.", {"os": "windows", "topic_found": True}))
    assert played(house).findings == ()
    assert house.fed == [{"text": "my vpn fails"}, {"button": "windows"}]


def test_each_expectation_that_fails_is_told():
    house = House(("What?", {"os": "linux"}), ("Bye.", {"os": "macos"}))
    assert [str(one) for one in played(house).findings] == [
        "e2e.yml:5: expected response utter_ask_os, found 'What?'",
        "e2e.yml:6: expected slots os=, found linux",
        "e2e.yml:9: expected slots os=windows, found macos",
        "e2e.yml:10: expected slots topic_found=*, found none",
        "e2e.yml:11: expected says try this, found 'Bye.'",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (CASES.replace("bot: try", "stub: try"), "unknown key 'stub' in a step"),
        (CASES.replace("utter_ask_os", "utter_ask_so"), "no response 'utter_ask_so'"),
        (CASES.replace("      - user: my vpn fails\n", ""), "stands before anybody said anything"),
        (CASES.replace("test_case: windows", "fixtures: [a]"), "unknown key 'fixtures' in a test case"),
        ("test_cases: 3\n", "test_cases must be a list"),
    ],
)
def test_what_is_not_supported_is_refused(text, fault):
    faults = [one for case in read_e2e(text, "e2e.yml", RESPONSES) for one in case.faults]
    assert any(fault in one.fault for one in faults)
