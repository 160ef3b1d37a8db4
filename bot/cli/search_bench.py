"""Measures the article search in a library of any size, made of sentences that ship: on one core, in CPU time."""

import random
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated

import numpy as np
import typer

from bot.app import Mind, make_mind
from bot.kb.documents import Document
from bot.kb.passages import passages
from bot.nlu.phrases import Phrase, read_phrases

from .bench import bench_app
from .frame import HOME, Config, Home, Json, put, say, settings_from, tell_notes
from .progress import counting, shown

GOALS = {"search_cpu_ms_p95": "< 50"}
_SENTENCES = (4, 12)  # of an article
_ASKED = 300


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run measured; a search includes encoding the question, guessing its topic and quoting."""

    articles: int
    index_cpu_s: float
    encoded: int
    search_cpu_ms_p50: float
    search_cpu_ms_p95: float
    peak_rss_mb: float


@bench_app.command("search")
def search(
    articles: Annotated[int, typer.Option(min=10, help="Articles, half of them in each language.")] = 10_000,
    as_json: Json = False,
    home: Home = HOME,
    config: Config = None,
) -> int:
    """Measure the search in a large library; the first run encodes it, later ones find the vectors in the cache."""
    mind = make_mind(settings_from(config), home, progress=shown())
    tell_notes(mind.notes)
    measured = asdict(measure(mind, articles))
    figures = {key: round(value, 2) for key, value in measured.items()}
    if as_json:
        put(figures)
    else:
        for key, value in figures.items():
            say(f"{key:28} {value:>12}   {GOALS.get(key, '')}")
    return 0


def measure(mind: Mind, count: int) -> Figures:
    """Index made-up articles and ask the phrases that ship."""
    phrases = _phrases(mind)
    documents = {(one.id, one.lang): one for one in made(mind, phrases, count)}
    began, encoded = time.process_time(), [0]
    with counting("Indexing") as told:

        def tell(done: int, of: int) -> None:
            encoded[0] = of
            told(done, of)

        index = mind.make_index(documents.values(), lambda id, lang, version: documents[id, lang], tell)
    indexing = time.process_time() - began
    chance = random.Random(2)
    seconds: list[float] = []
    for phrase in chance.sample(phrases, min(_ASKED, len(phrases))):
        began = time.process_time()
        index.search(phrase.text, phrase.lang)
        seconds.append(time.process_time() - began)
    p50, p95 = (float(np.quantile(seconds, share)) * 1000 for share in (0.5, 0.95))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Figures(count, indexing, encoded[0], p50, p95, peak)


def made(mind: Mind, phrases: Sequence[Phrase], count: int) -> Iterator[Document]:
    """Make articles of phrases and of sentences of the articles that ship, the same ones each time."""
    chance = random.Random(1)
    sentences = _sentences(mind, phrases)
    for number in range(count):
        lang = ("en", "fr")[number % 2]
        body = [chance.choice(sentences[lang]) for _ in range(chance.randint(*_SENTENCES))]
        title = f"{chance.choice(sentences[lang])} {number}"
        paragraphs = (" ".join(body[start : start + 3]) for start in range(0, len(body), 3))
        yield Document(f"made-{number}", lang, title[:90], "\n\n".join(paragraphs), held=False)


def _phrases(mind: Mind) -> list[Phrase]:
    files = [file for pack in mind.packs for file in sorted((pack.folder / "nlu").rglob("*.yml"))]
    return [one for one in read_phrases(files).phrases if one.lang]


def _sentences(mind: Mind, phrases: Sequence[Phrase]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {"en": [], "fr": []}
    for phrase in phrases:
        told[phrase.lang].append(phrase.text)
    for article in mind.playbook.articles.values():
        for lang, text in article.texts.items():
            told[lang] += [one.text for one in passages(text.body)]
    return told
