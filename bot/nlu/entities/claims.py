"""Which places of a text are read already, so that one word is claimed by one reader."""

from collections.abc import Iterable

from bot.dialog.understanding import Entity


class Claims:
    """A mark on every character of a text that an entity stands on."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def free(self, start: int, end: int) -> bool:
        """Tell whether nothing is read there yet."""
        return self._taken.find(1, start, end) < 0

    def take(self, entities: Iterable[Entity]) -> list[Entity]:
        """Keep those that stand where nothing was read before, then claim their places; they may share one."""
        fresh = [one for one in entities if self.free(one.start, one.end)]
        for one in fresh:
            self._mark(one.start, one.end)
        return fresh

    def take_apart(self, entities: Iterable[Entity]) -> list[Entity]:
        """Keep and claim one after the other, so that they share no place either."""
        return [entity for one in entities for entity in self.take([one])]

    def widest(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Keep and claim the longest of spans that overlap, in text order."""
        kept: list[tuple[int, int]] = []
        for start, end in sorted(set(spans), key=lambda span: (span[0] - span[1], span[0])):
            if self.free(start, end):
                self._mark(start, end)
                kept.append((start, end))
        return sorted(kept)

    def hide(self, plain: str) -> str:
        """The text with all that is read overwritten by letters that no number is made of."""
        return "".join("_" if taken else char for char, taken in zip(plain, self._taken, strict=True))

    def _mark(self, start: int, end: int) -> None:
        self._taken[start:end] = b"\1" * (end - start)
