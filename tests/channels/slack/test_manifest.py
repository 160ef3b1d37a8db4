"""The app manifest: as Slack's published schema of manifests wants it, asking for no more than is used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack.manifest import ASSISTANT_EVENTS, IN_CHANNELS, SCOPES, manifest
from tests.support.needs import ROOT
from tests.support.slack.app import App
from tests.support.slack.blocks.rules import Rule, flag, items, number, one_of, shape, string
from tests.support.slack.scopes import EVENTS, may_hear

# Version 2 of the schema that Slack publishes (slackapi/manifest-schema), as far as our manifest reaches.
PROMPTS = items(shape({"title": string(300, 1), "message": string(300, 1)}), 4)
ADDRESS = {"request_url": string(3500, 9)}
SCHEMA: Rule = shape({
    "_metadata": shape({"major_version": number(2, 2)}, {"minor_version": number(0, 9)}),
    "display_information": shape({"name": string(35, 1)}, {
        "description": string(140, 1), "long_description": string(4000, 175),
    }),
    "features": shape({
        "app_home": shape(dict.fromkeys((
            "home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled",
        ), flag)),
        "bot_user": shape({"display_name": string(80, 1)}, {"always_online": flag}),
        "slash_commands": items(shape({"command": string(32, 2), "description": string(2000, 1)}, {
            "usage_hint": string(1000, 1), "should_escape": flag, "url": string(3000, 9),
        }), 50),
        "shortcuts": items(shape({
            "name": string(24, 1), "type": one_of("message", "global"), "callback_id": string(255, 1),
            "description": string(150, 1),
        }), 10),
    }, {
        "agent_view": shape({}, {"agent_description": string(300, 1), "suggested_prompts": PROMPTS}),
        "assistant_view": shape({"assistant_description": string(300, 1)}, {"suggested_prompts": PROMPTS}),
    }),
    "oauth_config": shape({"scopes": shape({"bot": items(string(50, 1), 255)})}),
    "settings": shape({
        "event_subscriptions": shape({"bot_events": items(string(50, 1), 100)}, ADDRESS),
        "interactivity": shape({"is_enabled": flag}, ADDRESS),
        "org_deploy_enabled": flag, "socket_mode_enabled": flag, "token_rotation_enabled": flag,
    }),
})  # fmt: skip

languages = st.lists(st.sampled_from(["fr", "en"]), unique=True, max_size=2)


@given(st.text(max_size=99), languages, st.booleans(), st.sampled_from(["", "https://desk.example/a/"]), st.booleans())
def test_every_manifest_keeps_to_the_schema(name, langs, channels, url, assistant) -> None:
    told = manifest(name, langs, channels, url, assistant=assistant)
    assert list(SCHEMA(told, "")) == []
    events = told["settings"]["event_subscriptions"]["bot_events"]
    assert len(set(events)) == len(events)


@pytest.mark.parametrize("channels", [True, False])
@pytest.mark.parametrize("assistant", [True, False])
def test_what_is_asked_for_is_what_is_used(channels: bool, assistant: bool) -> None:
    app = App.from_manifest(manifest("Support", ("fr", "en"), channels, assistant=assistant))
    assert (
        app.socket_mode and app.interactive and app.home and app.commands == frozenset({"/guichet"}) and not app.rotates
    )
    assert all(event in EVENTS and may_hear(event, app.scopes) for event in app.events)
    assert app.scopes == SCOPES.keys() - (set() if channels else IN_CHANNELS)
    assert app.scopes.isdisjoint({"channels:join", "chat:write.public", "users:write"})
    assert (app.events >= set(ASSISTANT_EVENTS)) == assistant


def test_new_apps_get_the_agent_pane_and_older_ones_may_keep_theirs() -> None:
    new, old = (manifest("Support", ("en",), assistant=older)["features"] for older in (False, True))
    assert "agent_view" in new and "assistant_view" not in new
    assert "assistant_view" in old and "agent_view" not in old


def test_slack_posts_to_one_address_below_the_public_one() -> None:
    told = manifest("Support", ("fr",), url="https://desk.example/")
    settings, address = told["settings"], "https://desk.example/channels/slack"
    assert settings["event_subscriptions"]["request_url"] == settings["interactivity"]["request_url"] == address
    assert told["features"]["slash_commands"][0]["url"] == address
    assert settings["socket_mode_enabled"] is False
    assert "request_url" not in str(manifest("Support", ("fr",)))


@pytest.mark.parametrize(
    ("langs", "french", "english"), [(["fr"], True, False), (["en"], False, True), (["en", "fr"], True, True)]
)
def test_the_desks_languages_are_spoken(langs: list[str], french: bool, english: bool) -> None:
    told = manifest("Support", langs)
    for text in (
        told["display_information"]["long_description"],
        told["features"]["agent_view"]["agent_description"],
        told["features"]["slash_commands"][0]["description"],
    ):
        assert (("Écri" in text or "Décri" in text), ("rite" in text or "Tell" in text)) == (french, english)
    assert told["features"]["shortcuts"][0]["name"] == (
        "Demander au support" if langs[0] == "fr" else "Ask support about this"
    )


def test_the_guide_gives_the_reason_of_each_scope() -> None:
    guide = (ROOT / "docs" / "channels" / "slack.md").read_text(encoding="utf-8")
    for scope, reason in SCOPES.items():
        assert f"| `{scope}` | {reason} |" in guide
