"""A Zendesk help center is read in our languages; an article's translations are one article."""

from collections.abc import Callable

import pytest
from zenpy import Zenpy  # type: ignore[import-untyped]

from bot.kb.importing.fetching import Access
from bot.kb.importing.items import SourceError

from .conftest import Desk
from .serving import StandIn
from .zendesk_stand_in import TOKEN, USER, Entry, Zendesk

Serve = Callable[[StandIn], str]


@pytest.fixture
def entries() -> list[Entry]:
    return [
        Entry(360001, "en-us", "Return a parcel", "<ol><li>Print the label.</li><li>Bring it back.</li></ol>"),
        Entry(360002, "en-us", "Where is my order?", "<p>See <a href='/hc/en-us/requests'>your requests</a>.</p>"),
        Entry(360003, "en-us", "Prices of 2027", "<p>Not yet told.</p>", draft=True),
        Entry(360004, "en-us", "For agents", "<p>Refund by hand.</p>", segment=12),
        Entry(360001, "fr", "Renvoyer un colis", "<p>Imprimez l’étiquette.</p>"),
        Entry(360005, "fr", "Facture", "<p>Ouvrez votre compte.</p>"),
        Entry(360001, "de", "Paket zurücksenden", "<p>Drucken Sie das Etikett.</p>"),
    ]


@pytest.mark.parametrize("numbered", [False, True])
def test_a_help_center_is_taken_over(entries: list[Entry], desk: Desk, serve: Serve, numbered: bool) -> None:
    base = serve(Zendesk(entries, numbered=numbered))
    done = desk.take(f"{base}/hc/en-us")
    assert (done.source, done.kind, done.faults) == (base, "zendesk", ())
    assert sorted(done.added) == ["127-0-0-1-360001", "127-0-0-1-360002", "127-0-0-1-360005"]
    articles = desk.articles()
    parcel = articles["127-0-0-1-360001"]
    assert {lang: text.title for lang, text in parcel.texts.items()} == {
        "en": "Return a parcel",
        "fr": "Renvoyer un colis",
    }
    assert parcel.texts["en"].body == "1. Print the label.\n2. Bring it back."
    assert articles["127-0-0-1-360002"].texts["en"].body == f"See [your requests]({base}/hc/en-us/requests)."
    assert parcel.texts["fr"].source == f"{base}/hc/fr/articles/360001-Renvoyer-un-colis"


def test_with_a_token_what_agents_read_is_taken_and_drafts_are_not(
    entries: list[Entry], desk: Desk, serve: Serve
) -> None:
    done = desk.take(serve(Zendesk(entries)), "zendesk", access=Access(USER, TOKEN))
    assert "127-0-0-1-360004" in done.added
    assert done.left_out == ("360003:en: it is a draft",)


def test_a_bearer_token_lets_in_and_a_wrong_one_is_told(entries: list[Entry], desk: Desk, serve: Serve) -> None:
    base = serve(Zendesk(entries))
    assert desk.take(base, "zendesk", access=Access("", TOKEN)).added
    with pytest.raises(SourceError, match="401"):
        desk.take(base, "zendesk", access=Access(USER, "wrong"))


def test_only_what_changed_is_a_new_version(entries: list[Entry], desk: Desk, serve: Serve) -> None:
    base = serve(Zendesk(entries))
    desk.take(base, "zendesk")
    entries[0].title, entries[0].updated_at = "Send a parcel back", "2026-02-01T09:00:00Z"
    entries[1].updated_at = "2026-02-01T09:00:00Z"  # moved to another section
    done = desk.take(base, "zendesk")
    assert (done.changed, len(done.unchanged)) == (("127-0-0-1-360001",), 2)
    parcel = desk.articles()["127-0-0-1-360001"]
    assert (parcel.version, parcel.texts["en"].as_of, parcel.texts["fr"].as_of) == (2, 0, 1)
    assert parcel.is_stale("fr")


def test_what_is_withdrawn_is_gone(entries: list[Entry], desk: Desk, serve: Serve) -> None:
    base = serve(Zendesk(entries))
    desk.take(base, "zendesk")
    entries[1].draft = True
    del entries[4]
    done = desk.take(base, "zendesk", prune=True)
    assert done.set_aside == ("127-0-0-1-360001", "127-0-0-1-360002")
    articles = desk.articles()
    assert sorted(articles) == ["127-0-0-1-360001", "127-0-0-1-360005"]
    assert list(articles["127-0-0-1-360001"].texts) == ["en"]


def test_one_language_alone_says_nothing_of_the_other(entries: list[Entry], desk: Desk, serve: Serve) -> None:
    stand_in = Zendesk(entries)
    base = serve(stand_in)
    desk.take(base, "zendesk")
    stand_in.asked.clear()
    assert desk.take(base, "zendesk", lang="fr").gone == ()
    assert not [asked for asked in stand_in.asked if "/en-us/" in asked.path]


def test_a_help_center_that_hides_its_languages_is_tried_in_the_usual_ones(
    entries: list[Entry], desk: Desk, serve: Serve
) -> None:
    stand_in = Zendesk(entries, hides_locales=True)
    assert len(desk.take(f"{serve(stand_in)}/hc/fr").added) == 3


def test_a_help_center_in_other_languages_is_told(entries: list[Entry], desk: Desk, serve: Serve) -> None:
    with pytest.raises(SourceError, match="none in ours"):
        desk.take(serve(Zendesk(entries, locales=("de", "es"))), "zendesk")


def test_a_site_that_is_no_help_center_is_told(desk: Desk, serve: Serve) -> None:
    with pytest.raises(SourceError, match="no help center"):
        desk.take(serve(Zendesk([], locales=(), hides_locales=True)), "zendesk")


@pytest.mark.parametrize("cursor", [False, True])
def test_the_stand_in_is_read_by_the_library_of_others(
    entries: list[Entry], serve: Serve, monkeypatch: pytest.MonkeyPatch, cursor: bool
) -> None:
    monkeypatch.setenv("ZENPY_FORCE_SCHEME", "http")
    host = serve(Zendesk(entries)).removeprefix("http://127.0.0.")
    client = Zenpy(subdomain="127.0.0", domain=host, email=USER, token=TOKEN)  # it joins the two with a dot
    read = client.help_center.articles(cursor_pagination=cursor)
    assert [article.id for article in read] == [360001, 360002, 360003, 360004]
    changed = client.help_center.articles.incremental(start_time=1767603600)
    assert [article.title for article in changed][:1] == ["Return a parcel"]
