"""Part of a published help, asked in two languages: the right page may not sink. `make bench-nlu` measures it whole."""

from pathlib import Path

import pytest

from bot.kb.documents import Document
from bot.kb.evaluation import Query, examined
from bot.kb.index import Index
from bot.nlu.encoders import load_encoders
from tests.bench.material import rows

PAGES = 60

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def indexes(shared: Path) -> dict[str, Index]:
    """The first pages, in each language."""
    (encoder,) = load_encoders().found
    pages = list(rows("gnome_help_kb_en_fr.jsonl"))[:PAGES]
    return {
        lang: Index([Document(row["id"], lang, row[f"title_{lang}"], row[f"body_{lang}"]) for row in pages], encoder)
        for lang in ("en", "fr")
    }


@pytest.mark.parametrize(
    ("asked", "held", "was"), [("en", "en", 0.838), ("fr", "fr", 0.864), ("fr", "en", 0.867), ("en", "fr", 0.776)]
)
def test_the_right_page_of_a_help_stands_high(indexes: dict[str, Index], asked: str, held: str, was: float) -> None:
    known = {row["id"] for row in list(rows("gnome_help_kb_en_fr.jsonl"))[:PAGES]}
    told = [row for row in rows("gnome_help_queries_dev.jsonl") if row["id"] in known]
    queries = [Query(row[f"query_{asked}"], frozenset({row["id"]}), lang=asked) for row in told]
    assert len(queries) == PAGES // 2
    found = examined(indexes[held], queries, lambda done, of: None)
    assert found["map"] >= was - 0.015
    assert found["recall@10"] >= 0.96
