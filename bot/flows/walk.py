"""Where a flow can go: the steps after a step, within its flow and through calls and links."""

from collections.abc import Iterator, Mapping

from bot.dialog.flow import END, Call, Collect, Escalate, Flow, Link, Propose, Step

Spot = tuple[str, str]  # flow id, step id


def ways_on(step: Step) -> tuple[str, ...]:
    """The ids that may follow a step in its own flow, END included, each once, in order."""
    match step:
        case Propose(solved=solved, unsolved=unsolved, cannot_try=cannot_try):
            return tuple(dict.fromkeys(way for way in (unsolved, solved, cannot_try) if way))
        case Link() | Escalate():
            return ()
        case _:
            return tuple(dict.fromkeys(branch.then for branch in step.next))


def reached(flow: Flow) -> set[str]:
    """The steps of a flow that some way leads to."""
    seen: set[str] = set()
    open_ends = [flow.first]
    while open_ends:
        step = open_ends.pop()
        if step in flow.steps and step not in seen:
            seen.add(step)
            open_ends += ways_on(flow.steps[step])
    return seen


def called(flow: Flow) -> Iterator[Call]:
    """The calls in a flow."""
    return (step for step in flow.steps.values() if isinstance(step, Call))


def ways_across(spot: Spot, flows: Mapping[str, Flow]) -> Iterator[Spot]:
    """The steps that may follow a step, into called and linked flows too; after a call, what follows it as well."""
    flow, step_id = spot
    step = flows[flow].steps[step_id]
    if isinstance(step, Call | Link) and step.flow in flows:
        yield step.flow, flows[step.flow].first
    yield from ((flow, way) for way in ways_on(step) if way in flows[flow].steps)


def questions_first(flow: Flow, flows: Mapping[str, Flow], limit: int) -> bool:
    """Whether some way through a flow asks for `limit` slots before a fix or a handoff; calls are walked through.

    Calls must not go in circles.
    """
    seen: set[tuple[tuple[Spot, ...], frozenset[str]]] = set()
    open_ends: list[tuple[tuple[Spot, ...], frozenset[str]]] = [(((flow.id, flow.first),), frozenset())]
    while open_ends:
        frames, asked = open_ends.pop()
        frames = _settled(frames, flows)
        if not frames or (frames, asked) in seen:
            continue
        seen.add((frames, asked))
        step = flows[frames[-1][0]].steps[frames[-1][1]]
        if isinstance(step, Propose | Escalate):
            continue
        asked = asked | {step.slot} if isinstance(step, Collect) else asked
        if len(asked) >= limit:
            return True
        open_ends += [(after, asked) for after in _after(step, frames, flows)]
    return False


def _settled(frames: tuple[Spot, ...], flows: Mapping[str, Flow]) -> tuple[Spot, ...]:
    """Leave the flows that have ended."""
    while frames and frames[-1][1] not in flows[frames[-1][0]].steps:
        frames = frames[:-1]
    return frames


def _after(step: Step, frames: tuple[Spot, ...], flows: Mapping[str, Flow]) -> list[tuple[Spot, ...]]:
    below, flow = frames[:-1], frames[-1][0]
    if isinstance(step, Link):
        return [((step.flow, flows[step.flow].first),)] if step.flow in flows else []
    ways = [(*below, (flow, way)) for way in ways_on(step)]
    if isinstance(step, Call) and step.flow in flows:
        return [(*way, (step.flow, flows[step.flow].first)) for way in ways]
    return ways


def silent_circle(flows: Mapping[str, Flow]) -> tuple[Spot, ...]:
    """A circle of steps that neither wait nor end: the steps in it, or none."""
    done: set[Spot] = set()
    for flow in flows.values():
        for step in flow.steps:
            if (flow.id, step) not in done:
                circle = _circle_from((flow.id, step), flows, done)
                if circle:
                    return circle
    return ()


def _circle_from(start: Spot, flows: Mapping[str, Flow], done: set[Spot]) -> tuple[Spot, ...]:
    """Walk the silent steps from one in depth; `done` takes those that lie on no circle."""
    path: list[Spot] = []
    ends: list[Iterator[Spot]] = [iter((start,))]
    while ends:
        spot = next(ends[-1], None)
        if spot is None:
            ends.pop()
            if path:
                done.add(path.pop())
        elif spot in path:
            return tuple(path[path.index(spot) :])
        elif spot not in done and _is_silent(spot, flows):
            path.append(spot)
            ends.append(_silently_after(spot, flows))
    return ()


def _is_silent(spot: Spot, flows: Mapping[str, Flow]) -> bool:
    step = flows[spot[0]].steps.get(spot[1])
    return step is not None and step.kind in ("utter", "set_slots", "noop", "call", "link")


def _silently_after(spot: Spot, flows: Mapping[str, Flow]) -> Iterator[Spot]:
    """Where a silent step leads; what follows a call only if the called flow can end without waiting."""
    step = flows[spot[0]].steps[spot[1]]
    for after in ways_across(spot, flows):
        if not isinstance(step, Call) or after[0] != spot[0] or _ends_silently(step.flow, flows, frozenset()):
            yield after


def _ends_silently(flow: str, flows: Mapping[str, Flow], within: frozenset[str]) -> bool:
    if flow not in flows or flow in within:
        return False
    seen: set[str] = set()
    open_ends = [flows[flow].first]
    while open_ends:
        step_id = open_ends.pop()
        if step_id == END or step_id not in flows[flow].steps:
            return True
        step = flows[flow].steps[step_id]
        passes = not isinstance(step, Call) or _ends_silently(step.flow, flows, within | {flow})
        if step_id not in seen and _is_silent((flow, step_id), flows) and passes:
            seen.add(step_id)
            open_ends += ways_on(step)
    return False
