"""Reading an event through the doors: facts, meaning, knowledge. A door that fails leaves its part empty."""

import logging
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import timedelta, timezone

from bot.dialog.conversation import Conversation, Request
from bot.dialog.events import AnyEvent, Facts, PersonEdited, PersonSaid
from bot.dialog.understanding import Hit, Understanding
from bot.ports.facts import About, KnownFacts
from bot.ports.inbound import Sender
from bot.ports.understander import Clues, Hints, Knowledge, Understander

SHORT = 3  # words: so few say nothing to a search, which then looks for the request's symptom

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Senses:
    """The doors through which an event is read, called in a thread of `pool` (None: the loop's own)."""

    facts: KnownFacts
    understander: Understander
    knowledge: Knowledge
    pool: Executor | None = None

    def inform(self, conversation: Conversation, event: AnyEvent, sender: Sender, channel: str = "") -> AnyEvent:
        """Put everything that varies on the event. Raises nothing."""
        facts = self._facts(About(conversation, sender, event.at, channel))
        match event:
            case PersonSaid(texts=texts):
                meaning = self._meaning(conversation, "\n".join(texts), event, facts)
                return replace(event, facts=facts, understanding=meaning)
            case PersonEdited(text=text):
                return replace(event, facts=facts, understanding=self._meaning(conversation, text, event, facts))
            case _:
                return replace(event, facts=facts)

    def _facts(self, about: About) -> Facts:
        try:
            return self.facts.gather(about)
        except Exception as error:
            log.error("facts are missing: %s", where(error))
            return Facts()

    def _meaning(self, conversation: Conversation, text: str, event: AnyEvent, facts: Facts) -> Understanding:
        if not text.strip():
            return Understanding()
        zone = timezone(timedelta(minutes=facts.utc_offset_minutes))
        topic = _topic(conversation)
        hints = Hints(event.at.astimezone(zone), conversation.lang, topic, conversation.channel)
        try:
            read = self.understander.understand(text, hints)
        except Exception as error:
            log.error("a message was not understood: %s", where(error))
            return Understanding()
        return replace(read, hits=self._hits(conversation, read, text))

    def _hits(self, conversation: Conversation, read: Understanding, text: str) -> tuple[Hit, ...]:
        lang = read.lang if read.lang in ("fr", "en") else conversation.lang
        request = _active(conversation)
        query = request.symptom if request and request.symptom and read.words <= SHORT else text
        try:
            return self.knowledge.search(query, lang or conversation.lang, _clues(request, read))
        except Exception as error:
            log.error("the knowledge base was not searched: %s", where(error))
            return ()


def where(error: BaseException) -> str:
    """Name an error by its kind and place: its message might hold a person's words."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f" ({trace.tb_frame.f_globals.get('__name__', '')}:{trace.tb_lineno})"
    return f"{type(error).__name__}{place}"


def _clues(request: Request | None, read: Understanding) -> Clues:
    """What the conversation tells of the question: its topic, else those that it may be of, and what is known."""
    topic = read.intent or (request.topic if request else "")
    likely = {one.intent: one.confidence for one in read.ranking}
    slots = {name: slot.value for name, slot in request.slots.items()} if request else {}
    told = {one.name: one.value for one in read.entities}
    return Clues({topic: 1.0} if topic else likely, {**slots, **told})


def _active(conversation: Conversation) -> Request | None:
    return next((one for one in conversation.requests if one.number == conversation.active), None)


def _topic(conversation: Conversation) -> str:
    request = _active(conversation)
    return request.topic if request else ""
