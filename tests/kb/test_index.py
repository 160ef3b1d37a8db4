"""The search finds articles by words and meaning, in both languages, and says when it is sure."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kb.index import Document, Index
from bot.kb.vectors import encoded
from bot.nlu.encoder import Encoder, Vectors
from bot.nlu.encoders import load_encoders

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
    assert index.search("rien ne va plus", "fr", topic="vpn")[0].article == "vpn"
    assert index.search("rien ne va plus", "fr", topic="printer")[0].article in ("jam", "code")


def test_instructions_come_before_repairs_where_they_are_asked_for(encoder: Encoder) -> None:
    rejoin = Document(
        "rejoin", "en", "Leave the guest Wi-Fi and join it again", "Forget it, join.", topic="network", fix="fix"
    )
    join = Document("join", "en", "Connect to a network", "Open the list of networks.", topic="network", fix="how_to")
    index = Index([rejoin, join, *DOCUMENTS], encoder)
    asked = index.search("how do I join the guest wifi", "en", "network")
    assert [(hit.article, hit.confident) for hit in asked[:2]] == [("join", True), ("rejoin", False)]
    assert index.search("the guest wifi refuses me, I can't join", "en", "network")[0].article == "rejoin"


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


class CountingEncoder:
    """Counts what the real encoder is asked."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder, self.name, self.asked = encoder, encoder.name, 0

    def encode(self, texts: list[str]) -> Vectors:
        self.asked += len(texts)
        return self.encoder.encode(texts)


def test_a_text_is_encoded_once_however_often_the_index_is_made(encoder: Encoder, tmp_path: Path) -> None:
    counting = CountingEncoder(encoder)
    first = encoded(["one", "two"], counting, tmp_path)  # type: ignore[arg-type]
    again = encoded(["two", "one", "three"], counting, tmp_path)  # type: ignore[arg-type]
    assert counting.asked == 3
    assert (first[0] == again[1]).all()
