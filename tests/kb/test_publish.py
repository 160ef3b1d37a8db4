"""What a house's packs hold is published when it starts: kept for ever, and never under a number that was used."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import PackError, make_mind, open_articles, publish
from bot.ports.articles import PACK
from bot.ports.clock import SystemClock
from bot.settings import Settings
from bot.store.articles import SqlArticles
from tests.support.house import CACHE

TEXT = "---\ntitle: {title}\nversion: {version}\n---\n{body}\n"


@pytest.fixture
def articles(tmp_path: Path) -> Iterator[SqlArticles]:
    with open_articles(tmp_path / "home") as articles:
        yield articles


async def published(folder: Path, articles: SqlArticles, body: str, version: int = 1) -> None:
    """Start a house whose pack says this."""
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    for lang, title in (("en", "Order a badge"), ("fr", "Commander un badge")):
        text = TEXT.format(title=title, version=version, body=body)
        (folder / "articles" / f"badge.{lang}.md").write_text(text, encoding="utf-8")
    await publish(make_mind(Settings(), CACHE, (folder,)), articles, SystemClock())


async def test_versions_are_kept_and_the_last_one_is_found(tmp_path: Path, articles: SqlArticles) -> None:
    await published(tmp_path / "pack", articles, "Go to the reception.")
    await published(tmp_path / "pack", articles, "Ask on the portal.", version=2)
    told = [(one.article.version, one.lang, one.text.body, one.current) for one in articles.versions("badge")]
    assert told == [
        (2, "en", "Ask on the portal.", True),
        (2, "fr", "Ask on the portal.", True),
        (1, "en", "Go to the reception.", False),
        (1, "fr", "Go to the reception.", False),
    ]


async def test_a_text_that_changed_under_its_number_is_named_with_the_mend(
    tmp_path: Path, articles: SqlArticles
) -> None:
    await published(tmp_path / "pack", articles, "Go to the reception.")
    with pytest.raises(PackError) as caught:
        await published(tmp_path / "pack", articles, "Ask on the portal.")
    assert [(Path(fault.file).name, fault.mend) for fault in caught.value.faults] == [
        ("badge.en.md", "write `version: 2` in every language of it"),
        ("badge.fr.md", "write `version: 2` in every language of it"),
    ]
    assert [one.text.body for one in articles.versions("badge")] == ["Go to the reception."] * 2


async def test_what_no_pack_holds_any_more_is_set_aside(tmp_path: Path, articles: SqlArticles) -> None:
    await published(tmp_path / "pack", articles, "Go to the reception.")
    await publish(make_mind(Settings(), CACHE), articles, SystemClock())
    assert ("badge", "en") not in articles.standing(PACK)
    assert articles.found("badge", "en", version=1) is not None
