"""The condition grammar: the text of a predicate to a tree, by hand; nothing is ever evaluated as Python."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .condition import All, AnyOf, Compare, Condition, Empty, Literal, Name, Not, OneOf, Operand

ROOTS = ("slots", "context")
COMPARISONS = {
    "=": "=",
    "==": "=",
    "is": "=",
    "!=": "!=",
    "is not": "!=",
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
    "contains": "contains",
    "matches": "matches",
}
WORDS = {"true": True, "True": True, "false": False, "False": False, "null": None, "undefined": None}
DEPTH = 40  # nested brackets and nots

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>"[^"]*"|'[^']*')
    | (?P<sign>[<>!=]=|[<>=(){}])
    | (?P<number>-?[0-9]{1,15}(?:\.[0-9]{1,15})?(?![\w.]))
    | (?P<word>[^\W\d][\w-]*(?:\.[\w-]+)*)
    )""",
    re.VERBOSE,
)
_MENDS = {
    "&": "write `and`",
    "|": "write `or`",
    "!": "write `not`, or `!=`",
    ",": "separate the members of a set by spaces",
    '"': "close the quotes",
    "'": "close the quotes",
}


class PredicateError(ValueError):
    """A predicate that cannot be read: where (`position`, from 1), why (`message`) and what to write (`mend`)."""

    def __init__(self, position: int, message: str, mend: str) -> None:
        super().__init__(f"position {position}: {message}; {mend}")
        self.position = position
        self.message = message
        self.mend = mend


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # text | sign | number | word | end
    text: str
    position: int


@lru_cache(maxsize=4096)
def parse_condition(source: str) -> Condition:
    """Read a predicate; an empty one always holds.

    Raises PredicateError, nothing else, whatever the text.
    """
    return _Reader(source).read() if source.strip() else Literal(True)


def _tokens(source: str) -> Iterator[_Token]:
    end, position = len(source.rstrip()), 0
    while position < end:
        found = _TOKEN.match(source, position)
        if not found:
            raise _stray(source, position)
        kind = str(found.lastgroup)
        yield _Token(kind, found[kind], found.start(kind) + 1)
        position = found.end()
    yield _Token("end", "", end + 1)


def _stray(source: str, position: int) -> PredicateError:
    position += len(source[position:]) - len(source[position:].lstrip())
    sign = source[position]
    mend = "put codes and versions in quotes" if sign.isdigit() or sign == "-" else _MENDS.get(sign, "leave it out")
    return PredicateError(position + 1, f"cannot read {source[position : position + 12]!r}", mend)


class _Reader:
    """Reads one predicate by recursive descent: `or` of `and` of `not` of comparisons."""

    def __init__(self, source: str) -> None:
        self._tokens = list(_tokens(source))
        self._at = 0
        self._depth = 0

    def read(self) -> Condition:
        found = self._either()
        if self._next.kind != "end":
            raise self._fault(f"did not expect {self._next.text!r} here", "join conditions by `and` or `or`")
        return found

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self, *texts: str) -> str:
        """Pass over the next token when it is one of these signs or words, and say which."""
        token = self._next
        if token.kind in ("sign", "word") and token.text in texts:
            self._at += 1
            return token.text
        return ""

    def _fault(self, message: str, mend: str) -> PredicateError:
        return PredicateError(self._next.position, message, mend)

    def _either(self) -> Condition:
        parts = [self._both()]
        while self._take("or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _both(self) -> Condition:
        parts = [self._single()]
        while self._take("and"):
            parts.append(self._single())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _single(self) -> Condition:
        self._depth += 1
        if self._depth > DEPTH:
            raise self._fault("is nested too deeply", "use fewer brackets and nots")
        try:
            if self._take("not"):
                return Not(self._single())
            return self._bracket() if self._take("(") else self._comparison()
        finally:
            self._depth -= 1

    def _bracket(self) -> Condition:
        found = self._either()
        if not self._take(")"):
            raise self._fault("a bracket is not closed", "write `)`")
        return found

    def _comparison(self) -> Condition:
        start = self._next
        left = self._operand()
        operator = self._take(*COMPARISONS)
        if not operator:
            if isinstance(left, Name) or (isinstance(left, Literal) and isinstance(left.value, bool)):
                return left
            raise PredicateError(start.position, f"{start.text!r} alone is no condition", "compare: slots.x = value")
        if operator == "is" and self._take("not"):
            operator = "is not"
        return self._compared(left, COMPARISONS[operator])

    def _compared(self, left: Operand, operator: str) -> Compare:
        start = self._next
        right = self._operand()
        if operator == "matches" and not (isinstance(right, Literal) and _compiles(right.value)):
            raise PredicateError(start.position, "is no regular expression", 'write one in quotes: matches "^A.*"')
        return Compare(left, operator, right)

    def _operand(self) -> Operand:
        token = self._next
        if self._take("{"):
            return self._set(token)
        if token.kind in ("end", "sign") or token.text in ("and", "or", "not", *COMPARISONS):
            raise self._fault(
                f"a value is missing before {repr(token.text) if token.text else 'the end'}",
                "write slots.x, a text or a number",
            )
        self._at += 1
        if token.kind != "word":
            return Literal(_literal(token))
        if "." in token.text:
            return self._name(token)
        return Empty() if token.text == "empty" else Literal(_literal(token))

    def _name(self, token: _Token) -> Name:
        if token.text.split(".")[0] not in ROOTS:
            raise PredicateError(token.position, f"unknown name {token.text!r}", "names begin with slots. or context.")
        return Name(token.text)

    def _set(self, start: _Token) -> OneOf:
        values = []
        while self._next.kind in ("text", "number", "word"):
            values.append(_literal(self._next))
            self._at += 1
        if not self._take("}"):
            raise self._fault("a set is not closed", 'write {"a" "b"}')
        if not values:
            raise PredicateError(start.position, "the set has no member", 'write {"a" "b"}')
        return OneOf(tuple(values))


def _literal(token: _Token) -> str | int | float | bool | None:
    if token.kind == "text":
        return token.text[1:-1]
    if token.kind == "number":
        return float(token.text) if "." in token.text else int(token.text)
    return WORDS.get(token.text, token.text)


def _compiles(pattern: object) -> bool:
    if not isinstance(pattern, str):
        return False
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError, Warning):
        return False
    return True
