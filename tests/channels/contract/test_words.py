"""Every channel alike: words come through whole and harmless, in both directions."""

from datetime import timedelta

from bot.inbox import CUT, TEXT_LIMIT
from tests.channels.contract.knowing import ECHO, LONG, PIECES, QUESTION, TRAP, mark
from tests.channels.contract.peer import Peer

MANY_SCRIPTS = "Bonjour, j'ai ce souci de couleur sur mon écran depuis ce matin : 😀 👩‍👩‍👧‍👦 🇫🇷 é שלום مرحبا 日本 𝒳 ﷽"
HOSTILE = (
    "Mon écran affiche ceci depuis ce matin : <!channel> <!here> <@U123> <@U0000000001> @everyone @channel @here "
    "<b>gras</b> <script>alert(1)</script> <img src=x onerror=alert(1)> [lien](javascript:alert(1)) "
    "[moi](mailto:x@corp.test) ![x](https://evil.test/p.png) *a* _b_ `c` ~d~ &lt;!channel&gt; </code></pre> "
    "tg://user?id=1"
)
DANGEROUS = ("javascript:", "data:", "tg:", "vbscript:", "file:")


async def test_emoji_and_scripts_from_right_to_left_come_through_whole(peer: Peer) -> None:
    answers = await peer.say_and_hear(MANY_SCRIPTS)
    assert peer.desk.heard == (MANY_SCRIPTS,)
    assert "De quelle couleur" in "\n".join(one.text for one in answers)
    await peer.desk.agent(f"réponse {MANY_SCRIPTS}")
    await peer.desk.work()
    assert MANY_SCRIPTS in await peer.told()


async def test_a_very_long_message_is_taken_and_answered(peer: Peer) -> None:
    text = f"{QUESTION} " + "mot " * 10_000
    await peer.say_and_hear(text[: min(30_000, peer.longest)])
    (heard,) = peer.desk.heard
    assert len(heard) <= TEXT_LIMIT + len(CUT)
    assert heard.endswith(CUT) == (peer.longest > TEXT_LIMIT)
    assert "De quelle couleur" in await peer.told()


async def test_a_very_long_answer_comes_in_parts_in_order_and_whole(peer: Peer) -> None:
    await peer.say(f"Où est le {LONG} ?")
    await peer.desk.wait(timedelta(minutes=2))  # a platform may take one part a second
    messages = await peer.seen()
    text = "\n".join(one.text for one in messages)
    places = [text.find(mark(number)) for number in range(PIECES)]
    assert -1 not in places
    assert places == sorted(places)
    assert [text.count(mark(number)) for number in range(PIECES)] == [text.count(mark(0))] * PIECES
    assert text.count("en retrait") == text.count(mark(0)) * (PIECES // 8)
    if peer.capabilities.length:
        assert len(messages) > 1
        assert not any(one.buttons for one in messages[:-1])  # a choice stands under the end of what is asked


async def test_choices_are_offered_in_the_way_of_the_channel(peer: Peer) -> None:
    await peer.say_and_hear(f"Un souci de {QUESTION}")
    asked = await peer.asked()
    labels = ("Cramoisi", "Azur", "Émeraude")
    if peer.capabilities.buttons:
        assert asked.buttons[:3] == labels
    else:
        places = [asked.text.find(label) for label in labels]
        assert -1 not in places and places == sorted(places)
    await peer.press(asked, 2)
    await peer.desk.work()
    assert peer.desk.value("contract_colour") == "azure"


async def test_words_of_a_person_that_come_back_harm_nobody(peer: Peer) -> None:
    await peer.say_and_hear(f"Mon {ECHO}")
    await peer.say_and_hear(HOSTILE)
    assert "Vous avez écrit" in await peer.told()
    await harmless(peer)


async def test_words_of_an_agent_and_their_name_harm_nobody(peer: Peer) -> None:
    await peer.say_and_hear(f"Un souci de {QUESTION}")
    await peer.desk.agent(HOSTILE, f"Eve {HOSTILE[40:190]}")
    await peer.desk.work()
    assert "everyone" in await peer.told()
    await harmless(peer)


async def test_an_article_harms_nobody(peer: Peer) -> None:
    await peer.say_and_hear(f"Un {TRAP}")
    assert "End of the trap" in await peer.told()
    await harmless(peer)


async def harmless(peer: Peer) -> None:
    """Nobody is called, nothing but plain addresses can be opened, and no element stands there that is not ours."""
    for message in await peer.seen():
        assert message.pinged == ()
        assert message.strange == ()
        assert not [link for link in message.links if link.strip().lower().startswith(DANGEROUS)]
