"""The understander: rules first, then the model; one message in, its meaning out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.dialog.understanding import Act, Problem, Ranked, Understanding
from bot.ports.understander import Hints

from .calibration import COSTS, Costs
from .encoder import Encoder
from .gloss import glossed
from .intents import GREETING, HUMAN, REFUSED, SECURITY, STATUS, TALK, UNCLEAR
from .judging import Guess, Way, cheapest
from .language import OTHER
from .language import load as load_language
from .learning import Progress, learned, silent
from .model import Model
from .parsed import parse
from .reading import LANGUAGES, Reading, read_closely
from .scores import Scores
from .signals import heard, raised, texts
from .split import complains, names_fault, parts

_SPLIT = 0.6  # each of several problems in one message must be this certain
_BRIEF = 6  # words that name no fault: an answer to a question rather than a new problem
_SENTENCE = 4  # words: enough to say that they are no business of ours
_REFUSE_WITHIN = 0.95  # while something is talked about, odd words are more likely an answer
_TALK_ACT = 0.3  # taking a message for unclear or a greeting does no harm
_THREATS = ("active", "acted", "received")
_ALL_BUT = 0.9  # a text that is nothing but what the rules read keeps it
RULES, MODEL = "rules", "model"  # who named the topic
_READ = {Act.HUMAN: HUMAN, Act.GREETING: GREETING}  # acts with an intent of their own


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """What somebody makes of a message: the topic of the whole, and those of its parts when asked for.

    `by`: who. `parts` gives a guess for each text, or none at all. Not `sure`: topics to offer, none to act on.
    """

    by: str
    guess: Guess
    parts: Callable[[Sequence[str]], list[Guess]]
    sure: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Pipeline:
    """Understands messages. Without `encoders` it is degraded: no search across languages, weaker topics."""

    model: Model
    encoders: tuple[Encoder, ...] = ()
    languages: tuple[str, ...] = LANGUAGES
    synonyms: Mapping[str, str] = field(default_factory=dict)
    costs: Costs = COSTS

    @property
    def degraded(self) -> bool:
        """Whether the sentence encoder is missing."""
        return not self.encoders

    def understand(self, text: str, hints: Hints) -> Understanding:
        """Tell language, topic, entities and dialogue acts of the (masked) text."""
        reading = read_closely(text, hints, self.languages)
        settled = self.settle(reading, hints)
        if settled is not None:
            return settled
        listened, guess = self.listen(reading)
        return self.conclude(listened, hints, Opinion(MODEL, guess, self.guess))

    def parse(self, text: str, hints: Hints) -> dict[str, Any]:
        """Give what `guichet nlu parse` prints for one message."""
        return parse(self, text, hints)

    def settle(self, reading: Reading, hints: Hints) -> Understanding | None:
        """Give what rules alone are sure of: a threat, a third language, nothing but acts. None: the topic is open."""
        told = replace(reading.understanding, by=RULES)
        if told.threat in _THREATS and SECURITY in self.model.intents:
            return replace(told, intent=SECURITY, confidence=1.0, ranking=(Ranked(SECURITY, 1.0),))
        if told.lang == OTHER or not any(char.isalpha() for char in reading.cleaned.body):
            return told
        return self._by_act(told, hints) if told.acts and not reading.says_more else None

    def listen(self, reading: Reading) -> tuple[Reading, Guess]:
        """Add the signals that the model hears to what was read; tell what it makes of the whole."""
        scores = self._scores(list(texts(reading.cleaned.body, reading.cleaned.body_plain)))
        signals = raised(self.model.alarms, self.model.intents, scores.rows) - reading.denied
        (guess,) = self._guesses(scores, [reading.cleaned.essence])
        return replace(reading, understanding=heard(reading.understanding, signals)), guess

    def conclude(self, reading: Reading, hints: Hints, opinion: Opinion | None) -> Understanding:
        """Decide on an opinion of what was read and listened to; without one the topic stays open."""
        told = replace(reading.understanding, by=opinion.by if opinion else RULES)
        if opinion is not None:
            fault = told.how_to or names_fault(reading.cleaned.body_plain)
            read = [intent for act, intent in _READ.items() if act in told.acts]
            guess = opinion.guess.without(read, unless=_ALL_BUT).without((HUMAN,) if told.frustrated else ())
            told = self._judge(told, replace(opinion, guess=guess), hints, fault)
        if told.threat in _THREATS:
            return _heard_security(told)
        problems = self._problems(reading, opinion) if opinion else ()
        return self._several(told, problems) if problems else told

    def topics(self, text: str) -> dict[str, float]:
        """Give each topic's probability for a cleaned text: the prior of the article search."""
        (guess,) = self.guess([text])
        return dict(zip(guess.intents, guess.probabilities.tolist(), strict=True))

    def guess(self, said: Sequence[str]) -> list[Guess]:
        """Tell what the model makes of each cleaned text."""
        return self._guesses(self._scores(said), said)

    def _scores(self, said: Sequence[str]) -> Scores:
        return self.model.scores([glossed(text, self.synonyms) for text in said], self.encoders)

    def _guesses(self, scores: Scores, said: Sequence[str]) -> list[Guess]:
        told = self.model.calibration.probabilities(scores)
        return [Guess(self.model.intents, row, self.model.known(text)) for row, text in zip(told, said, strict=False)]

    def _by_act(self, told: Understanding, hints: Hints) -> Understanding:
        """Name the topic of a message that is nothing but acts: a human wanted, a greeting, a ticket asked for.

        "It doesn't work" answers a fix while something is talked about, and is an unclear problem before.
        """
        named = ((Act.HUMAN, HUMAN), (Act.STATUS, STATUS), (Act.NOT_SOLVED, UNCLEAR), (Act.GREETING, GREETING))
        for act, intent in named:
            if act in told.acts and intent in self.model.intents and not (intent == UNCLEAR and hints.topic):
                return replace(told, intent=intent, confidence=1.0, ranking=(Ranked(intent, 1.0),))
        return told

    def _judge(self, told: Understanding, opinion: Opinion, hints: Hints, fault: bool) -> Understanding:
        """Decide what is certain enough to act on; a few words that name no `fault` answer a question."""
        guess = opinion.guess
        best = guess.ranking[0]
        told = replace(told, ranking=guess.ranking, confidence=best.confidence)
        if not opinion.sure:
            return told
        if hints.topic and told.words <= _BRIEF and not fault and best.intent != hints.topic:
            return told
        if best.intent in TALK and best.intent not in REFUSED:
            # While something is talked about, what sounds unclear is an answer.
            talk = guess.known > 0 and not hints.topic and best.confidence >= _TALK_ACT
            return replace(told, intent=best.intent if talk else None)
        match cheapest(guess, self.costs, hints.topic):
            case Way.ACT:
                return replace(told, intent=best.intent)
            case Way.ASK:
                return told
            case Way.REFUSE:
                return self._refuse(told, best, hints)

    def _refuse(self, told: Understanding, best: Ranked, hints: Hints) -> Understanding:
        """Take a message for no business of ours; not odd words while something is talked about, nor a few unknown."""
        named = best.intent in REFUSED and best.confidence >= (_REFUSE_WITHIN if hints.topic else 0)
        strange = told.words >= _SENTENCE and not hints.topic
        refused = (named or strange) and not told.wants_human
        return replace(told, out_of_scope=refused, intent=best.intent if refused and named else None)

    def _problems(self, reading: Reading, opinion: Opinion) -> tuple[Problem, ...]:
        """Tell apart several problems; fewer than two different ones are none."""
        plain = reading.cleaned.body_plain
        spans = [span for span in parts(plain) if complains(plain[slice(*span)])]
        if len(spans) < 2:
            return ()
        found: list[Problem] = []
        guesses = opinion.parts([reading.cleaned.body[slice(*span)] for span in spans])
        for span, guess in zip(spans, guesses, strict=False):
            best = guess.ranking[0]
            known = (*TALK, HUMAN, STATUS, *(one.intent for one in found))
            if best.intent not in known and best.confidence >= _SPLIT:
                found.append(_problem(reading, span, best))
        return tuple(found) if len(found) > 1 else ()

    def _several(self, told: Understanding, problems: tuple[Problem, ...]) -> Understanding:
        """Let the first problem name the topic of the message."""
        first = problems[0]
        ranking = tuple(Ranked(one.intent or "", one.confidence) for one in problems)
        return replace(
            told,
            intent=first.intent,
            confidence=first.confidence,
            ranking=ranking,
            problems=problems,
            out_of_scope=False,
        )


def _heard_security(told: Understanding) -> Understanding:
    """Put security first: the model alone heard it, so what else it may be stays listed."""
    others = tuple(one for one in told.ranking if one.intent != SECURITY)
    sure = max((one.confidence for one in told.ranking), default=1.0)
    ranking = (Ranked(SECURITY, sure), *others)
    return replace(told, by=MODEL, intent=SECURITY, confidence=sure, ranking=ranking, out_of_scope=False)


def _problem(reading: Reading, span: tuple[int, int], best: Ranked) -> Problem:
    start, end = reading.original(*span)
    entities = tuple(one for one in reading.understanding.entities if start <= one.start and one.end <= end)
    return Problem(" ".join(reading.cleaned.body[slice(*span)].split()), best.intent, best.confidence, entities)


def build(
    training_files: Sequence[Path],
    home: Path,
    encoders: tuple[Encoder, ...],
    languages: tuple[str, ...] = LANGUAGES,
    costs: Costs = COSTS,
    progress: Progress = silent,
) -> Pipeline:
    """Make the understander: from the cache in `home/cache` when nothing changed, else by training.

    Raises TrainingError with every fault of the files.
    """
    load_language(home / "cache")
    model, read = learned(training_files, encoders, costs, home / "cache", progress)
    return Pipeline(model, encoders, languages, read.synonyms, costs)
