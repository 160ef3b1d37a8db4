"""A pack's conversations and test cases are played one after the other, each in a house of its own."""

from contextlib import contextmanager

from bot.dialog.playbook import Policy
from bot.packs.pack import read_pack
from bot.packs.playbook import compose
from bot.packs.rehearsal import rehearse_pack
from tests.support.packing import write_pack

CASES = "test_cases:\n  - {test_case: one, steps: [{user: a}, {bot: b}]}\n  - {test_case: two, steps: [{user: c}]}\n"


class Echo:
    def feed(self, line):
        return [{"event": "reply", "text": line["text"]}, {"event": "turn"}]


def test_conversations_and_test_cases_of_a_pack_are_played(tmp_path):
    folder = write_pack(tmp_path / "small")
    (folder / "conversations" / "vpn").mkdir(parents=True)
    (folder / "conversations" / "vpn" / "a.fr.txt").write_text("# A\nuser: a\nbot: a\n", encoding="utf-8")
    (folder / "conversations" / "cases.yml").write_text(CASES, encoding="utf-8")
    opened = []

    @contextmanager
    def open_house(headers):
        opened.append(headers)
        yield Echo()

    pack = read_pack(folder)
    assert pack.faults == ()
    played = list(rehearse_pack(pack, compose([pack], Policy()), open_house))
    assert [one.transcript.title for one in played] == ["A", "one", "two"]
    assert [str(finding) for one in played for finding in one.findings] == [
        f"{folder}/conversations/cases.yml:2: expected says b, found 'a'"
    ]
    assert len(opened) == 3
