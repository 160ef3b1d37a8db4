"""Every method that the stand-in knows, by its name in small letters: the platform does not care about case."""

from collections.abc import Callable
from typing import Any

from tests.support.telegram.arguments import Arguments
from tests.support.telegram.methods import about, editing, sending, topics, webhooks
from tests.support.telegram.world import World

Method = Callable[[World, Arguments], Any]

# getUpdates waits, so it stands with the server.
NAMES: dict[str, Method] = {**about.METHODS, **sending.METHODS, **editing.METHODS, **topics.METHODS, **webhooks.METHODS}
METHODS: dict[str, tuple[str, Method]] = {name.lower(): (name, method) for name, method in NAMES.items()}
