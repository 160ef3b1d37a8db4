"""How a handoff is judged: priority, level and team (content.md section 2, contract.md "Priority")."""

from collections.abc import Mapping

from .conversation import Request, Slot
from .draft import Draft
from .flow import Escalate

# Reasons in the order in which the first that applies is taken (content.md section 2; no_fix last, outcomes.md).
REASONS = (
    "security", "bot_failed", "asked_for_human", "frustrated", "vip", "on_site", "admin_rights",
    "out_of_policy", "time_limit", "fix_failed", "not_understood", "no_fix",
)  # fmt: skip
AT_ONCE = frozenset({"security", "asked_for_human", "frustrated", "bot_failed"})  # no last questions
_LEVELS = {"on_site": "N2", "admin_rights": "N2"}
_TEAMS = {"security": "security", "on_site": "workplace"}
_IMPACTS = {"everyone": 1, "several": 2, "one": 3}
_URGENCIES = {"no": 1, "partly": 2, "yes": 3}


def level(step: Escalate) -> str:
    """The level that the flow names, else the reason's."""
    return step.level or _LEVELS.get(step.reason, "N1")


def team(draft: Draft, step: Escalate, request: Request | None) -> str:
    """The team that the step names, else the reason's, else the flow's, else the desk's default."""
    flow = draft.book.flows.get(request.flow) if request else None
    return step.team or _TEAMS.get(step.reason) or (flow.team if flow else "") or draft.book.policy.default_team


def impact(slots: Mapping[str, Slot], step: Escalate) -> int:
    """1 site or company, 2 several people, 3 one person; unknown = 3 (contract.md, "Priority")."""
    affected = slots.get("affected")
    return step.impact or _IMPACTS.get(str(affected.value) if affected else "", 3)


def urgency(slots: Mapping[str, Slot], step: Escalate) -> int:
    """1 cannot work or a deadline, 2 hampered, 3 can wait; unknown = 2."""
    if step.urgency:
        return step.urgency
    if "deadline" in slots:
        return 1
    meanwhile = slots.get("work_meanwhile")
    return _URGENCIES.get(str(meanwhile.value) if meanwhile else "", 2)


def priority(impact: int, urgency: int, floor: str = "", vip: bool = False) -> str:
    """P1 to P4: sum 2 = P1, 3 = P2, 4-5 = P3, 6 = P4; a VIP is one up; a floor is at least kept."""
    rank = {2: 1, 3: 2, 4: 3, 5: 3}.get(impact + urgency, 4)
    rank = max(1, rank - 1) if vip else rank
    return f"P{min(rank, int(floor[1:])) if floor else rank}"
