"""What a comparison says where its lines do not show it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.console.changes import compared
from bot.console.differing import LONGEST
from bot.console.names import Names
from bot.console.views import Reader
from bot.dialog.article import Article, ArticleText
from bot.dialog.playbook import Playbook
from bot.ports.articles import ArticleVersion

NOW = datetime(2026, 1, 5, tzinfo=UTC)
READER = Reader("en", UTC, NOW, Names(Playbook()))


def version(number: int, **bodies: str) -> list[ArticleVersion]:
    """An article with a text in each of the languages."""
    article = Article("jam", number)
    return [
        ArticleVersion(replace(article, texts={lang: ArticleText("Jam", body)}), lang, "pack", NOW)
        for lang, body in bodies.items()
    ]


@pytest.mark.parametrize(
    ("before", "after", "note", "cut"),
    [
        ("Open it.\nPull.", "Open it.\n\n\nPull. ", "Only spaces or line breaks changed.", False),
        ("Open it.", "Open it.", "", False),
        ("x" * LONGEST + "a", "x" * LONGEST + "b", "", True),
        ("x" * LONGEST + "a", "x" * LONGEST + "a", "", False),
    ],
)
def test_a_change_that_no_line_shows_is_told(before, after, note, cut):
    comparison = compared(version(1, en=before), version(2, en=after), READER)
    (text,) = comparison.texts
    assert (text.stretches, text.note, text.cut) == ((), note, cut)
    assert comparison.is_empty is (before == after)


def test_a_language_that_one_version_lacks_is_told():
    comparison = compared(version(1, fr="Ouvrez."), version(2, fr="Ouvrez.", en="Open it."), READER)
    english, french = comparison.texts
    assert english.note == "This text exists in version 2 only." and english.stretches
    assert french.note == "" and not french.stretches
