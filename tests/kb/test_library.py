"""A house's library: what is imported is found while it works, and what helped moves up."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.dialog.article import Article, ArticleText
from bot.kb.documents import Document, Reader, documents_of
from bot.kb.index import Index
from bot.kb.library import Library
from bot.kb.vectors import Told, untold
from bot.nlu.encoders import load_encoders
from bot.ports.articles import PACK, ArticleVersion
from bot.store.articles import SqlArticles
from bot.store.engine import sqlite_url
from tests.store.house import House, opened

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
PLACE = "https://kb.example.org"
JAM = Article("jam", 1, "printer", texts={"en": ArticleText("Clear a paper jam", "Open the doors of the printer.")})
BADGE = Article("badge", 1, texts={"en": ArticleText("Order a badge", "Go to the reception with an identity card.")})


def made(documents: Iterable[Document], read: Reader, told: Told = untold) -> Index:
    return Index(documents, load_encoders().found[0], read=read)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(sqlite_url(tmp_path / "ledger.sqlite3")) as house:
        yield house


@pytest.fixture
def articles(house: House) -> SqlArticles:
    return SqlArticles(house.ledger)


@pytest.fixture
def library(articles: SqlArticles) -> Library:
    packs = {"jam": JAM}
    return Library(packs, made(documents_of(packs), lambda id, lang, version: None), made, articles)


def imported(article: Article, lang: str = "en") -> ArticleVersion:
    return ArticleVersion(article, lang, PLACE, NOW)


async def test_an_imported_article_is_found_and_quoted_after_the_next_look(
    library: Library, articles: SqlArticles
) -> None:
    await articles.keep([imported(BADGE)])
    assert [hit.article for hit in library.search("order a badge", "en")] == ["jam"]
    library.refresh()
    hit = library.search("order a new badge at the reception", "en")[0]
    assert (hit.article, hit.confident) == ("badge", True)
    assert hit.quote is not None
    assert hit.quote.body == "Go to the reception with an identity card."


async def test_a_new_version_takes_the_place_of_the_old_one(library: Library, articles: SqlArticles) -> None:
    text = ArticleText("Order a badge", "Fill in the badge form on the portal.")
    await articles.keep([imported(BADGE)])
    await articles.keep([imported(replace(BADGE, version=2, texts={"en": text}))])
    library.refresh()
    hit = library.search("order a badge", "en")[0]
    assert (hit.version, hit.quote and hit.quote.body) == (2, text.body)


async def test_a_text_changed_since_the_last_look_is_quoted_as_it_was_found(
    library: Library, articles: SqlArticles
) -> None:
    """The citation names a version: its words must be those of that version."""
    await articles.keep([imported(BADGE)])
    library.refresh()
    await articles.keep([imported(replace(BADGE, version=2, texts={"en": ArticleText("Order a badge", "Changed.")}))])
    hit = library.search("order a badge", "en")[0]
    assert (hit.version, hit.quote and hit.quote.body) == (1, BADGE.texts["en"].body)


async def test_what_a_source_no_longer_has_is_not_found_any_more(library: Library, articles: SqlArticles) -> None:
    await articles.keep([imported(BADGE)])
    library.refresh()
    await articles.retire([("badge", "en")])
    library.refresh()
    assert [hit.article for hit in library.search("order a badge", "en")] == ["jam"]


async def test_a_packs_article_wins_over_an_imported_one_of_the_same_id(
    library: Library, articles: SqlArticles
) -> None:
    await articles.keep([imported(replace(BADGE, id="jam")), imported(BADGE)])
    library.refresh()
    assert {hit.article: hit.version for hit in library.search("order a badge", "en")} == {"jam": 1, "badge": 1}
    assert library.search("clear a paper jam", "en")[0].quote is None


async def test_an_unchanged_library_keeps_its_index(library: Library, articles: SqlArticles) -> None:
    await articles.keep([replace(imported(JAM), origin=PACK)])
    library.refresh()
    assert library.search("paper jam", "en") == library.search("paper jam", "en")
