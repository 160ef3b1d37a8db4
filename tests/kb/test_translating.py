"""A word of one language finds the articles of another that hold a word of the same meaning."""

import pytest

from bot.kb.translating import Translator
from bot.kb.words import WordIndex, counted
from bot.nlu.encoders import load_encoders

TEXTS = [
    "Clear a paper jam in the printer",
    "Reset a forgotten password",
    "Join a wireless network",
    "Lend a keyboard and a mouse",
]


@pytest.fixture(scope="module")
def translator() -> Translator:
    index = WordIndex([counted("", text, "en") for text in TEXTS], "en")
    return Translator(TEXTS, index, load_encoders().found[0], None)


@pytest.mark.parametrize(
    ("query", "text"), [("bourrage imprimante", 0), ("mot de passe oublié", 1), ("réseau", 2), ("clavier et souris", 3)]
)
def test_words_are_found_across_languages(translator: Translator, query: str, text: int) -> None:
    assert int(translator.scores(query, len(TEXTS)).argmax()) == text


@pytest.mark.parametrize("query", ["", "?!", "de la", "\ud800", "xyzzy " * 3_000])
def test_any_query_may_be_asked(translator: Translator, query: str) -> None:
    assert translator.scores(query, len(TEXTS)).shape == (len(TEXTS),)


def test_no_articles_have_no_words() -> None:
    empty = Translator([], WordIndex([], "en"), load_encoders().found[0], None)
    assert empty.scores("imprimante", 0).shape == (0,)
