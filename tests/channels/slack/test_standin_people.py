"""What people do in the stand-in becomes the events that Slack sends."""

from typing import Any

from tests.support.slack.console import Console
from tests.support.slack.workspace import Workspace

Json = dict[str, Any]


def heard(slack: Workspace) -> list[Json]:
    """The events so far."""
    return [parcel.payload["event"] for parcel in slack.events()]


def kinds(slack: Workspace) -> list[str]:
    """Their types, with subtypes."""
    return ["/".join(filter(None, [event["type"], event.get("subtype")])) for event in heard(slack)]


def test_a_mention_in_a_channel_is_heard_twice(slack: Workspace) -> None:
    ana = slack.person("Ana Li")
    said = ana.mention("help", slack.channel("help", ana))
    assert kinds(slack) == ["app_mention", "message"]
    assert {event["ts"] for event in heard(slack)} == {said.ts}
    assert said.pings == {slack.app.bot_user}


def test_a_channel_without_the_bot_is_not_heard(slack: Workspace) -> None:
    ana = slack.person("Ana Li")
    ana.say("hush", slack.channel("private", ana, bot=False))
    assert heard(slack) == []


def test_edits_and_deletions(slack: Workspace) -> None:
    ana = slack.person("Ana Li")
    said = ana.say("helo")
    ana.edit(said, "hello")
    ana.delete(said)
    assert kinds(slack) == ["message", "message/message_changed", "message/message_deleted"]
    _, changed, deleted = heard(slack)
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("helo", "hello")
    assert deleted["deleted_ts"] == said.ts
    assert ana.sees() == ()


def test_a_deleted_message_with_answers_leaves_a_tombstone(slack: Workspace) -> None:
    ana = slack.person("Ana Li")
    said = ana.say("help")
    ana.say("more", thread=said)
    ana.delete(said)
    stone = heard(slack)[-1]
    assert (stone["subtype"], stone["message"]["subtype"]) == ("message_changed", "tombstone")
    assert stone["message"]["user"] == "USLACKBOT"


def test_what_is_typed_arrives_escaped_with_links_and_mentions(slack: Workspace) -> None:
    ana = slack.person("Ana Li")
    ana.say("<b> & https://example.com/a @ana.li @nobody")
    event = heard(slack)[0]
    assert event["text"] == f"&lt;b&gt; &amp; <https://example.com/a> <@{ana.id}> @nobody"
    leaves = event["blocks"][0]["elements"][0]["elements"]
    assert [leaf["type"] for leaf in leaves] == ["text", "link", "text", "user", "text"]


def test_assistant_threads(slack: Workspace) -> None:
    ana = slack.person("Ana Li")
    room = slack.channel("help", ana)
    thread = ana.open_assistant(room)
    ana.say("My VPN is down", thread=thread)
    ana.look_at(room, thread)
    started, said, moved = heard(slack)
    assert started["assistant_thread"]["context"]["channel_id"] == room.id
    assert (said["thread_ts"], said["channel_type"]) == (thread.ts, "im")
    assert moved["type"] == "assistant_thread_context_changed"


def test_enterprise_grid_and_other_companies() -> None:
    with Workspace(enterprise="E0000000001", org_install=True) as slack:
        ana, max_ = slack.person("Ana Li"), slack.person("Max Fremd", kind="stranger")
        shared = slack.channel("shared", ana, max_, shared_with=(max_.person.team,))
        assert ana.id.startswith("W")
        max_.say("hello from outside", shared)
        payload = slack.events()[0].payload
        assert payload["is_ext_shared_channel"]
        assert payload["event"]["team"] == max_.person.team != payload["team_id"]
        assert payload["authorizations"][0]["is_enterprise_install"]
        assert payload["enterprise_id"] == "E0000000001"


def test_comings_files_reactions_and_goings(slack: Workspace) -> None:
    ana, bo = slack.person("Ana Li"), slack.person("Bo Xu")
    room = slack.channel("help", ana)
    slack.join(room, bo)
    said = bo.upload("a.png", b"png", "look", room)
    ana.react(said, "eyes")
    ana.unreact(said, "eyes")
    ana.change_profile(email="ana@new.test")
    slack.uninstall()
    assert kinds(slack) == [
        "member_joined_channel", "message/channel_join", "file_shared", "message/file_share", "reaction_added",
        "reaction_removed", "user_change", "app_uninstalled", "tokens_revoked",
    ]  # fmt: skip


def test_the_console_tells_mistakes_instead_of_ending(slack: Workspace) -> None:
    told: list[str] = []
    console = Console(slack, told.append)
    console.greet()
    for line in (
        "hello there",
        "press Yes",
        "react eyes",
        "fill words=x",
        "edit hi there",
        "home",
        "assistant",
        "quit",
    ):
        console.obey(line)
    assert console.ended.is_set()
    assert any(slack.app.bot_token in line for line in told)
    assert [line[:30] for line in told if line.startswith("?")] == [
        "? nothing to press is called '", "? tuple index out of range", "? no field is called 'words'",
    ]  # fmt: skip
    assert kinds(slack)[:3] == ["message", "message/message_changed", "app_home_opened"]
