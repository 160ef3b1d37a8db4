"""What the house of these tests knows: the packs that ship and a pack of their own; one word tells the subject."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot.actions import RasaRunner
from bot.app import Mind
from bot.dialog.article import Article, ArticleText
from bot.dialog.playbook import Playbook
from bot.dialog.understanding import Understanding
from bot.nlu.reading import read
from bot.packs.articles import ArticleSheet
from bot.packs.pack import Pack, read_pack
from bot.packs.playbook import compose
from bot.ports.understander import Hints
from tests.support.talk import LIBRARY, library
from tests.support.web import indexed, nobody_known

OWN = Path(__file__).parent / "pack"
QUESTION, ECHO, LONG, TRAP = "couleur", "écho", "manuel", "piège"
_SUBJECTS = {QUESTION: "contract_question", ECHO: "contract_echo", LONG: "contract_long", TRAP: "contract_hostile"}
PIECES = 160


def mark(number: int) -> str:
    """What stands in one piece of the long text, and nowhere else."""
    return f"repère-{number:03d}"


class ByWord:
    """Reads what rules can read; the subject is told by one word."""

    def understand(self, text: str, hints: Hints) -> Understanding:
        """Read a message."""
        found = next((subject for word, subject in _SUBJECTS.items() if word in text.lower()[:200]), None)
        return replace(read(text, hints), intent=found, confidence=0.9 if found else 0.0)


def long_text() -> str:
    """Paragraphs, items, quotes and code, each with its mark, in order."""
    return "\n\n".join(_pieces())


def _pieces() -> Iterator[str]:
    for number in range(PIECES):
        words = f"{mark(number)} " + "ce que dit cette ligne tient en peu de mots, même avec 😀 et <b> & {x}. " * 3
        match number % 8:
            case 2:
                yield f"1. {words}\n2. suite de la liste"
            case 4:
                yield f"```\n{words}\n  en retrait\n```"
            case 6:
                yield f"- {words}\n- suite, **en gras**"
            case _:
                yield words.strip()


def _long_article() -> Pack:
    texts = {"fr": ArticleText("Un long manuel", long_text()), "en": ArticleText("A long manual", long_text())}
    article = Article("contract-long", 1, topic="contract_long", minutes=1, texts=texts)
    return Pack(OWN, articles=ArticleSheet({article.id: article}))


@cache
def playbook() -> Playbook:
    """The packs that ship, with these tests' own over them."""
    own = read_pack(OWN)
    assert not own.faults, own.faults
    shipped = (read_pack(LIBRARY / name) for name in ("it", "customer"))
    return compose((*shipped, own, _long_article()), library().policy)


@cache
def mind() -> Mind:
    """The mind of every house of these tests; its search finds nothing, so that nothing else is ever proposed."""
    index = indexed((), lambda id, lang, version: None)
    return Mind((), playbook(), ByWord(), index, indexed, RasaRunner(), nobody_known)
