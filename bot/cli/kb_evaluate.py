"""`guichet kb evaluate`: the search measured on a corpus and questions of your own."""

import time
from pathlib import Path
from typing import Annotated

import typer

from bot.kb.evaluation import EvaluationError, examined, read_corpus, read_queries, told_languages
from bot.kb.index import Index
from bot.nlu.encoders import load_encoders

from .frame import HOME, Config, Home, Json, WrongUseError, put, say, settings_from, tell_notes
from .kb import kb_app
from .progress import counting


@kb_app.command("evaluate")
def evaluate(
    corpus: Annotated[Path, typer.Option(help='{"id", "title", "text", "lang"?} a line.', metavar="FILE")],
    queries: Annotated[
        Path, typer.Option(help='{"query", "relevant": [ids], "candidates": [ids]?} a line.', metavar="FILE")
    ],
    as_json: Json = False,
    home: Home = HOME,
    config: Config = None,
) -> int:
    """Measure the search: how high what answers stands. Texts tell their language, where no `lang` does."""
    settings = settings_from(config)
    try:
        documents = told_languages(read_corpus(corpus))
        asked = read_queries(queries, frozenset(one.id for one in documents))
    except EvaluationError as error:
        raise WrongUseError(str(error)) from error
    encoders = load_encoders(settings.understanding.encoders, home / "cache" if home.is_dir() else None)
    tell_notes(encoders.notes)
    began = time.process_time()
    with counting("Indexing") as told:
        index = Index(documents, next(iter(encoders.found), None), told=told)
    seconds = time.process_time() - began
    with counting("Asking") as told:
        found = {**examined(index, asked, told), "index_seconds": seconds}
    rounded = {name: round(value, 4) for name, value in found.items()}
    put(rounded) if as_json else say("\n".join(f"{name:18} {value}" for name, value in rounded.items()))
    return 0
