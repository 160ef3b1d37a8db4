"""The training phrases of a pack, with where they stand; learning from them is bot/nlu's."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.flows.faults import Fault
from bot.nlu.phrases import Phrase, read_phrases

_LANGUAGE = re.compile(r"(?:^|[./_-])(fr|en)(?=[./_-])")


@dataclass(frozen=True, slots=True)
class Training:
    """Phrases and synonyms; a phrase's language stands in its file's name (`nlu/vpn.fr.yml`), else is ''."""

    phrases: tuple[Phrase, ...] = ()
    synonyms: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many phrases each intent has in each language."""
        counts: dict[str, Counter[str]] = {}
        for phrase in self.phrases:
            counts.setdefault(phrase.intent, Counter())[phrase.lang] += 1
        return counts


def read_training(files: Iterable[tuple[Path, str]]) -> Training:
    """Read training files, each given with the name it goes by in its pack."""
    phrases: list[Phrase] = []
    synonyms: dict[str, str] = {}
    faults: list[Fault] = []
    for path, name in files:
        read = read_phrases((path,))
        language = _LANGUAGE.search(name)  # of the name alone: the path may pass through a folder `fr`
        phrases += [replace(phrase, lang=language[1] if language else "") for phrase in read.phrases]
        synonyms |= read.synonyms
        faults += [Fault(name, fault.line, "", "", fault.message, fault.mend) for fault in read.faults]
    return Training(tuple(phrases), synonyms, tuple(faults))
