"""Lays the nested steps of a flow flat: each with an id, and with the id of what follows written out."""

import re
from dataclasses import dataclass, field

from bot.dialog.flow import END, Branch, Noop, Propose, Step

from .faults import Margin, meant
from .reading import fields_of, mapping_of, predicate_of, text_of
from .steps import KINDS, derived_id, kind_of, plain_step, proposed
from .tree import Fields, Items, Scalar, Tree

_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_BRANCH = {"if", "then", "else"}
_NESTING = {"next", "then", "else", "solved", "unsolved", "cannot_try"}


@dataclass(slots=True)
class Layout:
    """The steps of one flow while they are laid flat."""

    margin: Margin
    steps: dict[str, Step] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _led: list[tuple[str, int, str]] = field(default_factory=list)  # step led to, line, from which step

    def lay_all(self, items: tuple[Tree, ...]) -> dict[str, Step]:
        """Lay the steps of a flow; notes ids that stand twice and ways that lead nowhere."""
        self._take_ids(items)
        self._lay(items, END)
        for target, line, source in self._led:
            if target != END and target not in self.steps:
                mend = meant(target, [*self.steps, END])
                self.margin.at(step=source).note(line, f"no step '{target}' in this flow", mend)
        return self.steps

    def _take_ids(self, items: tuple[Tree, ...]) -> None:
        """Reserve every written id, so that no derived one takes it."""
        for item in items:
            for key, tree in item.fields.items() if isinstance(item, Fields) else ():
                if key == "id":
                    self._take_id(text_of(tree, self.margin, "id"), tree.line)
                elif key in _NESTING and isinstance(tree, Items):
                    self._take_ids(tree.items)

    def _take_id(self, name: str, line: int) -> None:
        if name in self._taken:
            self.margin.note(line, f"step id '{name}' stands twice", "give one of them another id")
        if not _ID.fullmatch(name) or name == END:
            self.margin.note(line, f"'{name}' is no step id", "use letters, digits, _ and -; END is taken")
        self._taken.add(name)

    def _lay(self, items: tuple[Tree, ...], after: str) -> str:
        """Lay a list of steps and return the id of its first; its last one leads to `after`."""
        rows = [self._opened(item) for item in items]
        for at, (kind, fields, step_id) in enumerate(rows):
            self._lay_one(kind, fields, step_id, after if at == len(rows) - 1 else rows[at + 1][2])
        return rows[0][2] if rows else after

    def _opened(self, item: Tree) -> tuple[str, Fields, str]:
        """Name a step's kind and id before what stands around it is laid."""
        fields = mapping_of(item, self.margin, "a step")
        kind = kind_of(fields, self.margin) if isinstance(item, Fields) else ""
        written = fields.fields.get("id")
        if isinstance(written, Scalar) and written.text:
            return kind, fields, written.text
        name = wanted = derived_id(kind, fields) if kind else "step"
        count = 1
        while name in self._taken:
            count += 1
            name = f"{wanted}_{count}"
        self._taken.add(name)
        return kind, fields, name

    def _lay_one(self, kind: str, fields: Fields, step_id: str, following: str) -> None:
        margin = self.margin.at(step=step_id)
        if step_id in self.steps:  # an id that stands twice: noted already
            return
        self.steps[step_id] = Noop(step_id, line=fields.line)  # keeps its place in file order
        if kind:
            fields_of(fields, margin, f"a {kind} step", ("id", kind, *KINDS[kind]))
        if kind == "propose":
            self.steps[step_id] = self._propose(fields, step_id, following, margin)
            return
        ways = self._ways(fields.fields.get("next"), following, step_id) if "next" in KINDS.get(kind, ()) else ()
        self.steps[step_id] = plain_step(kind, fields, step_id, ways, margin) or self.steps[step_id]

    def _propose(self, fields: Fields, step_id: str, following: str, margin: Margin) -> Propose:
        def way(key: str, otherwise: str) -> str:
            return self._way(fields.fields[key], step_id) if key in fields.fields else otherwise

        if following == END and "unsolved" not in fields.fields:
            margin.note(
                fields.line, "a fix that fails leads nowhere", "add a step after it: `escalate: {reason: fix_failed}`"
            )
        return Propose(
            id=step_id,
            article=proposed(fields, margin),
            solved=way("solved", END),
            unsolved=way("unsolved", following),
            cannot_try=way("cannot_try", ""),
            line=fields.line,
        )

    def _ways(self, tree: Tree | None, following: str, step_id: str) -> tuple[Branch, ...]:
        if tree is None:
            return (Branch(following),)
        if isinstance(tree, Items) and any(
            isinstance(item, Fields) and _BRANCH & set(item.fields) for item in tree.items
        ):
            return self._branches(tree, step_id)
        return (Branch(self._way(tree, step_id)),)

    def _branches(self, tree: Items, step_id: str) -> tuple[Branch, ...]:
        margin = self.margin.at(step=step_id)
        branches = []
        for at, item in enumerate(tree.items):
            otherwise = isinstance(item, Fields) and "else" in item.fields
            known = ("else",) if otherwise else ("if", "then")
            fields = fields_of(item, margin, "a branch", known, known)
            if otherwise != (at == len(tree.items) - 1):
                margin.note(item.line, *_OTHERWISE[otherwise])
            when = predicate_of(fields.fields.get("if"), margin, "if")
            then = fields.fields.get("else" if otherwise else "then")
            branches.append(Branch(self._way(then, step_id) if then else END, when))
        return tuple(branches)

    def _way(self, tree: Tree, step_id: str) -> str:
        """The step that a way leads to; nested steps are laid, and end the flow unless they say otherwise."""
        if isinstance(tree, Items):
            if not tree.items:
                self.margin.at(step=step_id).note(tree.line, "a way on is empty", "write a step id, END or steps")
            return self._lay(tree.items, END)
        target = text_of(tree, self.margin.at(step=step_id), "a way on")
        self._led.append((target, tree.line, step_id))
        return target


_OTHERWISE = {
    True: ("`else` is not the last branch", "move it to the end"),
    False: ("the branches have no `else`", "add `- else: STEP`, or `- else: END`"),
}
