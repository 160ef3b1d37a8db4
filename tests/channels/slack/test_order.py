"""What comes in another order than it happened, or once more after things have changed."""

from pathlib import Path

from bot.channels.slack.overtaken import Overtaken
from bot.channels.slack.reading import Edit, Post
from bot.dialog.events import ButtonPressed, PersonEdited
from tests.channels.slack.office import Office, at_work
from tests.channels.slack.test_conversations import answered
from tests.support.slack.workspace import Workspace as Slack


def words(office: Office) -> list[str]:
    """What people said."""
    return [text for said in office.arrivals.said for text in said.texts]


async def all_delivered(slack: Slack, kind: str = "message") -> None:
    """Wait until we have everything of this kind."""
    await slack.until(lambda: all(parcel.is_delivered for parcel in slack.events(kind)), most=15)


async def test_a_colleagues_press_leaves_the_buttons_to_the_one_who_asks(tmp_path: Path) -> None:
    with Slack() as slack:
        ana, ben = slack.person("Ana Li", "ana@corp.test", locale="fr-FR"), slack.person("Ben Roy", "ben@corp.test")
        room = slack.channel("general", ana, ben)
        async with at_work(slack, tmp_path / "home") as office:
            root = ana.mention("mon VPN ne marche plus, erreur 809, Windows 11", room)
            question = await answered(slack, 1, room)
            ben.press(question.labels[0], message=question)
            told = await slack.until(lambda: [seen for seen in ben.sees(room, root) if seen.is_private], most=10)
            assert told[0].words == "These buttons answer somebody else."
            assert slack.written(room)[0].labels == question.labels
            ana.press(question.labels[0], message=question)
            await answered(slack, 3, room)  # after what Ben alone sees
            presses = [one for one in office.arrivals.taken if isinstance(one.event, ButtonPressed)]
            assert [one.sender.colleague for one in presses] == [True, False]
            await slack.until(lambda: not slack.written(room)[0].labels)


async def test_a_mention_that_comes_again_does_not_call_back_a_bot_that_was_sent_away(tmp_path: Path) -> None:
    with Slack() as slack:
        ana, ben = slack.person("Ana Li", "ana@corp.test"), slack.person("Ben Roy", "ben@corp.test")
        room = slack.channel("general", ana, ben)
        async with at_work(slack, tmp_path / "home") as office:
            root = ana.mention("my printer prints blank pages", room)
            await answered(slack, 1, room)
            ben.react(root, "no_entry_sign")
            await slack.until(lambda: len(office.arrivals.taken) == 2)
            again = [slack.deliver_again(parcel) for parcel in slack.events("app_mention")]
            await slack.until(lambda: all(parcel.is_delivered for parcel in again))
            ana.say("thanks anyway", room, thread=root)
            await all_delivered(slack)
            assert words(office) == ["my printer prints blank pages"]


async def test_a_refusal_that_comes_again_does_not_send_away_a_bot_that_was_called_back(tmp_path: Path) -> None:
    with Slack() as slack:
        ana, ben = slack.person("Ana Li", "ana@corp.test"), slack.person("Ben Roy", "ben@corp.test")
        room = slack.channel("general", ana, ben)
        async with at_work(slack, tmp_path / "home") as office:
            root = ana.mention("my printer prints blank pages", room)
            await answered(slack, 1, room)
            ben.react(root, "no_entry_sign")
            await slack.until(lambda: len(office.arrivals.taken) == 2)
            ana.mention("it is still dead", room, thread=root)
            await slack.until(lambda: len(office.arrivals.taken) == 3)
            again = [slack.deliver_again(parcel) for parcel in slack.events("reaction_added")]
            await slack.until(lambda: all(parcel.is_delivered for parcel in again))
            ana.say("it is the one on floor 3", room, thread=root)
            await slack.until(lambda: len(words(office)) == 3, most=10)


async def test_an_answer_that_overtook_its_thread_outlasts_a_disk_that_fails(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        room = slack.channel("general", ana)
        slack.acknowledge_within(0.2)
        async with at_work(slack, tmp_path / "home") as office:
            office.arrivals.spared, office.arrivals.broken = 1, 1
            with slack.out_of_order():
                root = ana.mention("my printer prints blank pages", room)
                ana.say("it is the one on floor 3", room, thread=root)
            await slack.until(lambda: len(office.arrivals.taken) == 2, most=15)
            assert words(office) == ["my printer prints blank pages", "it is the one on floor 3"]


async def test_an_edit_that_overtakes_its_post_is_not_lost(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        room = slack.channel("help", ana)
        async with at_work(slack, tmp_path / "home", help_channels=(room.id,)) as office:
            for place in (room, None):
                with slack.out_of_order():
                    said = ana.say("my printer prints blank pages", place)
                    ana.edit(said, "my scanner makes blank pages")
            await all_delivered(slack)
            edits = [one.event.text for one in office.arrivals.taken if isinstance(one.event, PersonEdited)]
            assert [*words(office), *edits].count("my scanner makes blank pages") >= 2
            assert len(office.arrivals.said) == 2


def test_of_two_edits_the_later_one_counts() -> None:
    overtaken, post = Overtaken(), Post("C1", "10.000001", "U1", "a")
    overtaken.keep_edit(Edit("C1", "10.000001", "U1", "12.000001", "c"))
    overtaken.keep_edit(Edit("C1", "10.000001", "U1", "11.000001", "b"))
    assert overtaken.as_it_reads(post).text == "c"  # type: ignore[union-attr]
    assert overtaken.as_it_reads(Post("C1", "10.000002", "U1", "d")) == Post("C1", "10.000002", "U1", "d")
    overtaken.keep_edit(Edit("C1", "10.000001", "U2", "13.000001", "of somebody else"))
    assert overtaken.as_it_reads(post) == post
    overtaken.keep_edit(Edit("C1", "10.000001", "U1", "14.000001"))  # it was taken back
    assert overtaken.as_it_reads(post) is None
