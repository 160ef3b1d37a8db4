"""Help channels, where every post is a request, and the emoji that make one a request or send the bot away."""

from pathlib import Path

from bot.dialog.events import AgentActed
from tests.channels.slack.office import Office, at_work
from tests.support.slack.workspace import Workspace as Slack


def words(office: Office) -> list[str]:
    """What people said."""
    return [text for said in office.arrivals.said for text in said.texts]


async def test_every_post_of_a_help_channel_is_a_request_in_its_own_thread(tmp_path: Path) -> None:
    with Slack() as slack:
        ana, ben = slack.person("Ana Li", "ana@corp.test"), slack.person("Ben Roy", "ben@corp.test")
        room = slack.channel("help", ana, ben)
        async with at_work(slack, tmp_path / "home", help_channels=("#Help",)) as office:
            first = ana.say("my printer prints blank pages", room)
            second = ben.say("my VPN says error 809", room)
            await slack.until(lambda: len(slack.written(room)) == 2, most=15)
            assert {told.thread for told in slack.written(room)} == {first.ts, second.ts}
            ben.say("it is the one on floor 3", room, thread=first)
            await slack.until(lambda: len(office.arrivals.taken) == 3)
            assert [one.sender.colleague for one in office.arrivals.taken] == [False, False, True]


async def test_an_emoji_sends_the_bot_away_and_another_one_calls_it_back(tmp_path: Path) -> None:
    with Slack() as slack:
        ana, ben = slack.person("Ana Li", "ana@corp.test"), slack.person("Ben Roy", "ben@corp.test")
        room = slack.channel("help", ana, ben)
        async with at_work(slack, tmp_path / "home", help_channels=(room.id,)) as office:
            post = ana.say("my printer prints blank pages", room)
            await slack.until(lambda: slack.written(room), most=15)
            ben.react(post, "no_entry_sign")
            await slack.until(lambda: len(office.arrivals.taken) == 2)
            acted = office.arrivals.taken[1]
            assert isinstance(acted.event, AgentActed)
            assert (acted.event.action, acted.event.name) == ("dismiss", "Ben Roy")
            assert acted.address == office.arrivals.taken[0].address
            ana.say("thanks anyway", room, thread=post)
            ben.react(post, "tada")
            await slack.until(lambda: all(parcel.is_delivered for parcel in slack.events("message")))
            assert words(office) == ["my printer prints blank pages"]
            ana.react(post, "ticket")
            await slack.until(lambda: len(words(office)) == 2)
            assert words(office) == ["my printer prints blank pages"] * 2
            assert office.arrivals.taken[2].address == acted.address
            ana.say("it is the one on floor 3", room, thread=post)
            await slack.until(lambda: len(words(office)) == 3)


async def test_an_emoji_makes_an_old_post_of_any_channel_a_request_of_its_writer(tmp_path: Path) -> None:
    with Slack() as slack:
        ana, ben = slack.person("Ana Li", "ana@corp.test"), slack.person("Ben Roy", "ben@corp.test")
        room = slack.channel("general", ana, ben)
        post = ana.say("my printer prints blank pages", room)
        async with at_work(slack, tmp_path / "home", force="sos") as office:
            ben.react(post, "ticket")
            ben.react(post, "sos")
            ana.react(post, "sos")
            await slack.until(lambda: slack.written(room), most=15)
            await slack.until(lambda: all(parcel.is_delivered for parcel in slack.events("reaction_added")))
            assert words(office) == ["my printer prints blank pages"]
            taken = office.arrivals.taken[0]
            assert (taken.sender.id, taken.sender.colleague, taken.sender.public) == (ana.id, False, True)
            assert slack.written(room)[0].thread == post.ts


async def test_a_refusal_that_comes_before_the_post_keeps_the_bot_out(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        room = slack.channel("help", ana)
        async with at_work(slack, tmp_path / "home", help_channels=("help",)) as office:
            with slack.out_of_order():
                post = ana.say("lunch at noon?", room)
                ana.react(post, "no_entry_sign")
            await slack.until(lambda: all(parcel.is_delivered for parcel in slack.events("message")))
            assert office.arrivals.seen == []
