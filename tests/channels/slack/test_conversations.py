"""Conversations in Slack, from the first word to a solved problem and to a ticket."""

from pathlib import Path

from bot.channels.slack.manifest import manifest
from bot.dialog.conversation import Owner
from bot.dialog.events import AgentSaid
from bot.ports.clock import SystemClock
from bot.ports.inbound import Inbound
from tests.channels.slack.office import at_work, conversation, until_owned
from tests.support.slack.rooms import Room
from tests.support.slack.seen import Seen
from tests.support.slack.workspace import Workspace as Slack


async def answered(slack: Slack, count: int, room: Room | None = None) -> Seen:
    """The bot's message of this number in the room, once it is there."""
    await slack.until(lambda: len(slack.written(room)) >= count, most=15)
    return slack.written(room)[count - 1]


async def test_a_direct_message_in_french_leads_to_a_solved_problem(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test", locale="fr-FR")
        async with at_work(slack, tmp_path / "home") as office:
            ana.say("Bonjour, mon VPN ne marche plus depuis ce matin, erreur 809, Windows 11")
            first = await answered(slack, 1)
            assert "assistant automatique" in first.words
            assert "Vos droits" not in first.words  # without an address of the pages it would lead nowhere
            assert first.labels[:2] == ("Moi uniquement", "Des collègues aussi")
            assert first.thread is None
            ana.press("Moi uniquement", message=first)
            assert (await answered(slack, 2)).labels[0] == "Domicile"
            ana.say("chez moi")
            fix = await answered(slack, 3)
            assert "partage de connexion" in fix.words
            ana.press("Non", message=fix)
            ana.press("Oui", message=await answered(slack, 4))
            assert "résolu par" in (await answered(slack, 5)).words
            pressed = (0, 2, 3)  # the second question was answered in words
            await slack.until(lambda: not any(slack.written()[place].labels for place in pressed), most=5)
            assert slack.written()[0].words.endswith("✓ Moi uniquement")
            inbound = office.arrivals.taken[0]
            assert inbound.sender.proof == "channel"
            assert (inbound.sender.email, inbound.sender.language) == ("ana@corp.test", "fr")
            assert not inbound.sender.public
            assert inbound.address and inbound.address.key == ana.direct.id
            await slack.until(lambda: all(parcel.tries == [""] for parcel in slack.events("message")), most=5)


async def test_a_mention_in_english_leads_to_a_ticket_in_its_thread(tmp_path: Path) -> None:
    with Slack() as slack:
        ben = slack.person("Ben Roy", "ben@corp.test")
        room = slack.channel("general", ben)
        async with at_work(slack, tmp_path / "home") as office:
            root = ben.mention("my printer prints blank pages, I want to talk to a human please", room)
            told = await answered(slack, 1, room)
            assert told.thread == root.ts
            await until_owned(office, Owner.HUMAN)
            assert len(office.arrivals.taken) == 1  # the mention and the message are one
            inbound = office.arrivals.taken[0]
            assert inbound.thread and inbound.sender.public
            assert office.arrivals.said[0].texts == ("my printer prints blank pages, I want to talk to a human please",)
            said = AgentSaid(at=SystemClock().now(), name="kim", text="Please try tray 2, <!channel> <@U0000000001>.")
            await office.house.inbox.receive(Inbound("agent:1", said, conversation=(await conversation(office)).id))
            await slack.until(lambda: any("tray 2" in seen.words for seen in slack.written(room)), most=15)
            relayed = next(seen for seen in slack.written(room) if "tray 2" in seen.words)
            assert relayed.words.startswith("kim")
            assert relayed.thread == root.ts
            assert not relayed.pings


async def test_a_restart_in_mid_dialog_changes_nothing(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test", locale="fr-FR")
        async with at_work(slack, tmp_path / "home"):
            ana.say("Bonjour, mon VPN ne marche plus depuis ce matin, erreur 809, Windows 11")
            await answered(slack, 1)
        ana.say("moi uniquement")
        async with at_work(slack, tmp_path / "home"):
            assert (await answered(slack, 2)).labels[0] == "Domicile"
            ana.press("Domicile")
            assert "partage de connexion" in (await answered(slack, 3)).words


async def test_what_a_colleague_writes_is_known_as_theirs(tmp_path: Path) -> None:
    with Slack() as slack:
        ana, ben = slack.person("Ana Li", "ana@corp.test", locale="fr-FR"), slack.person("Ben Roy", "ben@corp.test")
        room = slack.channel("general", ana, ben)
        async with at_work(slack, tmp_path / "home") as office:
            root = ana.mention("mon VPN ne marche plus, erreur 809, Windows 11", room)
            question = await answered(slack, 1, room)
            ben.say("moi aussi", room, thread=root)
            ben.press(question.labels[0], message=question)
            ana.say("moi uniquement", room, thread=root)
            await slack.until(lambda: len(office.arrivals.taken) == 4, most=15)
            colleagues = [inbound.sender.colleague for inbound in office.arrivals.taken]
            assert sorted(colleagues) == [False, False, True, True]
            assert {inbound.address for inbound in office.arrivals.taken} == {office.arrivals.taken[0].address}


async def test_nothing_but_the_thread_itself_is_heard(tmp_path: Path) -> None:
    with Slack() as slack:
        ana, ben = slack.person("Ana Li", "ana@corp.test"), slack.person("Ben Roy", "ben@corp.test")
        room = slack.channel("general", ana, ben)
        async with at_work(slack, tmp_path / "home") as office:
            chat = ben.say("who takes the minutes?", room)
            ana.say("you do", room, thread=chat)
            ana.mention("my printer prints blank pages", room)
            await answered(slack, 1, room)
            assert [said.texts for said in office.arrivals.said] == [("my printer prints blank pages",)]


async def test_sensitive_matters_move_to_a_direct_message(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        room = slack.channel("general", ana)
        async with at_work(slack, tmp_path / "home") as office:
            ana.mention("my printer prints blank pages", room)
            await answered(slack, 1, room)
            public = office.arrivals.taken[0].address
            assert public is not None
            alone = await office.channel.channel.private_address(public)
            assert alone is not None and alone.key == ana.direct.id
            assert await office.channel.channel.private_address(alone) == alone


async def test_a_file_is_there_soon_after_its_message(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        async with at_work(slack, tmp_path / "home") as office:
            sent = ana.upload("screen.png", b"\x89PNG\r\n\x1a\n" + b"0" * 5000, "my VPN says error 809")
            ref = f"slack:{sent.files[0]}"
            await answered(slack, 1)
            assert office.arrivals.said[0].files[0].ref == ref
            files = office.files
            await slack.until(lambda: files.holds(ref), most=10)
            assert files.get(ref).startswith(b"\x89PNG")


async def test_the_pane_for_assistants_is_one_conversation_a_thread(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test", locale="fr-FR")
        async with at_work(slack, tmp_path / "home") as office:
            thread = ana.open_assistant()
            await slack.until(lambda: ana.assistant(thread).prompts, most=10)
            ana.say("mon VPN ne marche plus, erreur 809", thread=thread)
            told = await answered(slack, 2)  # after Slack's own first message of the thread
            inbound = office.arrivals.taken[0]
            assert inbound.thread and not inbound.sender.public
            assert inbound.address and inbound.address.key == f"{ana.direct.id}:{told.thread}"
            assert "VPN" in ana.assistant(thread).title
            ana.press(told.labels[0], message=told)
            assert (await answered(slack, 3)).thread == told.thread


async def test_the_manifest_that_ships_gives_the_app_all_that_it_needs(tmp_path: Path) -> None:
    shipped = manifest("Support", ("fr", "en"))
    with Slack(manifest=shipped) as slack:
        ana, ben = slack.person("Ana Li", "ana@corp.test"), slack.person("Ben Roy", "ben@corp.test")
        room, private = slack.channel("help", ana, ben), slack.channel("board", ana, private=True)
        async with at_work(slack, tmp_path / "home", help_channels=("help", "board")) as office:
            assert await office.channel.examined() == ()
            ana.upload("a.png", b"png", "my VPN says error 809")
            post = ana.say("my printer prints blank pages", room)
            ana.say("my screen is black", private)
            ben.react(post, "no_entry_sign")
            ben.react(post, "ticket")
            ana.command("/guichet", "my mouse is broken")
            ana.open_home()
            await slack.until(ana.home)
            await slack.until(lambda: len(office.arrivals.taken) == 6, most=15)
            await slack.until(lambda: {each.room for each in slack.written()} >= {room.id, private.id}, most=15)
            ana.press(slack.written(private)[0].labels[0], message=slack.written(private)[0])
            await slack.until(lambda: slack.calls("chat.update"))
            assert office.arrivals.taken[0].sender.proof == "channel"
            (file,) = (file for said in office.arrivals.said for file in said.files)
            await slack.until(lambda: office.files.holds(file.ref))
