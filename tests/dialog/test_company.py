"""Where others are present: colleagues in the thread, and what is nobody else's business."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialog.conversation import Ended, Owner
from bot.dialog.events import AgentActed, AgentSaid, PersonRated, PersonSaid
from bot.ports.inbound import Address, Inbound, Sender
from tests.support.street import MONDAY, stand

THREAD = Address("slack", "T1", "C1:100")
ALONE = Address("slack", "T1", "D1")
CLAIRE = Sender("U7", "Claire Martin", "claire@corp.test", "fr", "channel", public=True)
PAUL = Sender("U8", "Paul Roux", "paul@corp.test", "fr", "channel", colleague=True, public=True)


@pytest.fixture
async def desk(tmp_path):
    async with stand(tmp_path) as opened:
        yield opened


async def test_a_colleague_is_heard_and_asked_nothing(desk):
    asked = await desk.hear(THREAD, "mon VPN ne se connecte plus", CLAIRE, thread=True)
    assert asked
    before = desk.house.records.conversation("1")
    assert await desk.hear(THREAD, "chez moi ça marche, plusieurs collègues sont touchés", PAUL, thread=True) == []
    after = desk.house.records.conversation("1")
    assert after.requests == before.requests
    assert [line.name for line in desk.house.records.transcript("1") if line.author == "person"] == ["", "Paul Roux"]


async def test_a_colleague_confirms_nothing(desk):
    await desk.hear(THREAD, "mon imprimante ne marche pas", CLAIRE, thread=True)
    await desk.hear(THREAD, "c’est bon, ça marche, merci", PAUL, thread=True)
    assert desk.house.records.conversation("1").requests[0].ended is None


async def test_a_colleague_s_words_reach_the_ticket_under_their_name(desk):
    await desk.hear(THREAD, "humain", CLAIRE, thread=True)
    while desk.buttons and desk.house.records.conversation("1").owner is not Owner.HUMAN:
        await desk.press(THREAD, desk.buttons[-1].id, CLAIRE)
    await desk.hear(THREAD, "moi aussi depuis ce matin", PAUL, thread=True)
    notes = [
        effect for turn in desk.house.records.turns("1") for effect in turn.effects if effect.kind == "comment_ticket"
    ]
    assert len(notes) == 1
    opened = desk.house.records.open_requests("claire@corp.test")
    assert len(opened) == 1 and not desk.house.records.open_requests("paul@corp.test")


async def test_a_colleague_s_threat_is_one_all_the_same(desk):
    await desk.hear(THREAD, "mon imprimante ne marche pas", CLAIRE, thread=True)
    await desk.hear(THREAD, "j’ai cliqué sur le lien du mail et entré mon mot de passe", PAUL, thread=True)
    assert desk.house.records.conversation("1").requests[-1].topic == "phishing_security"


async def test_a_matter_of_accounts_goes_on_in_a_direct_message(desk):
    said = await desk.hear(THREAD, "mon compte est bloqué, mot de passe expiré", CLAIRE, thread=True)
    assert [at.key for at, _ in desk.sink.said] == ["C1:100", "D1"]
    assert "message privé" in said[0]
    assert desk.buttons, "the question stands in the direct message"
    await desk.press(ALONE, desk.buttons[0].id, replace(CLAIRE, public=False))
    assert desk.last[0] == ALONE
    assert len(desk.house.records.events("1")) == 2, "one conversation, wherever it goes on"


async def test_an_answer_never_moves_from_private_to_public(desk):
    await desk.hear(THREAD, "mon compte est bloqué, mot de passe expiré", CLAIRE, thread=True)
    await desk.hear(THREAD, "je n’y arrive toujours pas", CLAIRE, thread=True)
    assert desk.last[0] == ALONE
    await desk.answer("1", "Votre compte est débloqué.")
    assert desk.last[0] == ALONE


async def test_in_public_nothing_is_told_of_requests_made_elsewhere(desk):
    at = Address("slack", "T1", "D9")
    alone = replace(CLAIRE, public=False)
    await desk.hear(at, "humain", alone)
    while desk.buttons and desk.house.records.conversation("1").owner is not Owner.HUMAN:
        await desk.press(at, desk.buttons[-1].id, alone)
    said = await desk.hear(THREAD, "où en est ma demande ?", CLAIRE, thread=True)
    assert "T-" not in " ".join(said)
    assert "message privé" in said[0]


async def test_what_is_no_request_is_let_go_without_a_word(desk):
    await desk.hear(THREAD, "mon VPN ne se connecte plus", CLAIRE, thread=True)
    before = len(desk.sink.said)
    dismissed = AgentActed(at=desk.clock.now(), action="dismiss", name="Agent 1")
    await desk.house.reception.receive(Inbound("slack:reaction", dismissed, THREAD, thread=True))
    await desk.settle()
    talk = desk.house.records.conversation("1")
    assert (talk.owner, talk.requests[0].ended) == (Owner.NOBODY, Ended.DISMISSED)
    assert len(desk.sink.said) == before
    assert desk.house.records.headlines()[0].proof == "channel", "an emoji takes no proof away"


async def in_private(desk) -> None:
    """Claire's blocked account, told in public, goes on in a direct message, with people."""
    await desk.hear(THREAD, "mon compte est bloqué, mot de passe expiré", CLAIRE, thread=True)
    await desk.hear(ALONE, "humain", replace(CLAIRE, public=False))
    while desk.house.records.conversation("1").owner is not Owner.HUMAN:
        await desk.press(ALONE, desk.buttons[-1].id, replace(CLAIRE, public=False))


@pytest.mark.parametrize(
    ("event", "sender"),
    [
        (PersonRated(at=MONDAY, good=True, turn=1), Sender()),
        (AgentActed(at=MONDAY, action="dismiss", name="Agent 1"), Sender()),
        ("chez moi aussi", PAUL),
    ],
)
async def test_a_thumb_an_emoji_or_a_colleague_in_public_moves_no_answer_there(desk, event, sender):
    await in_private(desk)
    await desk.hear(THREAD, event, sender, thread=True)
    await desk.answer("1", "Votre compte est débloqué.")
    assert desk.last[0] == ALONE


async def test_a_colleague_in_copy_is_not_who_is_answered(desk):
    mail, chat = Address("email", "support@desk.test", "thread1"), Address("slack", "T1", "D9")
    by_mail = Sender("claire@corp.test", "Claire", "claire@corp.test", "fr", "dmarc")
    await desk.hear(mail, "mon VPN ne se connecte plus", by_mail, thread=True)
    await desk.hear(chat, "je vous ai écrit ce matin à ce sujet, où en est ma demande ?", replace(CLAIRE, public=False))
    await desk.press(chat, "join:1", replace(CLAIRE, public=False))
    await desk.hear(mail, "moi aussi", replace(PAUL, public=False), thread=True)
    await desk.answer("1", "Je regarde votre VPN.")
    assert desk.last[0] == chat
    assert desk.house.records.conversation("1").channel == "slack"


async def test_a_private_matter_handed_over_at_once_is_answered_in_private(desk):
    await desk.hear(THREAD, "mon compte est bloqué, mot de passe expiré, je veux un humain", CLAIRE, thread=True)
    while desk.house.records.conversation("1").owner is not Owner.HUMAN:
        await desk.press(desk.last[0], desk.buttons[-1].id, CLAIRE)
    assert [say.text for at, say in desk.sink.said if at == THREAD] == [
        "Pour ce sujet, je vous écris en message privé."
    ]
    assert "T-" in desk.last[1].text
    await desk.answer("1", "Voici comment le débloquer.")
    assert desk.last[0] == ALONE


async def test_a_reminder_of_a_private_matter_is_for_the_person_alone(desk):
    await desk.hear(THREAD, "mon compte est bloqué, mot de passe expiré", CLAIRE, thread=True)
    desk.clock.move(desk.clock.now() + timedelta(hours=5))
    await desk.settle()
    assert desk.last[0] == ALONE
    assert desk.last[1].private


async def test_a_private_question_is_answered_where_it_was_asked(desk):
    alone = replace(CLAIRE, public=False)
    await desk.hear(ALONE, "mon VPN ne se connecte plus", alone)
    await desk.hear(THREAD, "mon compte est bloqué, mot de passe expiré", CLAIRE, thread=True)
    await desk.house.ledger.point(ALONE, "1")  # as a new conversation there, or a join, does
    await desk.hear(THREAD, "toujours bloqué", CLAIRE, thread=True)
    before = len(desk.house.records.events("2"))
    await desk.press(ALONE, desk.buttons[0].id, alone)
    assert len(desk.house.records.events("2")) == before + 1


async def test_an_agent_who_answers_before_the_bot_does_so_in_private_too(desk):
    """Both wait when the house looks: what the bot would have said is cancelled, and moved nothing."""
    said = PersonSaid(at=desk.clock.now(), texts=("mon compte est bloqué, mot de passe expiré",))
    await desk.house.reception.receive(Inbound("slack:1", said, THREAD, sender=CLAIRE, thread=True))
    answer = AgentSaid(at=desk.clock.now(), name="Agent 1", text="Votre compte est débloqué.")
    await desk.house.inbox.receive(Inbound("agent:1", answer, conversation="1"))
    (going,) = await desk.house.ledger.claim(desk.clock.now() + timedelta(seconds=5), 1)
    while going is not None:
        going = (await desk.house.pump.turn(going)).next
    await desk.settle()
    spoken = [(at.key, say.text) for at, say in desk.sink.said]
    assert ("D1", "Votre compte est débloqué.") in spoken
    assert ("C1:100", "Votre compte est débloqué.") not in spoken


async def test_two_turns_of_one_visit_are_each_answered_where_they_were_written(desk):
    alone, other = replace(CLAIRE, public=False), Address("web", "chat", "s1")
    await desk.hear(ALONE, "mon VPN ne se connecte plus", alone)
    await desk.house.ledger.point(other, "1")
    for number, (at, text) in enumerate([(ALONE, "je suis à la maison"), (other, "et ça depuis ce matin")]):
        said = PersonSaid(at=desk.clock.now(), texts=(text,))
        who = replace(alone, id=f"{at.channel}7")
        await desk.house.reception.receive(Inbound(f"two:{number}", said, at, sender=who))
    await desk.settle()
    assert desk.last[0] == other
