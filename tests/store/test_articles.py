"""Articles are kept in every version, on both databases; and what came of a fix is counted once."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event

from bot.dialog.article import Article, ArticleText
from bot.dialog.conversation import Conversation, Request
from bot.dialog.effects import StepTaken
from bot.dialog.events import AnyEvent, PersonSaid
from bot.dialog.playbook import Playbook
from bot.dialog.trace import Trace
from bot.dialog.turn import Turn
from bot.ports.articles import PACK, ArticleChangedError, ArticleVersion, Shelf, Tally, together
from bot.store.articles import SqlArticles
from tests.store.house import House, opened

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def version(id: str = "reset", number: int = 1, lang: str = "en", body: str = "Quit it.", origin: str = PACK):
    text = ArticleText("Reset", body, signs=("it hangs",), cause="A stuck client.", source="https://kb.example.org/1")
    return ArticleVersion(Article(id, number, topic="vpn", needs=("admin",), texts={lang: text}), lang, origin, NOW)


@pytest.fixture
def articles(house: House) -> SqlArticles:
    return SqlArticles(house.ledger)


async def test_a_version_comes_back_as_it_was_kept(articles: SqlArticles) -> None:
    await articles.keep([version(), version(lang="fr", body="Quittez-le.")])
    assert articles.found("reset", "en") == version()
    assert [one.lang for one in articles.current()] == ["en", "fr"]


async def test_a_new_version_is_current_and_the_old_one_stays(articles: SqlArticles) -> None:
    await articles.keep([version()])
    before = articles.state()
    await articles.keep([version(number=2, body="Quit it, then wait.")])
    assert articles.state() != before
    assert [(one.article.version, one.current) for one in articles.versions("reset")] == [(2, True), (1, False)]
    assert articles.found("reset", "en", version=1) == replace(version(), current=False)


async def test_a_version_never_changes(articles: SqlArticles) -> None:
    await articles.keep([version()])
    with pytest.raises(ArticleChangedError) as caught:
        await articles.keep([version(body="Another text."), version("new")])
    assert caught.value.articles == (("reset", "en", 1),)
    assert [one.article.id for one in articles.current()] == ["reset"]


async def test_keeping_again_changes_nothing(articles: SqlArticles) -> None:
    await articles.keep([version()])
    before = articles.state()
    await articles.keep([version()])
    assert articles.state() == before


async def test_what_an_origin_no_longer_has_is_set_aside_and_not_lost(articles: SqlArticles) -> None:
    await articles.keep([version("a"), version("b"), version("c", origin="https://kb.example.org")])
    assert articles.standing(PACK) == {("a", "en"), ("b", "en")}
    await articles.retire([("b", "en")])
    assert [one.article.id for one in articles.current()] == ["a", "c"]
    assert articles.found("b", "en") is None
    assert articles.found("b", "en", version=1) is not None
    assert articles.origins() == {PACK: 1, "https://kb.example.org": 1}


async def test_many_articles_are_kept_in_batches(articles: SqlArticles) -> None:
    await articles.keep([version(f"a{at:04}") for at in range(450)])
    assert sum(1 for _ in articles.current()) == 450


def about(id: str, topic: str, lang: str = "en", number: int = 1, as_of: int = 0, origin: str = PACK) -> ArticleVersion:
    """A version of an article about a topic."""
    text = ArticleText(f"{id} in {lang}", "Quit it.", as_of=as_of)
    return ArticleVersion(Article(id, number, topic, texts={lang: text}), lang, origin, NOW)


SHELF = [
    about("badge", "", "fr", origin="place"),
    about("jam", "printer"),
    about("jam", "printer", "fr"),
    about("reopen", "vpn", number=2),
    about("reopen", "vpn", "fr", number=2, as_of=1),
    about("restart", "vpn", as_of=1),
]


def names(listed: tuple[tuple[ArticleVersion, ...], ...]) -> list[str]:
    return [f"{one[0].article.id}:{','.join(text.lang for text in one)}" for one in listed]


async def test_articles_are_counted_by_where_they_stand(articles: SqlArticles) -> None:
    await articles.keep([about("reopen", "vpn"), about("reopen", "vpn", "fr"), about("old", "vpn")])
    await articles.keep(SHELF)
    await articles.retire([("old", "en")])
    assert articles.shelves() == {
        Shelf("printer", PACK, False): 1,
        Shelf("vpn", PACK, True): 1,
        Shelf("vpn", PACK, False): 1,  # "restart" tells version 1 and is at 1
        Shelf("", "place", False): 1,
    }


async def test_articles_of_a_topic_are_listed_by_id_each_with_its_texts(articles: SqlArticles) -> None:
    await articles.keep([about("reopen", "vpn"), about("reopen", "vpn", "fr"), about("old", "vpn")])
    await articles.keep(SHELF)
    await articles.retire([("old", "en")])
    listed = articles.listed("vpn", 0, 50)
    assert names(listed) == ["reopen:en,fr", "restart:en"]
    assert [one.article.version for one in listed[0]] == [2, 2]
    assert names(articles.listed("vpn", 1, 50)) == ["restart:en"]
    assert names(articles.listed("vpn", 0, 1)) == ["reopen:en,fr"]


@pytest.mark.parametrize(
    ("topic", "origin", "stale", "found"),
    [
        ("", "", False, ["badge:fr"]),
        ("' or 1=1", "", False, []),
        ("", "place", False, ["badge:fr"]),
        ("vpn", "place", False, []),
        ("vpn", "", True, ["reopen:en,fr"]),
        ("printer", "", True, []),
    ],
)
async def test_some_of_the_articles_can_be_listed(
    articles: SqlArticles, topic: str, origin: str, stale: bool, found: list[str]
) -> None:
    await articles.keep(SHELF)
    assert names(articles.listed(topic, 0, 50, origin, stale)) == found


async def test_a_list_of_many_articles_reads_no_other_texts(articles: SqlArticles, house: House) -> None:
    await articles.keep(about(f"a{at:03}", "vpn", lang) for at in range(120) for lang in ("en", "fr"))
    asked: list[tuple[str, Any]] = []

    @event.listens_for(house.database.reading, "before_cursor_execute")
    def note(connection, cursor, statement, values, *rest) -> None:
        asked.append((statement, values))

    assert sum(articles.shelves().values()) == 120
    pages = [articles.listed("vpn", start, 50) for start in (0, 50, 100, 150)]
    assert [one[0].article.id for page in pages for one in page] == [f"a{at:03}" for at in range(120)]
    told = [one for one in asked if one[0].startswith("SELECT")]
    assert sum("body" in statement for statement, _ in told) == 4  # the queries that read texts, one a page
    if house.database.is_sqlite:
        plans = " ".join(plan(house, statement, values) for statement, values in told)
        assert "ix_article_shelf" in plans and not re.search(r"SCAN article(?! USING INDEX ix_article_shelf)", plans)


def plan(house: House, statement: str, values: Any) -> str:
    """How SQLite goes about a query."""
    with house.database.reading.connect() as connection:
        return " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))


async def test_a_topic_that_no_database_takes_is_kept_all_the_same(articles: SqlArticles) -> None:
    await articles.keep([about("odd", "a\0b\ud800" + "c" * 9_000)])
    (shelf,) = articles.shelves()
    assert shelf.topic.startswith("ab?ccc") and len(shelf.topic) < 1_000
    assert names(articles.listed(shelf.topic, 0, 1)) == ["odd:en"]


async def test_texts_at_versions_of_their_own_are_put_together_under_the_newest() -> None:
    article = together([about("jam", "printer", "fr", 1), about("jam", "printer", "en", 3)])
    assert article is not None
    assert (article.version, sorted(article.texts)) == (3, ["en", "fr"])
    assert together([]) is None


def decide(conversation: Conversation, event: AnyEvent, book: Playbook) -> Turn:
    """Each message tells how the next fix ended; the state repeats what was told before."""
    assert isinstance(event, PersonSaid)
    before = conversation.requests[0].steps if conversation.requests else ()
    steps = (*before, StepTaken(f"fix{len(before)}@2", event.texts[0]))
    return Turn(replace(conversation, requests=(Request(1, steps=steps),)), (), Trace("test"))


async def test_what_came_of_a_fix_is_counted_once(database_url: str) -> None:
    with opened(database_url, decide=decide) as house:
        for result in ("did_not_help", "helped", "skipped"):
            await house.hear(result)
            await house.drain()
        counted = SqlArticles(house.ledger).tallies()
        of_one = SqlArticles(house.ledger).tallies(["fix1", "never-tried"])
    assert of_one == {"fix1": {2: Tally(1, 0)}}
    assert counted == {"fix0": {2: Tally(0, 1)}, "fix1": {2: Tally(1, 0)}, "fix2": {2: Tally(0, 0)}}
