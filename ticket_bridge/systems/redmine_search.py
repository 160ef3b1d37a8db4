"""Reading tickets: one by its number, one by its handoff id, those that changed since."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import TypeAdapter

from ticket_bridge.port import RefusedError
from ticket_bridge.systems.redmine_config import RedmineConfig
from ticket_bridge.systems.redmine_issue import Issue, Issues, OneIssue
from ticket_bridge.systems.redmine_marks import handoff_mark
from ticket_bridge.systems.redmine_wire import InvalidError, Params, Wire

Filter = tuple[str, str, str | None]  # field, operator, value
_ISSUE, _ISSUES = TypeAdapter(OneIssue), TypeAdapter(Issues)
_ANY_STATUS: Filter = ("status_id", "*", None)
_MOST = "100"  # tickets in one answer: Redmine's own limit


class Search:
    """Asks for tickets of the configured project. Raises what the wire raises."""

    def __init__(self, wire: Wire, config: RedmineConfig) -> None:
        self._wire = wire
        self._config = config

    async def ticket(self, number: int, include: str) -> Issue:
        """Read one ticket with what is to be included."""
        return (await self._wire.read(f"/issues/{number}.json", _ISSUE, (("include", include),))).issue

    async def by_handoff(self, handoff_id: str) -> Issue | None:
        """Find the ticket of a handoff, the oldest where there are several.

        Redmine leaves out a filter that it does not know and then answers with every ticket: that is told, for
        otherwise each search would find nothing and each doubt would open another ticket.
        """
        mark, field = handoff_mark(handoff_id), self._config.handoff_field
        found = await self._list((f"cf_{field}", "=", mark), sort="id", limit=_MOST)
        if any(issue.value_of(field).casefold() != mark.casefold() for issue in found):
            raise RefusedError(f"Redmine does not search in custom field {field}: tick 'Used as a filter' on it")
        return next((issue for issue in found if issue.value_of(field) == mark), None)

    async def newest_change(self) -> datetime | None:
        """Tell when the last of our tickets changed, None where there is no ticket."""
        found = await self._list(self._ours(), sort="updated_on:desc", limit="1")
        return found[0].updated_on if found else None

    async def changed(self, since: datetime, after: int, most: int) -> tuple[Issue, ...]:
        """List our tickets that changed since then, by their number, those after this one."""
        when = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        filters = (self._ours(), ("updated_on", ">=", when), ("issue_id", ">=", str(after + 1)))
        return await self._list(*filters, sort="id", limit=str(most))

    def _ours(self) -> Filter:
        return (f"cf_{self._config.handoff_field}", "*", None)

    async def _list(self, *filters: Filter, sort: str, limit: str) -> tuple[Issue, ...]:
        params = [("set_filter", "1"), ("sort", sort), ("limit", limit), *_as_params(_ANY_STATUS, *filters)]
        return (await self._wire.read(f"/projects/{self._config.project}/issues.json", _ISSUES, params)).issues

    async def is_searchable(self, field: int) -> bool:
        """Tell whether Redmine searches in a custom field for us: a blank value it then refuses, naming the field."""
        params = [("set_filter", "1"), ("limit", "1"), *_as_params((f"cf_{field}", "=", ""))]
        try:
            await self._wire.read(f"/projects/{self._config.project}/issues.json", _ISSUES, params)
        except InvalidError:
            return True
        return False


def _as_params(*filters: Filter) -> Params:
    params = []
    for field, operator, value in filters:
        params += [("f[]", field), (f"op[{field}]", operator)]
        params += [(f"v[{field}][]", value)] if value is not None else []
    return params
