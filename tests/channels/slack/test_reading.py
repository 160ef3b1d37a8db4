"""Slack's payloads as values: its own samples, and whatever else may come."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack.assistant import read_feedback
from bot.channels.slack.home import read_home
from bot.channels.slack.people import Person, read_person
from bot.channels.slack.pressing import Press, button_value, chosen_blocks, read_press
from bot.channels.slack.protocol import kind_of
from bot.channels.slack.reading import Attached, Edit, Own, Post, Reaction, read_event
from bot.channels.slack.sorting import channel_of
from bot.channels.slack.taking import MOST_FILE, files_of, with_absent
from bot.channels.slack.text import people_in, plain_text
from tests.support.needs import SHARED

OWN = Own("T1", "UBOT", "BBOT", "T1", "E1")
SAID = {"type": "message", "channel": "C1", "user": "U1", "text": "hello", "ts": "10.5"}
WHERE = ["type", "subtype", "channel", "user", "text", "ts", "thread_ts", "message", "previous_message", "item", "id"]
WHAT = [
    "files",
    "reaction",
    "edited",
    "actions",
    "value",
    "container",
    "team",
    "enterprise",
    "hidden",
    "bot_id",
    "event",
]
KEYS = st.sampled_from([*WHERE, *WHAT, "bot_id", "view", "state", "profile", "teams", "assistant_thread"])
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(["message", "U1", "10.5", "im"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=20,
)


@given(st.dictionaries(KEYS, ODD, max_size=8))
def test_nothing_that_comes_raises(payload: dict[str, Any]) -> None:
    for kind in ("message", "app_mention", "reaction_added"):
        read_event({**payload, "type": kind}, OWN)
    read_press(payload), read_home(payload), read_feedback(payload)
    read_person(payload, OWN), kind_of(payload), channel_of(payload)


@given(st.text(st.sampled_from("<>@#!|&;UC12 abc^:/.é\n"), max_size=60))
def test_no_text_raises(text: str) -> None:
    told = plain_text(text, "UBOT", {"U1": "Ana"})
    assert len(told) <= len(text) + 10 * text.count("<")
    people_in(text)


@pytest.mark.shared
@pytest.mark.parametrize("path", sorted((SHARED / "data" / "slack").rglob("*.json")), ids=lambda path: path.stem)
def test_slacks_own_samples_are_read(path: Any) -> None:
    payload = json.loads(path.read_text())
    if "event" in payload:
        read_event(payload["event"], OWN)
    read_press(payload), kind_of(payload), channel_of(payload)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (SAID, Post("C1", "10.5", "U1", "hello")),
        ({**SAID, "thread_ts": "10.5"}, Post("C1", "10.5", "U1", "hello")),
        ({**SAID, "thread_ts": "9.1"}, Post("C1", "10.5", "U1", "hello", thread="9.1")),
        ({**SAID, "channel": "D1"}, Post("D1", "10.5", "U1", "hello", private=True)),
        ({**SAID, "channel": "G1", "channel_type": "im"}, Post("G1", "10.5", "U1", "hello", private=True)),
        ({**SAID, "channel": "D1", "channel_type": "mpim"}, Post("D1", "10.5", "U1", "hello")),
        ({**SAID, "text": "<@UBOT> hi"}, Post("C1", "10.5", "U1", "<@UBOT> hi", mentions_us=True)),
        ({**SAID, "type": "app_mention"}, Post("C1", "10.5", "U1", "hello", mentions_us=True)),
        *(({**SAID, "subtype": kind}, Post("C1", "10.5", "U1", "hello")) for kind in ("file_share", "me_message")),
        *(({**SAID, "subtype": kind}, None) for kind in ("channel_join", "bot_message", "pinned_item", "new")),
        *(({**SAID, key: "x"}, None) for key in ("bot_id", "app_id", "hidden")),
        *(({**SAID, "user": user}, None) for user in ("UBOT", "USLACKBOT", "")),
        ({**SAID, "bot_profile": {"id": "B1"}}, None),
    ],
)
def test_what_people_say_is_told_from_what_they_do_not(event: dict[str, Any], expected: Post | None) -> None:
    assert read_event(event, OWN) == expected


def test_edits() -> None:
    after = {**SAID, "text": "hallo", "edited": {"user": "U1", "ts": "12.0"}}
    changed = {"type": "message", "subtype": "message_changed", "channel": "C1", "event_ts": "12.5"}
    told = read_event({**changed, "message": after, "previous_message": SAID}, OWN)
    assert told == Edit("C1", "10.5", "U1", "12.0", "hallo")
    assert read_event({**changed, "message": {**SAID, "attachments": [{}]}, "previous_message": SAID}, OWN) is None
    gone = {**SAID, "subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted."}
    taken_back = Edit("C1", "10.5", "U1", "12.5")
    assert read_event({**changed, "message": gone, "previous_message": SAID}, OWN) == taken_back
    deleted = {**changed, "subtype": "message_deleted", "deleted_ts": "10.5", "previous_message": SAID}
    assert read_event(deleted, OWN) == taken_back
    assert read_event({**deleted, "previous_message": {**SAID, "bot_id": "B1"}}, OWN) is None


def test_reactions() -> None:
    item = {"type": "message", "channel": "C1", "ts": "10.5"}
    put = {
        "type": "reaction_added",
        "user": "U1",
        "reaction": "thumbsup::skin-tone-3",
        "item": item,
        "event_ts": "11.0",
    }
    assert read_event(put, OWN) == Reaction("C1", "10.5", "U1", "thumbsup", "11.0")
    assert read_event({**put, "item": {"type": "file"}}, OWN) is None
    assert read_event({**put, "user": "UBOT"}, OWN) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<@UBOT> my VPN is down", "my VPN is down"),
        ("hey <@UBOT|guichet> my VPN", "hey my VPN"),
        ("ask <@U1> or <@U2>", "ask @Ana Li or @U2"),
        ("ask <@U2|ben>", "ask @ben"),
        ("in <#C1|help> or <#C2>", "in #help or #C2"),
        ("see <https://a.test/x|the page>", "see the page (https://a.test/x)"),
        ("see <https://a.test/x>", "see https://a.test/x"),
        ("see <http://a.test|a.test>", "see http://a.test"),
        ("mail <mailto:a@b.test|a@b.test>, call <tel:+331>", "mail a@b.test, call +331"),
        ("<!here> <!channel> <!subteam^S1|@it> <!subteam^S2>", "@here @channel @it @S2"),
        ("on <!date^1392734382^{date}|18 Feb>", "on 18 Feb"),
        ("a &lt; b &amp;&amp; c &gt; d &amp;lt;", "a < b && c > d &lt;"),
        ("`ipconfig  /all`\n```\nx  1\n```", "`ipconfig  /all`\n```\nx  1\n```"),
        ("a < b and c > d", "a < b and c > d"),
    ],
)
def test_texts_are_read_back_to_words(text: str, expected: str) -> None:
    assert plain_text(text, "UBOT", {"U1": "Ana Li"}) == expected


def test_files_that_are_not_fetched_are_named() -> None:
    small = Attached("F1", "a.png", "image/png", 100)
    large, elsewhere = (
        Attached("F2", "b.zip", size=MOST_FILE + 1, link="https://s.test/b"),
        Attached("F3", "c.doc", link="https://d.test/c", elsewhere=True),
    )
    assert [file.ref for file in files_of((small, large, elsewhere))] == ["slack:F1"]
    told = with_absent("look", (small, large, elsewhere), Person("U1", language="en"))
    assert told == "look\n\n[Not taken, left in Slack: b.zip https://s.test/b, c.doc https://d.test/c]"
    assert (
        with_absent("", (large,), Person("U1", language="fr"))
        == "[Non repris, resté dans Slack : b.zip https://s.test/b]"
    )


ANA = {
    "id": "U1", "team_id": "T1", "name": "ana", "real_name": "Ana Li", "locale": "fr-FR",
    "profile": {"email": "ana@corp.test", "real_name": "Ana Li"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "proven"),
    [
        ({}, True),
        ({"is_restricted": True}, True),
        ({"is_stranger": True}, False),
        ({"is_bot": True}, False),
        ({"deleted": True}, False),
        ({"team_id": "T9"}, False),
        ({"team_id": "T9", "enterprise_user": {"enterprise_id": "E1"}}, True),
        ({"team_id": "T9", "enterprise_user": {"enterprise_id": "E9"}}, False),
        ({"team_id": "T9", "teams": ["T1"]}, True),
        ({"profile": {}}, False),
    ],
)
def test_who_is_proven(more: dict[str, Any], proven: bool) -> None:
    told = read_person({"user": {**ANA, **more}}, OWN)
    assert (told.proven, told.name, told.language) == (proven, "Ana Li", "fr")


def test_an_app_of_one_workspace_takes_no_stranger_for_its_own() -> None:
    nobody = {**ANA, "team_id": "", "enterprise_user": {"enterprise_id": ""}}
    assert not read_person({"user": nobody}, replace(OWN, team="", enterprise="")).proven


def pressed(value: str, **more: Any) -> dict[str, Any]:
    """A press as Slack tells it."""
    button = {"type": "button", "action_id": "0:yes", "value": value, "action_ts": "12.0"}
    label = {"type": "button", "action_id": "0:yes", "text": {"type": "plain_text", "text": "Yes"}}
    message = {
        "ts": "11.0",
        "text": "Does it work?",
        "blocks": [{"type": "rich_text"}, {"type": "actions", "elements": [label]}],
    }
    return {
        "type": "block_actions", "user": {"id": "U1"}, "channel": {"id": "C1"}, "message": {**message, **more},
        "actions": [button],
    }  # fmt: skip


def test_presses() -> None:
    told = read_press(pressed(button_value(3, "yes:no"), thread_ts="10.5"))
    assert told is not None
    assert (told.channel, told.thread, told.button, told.turn, told.label) == ("C1", "10.5", "yes:no", 3, "Yes")
    assert chosen_blocks(told) == [
        {"type": "rich_text"},
        {"type": "context", "elements": [{"type": "plain_text", "text": "✓ Yes", "emoji": False}]},
    ]
    assert isinstance(read_press(pressed("0:yes", thread_ts="11.0")), Press)


@pytest.mark.parametrize("value", ["", "yes", "x:yes", "3:", "-1:yes", "9999999999:yes", "²:yes"])
def test_what_is_no_button_of_ours_is_no_press(value: str) -> None:
    assert read_press(pressed(value)) is None
