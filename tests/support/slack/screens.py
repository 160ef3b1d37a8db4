"""Modals and home tabs: made, replaced, shown on the wire; and the handles that let the app open them."""

from typing import Literal

from tests.support.slack.blocks.check import check_view
from tests.support.slack.refusal import Json, RefusalError
from tests.support.slack.surfaces import Hook, Trigger, View
from tests.support.slack.talk import named_blocks
from tests.support.slack.world import World

TRIGGER_LIFE = 3.0  # seconds
HOOK_LIFE = 30 * 60.0  # seconds
HOOK_USES = 5
DEEPEST = 3  # modals one over another


def new_trigger(world: World, user: str, view: str | None = None) -> str:
    """A permission to open a modal for that person, once and soon."""
    ref = f"{world.new_id('')}.{world.team[1:]}.{world.new_id('')}"
    world.triggers[ref] = Trigger(user, world.clock.now(), view)
    return ref


def use_trigger(world: World, ref: str) -> Trigger:
    """Take the permission. Raises RefusalError."""
    trigger = world.triggers.get(ref)
    if trigger is None:
        raise RefusalError("invalid_trigger_id")
    if trigger.used:
        raise RefusalError("exchanged_trigger_id")
    if world.clock.now() - trigger.born > TRIGGER_LIFE:
        raise RefusalError("expired_trigger_id")
    trigger.used = True
    return trigger


def new_hook(world: World, hook: Hook) -> str:
    """A response_url."""
    ref = f"{world.app.id}/{world.team}/{world.new_id('')}"
    world.hooks[ref] = hook
    return f"{world.url}/actions/{ref}"


def new_view(world: World, user: str, form: Json, surface: Literal["home", "modal"], under: View | None = None) -> View:
    """A view of what the app gave. Raises RefusalError."""
    check_view(form, surface)
    named_blocks(world, form["blocks"])
    ref = world.new_id("V")
    view = View(ref, user, form, world.clock.stamp(), under.root if under else ref, under.id if under else None)
    world.views[ref] = view
    return view


def replace_form(world: World, view: View, form: Json) -> None:
    """Show something else in a view. Raises RefusalError."""
    surface: Literal["home", "modal"] = "home" if form.get("type") == "home" else "modal"
    check_view(form, surface)
    named_blocks(world, form["blocks"])
    view.form, view.hash, view.errors = form, world.clock.stamp(), {}
    kept = {block["block_id"] for block in form["blocks"]}
    view.state = {block: state for block, state in view.state.items() if block in kept}


def stack_of(world: World, user: str) -> list[View]:
    """That person's open modals, the one on top last."""
    return [view for view in world.views.values() if view.open and view.user == user and view.form["type"] == "modal"]


def view_of(world: World, view: View) -> Json:
    """The view object."""
    form = view.form
    shape: Json = {
        "id": view.id, "team_id": world.team, "type": form["type"], "blocks": form["blocks"],
        "private_metadata": form.get("private_metadata", ""), "callback_id": form.get("callback_id", ""),
        "state": {"values": view.state}, "hash": view.hash, "clear_on_close": form.get("clear_on_close", False),
        "notify_on_close": form.get("notify_on_close", False), "close": form.get("close"), "submit": form.get("submit"),
        "previous_view_id": view.previous, "root_view_id": view.root, "app_id": world.app.id,
        "external_id": form.get("external_id", ""), "app_installed_team_id": world.team, "bot_id": world.app.bot_id,
        "title": form.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
    }  # fmt: skip
    if form["type"] == "modal":
        shape["submit_disabled"] = form.get("submit_disabled", False)
    return shape
