"""Dialogue acts by rule: what a message does in the conversation, whatever its topic."""

import re
from dataclasses import dataclass

from bot.dialog.understanding import Act

from . import ask_words as ask
from .act_words import FILLER, LEADING, LEADS

_CLAUSE = re.compile(r"[^.,;:!?\n…()]+|[.,;:!?\n…()]+")
_BUT = re.compile(r"\s+(?:mais|but|sauf|except|par contre|however|although|cependant)\s+")
_LONGEST_TALK = 400  # characters: what is longer is a report, its acts are those of its first words
_WHOLE = (
    (Act.HUMAN, ask.HUMAN_ALONE),
    (Act.GREETING, ask.COMMAND),
    (Act.NOT_SOLVED, ask.NOT_SOLVED_ALONE),
    (Act.STATUS, ask.STATUS_ALONE),
    (Act.SPEAK_FRENCH, ask.FRENCH_ALONE),
    (Act.SPEAK_ENGLISH, ask.ENGLISH_ALONE),
)
_ANYWHERE = (
    (Act.STATUS, ask.STATUS),
    (Act.NOT_SOLVED, ask.NOT_SOLVED),
    (Act.CORRECTION, ask.CORRECTION),
    (Act.RESUME, ask.RESUME),
    (Act.WROTE_BEFORE, ask.WROTE_BEFORE),
)
_LANGUAGES = ((Act.SPEAK_FRENCH, ask.SPEAK_FRENCH), (Act.SPEAK_ENGLISH, ask.SPEAK_ENGLISH))


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message: the acts read at its beginning, and the words left over that say something else."""

    acts: tuple[Act, ...]
    whole: str
    rest: str
    asked: bool  # ends with a question mark
    but: bool = False  # "it works but ..."


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts of a message in reading order, and whether it holds anything besides."""

    acts: tuple[Act, ...]
    says_more: bool
    no_human: bool = False  # a human is spoken of, and not asked for


def read_acts(plain: str) -> Acts:
    """Read the acts of a folded message without quotes and signature."""
    clauses = _clauses(plain[:_LONGEST_TALK])
    leftover = [clause for clause in clauses if clause.rest]
    found = _anywhere(plain)
    for place, clause in enumerate(clauses):
        found += [Act.NOT_SOLVED] if ask.NOT_SOLVED_ALONE.fullmatch(clause.whole) else []
        found += [act for act in clause.acts if _counts(act, place, clause, bool(leftover))]
    no_human = Act.HUMAN not in found and ask.NOT_HUMAN.search(_said(plain)) is not None
    return Acts(_consistent(found), bool(leftover) and not _is_whole(plain), no_human)


def _counts(act: Act, place: int, clause: Clause, says_more: bool) -> bool:
    """Tell whether an act read at a clause's beginning is meant so."""
    if act in (Act.GREETING, Act.THANKS):
        return place == 0 or not says_more
    if act is Act.SOLVED:
        return not clause.rest and not clause.asked and not clause.but
    return not clause.rest or (act in LEADS and place == 0)


def _clauses(plain: str) -> list[Clause]:
    clauses: list[Clause] = []
    parts = _CLAUSE.findall(plain.strip())
    for place, part in enumerate(parts):
        ended = parts[place + 1] if place + 1 < len(parts) else ""
        pieces = [piece for piece in _BUT.split(f" {part} ") if piece.strip()]
        for number, piece in enumerate(pieces):
            if any(char.isalnum() or ord(char) > 0x2000 for char in piece):
                clauses.append(_clause(piece.strip(), "?" in ended, number + 1 < len(pieces)))
    return clauses


def _clause(text: str, asked: bool, but: bool) -> Clause:
    """Take acts off the front, one after the other, as long as there are any."""
    whole = text = " ".join(text.replace("-", " ").split())
    acts: list[Act] = []
    while text:
        act, length = _first_act(text)
        if not length and (filler := FILLER.match(text)):
            length = filler.end()
        if not length:
            break
        acts += [act] if act else []
        text = text[length:].lstrip(" -*_~'\"")
    return Clause(tuple(acts), whole, text if any(char.isalnum() for char in text) else "", asked, but)


def _first_act(text: str) -> tuple[Act | None, int]:
    """Find the act whose words fill most of the text's beginning."""
    best: tuple[Act | None, int] = (None, 0)
    for act, pattern in LEADING:
        match = pattern.match(text)
        if match and match.end() > best[1]:
            best = (act, match.end())
    return best


def _anywhere(plain: str) -> list[Act]:
    """Find acts by phrases that mean the same wherever they stand."""
    said = _said(plain)
    found = [act for act, pattern in _WHOLE if pattern.fullmatch(_whole(plain))]
    if ask.HUMAN.search(ask.NOT_HUMAN.sub(" ", said)):
        found.append(Act.HUMAN)
    found += [act for act, pattern in _ANYWHERE if pattern.search(said)]
    return found + [act for act, pattern in _LANGUAGES if pattern.search(ask.NOT_LANGUAGE.sub(" ", said))]


def _said(plain: str) -> str:
    return " ".join(re.sub(r"[^\w'?/,.;!-]+", " ", plain).split())


def _whole(plain: str) -> str:
    return " ".join(re.sub(r"[^\w'/]+", " ", plain[:_LONGEST_TALK]).split())


def _is_whole(plain: str) -> bool:
    """Tell whether the message is one of the phrases that stand alone: "un humain svp", "any news?"."""
    return any(pattern.fullmatch(_whole(plain)) for _, pattern in _WHOLE)


# When both are read, the first is meant.
_OVER = (
    (Act.NOT_SOLVED, (Act.SOLVED, Act.YES)),
    (Act.SOLVED, (Act.NO, Act.YES)),
    (Act.CORRECTION, (Act.NO, Act.YES, Act.SOLVED, Act.REPEAT)),
    (Act.LATER, (Act.YES, Act.NO)),
    (Act.DONT_KNOW, (Act.NO,)),
    (Act.SMALL_TALK, (Act.HUMAN,)),
    (Act.STATUS, (Act.NOT_SOLVED,)),
    (Act.REPEAT, (Act.NOT_SOLVED,)),
)


def _consistent(found: list[Act]) -> tuple[Act, ...]:
    acts = list(dict.fromkeys(found))
    for act, others in _OVER:
        if act in acts:
            acts = [one for one in acts if one not in others]
    return tuple(acts)
