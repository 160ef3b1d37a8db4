"""Training: phrases in, arrays out. The only module that imports scikit-learn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from .encoder import Encoder, Vectors
from .lexicon import Floats, Lexicon
from .limits import Unseen, fit_limits
from .model import SHARPNESS, Ints, Limits, Model, fuse, similarities, softmax
from .phrases import Phrase

FOLDS = 5
_MARGIN_COST = 1.0
_MEANING_COST = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Schoolbook:
    """What is learned from: texts, the place of each one's intent, and their vectors (no columns without encoder)."""

    texts: tuple[str, ...]
    owners: Ints
    vectors: Vectors
    intents: tuple[str, ...]

    def part(self, rows: npt.NDArray[np.intp]) -> "Schoolbook":
        """Keep some rows."""
        return replace(
            self, texts=tuple(self.texts[row] for row in rows), owners=self.owners[rows], vectors=self.vectors[rows]
        )


def schoolbook(phrases: Sequence[Phrase], encoder: Encoder | None) -> Schoolbook:
    """Put phrases in a fixed order, whatever the order of files, and encode them."""
    rows = sorted({(phrase.text, phrase.intent) for phrase in phrases})
    texts = tuple(text for text, _ in rows)
    intents = tuple(sorted({intent for _, intent in rows}))
    owners = np.array([intents.index(intent) for _, intent in rows], dtype=np.int32)
    vectors = encoder.encode(texts) if encoder else np.zeros((len(texts), 0), dtype=np.float32)
    return Schoolbook(texts, owners, vectors, intents)


def train(phrases: Sequence[Phrase], encoder: Encoder | None) -> Model:
    """Learn from phrases; limits come from five parts, each judged by a model that had not seen it.

    Needs two intents or more. Deterministic.
    """
    book = schoolbook(phrases, encoder)
    model = fit(book)
    return replace(model, limits=fit_limits(judge_unseen(book)))


def fit(book: Schoolbook) -> Model:
    """Fit both halves, without limits."""
    lexicon = Lexicon.of(book.texts)
    margins = LinearSVC(C=_MARGIN_COST, random_state=0).fit(_matrix(lexicon, book.texts), book.owners)
    words, word_bias = _by_class(margins, len(book.intents), book.owners)
    meaning, meaning_bias = np.zeros((0, 0), dtype=np.float32), np.zeros(0, dtype=np.float32)
    if book.vectors.size:
        meant = LogisticRegression(C=_MEANING_COST, max_iter=2_000).fit(book.vectors, book.owners)
        meaning, meaning_bias = _by_class(meant, len(book.intents), book.owners)
    return Model(book.intents, lexicon, words, word_bias, meaning, meaning_bias, book.vectors, book.owners, Limits())


def _matrix(lexicon: Lexicon, texts: Sequence[str]) -> csr_matrix:
    weighed = [lexicon.weigh(text) for text in texts]
    starts = np.cumsum([0, *(len(at) for at, _ in weighed)])
    places = np.concatenate([at for at, _ in weighed])
    weights = np.concatenate([weight for _, weight in weighed])
    return csr_matrix((weights, places, starts), shape=(len(texts), len(lexicon.names)))


def _by_class(fitted: LinearSVC | LogisticRegression, intents: int, owners: Ints) -> tuple[Floats, Floats]:
    """Give weights (features, intents) and biases; an intent that the part lacks stays far behind."""
    weights, bias = np.asarray(fitted.coef_), np.asarray(fitted.intercept_)
    if len(weights) == 1:  # two classes share one line between them
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    every = np.zeros((weights.shape[1], intents), dtype=np.float32)
    every_bias = np.full(intents, -20.0, dtype=np.float32)
    known = np.unique(owners)
    every[:, known] = weights.T
    every_bias[known] = bias
    return every, every_bias


def judge_unseen(book: Schoolbook) -> Unseen:
    """Let each fifth be judged by a model of the other four."""
    fused = np.zeros((len(book.texts), len(book.intents)), dtype=np.float32)
    likeness = np.zeros(len(book.texts), dtype=np.float32)
    for seen, held_out in _folds(book.owners):
        model = fit(book.part(seen))
        rest = book.part(held_out)
        margins = _matrix(model.lexicon, rest.texts) @ model.words + model.word_bias
        lexical = softmax(np.asarray(margins, dtype=np.float32) * SHARPNESS)
        if book.vectors.size:
            meant = softmax(rest.vectors @ model.meaning + model.meaning_bias)
            fused[held_out] = fuse(lexical, meant)
            likeness[held_out] = similarities(model.phrases, model.phrase_intents, len(book.intents), rest.vectors)
        else:
            fused[held_out] = lexical
            likeness[held_out] = [model.lexicon.share_known(text) for text in rest.texts]
    return Unseen(book.intents, book.owners, fused, likeness)


def _folds(owners: Ints) -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """Deal the phrases of each intent out in turn: every part has its share, also of a rare intent."""
    shuffled = np.random.default_rng(0).permutation(len(owners))
    part = np.zeros(len(owners), dtype=np.intp)
    for owner in np.unique(owners):
        rows = shuffled[owners[shuffled] == owner]
        part[rows] = np.arange(len(rows)) % FOLDS
    parts = [(np.flatnonzero(part != fold), np.flatnonzero(part == fold)) for fold in range(FOLDS)]
    return [(seen, held_out) for seen, held_out in parts if len(held_out) and len(np.unique(owners[seen])) > 1]
