"""Where an article applies, said in words."""

import pytest

from bot.console.conditions import in_words
from bot.console.names import Names
from tests.support.talk import library

NAMES = Names(library())


@pytest.mark.parametrize(
    ("when", "french", "english"),
    [
        ("", "", ""),
        ("slots.os = windows", "Système : « Windows »", "System: “Windows”"),
        ("slots.os != linux", "Système : autre que « Linux »", "System: other than “Linux”"),
        ("slots.error_code", "Code : connu", "Code: known"),
        ("not slots.error_code", "Code : pas encore connu", "Code: not known yet"),
        (
            "slots.os = windows and (slots.site = Lyon or slots.site = Paris)",
            "Système : « Windows » et (Lieu : « Lyon », ou Lieu : « Paris »)",
            "System: “Windows” and (Place: “Lyon”, or Place: “Paris”)",
        ),
        ("slots.os = (", "slots.os = (", "slots.os = ("),  # what cannot be read stands as it was written
    ],
)
def test_a_condition_is_said_in_words(when, french, english):
    assert in_words(when, "fr", NAMES).replace("\N{NO-BREAK SPACE}", " ") == french
    assert in_words(when, "en", NAMES) == english


def test_every_condition_of_the_packs_is_said_without_code():
    conditions = {article.when for article in library().articles.values() if article.when}
    assert len(conditions) > 3
    assert [when for when in conditions if "slots." in in_words(when, "fr", NAMES)] == []
