"""The stand-in's Web API says no where Slack says no."""

from typing import Any

import httpx
import pytest

from tests.support.slack.app import TOKEN_LIFE, App
from tests.support.slack.workspace import Workspace

Json = dict[str, Any]


def call(slack: Workspace, method: str, token: str | None = None, **args: Any) -> Json:
    """A call with a JSON body; `token` is the bot's unless one is given."""
    headers = {"Authorization": f"Bearer {slack.app.bot_token if token is None else token}"}
    return httpx.post(f"{slack.url}/api/{method}", json=args, headers=headers).json()


def read(slack: Workspace, method: str, **args: Any) -> Json:
    """A call of a method that takes no JSON."""
    headers = {"Authorization": f"Bearer {slack.app.bot_token}"}
    return httpx.get(f"{slack.url}/api/{method}", params=args, headers=headers).json()


def test_tokens_are_judged(slack: Workspace) -> None:
    assert httpx.post(f"{slack.url}/api/auth.test").json()["error"] == "not_authed"
    assert call(slack, "auth.test", "xoxb-wrong")["error"] == "invalid_auth"
    assert call(slack, "auth.test", slack.app.app_token)["error"] == "not_allowed_token_type"
    assert call(slack, "apps.connections.open")["error"] == "not_allowed_token_type"
    assert call(slack, "auth.test")["ok"]
    assert httpx.post(f"{slack.url}/api/auth.test", data={"token": slack.app.bot_token}).json()["ok"]
    assert call(slack, "chat.shout")["error"] == "unknown_method"
    slack.revoke_tokens()
    assert call(slack, "auth.test")["error"] == "token_revoked"


def test_a_rotated_token_lasts_twelve_hours_and_its_successor_is_got_once(slack: Workspace) -> None:
    app = slack.app
    app.expiring(slack.world.clock.now())
    form = {"client_id": app.client_id, "client_secret": app.client_secret, "grant_type": "refresh_token"}
    form["refresh_token"] = app.refresh_token
    slack.pass_time(TOKEN_LIFE + 1)
    assert call(slack, "auth.test")["error"] == "token_expired"
    renewed = httpx.post(f"{slack.url}/api/oauth.v2.access", data=form).json()
    assert call(slack, "auth.test", renewed["access_token"])["ok"]
    assert httpx.post(f"{slack.url}/api/oauth.v2.access", data=form).json()["error"] == "invalid_refresh_token"


def test_scopes_are_asked_for() -> None:
    with Workspace(App(scopes=frozenset({"users:read", "im:history"}))) as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        refused = call(slack, "chat.postMessage", channel=ana.id, text="x")
        assert refused == {
            "ok": False,
            "error": "missing_scope",
            "needed": "chat:write",
            "provided": "im:history,users:read",
        }
        assert "email" not in read(slack, "users.info", user=ana.id)["user"]["profile"]
        assert read(slack, "users.lookupByEmail", email="ana@corp.test")["error"] == "missing_scope"
        ana.say("heard")
        ana.say("not heard", slack.channel("help", ana))
        assert [each.payload["event"]["text"] for each in slack.events("message")] == ["heard"]


def test_a_manifest_says_what_the_app_may(slack: Workspace) -> None:
    app = App.from_manifest({
        "features": {"bot_user": {"display_name": "Guichet"}, "slash_commands": [{"command": "/desk"}]},
        "oauth_config": {"scopes": {"bot": ["chat:write"]}},
        "settings": {"socket_mode_enabled": True, "event_subscriptions": {"bot_events": ["message.im"]}},
    })  # fmt: skip
    assert (app.name, app.socket_mode, app.home) == ("guichet", True, False)
    assert (*app.scopes, *app.events, *(app.commands or ())) == ("chat:write", "message.im", "/desk")


def test_messages_are_refused_by_slacks_names(slack: Workspace) -> None:
    ana = slack.person("Ana Li", "ana@corp.test")
    room, closed = slack.channel("help", ana), slack.channel("old", ana)
    secret = slack.channel("secret", ana, private=True, bot=False)
    slack.archive(closed)
    posted = call(slack, "chat.postMessage", channel=room.id, text="x")
    theirs = ana.say("mine", room)

    def error(method: str, **args: Any) -> str:
        return call(slack, method, **args)["error"]

    assert error("chat.postMessage", text="x") == "invalid_arguments"
    assert error("chat.postMessage", channel="C1", text="x") == "channel_not_found"
    assert error("chat.postMessage", channel=secret.id, text="x") == "channel_not_found"
    assert error("chat.postMessage", channel=closed.id, text="x") == "is_archived"
    assert error("chat.postMessage", channel=room.id) == "no_text"
    assert error("chat.postMessage", channel=room.id, text="x" * 40_001) == "msg_too_long"
    assert error("chat.postMessage", channel=room.id, text="x", blocks="[") == "invalid_blocks_format"
    assert error("chat.postMessage", channel=room.id, text="x", thread_ts="1.2") == "thread_not_found"
    assert error("chat.update", channel=room.id, ts="1.2", text="x") == "message_not_found"
    assert error("chat.update", channel=room.id, ts=theirs.ts, text="x") == "cant_update_message"
    assert error("chat.delete", channel=room.id, ts=theirs.ts) == "cant_delete_message"
    assert error("reactions.add", channel=room.id, timestamp=theirs.ts, name="<>") == "invalid_name"
    assert call(slack, "reactions.add", channel=room.id, timestamp=theirs.ts, name="eyes")["ok"]
    assert error("reactions.add", channel=room.id, timestamp=theirs.ts, name="eyes") == "already_reacted"
    assert call(slack, "chat.update", channel=room.id, ts=posted["ts"], text="y")["ok"]


def test_blocks_are_refused_with_the_place_of_the_fault(slack: Workspace) -> None:
    ana = slack.person("Ana Li")
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    refused = call(slack, "chat.postMessage", channel=ana.id, text="x", blocks=blocks)
    assert refused["error"] == "invalid_blocks"
    assert refused["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


def test_new_text_without_blocks_takes_the_blocks_away(slack: Workspace) -> None:
    ana = slack.person("Ana Li")
    divider = [{"type": "divider"}]
    posted = call(slack, "chat.postMessage", channel=ana.id, text="a", blocks=divider)
    place = {"channel": posted["channel"], "ts": posted["ts"]}
    call(slack, "chat.update", **place, text="b", blocks=divider)
    assert (slack.written()[0].text, slack.written()[0].is_edited) == ("b", False)
    call(slack, "chat.update", **place, text="c")
    assert (slack.written()[0].blocks, slack.written()[0].is_edited) == ((), True)


def test_hidden_notes_come_back_only_if_asked_for(slack: Workspace) -> None:
    ana = slack.person("Ana Li")
    said = ana.say("help")
    note = {"event_type": "sent", "event_payload": {"id": "7"}}
    call(slack, "chat.postMessage", channel=said.room, thread_ts=said.ts, text="x", metadata=note)
    place = {"channel": said.room, "ts": said.ts}
    assert read(slack, "conversations.replies", **place, include_all_metadata=True)["messages"][1]["metadata"] == note
    assert "metadata" not in read(slack, "conversations.replies", **place)["messages"][1]
    bad = call(slack, "chat.postMessage", channel=said.room, text="x", metadata={"event_type": "sent"})
    assert bad["error"] == "invalid_metadata_schema"


def test_strangers_have_no_address(slack: Workspace) -> None:
    max_ = slack.person("Max Fremd", "max@other.test", kind="stranger")
    user = read(slack, "users.info", user=max_.id)["user"]
    assert user["is_stranger"]
    assert "email" not in user["profile"]
    assert read(slack, "users.lookupByEmail", email="max@other.test")["error"] == "users_not_found"
    assert read(slack, "users.info", user="U9")["error"] == "user_not_found"


def test_a_trigger_serves_once_and_soon(slack: Workspace) -> None:
    ana = slack.person("Ana Li")
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Form"}, "blocks": [{"type": "divider"}]}

    def trigger() -> str:
        return ana.command("/desk").payload["trigger_id"]

    ref = trigger()
    assert call(slack, "views.open", trigger_id=ref, view=view)["ok"]
    assert call(slack, "views.open", trigger_id=ref, view=view)["error"] == "exchanged_trigger_id"
    ref = trigger()
    slack.pass_time(4)
    assert call(slack, "views.open", trigger_id=ref, view=view)["error"] == "expired_trigger_id"


def test_a_response_url_serves_five_times_within_half_an_hour(slack: Workspace) -> None:
    ana = slack.person("Ana Li")
    address = ana.command("/desk").payload["response_url"]
    assert [httpx.post(address, json={"text": "x"}).status_code for _ in range(6)] == [200] * 5 + [404]
    address = ana.command("/desk").payload["response_url"]
    slack.pass_time(31 * 60)
    assert httpx.post(address, json={"text": "x"}).status_code == 404


def test_a_file_is_given_to_who_shows_the_token(slack: Workspace) -> None:
    ana = slack.person("Ana Li")
    ana.upload("screen.png", b"\x89PNG", "look")
    address = slack.events("message")[-1].payload["event"]["files"][0]["url_private"]
    with_token = httpx.get(address, headers={"Authorization": f"Bearer {slack.app.bot_token}"})
    assert (with_token.content, with_token.headers["content-type"]) == (b"\x89PNG", "image/png")
    without = httpx.get(address)
    assert (without.status_code, without.headers["content-type"].partition(";")[0]) == (200, "text/html")


def test_faults_are_played(slack: Workspace) -> None:
    ana = slack.person("Ana Li")
    headers = {"Authorization": f"Bearer {slack.app.bot_token}"}
    address, body = f"{slack.url}/api/chat.postMessage", {"channel": ana.id, "text": "x"}
    slack.flood(seconds=7, times=1, method="chat.postMessage")
    limited = httpx.post(address, json=body, headers=headers)
    assert (limited.status_code, limited.headers["Retry-After"]) == (429, "7")
    slack.lose_answer("chat.postMessage")
    with pytest.raises(httpx.TransportError):
        httpx.post(address, json=body, headers=headers)
    assert len(slack.written()) == 1
    with slack.outage():
        assert httpx.post(address, json=body, headers=headers).status_code == 503
    with slack.outage(refused=True), pytest.raises(httpx.ConnectError):
        httpx.post(address, json=body, headers=headers)
    assert httpx.post(address, json=body, headers=headers).json()["ok"]
    assert len(slack.calls("chat.postMessage")) == 3
