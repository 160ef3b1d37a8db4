"""The trained model: arrays and what they tell of a text. Served with numpy alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .encoder import Encoder, Vectors
from .lexicon import Floats, Lexicon

SHARPNESS = 4.0  # by which margins are multiplied before they become probabilities
LEXICAL_SHARE = 0.5
NEIGHBOURS = 5

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Limits:
    """Where guesses become certain enough, fitted on phrases that the model had not seen.

    `temperature` makes probabilities honest; `act`: confidence from which a topic is acted on; `similar`: likeness to
    any phrase below which a message is of another world; `refuse`: probability from which out of scope is believed.
    """

    temperature: float = 1.0
    act: float = 0.5
    similar: float = 0.4
    refuse: float = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Weights of both halves and the vectors of the phrases.

    Shapes: words (features, intents), meaning (512, intents) and phrases (phrases, 512), the last two without rows
    when there was no encoder.
    """

    intents: tuple[str, ...]
    lexicon: Lexicon
    words: Floats
    word_bias: Floats
    meaning: Floats
    meaning_bias: Floats
    phrases: Vectors
    phrase_intents: Ints
    limits: Limits


@dataclass(frozen=True, slots=True, eq=False)
class Guess:
    """What the model makes of one text: honest probabilities by intent, the likeness to the nearest phrases, and the
    share of its words that stand in any phrase."""

    probabilities: Floats
    similarity: float
    known: float

    @property
    def best(self) -> int:
        """The place of the likeliest intent."""
        return int(self.probabilities.argmax())


def guess(model: Model, texts: Sequence[str], encoder: Encoder | None) -> list[Guess]:
    """Guess the intents of texts."""
    lexical = np.stack([lexical_scores(model, text) for text in texts])
    known = [model.lexicon.share_known(text) for text in texts]
    if encoder is None or not model.meaning.size:
        fused, likeness = softmax(lexical * SHARPNESS), known
    else:
        vectors = encoder.encode(texts)
        meant = softmax(vectors @ model.meaning + model.meaning_bias)
        fused = fuse(softmax(lexical * SHARPNESS), meant)
        likeness = similarities(model.phrases, model.phrase_intents, len(model.intents), vectors).tolist()
    tempered = temper(fused, model.limits.temperature)
    return [Guess(row, float(like), share) for row, like, share in zip(tempered, likeness, known, strict=True)]


def lexical_scores(model: Model, text: str) -> Floats:
    """Give the margins of one text for each intent."""
    at, weights = model.lexicon.weigh(text)
    return (weights @ model.words[at] + model.word_bias).astype(np.float32)


def fuse(lexical: Floats, meant: Floats) -> Floats:
    """Mix the probabilities of both halves."""
    return (LEXICAL_SHARE * lexical + (1 - LEXICAL_SHARE) * meant).astype(np.float32)


def temper(probabilities: Floats, temperature: float) -> Floats:
    """Sharpen (below 1) or flatten (above 1) rows of probabilities."""
    logs = np.log(np.maximum(probabilities, 1e-9)) / temperature
    return softmax(logs.astype(np.float32))


def similarities(phrases: Vectors, owners: Ints, intents: int, vectors: Vectors) -> Floats:
    """Tell how like each vector is to the phrases of its nearest intent: half the nearest, half the mean of five."""
    likeness = vectors @ phrases.T
    best = np.zeros(len(vectors), dtype=np.float32)
    for intent in range(intents):
        own = likeness[:, owners == intent]
        if own.shape[1]:
            nearest = -np.partition(-own, min(NEIGHBOURS, own.shape[1]) - 1, axis=1)[:, :NEIGHBOURS]
            own_best = 0.5 * nearest.max(axis=1) + 0.5 * nearest.mean(axis=1)
            best = np.maximum(best, own_best.astype(np.float32))
    return best


def softmax(scores: Floats) -> Floats:
    """Turn rows of scores into rows of probabilities."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = (raised / raised.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares


def save(model: Model, file: Path) -> None:
    """Write the arrays, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part.npz")
    limits = model.limits
    np.savez(
        part,
        intents=np.array(model.intents),
        features=np.frombuffer("\n".join(model.lexicon.names).encode(), dtype=np.uint8),
        rarity=model.lexicon.rarity,
        words=model.words,
        word_bias=model.word_bias,
        meaning=model.meaning,
        meaning_bias=model.meaning_bias,
        phrases=model.phrases,
        phrase_intents=model.phrase_intents,
        limits=np.array([limits.temperature, limits.act, limits.similar, limits.refuse]),
    )
    part.replace(file)


def load(file: Path) -> Model:
    """Read the arrays. Raises OSError, ValueError or KeyError when the file is not one of ours."""
    with np.load(file, allow_pickle=False) as held:
        names = tuple(held["features"].tobytes().decode().split("\n"))
        return Model(
            tuple(str(name) for name in held["intents"]),
            Lexicon.named(names, held["rarity"]),
            held["words"],
            held["word_bias"],
            held["meaning"],
            held["meaning_bias"],
            held["phrases"],
            held["phrase_intents"],
            Limits(*(float(number) for number in held["limits"])),
        )
