"""What is wrong in flows that can be read: steps nobody reaches, circles, questions without anything useful."""

from collections.abc import Iterator, Mapping

from bot.dialog.flow import Escalate, Flow, Link, Propose

from .faults import Fault, Place, fault_at
from .walk import called, questions_first, reached, silent_circle

PATIENCE = 3  # the question with which something useful, or advice, must come


def lint_flows(flows: Mapping[str, Flow]) -> Iterator[Fault]:
    """Every fault of flows that are loaded together; names that stand nowhere are someone else's to report."""
    for flow in flows.values():
        yield from _unreached(flow)
    circle = _call_circle(flows)
    if circle:
        yield fault_at(
            _place(flows[circle[0]]), f"calls go in a circle: {' -> '.join(circle)}", "take one of the calls out"
        )
        return
    yield from _silent(flows)
    for flow in flows.values():
        yield from _patience(flow, flows)


def _unreached(flow: Flow) -> Iterator[Fault]:
    known = reached(flow)
    for name, step in flow.steps.items():
        if name not in known:
            place = _place(flow, name, step.line)
            yield fault_at(place, "no way leads to this step", _way_mend(flow, name))


def _way_mend(flow: Flow, name: str) -> str:
    """Links and handoffs end a flow: a step right below one is easily taken for the next."""
    names = list(flow.steps)
    above = flow.steps[names[names.index(name) - 1]]
    if isinstance(above, Link | Escalate):
        return f"{above.kind} above it ends the flow: put it last, or lead here by `next` or `then`"
    return "lead to it by `next` or `then`, or take it out"


def _silent(flows: Mapping[str, Flow]) -> Iterator[Fault]:
    circle = silent_circle(flows)
    if circle:
        told = " -> ".join(step if flow == circle[0][0] else f"{flow}/{step}" for flow, step in circle)
        flow = flows[circle[0][0]]
        place = _place(flow, circle[0][1], flow.steps[circle[0][1]].line)
        yield fault_at(place, f"a circle that never waits: {told}", "put a collect, propose or escalate into it")


def _patience(flow: Flow, flows: Mapping[str, Flow]) -> Iterator[Fault]:
    if flow.topic and not flow.meanwhile and questions_first(flow, flows, PATIENCE):
        mend = "write `meanwhile: ARTICLE` (advice), or ask less before the first fix"
        yield fault_at(_place(flow), f"a way asks {PATIENCE} questions before anything useful", mend)


def _call_circle(flows: Mapping[str, Flow]) -> tuple[str, ...]:
    """Flows that call each other in a circle, the first one again at the end."""
    done: set[str] = set()

    def follow(name: str, path: tuple[str, ...]) -> tuple[str, ...]:
        if name in path:
            return (*path[path.index(name) :], name)
        if name in done or name not in flows:
            return ()
        for call in called(flows[name]):
            circle = follow(call.flow, (*path, name))
            if circle:
                return circle
        done.add(name)
        return ()

    return next((circle for name in flows if (circle := follow(name, ()))), ())


def fixes_of(flow: Flow) -> tuple[str, ...]:
    """The articles that a flow proposes, each once."""
    return tuple(
        dict.fromkeys(step.article for step in flow.steps.values() if isinstance(step, Propose) and step.article)
    )


def can_fail_to_fix(flow: Flow) -> bool:
    """Whether a flow diagnoses: it may end by saying that its fixes did not help."""
    return any(isinstance(step, Escalate) and step.reason == "fix_failed" for step in flow.steps.values())


def _place(flow: Flow, step: str = "", line: int = 0) -> Place:
    return Place(flow.file, line or flow.line, flow.id, step)
