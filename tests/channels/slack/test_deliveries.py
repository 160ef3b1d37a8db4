"""What Slack delivers twice, late, in the wrong order, or of others: requests are taken in once, and only these."""

from pathlib import Path

import pytest

from bot.channels.slack.overtaken import PLACES
from bot.dialog.events import ButtonPressed, PersonEdited, PersonSaid
from tests.channels.slack.office import Office, at_work
from tests.support.slack.people import Kind
from tests.support.slack.rooms import Room
from tests.support.slack.workspace import Workspace as Slack


def edits(office: Office) -> list[str]:
    """How messages read after people changed them."""
    return [one.event.text for one in office.arrivals.taken if isinstance(one.event, PersonEdited)]


def words(office: Office) -> list[str]:
    """What people said."""
    return [text for said in office.arrivals.said for text in said.texts]


async def test_nothing_that_was_delivered_before_is_taken_again(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        room = slack.channel("general", ana)
        async with at_work(slack, tmp_path / "home") as office:
            ana.say("my printer prints blank pages")
            ana.mention("my printer prints blank pages", room)
            await slack.until(lambda: len(office.arrivals.taken) == 2)
            again = [
                slack.deliver_again(parcel, same_envelope)
                for parcel in (*slack.events("message"), *slack.events("app_mention"))
                for same_envelope in (False, True)
            ]
            await slack.until(lambda: all(parcel.is_delivered for parcel in again))
            assert len(office.arrivals.taken) == 2


async def test_what_could_not_be_stored_is_not_acknowledged_and_comes_again(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        slack.acknowledge_within(0.2)
        async with at_work(slack, tmp_path / "home") as office:
            office.arrivals.broken = 1
            ana.say("my printer prints blank pages")
            await slack.until(lambda: slack.written(), most=15)
            assert slack.events("message")[0].tries[:2] == ["timeout", ""]
            assert words(office) == ["my printer prints blank pages"]


async def test_a_kill_between_storing_and_acknowledging_changes_nothing(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        slack.acknowledge_within(0.2)
        async with at_work(slack, tmp_path / "home") as office:
            office.arrivals.cut_off = 1
            ana.say("my printer prints blank pages")
            await slack.until(lambda: office.arrivals.cut_off == 0)
        async with at_work(slack, tmp_path / "home") as office:
            await slack.until(lambda: slack.events("message")[0].is_delivered, most=15)
            assert [receipt for _, receipt in office.arrivals.seen] == [None]
            ana.say("it is the one on floor 3")
            told = await slack.until(lambda: slack.written(), most=15)
            assert [len(told), words(office)] == [1, ["it is the one on floor 3"]]


async def test_an_answer_that_overtakes_its_thread_is_not_lost(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        room = slack.channel("general", ana)
        async with at_work(slack, tmp_path / "home") as office:
            with slack.out_of_order():
                root = ana.mention("my printer prints blank pages", room)
                ana.say("it is the one on floor 3", room, thread=root)
            await slack.until(lambda: len(office.arrivals.taken) == 2)
            assert words(office) == ["my printer prints blank pages", "it is the one on floor 3"]
            assert len({one.address for one in office.arrivals.taken}) == 1


async def test_edits_and_deletions_are_told_and_previews_are_not(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        room = slack.channel("general", ana)
        async with at_work(slack, tmp_path / "home") as office:
            said = ana.say("my printer prints blank pages")
            root = ana.mention("my VPN says error 809", room)
            await slack.until(lambda: len(office.arrivals.taken) == 2)
            ana.edit(said, "my scanner makes blank pages")
            ana.edit(ana.now(said), "my scanner makes blank pages")
            ana.edit(root, f"@{slack.app.name} my VPN says error 800")
            await slack.until(lambda: len(edits(office)) == 2)
            ana.delete(said)
            ana.delete(root)
            await slack.until(lambda: len(edits(office)) == 4, most=15)
            assert sorted(edits(office)) == ["", "", "my VPN says error 800", "my scanner makes blank pages"]
            refs = {one.event.ref for one in office.arrivals.taken if isinstance(one.event, PersonEdited | PersonSaid)}
            assert refs == {said.ts, root.ts}


async def test_what_nobody_knows_is_acknowledged_and_left(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        room = slack.channel("general", ana)
        async with at_work(slack, tmp_path / "home") as office:
            caplog.set_level("DEBUG")
            sent = [
                slack.send_event({"type": "brand_new", "text": "sesame", "user": ana.id}),
                slack.send_event({"type": "message", "subtype": "brand_new", "text": "sesame", "channel": room.id}),
                slack.send_event({"type": "message", "text": ["sesame"], "user": {}, "channel": 5, "ts": None}),
                slack.send_event({"type": 7}),
                slack.send_event({"type": "reaction_added", "item": "sesame"}),
            ]
            ben = slack.person("Ben Roy", "ben@corp.test")
            slack.join(room, ben)
            await slack.until(lambda: all(parcel.is_delivered for parcel in (*sent, *slack.events("message"))))
            assert office.arrivals.seen == []
            assert "sesame" not in caplog.text


async def test_programs_are_never_answered(tmp_path: Path) -> None:
    with Slack() as slack:
        bot = slack.person("Robot", kind="bot")
        room = slack.channel("help", bot)
        async with at_work(slack, tmp_path / "home", help_channels=("help",)) as office:
            bot.speak_as_integration("the build is broken", room)
            event = {"type": "message", "channel": room.id, "ts": "1767000000.000100", "text": "alarm"}
            slack.send_event({**event, "user": bot.id, "bot_id": "B1", "bot_profile": {"id": "B1"}})
            slack.send_event({**event, "user": "USLACKBOT"})
            slack.send_event({**event, "user": slack.app.bot_user})
            slack.send_event({**event, "user": bot.id, "app_id": "A5"})
            await slack.until(lambda: all(parcel.is_delivered for parcel in slack.events("message")))
            assert office.arrivals.seen == []


@pytest.mark.parametrize("kind", ["guest", "stranger"])
async def test_only_people_of_the_house_are_proven(tmp_path: Path, kind: Kind) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@other.test", kind=kind)
        room: Room = slack.channel("shared", ana, shared_with=("T0000000099",) if kind == "stranger" else ())
        async with at_work(slack, tmp_path / "home") as office:
            ana.mention("my printer prints blank pages", room)
            await slack.until(lambda: office.arrivals.taken)
            sender = office.arrivals.taken[0].sender
            assert sender.proof == ("channel" if kind == "guest" else "none")
            assert sender.name == "Ana Li"


async def test_an_organisation_is_one_account(tmp_path: Path) -> None:
    with Slack(enterprise="E0000000001", org_install=True) as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        async with at_work(slack, tmp_path / "home") as office:
            ana.say("my printer prints blank pages")
            told = (await slack.until(lambda: slack.written(), most=15))[0]
            ana.press(told.labels[0], message=told)
            await slack.until(lambda: len(office.arrivals.taken) == 2)
            assert {one.address.account for one in office.arrivals.taken if one.address} == {"E0000000001"}
            assert len({one.address for one in office.arrivals.taken}) == 1
            assert office.arrivals.taken[0].sender.proof == "channel"


async def test_a_name_is_not_waited_for_and_changes_are_heard_of(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        async with at_work(slack, tmp_path / "home") as office:
            slack.refuse("users.info", "internal_error")
            ana.say("my printer prints blank pages")
            await slack.until(lambda: office.arrivals.taken)
            assert office.arrivals.taken[0].sender.id == ana.id
            assert (office.arrivals.taken[0].sender.name, office.arrivals.taken[0].sender.proof) == ("", "none")
            ana.change_profile(real_name="Ana Moreau")
            await slack.until(lambda: slack.events("user_change") and slack.events("user_change")[0].is_delivered)
            ana.say("it is the one on floor 3")
            await slack.until(lambda: len(office.arrivals.taken) == 2)
            assert office.arrivals.taken[1].sender.name == "Ana Moreau"


async def test_a_second_press_changes_nothing(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test", locale="fr-FR")
        async with at_work(slack, tmp_path / "home") as office:
            ana.say("mon VPN ne marche plus, erreur 809, Windows 11")
            told = (await slack.until(lambda: slack.written(), most=15))[0]
            with slack.out_of_order():
                parcels = [ana.press(told.labels[0], message=told), ana.press(told.labels[0], message=told)]
            await slack.until(lambda: all(parcel.is_delivered for parcel in parcels))
            await slack.until(lambda: len(slack.written()) == 2, most=15)
            presses = [one.event for one in office.arrivals.taken if isinstance(one.event, ButtonPressed)]
            assert len(presses) == 1
            assert presses[0].turn > 0


async def test_answers_to_others_are_not_kept_for_long(tmp_path: Path) -> None:
    with Slack() as slack:
        ana, ben = slack.person("Ana Li", "ana@corp.test"), slack.person("Ben Roy", "ben@corp.test")
        room = slack.channel("general", ana, ben)
        async with at_work(slack, tmp_path / "home") as office:
            chat = ben.say("who takes the minutes?", room)
            for number in range(PLACES + 5):
                ana.say(f"not me, {number}", room, thread=chat)
            ben.mention("what do you say?", room, thread=chat)
            await slack.until(lambda: office.arrivals.taken, most=15)
            await slack.until(lambda: all(parcel.is_delivered for parcel in slack.events("message")))
            assert words(office) == ["what do you say?"]
