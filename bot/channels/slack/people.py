"""Who somebody is, as Slack knows them: asked once an hour at most, and never waited for long."""

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass

from bot.channels.slack.calling import Slack, SlackError
from bot.channels.slack.later import Later
from bot.channels.slack.payload import Json, part, word
from bot.channels.slack.reading import Own
from bot.channels.slack.tokens import TokenError
from bot.channels.slack.words import language_of

KNOWN_SECONDS = 3600.0
UNKNOWN_SECONDS = 10.0  # before somebody of whom Slack told nothing is asked for again
PATIENCE = 1.5  # seconds that a message waits for its writer's name: Slack wants it acknowledged within 3
PLACES = 10_000


@dataclass(frozen=True, slots=True)
class Person:
    """An account. `proven`: of our own house, guests too, with an address in the profile."""

    id: str
    name: str = ""
    email: str = ""
    language: str = ""
    proven: bool = False


class People:
    """Remembers people for an hour, or until Slack tells that they changed."""

    def __init__(self, slack: Slack, later: Later) -> None:
        self._slack, self._later = slack, later
        self._known: OrderedDict[str, tuple[Person, float]] = OrderedDict()
        self._asked: dict[str, asyncio.Task[None]] = {}

    async def person(self, user: str, own: Own) -> Person:
        """Tell who it is: their id alone, where Slack does not answer soon."""
        if (found := self._remembered(user)) is None:
            if user not in self._asked:
                self._asked[user] = self._later.do(self._ask(user, own), "who somebody is")
            await asyncio.wait({self._asked[user]}, timeout=PATIENCE)
            found = self._remembered(user)
        return found or Person(user)

    async def names(self, users: tuple[str, ...], own: Own) -> dict[str, str]:
        """Name people, as far as Slack tells soon."""
        found = await asyncio.gather(*(self.person(user, own) for user in users if user != own.user))
        return {one.id: one.name for one in found if one.name}

    def forget(self, user: str) -> None:
        """Ask anew when they write next."""
        self._known.pop(user, None)

    def _remembered(self, user: str) -> Person | None:
        found, until = self._known.get(user, (None, 0.0))
        return found if time.monotonic() < until else None

    async def _ask(self, user: str, own: Own) -> None:
        lasts = KNOWN_SECONDS
        try:
            person = read_person((await self._slack.call("users.info", user=user, include_locale=True)), own)
        except (SlackError, TokenError):
            person, lasts = Person(user), UNKNOWN_SECONDS
        finally:
            self._asked.pop(user, None)
        self._known[user] = (person if person.id else Person(user), time.monotonic() + lasts)
        self._known.move_to_end(user)
        while len(self._known) > PLACES:
            self._known.popitem(last=False)


def read_person(told: Json, own: Own) -> Person:
    """Read the answer of users.info."""
    user = part(told, "user")
    profile = part(user, "profile")
    email = word(profile, "email")
    name = word(profile, "real_name") or word(user, "real_name") or word(profile, "display_name") or word(user, "name")
    stranger = any(user.get(key) is True for key in ("is_bot", "deleted", "is_stranger"))
    proven = bool(email) and not stranger and _is_of_our_house(user, own)
    return Person(word(user, "id"), name, email, language_of(word(user, "locale")), proven)


def _is_of_our_house(user: Json, own: Own) -> bool:
    teams = user.get("teams")
    if own.team and (word(user, "team_id") == own.team or (isinstance(teams, list) and own.team in teams)):
        return True
    houses = (word(user, "enterprise_user", "enterprise_id"), word(user, "enterprise_id"))
    return bool(own.enterprise) and own.enterprise in houses
