"""When a hit is believed: below a fitted floor the search is silent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.dialog.understanding import Hit

_STANDS_BACK = 3.0  # standard deviations below the best: such a hit is only there because the topic is right


@dataclass(frozen=True, slots=True)
class Certainty:
    """The floor: likeness in meaning, plus a share of the query's words and of the topic's probability.

    A logistic regression of "the first hit is right" on these three, over the shipped phrases (each with a topic
    guessed by a model that had not seen it), help pages, a real FAQ, and questions that nothing answers; the floor
    is where it says 60 % (docs/knowledge.md).
    """

    needed: float = 0.52
    words_count: float = 0.1
    topic_counts: float = 0.2
    words_alone: float = 0.5  # share of the query's words, where there is no encoder

    def reached(self, likeness: float | None, covered: float, topical: float) -> bool:
        """Whether a hit is believed; `likeness` is None where there is no encoder."""
        if likeness is None:
            return covered >= self.words_alone
        return likeness + self.words_count * covered + self.topic_counts * topical >= self.needed


def in_line(found: Sequence[Hit], instructions: frozenset[str]) -> Iterator[Hit]:
    """Take certainty from hits far behind the best; and from repairs, where instructions answer the question."""
    answered = any(hit.confident and hit.article in instructions for hit in found)
    for hit in found:
        apt = hit.article in instructions if answered else hit.score > found[0].score - _STANDS_BACK
        yield replace(hit, confident=hit.confident and apt)
