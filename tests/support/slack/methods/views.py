"""Web API: modals and the home tab."""

from tests.support.slack.calls import Call, Method
from tests.support.slack.refusal import Json, RefusalError, refused_with
from tests.support.slack.screens import DEEPEST, new_view, replace_form, stack_of, use_trigger, view_of
from tests.support.slack.surfaces import View
from tests.support.slack.world import World


def form_of(call: Call) -> Json:
    """The view that the app gives. Raises RefusalError."""
    if not call.args.get("view"):
        raise refused_with("invalid_arguments", ["missing required field: view"])
    form: Json = call.parsed("view", {}, "invalid_arguments")
    return form


def open_modal(world: World, call: Call) -> Json:
    """views.open"""
    form, trigger = form_of(call), use_trigger(world, call.need("trigger_id"))
    return {"view": view_of(world, new_view(world, trigger.user, form, "modal"))}


def push(world: World, call: Call) -> Json:
    """views.push: only from an open modal, three deep at most"""
    form, trigger = form_of(call), use_trigger(world, call.need("trigger_id"))
    stack = stack_of(world, trigger.user)
    if not stack:
        raise RefusalError("no_view_on_stack")
    if len(stack) >= DEEPEST:
        raise RefusalError("push_limit_reached")
    return {"view": view_of(world, new_view(world, trigger.user, form, "modal", stack[-1]))}


def named(world: World, call: Call) -> View:
    """The view of that id or external id. Raises RefusalError."""
    ref, outer = call.text("view_id"), call.text("external_id")
    for view in world.views.values():
        if view.id == ref or (outer and view.form.get("external_id") == outer):
            return view
    raise RefusalError("not_found")


def update(world: World, call: Call) -> Json:
    """views.update: with the hash of an older state it is refused"""
    form, view = form_of(call), named(world, call)
    if not view.open:
        raise RefusalError("not_found")
    if call.text("hash") and call.text("hash") != view.hash:
        raise RefusalError("hash_conflict")
    replace_form(world, view, form)
    return {"view": view_of(world, view)}


def publish(world: World, call: Call) -> Json:
    """views.publish: a person's home tab"""
    form, user = form_of(call), call.need("user_id")
    if user not in world.people:
        raise RefusalError("user_not_found")
    if not world.app.home:
        raise RefusalError("not_enabled")
    home = world.homes.get(user)
    if home is None:
        home = world.homes[user] = new_view(world, user, form, "home")
        return {"view": view_of(world, home)}
    if call.text("hash") and call.text("hash") != home.hash:
        raise RefusalError("hash_conflict")
    replace_form(world, home, form)
    return {"view": view_of(world, home)}


METHODS = {
    "views.open": Method(open_modal),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
