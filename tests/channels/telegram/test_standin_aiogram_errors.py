"""What the stand-in refuses, aiogram raises as the error that it has for it."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import BufferedInputFile, ReplyParameters

from tests.support.telegram import BotApi


@pytest.fixture
def api():
    with BotApi() as api:
        yield api


@pytest.fixture
async def bot(api):
    session = AiohttpSession(api=TelegramAPIServer.from_base(api.url))
    async with Bot(api.token, session=session) as bot:
        yield bot


async def test_refusals_come_as_the_errors_that_aiogram_knows(api, bot):
    ann, eve = api.person(), api.person("Eve")
    ann.start()
    api.flood(31)
    with pytest.raises(TelegramRetryAfter) as slow:
        await bot.send_message(ann.id, "Hi")
    assert slow.value.retry_after == 31
    with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation with a user"):
        await bot.send_message(eve.id, "Hi")
    ann.block()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(ann.id, "Hi")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(77, "Hi")
    group = api.group("Desk", ann)
    moved = group.upgrade()
    with pytest.raises(TelegramMigrateToChat) as away:
        await bot.send_message(group.id, "Hi")
    assert away.value.migrate_to_chat_id == moved.id
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(moved.id, "Hi", reply_parameters=ReplyParameters(message_id=99))


async def test_a_file_that_is_too_big_is_refused_both_ways(api, bot):
    ann = api.person()
    ann.send_document(b"a little of it", "dump.bin", size=20 * 1024 * 1024 + 1)
    document = (await bot.get_updates())[-1].message.document
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(document.file_id)
    with pytest.raises(TelegramEntityTooLarge):
        await bot.send_document(ann.id, BufferedInputFile(bytes(51 * 1024 * 1024), "dump.bin"))


async def test_the_earlier_of_two_pollers_is_sent_away(api, bot):
    earlier = asyncio.create_task(bot.get_updates(timeout=20))
    await api.until(lambda: api.server.polling.waiting, "the first poller to wait")
    later = asyncio.create_task(bot.get_updates(timeout=20))
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await earlier
    api.person().start()
    assert len(await later) == 1


async def test_a_wrong_token_and_an_unknown_method_are_refused(api, bot):
    with pytest.raises(TelegramNotFound):
        await bot.get_my_star_balance()
    async with Bot("1:wrong", session=AiohttpSession(api=TelegramAPIServer.from_base(api.url))) as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


async def test_an_outage_is_a_network_error_and_then_over(api, bot):
    ann = api.person()
    ann.start()
    with api.outage("refused"), pytest.raises(TelegramNetworkError):
        await bot.send_message(ann.id, "Hi")
    assert ann.answers == []
    api.lose_answer("sendMessage")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(ann.id, "Hi")
    assert [shown.text for shown in ann.answers] == ["Hi"]
    assert await bot.send_message(ann.id, "Hi")
