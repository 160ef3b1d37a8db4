"""The trained model: arrays and what they tell of a text. Served with numpy alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from .calibration import Calibration
from .encoder import Encoder, Vectors
from .lexicon import Floats, Lexicon, features
from .scores import Scores
from .signals import Alarm

_LEXICAL_SHARE = 0.2  # of a text's likeness to a phrase; meaning has the rest (docs/benchmarks.md compares others)
_SHARPNESS = 1.2  # how fast likeness in meaning falls with distance


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """How an encoder sees the phrases: their vectors (phrases, size) around their centre, of length 1.

    `share`: of this view in all likeness in meaning.
    """

    encoder: str
    centre: Vectors
    phrases: Vectors
    share: float

    @classmethod
    def of(cls, encoder: str, vectors: Vectors, share: float) -> "View":
        """Centre the vectors: what all phrases have in common tells none apart."""
        centre: Vectors = vectors.mean(axis=0)
        return cls(encoder, centre, _unit(vectors - centre), share)

    def likeness(self, vectors: Vectors) -> Floats:
        """Tell how like each vector of an encoder is to each phrase."""
        return self.between(_unit(vectors - self.centre))

    def between(self, units: Vectors, first: int | None = None) -> Floats:
        """Tell how like centred vectors of length 1 are to each phrase: a radial basis function of the distance.

        `first`: to so many phrases only.
        """
        cosines = units @ self.phrases[:first].T
        likeness: Floats = (1 - _LEXICAL_SHARE) * self.share * np.exp(2 * _SHARPNESS * (cosines - 1))
        return likeness.astype(np.float32)


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Kernel ridge regression: an intent's score is the sum of a text's likeness to each phrase, times its weight.

    Likeness in words is linear, so its weights are summed up beforehand. Shapes: words (features, intents), weights
    (phrases, intents); no views where there was no encoder.
    """

    intents: tuple[str, ...]
    lexicon: Lexicon
    words: Floats
    weights: Floats
    views: tuple[View, ...] = ()
    calibration: Calibration = field(default_factory=Calibration)
    alarms: tuple[Alarm, ...] = ()

    @staticmethod
    def lexical_share(views: Sequence[View]) -> float:
        """The share of likeness in words, half for whole words and half for groups of letters."""
        return 0.5 * (_LEXICAL_SHARE if views else 1.0)

    def scores(self, texts: Sequence[str], encoders: Sequence[Encoder]) -> Scores:
        """Score texts; `encoders` are those that the model was trained with, in their order."""
        rows = np.stack([self._lexical(text) for text in texts])
        for view, encoder in zip(self.views, encoders, strict=True):
            rows += view.likeness(encoder.encode(texts)) @ self.weights
        return Scores(self.intents, rows)

    def _lexical(self, text: str) -> Floats:
        at, weights = self.lexicon.weigh(features(text))
        lexical: Floats = weights @ self.words[at]
        return lexical

    def known(self, text: str) -> float:
        """Tell which share of a text's words stands in any phrase, 0..1."""
        return self.lexicon.share_known(features(text))


def save(model: Model, file: Path) -> None:
    """Write the arrays, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part.npz")
    told = model.calibration
    held: dict[str, Any] = {
        "intents": np.array(model.intents),
        "features": np.frombuffer("\n".join(model.lexicon.names).encode(), dtype=np.uint8),
        "rarity": model.lexicon.rarity,
        "words": model.words,
        "weights": model.weights,
        "calibration": np.array([*told.right, *told.ours, told.temperature, told.accept]),
        "alarms": np.array([alarm.intent for alarm in model.alarms]),
        "thresholds": np.array([alarm.threshold for alarm in model.alarms]),
        "views": np.array(len(model.views)),
    }
    for at, view in enumerate(model.views):
        held |= {f"{name}{at}": value for name, value in _plain(view).items()}
    np.savez(part, **held)
    part.replace(file)


def _plain(view: View) -> dict[str, np.ndarray]:
    held = {"encoder": np.array(view.encoder), "centre": view.centre, "phrases": view.phrases}
    return {**held, "share": np.array(view.share)}


def load(file: Path) -> Model:
    """Read the arrays. Raises OSError, ValueError or KeyError when the file is not one of ours."""
    with np.load(file, allow_pickle=False) as held:
        names = tuple(held["features"].tobytes().decode().split("\n"))
        numbers = [float(number) for number in held["calibration"]]
        return Model(
            tuple(str(name) for name in held["intents"]),
            Lexicon.named(names, held["rarity"]),
            held["words"],
            held["weights"],
            tuple(
                View(str(held[f"encoder{at}"]), held[f"centre{at}"], held[f"phrases{at}"], float(held[f"share{at}"]))
                for at in range(int(held["views"]))
            ),
            Calibration(tuple(numbers[:3]), tuple(numbers[3:6]), numbers[6], numbers[7]),
            tuple(Alarm(str(name), float(at)) for name, at in zip(held["alarms"], held["thresholds"], strict=True)),
        )
