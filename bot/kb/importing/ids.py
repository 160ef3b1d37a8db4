"""Which article a text belongs to: the same one for ever, and no other source's."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from .items import Item, Source, Text
from .keeping import Keeper
from .state import Seen


class Ids:
    """Finds article ids for texts that are new to a source, knowing what all sources hold."""

    def __init__(self, keeper: Keeper, source: Source, others: Mapping[str, Seen]) -> None:
        self._keeper, self._source, self._others = keeper, source, others
        items = [(other, item) for other in others.values() for item in other.items.values() if item.article]
        self._at = {item.url: (other, item) for other, item in items if item.url}
        self._owner = {item.article: other for other, item in items}

    def new(self, text: Text, mine: Iterable[str]) -> str:
        """The article for a text seen for the first time; `mine`: the ids that the source uses for other items."""
        moved = self._at.pop(text.url, None) if text.url else None
        if moved and moved[0].kind == self._source.kind:  # the same page, reached by another way in
            other, item = moved
            other.items.pop(item.key, None)
            return item.article
        wanted = text.slug or "article"
        return wanted if self._is_free(wanted, text, mine) else f"{wanted[:73]}-{self._mark(text)}"

    def _is_free(self, wanted: str, text: Text, mine: Iterable[str]) -> bool:
        owner = self._owner.get(wanted)
        if self._keeper.is_a_packs(wanted):
            return False
        if self._source.kind == "folder":  # a path is the id, from whichever folder it comes
            return owner is None or (owner.kind == "folder" and self._hand_over(owner, wanted, text.lang))
        if owner is not None or wanted in mine:
            return False
        stands = self._keeper.held(wanted)
        texts = stands.article.texts.values() if stands.article else ()
        return not stands.last or any(one.source == text.url for one in texts)

    def _hand_over(self, owner: Seen, article: str, lang: str) -> bool:
        for item in [one for one in owner.items.values() if one.article == article and lang in one.languages]:
            del owner.items[item.key]
        return True

    def _mark(self, text: Text) -> str:
        return sha256(f"{self._source.name} {text.key}".encode()).hexdigest()[:6]


def told_before(items: Mapping[str, Item], keys: Iterable[str]) -> str:
    """The article that the first known one of some keys belongs to; "" = all are new."""
    return next((items[key].article for key in keys if key in items and items[key].article), "")
