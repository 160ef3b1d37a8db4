"""An examination: train on some phrases, answer others one by one, and measure."""

import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from bot.dialog.understanding import Understanding
from bot.ports.understander import Hints

from .calibration import Calibration, Costs, fit
from .clean import clean
from .encoder import Encoder
from .evaluation import Answers, evaluate
from .gloss import glossed
from .intents import REFUSED
from .language import OTHER
from .learning import learn
from .model import Model
from .phrases import Phrase, Phrases
from .pipeline import Pipeline
from .scores import Scores

FOLDS = 5
_TIMED = 500  # messages whose time is taken
_NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)  # for "since this morning": what is examined has no time of its own


@dataclass(frozen=True, slots=True, eq=False)
class Examiner:
    """What an examination is held with. `whole`: the pipeline with its cleaning and rules, not the classifier alone."""

    encoders: tuple[Encoder, ...]
    costs: Costs
    whole: bool = False
    progress: Callable[[str], None] = lambda what: None

    def by_test(self, train: Sequence[Phrase], test: Sequence[Phrase], validation: Sequence[Phrase]) -> dict[str, Any]:
        """Train on one part and test on another; certainty is fitted on `validation` where there is any."""
        self.progress(f"learning from {len(train)} phrases")
        began = time.perf_counter()
        model = self._trained(train)
        seconds = time.perf_counter() - began
        self.progress(f"validating on {len(validation)} phrases")
        calibration = self._calibrated(model, validation)
        self.progress(f"answering {len(test)} messages")
        answers = self._answers(model, calibration, test)
        return self._figures(answers, calibration.accept, seconds, self._milliseconds(model, test))

    def by_folds(self, phrases: Sequence[Phrase]) -> dict[str, Any]:
        """Test each fifth of the phrases on a model of the others; the threshold told is the mean of theirs."""
        answers, accepts, seconds, times = Answers.none(), [], 0.0, []
        for fold, (train, test) in enumerate(folds(phrases), 1):
            self.progress(f"fold {fold} of {FOLDS}: learning from {len(train)} phrases")
            began = time.perf_counter()
            model = self._trained(train)
            seconds += time.perf_counter() - began
            own = self._answers(model, model.calibration, test)
            answers += own
            accepts.append(model.calibration.accept)
            times += self._milliseconds(model, test[: _TIMED // FOLDS])
        return self._figures(answers, float(np.mean(accepts)), seconds / FOLDS, times)

    def _trained(self, phrases: Sequence[Phrase]) -> Model:
        if self.whole:
            return learn(Phrases(tuple(phrases)), self.encoders, self.costs)
        from .training import train  # scipy takes half a second to load

        return train(phrases, self.encoders, self.costs)

    def _calibrated(self, model: Model, validation: Sequence[Phrase]) -> Calibration:
        if not validation:
            return model.calibration
        scores = self._scored(model, validation)
        known = model.calibration
        fitted = fit(scores, self.costs)
        strangers = any(phrase.intent in REFUSED for phrase in validation)
        return fitted if strangers else Calibration(fitted.right, known.ours, fitted.temperature, known.accept)

    def _scored(self, model: Model, phrases: Sequence[Phrase]) -> Scores:
        scores = model.scores([phrase.text for phrase in phrases], self.encoders)
        places = {intent: at for at, intent in enumerate(model.intents)}
        truth = np.array([places.get(phrase.intent, -1) for phrase in phrases], dtype=np.int32)
        return Scores(scores.intents, scores.rows, truth)

    def _answers(self, model: Model, calibration: Calibration, test: Sequence[Phrase]) -> Answers:
        truth = tuple(phrase.intent for phrase in test)
        if not self.whole:
            return Answers.of(self._scored(model, test), calibration, truth)
        cleaned = [Phrase(glossed(clean(phrase.text).essence), phrase.intent) for phrase in test]
        answers = Answers.of(self._scored(model, cleaned), calibration, truth)
        pipeline = Pipeline(model, self.encoders, costs=self.costs)
        return _with_rules(answers, [pipeline.understand(phrase.text, Hints(_NOW)) for phrase in test])

    def _milliseconds(self, model: Model, test: Sequence[Phrase]) -> list[float]:
        """Take the CPU time of answering messages one by one."""
        pipeline = Pipeline(model, self.encoders, costs=self.costs)
        return [_milliseconds(pipeline, phrase.text, self.whole) for phrase in test[:_TIMED]]

    def _figures(self, answers: Answers, threshold: float, seconds: float, times: list[float]) -> dict[str, Any]:
        return {
            **asdict(evaluate(answers, threshold)),
            "train_seconds": seconds,
            "ms_per_message_p50": float(np.quantile(times, 0.5)) if times else None,
            "ms_per_message_p95": float(np.quantile(times, 0.95)) if times else None,
            "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def _with_rules(answers: Answers, told: Sequence[Understanding]) -> Answers:
    """Let what the rules are sure of, and a third language, go before what the classifier says."""
    sure = np.array([each.intent is not None and each.confidence == 1.0 for each in told])
    foreign = np.array([each.lang == OTHER for each in told])
    both = zip(told, answers.ranked, sure, strict=True)
    ranked = tuple((str(each.intent), *ranked) if certain else ranked for each, ranked, certain in both)
    certainty = np.where(sure, 1, answers.certainty)
    return replace(answers, ranked=ranked, certainty=certainty, belief=np.where(sure, 1, answers.belief * ~foreign))


def folds(phrases: Sequence[Phrase]) -> Iterator[tuple[list[Phrase], list[Phrase]]]:
    """Deal the phrases of each intent into five parts; give each part with all the others."""
    shuffled = [phrases[at] for at in np.random.default_rng(0).permutation(len(phrases))]
    dealt: dict[str, int] = {}
    part: list[int] = []
    for phrase in shuffled:
        part.append(dealt.get(phrase.intent, 0) % FOLDS)
        dealt[phrase.intent] = part[-1] + 1
    for fold in range(FOLDS):
        held_out = [phrase for phrase, at in zip(shuffled, part, strict=True) if at == fold]
        if held_out:
            yield [phrase for phrase, at in zip(shuffled, part, strict=True) if at != fold], held_out


def _milliseconds(pipeline: Pipeline, text: str, whole: bool) -> float:
    began = time.process_time()
    if whole:
        pipeline.understand(text, Hints(_NOW))
    else:
        pipeline.model.scores([text], pipeline.encoders)
    return (time.process_time() - began) * 1000
