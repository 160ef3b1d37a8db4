"""Small rules that make up a schema: each tells the faults of one value, as Slack words them."""

from collections.abc import Callable, Iterator, Mapping

from tests.support.slack.refusal import Json

Rule = Callable[[object, str], Iterator[str]]


def said(words: str, where: str) -> str:
    """A fault and its place."""
    return f"{words} [json-pointer:{where}]"


def string(most: int, least: int = 0) -> Rule:
    """A string within limits, in characters."""

    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield said("must be a string", where)
        elif len(value) > most:
            yield said(f"must be less than {most + 1} characters", where)
        elif len(value) < least:
            yield said(f"must be more than {least - 1} characters", where)

    return check


def flag(value: object, where: str) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield said("must be a boolean", where)


def number(least: int, most: int) -> Rule:
    """A whole number within limits."""

    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield said("must be an integer", where)
        elif not least <= value <= most:
            yield said(f"must be between {least} and {most}", where)

    return check


def one_of(*allowed: str) -> Rule:
    """One of these words."""

    def check(value: object, where: str) -> Iterator[str]:
        if value not in allowed:
            yield said(f"must be a valid enum value ({', '.join(allowed)})", where)

    return check


def items(rule: Rule, most: int, least: int = 1) -> Rule:
    """A list whose items all follow the rule."""

    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield said("must be an array", where)
            return
        if len(value) > most:
            yield said(f"no more than {most} items allowed", where)
        if len(value) < least:
            yield said(f"no less than {least} items allowed", where)
        for place, item in enumerate(value):
            yield from rule(item, f"{where}/{place}")

    return check


def shape(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """An object with these fields and no others."""
    known = {**required, **(optional or {})}

    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield said("must be an object", where)
            return
        for name in required:
            if name not in value:
                yield said(f"missing required field: {name}", where)
        for name, inner in value.items():
            if name not in known:
                yield said(f"invalid additional property: {name}", where)
            else:
                yield from known[name](inner, f"{where}/{name}")

    return check


def kind(table: Mapping[str, Rule], what: str) -> Rule:
    """An object judged by the rule for its `type`."""

    def check(value: object, where: str) -> Iterator[str]:
        name = value.get("type") if isinstance(value, dict) else None
        rule = table.get(name) if isinstance(name, str) else None
        if rule is None:
            yield said(f"unsupported type of {what}: {name}", f"{where}/type")
        else:
            yield from rule(value, where)

    return check


def always(value: object, where: str) -> Iterator[str]:
    """Nothing to say against it."""
    yield from ()


def typed(name: str, required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """An object of that `type`."""
    return shape({"type": one_of(name), **required}, optional)


def either(*rules: Rule) -> Rule:
    """An object that follows one of the rules; else the faults of the one it comes nearest to."""

    def check(value: object, where: str) -> Iterator[str]:
        found = [list(rule(value, where)) for rule in rules]
        yield from min(found, key=len)

    return check


def values(tree: object, name: str) -> Iterator[object]:
    """All values under that key, however deep."""
    if isinstance(tree, list):
        for each in tree:
            yield from values(each, name)
    elif isinstance(tree, dict):
        for key, value in tree.items():
            if key == name and not isinstance(value, dict | list):
                yield value
            yield from values(value, name)


def leaves(tree: object, name: str) -> list[Json]:
    """All objects that have that key, however deep."""
    if isinstance(tree, list):
        return [leaf for each in tree for leaf in leaves(each, name)]
    if not isinstance(tree, dict):
        return []
    return ([tree] if name in tree else []) + [leaf for value in tree.values() for leaf in leaves(value, name)]
