"""Training is one closed formula: what it says of unseen phrases is what a model without them would say."""

import numpy as np
import pytest

from bot.nlu.calibration import Calibration, Costs, fit
from bot.nlu.encoder import Encoder
from bot.nlu.model import View
from bot.nlu.phrases import Phrase
from bot.nlu.scores import Scores
from bot.nlu.training import Schoolbook, _without, judge_unseen, made, schoolbook, solve, train

PHRASES = [
    Phrase(text, intent)
    for intent, texts in {
        "vpn": (
            "the vpn drops",
            "le vpn coupe",
            "no tunnel from home",
            "vpn refused",
            "remote access fails",
            "vpn is down",
        ),
        "printer": (
            "paper jam",
            "the printer is offline",
            "rien ne sort",
            "toner is empty",
            "cannot print",
            "print queue",
        ),
        "mail": (
            "outlook does not open",
            "mailbox full",
            "no mail since noon",
            "calendar gone",
            "mail bounced",
            "absence reply",
        ),
    }.items()
    for text in texts
]


def part(book: Schoolbook, rows: np.ndarray) -> Schoolbook:
    views = tuple(View(view.encoder, view.centre, view.phrases[rows], view.share) for view in book.views)
    texts = tuple(book.texts[row] for row in rows)
    return Schoolbook(texts, book.owners[rows], book.intents, len(rows), book.lexicon, book.words[rows], views)


def test_leaving_phrases_out_equals_never_having_seen_them(encoder: Encoder) -> None:
    book = schoolbook(PHRASES, [encoder])
    held_out = np.array([int(np.flatnonzero(book.owners == owner)[at]) for owner in range(3) for at in (1, 4)])
    seen = np.setdiff1d(np.arange(len(book.texts)), held_out)
    at_once = _without(book, solve(book), held_out)
    rest = part(book, seen)
    without = made(rest, solve(rest), Calibration()).scores([book.texts[at] for at in held_out], [encoder]).rows
    assert np.allclose(at_once, without, atol=1e-3)


def test_a_model_scores_its_own_phrases_highest_for_their_intent(encoder: Encoder) -> None:
    model = train(PHRASES, [encoder], Costs())
    scores = model.scores([phrase.text for phrase in PHRASES], [encoder])
    assert [model.intents[at] for at in scores.likeliest] == [phrase.intent for phrase in PHRASES]


def test_an_intents_own_name_is_learned(encoder: Encoder) -> None:
    book = schoolbook([*PHRASES, Phrase("gone", "lostLuggage_claim")], [encoder])
    assert "lost luggage claim" in book.texts[book.asked :]


def test_the_order_of_phrases_changes_nothing(encoder: Encoder) -> None:
    one, other = (train(phrases, [encoder], Costs()) for phrases in (PHRASES, PHRASES[::-1]))
    assert np.array_equal(one.words, other.words)
    assert one.calibration == other.calibration


def test_without_an_encoder_words_alone_are_learned() -> None:
    model = train(PHRASES, [], Costs())
    assert model.views == ()
    assert [model.intents[at] for at in model.scores(["the vpn is down again"], []).likeliest] == ["vpn"]


def test_strangers_are_known_though_no_phrase_is_out_of_scope(encoder: Encoder) -> None:
    book = schoolbook(PHRASES, [encoder])
    unseen = judge_unseen(book, solve(book))
    assert (unseen.truth == -1).sum() == len(PHRASES)
    assert np.isclose(unseen.weights[unseen.truth == -1].sum() / unseen.weights.sum(), 0.05)


@pytest.mark.parametrize("count", [16_001, 40_000])
def test_more_phrases_than_can_be_learned_are_thinned_out_evenly(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.nlu.training import MOST_PHRASES, _thinned

    rows = sorted((f"phrase {at}", f"intent {at % 7}") for at in range(count))
    kept = _thinned(rows)
    shares = [sum(intent == f"intent {at}" for _, intent in kept) for at in range(7)]
    assert len(kept) == MOST_PHRASES
    assert max(shares) - min(shares) <= 2


def scored(rows: list[list[float]], truth: list[int], intents: tuple[str, ...] = ("a", "b", "oos")) -> Scores:
    return Scores(intents, np.array(rows, dtype=np.float32), np.array(truth, dtype=np.int32))


def test_certainty_is_as_high_as_the_share_that_was_right() -> None:
    """Half of the texts with a lead of 0.2 were right, and nearly all of those with a lead of 0.8."""
    close = [[0.5, 0.3, 0.0]] * 100
    clear = [[0.9, 0.1, 0.0]] * 100
    strange = [[0.1, 0.1, 0.6]] * 40
    scores = scored([*close, *clear, *strange], [0, 1] * 50 + [0] * 99 + [1] + [2] * 40)
    told = fit(scores, Costs())
    right = told.is_right(scores)
    assert np.isclose(right[0], 0.5, atol=0.05)
    assert np.isclose(right[150], 0.99, atol=0.02)
    assert told.is_ours(scores)[0] > 0.9 > 0.1 > told.is_ours(scores)[-1]


def test_the_dearer_a_wrong_topic_the_more_is_turned_away() -> None:
    generator = np.random.default_rng(0)
    ours = np.stack([generator.normal(0.7, 0.2, 300), np.zeros(300), np.zeros(300)], axis=1)
    strange = np.stack([generator.normal(0.3, 0.2, 60), np.zeros(60), np.zeros(60)], axis=1)
    scores = scored([*ours.tolist(), *strange.tolist()], [0] * 300 + [-1] * 60)
    cheap, dear = fit(scores, Costs(wrong_fix=1)), fit(scores, Costs(wrong_fix=50))
    assert cheap.accept < dear.accept


def test_probabilities_sum_to_one_and_none_of_ours_passes_the_likeliest(encoder: Encoder) -> None:
    model = train(
        [*PHRASES, *(Phrase(text, "oos") for text in ("a cake", "the weather", "a poem"))], [encoder], Costs()
    )
    scores = model.scores(["vpn and printer", "bake a cake", "xyz", "mailbox"], [encoder])
    told = model.calibration.probabilities(scores)
    likeliest = told[np.arange(4), scores.likeliest]
    assert (told.sum(axis=1) <= 1 + 1e-5).all()
    assert (told[:, scores.ours] <= likeliest[:, None] + 1e-6).all()


def test_an_empty_text_is_like_nothing(encoder: Encoder) -> None:
    model = train(PHRASES, [encoder], Costs())
    assert model.known("") == 0.0
    assert model.scores([""], [encoder]).rows.shape == (1, 3)
