"""Slack's way of writing messages down, read back to the words that people saw."""

import re
from collections.abc import Mapping

MOST_NAMES = 20  # people whose names are looked up for one message
_TAG = re.compile(r"<([^<>\s][^<>\n]{0,3000})>")
_USER = re.compile(r"@([UW][A-Z0-9]{1,30})(?:\|(.*))?", re.DOTALL)
_SPACES = re.compile(r"[ \t]{2,}")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def people_in(text: str) -> tuple[str, ...]:
    """Name the ids of the people whom a message mentions, each once."""
    found = (_USER.fullmatch(tag) for tag in _TAG.findall(text))
    return tuple(dict.fromkeys(one[1] for one in found if one))[:MOST_NAMES]


def plain_text(text: str, own_user: str, names: Mapping[str, str]) -> str:
    """Tell a message as plain words; our own name is left out, since it only calls us."""
    words = _TAG.sub(lambda found: _told(found[1], own_user, names), text)
    words = _SPACES.sub(" ", words) if words != text and own_user in text else words
    for entity, character in _ENTITIES:
        words = words.replace(entity, character)
    return words.strip()


def _told(tag: str, own_user: str, names: Mapping[str, str]) -> str:
    if user := _USER.fullmatch(tag):
        return "" if user[1] == own_user else f"@{names.get(user[1]) or user[2] or user[1]}"
    target, _, label = tag.partition("|")
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        return _special(target[1:], label)
    return _link(target, label)


def _special(name: str, label: str) -> str:
    """A group, a broadcast or a date, each with the words that stand for it."""
    if label:
        return label
    return name.partition("^")[0] if name.startswith("date") else f"@{name.partition('^')[2] or name}"


def _link(target: str, label: str) -> str:
    if target.startswith(("mailto:", "tel:")):
        return label or target.partition(":")[2]
    seen = label.strip()
    bare = target.partition("://")[2] or target
    if not seen or seen.rstrip("/") in (target.rstrip("/"), bare.rstrip("/")):
        return target
    return f"{seen} ({target})"
