"""What is known of the requests that a ticket takes: told by themselves, or carried over from before."""

from .conversation import Origin, Request, Slot
from .draft import Draft
from .flow import Collect, Escalate


def all_known(requests: tuple[Request, ...]) -> dict[str, Slot]:
    """All that is known, the first request's word before the others'."""
    known: dict[str, Slot] = {}
    for one in reversed(requests):
        known |= one.slots
    return known


def told_here(requests: tuple[Request, ...]) -> dict[str, Slot]:
    """What these requests told themselves: neither the profile, nor an earlier request."""
    return {
        name: slot
        for one in reversed(requests)
        for name, slot in one.slots.items()
        if slot.origin is not Origin.PROFILE and name not in one.carried
    }


def fitting(draft: Draft, step: Escalate, requests: tuple[Request, ...]) -> dict[str, Slot]:
    """What was told, and of what was known before only what such a request would be asked."""
    flow = draft.book.flows.get(requests[0].flow)
    asked = {one.slot for one in flow.steps.values() if isinstance(one, Collect)} if flow else set()
    asked |= {"os_version"} if "os" in asked else set()
    asked |= {"site", "device"} if step.reason == "on_site" else set()
    known = {name: slot for name, slot in all_known(requests).items() if name in asked}
    return known | told_here(requests)
