"""Learn from training files, or recall what was learned from the same ones before."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from .calibration import Costs
from .clean import clean
from .encoder import Encoder
from .gloss import glossed
from .model import Model, load, save
from .phrases import Phrase, Phrases, TrainingError, read_phrases

_CODE = [
    "phrases",
    "lexicon",
    "encoder",
    "model",
    "intents",
    "scores",
    "signals",
    "split",
    "calibration",
    "training",
    "gloss",
    "clean",
    "passed_on",
    "fold",
    "learning",
]

Progress = Callable[[str], None]


def silent(what: str) -> None:
    """Tell nobody how far the work is."""


def learned(
    files: Sequence[Path], encoders: Sequence[Encoder], costs: Costs, cache: Path, progress: Progress = silent
) -> tuple[Model, Phrases]:
    """Give the model of the files: from the folder `cache` when nothing changed, else by training.

    Raises TrainingError with every fault of the files.
    """
    read = read_phrases(files)
    if read.faults:
        raise TrainingError(read.faults)
    file = cache / f"nlu-{_fingerprint(read, encoders, costs)}.npz"
    if file.is_file():
        try:
            return load(file), read
        except (OSError, ValueError, KeyError):
            progress("the stored understanding model cannot be read: it is made again")
    progress(f"learning from {len(read.phrases)} phrases")
    model = learn(read, encoders, costs)
    save(model, file)
    return model, read


def learn(read: Phrases, encoders: Sequence[Encoder], costs: Costs) -> Model:
    """Train on phrases as the pipeline will read messages: cleaned and glossed."""
    from .training import train  # scipy takes half a second to load: only when there is something to learn

    phrases = [Phrase(glossed(clean(one.text).essence, read.synonyms), one.intent, one.lang) for one in read.phrases]
    return train(phrases, encoders, costs)


def _fingerprint(read: Phrases, encoders: Sequence[Encoder], costs: Costs) -> str:
    """Name what the model depends on: phrases, encoders, costs, and the code that learns and reads."""
    told = hashlib.sha256()
    for phrase in sorted(read.phrases, key=lambda one: (one.text, one.intent, one.lang)):
        told.update(f"{phrase.text}\0{phrase.intent}\0".encode("utf-8", errors="replace"))
    told.update(repr((sorted(read.synonyms.items()), [one.name for one in encoders], costs)).encode(errors="replace"))
    for name in _CODE:
        told.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    return told.hexdigest()[:16]
