"""How well a search finds what it should: questions with the articles that answer them, and the usual figures."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from bot.nlu.fold import fold
from bot.nlu.language import OTHER, language
from bot.nlu.phrases import Fault

from .documents import Document
from .index import Index

_SHOWN = 10  # hits that are timed: what a search is asked for


@dataclass(frozen=True, slots=True)
class Query:
    """A question, the articles that answer it, and those it is put to (none named: to all)."""

    text: str
    relevant: frozenset[str]
    candidates: frozenset[str] = frozenset()
    lang: str = ""


class EvaluationError(Exception):
    """Files that cannot be used; `faults` lists everything that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))


def read_corpus(file: Path) -> tuple[Document, ...]:
    """Read `{"id", "title", "text", "lang"?}` a line. Raises EvaluationError with every fault."""
    wanted = {"id": str | int, "title": str, "text": str}
    rows = _rows(file, wanted)
    return tuple(Document(str(row["id"]), str(row.get("lang") or ""), row["title"], row["text"]) for row in rows)


def read_queries(file: Path, known: frozenset[str]) -> tuple[Query, ...]:
    """Read `{"query", "relevant": [ids], "candidates": [ids]?}` a line; ids must be known.

    Raises EvaluationError with every fault.
    """
    rows = _rows(file, {"query": str, "relevant": list}, known)
    return tuple(
        Query(row["query"], _ids(row["relevant"]), _ids(row.get("candidates") or []), str(row.get("lang") or ""))
        for row in rows
    )


def _ids(told: Iterable[Any]) -> frozenset[str]:
    return frozenset(map(str, told))


def _rows(file: Path, wanted: Mapping[str, Any], known: frozenset[str] | None = None) -> list[dict[str, Any]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError([Fault(str(file), 0, "cannot be read", "give a JSONL file in UTF-8")]) from error
    rows: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row = _read(line)
        wrong = _wrong(row, wanted, known)
        faults += [Fault(str(file), number, told, mend) for told, mend in wrong]
        if not wrong:
            rows.append(row)
    if not rows and not faults:
        faults = [Fault(str(file), 0, "holds no line", "write one JSON object a line")]
    if faults:
        raise EvaluationError(faults)
    return rows


def _read(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}


def _wrong(row: dict[str, Any], wanted: Mapping[str, Any], known: frozenset[str] | None) -> list[tuple[str, str]]:
    missing = [name for name, kind in wanted.items() if not isinstance(row.get(name), kind)]
    if missing:
        return [(f"no {', '.join(missing)}", f"write an object with {', '.join(wanted)}")]
    if known is None:
        return []
    strange = sorted(_ids(row["relevant"]) - known)
    if strange:
        return [(f"relevant names {', '.join(strange[:3])}", "name ids of the corpus")]
    return [] if row["relevant"] else [("relevant names nothing", "name the ids that answer")]


def told_languages(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Give a language to documents that name none: their own where it shows, else that of most."""
    heard = [one.lang or spoken(f"{one.title}. {one.body[:600]}") for one in documents]
    usual = _most(heard)
    return tuple(replace(one, lang=lang or usual) for one, lang in zip(documents, heard, strict=True))


def asked_in(queries: Sequence[Query]) -> list[str]:
    """Tell the language of each query; of one too short to tell, that of most."""
    heard = [one.lang or spoken(one.text) for one in queries]
    usual = _most(heard)
    return [lang or usual for lang in heard]


def spoken(text: str) -> str:
    """Tell the language of a text where it shows and is one of ours, else ""."""
    told = language(text, fold(text))
    return "" if told in (None, OTHER) else str(told)


def _most(langs: Iterable[str]) -> str:
    counted = Counter(lang for lang in langs if lang)
    return counted.most_common(1)[0][0] if counted else "en"


def examined(index: Index, queries: Sequence[Query], told: Callable[[int, int], None]) -> dict[str, float]:
    """Ask every query; give the figures, each a mean over queries, and the median of the seconds' thousandths.

    map: mean average precision; mrr: mean of 1 / place of the first right article, 0 where none is found; p@k: share
    of right ones among the first k; recall@10: share of the right ones among the first 10.
    """
    rows: list[dict[str, float]] = []
    seconds: list[float] = []
    for number, (query, lang) in enumerate(zip(queries, asked_in(queries), strict=True), 1):
        began = time.process_time()
        index.search(query.text, lang, top=_SHOWN)
        seconds.append(time.process_time() - began)
        ranked = index.ranked(query.text, lang)
        rows.append(figures([id for id in ranked if not query.candidates or id in query.candidates], query.relevant))
        told(number, len(queries))
    means = {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}
    return {"n": len(rows), **means, "ms_per_query_p50": float(np.median(seconds)) * 1000}


def figures(ranked: Sequence[str], relevant: frozenset[str]) -> dict[str, float]:
    """Give the figures of one query."""
    places = [place for place, id in enumerate(ranked, 1) if id in relevant]
    precisions = [found / place for found, place in enumerate(places, 1)]
    return {
        "map": sum(precisions) / len(relevant),
        "mrr": 1 / places[0] if places else 0.0,
        "p@1": float(places[:1] == [1]),
        "p@5": sum(place <= 5 for place in places) / 5,
        "recall@10": sum(place <= 10 for place in places) / len(relevant),
    }
