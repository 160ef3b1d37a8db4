"""Composes packs, in order, into one playbook under one hash; a later pack overrides an id of an earlier one."""

import json
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import Any

from bot.dialog.plain import to_plain
from bot.dialog.playbook import Playbook, Policy

from .pack import Pack


def compose(packs: Iterable[Pack], policy: Policy) -> Playbook:
    """Lay packs over each other. Equal content and policy give an equal hash, on any machine."""
    content: dict[str, Any] = {kind: {} for kind in ("flows", "responses", "slots", "codes", "articles")}
    for pack in packs:
        for kind, entries in content.items():
            entries.update(pack.articles.articles if kind == "articles" else getattr(pack.sheet, kind))
    playbook = Playbook(policy=policy, **content)
    return replace(playbook, hash=_hash(playbook))


def _hash(playbook: Playbook) -> str:
    """The first 32 hex digits of SHA-256 over everything in it; the order of steps counts."""
    plain = json.dumps(to_plain(playbook), ensure_ascii=False, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()[:32]
