"""Golden conversations: how they are read, played, compared and written anew."""

from contextlib import contextmanager

import pytest

from bot.packs.rehearsal import rehearse
from bot.packs.transcripts import read_transcript, rewritten

TALK = """\
# A VPN that reopening the client repairs
lang: fr
person: ann@example.org

user: Bonjour, mon vpn ne marche plus
bot:  Quel système ? [Windows] [macOS]
expect: slots os=none | topic=vpn
# by button
press: windows
bot:  À essayer / Est-ce que cela marche ? [Oui] [Non]
expect: articles=vpn-restart
press: no
bot:  Je transmets à Réseau : demande T-1.
ticket> T-1 P3 N1 network fix_failed | VPN (windows)
expect: reason=fix_failed team=network level=N1 tickets=1
expect: steps vpn-restart=did_not_help
"""


class Parrot:
    """A house that answers each line with what it was given."""

    def __init__(self, *answers):
        self.fed = []
        self.headers = {}
        self._answers = list(answers)

    def feed(self, line):
        self.fed.append(line)
        return self._answers.pop(0)


def opened(house):
    @contextmanager
    def open_house(headers):
        house.headers = headers
        yield house

    return open_house


def reply(text, *labels, sources=()):
    buttons = [{"id": label.lower(), "label": label} for label in labels]
    return {"event": "reply", "text": text, "buttons": buttons, "sources": [{"article": name} for name in sources]}


def turn(**told):
    return {"event": "turn", "slots": {}, "asked": [], **told}


def answers():
    ticket: dict[str, object] = {"event": "ticket", "key": "T-1", "priority": "P3", "level": "N1", "team": "network"}
    ticket |= {
        "reason": "fix_failed",
        "title": "VPN (windows)",
        "steps": [{"what": "vpn-restart@3", "result": "did_not_help"}],
    }
    return [
        [reply("Quel système ?", "Windows", "macOS"), turn(n=1, topic="vpn", slots={"os": None}, asked=["os"])],
        [reply("À essayer\n\nEst-ce que cela marche ?", "Oui", "Non", sources=["vpn-restart"]), turn(n=2)],
        [reply("Je transmets à Réseau : demande T-1."), ticket, turn(n=3)],
    ]


def test_a_conversation_that_goes_as_written_has_no_findings():
    house = Parrot(*answers())
    rehearsal = rehearse(TALK, "vpn.txt", opened(house))
    assert rehearsal.findings == ()
    assert house.headers == {"lang": "fr", "person": "ann@example.org"}
    assert house.fed == [{"text": "Bonjour, mon vpn ne marche plus"}, {"button": "windows"}, {"button": "no"}]


def test_another_answer_is_shown_beside_the_written_one():
    changed = answers()
    changed[1][0]["buttons"].pop()
    (finding,) = rehearse(TALK, "vpn.txt", opened(Parrot(*changed))).findings
    assert finding.line == 9
    assert "    - bot:  À essayer / Est-ce que cela marche ? [Oui] [Non]" in finding.text
    assert "    + bot:  À essayer / Est-ce que cela marche ? [Oui]" in finding.text.splitlines()


def test_an_expectation_that_fails_says_what_was_found():
    changed = answers()
    changed[2][1]["team"] = "print"
    changed[2][1]["steps"] = []
    findings = [str(one) for one in rehearse(TALK, "vpn.txt", opened(Parrot(*changed))).findings]
    assert "vpn.txt:15: expected team=network, found print" in findings
    assert "vpn.txt:16: expected steps vpn-restart=did_not_help, found none" in findings


def test_writing_anew_changes_what_came_out_and_nothing_else():
    changed = answers()
    changed[0][0]["text"] = "Sur quel système êtes-vous ?"
    changed[1].insert(1, reply("Prenez votre temps."))
    changed[2][1]["team"] = "print"
    fresh = rehearse(TALK, "vpn.txt", opened(Parrot(*changed))).written(TALK)
    assert fresh.splitlines() == [
        *TALK.splitlines()[:5],
        "bot:  Sur quel système êtes-vous ? [Windows] [macOS]",
        *TALK.splitlines()[6:10],
        "bot:  Prenez votre temps.",
        *TALK.splitlines()[10:13],
        "ticket> T-1 P3 N1 print fix_failed | VPN (windows)",
        *TALK.splitlines()[14:],
    ]


def test_writing_anew_what_has_not_changed_changes_nothing():
    assert rehearse(TALK, "vpn.txt", opened(Parrot(*answers()))).written(TALK) == TALK


def test_a_conversation_without_answers_is_played_for_its_expectations_and_filled_in():
    bare = "".join(line for line in TALK.splitlines(keepends=True) if not line.startswith(("bot:", "ticket>")))
    rehearsal = rehearse(bare, "vpn.txt", opened(Parrot(*answers())))
    assert rehearsal.findings == ()
    assert rehearsal.written(bare).count("bot:") == 3


def test_every_input_line_is_said_in_the_words_of_the_contract():
    text = r"""
user: salut
user+: mon vpn\nne marche plus
wait: PT26H
file: my error.png image/png 120345
agent: take Agent 2
agent: say Agent 2: Bonjour : je regarde
agent: say Je regarde
agent: hand_back
agent: resolve Agent 2
ticket: status resolved
ticket: reply: C'est fait
"""
    transcript = read_transcript(text, "all.txt")
    assert transcript.faults == ()
    assert [moment.feed for moment in transcript.moments] == [
        {"texts": ["salut", "mon vpn\nne marche plus"]},
        {"wait": "PT26H"},
        {"attach": {"name": "my error.png", "type": "image/png", "size": 120345}},
        {"agent_action": "take", "name": "Agent 2"},
        {"agent": "Bonjour : je regarde", "name": "Agent 2"},
        {"agent": "Je regarde", "name": "Agent 1"},
        {"agent_action": "hand_back", "name": "Agent 1"},
        {"agent_action": "resolve", "name": "Agent 2"},
        {"ticket": {"status": "resolved"}},
        {"ticket": {"public_reply": "C'est fait"}},
    ]


@pytest.mark.parametrize(
    ("line", "fault", "mend"),
    [
        ("wait: 26h", "cannot read 'wait: 26h'", "wait: PT26H"),
        ("file: error.png", "cannot read 'file: error.png'", "name, type and size"),
        ("agent: sleep", "cannot read 'agent: sleep'", "hand_back"),
        ("ticket: closed", "cannot read 'ticket: closed'", "status resolved"),
        ("press:", "cannot read 'press: '", "press: yes"),
        ("usr: hello", "cannot read 'usr: hello'", "did you mean 'user:'?"),
        ("hello", "cannot read 'hello'", "write user: ..."),
        ("expect: outcom=confirmed", "nothing is known of 'outcom'", "did you mean 'outcome'?"),
        ("expect: never os", "cannot read the expectation 'never os'", "key=value"),
        ("user: x\nwait: PT1H\nuser+: y", "user+ follows no user line", "write `user:` above it"),
    ],
)
def test_a_line_that_cannot_be_read_says_the_mend(line, fault, mend):
    faults = read_transcript(f"user: hello\n{line}", "bad.txt").faults
    assert [fault in one.fault and mend in one.mend for one in faults] == [True], faults


def test_what_comes_out_before_anybody_spoke_is_a_fault():
    faults = read_transcript("bot: hello\nexpect: tickets=0", "bad.txt").faults
    assert [fault.line for fault in faults] == [1, 2, 0]


def test_a_conversation_that_cannot_be_read_is_not_played():
    house = Parrot()
    assert rehearse("wait: soon", "bad.txt", opened(house)).findings
    assert house.fed == []


@pytest.mark.parametrize(
    ("expected", "holds"),
    [
        ("says cela   MARCHE", True),
        ("says système", False),
        ("never says système", False),
        ("never says mot de passe", True),
        ("silent", False),
        ("never asked=os", False),
        ("never asked=site", True),
        ("slots os=none", True),
        ("topic=none", True),
        ("tickets=0", True),
        ("articles=vpn-restart", True),
        ("articles=none", False),
    ],
)
def test_expectations_hold_or_not(expected, holds):
    text = f"user: a\npress: b\nexpect: {expected}\n"
    findings = rehearse(text, "x.txt", opened(Parrot(*answers()))).findings
    assert (findings == ()) is holds, findings


def test_news_from_tickets_and_agents_is_written_too():
    update = {"event": "ticket_update", "key": "T-1", "kind": "comment", "text": "one\ntwo"}
    relay = {"event": "relay", "to": "agent", "from": "person", "text": "merci"}
    rehearsal = rehearse("user: merci\n", "x.txt", opened(Parrot([update, relay, turn()])))
    assert rehearsal.heard == (("ticket> T-1 comment | one / two", "relay> agent: person: merci"),)


def test_a_burst_stays_together_when_written_anew():
    assert rewritten("user: a\nuser+: b\npress: c\n", [["bot:  x"], []]) == "user: a\nuser+: b\nbot:  x\npress: c\n"
