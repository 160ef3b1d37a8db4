"""The command, the shortcut, and what the agent pane shows and takes."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from bot.channels.slack import assistant, words
from bot.ports.understander import Hints
from tests.channels.slack.drawn import LANGS, anything, pressed
from tests.support.house import mind
from tests.support.slack.blocks.check import check_message
from tests.support.slack.blocks.pings import pings_of

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("", "form", ""),
        ("  \u200b ", "form", ""),
        ("mon VPN ne marche plus", "request", "mon VPN ne marche plus"),
        ("aide", "help", ""),
        (" HELP ! ", "help", ""),
        ("?", "help", ""),
        ("Mes demandes ?", "status", ""),
        ("mes  demandes", "status", ""),
        ("État", "status", ""),
        ("my requests", "status", ""),
        ("aide moi avec Excel", "request", "aide moi avec Excel"),
        ("a &lt;b&gt; &amp; c", "request", "a <b> & c"),
        ("!!!", "request", "!!!"),
    ],
)
def test_what_is_typed_after_the_command(typed: str, kind: str, text: str) -> None:
    read = words.read_command({"text": typed, "user_id": "U1", "channel_id": "C1", "trigger_id": "1.2.3"})
    assert read == words.Command(kind, text, "U1", "C1", "1.2.3")  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["request", "help", "form"])
def test_the_short_answers_stand_in_both_languages(kind) -> None:
    french, english = (words.command_answer(kind, lang) for lang in LANGS)
    assert french and english and french != english and not pings_of(french + english, [], {})
    assert words.command_answer(kind, "de") == english
    assert ("privé" in words.command_answer(kind, "fr", private=True)) == (kind != "request")


def test_a_message_that_somebody_asks_about() -> None:
    message = {"ts": "7.1", "user": "U2", "text": "<@U3> VPN &amp; <https://a.example|lien>"}
    payload = {"type": "message_action", "callback_id": words.SHORTCUT, "trigger_id": "1.2.3", "user": {"id": "U1"}}
    read = words.read_shortcut({**payload, "team": {"id": "T1"}, "channel": {"id": "C1"}, "message": message})
    assert read == words.Asked("U1", "1.2.3", message["text"])
    assert words.read_shortcut({**payload, "callback_id": "other"}) is None


@pytest.mark.parametrize(
    ("locale", "lang"), [("fr-FR", "fr"), ("fr-CA", "fr"), ("en-GB", "en"), ("de-DE", ""), (None, ""), ("", "")]
)
def test_a_locale_names_a_language(locale: object, lang: str) -> None:
    assert words.language_of(locale) == lang


@pytest.mark.parametrize("lang", LANGS)
def test_four_suggestions(lang: str) -> None:
    prompts = assistant.suggested_prompts(lang)
    assert len(prompts) == 4 and all(set(one) == {"title", "message"} and all(one.values()) for one in prompts)
    assert prompts != assistant.suggested_prompts("en" if lang == "fr" else "fr")
    assert assistant.prompts_title(lang) and assistant.status_text(lang).endswith("…")
    assert mind().understander.understand(
        prompts[3]["message"], Hints(datetime(2026, 11, 26, tzinfo=PARIS), lang=lang)
    ).intent == "ticket_status"  # fmt: skip


@given(text=anything)
@settings(deadline=None)
def test_titles_keep_within_limits_and_mention_nobody(text) -> None:
    title = assistant.thread_title(text, "fr")
    assert title.strip() and len(title) <= assistant.LONGEST_TITLE and "\n" not in title
    assert not pings_of(title, [], {"here": "!here"})


def test_a_title_tells_no_secret() -> None:
    title = assistant.thread_title("My password is Tr0ub4dor&3, the VPN refuses it", "en")
    assert "Tr0ub4dor" not in title and "VPN" in title


def test_a_title_is_the_beginning_of_what_was_said() -> None:
    assert assistant.thread_title("Mon VPN\nne marche plus", "fr") == "Mon VPN ne marche plus"
    assert assistant.thread_title("<!channel> aide", "fr") == "&lt;!channel&gt; aide"
    assert assistant.thread_title("…", "fr") == "Demande au support"
    assert assistant.thread_title(" ", "en") == "Request to support"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("good", [True, False])
def test_a_thumb_is_drawn_and_read(lang: str, good: bool) -> None:
    blocks = assistant.feedback_blocks(lang, 12)
    check_message(blocks)
    thumbs = blocks[0]["elements"][0]
    value = thumbs["positive_button" if good else "negative_button"]["value"]
    read = assistant.read_feedback(pressed(thumbs["action_id"], value))
    assert read == assistant.Feedback(good, 12, "U1", "T1", "D1", "7.1", "7.0")


@pytest.mark.parametrize(("action", "value"), [("0:yes", "good:1"), ("feedback:1", "fine:1"), ("feedback:1", "good:²")])
def test_other_buttons_are_no_thumbs(action: str, value: str) -> None:
    assert assistant.read_feedback(pressed(action, value)) is None
