"""The understander: rules first, then the model; one message in, its meaning out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.dialog.secrets import mask
from bot.dialog.understanding import Act, Entity, Problem, Ranked, Understanding
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
_READ = {Act.HUMAN: HUMAN, Act.GREETING: GREETING}  # acts with an intent of their own


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
        told = reading.understanding
        if told.threat in _THREATS and SECURITY in self.model.intents:
            return replace(told, intent=SECURITY, confidence=1.0, ranking=(Ranked(SECURITY, 1.0),))
        if told.lang == OTHER or not any(char.isalpha() for char in reading.cleaned.body):
            return told
        if not reading.says_more and told.acts:
            return self._by_act(told, hints)
        scores = self._scores(list(texts(reading.cleaned.body, reading.cleaned.body_plain)))
        told = heard(told, raised(self.model.alarms, self.model.intents, scores.rows) - reading.denied)
        guess = self._guesses(scores, [reading.cleaned.essence])[0]
        fault = told.how_to or names_fault(reading.cleaned.body_plain)
        read = [intent for act, intent in _READ.items() if act in told.acts]
        guess = guess.without(read, unless=_ALL_BUT).without((HUMAN,) if told.frustrated else ())
        told = self._judge(told, guess, hints, fault)
        if told.threat in _THREATS:
            return _heard_security(told)
        problems = self._problems(reading)
        return self._several(told, problems) if problems else told

    def parse(self, text: str, hints: Hints) -> dict[str, Any]:
        """Give what `guichet nlu parse` prints for one message: secrets are masked in it."""
        masked, secrets = mask(text)
        told = self.understand(masked, hints)
        likeliest = told.ranking[0].intent if told.ranking else told.intent
        return {
            "text": masked,
            "lang": told.lang or hints.lang,
            "intent": likeliest,
            "acted_on": told.intent,
            "confidence": round(told.confidence, 2),
            "ranking": [{"intent": one.intent, "confidence": round(one.confidence, 2)} for one in told.ranking],
            "entities": [_plain(one) for one in told.entities],
            "out_of_scope": told.out_of_scope,
            "wants_human": told.wants_human,
            "frustrated": told.frustrated,
            "secrets": [{"start": one.start, "end": one.end, "kind": one.kind} for one in secrets],
            "acts": [act.value for act in told.acts],
            "threat": told.threat,
            "how_to": told.how_to,
            "done": list(told.done),
            "problems": [{"text": one.text, "intent": one.intent} for one in told.problems],
        }

    def topics(self, text: str) -> dict[str, float]:
        """Give each topic's probability for a cleaned text: the prior of the article search."""
        (guess,) = self._guess([text])
        return dict(zip(guess.intents, guess.probabilities.tolist(), strict=True))

    def _guess(self, said: Sequence[str]) -> list[Guess]:
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

    def _judge(self, told: Understanding, guess: Guess, hints: Hints, fault: bool) -> Understanding:
        """Decide what is certain enough to act on; a few words that name no `fault` answer a question."""
        ranking = guess.ranking
        best = ranking[0]
        told = replace(told, ranking=ranking, confidence=best.confidence)
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

    def _problems(self, reading: Reading) -> tuple[Problem, ...]:
        """Tell apart several problems; fewer than two different ones are none."""
        plain = reading.cleaned.body_plain
        spans = [span for span in parts(plain) if complains(plain[slice(*span)])]
        if len(spans) < 2:
            return ()
        found: list[Problem] = []
        guesses = self._guess([reading.cleaned.body[slice(*span)] for span in spans])
        for span, guess in zip(spans, guesses, strict=True):
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
    sure = max(one.confidence for one in told.ranking)
    return replace(
        told, intent=SECURITY, confidence=sure, ranking=(Ranked(SECURITY, sure), *others), out_of_scope=False
    )


def _problem(reading: Reading, span: tuple[int, int], best: Ranked) -> Problem:
    start, end = reading.original(*span)
    entities = tuple(one for one in reading.understanding.entities if start <= one.start and one.end <= end)
    return Problem(" ".join(reading.cleaned.body[slice(*span)].split()), best.intent, best.confidence, entities)


def _plain(entity: Entity) -> dict[str, Any]:
    return {"name": entity.name, "value": entity.value, "text": entity.text, "start": entity.start, "end": entity.end}


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
