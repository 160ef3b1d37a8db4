"""Versions are shared by an article's languages; a text that lags behind says which version it tells."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.kb.importing.html import one_line, plain
from bot.kb.importing.items import Text
from bot.kb.importing.keeping import Keeper
from bot.ports.articles import PACK

from .conftest import Desk

PLACE = "https://help.acme.example"


def text(lang: str, body: str, **more: object) -> Text:
    return Text(lang, "vpn", f"VPN {lang}", body, lang, f"{PLACE}/{lang}", **more)  # type: ignore[arg-type]


@pytest.fixture
def keeper(desk: Desk) -> Keeper:
    return desk.keeper(PLACE)


def as_of(desk: Desk) -> dict[str, int]:
    return {lang: one.as_of for lang, one in desk.articles()["vpn"].texts.items()}


def test_a_text_that_did_not_change_says_which_version_it_tells(desk: Desk, keeper: Keeper) -> None:
    assert keeper.keep("vpn", {"fr": text("fr", "un"), "en": text("en", "one")}) == "added"
    assert as_of(desk) == {"fr": 0, "en": 0}
    assert keeper.keep("vpn", {"fr": text("fr", "deux"), "en": text("en", "one")}) == "changed"
    assert as_of(desk) == {"fr": 0, "en": 1}
    keeper.keep("vpn", {"fr": text("fr", "trois")})
    assert as_of(desk) == {"fr": 0, "en": 1}
    keeper.keep("vpn", {"en": text("en", "three")})
    assert as_of(desk) == {"fr": 3, "en": 0}
    told = [(one.article.version, one.lang, one.current) for one in desk.kept.versions("vpn")]
    assert told == [(version, lang, version == 4) for version in (4, 3, 2, 1) for lang in ("en", "fr")]
    assert desk.body("vpn", "fr", version=2) == "deux"


def test_fields_alone_make_no_text_stale(desk: Desk, keeper: Keeper) -> None:
    keeper.keep("vpn", {"fr": text("fr", "un"), "en": text("en", "one")})
    assert keeper.keep("vpn", {}, topic="vpn") == "changed"
    assert (desk.articles()["vpn"].version, as_of(desk)) == (2, {"fr": 0, "en": 0})


def test_equal_words_at_a_new_address_make_no_text_stale(desk: Desk, keeper: Keeper) -> None:
    keeper.keep("vpn", {"fr": text("fr", "un"), "en": text("en", "one")})
    moved = Text("fr", "vpn", "VPN fr", "un", "fr", f"{PLACE}/fr/vpn")
    assert keeper.keep("vpn", {"fr": moved}) == "changed"
    assert desk.articles()["vpn"].texts["fr"].source == f"{PLACE}/fr/vpn"
    assert as_of(desk) == {"fr": 0, "en": 0}


def test_what_is_set_aside_stays_in_its_versions_and_its_number_is_never_used_again(desk: Desk, keeper: Keeper) -> None:
    keeper.keep("vpn", {"en": text("en", "one")})
    keeper.set_aside("vpn", "en")
    assert (keeper.stands("vpn", "en"), desk.articles(), desk.body("vpn", "en", version=1)) == (False, {}, "one")
    assert keeper.keep("vpn", {"en": text("en", "two")}) == "added"
    assert desk.articles()["vpn"].version == 2


def test_an_import_knows_what_a_pack_holds(desk: Desk, keeper: Keeper) -> None:
    desk.keeper(PACK).keep("vpn", {"en": text("en", "one")})
    keeper.keep("mail", {"en": text("en", "one")})
    assert (keeper.is_a_packs("vpn"), keeper.is_a_packs("mail"), keeper.is_a_packs("none")) == (True, False, False)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30).map(one_line), st.text(min_size=1, max_size=60).map(plain).map(str.strip))
def test_any_words_are_kept_as_they_are(desk: Desk, keeper: Keeper, title: str, body: str) -> None:
    id = str(uuid4())
    for fate in ("added", "unchanged"):
        assert keeper.keep(id, {"en": Text("en", "vpn", title, body or "x", "en")}) == fate
    assert desk.articles()[id].texts["en"].title == (title or "vpn")
