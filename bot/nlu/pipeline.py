"""The understander: rules first, then the model; one message in, its meaning out."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from bot.dialog.secrets import mask
from bot.dialog.understanding import Act, Entity, Problem, Ranked, Understanding
from bot.ports.understander import Hints

from .encoder import Encoder, load_encoder
from .gloss import glossed
from .language import OTHER
from .language import load as load_language
from .limits import OUT_OF_SCOPE, TALK
from .model import Guess, Model, guess, load, save
from .phrases import Phrase, Phrases, TrainingError, read_phrases
from .reading import LANGUAGES, Reading, read_closely
from .split import complains, names_fault, parts

SECURITY, HUMAN, STATUS = "phishing_security", "human_request", "ticket_status"
REFUSED = (OUT_OF_SCOPE, "oos")
GREETING, UNCLEAR = "greeting", "unclear"
RANKED = 5
_SPLIT = 0.6  # each of several problems in one message must be this certain
_BRIEF = 6  # words that name no fault: an answer to a question rather than a new problem
_SENTENCE = 4  # words: enough to say that they are no business of ours
_REFUSE_WITHIN = 0.95  # while something is talked about, odd words are more likely an answer
_TALK_ACT = 0.3  # taking a message for unclear or a greeting does no harm
_CODE = ("phrases", "lexicon", "encoder", "model", "training", "limits", "gloss", "clean", "fold")

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Pipeline:
    """Understands messages. `encoder` is None in the degraded mode: no search across languages, weaker topics."""

    model: Model
    encoder: Encoder | None
    languages: tuple[str, ...] = LANGUAGES
    synonyms: Mapping[str, str] | None = None

    @property
    def degraded(self) -> bool:
        """Whether the sentence encoder is missing."""
        return self.encoder is None

    def understand(self, text: str, hints: Hints) -> Understanding:
        """Tell language, topic, entities and dialogue acts of the (masked) text."""
        reading = read_closely(text, hints, self.languages)
        told = reading.understanding
        if told.threat in ("active", "acted", "received") and SECURITY in self.model.intents:
            return replace(told, intent=SECURITY, confidence=1.0, ranking=(Ranked(SECURITY, 1.0),))
        if told.lang == OTHER or not any(char.isalpha() for char in reading.cleaned.body):
            return told
        if not reading.says_more and told.acts:
            return self._by_act(told, hints)
        (guessed,) = self._guess([reading.cleaned.essence])
        fault = told.how_to or names_fault(reading.cleaned.body_plain)
        told = self._judge(told, self._without_talk(guessed, told), hints, fault)
        problems = self._problems(reading)
        return self._several(told, problems) if problems else told

    def parse(self, text: str, hints: Hints) -> dict[str, Any]:
        """Give what `guichet nlu parse` prints for one message: secrets are masked in it."""
        masked, secrets = mask(text)
        told = self.understand(masked, hints)
        return {
            "text": masked,
            "lang": told.lang or hints.lang,
            "intent": told.intent,
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
        (guessed,) = self._guess([text])
        return dict(zip(self.model.intents, guessed.probabilities.tolist(), strict=True))

    def _guess(self, texts: Sequence[str]) -> list[Guess]:
        return guess(self.model, [glossed(text, self.synonyms) for text in texts], self.encoder)

    def _by_act(self, told: Understanding, hints: Hints) -> Understanding:
        """Name the topic of a message that is nothing but acts: a human wanted, a greeting, a ticket asked for.

        "It doesn't work" answers a fix while something is talked about, and is an unclear problem before.
        """
        named = ((Act.HUMAN, HUMAN), (Act.STATUS, STATUS), (Act.NOT_SOLVED, UNCLEAR), (Act.GREETING, GREETING))
        for act, intent in named:
            if act in told.acts and intent in self.model.intents and not (intent == UNCLEAR and hints.topic):
                return replace(told, intent=intent, confidence=1.0, ranking=(Ranked(intent, 1.0),))
        return told

    def _without_talk(self, guessed: Guess, told: Understanding) -> Guess:
        """Where the rules read an act, leave its own topic out, so that the problem told with it is seen."""
        read = {Act.HUMAN: HUMAN, Act.GREETING: GREETING}
        named = [
            self.model.intents.index(name)
            for act, name in read.items()
            if act in told.acts and name in self.model.intents
        ]
        if not named or guessed.probabilities[named].sum() > 0.9:
            return guessed
        left = guessed.probabilities.copy()
        left[named] = 0
        return replace(guessed, probabilities=left / left.sum())

    def _judge(self, told: Understanding, guessed: Guess, hints: Hints, fault: bool) -> Understanding:
        """Decide what is certain enough to act on; a few words that name no `fault` answer a question."""
        limits = self.model.limits
        order = np.argsort(-guessed.probabilities, kind="stable")[:RANKED]
        ranking = tuple(Ranked(self.model.intents[at], float(guessed.probabilities[at])) for at in order)
        best = ranking[0]
        told = replace(told, ranking=ranking, confidence=best.confidence)
        if hints.topic and told.words <= _BRIEF and not fault and best.intent != hints.topic:
            return told
        if best.intent in REFUSED:
            refused = best.confidence >= (_REFUSE_WITHIN if hints.topic else limits.refuse) and not told.wants_human
            return replace(told, out_of_scope=refused, intent=best.intent if refused else None)
        if guessed.similarity < limits.similar / 2 and best.confidence < limits.act:
            return replace(told, out_of_scope=told.words >= _SENTENCE and not told.wants_human and not hints.topic)
        return replace(told, intent=best.intent if self._is_certain(best, guessed, hints) else None)

    def _is_certain(self, best: Ranked, guessed: Guess, hints: Hints) -> bool:
        limits = self.model.limits
        if best.intent not in TALK:
            return best.confidence >= limits.act
        # While something is talked about, what sounds unclear is an answer.
        talk = guessed.similarity >= limits.similar and guessed.known > 0 and not hints.topic
        return talk and best.confidence >= _TALK_ACT

    def _problems(self, reading: Reading) -> tuple[Problem, ...]:
        """Tell apart several problems; fewer than two different ones are none."""
        plain = reading.cleaned.body_plain
        spans = [span for span in parts(plain) if complains(plain[slice(*span)])]
        if len(spans) < 2:
            return ()
        found: list[Problem] = []
        for span, guessed in zip(
            spans, self._guess([reading.cleaned.body[slice(*span)] for span in spans]), strict=True
        ):
            intent, certainty = self.model.intents[guessed.best], float(guessed.probabilities.max())
            if (
                intent not in (*TALK, HUMAN, STATUS)
                and certainty >= _SPLIT
                and intent not in [one.intent for one in found]
            ):
                found.append(_problem(reading, span, intent, certainty))
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


def _problem(reading: Reading, span: tuple[int, int], intent: str, certainty: float) -> Problem:
    start, end = reading.original(*span)
    entities = tuple(one for one in reading.understanding.entities if start <= one.start and one.end <= end)
    return Problem(" ".join(reading.cleaned.body[slice(*span)].split()), intent, certainty, entities)


def _plain(entity: Entity) -> dict[str, Any]:
    return {"name": entity.name, "value": entity.value, "text": entity.text, "start": entity.start, "end": entity.end}


def build(
    training_files: Sequence[Path],
    home: Path,
    languages: tuple[str, ...] = LANGUAGES,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
) -> Pipeline:
    """Make the understander: from the cache in `home/cache` when nothing changed, else by training.

    Raises TrainingError with every fault of the files.
    """
    read = read_phrases(training_files)
    faults = read.faults
    if faults:
        raise TrainingError(faults)
    encoder = encoder or load_encoder()
    load_language()
    model = _cached(read, encoder, home / "cache", progress or (lambda said: None))
    return Pipeline(model, encoder, languages, read.synonyms)


def _cached(read: Phrases, encoder: Encoder | None, cache: Path, progress: Progress) -> Model:
    file = cache / f"nlu-{_fingerprint(read, encoder)}.npz"
    if file.is_file():
        try:
            return load(file)
        except (OSError, ValueError, KeyError):
            progress("the stored understanding model cannot be read: it is made again")
    progress(f"learning from {len(read.phrases)} phrases")
    model = learn(read, encoder)
    save(model, file)
    return model


def learn(read: Phrases, encoder: Encoder | None) -> Model:
    """Train on phrases as the pipeline will read messages: cleaned and glossed."""
    from .clean import clean
    from .training import train  # scikit-learn takes 2 s to load: only when there is something to learn

    phrases = [Phrase(glossed(clean(one.text).essence, read.synonyms), one.intent, one.lang) for one in read.phrases]
    return train(phrases, encoder)


def _fingerprint(read: Phrases, encoder: Encoder | None) -> str:
    """Name what the model depends on: phrases, encoder, and the code that learns and reads."""
    told = hashlib.sha256()
    for phrase in sorted(read.phrases, key=lambda one: (one.text, one.intent, one.lang)):
        told.update(f"{phrase.text}\0{phrase.intent}\0".encode("utf-8", errors="replace"))
    told.update(repr(sorted(read.synonyms.items())).encode("utf-8", errors="replace"))
    told.update((encoder.name if encoder else "none").encode())
    for name in _CODE:
        told.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    return told.hexdigest()[:16]
