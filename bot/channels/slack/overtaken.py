"""Answers that came before what they answer: Slack promises no order."""

import time
from collections import OrderedDict

from bot.channels.slack.reading import Post

SECONDS = 60.0  # that an answer is kept, and that its thread may be old
PLACES = 50


class Overtaken:
    """Keeps the latest few answers in young threads that are not ours yet, for a minute and in memory alone.

    They may be nothing to us: nothing of them is written down.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], tuple[Post, float]] = OrderedDict()

    def keep(self, post: Post) -> None:
        """Keep an answer in a thread that has just begun."""
        if not post.thread or _seconds(post.ts) - _seconds(post.thread) > SECONDS:
            return
        self._kept[post.channel, post.ts] = (post, time.monotonic())
        while len(self._kept) > PLACES:
            self._kept.popitem(last=False)

    def of(self, first: Post) -> tuple[Post, ...]:
        """Give the answers to a post which its writer gave since, in their order; they are kept no more."""
        young = time.monotonic() - SECONDS
        found = sorted(
            (post for post, at in self._kept.values() if at > young and _answers(post, first)), key=lambda one: one.ts
        )
        for post in found:
            del self._kept[post.channel, post.ts]
        return tuple(found)


def _answers(post: Post, first: Post) -> bool:
    return (post.channel, post.thread, post.user) == (first.channel, first.root, first.user) and post.ts > first.ts


def _seconds(ts: str) -> float:
    try:
        return float(ts)
    except ValueError:
        return 0.0
