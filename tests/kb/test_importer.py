"""Imported files become articles; only changed content makes a new version."""

from pathlib import Path

import pytest

from bot.kb.articles import read_articles
from bot.kb.importer import import_folder, imported_folder


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


def test_files_become_articles_in_their_language(source: Path, tmp_path: Path) -> None:
    done = import_folder(source, tmp_path / "home")
    assert (done.added, done.faults) == (("expenses", "network-guest"), ())
    read = read_articles(imported_folder(tmp_path / "home"), complete=False)
    assert read.faults == ()
    assert {lang: text.title for lang, text in read.articles["network-guest"].texts.items()} == {
        "en": "Guest Wi-Fi",
        "fr": "Wi-Fi invité",
    }
    assert list(read.articles["expenses"].texts) == ["en"]
    assert read.articles["expenses"].texts["en"].title == "Expenses"


def test_an_unchanged_file_keeps_its_version_and_a_changed_one_rises(source: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    import_folder(source, home)
    assert import_folder(source, home).unchanged == ("expenses", "network-guest")
    (source / "network" / "guest.fr.md").write_text("# Wi-Fi invité\n\nScannez l’affiche.\n", encoding="utf-8")
    assert import_folder(source, home).changed == ("network-guest",)
    articles = read_articles(imported_folder(home), complete=False).articles
    assert (articles["network-guest"].version, articles["expenses"].version) == (2, 1)
    assert articles["network-guest"].texts["fr"].body == "Scannez l’affiche."
    assert "Demandez un code" in (imported_folder(home) / "old" / "network-guest.1.fr.md").read_text(encoding="utf-8")


def test_front_matter_is_kept_and_foreign_keys_are_left_out(source: Path, tmp_path: Path) -> None:
    text = "---\ntitle: Prise\nauthor: Jean\ntopic: network_wifi\nlang: fr\nminutes: 2\n---\nBranchez le câble.\n"
    (source / "prise.md").write_text(text, encoding="utf-8")
    import_folder(source, tmp_path / "home")
    article = read_articles(imported_folder(tmp_path / "home"), complete=False).articles["prise"]
    assert (article.topic, article.minutes, article.fix, list(article.texts)) == ("network_wifi", 2, "how_to", ["fr"])


def test_what_cannot_be_taken_is_named_and_the_rest_is_taken(source: Path, tmp_path: Path) -> None:
    (source / "empty.md").write_text("", encoding="utf-8")
    (source / "broken.md").write_text("---\ntitle: [\n---\ntext\n", encoding="utf-8")
    done = import_folder(source, tmp_path / "home")
    assert sorted(Path(fault.file).name for fault in done.faults) == ["broken.md", "empty.md"]
    assert len(done.added) == 2


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no folder"):
        import_folder(tmp_path / "none", tmp_path / "home")
