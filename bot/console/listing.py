"""All current articles, a page at a time, under the names of their topics."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.console.articles import Line, line_of, origin_name
from bot.console.asking import NO_TOPIC, Asked, topic_in
from bot.console.knowledge_words import Wording
from bot.console.views import Reader
from bot.ports.articles import Articles, Shelf

A_PAGE = 50  # articles on a page
MOST_TOPICS = 500  # to choose from; an import may bring more, which are in the list


@dataclass(frozen=True, slots=True)
class Choice:
    """A topic or an origin to choose, with its articles counted; `code` as it stands in an address."""

    code: str
    name: str
    held: int


@dataclass(frozen=True, slots=True)
class Group:
    """Articles of one topic that stand together on a page."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list. `asked`: as it was taken; `held` counts all articles, `stale` those that lag behind."""

    asked: Asked
    groups: tuple[Group, ...]
    topics: tuple[Choice, ...]
    origins: tuple[Choice, ...]
    held: int
    stale: int
    shown: int
    last: int


def listing(asked: Asked, articles: Articles, reader: Reader) -> Listing:
    """Make a page of the list. Blocking: called in a thread."""
    shelves = articles.shelves()
    asked = asked.among(shelves)
    topics = _topics({shelf: held for shelf, held in shelves.items() if asked.fits(shelf)}, reader)
    chosen = [one for one in topics if asked.topic in ("", one.code)]
    shown = sum(one.held for one in chosen)
    last = max(1, -(-shown // A_PAGE))
    asked = replace(asked, page=min(asked.page, last))
    return Listing(
        asked=asked,
        groups=_groups(asked, chosen, articles, reader),
        topics=tuple(topics[:MOST_TOPICS]),
        origins=tuple(_origins(shelves, reader)),
        held=sum(shelves.values()),
        stale=sum(held for shelf, held in shelves.items() if shelf.stale),
        shown=shown,
        last=last,
    )


def topic_name(topic: str, reader: Reader) -> str:
    """Name a topic, or say that there is none."""
    return reader.names.topic(topic, reader.lang) if topic else Wording(reader.lang)("no_topic")


def _topics(shelves: Mapping[Shelf, int], reader: Reader) -> list[Choice]:
    """List topics by their names, no topic last."""
    counts = _counted((shelf.topic, held) for shelf, held in shelves.items())
    each = (Choice(topic or NO_TOPIC, topic_name(topic, reader), held) for topic, held in counts.items())
    return sorted(each, key=lambda one: (one.code == NO_TOPIC, one.name.casefold(), one.code))


def _origins(shelves: Mapping[Shelf, int], reader: Reader) -> Iterator[Choice]:
    """List origins, the largest first."""
    counts = _counted((shelf.origin, held) for shelf, held in shelves.items())
    for origin, held in counts.most_common():
        yield Choice(origin, origin_name(origin, reader.lang), held)


def _counted(each: Iterable[tuple[str, int]]) -> Counter[str]:
    counts = Counter[str]()
    for name, held in each:
        counts[name] += held
    return counts


def _groups(asked: Asked, topics: Sequence[Choice], articles: Articles, reader: Reader) -> tuple[Group, ...]:
    found = [
        (topic.name, articles.listed(topic_in(topic.code), start, most, asked.origin, asked.stale))
        for topic, start, most in _stretches(topics, (asked.page - 1) * A_PAGE, A_PAGE)
    ]
    tallies = articles.tallies([versions[0].article.id for _, listed in found for versions in listed])
    return tuple(
        Group(name, tuple(line_of(versions, tallies, reader) for versions in listed)) for name, listed in found
    )


def _stretches(topics: Sequence[Choice], start: int, most: int) -> Iterator[tuple[Choice, int, int]]:
    """Cut a page out of topics that follow one another: of which, from where on, how many."""
    for topic in topics:
        took = max(0, min(most, topic.held - start))
        if took:
            yield topic, start, took
        start, most = max(0, start - topic.held), most - took
