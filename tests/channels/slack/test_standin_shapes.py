"""What the stand-in says has the keys and the types of Slack's own sample payloads; each exception has its reason."""

import json
from pathlib import Path

import pytest

from tests.support.slack.grand_tour import tour
from tests.support.slack.samples import Comparison, differences, unexplained, unused
from tests.support.slack.workspace import Workspace

# Said though the sample does not know it, or with another type.
BEYOND = {
    "*.enterprise: null, not object": "null outside Enterprise Grid",
    "*.enterprise_id: null, not string": "null outside Enterprise Grid",
    "*.team_id: null, not string": "null where the app is installed for the whole organization",
    "*.context_enterprise_id: *": "newer than most samples, null outside Enterprise Grid",
    "*.context_team_id: unknown": "newer than most samples",
    "*.previous_view_id: null, not string": "null for a view that stands over no other",
    "*.view.close: null, not object": "null where the app gave none",
    "*.view.submit: null, not object": "null where the app gave none",
    "*.view.blocks: unknown": "left out of the samples of view payloads",
    "*.response_urls: unknown": "left out of the sample",
    "*.blocks[[]].elements[[]].elements: unknown": "the samples of messages show no rich_text block",
    "*.elements[[]].elements: unknown": "the samples of messages show no rich_text block",
    "*.app_id: unknown": "newer: messages of apps name their app",
    "*.reactions: unknown": "as in conversations.history",
    "*.reactions[[]].users: unknown": "as in conversations.history",
    "*.reply_users: unknown": "as in conversations.history",
    "*.root.is_locked: unknown": "as in conversations.history",
    "*.root.blocks: unknown": "the sample's thread begins with plain text",
    "*.root.client_msg_id: unknown": "the sample's thread begins with a message of an app",
    "*.assistant_app_thread: unknown": "newer: the title of an assistant thread",
    "*FileSharePayload.event.bot_*: unknown": "the sample's file is a person's, not an app's",
    "*FileSharePayload.event.client_msg_id: unknown": "newer",
    "api/conversations.info.channel.is_open: unknown": "the sample is a channel, not a direct message",
    "api/conversations.info.channel.priority: unknown": "the sample is a channel, not a direct message",
    "api/conversations.info.channel.user: unknown": "the sample is a channel, not a direct message",
    "api/chat.stopStream.*: unknown": "newer: where the message stands",
    "*.shares.public.C*: unknown": "keys are ids of rooms",
    "*SlashCommandPayload.is_enterprise_install: string, not boolean": "commands are forms, whose values are strings",
    "*UserChangePayload.event.event_ts: unknown": "newer",
    "api/users.lookupByEmail.user.enterprise_user: unknown": "the sample's person is not on Enterprise Grid",
    "*.metadata.event_payload: unknown": "the app's own, blanked in the sample",
    "*.enterprise_user.teams: unknown": "as in users.info",
    "*.status_emoji_display_info: unknown": "newer than the sample of the event",
}

# Keys of the samples that the stand-in never says: where, which, and why.
NEVER = (
    ("api/*", "error needed provided", "only in refusals, and there it is"),
    ("api/*", "warning response_metadata", "only with warnings and pages"),
    ("api/auth.test", "app_id app_name", "only for tokens of apps, not of bots"),
    ("api/auth.test", "expires_in", "only for tokens that expire"),
    ("api/conversations.info.channel",
     "connected_limited_team_ids is_global_shared is_moved is_non_threadable is_org_default is_org_mandatory "
     "is_read_only is_thread_only locale properties",
     "settings that no channel here has"),
    ("api/team.info.team", "discoverable locale pay_prod_cur sso_provider", "for user tokens and paying plans"),
    ("api/team.info.team.icon", "image_original", "no picture was uploaded"),
    ("*.user",
     "enterprise_id enterprise_name teams has_2fa is_connector_bot is_invited_user is_workflow_bot two_factor_type "
     "has_files presence is_stranger",
     "of other kinds of users, or seen with user tokens only"),
    ("*.user.profile",
     "always_active api_app_id bot_id guest_channels guest_expiration_ts guest_invited_by image_1024 "
     "image_original start_date status_emoji_url",
     "of other kinds of users, or filled in by nobody"),
    ("api/views.*.view", "app_unfurl_url channel entity_url external_ref message_ts thread_ts", "of unfurled links"),
    ("*.view", "submit_disabled", "of modals alone"),
    ("app-backend/*", "bot_access_token function_data interactivity", "of workflow steps"),
    ("*ViewSubmissionPayload", "is_cleared", "of closed views"),
    ("*BlockActionPayload", "app_unfurl", "of unfurled links"),
    ("*BlockActionPayload.actions[[]]",
     "confirm initial_channel initial_conversation initial_date initial_option initial_time initial_user "
     "min_query_length placeholder rich_text_value selected_channel selected_conversation selected_date "
     "selected_option selected_time selected_user url",
     "of elements that are no plain button"),
    ("*BlockActionPayload.container", "app_unfurl_url attachment_id is_app_unfurl text", "of unfurled links"),
    ("app-backend/*.message",
     "app_id assistant_app_thread attachments bot_id bot_link bot_profile channel client_msg_id comment "
     "display_as_bot edited file files icons inviter is_intro is_starred is_thread_broadcast item item_type "
     "metadata no_notifications pinned_to purpose reactions room root subtype topic unfurl_links unfurl_media "
     "upload username wibblr",
     "of other kinds of messages than the pressed ones"),
    ("app-backend/*.message",
     "hidden is_locked last_read latest_reply parent_user_id reply_count reply_users reply_users_count subscribed",
     "of messages that stand elsewhere in a thread"),
    ("app-backend/*.message.reactions[[]]", "url", "of emoji that a workspace made"),
    ("events/*", "authed_teams authed_users", "gone from Slack since 2021"),
    ("events/*.event", "attachments edited", "of messages with attachments, and born edited"),
    ("events/AppMentionPayload.event",
     "app_id bot_id bot_profile display_as_bot source_team subtype thread_ts upload user_profile user_team "
     "username",
     "of mentions by apps and from other companies"),
    ("events/MessageBotPayload.event", "blocks icons thread_ts", "the old integration writes plain text"),
    ("events/MessageMePayload.event", "bot_id username", "of apps that use /me"),
    ("events/*.message", "attachments display_as_bot is_starred upload", "of other kinds of messages"),
    ("events/*.previous_message",
     "attachments display_as_bot hidden is_starred upload is_locked last_read latest_reply parent_user_id "
     "reply_count reply_users_count subscribed subtype thread_ts",
     "of other kinds of messages"),
    ("events/*.root",
     "bot_id bot_profile edited icons mrkdwn no_notifications parent_user_id room subtype unread_count username",
     "the thread begins with a person's plain message"),
)  # fmt: skip
SILENT = {f"{where}.{key}": why for where, keys, why in NEVER for key in keys.split()}


@pytest.fixture(scope="module")
def compared(shared: Path) -> Comparison:
    """The grand tour, in a company's workspace and on Enterprise Grid."""
    comparison = Comparison()
    for enterprise in (None, "E0000000001"):
        with Workspace(enterprise=enterprise, org_install=enterprise is not None) as slack:
            for name, said in tour(slack):
                sample = shared / "data" / "slack" / f"{name}.json"
                if sample.is_file():
                    comparison.add(name, said, json.loads(sample.read_text("utf-8")))
    return comparison


def test_the_comparison_finds_what_differs() -> None:
    sample = {"ok": False, "user": {"id": "", "tz_offset": 1}, "list": [{"type": "a", "x": 1}, {"type": "b", "y": ""}]}
    said = {"ok": True, "user": {"id": None, "age": 7}, "list": [{"type": "b", "x": 1}]}
    assert {str(each) for each in differences(said, sample, "sample")} == {
        "sample.user.id: null, not string", "sample.user.age: unknown", "sample.user.tz_offset: missing",
        "sample.list[].x: unknown", "sample.list[].y: missing",
    }  # fmt: skip


def test_nothing_is_said_that_slack_does_not_say(compared: Comparison) -> None:
    assert unexplained(compared.beyond, BEYOND) == []


def test_nothing_is_kept_silent_that_slack_says(compared: Comparison) -> None:
    assert unexplained(compared.never, SILENT) == []


def test_every_exception_is_still_one(compared: Comparison) -> None:
    assert unused(compared.beyond, BEYOND) + unused(compared.never, SILENT) == []
