"""Finding actions: the Action classes of the modules that the settings name, made once."""

import importlib
import inspect
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rasa_sdk import Action


class ActionsError(Exception):
    """Actions that cannot be used; `faults` lists everything that is wrong, each with its mend."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def load(modules: Iterable[str], classes: Iterable[type["Action"]]) -> Mapping[str, "Action"]:
    """Make every action of the modules, and of the classes given, by name. Raises ActionsError."""
    faults: list[str] = []
    found: dict[str, Action] = {}
    for kind in dict.fromkeys((*_classes(modules, faults), *classes)):
        name, action = _made(kind, faults)
        if action is None:
            continue
        if name in found:
            faults.append(f"actions: two classes are named '{name}': rename one of them in its name()")
        found[name] = action
    if faults:
        raise ActionsError(tuple(faults))
    return found


def _classes(modules: Iterable[str], faults: list[str]) -> Iterator[type["Action"]]:
    for name in modules:
        try:
            module = importlib.import_module(name)
        except Exception as error:  # a module of others: anything may go wrong in it
            mend = "give a module that Python can import from here (an installed package, or PYTHONPATH)"
            faults.append(f"actions: module '{name}' cannot be imported ({_told(error)}): {mend}")
            continue
        own = [kind for kind in vars(module).values() if _is_action(kind)]
        if not own:
            faults.append(f"actions: module '{name}' has no rasa_sdk.Action: define one, or import it there")
        yield from own


def _is_action(kind: Any) -> bool:
    """Tell whether it is an action of somebody's own, which knows its name; rasa-sdk's own classes are none."""
    from rasa_sdk import Action  # takes a second: only houses with actions pay for it

    if not (inspect.isclass(kind) and issubclass(kind, Action)):
        return False
    return not kind.__module__.startswith("rasa_sdk.") and getattr(kind, "name", None) is not Action.name


def _made(kind: type["Action"], faults: list[str]) -> tuple[str, "Action | None"]:
    try:
        action = kind()
        return str(action.name()), action
    except Exception as error:
        mend = "it is made without arguments, and name() gives its name"
        faults.append(f"actions: {kind.__module__}.{kind.__name__} cannot be made ({_told(error)}): {mend}")
        return "", None


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
