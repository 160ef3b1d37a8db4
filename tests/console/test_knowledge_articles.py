"""One article on its page, in both languages, and two versions of it compared."""

import pytest

from tests.support.markup import one, page, words
from tests.support.shelf import BADGE, GONE, PLACE, REMOTE

# -- one article


def test_an_article_stands_in_both_languages_side_by_side_with_all_that_is_known_of_it(lead):
    shown = page(lead, f"/kb/{REMOTE}")
    french, english = shown.select(".side")
    assert one(french, ".sheet")["lang"] == "fr" and one(english, ".sheet")["lang"] == "en"
    assert "Attendez trente secondes" in words(one(french, "ol"))
    assert [title.name for title in french.select("h2, h3, h4, h5, h6")] == ["h2", "h3", "h4"]  # none is skipped
    assert "Wait ten seconds" in words(one(english, "ol"))
    told = zip(french.select("dt"), french.select("dd"), strict=True)
    assert {words(term): words(what) for term, what in told} == {
        "Attention": "les appels en cours sont coupés",
        "Signes": "je n’ai plus accès aux applis depuis chez moi impossible de travailler à distance",
        "Cause": "Hors des locaux, les applications internes passent par le VPN.",
        "Source": f"{PLACE}/acces-distant",
    }
    opening = words(one(shown, ".opening"))
    assert f"{REMOTE}@3" in opening and "a aidé 12 fois sur 15" in opening
    assert "S’applique si Système : « Windows », ou Système : « Mac »" in opening


def test_a_translation_that_lags_behind_says_so_where_it_stands(lead):
    french, english = page(lead, f"/kb/{REMOTE}").select(".side")
    assert words(one(english, ".stale")) == "Ce texte en est resté à la version 2 ; l’article en est à la 3."
    assert not french.select(".stale")


def test_all_versions_are_listed_with_what_came_of_each(lead):
    rows = [words(row) for row in page(lead, f"/kb/{REMOTE}").select("tbody tr")]
    assert [row.split()[0] for row in rows] == ["3", "2", "1"]
    assert "actuelle 20 novembre 2026 FR EN Anglais en retard a aidé 12 fois sur 15" in rows[0]
    assert "2 octobre 2026 FR EN a aidé 4 fois sur 7" in rows[1] and "pas encore essayé" in rows[2]


def test_an_earlier_version_is_shown_as_it_was_and_says_that_it_is_one(lead):
    shown = page(lead, f"/kb/{REMOTE}?version=1")
    assert "Attendez dix secondes" in words(shown) and "Attendez trente" not in words(shown)
    assert "Vous lisez la version 1 ; l’article en est à la 3." in words(one(shown, ".opening .notice"))


def test_a_language_that_is_missing_leaves_a_gap_that_says_so(lead):
    assert "n’existe pas en anglais" in words(one(page(lead, f"/kb/{BADGE}"), ".side.missing"))


def test_an_article_that_was_set_aside_can_still_be_read(lead):
    shown = page(lead, f"/kb/{GONE}")
    assert "L’ancien portail est fermé." in words(shown) and "mis de côté" in words(one(shown, ".notice"))


# -- two versions compared


def test_two_versions_are_compared_word_by_word_in_each_language_and_in_what_all_share(lead):
    shown = page(lead, f"/kb/{REMOTE}/compare?from=1&to=3")
    french, english = shown.select(".side")
    assert [words(gone) for gone in french.select("del")] == ["Bureau", "dix"]
    assert "Travail à distance" in words(french) and "trente" in [words(new) for new in french.select("ins")]
    assert [words(gone) for gone in english.select("del")] == ["Office"]
    shared = words(one(shown, ".all-languages"))
    assert "Durée 3 5 min" in shared and "Système : « Windows »" in shared
    assert {words(sign) for sign in shown.select(".row .unseen")} == {"Modifié :", "Ajouté :"}  # heard without colour


def test_without_a_wish_the_last_two_versions_are_compared(lead):
    shown = page(lead, f"/kb/{REMOTE}/compare")
    assert words(one(shown, "h1")) == "De la version 2 à la version 3"
    assert [words(gone) for gone in shown.select(".rows del")] == ["dix"]
    assert "Rien n’a changé dans ce texte." in words(shown.select(".side")[1])


@pytest.mark.parametrize(
    ("address", "told"),
    [(f"/kb/{REMOTE}/compare?from=2&to=2", "deux fois"), (f"/kb/{BADGE}/compare", "une version")],
)
def test_where_there_is_nothing_to_compare_the_page_says_so(lead, address, told):
    assert told in words(one(page(lead, address), ".notice"))
