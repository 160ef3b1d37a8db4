"""Draws a flow as a Mermaid flowchart, in the words of one language."""

import re
from collections.abc import Iterator

from bot.dialog.flow import (
    END,
    Call,
    CallAction,
    Collect,
    Escalate,
    Flow,
    Link,
    Noop,
    Propose,
    SetSlots,
    Step,
    Utter,
)
from bot.dialog.playbook import Playbook

LONGEST = 70  # characters of a label
_WORDS = {
    "fr": {
        "solved": "résolu", "unsolved": "non résolu", "cannot_try": "pas maintenant", "else": "sinon", "end": "Fin",
        "search": "Meilleur article de la base", "hand over": "Transmettre", "call": "Appeler", "link": "Passer à",
        "set": "Noter", "action": "Vérifier", "start": "Début",
    },
    "en": {
        "solved": "solved", "unsolved": "not solved", "cannot_try": "not now", "else": "otherwise", "end": "End",
        "search": "Best article of the knowledge base", "hand over": "Hand over", "call": "Call", "link": "Go to",
        "set": "Note", "action": "Check", "start": "Start",
    },
}  # fmt: skip


def mermaid(flow: Flow, book: Playbook, lang: str = "en") -> str:
    """Draw a flow: questions, fixes, handoffs and the ways between them; `lang` is fr or en."""
    drawing = _Drawing(flow, book, lang)
    return "\n".join(["flowchart TD", *(f"    {line}" for line in drawing.lines())]) + "\n"


class _Drawing:
    def __init__(self, flow: Flow, book: Playbook, lang: str) -> None:
        self._flow, self._book, self._lang = flow, book, lang
        self._words = _WORDS[lang]

    def lines(self) -> Iterator[str]:
        name = _quoted(self._flow.name.get(self._lang) or self._words["start"])
        yield f'START(["{name}"]) --> {_node(self._flow.first)}'
        ways = [way for step in self._flow.steps.values() for way in self._ways(step)]
        for step in self._flow.steps.values():
            yield self._box(step)
        if any(way.endswith(f" {_node(END)}") for way in ways):
            yield f'{_node(END)}(["{self._words["end"]}"])'
        yield from ways

    def _box(self, step: Step) -> str:
        node = _node(step.id)
        match step:
            case Collect():
                return f'{node}[/"{self._said(step.utter) or step.slot}"/]'
            case Propose():
                return f'{node}["{self._article(step.article)}"]'
            case Escalate():
                told = ", ".join(part for part in (step.reason, step.level, step.team, step.priority) if part)
                return f'{node}[["{self._headed("hand over", told)}"]]'
            case Noop():
                return f'{node}{{"{_quoted(step.id)}"}}'
            case _:
                return f'{node}("{self._told(step)}")'

    def _told(self, step: Utter | CallAction | SetSlots | Call | Link) -> str:
        match step:
            case Utter():
                return self._said(step.response) or step.response
            case CallAction():
                return self._headed("action", step.action)
            case SetSlots():
                values = ", ".join(f"{slot} = {value}" for slot, value in step.values.items())
                return self._headed("set", _quoted(values))
            case Call():
                return self._headed("call", self._name(step.flow))
            case Link():
                return self._headed("link", self._name(step.flow))

    def _ways(self, step: Step) -> Iterator[str]:
        match step:
            case Escalate() | Link():
                return
            case Propose():
                for way in ("solved", "unsolved", "cannot_try"):
                    if getattr(step, way):
                        yield f'{_node(step.id)} -->|"{self._words[way]}"| {_node(getattr(step, way))}'
            case _:
                for branch in step.next:
                    when = _quoted(branch.when) or (self._words["else"] if len(step.next) > 1 else "")
                    label = f'|"{when}"|' if when else ""
                    yield f"{_node(step.id)} -->{label} {_node(branch.then)}"

    def _said(self, response: str) -> str:
        told = self._book.responses.get(response, ())
        plain = [one for one in told if not one.channel and not one.when] or list(told)
        return _quoted(plain[0].text.get(self._lang, "")) if plain else ""

    def _article(self, article: str) -> str:
        if not article:
            return self._words["search"]
        known = self._book.articles.get(article)
        text = known.texts.get(self._lang) if known else None
        return _quoted(text.title if text else article)

    def _headed(self, word: str, told: str) -> str:
        colon = "\u00a0:" if self._lang == "fr" else ":"
        return f"{self._words[word]}{colon} {told}"

    def _name(self, flow: str) -> str:
        known = self._book.flows.get(flow)
        return _quoted((known.name.get(self._lang) if known else "") or flow)


def _node(step: str) -> str:
    """A node id that Mermaid cannot take for a word of its own (`end`)."""
    return "s_" + re.sub(r"\W", lambda sign: f"_{ord(sign[0]):x}_", step)


def _quoted(text: str) -> str:
    """One short line without what Mermaid reads as markup."""
    line = re.sub(r"[ \t\n]+", " ", text).strip()  # no-break spaces stay
    line = line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
    return line.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
