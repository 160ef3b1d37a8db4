"""Articles are kept in every version, on both databases; and what came of a fix is counted once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.dialog.article import Article, ArticleText
from bot.dialog.conversation import Conversation, Request
from bot.dialog.effects import StepTaken
from bot.dialog.events import AnyEvent, PersonSaid
from bot.dialog.playbook import Playbook
from bot.dialog.trace import Trace
from bot.dialog.turn import Turn
from bot.ports.articles import PACK, ArticleChangedError, ArticleVersion, Tally
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
    assert counted == {"fix0": {2: Tally(0, 1)}, "fix1": {2: Tally(1, 0)}, "fix2": {2: Tally(0, 0)}}
