"""A walk through all the stand-in can say: every method, every event, every act of a person."""

from collections.abc import Iterator

import httpx
from slack_sdk import WebClient
from slack_sdk.models.blocks import ActionsBlock, ButtonElement, SectionBlock

from tests.support.slack.members import Member
from tests.support.slack.refusal import Json
from tests.support.slack.rooms import Room
from tests.support.slack.workspace import Workspace

Said = tuple[str, Json]  # name of the sample, and what the stand-in said
MODAL = {
    "type": "modal", "callback_id": "form", "title": {"type": "plain_text", "text": "Form"}, "notify_on_close": True,
    "submit": {"type": "plain_text", "text": "Send"}, "close": {"type": "plain_text", "text": "Leave"},
    "external_id": "form-1", "private_metadata": "kept",
    "blocks": [{"type": "input", "label": {"type": "plain_text", "text": "Words"},
                "element": {"type": "plain_text_input", "action_id": "words"}}],
}  # fmt: skip
BLOCKS = [
    SectionBlock(text="Does it work?"),
    ActionsBlock(elements=[ButtonElement(text="Yes", action_id="yes", value="1", style="primary")]),
]
HOME = {"type": "home", "blocks": [block.to_dict() for block in BLOCKS]}


def tour(slack: Workspace) -> Iterator[Said]:
    """Answers of the Web API, then events, then interactions."""
    client = WebClient(slack.app.bot_token, base_url=f"{slack.url}/api/")
    ana = slack.person("Ana Li", "ana@corp.test", locale="fr-FR")
    room = slack.channel("help", ana)
    said: list[Said] = []

    def call(method: str, **args: object) -> Json:
        reads = method.startswith(READS)
        answer = client.api_call(method, params=args if reads else None, json=None if reads else args).data
        assert isinstance(answer, dict)
        said.append((f"api/{method}", answer))
        return answer

    who(call, slack, ana, room)
    talk(call, slack, ana, room)
    show(call, slack, ana)
    walk(ana, slack.person("Bo", kind="bot"), room)
    slack.revoke_tokens()
    slack.uninstall()
    yield from said
    for parcel in slack.courier.record:
        yield sample_of(parcel.payload), parcel.payload


READS = ("team.", "bots.", "users.", "conversations.", "chat.getPermalink", "files.get")


def who(call, slack: Workspace, ana: Member, room: Room) -> None:
    """People, rooms, the team."""
    call("auth.test")
    call("team.info")
    call("bots.info", bot=slack.app.bot_id)
    call("users.info", user=ana.id, include_locale=True)
    call("users.lookupByEmail", email="ana@corp.test")
    call("conversations.info", channel=room.id, include_num_members=True)
    call("conversations.info", channel=ana.direct.id)
    call("conversations.members", channel=room.id)
    stranger = slack.person("Max Fremd", "max@other.test", kind="stranger")
    call("users.info", user=stranger.id)
    call("users.info", user=slack.app.bot_user)
    call("conversations.info", channel=slack.channel("shared", stranger, shared_with=(stranger.person.team,)).id)


def talk(call, slack: Workspace, ana: Member, room: Room) -> None:
    """Messages, files and assistant threads."""
    posted = call("chat.postMessage", channel=room.id, text="hello", blocks=[block.to_dict() for block in BLOCKS])
    place = {"channel": room.id, "ts": posted["ts"]}
    call("chat.getPermalink", channel=room.id, message_ts=posted["ts"])
    call("chat.postEphemeral", channel=room.id, user=ana.id, text="psst")
    call("reactions.add", channel=room.id, timestamp=posted["ts"], name="eyes")
    ana.react(ana.sees(room)[0], "tada")
    ana.press("Yes")
    call("chat.update", **place, text="bye")
    call("chat.delete", **place)
    note = {"event_type": "sent", "event_payload": {"id": "1"}}
    root, buttons = ana.say("in a thread", room), [block.to_dict() for block in BLOCKS]
    call("chat.postMessage", channel=room.id, thread_ts=root.ts, text="hi", blocks=buttons, metadata=note)
    ana.press("Yes")
    ana.upload("b.png", b"png", "look", room, root)

    thread = ana.open_assistant()
    there = {"channel_id": thread.room, "thread_ts": thread.ts}
    call("assistant.threads.setStatus", **there, status="thinks")
    call("assistant.threads.setTitle", **there, title="VPN")
    call("assistant.threads.setSuggestedPrompts", **there, prompts=[{"title": "VPN", "message": "My VPN is down"}])
    stream = call("chat.startStream", channel=thread.room, thread_ts=thread.ts, markdown_text="a")
    call("chat.appendStream", channel=thread.room, ts=stream["ts"], markdown_text="b")
    call("chat.stopStream", channel=thread.room, ts=stream["ts"])

    place = call("files.getUploadURLExternal", filename="a.txt", length=3)
    upload(place["upload_url"], b"abc")
    call("files.completeUploadExternal", files=[{"id": place["file_id"]}], channel_id=room.id)


def upload(address: str, content: bytes) -> None:
    """Bring the bytes of a file."""
    assert httpx.post(address, content=content).status_code == 200


def show(call, slack: Workspace, ana: Member) -> None:
    """Views."""
    call("views.publish", user_id=ana.id, view=HOME)
    ana.open_home()
    ana.press_in(None, "Yes")
    ana.command("/desk", "words")
    trigger = slack.courier.record[-1].payload["trigger_id"]
    view = call("views.open", trigger_id=trigger, view=MODAL)["view"]
    call("views.update", view_id=view["id"], view=MODAL)
    ana.submit(words="yes")
    call(
        "views.push", trigger_id=slack.courier.record[-1].payload["trigger_id"], view=MODAL | {"external_id": "form-2"}
    )
    ana.close_modal()


def walk(ana: Member, integration: Member, room: Room) -> None:
    """What people do in rooms."""
    said = ana.mention("help", room)
    ana.say("more", room, said)
    ana.say("loud", room, said, broadcast=True)
    ana.edit(said, "help please")
    ana.react(said, "tada")
    ana.unreact(said, "tada")
    ana.shortcut("escalate", said)
    ana.delete(said)
    ana.delete(ana.say("typo", room))
    ana.upload("a.png", b"png", "look", room)
    ana.emote("waves", room)
    integration.speak_as_integration("build passed", room)
    ana.change_profile(real_name="Ana Lee")


def sample_of(payload: Json) -> str:
    """Name of the sample for what goes to the app; empty where Slack's collection has none."""
    match payload.get("type"), payload.get("command"):
        case "event_callback", _:
            event = payload["event"]
            if event["type"] == "message":
                return f"events/{MESSAGES.get(event.get('subtype', ''), '')}"
            return f"events/{EVENTS.get(event['type'], '')}"
        case None, str():
            return "app-backend/slash-commands/SlashCommandPayload"
        case kind, _:
            return INTERACTIONS[str(kind)]


MESSAGES = {
    "": "MessagePayload", "message_changed": "MessageChangedPayload", "message_deleted": "MessageDeletedPayload",
    "file_share": "MessageFileSharePayload", "thread_broadcast": "MessageThreadBroadcastPayload",
    "bot_message": "MessageBotPayload", "me_message": "MessageMePayload", "channel_join": "MessageChannelJoinPayload",
}  # fmt: skip
EVENTS = {
    "app_mention": "AppMentionPayload", "app_home_opened": "AppHomeOpenedPayload", "file_shared": "FileSharedPayload",
    "reaction_added": "ReactionAddedPayload", "reaction_removed": "ReactionRemovedPayload",
    "tokens_revoked": "TokensRevokedPayload", "app_uninstalled": "AppUninstalledPayload",
    "user_change": "UserChangePayload",
}  # fmt: skip
INTERACTIONS = {
    "block_actions": "app-backend/interactive-components/BlockActionPayload",
    "message_action": "app-backend/interactive-components/MessageShortcutPayload",
    "view_submission": "app-backend/views/ViewSubmissionPayload",
    "view_closed": "app-backend/views/ViewClosedPayload",
}
