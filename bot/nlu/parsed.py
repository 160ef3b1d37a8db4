"""What `guichet nlu parse` tells of a message, whoever understands it."""

from typing import Any

from bot.dialog.secrets import mask
from bot.dialog.understanding import Entity
from bot.ports.understander import Hints, Understander


def parse(understander: Understander, text: str, hints: Hints) -> dict[str, Any]:
    """Give what `guichet nlu parse` prints for one message: secrets are masked before anybody reads it."""
    masked, secrets = mask(text)
    told = understander.understand(masked, hints)
    likeliest = told.ranking[0].intent if told.ranking else told.intent
    return {
        "text": masked,
        "lang": told.lang or hints.lang,
        "intent": likeliest,
        "acted_on": told.intent,
        "confidence": round(told.confidence, 2),
        "by": told.by,
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


def _plain(entity: Entity) -> dict[str, Any]:
    return {"name": entity.name, "value": entity.value, "text": entity.text, "start": entity.start, "end": entity.end}
