"""Where an article applies, in words."""

from bot.console.knowledge_words import CONDITIONS
from bot.console.names import Names
from bot.console.words import told
from bot.dialog.condition import All, AnyOf, Compare, Condition, Empty, Literal, Name, Not, OneOf
from bot.dialog.condition import told as code_of
from bot.dialog.predicate import PredicateError, parse


def in_words(when: str, lang: str, names: Names) -> str:
    """Say a condition in words; what has none stands as it was written."""
    try:
        return _told(parse(when).condition, lang, names) if when else ""
    except PredicateError:
        return when


def _told(condition: Condition, lang: str, names: Names) -> str:
    match condition:
        case Compare(Name(path)) if not path.startswith("slots."):
            return code_of(condition)
        case Name():
            return _sentence("known", lang, names, condition)
        case Not(Name() as name) | Compare(Name() as name, "=", Empty()):
            return _sentence("unknown", lang, names, name)
        case Compare(Name() as name, "!=", Empty()):
            return _sentence("known", lang, names, name)
        case Compare(Name() as name, "=" | "!=" | "contains" as operator, Literal() | OneOf() as operand):
            return _sentence(operator, lang, names, name, operand)
        case All(parts):
            return told(CONDITIONS, "and", lang).join(_bracketed(part, lang, names) for part in parts)
        case AnyOf(parts):
            return told(CONDITIONS, "or", lang).join(_bracketed(part, lang, names) for part in parts)
        case _:
            return code_of(condition)


def _bracketed(condition: Condition, lang: str, names: Names) -> str:
    words = _told(condition, lang, names)
    return f"({words})" if isinstance(condition, All | AnyOf) else words


def _sentence(key: str, lang: str, names: Names, name: Name, operand: Literal | OneOf | None = None) -> str:
    slot = name.path.removeprefix("slots.")
    values = operand.values if isinstance(operand, OneOf) else (operand.value,) if operand else ()
    quoted = (told(CONDITIONS, "value", lang).format(value=names.value(slot, one, lang)) for one in values)
    value = told(CONDITIONS, "one_of", lang).join(quoted)
    return told(CONDITIONS, key, lang).format(name=names.slot(slot, lang), value=value)
