"""Who may see the desk: whoever opens a one-time link, for as long as their session lasts.

Links and sessions live as long as the process; of both only a hash is kept.
"""

import hashlib
import secrets
from collections.abc import MutableMapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

LINK_LIFE = timedelta(minutes=30)
SESSION_LIFE = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class DeskSession:
    """Somebody at the desk; `lang` empty = as the browser wishes."""

    begun_at: datetime
    seen_at: datetime
    lang: str = ""


@dataclass(frozen=True, slots=True)
class DeskKeys:
    """Makes links, lets each be used once, and knows the sessions that came of them. Single-threaded."""

    _links: MutableMapping[str, datetime] = field(default_factory=dict)
    _sessions: MutableMapping[str, DeskSession] = field(default_factory=dict)

    def link_token(self, now: datetime) -> str:
        """Make the token of a new login link."""
        token = secrets.token_urlsafe(32)
        self._links[_hash(token)] = now
        return token

    def known_link(self, token: str, now: datetime) -> bool:
        """Tell whether a link could still be used; looking at it does not use it."""
        made = self._links.get(_hash(token))
        return made is not None and now - made <= LINK_LIFE

    def open_session(self, token: str, now: datetime) -> str:
        """Use a link up; give the session's token, nothing for a link that is used, old or made up."""
        known = self.known_link(token, now)
        self._links.pop(_hash(token), None)
        if not known:
            return ""
        session = secrets.token_urlsafe(32)
        self._sessions[_hash(session)] = DeskSession(now, now)
        return session

    def session(self, token: str, now: datetime, lang: str = "") -> DeskSession | None:
        """Find a session that still lasts, and note that it is in use; `lang` changes its language."""
        key = _hash(token)
        found = self._sessions.get(key)
        if found is None:
            return None
        if now - found.begun_at > SESSION_LIFE or now - found.seen_at > SESSION_IDLE:
            del self._sessions[key]
            return None
        self._sessions[key] = replace(found, seen_at=now, lang=lang or found.lang)
        return self._sessions[key]

    def close_session(self, token: str) -> None:
        """End a session; an unknown one is fine."""
        self._sessions.pop(_hash(token), None)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
