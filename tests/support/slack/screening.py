"""What a person does with views: the home tab, modals; and how any act goes to the app."""

from tests.support.slack import events, interactions
from tests.support.slack.doors import answer_hook
from tests.support.slack.parcels import Parcel
from tests.support.slack.people import Person
from tests.support.slack.refusal import Json, RefusalError
from tests.support.slack.rooms import Message, Room
from tests.support.slack.screens import new_view, replace_form, stack_of, view_of
from tests.support.slack.seen import Seen, buttons_in, element_named
from tests.support.slack.surfaces import View
from tests.support.slack.world import World


def pressed(blocks: list[Json], block: str, action: str, label: str) -> Json:
    """The action that a button sends."""
    for each in blocks:
        for piece in [*each.get("elements", []), each.get("accessory")]:
            if not isinstance(piece, dict) or each["block_id"] != block or piece.get("action_id", "") != action:
                continue
            sides = [piece[side] for side in ("positive_button", "negative_button") if side in piece]
            for shown in sides or [piece]:
                if "text" in shown and shown["text"]["text"] == label:
                    kept = {name: shown[name] for name in ("value", "text") if name in shown}
                    style = {"style": piece["style"]} if "style" in piece else {}
                    return {"type": piece["type"], "action_id": action, "block_id": block} | kept | style
    raise AssertionError(f"nothing to press is called {label!r}")


class Screening:
    """The half of Member that concerns screens."""

    world: World
    person: Person

    @property
    def id(self) -> str:
        """Slack's id."""
        return self.person.id

    def send(self, parcel: Parcel) -> Parcel:
        """Send an act to the app; Slack repeats none of them."""
        self.world.deliver(parcel)
        return parcel

    def found(self, message: Seen) -> tuple[Room, Message]:
        """The message as it now stands. Raises AssertionError where it is gone."""
        room = self.world.rooms[message.room]
        found = next((each for each in room.messages if each.ts == message.ts), None)
        assert found, f"the message {message.ts} is gone"
        return room, found

    def visible(self) -> list[tuple[Room, Message]]:
        """All messages that this person sees, newest first."""
        rooms = [room for room in self.world.rooms.values() if self.id in room.members]
        all_there = [(room, each) for room in rooms for each in room.messages]
        mine = [(room, each) for room, each in all_there if each.ephemeral_to in (None, self.id)]
        return sorted(mine, key=lambda pair: pair[1].ts, reverse=True)

    def shown(self, hook: str, said: Json) -> None:
        """Show what the app said in its acknowledgement of a command."""
        with self.world.lock:
            if said.get("text") or said.get("blocks"):
                answer_hook(self.world, self.world.hooks[hook], said)

    def open_home(self, tab: str = "home") -> None:
        """Open the app's home tab, or its messages tab."""
        with self.world.lock:
            world = self.world
            event: Json = {
                "type": "app_home_opened", "user": self.id, "channel": world.direct(self.id).id, "tab": tab,
                "event_ts": world.clock.stamp(),
            }  # fmt: skip
            if tab == "home" and (home := world.homes.get(self.id)):
                event["view"] = view_of(world, home)
            events.emit(world, event)

    def home(self) -> Json | None:
        """The home tab as it now stands."""
        with self.world.lock:
            home = self.world.homes.get(self.id)
            return view_of(self.world, home) if home else None

    def modal(self) -> View | None:
        """The modal on top, if one is open; its `form` is what the app gave, `errors` what it found wrong."""
        with self.world.lock:
            stack = stack_of(self.world, self.id)
            return stack[-1] if stack else None

    def press_in(self, view: View | None, what: str) -> Parcel:
        """Press a button of a modal, or of the home tab where `view` is None."""
        with self.world.lock:
            shown = view or self.world.homes[self.id]
            for button in buttons_in(shown.form["blocks"]):
                if what in (button.label, button.action):
                    action = pressed(shown.form["blocks"], button.block, button.action, button.label)
                    payload = interactions.action_in_view(self.world, self.person, shown, action)
                    return self.send(Parcel("interactive", payload))
        raise AssertionError(f"nothing to press is called {what!r}")

    def fill(self, action: str, value: str | list[str]) -> None:
        """Fill in a field of the open modal: words, an option's value, options' values, or files' ids."""
        with self.world.lock:
            view = self.modal()
            place = element_named(view.form["blocks"], action) if view else None
            assert view and place, f"no field is called {action!r}"
            block, field = place
            view.state.setdefault(block["block_id"], {})[action] = {"type": field["type"]} | filled(field, value)

    def submit(self, **values: str | list[str]) -> Parcel:
        """Fill these fields, by action_id, and send the modal."""
        for action, value in values.items():
            self.fill(action, value)
        with self.world.lock:
            view = self.modal()
            assert view, "no modal is open"
            for block in view.form["blocks"]:
                if block["type"] == "input":
                    field = block["element"]
                    state = view.state.setdefault(block["block_id"], {})
                    state.setdefault(field["action_id"], {"type": field["type"]} | filled(field, None))
            payload = interactions.submission(self.world, self.person, view)
            return self.send(Parcel("interactive", payload, lambda said: self.after(view, said)))

    def after(self, view: View, said: Json) -> None:
        """Do what the app answered to a submission: errors, another view, one more, or the end."""
        with self.world.lock:
            world = self.world
            try:
                match said.get("response_action"):
                    case None:
                        view.open = False
                    case "clear":
                        for each in stack_of(world, self.id):
                            each.open = False
                    case "errors":
                        known = {block["block_id"] for block in view.form["blocks"] if block["type"] == "input"}
                        assert known.issuperset(said["errors"]), f"errors for no field: {said['errors']}"
                        view.errors = said["errors"]
                    case "update":
                        replace_form(world, view, said["view"])
                    case "push":
                        new_view(world, self.id, said["view"], "modal", view)
                    case unknown:
                        raise AssertionError(f"Slack knows no response_action {unknown!r}")
            except (RefusalError, AssertionError, KeyError) as error:
                view.errors = {"": str(error)}  # "We had some trouble connecting. Try again?"
            world.changed()

    def close_modal(self, all_of_them: bool = False) -> None:
        """Close the modal on top; the app hears of it only if it asked to."""
        with self.world.lock:
            for view in stack_of(self.world, self.id)[::-1][: None if all_of_them else 1]:
                view.open = False
                if view.form.get("notify_on_close"):
                    payload = interactions.closing(self.world, self.person, view, all_of_them)
                    self.send(Parcel("interactive", payload))


def filled(field: Json, value: str | list[str] | None) -> Json:
    """What the state says of one field."""
    options = {each["value"]: each for each in field.get("options", [])}
    match field["type"], value:
        case "checkboxes" | "multi_static_select", _:
            return {"selected_options": [options[each] for each in value or []]}
        case "static_select" | "radio_buttons", _:
            return {"selected_option": options[str(value)] if value else field.get("initial_option")}
        case "file_input", _:
            return {"files": [{"id": each} for each in value or []]}
        case "users_select", _:
            return {"selected_user": value}
        case _:
            return {"value": value or field.get("initial_value")}
