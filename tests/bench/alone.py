"""What is measured in a process of its own, and printed: `python -m tests.bench.alone learning|messages HOME`."""

import json
import sys
import time
from datetime import datetime
from pathlib import Path

import numpy as np

from bot.app import make_mind
from bot.nlu.calibration import Costs
from bot.nlu.encoders import load_encoders
from bot.nlu.learning import learn
from bot.nlu.phrases import read_phrases
from bot.ports.understander import Clues, Hints
from bot.settings import read_settings
from tests.nlu.lists import listed
from tests.support.needs import ROOT

NOW = datetime.fromisoformat("2026-01-05T09:00+01:00")
WARM = 50  # messages before the measured ones


def learning(home: Path) -> dict[str, float]:
    """Learn the phrases that ship, encoding included; seconds."""
    encoders = load_encoders(cache=home / "cache").found
    phrases = read_phrases(sorted((ROOT / "bot" / "flows" / "library").glob("*/nlu/*.yml")))
    wall, cpu = time.perf_counter(), time.process_time()
    learn(phrases, encoders, Costs())
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {"phrases": len(phrases.phrases), "train": wall, "train_cpu": cpu}


def messages(home: Path) -> dict[str, float]:
    """Understand messages one by one, and search for each; milliseconds of CPU."""
    mind = make_mind(read_settings(), home)
    told = []
    for _, lang, text in [*listed("unseen_looked_at.txt"), *listed("unseen.txt")]:
        start = time.process_time()
        understood = mind.understander.understand(text, Hints(NOW, lang=lang))
        likely = {one.intent: one.confidence for one in understood.ranking}
        mind.index.search(text, lang, Clues(likely))
        told.append((time.process_time() - start) * 1_000)
    p50, p95 = np.quantile(told[WARM:], (0.5, 0.95))
    return {"p50": float(p50), "p95": float(p95)}


if __name__ == "__main__":
    work = {"learning": learning, "messages": messages}[sys.argv[1]]
    sys.stdout.write(json.dumps(work(Path(sys.argv[2]))))
