"""Compares what the stand-in says with Slack's own sample payloads: the same keys, the same types.

Samples are unions: they hold every key a payload of that kind may have, with its value blanked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from tests.support.slack.refusal import Json

# The app's own words inside blocks: one block has few of the keys that all blocks together may have.
CONTENT = ("blocks", "attachments", "title", "submit", "close", "files", "metadata")


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a payload is not like its sample."""

    path: str
    what: str  # "unknown", "missing", or the two types

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


def differences(said: object, sample: object, path: str, in_content: bool = False) -> Iterator[Difference]:
    """All keys that Slack's sample does not know or that are not said, and all types that differ."""
    if isinstance(said, dict) and isinstance(sample, dict):
        if not sample:  # blanked to nothing: any object
            return
        for key, value in said.items():
            if key not in sample:
                yield Difference(f"{path}.{key}", "unknown")
            else:
                yield from differences(value, sample[key], f"{path}.{key}", in_content or key in CONTENT)
        for key in sample if not in_content else ():
            if key not in said:
                yield Difference(f"{path}.{key}", "missing")
    elif isinstance(said, list) and isinstance(sample, list):
        for item in said:
            if sample:
                yield from differences(item, like(item, sample), f"{path}[]", in_content)
    elif name_of(said) != name_of(sample):
        yield Difference(path, f"{name_of(said)}, not {name_of(sample)}")


def like(item: object, samples: list) -> object:
    """What the sample list says of such an item: of all objects of its type together."""
    if not isinstance(item, dict):
        return samples[0]
    objects = [each for each in samples if isinstance(each, dict)]
    kin = [each for each in objects if item.get("type") and each.get("type") == item.get("type")]
    union: Json = {}
    for each in kin or objects:
        union |= each
    return union if objects else samples[0]


def name_of(value: object) -> str:
    """A JSON type."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def unexplained(found: set[str], reasons: dict[str, str]) -> list[str]:
    """Differences that no reason covers; a reason stands under a pattern of them."""
    return sorted(each for each in found if not any(fnmatchcase(each, known) for known in reasons))


def unused(found: set[str], reasons: dict[str, str]) -> list[str]:
    """Reasons for differences that there are none of."""
    return [known for known in reasons if not any(fnmatchcase(each, known) for each in found)]


class Comparison:
    """All that was said, beside all that the samples hold."""

    def __init__(self) -> None:
        self.beyond: set[str] = set()  # keys that Slack's samples do not know, and other types
        self.silent: set[str] = set()  # keys of samples that one payload or another lacked
        self.said: set[str] = set()

    def add(self, name: str, said: Json, sample: Json) -> None:
        """Compare one more payload."""
        for each in differences(said, sample, name):
            (self.silent if each.what == "missing" else self.beyond).add(
                each.path if each.what == "missing" else str(each)
            )
        self.said.update(paths(said, name))

    @property
    def never(self) -> set[str]:
        """Keys of samples that no payload of that kind ever had."""
        return self.silent - self.said


def paths(said: object, path: str) -> Iterator[str]:
    """The path of every key."""
    if isinstance(said, dict):
        for key, value in said.items():
            yield f"{path}.{key}"
            yield from paths(value, f"{path}.{key}")
    elif isinstance(said, list):
        for each in said:
            yield from paths(each, f"{path}[]")
