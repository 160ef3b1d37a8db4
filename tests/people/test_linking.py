"""One person on many channels: linked by proof alone, going on elsewhere, and undone without a trace left behind."""

import re
from datetime import timedelta

import pytest

from bot.dialog.conversation import Owner
from bot.ports.inbound import Address, Sender
from tests.support.street import Stand, stand

SLACK = Address("slack", "T1", "D7")
CHAT = Address("telegram", "4711", "42")
MAIL = Address("email", "support@desk.test", "thread1")
CLAIRE = Sender("U7", "Claire Martin", "claire@corp.test", "fr", "channel")
BY_MAIL = Sender("claire@corp.test", "Claire Martin", "claire@corp.test", "fr", "dmarc")
ON_TELEGRAM = Sender("42", "Claire", "", "fr")
STRANGER = Sender("43", "Sam", "", "fr")


@pytest.fixture
async def desk(tmp_path):
    async with stand(tmp_path) as opened:
        yield opened


def code_in(desk: Stand) -> str:
    found = re.search(r"\*\*(\d{6})\*\*", desk.sink.mails[-1][2])
    assert found
    return found[1]


async def ticket_of(desk: Stand, at: Address, who: Sender) -> str:
    """Open a ticket by asking for a human; give its key."""
    await desk.hear(at, "mon VPN ne se connecte plus, erreur 809", who)
    said = await desk.hear(at, "humain", who)
    while desk.buttons and "T-" not in " ".join(said):
        said = await desk.press(at, desk.buttons[-1].id, who)
    found = re.search(r"T-\d+", " ".join(said))
    assert found, said
    return found[0]


async def linked(desk: Stand) -> None:
    await desk.hear(CHAT, "/link claire@corp.test", ON_TELEGRAM)
    await desk.hear(CHAT, code_in(desk), ON_TELEGRAM)


async def test_without_proof_nothing_is_told_and_the_way_to_prove_it_is(desk):
    key = await ticket_of(desk, SLACK, CLAIRE)
    said = await desk.hear(CHAT, "où en est ma demande ?", ON_TELEGRAM)
    assert key not in " ".join(said)
    assert "/link" in said[0]


async def test_a_code_from_the_work_address_links_and_is_written_nowhere(desk, tmp_path):
    key = await ticket_of(desk, SLACK, CLAIRE)
    said = await desk.hear(CHAT, "/link Claire@corp.test", ON_TELEGRAM)
    assert "c…@corp.test" in said[0]
    to, _, document = desk.sink.mails[-1]
    code = code_in(desk)
    assert to == "claire@corp.test"
    assert desk.last[1].text.count(code) == 0
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert "n’est pas le code" in (await desk.hear(CHAT, wrong, ON_TELEGRAM))[0]
    assert "c’est bien vous" in (await desk.hear(CHAT, f"{code[:3]} {code[3:]}", ON_TELEGRAM))[0]
    said = await desk.hear(CHAT, "où en est ma demande ?", ON_TELEGRAM)
    assert key in said[0]
    desk.house.ledger.close()
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("guichet*"))
    assert stored.count(b"c\xe2\x80\xa6@corp.test")
    assert code.encode() not in stored
    token = re.search(r"/start ([\w-]{32})", document)
    assert token and token[1].encode() not in stored


async def test_the_token_of_the_mail_links_too(desk):
    await desk.hear(CHAT, "/link claire@corp.test", ON_TELEGRAM)
    token = re.search(r"/start ([\w-]{32})", desk.sink.mails[-1][2])
    assert token
    assert "c’est bien vous" in (await desk.hear(CHAT, f"/start {token[1]}", ON_TELEGRAM))[0]


async def test_a_code_is_for_one_person_once_and_for_a_quarter_of_an_hour(desk):
    await desk.hear(CHAT, "/link claire@corp.test", ON_TELEGRAM)
    code = code_in(desk)
    other = Address("telegram", "4711", "43")
    assert "c’est bien vous" not in " ".join(await desk.hear(other, code, STRANGER))
    desk.clock.move(desk.clock.now() + timedelta(minutes=16))
    assert "n’est plus valable" in (await desk.hear(CHAT, code, ON_TELEGRAM))[0]


async def test_five_wrong_codes_void_it_and_an_hour_has_three_codes(desk):
    await desk.hear(CHAT, "/link claire@corp.test", ON_TELEGRAM)
    code = code_in(desk)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(5):
        assert "n’est pas le code" in (await desk.hear(CHAT, wrong, ON_TELEGRAM))[0]
    assert "n’est plus valable" in (await desk.hear(CHAT, code, ON_TELEGRAM))[0]
    for _ in range(3):
        await desk.hear(CHAT, "/link claire@corp.test", ON_TELEGRAM)
    assert len(desk.sink.mails) == 3
    assert "pas pu envoyer" in desk.last[1].text


async def test_addresses_of_other_domains_get_no_code(tmp_path):
    async with stand(tmp_path, domains=("corp.test", "*.corp.test")) as desk:
        assert "pas pu envoyer" in (await desk.hear(CHAT, "/link claire@mail.test", ON_TELEGRAM))[-1]
        await desk.hear(CHAT, "/link claire@lyon.corp.test", ON_TELEGRAM)
        assert [mail[0] for mail in desk.sink.mails] == ["claire@lyon.corp.test"]


async def test_where_others_read_along_nobody_is_linked(desk):
    group = Sender("42", "Claire", "", "fr", public=True)
    at = Address("telegram", "4711", "-100:42")
    assert "message privé" in (await desk.hear(at, "/link claire@corp.test", group))[0]
    assert not desk.sink.mails


async def test_i_mailed_you_about_this_yesterday_is_understood(desk):
    key = await ticket_of(desk, MAIL, BY_MAIL)
    desk.clock.move(desk.clock.now() + timedelta(days=1))
    said = await desk.hear(SLACK, "je vous ai écrit hier à ce sujet", CLAIRE)
    assert key in said[0]
    assert [one.id for one in desk.buttons] == ["join:1"]
    said = await desk.press(SLACK, "join:1", CLAIRE)
    assert key in said[0]
    await desk.hear(SLACK, "et maintenant j’ai l’erreur 812", CLAIRE)
    assert "812" in " ".join(line.text for line in desk.house.records.transcript("1"))
    await desk.answer("1", "Je regarde votre VPN.")
    assert desk.last[0] == SLACK, "the answer goes where the person wrote last"
    await desk.hear(MAIL, "je réponds par mail", BY_MAIL)
    await desk.answer("1", "Vu.")
    assert desk.last[0] == MAIL


async def test_what_the_bot_still_diagnoses_goes_on_elsewhere_with_its_question(desk):
    await desk.hear(MAIL, "mon VPN ne se connecte plus", BY_MAIL)
    said = await desk.hear(SLACK, "je vous ai écrit ce matin à ce sujet, où en est ma demande ?", CLAIRE)
    assert "nous cherchons encore" in said[0]
    said = await desk.press(SLACK, "join:1", CLAIRE)
    assert desk.last[0] == SLACK
    assert len(said) == 2, "it is said that we go on here, and the question is put again"
    talk = desk.house.records.conversation("1")
    assert (talk.owner, talk.channel) == (Owner.BOT, "slack")


async def test_unlinking_undoes_it(desk):
    key = await ticket_of(desk, SLACK, CLAIRE)
    await linked(desk)
    await desk.hear(CHAT, "où en est ma demande ?", ON_TELEGRAM)
    await desk.press(CHAT, "join:1", ON_TELEGRAM)
    await desk.hear(CHAT, "c’est urgent", ON_TELEGRAM)
    assert "c’est urgent" in [line.text for line in desk.house.records.transcript("1")]
    before = desk.house.records.transcript("1")
    assert "plus connu ici" in (await desk.hear(CHAT, "/unlink", ON_TELEGRAM))[0]
    said = await desk.hear(CHAT, "où en est ma demande ?", ON_TELEGRAM)
    assert key not in " ".join(said)
    assert desk.house.records.transcript("1") == before, "what was said there stays as it was"


async def test_somebody_else_s_conversation_cannot_be_joined(desk):
    await ticket_of(desk, SLACK, CLAIRE)
    await desk.hear(CHAT, "bonjour", ON_TELEGRAM)
    await desk.press(CHAT, "join:1", ON_TELEGRAM)
    await desk.hear(CHAT, "ajoutez ceci", ON_TELEGRAM)
    assert "ajoutez ceci" not in [line.text for line in desk.house.records.transcript("1")]


async def test_a_house_without_a_mailbox_sends_no_codes_and_says_so(tmp_path):
    async with stand(tmp_path, courier=False) as desk:
        assert "pas pu envoyer" in (await desk.hear(CHAT, "/link claire@corp.test", ON_TELEGRAM))[-1]
        assert "/link" not in (await desk.hear(CHAT, "où en est ma demande ?", ON_TELEGRAM))[0]


async def test_six_digits_are_a_message_like_any_other_where_no_code_is_awaited(desk):
    await desk.hear(CHAT, "bonjour", ON_TELEGRAM)
    await desk.hear(CHAT, "123456", ON_TELEGRAM)
    assert desk.house.records.events("1")[-1].event.kind == "person_said"
