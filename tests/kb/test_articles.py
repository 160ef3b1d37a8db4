"""Article files are read whole, in both languages, and every fault in them is named."""

from pathlib import Path

import pytest

from bot.kb.articles import read_articles

LIBRARY = Path(__file__).parents[2] / "bot" / "flows" / "library"

GOOD = """---
title: "{title}"
version: 3
topic: vpn
fix: fix
minutes: 1
when: slots.os = windows
done_words: [reopen]
---
1. **Quit** the client.
"""


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name.replace('__', '.')}.md").write_text(text, encoding="utf-8")
    return folder


def test_an_article_is_read_with_both_its_languages(tmp_path: Path) -> None:
    write(tmp_path, quit__fr=GOOD.format(title="Quitter le client"), quit__en=GOOD.format(title="Quit the client"))
    read = read_articles(tmp_path)
    assert read.faults == ()
    article = read.articles["quit"]
    assert (article.version, article.topic, article.minutes, article.when) == (3, "vpn", 1, "slots.os = windows")
    assert article.done_words == ("reopen",)
    assert article.texts["fr"].title == "Quitter le client"
    assert article.texts["en"].body == "1. **Quit** the client."


def test_what_an_article_may_tell_besides(tmp_path: Path) -> None:
    more = "id: quit\nlang: {lang}\nsigns: [it hangs]\ncause: A stuck client.\n"
    more += "source: https://kb.example.org/1\nneeds: [admin]\n"
    text = GOOD.format(title="Quit").replace("fix: fix\n", "fix: fix\n" + more)
    write(
        tmp_path,
        quit__fr=text.format(lang="fr").replace("[admin]\n", "[admin]\nas_of: 2\n"),
        quit__en=text.format(lang="en"),
    )
    read = read_articles(tmp_path)
    assert read.faults == ()
    article = read.articles["quit"]
    told = article.texts["en"]
    assert (told.signs, told.cause, told.source) == (("it hangs",), "A stuck client.", "https://kb.example.org/1")
    assert article.needs == ("admin",)
    assert (article.is_stale("fr"), article.is_stale("en")) == (True, False)


FAULTS = [
    ("topic: vpn", "topic: vpn\nid: other", 5, "'id' is not that of the file's name"),
    ("topic: vpn", "topic: vpn\nlang: de", 5, "'lang' is not that of the file's name"),
    ("topic: vpn", "topic: vpn\nsigns: it hangs", 5, "no good value for 'signs'"),
    ("topic: vpn", "topic: vpn\nneeds: [magic]", 5, "no good value for 'needs'"),
    ("topic: vpn", "topic: vpn\nas_of: 3", 5, "no good value for 'as_of'"),
    ("version: 3", "version: three", 3, "no good value for 'version'"),
    ("fix: fix", "fix: magic", 5, "no good value for 'fix'"),
    ("minutes: 1", "minutes: soon", 6, "no good value for 'minutes'"),
    ("when: slots.os = windows", "when: slots.os ==== windows", 7, "position"),
    ("done_words: [reopen]", "done_words: reopen", 8, "no good value for 'done_words'"),
    ("topic: vpn", "topik: vpn", 4, "unknown key 'topik'"),
    ("topic: vpn", "topic: [a", 5, "this is not YAML"),
    ("1. **Quit** the client.", "", 0, "the article has no text"),
]


@pytest.mark.parametrize(("good", "bad", "line", "told"), FAULTS)
def test_a_fault_is_named_with_its_line(tmp_path: Path, good: str, bad: str, line: int, told: str) -> None:
    text = GOOD.format(title="Quit").replace(good, bad)
    write(tmp_path, quit__fr=text, quit__en=text)
    read = read_articles(tmp_path)
    assert read.articles == {}
    mine = [fault for fault in read.faults if fault.file.endswith("quit.en.md")]
    assert [(fault.line, told in fault.message, bool(fault.mend)) for fault in mine][:1] == [(line, True, True)]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, quit__fr=GOOD.format(title="x").replace("version: 3", "version: 0"), notes="# Hello\n")
    messages = [fault.message for fault in read_articles(tmp_path).faults]
    assert "article 'quit' has no 'en'" in messages
    assert "no good value for 'version'" in messages
    assert "the name tells no article and language" in messages


def test_languages_that_disagree_are_a_fault(tmp_path: Path) -> None:
    write(tmp_path, q__fr=GOOD.format(title="x"), q__en=GOOD.format(title="x").replace("minutes: 1", "minutes: 2"))
    (fault,) = read_articles(tmp_path).faults
    assert "'minutes' is not the same" in fault.message


def test_an_absent_folder_has_no_articles(tmp_path: Path) -> None:
    assert read_articles(tmp_path / "none").articles == {}


@pytest.mark.parametrize("pack", ["it", "customer"])
def test_the_articles_that_ship_have_no_fault(pack: str) -> None:
    assert [str(fault) for fault in read_articles(LIBRARY / pack / "articles").faults] == []
