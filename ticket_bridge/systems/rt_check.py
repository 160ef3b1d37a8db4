"""Is Request Tracker set up as the configuration says? Every fault, each with its mend."""

from __future__ import annotations

import json
from urllib.parse import quote

from ticket_bridge.port import DoubtfulError, RefusedError, TryLaterError
from ticket_bridge.systems.rt_config import DEFAULT_LIFECYCLE, RtConfig
from ticket_bridge.systems.rt_read import sql, values_of
from ticket_bridge.systems.rt_wire import Json, RtWire, dicts


async def faults(wire: RtWire, config: RtConfig) -> tuple[str, ...]:
    """List the faults; none of them stops the others from being found, unless the server cannot be asked."""
    found = list(config.faults())
    try:
        found += await _of_account(wire, config)
        fields: dict[str, str] = {}
        for name in sorted({config.queue, *config.queues.values()}):
            found += await _of_queue(wire, config, name, fields)
        found += await _of_fields(wire, config, fields)
        found += await _of_rights(wire, config)
    except (TryLaterError, RefusedError, DoubtfulError) as error:
        found.append(f"{error}; nothing more could be checked")
    return tuple(found + _of_statuses(config))


async def _of_account(wire: RtWire, config: RtConfig) -> list[str]:
    await wire.get("/rt")
    try:
        user = await _named(wire, "users", config.account)
        own = user is not None and "Memberships" in await wire.get(f"/user/{quote(str(user['id']), safe='')}")
    except RefusedError:
        return [f"the account {config.account!r} is not privileged: let it be granted rights (Admin, Users)"]
    return [] if own else [f"the token is not of the account {config.account!r}; give that account's own"]


async def _of_queue(wire: RtWire, config: RtConfig, name: str, fields: dict[str, str]) -> list[str]:
    known = await _named(wire, "queues", name)
    if known is None:
        return [f"queue {name!r} is not there for {config.account}: create it, or grant SeeQueue on it"]
    queue = await wire.get(f"/queue/{known['id']}")
    found = []
    if str(queue.get("Lifecycle")) != config.lifecycle:
        found.append(
            f"queue {name!r} has the lifecycle {queue.get('Lifecycle')!r}: give it {config.lifecycle!r}, or set"
            " `lifecycle` and `statuses`"
        )
    if not any(one.get("ref") == "create" for one in dicts(queue.get("_hyperlinks"))):
        found.append(f"queue {name!r} takes no tickets from {config.account}: grant CreateTicket on it")
    held = {str(one.get("name")): str(one.get("id")) for one in dicts(queue.get("TicketCustomFields"))}
    fields.update(held)
    wanted = [config.handoff_field, *(field.name for field in config.fields.values())]
    found += [
        f"queue {name!r} has no custom field {field!r} for {config.account}: apply it to the queue, and grant"
        " SeeCustomField and SetInitialCustomField"
        for field in wanted
        if field not in held
    ]
    return found


async def _of_fields(wire: RtWire, config: RtConfig, fields: dict[str, str]) -> list[str]:
    found = []
    if config.handoff_field in fields:
        field = await wire.get(f"/customfield/{fields[config.handoff_field]}")
        if str(field.get("UniqueValues")) == "1":
            found.append(
                f"custom field {config.handoff_field!r} wants unique values: take that off, for RT then opens a second"
                " ticket all the same and silently drops its value"
            )
        if field.get("Type") != "Freeform":
            found.append(f"custom field {config.handoff_field!r} must be of the type 'Enter one value'")
    for ours in config.fields.values():
        if ours.name in fields:
            offered = _offered(await wire.get(f"/customfield/{fields[ours.name]}"))
            found += [
                f"custom field {ours.name!r} does not offer {value!r}: add it there, or correct `fields`"
                for value in ours.values.values()
                if offered is not None and value not in offered
            ]
    return found


async def _of_rights(wire: RtWire, config: RtConfig) -> list[str]:
    """Look at our newest ticket: RT tells what may be done with a ticket only where there is one."""
    queues = " OR ".join(f"Queue = '{sql(name)}'" for name in sorted({config.queue, *config.queues.values()}))
    query = f"Creator = '{sql(config.account)}' AND ( {queues} )"
    found: list[str] = []
    for item in await wire.get_all("/tickets", query=query, orderby="id", order="DESC", per_page="1"):
        ticket = await wire.get(f"/ticket/{item['id']}")
        if not any(one.get("ref") == "lifecycle" for one in dicts(ticket.get("_hyperlinks"))):
            found.append(f"{config.account} may not change ticket {item['id']}: grant ModifyTicket")
        if not values_of(ticket, config.handoff_field):
            key = config.handoff_field
            found.append(f"ticket {item['id']} of {config.account} holds no {key!r}: grant SetInitialCustomField")
    return found


def _of_statuses(config: RtConfig) -> list[str]:
    """RT's REST interface lists no lifecycle's statuses: those of its own are known, of others only the name."""
    if config.lifecycle != "default":
        return []
    return [
        f"statuses: the lifecycle 'default' has no {status!r}; it has {', '.join(sorted(DEFAULT_LIFECYCLE))}"
        for status in sorted({*config.statuses.values(), *config.read_as})
        if status not in DEFAULT_LIFECYCLE
    ]


def _offered(field: Json) -> set[str] | None:
    """Give the values of a field to choose from, None where anything may be written."""
    if field.get("Type") != "Select":
        return None
    return {str(one.get("name") if isinstance(one, dict) else one) for one in field.get("Values") or []}


async def _named(wire: RtWire, kind: str, name: str) -> dict[str, Json] | None:
    """Find something by its exact name: a name in an address could be taken for a number, or for a path."""
    query = json.dumps([{"field": "Name", "value": name}])
    found = await wire.get_all(f"/{kind}", query=query, fields="Name")
    return next((one for one in found if one.get("Name") == name), None)
