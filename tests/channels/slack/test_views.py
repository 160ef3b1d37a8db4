"""The home tab: what it lists and says; and for all views, both languages and odd payloads."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.render.splitting import units
from bot.channels.slack import assistant, home, modal, words
from bot.dialog.events import OpenRequest
from tests.channels.slack.drawn import HOSTILE, LANGS, accepted, anything, posted, pressed, told
from tests.support.slack.blocks.rules import values

DESK = home.Desk(
    "Support",
    emergency_phone="01 23 45 67 89",
    privacy_url="https://desk.example/privacy",
    zone=ZoneInfo("Europe/Paris"),
)
OPEN = OpenRequest("T-4821", "email_outlook", "in_progress", "2026-11-24T08:00:00+00:00")
NAMES = {"email_outlook": "Messagerie"}

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize("lang", LANGS)
def test_the_home_tab_lists_open_requests(lang: str) -> None:
    text = told(accepted(home.home_view(lang, "Claire", [OPEN], NAMES, DESK), "home"))
    french = ("Bonjour Claire", "Écrire au support", "en cours depuis le 24 novembre 2026 à 9 h", "Urgence")
    english = ("Hello Claire", "Write to support", "in progress since 24 November 2026 at 09:00", "Emergency")
    for part in (*(french if lang == "fr" else english), "T-4821", "Messagerie", "01 23 45 67 89"):
        assert part in text


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_listed_is_said_with_its_reason(lang: str) -> None:
    none = told(home.home_view(lang, "", [], {}, DESK))
    unproven = told(home.home_view(lang, "", None, {}, DESK))
    assert ("aucune demande" if lang == "fr" else "no open request") in none
    assert ("qui vous êtes" if lang == "fr" else "who you are") in unproven


@pytest.mark.parametrize(("count", "more"), [(20, ""), (21, "une autre"), (32, "12 autres")])
def test_twenty_requests_are_listed_and_the_rest_is_counted(count: int, more: str) -> None:
    view = accepted(home.home_view("fr", "", [OPEN] * count, NAMES, DESK), "home")
    assert told(view).count("T-4821") == 20
    assert ("autre" in told(view)) == bool(more) and more in told(view)


def test_a_desk_without_phone_or_address_names_none() -> None:
    text = told(accepted(home.home_view("fr", "", [], {}, home.Desk("Support", privacy_url="/privacy")), "home"))
    assert "appelez" not in text and "droits" not in text and "sans attendre" in text


def test_what_others_wrote_stands_as_it_is() -> None:
    request = OpenRequest(HOSTILE[:50], "x", "in_progress", "never")
    desk = home.Desk(HOSTILE, emergency_phone=HOSTILE)
    view = accepted(home.home_view("fr", HOSTILE, [request], {"x": HOSTILE}, desk), "home")
    assert "<!channel>" in told(view) and "depuis" not in told(view)
    posted(home.status_message("en", [request], {"x": HOSTILE}, desk))


@given(
    lang=anything, name=anything, key=anything, topic=anything, state=anything, since=anything, count=st.integers(0, 40)
)
@settings(deadline=None, max_examples=60)
def test_any_request_fits_the_home_tab(lang, name, key, topic, state, since, count) -> None:
    requests = [OpenRequest(key, topic, state, since)] * count
    view = accepted(home.home_view(lang, name, requests, {}, home.Desk(name, emergency_phone=key)), "home")
    for block in view["blocks"]:
        assert sum(units(text) for text in values(block, "text") if isinstance(text, str)) <= 3000
    posted(home.status_message(lang, requests, {topic: name}, DESK))


@given(st.datetimes(timezones=st.just(UTC)))
@settings(deadline=None)
def test_any_moment_is_told(when: datetime) -> None:
    for lang in LANGS:
        home.home_view(lang, "", [OpenRequest("T-1", since=when.isoformat())], {}, DESK)


def test_the_button_of_the_home_tab() -> None:
    assert home.read_home(pressed(home.WRITE, view="home")) == words.Asked("U1", "1.2.3")
    assert home.read_home(pressed("other", view="home")) is None
    assert home.read_home(pressed(home.WRITE, view="modal")) is None


@given(junk, st.sampled_from(["block_actions", "view_submission", "message_action"]))
@settings(deadline=None)
def test_odd_payloads_raise_nothing(odd, kind) -> None:
    view = {"callback_id": "details", "type": "home", "state": odd, "private_metadata": odd}
    for payload in (
        {"type": kind, "actions": odd, "view": odd, "user": odd, "text": odd, "message": odd},
        {"type": kind, "actions": [odd], "view": view, "callback_id": "ask_support", "message": odd, "team": odd},
    ):
        home.read_home(payload)
        modal.read_details(payload)
        words.read_shortcut(payload)
        words.read_command(payload)
        assistant.read_feedback(payload)


@pytest.mark.parametrize("module", [home, modal, words, assistant])
def test_every_text_stands_in_both_languages(module) -> None:
    tables = [
        value for name, value in vars(module).items() if name in ("_WORDS", "_ANSWERS", "_PROMPTS", "_LABELS", "_SAID")
    ]
    pairs = list(_pairs(tables))
    assert pairs and all(len(pair) == 2 and all(text.strip() for text in pair) for pair in pairs)
    for french, _ in pairs:
        assert "'" not in french and not any(f" {mark}" in french for mark in ":;?!»")


def _pairs(tree):
    if isinstance(tree, tuple) and all(isinstance(text, str) for text in tree):
        yield tree
    else:
        for inner in tree.values() if isinstance(tree, dict) else tree:
            yield from _pairs(inner)
