"""The command, the form, the home tab, the shortcut and the thumbs, wired to a house."""

from collections.abc import Sequence
from pathlib import Path

from bot.channels.slack.assistant import Feedback
from bot.channels.slack.home import Desk
from bot.channels.slack.views import Shown
from bot.dialog.effects import Say, Source
from bot.dialog.events import OpenRequest
from bot.ports.inbound import Address
from tests.channels.slack.office import at_work
from tests.support.slack.workspace import Workspace as Slack


async def requests(email: str) -> Sequence[OpenRequest]:
    """One request of Ana's."""
    return (OpenRequest("T-17", "vpn", "in_progress"),) if email == "ana@corp.test" else ()


SHOWN = Shown(Desk("Support"), requests, {"fr": {"vpn": "VPN"}, "en": {"vpn": "VPN"}})


async def test_a_command_is_answered_in_a_direct_message(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test", locale="fr-FR")
        room = slack.channel("general", ana, bot=False)
        async with at_work(slack, tmp_path / "home") as office:
            ana.command("/guichet", "mon VPN ne marche plus, erreur 809", room)
            await slack.until(lambda: any("message privé" in seen.words for seen in ana.sees(room)))
            await slack.until(lambda: slack.written(ana.direct), most=15)
            inbound = office.arrivals.taken[0]
            assert inbound.address == Address("slack", slack.world.team, ana.direct.id)
            assert not inbound.sender.public
            assert office.arrivals.said[0].texts == ("mon VPN ne marche plus, erreur 809",)
            ana.say("moi uniquement")
            await slack.until(lambda: len(office.arrivals.taken) == 2)
            assert office.arrivals.taken[1].address == inbound.address


async def test_requests_are_told_to_whoever_is_proven(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test", locale="fr-FR")
        eve = slack.person("Eve Roy", kind="stranger")
        async with at_work(slack, tmp_path / "home", shown=SHOWN):
            ana.command("/guichet", "mes demandes")
            await slack.until(lambda: any("T-17" in seen.words for seen in ana.sees()))
            eve.command("/guichet", "my requests")
            await slack.until(lambda: any("does not tell us" in seen.words for seen in eve.sees()))
            ana.open_home()
            await slack.until(lambda: ana.home() and "T-17" in str(ana.home()))
            eve.open_home()
            await slack.until(lambda: eve.home() and "does not tell us" in str(eve.home()))


async def test_a_form_is_opened_and_taken(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test", locale="fr-FR")
        async with at_work(slack, tmp_path / "home") as office:
            ana.open_home()
            await slack.until(ana.home)
            ana.press_in(None, "Écrire au support")
            await slack.until(ana.modal)
            ana.submit(problem="   ")
            await slack.until(lambda: (view := ana.modal()) and view.errors)
            sent = ana.submit(problem="Mon VPN ne marche plus, erreur 809")
            await slack.until(lambda: ana.modal() is None)
            slack.deliver_again(sent)
            await slack.until(lambda: slack.written(ana.direct), most=15)
            assert [said.texts for said in office.arrivals.said] == [("Mon VPN ne marche plus, erreur 809",)]


async def test_the_shortcut_fills_the_form_in(tmp_path: Path) -> None:
    with Slack() as slack:
        ana, ben = slack.person("Ana Li", "ana@corp.test"), slack.person("Ben Roy", "ben@corp.test")
        room = slack.channel("general", ana, ben)
        async with at_work(slack, tmp_path / "home") as office:
            post = ben.say("printer & scanner are down", room)
            ana.shortcut("ask_support", post)
            view = await slack.until(ana.modal)
            assert view and "printer & scanner are down" in str(view.form)
            ana.submit()
            await slack.until(lambda: office.arrivals.taken)
            assert office.arrivals.taken[0].sender.id == ana.id
            assert office.arrivals.said[0].texts == ("printer & scanner are down",)


async def test_thumbs_are_shown_where_somebody_hears_of_them(tmp_path: Path) -> None:
    heard: list[Feedback] = []

    async def hear(feedback: Feedback) -> None:
        heard.append(feedback)

    say = Say(text="Try this.", lang="fr", turn=4, sources=(Source("vpn-quit-reopen", 1, "fr"),))
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test", locale="fr-FR")
        where = Address("slack", slack.world.team, ana.direct.id)
        async with at_work(slack, tmp_path / "home", hear=hear) as office:
            await office.channel.channel.send(where, say, "k:1")
            await office.channel.channel.send(where, Say(text="Hello", lang="fr"), "k:2")
            assert [seen.labels for seen in slack.written()] == [("Utile", "Pas utile"), ()]
            ana.press("Pas utile")
            await slack.until(lambda: heard)
            assert (heard[0].good, heard[0].turn, heard[0].user, heard[0].thread) == (False, 4, ana.id, "")
            assert heard[0].team == where.account
            assert office.arrivals.seen == []


async def test_the_messages_tab_suggests_what_to_ask(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        async with at_work(slack, tmp_path / "home"):
            ana.open_home("messages")
            await slack.until(lambda: slack.calls("assistant.threads.setSuggestedPrompts"))
            asked = slack.calls("assistant.threads.setSuggestedPrompts")[0]
            assert asked["channel_id"] == ana.direct.id
            assert "thread_ts" not in asked
