"""People: recognised by their address or login, never by their name."""

from __future__ import annotations

from pydantic import TypeAdapter

from ticket_bridge.systems.redmine_lists import Users
from ticket_bridge.systems.redmine_wire import Wire
from ticket_bridge.ticket import Requester

_USERS = TypeAdapter(Users)


async def account_of(wire: Wire, directory_key: str, requester: Requester) -> int | None:
    """Give the number of the one account with this address, else of the one with this login, None where there is none.

    Redmine searches for a part of login, name and address at once, so what it finds is compared again.
    """
    email, login = requester.email.strip().casefold(), requester.sso_id.strip().casefold()
    if not directory_key:
        return None
    if email:
        found = await wire.read("/users.json", _USERS, (("name", email), ("limit", "100")), directory_key)
        numbers = [user.id for user in found.users if user.mail.casefold() == email]
        if len(numbers) == 1:
            return numbers[0]
    if login:
        found = await wire.read("/users.json", _USERS, (("name", login), ("limit", "100")), directory_key)
        return next((user.id for user in found.users if user.login.casefold() == login), None)
    return None
