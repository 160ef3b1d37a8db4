"""An import: what a source tells is kept as articles and remembered, so that the next one reads only what changed."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.nlu.phrases import Fault
from bot.ports.articles import Articles

from .ids import Ids, told_before
from .items import (
    MOST_PAGES,
    Family,
    Faulty,
    Gone,
    Imported,
    Item,
    LeftOut,
    Same,
    Source,
    SourceError,
    Text,
    Wishes,
)
from .keeping import Keeper
from .state import Seen, alone, read_seen, write_seen

Watch = Callable[[int, int], None]  # told after each article: how many are done, and of how many; 0 = unknown
_SAVED_EVERY = 100  # articles; what a kill lets us forget is only compared again
_FATES = ("unchanged", "changed", "added")


def unwatched(done: int, of: int) -> None:
    """Tell nobody how far the import is."""


def import_from(
    source: Source, home: Path, articles: Articles, wishes: Wishes | None = None, watch: Watch = unwatched
) -> Imported:
    """Take over what a source has: changed words become a new version, equal words stay as they are.

    What vanished from a source that was read to its end is reported as gone and kept, or set aside where wished.
    Raises SourceError where it cannot be read to its end: what was taken before is kept and remembered, nothing is
    gone, and another run goes on from there.
    """
    wishes = wishes or Wishes()
    folder = home / "kb"
    with alone(folder), asyncio.Runner() as runner:
        shelf = _Shelf(folder, Keeper(articles, source.name, runner.run), source, wishes)
        try:
            complete = _take_all(shelf, min(wishes.limit or MOST_PAGES, MOST_PAGES), watch)
        finally:
            shelf.save()
    if not complete and not wishes.limit:
        mend = "import its parts one by one, by their own addresses"
        shelf.faults.append(Fault(source.name, 0, f"it has {MOST_PAGES:,} articles or more; the rest is left", mend))
    return shelf.imported(complete)


def _take_all(shelf: "_Shelf", most: int, watch: Watch) -> bool:
    """Take article after article; gives whether the source came to its end."""
    for done, family in enumerate(shelf.source.families(shelf.known()), start=1):
        shelf.take(family)
        watch(done, family.of)
        if done % _SAVED_EVERY == 0:
            shelf.save()
        if done == most:
            return False
    shelf.finish()
    return True


@dataclass
class _Shelf:
    """The articles of the house while one source is taken over; `folder` remembers what was seen."""

    folder: Path
    keeper: Keeper
    source: Source
    wishes: Wishes
    now: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    fates: dict[str, str] = field(default_factory=dict)  # article -> one of _FATES
    left_out: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    put_aside: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    keys: dict[str, set[str]] = field(default_factory=dict)  # article -> its items

    def __post_init__(self) -> None:
        self.others = read_seen(self.folder)
        self.seen = self.others.pop(self.source.name, Seen(self.source.name, self.source.kind))
        self.items = self.seen.items
        self.ids = Ids(self.keeper, self.source, self.others)
        for item in self.items.values():
            self.keys.setdefault(item.article, set()).add(item.key)

    def known(self) -> dict[str, Item]:
        """What need not be read again: items whose articles still stand, and pages that are none."""
        return {key: item for key, item in self.items.items() if self._stands(item)}

    def take(self, family: Family) -> None:
        """Keep what was told of one article."""
        texts: dict[str, dict[str, Text]] = {}
        lead = told_before(self.items, (one.key for one in family.told))
        for one in family.told:
            self.told.add(one.key)
            if isinstance(one, Text):
                article = told_before(self.items, (one.key,)) or lead or self.ids.new(one, self.keys)
                lead = lead or article
                self._place(one, texts.setdefault(article, {}), article)
            else:
                self._note(one)
        for article, by_lang in texts.items():
            if by_lang:
                self._fare(article, self.keeper.keep(article, by_lang, self.wishes.topic))

    def finish(self) -> None:
        """The source was read to its end: what it did not tell is gone."""
        if self.items and not self.told:
            mend = "check the address, and what that user may read"
            raise SourceError(f"{self.source.name} lists nothing now; nothing was marked as gone; {mend}")
        for key, item in list(self.items.items()):
            if key not in self.told and self.source.judges(item):
                self._lose(key)
        if self.wishes.prune:
            self._prune()
        self.seen = replace(self.seen, finished=self.now)

    def save(self) -> None:
        """Remember what was seen so far."""
        write_seen(self.folder, [*self.others.values(), self.seen])

    def imported(self, complete: bool) -> Imported:
        """What the import did."""
        gone = {item.article for item in self.items.values() if item.gone} | self.put_aside
        added, changed, unchanged = (
            tuple(article for article, its in self.fates.items() if its == fate) for fate in reversed(_FATES)
        )
        return Imported(
            self.source.name,
            self.source.kind,
            added,
            changed,
            unchanged,
            gone=tuple(sorted(gone)),
            set_aside=tuple(sorted(self.put_aside)),
            left_out=tuple(self.left_out),
            faults=tuple(self.faults),
            complete=complete,
        )

    def _fare(self, article: str, fate: str) -> None:
        self.fates[article] = max(fate, self.fates.get(article, fate), key=_FATES.index)

    def _stands(self, item: Item) -> bool:
        return all(self.keeper.stands(item.article, lang) for lang in item.languages if item.article)

    def _place(self, text: Text, by_lang: dict[str, Text], article: str) -> None:
        """Put a text into its article; a language that another page tells already stays that page's."""
        beside = [self.items[key] for key in self.keys.get(article, ()) if key in self.items and key != text.key]
        if text.lang in by_lang or any(text.lang in item.languages and not item.gone for item in beside):
            self.left_out.append(f"{text.url or text.key}: {article} has another text in this language")
            self._lose(text.key)
            return
        before = self.items.get(text.key)
        if before and before.article and before.languages != (text.lang,):  # the page has changed its language
            self._set_aside(before)
        by_lang[text.lang] = text
        self.items[text.key] = Item(text.key, article, (text.lang,), text.url, text.marks, seen=self.now)
        self.keys.setdefault(article, set()).add(text.key)

    def _note(self, one: Same | Gone | LeftOut | Faulty) -> None:
        """Remember what was told of a text that was not read or not taken."""
        before = self.items.get(one.key)
        match one:
            case Same() if before:
                self.items[one.key] = replace(before, marks=one.marks.over(before.marks), seen=self.now, gone="")
                if before.article:
                    topic = self.wishes.topic
                    self._fare(before.article, self.keeper.keep(before.article, {}, topic) if topic else "unchanged")
            case Gone() if before:
                self._lose(one.key)
            case LeftOut() if before and not set(before.languages) <= set(self.wishes.languages):
                pass  # taken by an import that asked for more languages
            case LeftOut():
                self.left_out.append(f"{one.key}: {one.reason}")
                self._lose(one.key)
                if one.lasting and not (before and before.article):
                    self.items[one.key] = Item(one.key, marks=one.marks, seen=self.now)
            case Faulty():
                self.faults.append(one.fault)
            case Same() | Gone():
                self.faults.append(Fault(one.key, 0, "it is listed, and not there", "tell the owner of the source"))

    def _lose(self, key: str) -> None:
        """Mark an item as gone; one that never became an article is forgotten."""
        item = self.items.get(key)
        if item and not item.article:
            del self.items[key]
        elif item:
            self.items[key] = replace(item, gone=item.gone or self.now)

    def _prune(self) -> None:
        for item in [one for one in self.items.values() if one.gone]:
            self._set_aside(item)
            self.put_aside.add(item.article)
            del self.items[item.key]

    def _set_aside(self, item: Item) -> None:
        """Set an item's text aside, but for what another item tells now."""
        beside = [self.items[key] for key in self.keys.get(item.article, ()) if key != item.key and key in self.items]
        told = {lang for one in beside if not one.gone for lang in one.languages}
        for lang in set(item.languages) - told:
            self.keeper.set_aside(item.article, lang)
