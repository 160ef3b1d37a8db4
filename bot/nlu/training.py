"""Training: phrases in, arrays out, by one closed formula. The only module that imports scipy."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor
from scipy.linalg.lapack import spotri
from scipy.sparse import csr_matrix

from .calibration import Calibration, Costs, fit
from .encoder import Encoder
from .intents import MOODS, REFUSED, TALK
from .lexicon import Counts, Floats, Lexicon, features
from .model import Model, View
from .phrases import Phrase
from .scores import Ints, Scores
from .signals import Alarm, fit_alarms

FOLDS = 5
MOST_PHRASES = 16_000  # one gigabyte of likenesses; more are thinned out evenly
_RIDGE = 0.25  # how little a single phrase is believed
_STRANGERS = 0.05  # the share of messages that are no business of the desk, where no phrase tells
_BLOCK = 500  # phrases compared at once

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Schoolbook:
    """What is learned from: texts, the place of each one's intent, their words (texts by features), and their vectors.

    The first `asked` texts are phrases; the rest are the intents' own names, which are learned and never examined.
    """

    texts: tuple[str, ...]
    owners: Ints
    intents: tuple[str, ...]
    asked: int
    lexicon: Lexicon
    words: csr_matrix
    views: tuple[View, ...]

    @property
    def wanted(self) -> Floats:
        """The scores to be learned, texts by intents: 1 for a text's own intent."""
        return np.eye(len(self.intents), dtype=np.float32)[self.owners]


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The inverse of all likenesses (texts by texts) and the weights that follow from it (texts by intents)."""

    inverse: Floats
    weights: Floats


def train(phrases: Sequence[Phrase], encoders: Sequence[Encoder], costs: Costs) -> Model:
    """Learn from phrases; certainty comes from five parts, each judged by a model that had not seen it.

    Needs two intents or more. Deterministic.
    """
    book = schoolbook(phrases, encoders)
    solution = solve(book)
    unseen = judge_unseen(book, solution)
    return made(book, solution, fit(unseen.on_topics, costs), fit_alarms(unseen))


def schoolbook(phrases: Sequence[Phrase], encoders: Sequence[Encoder]) -> Schoolbook:
    """Put phrases in a fixed order, whatever the order of files, and encode them."""
    rows = _thinned(sorted({(phrase.text, phrase.intent) for phrase in phrases}))
    intents = tuple(sorted({intent for _, intent in rows}))
    named = [(_words(intent), intent) for intent in intents if intent not in (*TALK, *MOODS)]
    texts = tuple(text for text, _ in (*rows, *named))
    owners = np.array([intents.index(intent) for _, intent in (*rows, *named)], dtype=np.int32)
    views = tuple(View.of(encoder.name, encoder.encode(texts), 1 / len(encoders)) for encoder in encoders)
    counted = [features(text) for text in texts]
    lexicon = Lexicon.of(counted)
    return Schoolbook(texts, owners, intents, len(rows), lexicon, _matrix(lexicon, counted), views)


def _thinned(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keep as many phrases as can be learned from, the same share of every intent."""
    step = len(rows) / MOST_PHRASES
    if step <= 1:
        return rows
    by_intent = sorted(rows, key=lambda row: row[1])
    return sorted(by_intent[int(at * step)] for at in range(MOST_PHRASES))


def _words(intent: str) -> str:
    """Tell an intent's name as a phrase: "cardArrival", "card_arrival" -> "card arrival"."""
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", intent))).lower() or intent


def solve(book: Schoolbook) -> Solution:
    """Solve for the weights of all texts at once: kernel ridge regression."""
    ridged = _likenesses(book).T  # columns first, as LAPACK has it: nothing is copied
    shots = np.bincount(book.owners, minlength=len(book.intents))
    # A phrase counts for less where its intent has many: else whatever is doubtful falls to the most talkative intent.
    ridged[np.diag_indices_from(ridged)] += (_RIDGE * shots / shots.mean())[book.owners].astype(np.float32)
    factor, _ = cho_factor(ridged, overwrite_a=True, check_finite=False)
    upper, _ = spotri(factor, overwrite_c=True)
    inverse = _mirrored(upper.T)
    return Solution(inverse, inverse @ book.wanted)


def _likenesses(book: Schoolbook) -> Floats:
    """Tell how like each text is to itself and to those before it, in words and in meaning; the rest is void."""
    shared = book.words[:, book.words.getnnz(axis=0) > 1]  # a feature of one text makes none alike
    gram = np.zeros((len(book.texts),) * 2, dtype=np.float32)
    for start in range(0, len(book.texts), _BLOCK):
        end = start + _BLOCK
        gram[start:end, :end] = (shared[start:end] @ shared[:end].T).toarray()
    gram[np.diag_indices_from(gram)] = book.words.multiply(book.words).sum(axis=1).A1
    for start in range(0, len(book.texts), _BLOCK):
        end = start + _BLOCK
        gram[start:end, :end] *= Model.lexical_share(book.views)
        for view in book.views:
            gram[start:end, :end] += view.between(view.phrases[start:end], end)
    return gram


def _mirrored(lower: Floats) -> Floats:
    """Copy what is below the diagonal to above it, in place."""
    for start in range(0, len(lower), _BLOCK):
        end = start + _BLOCK
        lower[start:end, end:] = lower[end:, start:end].T
        corner = lower[start:end, start:end]
        corner[:] = np.tril(corner) + np.tril(corner, -1).T
    return lower


def _matrix(lexicon: Lexicon, counted: Sequence[Counts]) -> csr_matrix:
    weighed = [lexicon.weigh(text) for text in counted]
    starts = np.cumsum([0, *(len(at) for at, _ in weighed)])
    places = np.concatenate([at for at, _ in weighed])
    weights = np.concatenate([weight for _, weight in weighed])
    return csr_matrix((weights, places, starts), shape=(len(counted), len(lexicon.names)))


def made(book: Schoolbook, solution: Solution, calibration: Calibration, alarms: tuple[Alarm, ...] = ()) -> Model:
    """Put the model together; likeness in words is linear, so that it folds into one weight a feature."""
    words = np.asarray(book.words.T @ solution.weights, dtype=np.float32) * Model.lexical_share(book.views)
    return Model(book.intents, book.lexicon, words, solution.weights, book.views, calibration, alarms)


def judge_unseen(book: Schoolbook, solution: Solution) -> Scores:
    """Let each fifth of the phrases be judged by a model of the other four.

    Where no phrase is out of scope, each fifth of the intents is judged as well by a model that knows nothing of them,
    to see what strangers look like. No model is made for it: what one without some texts would say of them follows
    from the solution for all (the closed form of leaving out).
    """
    rows = np.zeros((book.asked, len(book.intents)), dtype=np.float32)
    for held_out in _folds(book):
        rows[held_out] = _without(book, solution, held_out)
    scores = Scores(book.intents, rows, book.owners[: book.asked])
    if any(intent in REFUSED for intent in book.intents):
        return scores
    strangers = [_without(book, solution, held_out)[held_out < book.asked] for held_out in _stranger_folds(book)]
    return scores.with_strangers(np.concatenate(strangers), _STRANGERS)


def _without(book: Schoolbook, solution: Solution, held_out: Rows) -> Floats:
    own = solution.inverse[np.ix_(held_out, held_out)]
    unseen: Floats = book.wanted[held_out] - np.linalg.solve(own, solution.weights[held_out])
    return unseen


def _folds(book: Schoolbook) -> Iterator[Rows]:
    """Deal the phrases of each intent out in turn: every part has its share, also of a rare intent."""
    shuffled = np.random.default_rng(0).permutation(book.asked)
    part = np.full(book.asked, 0)
    for owner in range(len(book.intents)):
        rows = shuffled[book.owners[shuffled] == owner]
        part[rows] = np.arange(len(rows)) % FOLDS
    return (np.flatnonzero(part == fold) for fold in range(FOLDS) if (part == fold).any())


def _stranger_folds(book: Schoolbook) -> Iterator[Rows]:
    """Deal whole intents out, names and all."""
    part = np.random.default_rng(0).permutation(len(book.intents))[book.owners] % FOLDS
    return (np.flatnonzero(part == fold) for fold in range(FOLDS) if (part == fold).any())
