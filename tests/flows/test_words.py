"""French as French is set: what is refused and what is left alone."""

import pytest

from bot.flows.words import typography


@pytest.mark.parametrize(
    "text",
    [
        "Quel système\u00a0?",
        "Essayez\u202f!",
        "Ouvrez **Réglages\u00a0:** puis fermez",
        "«\u00a0Redémarrer\u00a0» ou «\u202fArrêter\u202f»",
        "À 10:30, voyez https://example.org/?a=b;c ou `a: b; c?`",
        "Vraiment\u00a0?!",
        "[Aide](https://example.org/?q) (ou pas)",
        "L’ordinateur, aujourd’hui",
        "",
        "- C:\\Temp\n- 1:2",
    ],
)
def test_this_is_well_set(text):
    assert list(typography(text)) == []


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Quel système ?", "'?'"),
        ("Quel système?", "'?'"),
        ("Attention !", "'!'"),
        ("Ouvrez ceci : cela", "':'"),
        ("Ouvrez **ceci**: cela", "':'"),
        ("Ouvrez {title}: cela", "':'"),
        ("- Ouvrez ceci: cela", "':'"),
        ("ceci ; cela", "';'"),
        ("« Redémarrer\u00a0»", "'«'"),
        ("«\u00a0Redémarrer »", "'»'"),
        ("L'ordinateur", "apostrophe"),
    ],
)
def test_this_is_not(text, sign):
    (only,) = typography(text)
    assert sign in only[0]


def test_each_kind_is_named_once():
    assert len(list(typography("Quoi ? Comment ? Où ?"))) == 1
