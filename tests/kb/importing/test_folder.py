"""Imported files become articles; only changed content makes a new version."""

from pathlib import Path

import pytest

from bot.kb.importing.items import SourceError

from .conftest import Desk


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    (folder / "network").mkdir(parents=True)
    (folder / "network" / "guest.fr.md").write_text(
        "# Wi-Fi invité\n\nDemandez un code à l’accueil.\n", encoding="utf-8"
    )
    (folder / "network" / "guest.en.md").write_text(
        "# Guest Wi-Fi\n\nAsk the reception for a code.\n", encoding="utf-8"
    )
    (folder / "expenses.txt").write_text("To hand in expenses, open the portal and choose a month.\n", encoding="utf-8")
    return folder


def test_files_become_articles_in_their_language(source: Path, desk: Desk) -> None:
    done = desk.take(source)
    assert (done.kind, done.added, done.faults) == ("folder", ("expenses", "network-guest"), ())
    articles = desk.articles()
    titles = {lang: text.title for lang, text in articles["network-guest"].texts.items()}
    assert titles == {"en": "Guest Wi-Fi", "fr": "Wi-Fi invité"}
    assert list(articles["expenses"].texts) == ["en"]
    assert articles["expenses"].texts["en"].title == "Expenses"


def test_an_unchanged_file_keeps_its_version_and_a_changed_one_rises(source: Path, desk: Desk) -> None:
    desk.take(source)
    assert desk.take(source).unchanged == ("expenses", "network-guest")
    (source / "network" / "guest.fr.md").write_text("# Wi-Fi invité\n\nScannez l’affiche.\n", encoding="utf-8")
    assert desk.take(source).changed == ("network-guest",)
    articles = desk.articles()
    assert (articles["network-guest"].version, articles["expenses"].version) == (2, 1)
    assert articles["network-guest"].texts["fr"].body == "Scannez l’affiche."
    assert "Demandez un code" in desk.body("network-guest", "fr", version=1)


def test_front_matter_is_kept_and_foreign_keys_are_left_out(source: Path, desk: Desk) -> None:
    front = "title: Prise\nauthor: Jean\ntopic: network_wifi\nlang: fr\nminutes: 2\nwhen: '((('\n"
    text = f"---\n{front}---\nBranchez le câble.\n"
    (source / "prise.md").write_text(text, encoding="utf-8")
    desk.take(source)
    article = desk.articles()["prise"]
    assert (article.topic, article.minutes, article.fix, list(article.texts)) == ("network_wifi", 2, "how_to", ["fr"])
    assert article.when == ""


def test_a_key_that_one_language_tells_holds_for_both(source: Path, desk: Desk) -> None:
    (source / "network" / "guest.en.md").write_text("---\ntitle: Guest\nminutes: 3\n---\nAsk.\n", encoding="utf-8")
    desk.take(source)
    assert desk.articles()["network-guest"].minutes == 3
    (source / "network" / "guest.en.md").write_text("---\ntitle: Guest\n---\nAsk.\n", encoding="utf-8")
    desk.take(source)
    assert desk.articles()["network-guest"].minutes == 5


def test_what_cannot_be_taken_is_named_and_the_rest_is_taken(source: Path, desk: Desk) -> None:
    (source / "empty.md").write_text("", encoding="utf-8")
    (source / "broken.md").write_text("---\ntitle: [\n---\ntext\n", encoding="utf-8")
    (source / "network-guest.en.md").write_text("# Twice\n\ntext\n", encoding="utf-8")
    done = desk.take(source)
    assert sorted(Path(fault.file).name for fault in done.faults) == ["broken.md", "empty.md", "network-guest.en.md"]
    assert len(done.added) == 2


def test_a_vanished_file_is_kept_until_it_is_pruned(source: Path, desk: Desk) -> None:
    desk.take(source)
    (source / "network" / "guest.fr.md").unlink()
    done = desk.take(source)
    assert (done.gone, done.set_aside) == (("network-guest",), ())
    assert set(desk.articles()["network-guest"].texts) == {"en", "fr"}
    assert desk.items()["network/guest.fr.md"].gone
    done = desk.take(source, prune=True)
    assert (done.gone, done.set_aside) == (("network-guest",), ("network-guest",))
    assert set(desk.articles()["network-guest"].texts) == {"en"}
    assert desk.body("network-guest", "fr", version=1)
    assert desk.take(source).gone == ()


def test_a_number_of_a_version_is_never_used_twice(source: Path, desk: Desk) -> None:
    desk.take(source)
    words = (source / "expenses.txt").read_text(encoding="utf-8")
    (source / "expenses.txt").unlink()
    desk.take(source, prune=True)
    (source / "expenses.txt").write_text(words.replace("portal", "desk"), encoding="utf-8")
    assert desk.take(source).added == ("expenses",)
    assert desk.articles()["expenses"].version == 2


def test_the_same_files_in_another_folder_are_the_same_articles(source: Path, desk: Desk) -> None:
    desk.take(source)
    moved = source.rename(source.parent / "elsewhere")
    assert desk.take(moved).unchanged == ("expenses", "network-guest")
    assert sum(len(article.texts) for article in desk.articles().values()) == 3


def test_a_topic_that_was_wished_stays_until_another_one_is(source: Path, desk: Desk) -> None:
    desk.take(source, topic="network_wifi")
    assert {article.topic for article in desk.articles().values()} == {"network_wifi"}
    assert desk.take(source).unchanged == ("expenses", "network-guest")
    assert desk.take(source, topic="hr").changed == ("expenses", "network-guest")


def test_one_language_alone_is_taken_where_it_was_asked_for(source: Path, desk: Desk) -> None:
    done = desk.take(source, lang="fr")
    assert (set(desk.articles()["network-guest"].texts), len(done.left_out)) == ({"fr"}, 1)
    desk.take(source)
    assert desk.take(source, lang="fr").gone == ()


def test_a_missing_folder_is_told(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(SourceError, match="no folder"):
        desk.take(tmp_path / "none")


def test_a_folder_that_holds_nothing_known_is_not_guessed(tmp_path: Path, desk: Desk) -> None:
    (tmp_path / "sheets").mkdir()
    with pytest.raises(SourceError, match=r"cannot tell what .* --kind"):
        desk.take(tmp_path / "sheets")


def test_a_folder_that_is_empty_of_a_sudden_loses_nothing(source: Path, desk: Desk) -> None:
    desk.take(source)
    for file in [*source.rglob("*.md"), *source.rglob("*.txt")]:
        file.unlink()
    with pytest.raises(SourceError, match="nothing was marked as gone"):
        desk.take(source, kind="folder", prune=True)
    assert len(desk.articles()) == 2
    assert not any(item.gone for item in desk.items().values())
