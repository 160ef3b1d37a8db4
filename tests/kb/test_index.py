"""The search finds articles by words and meaning, in both languages, and says when it is sure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kb.documents import Document
from bot.kb.index import Index
from bot.nlu.encoder import Encoder
from bot.nlu.encoders import load_encoders
from bot.ports.articles import Tally
from bot.ports.understander import Clues

DOCUMENTS = [
    Document("absence", "en", "Set an automatic reply", "In Outlook choose Automatic replies.", topic="email_outlook"),
    Document(
        "absence",
        "fr",
        "Programmer une réponse automatique",
        "Dans Outlook, Réponses automatiques.",
        topic="email_outlook",
    ),
    Document("jam", "en", "Clear a paper jam", "Open the doors and pull the paper straight.", topic="printer"),
    Document("jam", "fr", "Retirer un bourrage papier", "Ouvrez les portes et tirez le papier droit.", topic="printer"),
    Document("vpn", "en", "Quit the VPN and open it again", "Right-click the icon and quit.", topic="vpn"),
    Document("vpn", "fr", "Quitter et rouvrir le VPN", "Clic droit sur l’icône, Quitter.", topic="vpn"),
    Document("code", "en", "Error 0x0000011b", "The print server must be updated by the desk.", topic="printer"),
    Document("badge", "fr", "Commander un badge", "Allez à l’accueil avec une pièce d’identité."),
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoders().found[0]


@pytest.fixture(scope="module")
def index(encoder: Encoder) -> Index:
    return Index(DOCUMENTS, encoder)


@pytest.mark.parametrize(
    ("query", "lang", "article", "shown"),
    [
        ("il y a du papier coincé dans l'imprimante", "fr", "jam", "fr"),
        ("the printer has a paper jam", "en", "jam", "en"),
        ("mon vpn est bloqué, comment le relancer", "fr", "vpn", "fr"),
        ("how do I turn on an out of office message", "en", "absence", "en"),
        ("0x0000011b", "en", "code", "en"),
        ("where do I get a new badge", "en", "badge", "fr"),
    ],
)
def test_the_right_article_comes_first_in_the_persons_language(
    index: Index, query: str, lang: str, article: str, shown: str
) -> None:
    hits = index.search(query, lang)
    assert (hits[0].article, hits[0].lang) == (article, shown)
    assert len({hit.article for hit in hits}) == len(hits) == 5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_clear_question_is_answered_with_certainty_and_a_strange_one_is_not(index: Index) -> None:
    assert index.search("bourrage papier", "fr")[0].confident
    assert not any(hit.confident for hit in index.search("quelle est la capitale de l'Espagne", "fr"))


def test_the_topic_weighs_its_articles_up(index: Index) -> None:
    assert index.search("rien ne va plus", "fr", Clues({"vpn": 0.9}))[0].article == "vpn"
    assert index.search("rien ne va plus", "fr", Clues({"printer": 0.9}))[0].article in ("jam", "code")


def test_instructions_come_before_repairs_where_they_are_asked_for(encoder: Encoder) -> None:
    body = "Forget the guest Wi-Fi, then join it."
    rejoin = Document("rejoin", "en", "Leave the guest Wi-Fi and join it again", body, topic="network", fix="fix")
    body = "Open the list of networks, choose the guest Wi-Fi and join it."
    join = Document("join", "en", "Join a Wi-Fi network", body, topic="network", fix="how_to")
    index = Index([rejoin, join, *DOCUMENTS], encoder)
    clues = Clues({"network": 0.9})
    asked = index.search("how do I join the guest wifi", "en", clues)
    assert [(hit.article, hit.confident) for hit in asked[:2]] == [("join", True), ("rejoin", False)]
    assert index.search("the guest wifi refuses me, I can't join", "en", clues)[0].article == "rejoin"


def test_a_prior_stands_in_for_a_topic_that_nobody_told(encoder: Encoder) -> None:
    index = Index(DOCUMENTS, encoder, prior=lambda text: {"vpn": 0.9})
    assert index.search("rien ne va plus", "fr")[0].article == "vpn"


def test_words_alone_find_articles_where_there_is_no_encoder() -> None:
    hit = Index(DOCUMENTS, None).search("bourrages de papier", "fr")[0]
    assert (hit.article, hit.confident) == ("jam", True)


@pytest.mark.parametrize("query", ["", "   ", "?!", "🤷", "\ud800", "a" * 100_000])
def test_any_text_may_be_searched(index: Index, query: str) -> None:
    assert len(index.search(query, "fr")) <= 5


@given(st.text(max_size=60))
def test_equal_questions_get_equal_answers(index: Index, query: str) -> None:
    assert index.search(query, "en") == index.search(query, "en")


def test_slots_leave_out_what_does_not_apply_and_nothing_else(encoder: Encoder) -> None:
    windows = Document("windows", "en", "Clear a paper jam on Windows", "Open the doors.", when="slots.os = windows")
    index = Index([*DOCUMENTS, windows], encoder)

    def found(**slots: str) -> set[str]:
        return {hit.article for hit in index.search("paper jam", "en", Clues(slots=slots), top=20)}

    assert "windows" in found() & found(os="windows") & found(printer="IMP-3")
    assert "windows" not in found(os="macos")


def test_a_hit_names_the_paragraph_that_answers(encoder: Encoder) -> None:
    body = "Calls go to your desk phone.\n\n## Forward\n\nDial *21 to forward calls.\n\n## Voicemail\n\nDial 888."
    index = Index([*DOCUMENTS, Document("phone", "en", "Your desk phone", body)], encoder)
    assert [index.search(asked, "en")[0].paragraph for asked in ("forward my calls", "hear my voicemail")] == [2, 3]


def test_a_confident_hit_that_no_pack_holds_is_quoted(encoder: Encoder) -> None:
    body = "The canteen is on the third floor.\n\n" + "It opens at noon. Pay at the canteen with your badge.\n\n" * 40
    whole = Document("lunch", "en", "Where to eat lunch", body, source="https://kb.example.org/7", held=False)
    (hit, *others) = Index(
        [*DOCUMENTS, whole], encoder, read=lambda *which: whole if which == ("lunch", "en", 1) else None
    ).search("where is the canteen to eat lunch", "en")
    assert hit.quote is not None
    assert hit.quote.title == "Where to eat lunch"
    assert hit.quote.body.startswith("The canteen")
    assert len(hit.quote.body) < 1_500
    assert hit.quote.body.endswith("[Full article](https://kb.example.org/7)")
    assert all(other.quote is None for other in others)


def test_a_hit_that_cannot_be_read_any_more_is_not_believed(encoder: Encoder) -> None:
    gone = Document("lunch", "en", "Where to eat", "The canteen is on the third floor.", held=False)
    assert not Index([*DOCUMENTS, gone], encoder).search("where to eat", "en")[0].confident


def test_what_helped_comes_before_what_did_not(encoder: Encoder) -> None:
    twins = [Document(id, "en", "Restart the scanner", "Switch it off and on again.") for id in ("a", "b")]
    index = Index([*DOCUMENTS, *twins], encoder)
    weighed = index.weighed({"a": {1: Tally(1, 9)}, "b": {1: Tally(9, 1)}})
    assert index.search("restart the scanner", "en")[0].article == "a"
    assert weighed.search("restart the scanner", "en")[0].article == "b"


def test_results_of_another_version_say_nothing(encoder: Encoder) -> None:
    index = Index(DOCUMENTS, encoder)
    other = index.weighed({"jam": {7: Tally(0, 50)}})
    assert other.search("paper jam", "en") == index.search("paper jam", "en")


def test_an_empty_library_finds_nothing(encoder: Encoder) -> None:
    assert Index((), encoder).search("paper jam", "en") == ()
    assert Index((), encoder).ranked("paper jam", "en") == []


def test_every_article_is_ranked_once(index: Index) -> None:
    ranked = index.ranked("paper jam", "en")
    assert sorted(ranked) == sorted({document.id for document in DOCUMENTS})
    assert ranked[0] == "jam"
