"""Articles: one file a language, the same head in both, every fault with its file and mend."""

import pytest

from bot.dialog.article import Article, ArticleText
from bot.packs.articles import read_articles

ENGLISH = """\
---
title: "Restart"
version: 2
topic: vpn
fix: fix
minutes: 5
when: slots.os = windows
done_words: [restart, redémarrer]
risk: closes programs
---
1. Save.
2. Restart.
"""
FRENCH = """\
---
title: "Redémarrer"
version: 2
topic: vpn
fix: fix
minutes: 5
when: slots.os = windows
done_words: [restart, redémarrer]
risk: ferme les programmes
---
1. Enregistrez.
2. Redémarrez.
"""


def written(tmp_path, english=ENGLISH, french=FRENCH):
    if english:
        (tmp_path / "restart.en.md").write_text(english, encoding="utf-8")
    if french:
        (tmp_path / "restart.fr.md").write_text(french, encoding="utf-8")
    return read_articles(tmp_path, "it/articles")


def test_both_languages_make_one_article(tmp_path):
    sheet = written(tmp_path)
    assert sheet.faults == ()
    texts = {
        "en": ArticleText("Restart", "1. Save.\n2. Restart.", "closes programs"),
        "fr": ArticleText("Redémarrer", "1. Enregistrez.\n2. Redémarrez.", "ferme les programmes"),
    }
    whole = Article("restart", 2, "vpn", "fix", 5, "slots.os = windows", ("restart", "redémarrer"), (), texts)
    assert sheet.articles == {"restart": whole}
    assert [(one.what, one.name) for one in sheet.references] == [("slot", "os"), ("value", "os")]


@pytest.mark.parametrize(
    ("old", "new", "fault", "mend"),
    [
        ("title: ", "titel: ", "unknown key 'titel'", "did you mean 'title'?"),
        ("slots.os =", "slots.os", "position 10", "join conditions"),
        ("version: 2", "version: 3", "'version' is not the same as in", "write the same in both"),
        ("Enregistrez.", "L'écran.", "text: straight apostrophe", "write ’"),
        ("Redémarrer", "Redémarrer !", "title: no no-break space before '!'", "put U+00A0"),
    ],
)
def test_a_fault_in_an_article_is_named_with_its_mend(tmp_path, old, new, fault, mend):
    faults = written(tmp_path, french=FRENCH.replace(old, new, 1)).faults
    assert any(fault in one.fault and mend in one.mend for one in faults), faults
    assert {one.file for one in faults} == {"it/articles/restart.fr.md"}


def test_a_language_that_is_missing_is_named(tmp_path):
    (fault,) = written(tmp_path, french="").faults
    assert (fault.file, fault.mend) == ("it/articles/restart.en.md", "write restart.fr.md")


def test_a_file_that_names_no_language_is_named(tmp_path):
    (tmp_path / "restart.md").write_text(ENGLISH, encoding="utf-8")
    (fault,) = read_articles(tmp_path, "it/articles").faults
    assert fault.file == "it/articles/restart.md"
    assert "name it ID.LANG.md" in fault.mend
