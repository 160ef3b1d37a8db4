"""Actions run within their limit, and whatever they do stays with them."""

import asyncio
import logging
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from rasa_sdk import Action
from rasa_sdk.events import AllSlotsReset, ConversationPaused, SlotSet

from bot.actions import ActionsError, RasaRunner
from bot.dialog.effects import RunAction
from bot.ports.actions import Broke, Done

PACK = "tests.packs.actions_pack.actions"
SHORT = timedelta(seconds=0.2)


def action(name: str, run, **attributes) -> type[Action]:
    """Make an action class as an author would write it."""
    return type("Made", (Action,), {"name": lambda self: name, "run": run, **attributes})


async def ran(run, *, limit: timedelta = timedelta(seconds=10), **slots) -> Done | Broke:
    """Run a body as an action."""
    runner = RasaRunner(classes=[action("action_x", run)], limit=limit)
    return await runner.run(RunAction("c1", "action_x", slots, "fr"), "7")


async def test_slots_and_responses_come_back():
    end = await RasaRunner([PACK]).run(RunAction("c1", "action_check_badge", {"badge_number": "901"}), "7")
    assert end == Done({"badge_state": "expired", "badge_until": "2025-12-31"}, ({"response": "utter_badge_expired"},))


async def test_an_action_that_hangs_is_left_at_its_limit():
    end = await RasaRunner([PACK], limit=SHORT).run(RunAction("c1", "action_open_gate"), "7")
    assert end == Broke("timeout")


async def test_a_coroutine_that_heeds_no_cancelling_is_left_at_its_limit():
    release = asyncio.Event()

    async def stubborn(self, dispatcher, tracker, domain):
        while not release.is_set():
            try:
                await release.wait()
            except asyncio.CancelledError:
                continue
        return []

    assert await ran(stubborn, limit=SHORT) == Broke("timeout")
    release.set()


async def test_a_blocking_action_does_not_hold_up_the_others():
    may_end = threading.Event()

    def slow(self, dispatcher, tracker, domain):
        return [SlotSet("released", may_end.wait(5))]

    running = asyncio.create_task(ran(slow))
    quick = await RasaRunner([PACK]).run(RunAction("c1", "action_check_badge", {"badge_number": "1"}), "7")
    assert isinstance(quick, Done)
    may_end.set()
    assert await running == Done({"released": True})


@pytest.mark.parametrize("error", [ValueError("mot de passe: hunter2"), SystemExit(3), StopIteration()])
@pytest.mark.parametrize("is_async", [True, False])
async def test_an_action_that_raises_has_failed_and_its_words_are_not_logged(error, is_async, caplog):
    async def later(self, dispatcher, tracker, domain):
        raise error

    def at_once(self, dispatcher, tracker, domain):
        raise error

    with caplog.at_level(logging.DEBUG):
        assert await ran(later if is_async else at_once) == Broke("failed")
    assert "hunter2" not in caplog.text
    assert "action_x" in caplog.text


async def test_an_action_sees_slots_language_and_conversation():
    def look(self, dispatcher, tracker, domain):
        lang = tracker.latest_message["metadata"]["lang"]
        dispatcher.utter_message(text=f"{tracker.sender_id} {lang} {tracker.get_slot('os')}", until="noon")
        return []

    assert await ran(look, os="windows") == Done({}, ({"text": "7 fr windows", "until": "noon"},))


async def test_what_an_action_changes_in_its_tracker_is_its_own():
    given = {"os": "windows", "list": ["a"]}

    def spoil(self, dispatcher, tracker, domain):
        tracker.slots["list"].append("b")
        domain["spoilt"] = True
        return []

    runner = RasaRunner(classes=[action("action_x", spoil)], domain={"slots": {}})
    assert await runner.run(RunAction("c1", "action_x", given), "7") == Done()
    assert given == {"os": "windows", "list": ["a"]}


async def test_what_json_cannot_carry_becomes_text():
    def odd(self, dispatcher, tracker, domain):
        return [SlotSet("when", timedelta(hours=1))]

    assert await ran(odd) == Done({"when": "1:00:00"})


async def test_slots_are_reset_and_set_in_order_and_other_events_passed_over():
    def several(self, dispatcher, tracker, domain):
        return [SlotSet("a", 1), AllSlotsReset(), SlotSet("b", 2), ConversationPaused(), "nonsense"]

    assert await ran(several, os="windows") == Done({"os": None, "b": 2})


async def test_an_action_may_give_nothing_back():
    assert await ran(lambda self, dispatcher, tracker, domain: None) == Done()


async def test_an_action_that_nobody_wrote_has_failed():
    assert await RasaRunner([PACK]).run(RunAction("c1", "action_other"), "7") == Broke("failed")
    assert await RasaRunner().run(RunAction("c1", "action_other"), "7") == Broke("failed")


async def test_where_the_actions_cannot_be_loaded_running_one_has_failed():
    assert await RasaRunner(["no.such.module"]).run(RunAction("c1", "action_x"), "7") == Broke("failed")


def test_only_what_its_class_calls_repeatable_may_run_again():
    runner = RasaRunner([PACK], [action("action_yes", None, repeatable="yes")])
    assert runner.repeatable("action_check_badge")
    assert not runner.repeatable("action_open_gate")
    assert not runner.repeatable("action_yes")
    assert not runner.repeatable("action_other")


def test_loading_names_the_actions():
    assert RasaRunner([PACK]).load() == ("action_check_badge", "action_open_gate")


def test_every_fault_of_the_actions_is_told_at_once():
    class NeedsMore(Action):
        def __init__(self, what):
            self.what = what

        def name(self):
            return "action_more"

    twins = [action("action_x", None), action("action_x", None)]
    with pytest.raises(ActionsError) as caught:
        RasaRunner(["no.such.module", "json"], [NeedsMore, *twins]).load()
    told = "\n".join(caught.value.faults)
    assert len(caught.value.faults) == 4
    for part in ("'no.such.module' cannot be imported", "'json' has no rasa_sdk.Action", "NeedsMore", "'action_x'"):
        assert part in told


def test_a_house_without_actions_does_not_load_rasa():
    code = (
        "import asyncio, sys\n"
        "from bot.actions import RasaRunner\nfrom bot.dialog.effects import RunAction\n"
        "print(asyncio.run(RasaRunner().run(RunAction('c', 'x'), '1')), 'rasa_sdk' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.strip() == "Broke(why='failed') False"


def test_an_action_that_hangs_does_not_keep_the_process_from_ending():
    code = (
        "import asyncio\nfrom datetime import timedelta\n"
        "from bot.actions import RasaRunner\nfrom bot.dialog.effects import RunAction\n"
        f"runner = RasaRunner(['{PACK}'], limit=timedelta(seconds=0.1))\n"
        "print(asyncio.run(runner.run(RunAction('c', 'action_open_gate'), '1')))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.strip() == "Broke(why='timeout')"
