"""Answers and edits that came before what they answer or change: Slack promises no order."""

import time
from collections import OrderedDict
from dataclasses import replace
from typing import TypeVar

from bot.channels.slack.reading import Edit, Post

T = TypeVar("T", Post, Edit)

SECONDS = 60.0  # that something is kept, and that the thread of an answer may be old
PLACES = 50


class Overtaken:
    """Keeps the latest few answers in young threads that are not ours yet, and edits, a minute long in memory alone.

    They may be nothing to us: nothing of them is written down.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], tuple[Post, float]] = OrderedDict()
        self._edits: OrderedDict[tuple[str, str], tuple[Edit, float]] = OrderedDict()

    def keep(self, post: Post) -> None:
        """Keep an answer in a thread that has just begun."""
        if not post.thread or _seconds(post.ts) - _seconds(post.thread) > SECONDS:
            return
        _put(self._kept, post)

    def of(self, first: Post) -> tuple[Post, ...]:
        """Give the answers to a post which its writer gave since, in their order."""
        young = time.monotonic() - SECONDS
        found = (post for post, at in self._kept.values() if at > young and _answers(post, first))
        return tuple(sorted(found, key=lambda one: one.ts))

    def done(self, post: Post) -> None:
        """Keep an answer no more, once it is taken."""
        self._kept.pop((post.channel, post.ts), None)

    def keep_edit(self, edit: Edit) -> None:
        """Keep an edit, whether or not what it changes has come."""
        before, _ = self._edits.get((edit.channel, edit.ts), (edit, 0.0))
        if edit.at >= before.at:
            _put(self._edits, edit)

    def as_it_reads(self, post: Post) -> Post | None:
        """Give a post with its latest words; None where its writer has taken it back."""
        edit, at = self._edits.get((post.channel, post.ts), (None, 0.0))
        if edit is None or edit.user != post.user or at <= time.monotonic() - SECONDS:
            return post
        return replace(post, text=edit.text) if edit.text else None


def _put(kept: OrderedDict[tuple[str, str], tuple[T, float]], what: T) -> None:
    kept[what.channel, what.ts] = (what, time.monotonic())
    kept.move_to_end((what.channel, what.ts))
    while len(kept) > PLACES:
        kept.popitem(last=False)


def _answers(post: Post, first: Post) -> bool:
    return (post.channel, post.thread, post.user) == (first.channel, first.root, first.user) and post.ts > first.ts


def _seconds(ts: str) -> float:
    try:
        return float(ts)
    except ValueError:
        return 0.0
