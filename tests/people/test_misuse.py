"""Who lies about who they are gets nothing by it, and a machine that stops half way leaves nothing half done."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.dialog import engine
from bot.dialog.effects import Join, SendCode
from bot.dialog.events import PersonSaid
from bot.people import Stays
from bot.people.code_mail import code_mail
from bot.people.proofs import Tried, Who
from bot.ports.delivery import Sent
from bot.ports.inbound import Address, Inbound, Sender
from bot.ports.ledger import Receipt
from bot.store import log
from bot.store.journal import SqlJournal
from bot.store.pointing import SqlPointing
from tests.people.test_linking import BY_MAIL, CHAT, CLAIRE, MAIL, ON_TELEGRAM, SLACK, STRANGER, code_in, ticket_of
from tests.support.house import mind
from tests.support.street import Stand, stand

PRIVATELY = Sender("claire@home.test", "Claire", "claire@home.test", "fr")  # a mail that nothing vouches for
ME = Who("telegram", "4711", "42")


@pytest.fixture
async def desk(tmp_path):
    async with stand(tmp_path) as opened:
        yield opened


def wrong(code: str, by: int = 1) -> str:
    return f"{(int(code) + by) % 1_000_000:06}"


async def link(desk: Stand) -> None:
    await desk.hear(CHAT, "/link claire@corp.test", ON_TELEGRAM)
    await desk.hear(CHAT, code_in(desk), ON_TELEGRAM)


async def joined(desk: Stand) -> None:
    """Claire's ticket is conversation 1, begun in Slack; in her Telegram chat, 2, she goes on with it."""
    await ticket_of(desk, SLACK, CLAIRE)
    await link(desk)
    await desk.hear(CHAT, "où en est ma demande ?", ON_TELEGRAM)
    await desk.press(CHAT, "join:1", ON_TELEGRAM)


async def written_in(desk: Stand, conversation: str) -> str:
    return " ".join(line.text for line in desk.house.records.transcript(conversation))


async def test_a_mail_s_sender_is_what_anybody_writes_there_so_no_code_proves_the_next_one(desk):
    key = await ticket_of(desk, SLACK, CLAIRE)
    await desk.hear(MAIL, "/link claire@corp.test", PRIVATELY)
    assert not desk.sink.mails
    proofs = desk.house.reception.registry.proofs
    assert await proofs.ask(Who("email", MAIL.account, PRIVATELY.id), "claire@corp.test", "k", desk.clock.now())
    forged = Address("email", MAIL.account, "another thread")
    await desk.hear(forged, code_in_note(desk, "k"), PRIVATELY)
    said = await desk.hear(forged, "où en est ma demande ?", PRIVATELY)
    assert key not in " ".join(said)


def code_in_note(desk: Stand, key: str) -> str:
    return desk.house.reception.registry.proofs._made(key)[0]


async def test_by_mail_nobody_is_sent_the_way_of_codes(desk):
    said = await desk.hear(MAIL, "où en est ma demande ?", PRIVATELY)
    assert "/link" not in " ".join(said)


async def test_a_token_given_away_opens_nothing_to_another(desk):
    await desk.hear(CHAT, "/link claire@corp.test", ON_TELEGRAM)
    token = re.search(r"/start ([\w-]{32})", desk.sink.mails[-1][2])
    assert token
    await desk.hear(Address("telegram", "4711", "43"), "/link sam@corp.test", STRANGER)
    said = await desk.hear(Address("telegram", "4711", "43"), f"/start {token[1]}", STRANGER)
    assert "n’est pas le code" in said[0]


async def test_an_answer_is_cut_off_before_it_is_stored_and_comes_again(desk):
    await desk.hear(CHAT, "/link claire@corp.test", ON_TELEGRAM)
    code = code_in(desk)
    said = PersonSaid(at=desk.clock.now(), texts=(code,))
    registry = desk.house.reception.registry
    assert await registry.answer(ME, code, "telegram:again") == (Tried.LINKED, "claire@corp.test")
    for _ in range(2):
        await desk.house.reception.receive(Inbound("telegram:again", said, CHAT, sender=ON_TELEGRAM))
    await desk.settle()
    assert "c’est bien vous" in desk.last[1].text
    assert sum("c’est bien vous" in say.text for _, say in desk.sink.said) == 1


@pytest.mark.parametrize(
    "address",
    [
        "x@evil.test,a.corp.test",
        "x@evil.test>,.corp.test",
        "a,b@corp.test",
        'a"b@corp.test',
        "é@corp.test",
        "a@.corp.test",
    ],
)
async def test_what_is_no_address_gets_no_mail(tmp_path, address):
    async with stand(tmp_path, domains=("corp.test", "*.corp.test")) as desk:
        assert "pas pu envoyer" in (await desk.hear(CHAT, f"/link {address}", ON_TELEGRAM))[-1]
        assert not desk.sink.mails


async def test_many_strangers_together_have_few_guesses_at_one_address(desk):
    for number in range(9):
        guest = replace(STRANGER, id=f"{100 + number}")
        await desk.hear(Address("telegram", "4711", guest.id), "/link claire@corp.test", guest)
    assert len(desk.sink.mails) == 3


async def test_one_stranger_has_few_guesses_a_day_whatever_the_addresses(desk):
    for number in range(24):
        await desk.hear(CHAT, f"/link claire{number}@corp.test", ON_TELEGRAM)
        desk.clock.move(desk.clock.now() + timedelta(minutes=30))
    assert len(desk.sink.mails) == 6


async def test_a_code_forgotten_long_ago_swallows_no_number(desk):
    await desk.hear(CHAT, "/link claire@corp.test", ON_TELEGRAM)
    desk.clock.move(desk.clock.now() + timedelta(hours=3))
    await desk.hear(CHAT, "123456", ON_TELEGRAM)
    assert desk.house.records.events("1")[-1].event.kind == "person_said"


async def test_a_mail_sent_twice_gives_no_further_guesses(desk):
    registry = desk.house.reception.registry
    code = SendCode("claire@corp.test", "telegram:4711:42", "fr")
    await registry.send_code(code, CHAT, "1:1:0")
    right = code_in(desk)
    for by in range(1, 6):
        await registry.answer(ME, wrong(right, by), f"try:{by}")
    assert isinstance(await registry.send_code(code, CHAT, "1:1:0"), Sent)
    assert await registry.answer(ME, right, "try:6") == (Tried.OVER, "claire@corp.test")


async def test_a_mail_sent_twice_makes_no_used_code_good_again(desk):
    registry = desk.house.reception.registry
    code = SendCode("claire@corp.test", "telegram:4711:42", "fr")
    await registry.send_code(code, CHAT, "1:1:0")
    assert (await registry.answer(ME, code_in(desk), "first"))[0] is Tried.LINKED
    assert isinstance(await registry.send_code(code, CHAT, "1:1:0"), Sent)
    assert len(desk.sink.mails) == 1
    assert (await registry.answer(ME, code_in(desk), "second"))[0] is Tried.NONE


async def test_a_slow_mail_does_not_void_the_code_asked_for_after_it(desk):
    registry = desk.house.reception.registry
    who = "telegram:4711:42"
    slow, later = SendCode("claire@corp.test", who, "fr"), SendCode("claire@lyon.corp.test", who, "fr")
    await registry.send_code(slow, CHAT, "1:1:0")
    await registry.send_code(later, CHAT, "2:1:0")
    newest = code_in(desk)
    await registry.send_code(slow, CHAT, "1:1:0")
    assert await registry.answer(ME, newest, "try") == (Tried.LINKED, "claire@lyon.corp.test")


def test_a_mail_in_a_language_that_nobody_wrote_is_in_english():
    assert code_mail("123456", "t", "de")[0] == "Your code: 123456"


async def test_once_unlinked_the_answers_reach_that_chat_no_more(desk):
    await joined(desk)
    await desk.hear(CHAT, "c’est urgent", ON_TELEGRAM)
    await desk.answer("1", "Je regarde.")
    assert desk.last[0] == CHAT
    await desk.hear(CHAT, "/unlink", ON_TELEGRAM)
    await desk.answer("1", "Le mot de passe du partage a changé.")
    assert desk.last[0] == SLACK


async def test_unlinking_undoes_a_chain_of_joins(desk):
    await joined(desk)
    await ticket_of(desk, MAIL, BY_MAIL)
    await desk.house.reception.registry.join(Join("3"), CHAT, "1:99:0")
    await desk.settle()
    await desk.hear(CHAT, "/unlink", ON_TELEGRAM)
    await desk.answer("1", "Réponse à la première.")
    assert desk.last[0] == SLACK
    await desk.answer("3", "Réponse à la seconde.")
    assert desk.last[0] == MAIL
    await desk.hear(CHAT, "bonjour à vous", ON_TELEGRAM)
    assert "bonjour à vous" in await written_in(desk, "2")


async def test_what_began_in_the_chat_meanwhile_stays_there_when_it_is_unlinked(desk):
    await joined(desk)
    await desk.hear(CHAT, "ça marche, merci, vous pouvez fermer", ON_TELEGRAM)
    desk.clock.move(desk.clock.now() + timedelta(hours=25))
    await renewed(desk)
    await desk.hear(CHAT, "/unlink", ON_TELEGRAM)
    await desk.hear(CHAT, "windows, dans le bureau de Lyon", ON_TELEGRAM)
    assert "Lyon" in await written_in(desk, "3")


async def renewed(desk: Stand) -> None:
    """A message so late begins a conversation, as on channels with such manners."""
    said = PersonSaid(at=desk.clock.now(), texts=("mon imprimante ne marche pas",))
    arrival = replace(
        desk.house.inbox.admit(Inbound("telegram:late", said, CHAT, sender=ON_TELEGRAM)),
        renew_after=timedelta(hours=24),
    )
    receipt = await desk.house.ledger.receive(arrival)
    assert receipt and (receipt.conversation, receipt.begun) == ("3", True)
    await desk.settle()


async def test_a_join_on_its_way_while_the_person_unlinks_joins_nothing(desk):
    await ticket_of(desk, SLACK, CLAIRE)
    await link(desk)
    await desk.hear(CHAT, "où en est ma demande ?", ON_TELEGRAM)
    await desk.hear(CHAT, "/unlink", ON_TELEGRAM)
    await desk.house.reception.registry.join(Join("1"), CHAT, "2:9:0")
    await desk.settle()
    await desk.hear(CHAT, "ajoutez ceci", ON_TELEGRAM)
    assert "ajoutez ceci" not in await written_in(desk, "1")
    await desk.answer("1", "Pour Claire.")
    assert desk.last[0] == SLACK


@pytest.mark.parametrize("cut", ["stays", "pointing", "receive"])
async def test_a_join_cut_off_half_way_can_be_undone_all_the_same(desk, cut):
    await ticket_of(desk, SLACK, CLAIRE)
    await link(desk)
    await desk.hear(CHAT, "où en est ma demande ?", ON_TELEGRAM)
    registry = desk.house.reception.registry
    dying = {"stays": Stays(Dying(desk.house.notes)), "pointing": Dying(registry.pointing)}
    with pytest.raises(ConnectionError):
        await replace(registry, **{cut: dying.get(cut, dies)}).join(Join("1"), CHAT, "2:9:0")
    await registry.join(Join("1"), CHAT, "2:9:0")
    await desk.settle()
    await desk.hear(CHAT, "c’est urgent", ON_TELEGRAM)
    assert "c’est urgent" in await written_in(desk, "1")
    await desk.hear(CHAT, "/unlink", ON_TELEGRAM)
    await desk.hear(CHAT, "ajoutez ceci", ON_TELEGRAM)
    assert "ajoutez ceci" not in await written_in(desk, "1")


async def dies(inbound: Inbound) -> None:
    raise ConnectionError


@dataclass
class Dying:
    """A door that does what it is asked, and the process ends before anybody hears of it."""

    door: SqlJournal | SqlPointing

    def __getattr__(self, name: str):
        done = getattr(self.door, name)
        return done if name in ("load", "standing") else self._and_die(done)

    def _and_die(self, done):
        async def dies_after(*what) -> None:
            await done(*what)
            raise ConnectionError

        return dies_after


async def test_whoever_reads_along_cannot_unlink_another(desk):
    await joined(desk)
    await desk.hear(CHAT, "/unlink", replace(STRANGER, colleague=True))
    await desk.hear(CHAT, "c’est urgent", ON_TELEGRAM)
    assert "c’est urgent" in await written_in(desk, "1")


async def test_linked_anew_after_a_new_conversation_began_it_is_theirs(desk):
    await link(desk)
    await desk.hear(CHAT, "/unlink", ON_TELEGRAM)
    desk.clock.move(desk.clock.now() + timedelta(hours=25))
    said = PersonSaid(at=desk.clock.now(), texts=("mon imprimante ne marche pas",))
    late = desk.house.inbox.admit(Inbound("telegram:late", said, CHAT, sender=ON_TELEGRAM))
    receipt = await desk.house.ledger.receive(replace(late, renew_after=timedelta(hours=24)))
    assert receipt and receipt.begun
    await desk.settle()
    await link(desk)
    assert [one.conversation for one in desk.house.records.open_requests("claire@corp.test")] == [receipt.conversation]


async def test_a_conversation_that_went_on_elsewhere_is_decided_again_as_it_was(desk):
    await joined(desk)
    await desk.hear(CHAT, "c’est urgent", ON_TELEGRAM)
    await desk.hear(CHAT, "/unlink", ON_TELEGRAM)
    await desk.hear(SLACK, "des nouvelles ?", CLAIRE)
    book = mind().playbook
    policy = replace(book.policy, links=True)
    for one in ("1", "2"):
        rebuilt = await desk.house.ledger.read(
            lambda rows, one=one: log.rebuilt(rows, one, engine.decide, lambda name: replace(book, policy=policy))
        )
        assert rebuilt == desk.house.records.conversation(one)


async def test_what_was_joined_from_a_public_thread_never_goes_back_there(desk):
    thread = Address("slack", "T1", "C1:100")
    await desk.hear(thread, "mon VPN ne se connecte plus", replace(CLAIRE, public=True), thread=True)
    await link(desk)
    await desk.hear(CHAT, "où en est ma demande ?", ON_TELEGRAM)
    await desk.press(CHAT, "join:1", ON_TELEGRAM)
    await desk.hear(CHAT, "/unlink", ON_TELEGRAM)
    await desk.answer("1", "Voici ce que vous demandiez là-bas.")
    assert desk.last[0] == Address("slack", "T1", "D1")
    await desk.hear(desk.last[0], "merci, je réponds ici", CLAIRE)
    assert "je réponds ici" in await written_in(desk, "1")


async def test_a_join_between_taking_the_proof_back_and_storing_that_is_undone(desk):
    await ticket_of(desk, SLACK, CLAIRE)
    await link(desk)
    await desk.hear(CHAT, "où en est ma demande ?", ON_TELEGRAM)
    reception = desk.house.reception

    @dataclass
    class Meanwhile:
        async def receive(self, inbound: Inbound) -> Receipt | None:
            await reception.registry.join(Join("1"), CHAT, "2:9:0")
            return await reception.inbox.receive(inbound)

    said = PersonSaid(at=desk.clock.now(), texts=("/unlink",))
    await replace(reception, inbox=Meanwhile()).receive(Inbound("telegram:unlink", said, CHAT, sender=ON_TELEGRAM))
    await desk.settle()
    await desk.hear(CHAT, "ajoutez ceci", ON_TELEGRAM)
    assert "ajoutez ceci" not in await written_in(desk, "1")
    await desk.answer("1", "Pour Claire.")
    assert desk.last[0] == SLACK
