"""What the tests of Slack's views share: drawn by us, judged by Slack's limits, pressed as Slack posts it."""

import json

from hypothesis import strategies as st

from tests.support.slack.blocks.check import check_message, check_view
from tests.support.slack.blocks.pings import pings_of
from tests.support.slack.blocks.rules import values

LANGS = ("fr", "en")
HOSTILE = "<!channel> <@U0000000001> @here *gras* `code` <https://evil.example|ici> &amp; :tada:"

anything = st.text(max_size=300)


def told(tree) -> str:
    """All that people read of it."""
    return "\n".join(str(value) for value in values(tree, "text"))


def accepted(view, surface):
    """The view, once it is found to be one that Slack takes and in which nothing is read as markup."""
    assert json.loads(json.dumps(view)) == view
    check_view(view, surface)
    assert "mrkdwn" not in list(values(view, "type"))
    assert not pings_of("", view["blocks"], {})
    return view


def posted(message):
    """The message, once it is found to be one that Slack takes and that mentions nobody."""
    blocks = list(message.blocks)
    check_message(blocks)
    assert message.text and not pings_of(message.text, blocks, {"here": "!here"})
    return message


def pressed(action: str, value: str = "", view: str = "") -> dict:
    """A press as Slack posts it."""
    return {
        "type": "block_actions",
        "user": {"id": "U1", "team_id": "T1"},
        "team": {"id": "T1"},
        "trigger_id": "1.2.3",
        "view": {"type": view},
        "channel": {"id": "D1"},
        "message": {"ts": "7.1", "thread_ts": "7.0"},
        "actions": [{"action_id": action, "value": value}],
    }
