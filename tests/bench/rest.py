"""The search, what is masked and read, and what serving costs."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.desk import Desk, script
from tests.bench.figure import Figure
from tests.bench.serving import served


def knowledge(desk: Desk) -> Iterator[Figure]:
    """The article search."""
    material = desk.material
    told = desk.kb(*material.faq())
    how = "`kb evaluate`: 719 answers, 630 development queries"
    yield Figure("stackfaq", "StackFAQ, mean average precision", told["map"], 0.76, 0.80, how)
    goals = {
        ("en", "en"): (0.85, 0.90),
        ("fr", "fr"): (0.78, 0.85),
        ("fr", "en"): (0.62, 0.75),
        ("en", "fr"): (None, None),
    }
    for (asked, pages), goal in goals.items():
        told = desk.kb(material.help_pages(pages), material.help_queries(asked))
        name = f"GNOME Help, first hit right, {asked.upper()}" + (f" to {pages.upper()}" if asked != pages else "")
        how = "`kb evaluate`: 260 pages, 130 development queries"
        yield Figure(f"help-{asked}-{pages}", name, told["p@1"], *goal, how)


def secrets_and_entities(desk: Desk) -> Iterator[Figure]:
    """What is masked, and what is read."""
    told = script("tests.dialog.secret_samples", "--seed", "2026", "--count", "1200", "--json")
    how = "`python -m tests.dialog.secret_samples --seed 2026 --count 1200`: 12 kinds, both languages"
    yield Figure("secrets", "Secrets masked whole", told["recall"], 0.98, 0.99, how)
    alarms, texts = sum(told["false_alarms"].values()), sum(told["texts"].values())
    how = f"the same, on {texts} texts: CLINC150, BANKING77, ordinary messages"
    yield Figure("secrets-false", "Secrets seen in ordinary messages", alarms / texts, 0.005, 0.001, how, less=True)
    told = script("tests.nlu.entity_measure", "--json")
    how = "`python -m tests.nlu.entity_measure`: 130 messages on which no rule was made"
    yield Figure("entities", "Entities read (F1)", told["final"]["all"]["overall"]["f1"], None, None, how)


def speed(desk: Desk) -> Iterator[Figure]:
    """What it costs."""
    with tempfile.TemporaryDirectory() as folder:
        told = served(Path(folder) / "home")
        search = Desk(Path(folder)).bench("search", "--articles", "10000")
    how = "CPU of understanding and search, one thread, the messages of tests/nlu one by one"
    yield Figure("p50", "A message, p50, ms", told["p50"], None, None, how, less=True)
    yield Figure("p95", "A message, p95, ms", told["p95"], 25, 12, how, less=True)
    how = "`guichet run` on a home that ran before: resident set after 100 messages in the web chat"
    yield Figure("memory", "Memory of the serving process, MB", told["memory"], 300, 180, how, less=True)
    how = "the same, before any message"
    yield Figure("memory-start", "Memory after the start, MB", told["memory_at_start"], None, None, how, less=True)
    how = "`guichet run` on a home that ran before, until it prints its addresses; wall time"
    yield Figure("start", "Start to ready, s", told["start"], 5, 2, how, less=True)
    how = f"the {told['phrases']:.0f} phrases that ship, encoding included; wall time, {told['train_cpu']:.1f} s of CPU"
    yield Figure("train", "Learning the shipped topics, s", told["train"], 2, 1, how, less=True)
    how = "`guichet bench search --articles 10000`, CPU, one core; 100,000 articles: below"
    yield Figure("search-10k", "A search in 10,000 articles, p95, ms", search["search_cpu_ms_p95"], 50, None, how, True)
