"""A circuit breaker: stop calling a system that does not answer, then try it with one call at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

WHILE_TRIED = timedelta(seconds=1)  # how soon to ask again while another call is the trial


class Breaker:
    """Counts failures in a row; from `threshold` on it lets one trial call through every `rest`, until one succeeds."""

    def __init__(self, threshold: int = 5, rest: timedelta = timedelta(seconds=30)) -> None:
        self._threshold = threshold
        self._rest = rest
        self._failures = 0
        self._until: datetime | None = None
        self._on_trial = False

    @property
    def resting_until(self) -> datetime | None:
        """Tell when the next trial call may go; None while calls flow."""
        return self._until

    def pause(self, now: datetime) -> timedelta | None:
        """Give the time to wait before calling. None means call now: while resting, one caller is told so."""
        if self._until is None:
            return None
        if now >= self._until:
            self._until = now + self._rest  # a trial that never reports back holds the others up no longer than this
            self._on_trial = True
            return None
        left = self._until - now
        return min(left, WHILE_TRIED) if self._on_trial else left

    def failed(self, now: datetime) -> None:
        """Take in a call that was not answered, or answered "later"."""
        self._failures += 1
        self._on_trial = False
        if self._failures >= self._threshold:
            self._until = now + self._rest

    def succeeded(self) -> None:
        """Take in a call that was answered, a refusal included."""
        self._failures = 0
        self._on_trial = False
        self._until = None
