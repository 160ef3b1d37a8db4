"""A third opinion on the stand-in: python-telegram-bot's client, which the channel itself uses."""

import asyncio
from datetime import timedelta

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters, Update
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.request import HTTPXRequest

from tests.support.telegram import PICTURE, BotApi

CHOICES = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="yes")]])


@pytest.fixture
def api():
    with BotApi() as api:
        yield api


def client(api: BotApi, token: str = "") -> Bot:
    """The library's client of the stand-in."""
    return Bot(token or api.token, base_url=api.base_url, base_file_url=api.base_file_url)


@pytest.fixture
async def bot(api):
    async with client(api) as bot:
        yield bot


async def test_updates_come_until_they_are_confirmed(api, bot):
    assert bot.username == api.username
    ann = api.person("Ann Smith", "fr", "ann")
    ann.start("abc")
    ann.say("It blinks")
    first = await bot.get_updates(limit=1, allowed_updates=Update.ALL_TYPES)
    again = await bot.get_updates()
    assert [update.update_id for update in again] == [first[0].update_id, first[0].update_id + 1]
    assert [update.message.text for update in await bot.get_updates(offset=again[-1].update_id)] == ["It blinks"]
    user = again[0].effective_user
    assert (user.full_name, user.username, user.language_code, user.id) == ("Ann Smith", "ann", "fr", ann.id)
    assert again[0].message.parse_entities() == {again[0].message.entities[0]: "/start"}
    assert await bot.get_updates(offset=again[-1].update_id + 1) == ()


async def test_a_press_carries_the_message_and_is_answered(api, bot):
    ann = api.person()
    ann.start()
    sent = await bot.send_message(ann.id, "<b>Better</b> now 🏟?", ParseMode.HTML, reply_markup=CHOICES)
    assert sent.text_html == "<b>Better</b> now 🏟?" and sent.reply_markup == CHOICES
    press = ann.press(ann.hears("Better"))
    query = (await bot.get_updates())[-1].callback_query
    assert (query.data, query.message.message_id, query.from_user.id) == ("yes", sent.message_id, ann.id)
    assert await query.answer("Noted") and press.answer == "Noted"
    edited = await query.edit_message_text("Better now: yes")
    assert (edited.edit_date >= edited.date, edited.reply_markup) == (True, None)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await query.edit_message_text("Better now: yes")
    api.clock.advance(16 * 60)
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await query.answer()


async def test_files_go_up_and_down(api, bot):
    ann = api.person()
    ann.send_document("é".encode(), "notes.txt", caption="My notes")
    ann.send_voice(b"OggS voice")
    document, voice = (update.message for update in await bot.get_updates())
    assert (document.document.file_name, document.caption) == ("notes.txt", "My notes")
    assert bytes(await (await document.document.get_file()).download_as_bytearray()) == "é".encode()
    assert bytes(await (await voice.voice.get_file()).download_as_bytearray()) == b"OggS voice"
    await bot.send_document(ann.id, b"answer", filename="answer.txt", caption="Here")
    await bot.send_photo(ann.id, PICTURE, reply_parameters=ReplyParameters(document.message_id))
    assert [(shown.file, shown.reply_to) for shown in ann.answers] == [(b"answer", 0), (PICTURE, document.message_id)]


async def test_commands_and_descriptions_are_set(bot):
    assert await bot.set_my_commands([BotCommand("help", "What I can do")])
    assert await bot.get_my_commands() == (BotCommand("help", "What I can do"),)
    assert await bot.set_my_description("The desk", language_code="en")
    assert await bot.set_my_short_description("The desk")
    assert await bot.set_webhook("http://127.0.0.1:9/hook", secret_token="s3cret_-")
    assert (await bot.get_webhook_info()).url == "http://127.0.0.1:9/hook"
    with pytest.raises(BadRequest, match="Secret token contains unallowed characters"):
        await bot.set_webhook("http://127.0.0.1:9/hook", secret_token="s3cret!")
    with pytest.raises(BadRequest, match="Bad webhook: an https url must be provided for webhook"):
        await bot.set_webhook("http://desk.test/hook")
    assert await bot.delete_webhook()


async def test_refusals_come_as_the_errors_that_the_library_knows(api, bot, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # without it the library warns whoever is told to wait
    ann, eve = api.person(), api.person("Eve")
    ann.start()
    api.flood(12)
    with pytest.raises(RetryAfter) as slow:
        await bot.send_message(ann.id, "Hi")
    assert slow.value.retry_after == timedelta(seconds=12)
    with pytest.raises(Forbidden, match="initiate conversation"):
        await bot.send_message(eve.id, "Hi")
    ann.block()
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(ann.id, "Hi")
    group = api.group("Desk", ann)
    moved = group.upgrade()
    with pytest.raises(ChatMigrated) as away:
        await bot.send_message(group.id, "Hi")
    assert away.value.new_chat_id == moved.id
    for wrong, words in (
        ("<x>", "Can't parse entities"),
        ("é" * 4097, "Message is too long"),
        (" ", "Text must be non-"),
    ):
        with pytest.raises(BadRequest, match=words):
            await bot.send_message(moved.id, wrong, ParseMode.HTML)
    with pytest.raises(InvalidToken):
        async with client(api, "1:wrong"):
            pass


async def test_who_polls_while_another_does_meets_a_conflict(api, bot):
    async with client(api) as other:
        earlier = asyncio.create_task(bot.get_updates(timeout=20))
        await api.until(lambda: api.server.polling.waiting, "the first poller to wait")
        later = asyncio.create_task(other.get_updates(timeout=20))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await earlier
        await other.set_webhook("http://127.0.0.1:9/hook")
        with pytest.raises(Conflict, match="terminated by setWebhook request"):
            await later
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()


async def test_faults_on_the_way_are_network_errors(api, bot):
    ann = api.person()
    ann.start()
    for kind in ("refused", "bad gateway"):
        with api.outage(kind), pytest.raises(NetworkError):
            await bot.send_message(ann.id, "Hi")
    assert ann.answers == []
    api.lose_answer("sendMessage", 2)
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(ann.id, "Hi")
    assert [shown.text for shown in ann.answers] == ["Hi", "Hi"]
    api.slow(5, "sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(ann.id, "Late", read_timeout=0.1)
    assert ann.hears("Late")
    api.slow(0, "sendMessage")
    api.restart()
    async with Bot(api.token, base_url=api.base_url, request=HTTPXRequest(read_timeout=5)) as fresh:
        assert (await fresh.send_message(ann.id, "Back")).text == "Back"
