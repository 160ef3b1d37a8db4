"""A second opinion on the stand-in: aiogram, which reads every object into strict models, talks with it."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
)
from aiogram.filters import Command, CommandStart
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageReactionUpdated,
    ReactionTypeEmoji,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.support.telegram import PICTURE, BotApi

CHOICES = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Yes", callback_data="yes"), InlineKeyboardButton(text="No", callback_data="no")]
    ]
)


@pytest.fixture
def api():
    with BotApi() as api:
        yield api


@pytest.fixture
async def bot(api):
    session = AiohttpSession(api=TelegramAPIServer.from_base(api.url))
    async with Bot(api.token, session=session) as bot:
        yield bot


@asynccontextmanager
async def polling(dispatcher: Dispatcher, bot: Bot) -> AsyncIterator[None]:
    """The dispatcher at work."""
    work = asyncio.create_task(
        dispatcher.start_polling(bot, polling_timeout=5, handle_signals=False, close_bot_session=False)
    )
    try:
        yield
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work


async def test_texts_commands_and_edits_arrive_by_polling(api, bot):
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart(deep_link=True))
    async def start(message: Message, command) -> None:
        await message.answer(f"token {command.args}")

    @dispatcher.message(Command("help"))
    async def help_(message: Message) -> None:
        await message.reply("<b>Ask</b> me", parse_mode="HTML")

    @dispatcher.message(F.text)
    async def text(message: Message) -> None:
        await message.answer(f"{message.chat.full_name} said {message.text}")

    @dispatcher.edited_message()
    async def edited(message: Message) -> None:
        assert message.edit_date is not None
        await message.answer(f"{message.edit_date >= message.date.timestamp()} now {message.text}")

    ann = api.person("Ann Smith")
    async with polling(dispatcher, bot):
        ann.start("abc-1")
        await ann.soon_hears("token abc-1")
        ann.say("/help me")
        shown = await ann.soon_hears("Ask me")
        assert shown.words("bold") == ["Ask"] and shown.reply_to == 3
        said = ann.say("It blinks")
        await ann.soon_hears("Ann Smith said It blinks")
        ann.edit(said, "It glows")
        await ann.soon_hears("True now It glows")
        await api.until(lambda: api.pending == 0, "every update to be confirmed")
    assert len({update["update_id"] for update in api.updates}) == 4


async def test_a_button_is_pressed_and_its_message_changes(api, bot):
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart())
    async def start(message: Message) -> None:
        await message.answer("Better?", reply_markup=CHOICES)

    @dispatcher.callback_query(F.data == "yes")
    async def pressed(query: CallbackQuery) -> None:
        await query.answer("Noted", show_alert=True)
        assert isinstance(query.message, Message)
        await query.message.edit_text(f"Better? {query.data}, in {query.chat_instance != ''}")

    ann = api.person()
    async with polling(dispatcher, bot):
        ann.start()
        asked = await ann.soon_hears("Better?")
        press = ann.press(asked, "Yes")
        await ann.soon(lambda shown: [one for one in shown if one.edited and "yes, in True" in one.text])
        assert (press.answer, press.alert) == ("Noted", True)
        assert ann.answers[-1].buttons == ()


async def test_a_block_and_a_reaction_are_told(api, bot):
    dispatcher = Dispatcher()
    told: list[object] = []

    @dispatcher.my_chat_member()
    async def member(change: ChatMemberUpdated) -> None:
        told.append((change.old_chat_member.status, change.new_chat_member.status))

    @dispatcher.message_reaction()
    async def reaction(change: MessageReactionUpdated) -> None:
        told.append([one.emoji for one in change.new_reaction if isinstance(one, ReactionTypeEmoji)])

    ann = api.person()
    said = ann.start()
    async with polling(dispatcher, bot):
        await api.until(lambda: "message_reaction" in api.world.queue.allowed, "the wish for reactions")
        ann.react(said, "👀")
        ann.block()
        ann.unblock()
        await api.until(lambda: len(told) == 3, "three updates")
    assert told == [["👀"], ("member", "kicked"), ("kicked", "member")]


async def test_files_go_up_and_down(api, bot):
    ann = api.person()
    ann.start()
    sent = await bot.send_document(ann.id, BufferedInputFile(b"log \x00 bytes", "vpn.log"), caption="*the log*")
    assert (sent.document.file_name, sent.document.file_size) == ("vpn.log", 11)
    assert (ann.answers[-1].file, ann.answers[-1].text) == (b"log \x00 bytes", "*the log*")
    photo = await bot.send_photo(ann.id, BufferedInputFile(PICTURE, "a.png"))
    assert [size.width for size in photo.photo] == sorted(size.width for size in photo.photo)
    again = await bot.send_photo(ann.id, photo.photo[-1].file_id)
    assert again.photo[-1].file_id == photo.photo[-1].file_id
    ann.send_document(b"mine", "mine.txt")
    update = (await bot.get_updates())[-1]
    down = io.BytesIO()
    await bot.download(update.message.document, down)
    assert down.getvalue() == b"mine"


async def test_an_album_comes_as_messages_of_one_group(api, bot):
    ann = api.person()
    ann.send_album([PICTURE, PICTURE, PICTURE], "The /screens")
    messages = [update.message for update in await bot.get_updates()]
    assert len({message.media_group_id for message in messages}) == 1
    assert [message.caption for message in messages] == ["The /screens", None, None]
    assert messages[0].caption_entities[0].type == "bot_command"
    assert len({message.photo[-1].file_id for message in messages}) == 3


async def test_what_the_bot_says_of_itself_is_kept(api, bot):
    ann = api.person()
    assert (await bot.me()).username == "guichet_bot"
    await bot.set_my_commands([BotCommand(command="help", description="What I can do")], language_code="fr")
    assert [one.command for one in await bot.get_my_commands(language_code="fr")] == ["help"]
    assert await bot.get_my_commands() == []
    assert await bot.delete_my_commands(language_code="fr")
    assert await bot.set_my_description("The desk") and await bot.set_my_short_description("The desk")
    assert (await bot.get_chat(ann.id)).first_name == "Ann"
    assert (await bot.get_chat_member(ann.id, bot.id)).status == "left"


async def test_a_forum_has_topics(api, bot):
    ann = api.person()
    forum = api.group("Agents", ann, forum=True, admin=True)
    topic = await bot.create_forum_topic(forum.id, "Case 12")
    sent = await bot.send_message(forum.id, "The case", message_thread_id=topic.message_thread_id)
    assert sent.is_topic_message and sent.message_thread_id == topic.message_thread_id
    ann.say("Mine", to=forum, topic=topic.message_thread_id)
    assert (await bot.get_updates())[-1].message.message_thread_id == topic.message_thread_id
    assert await bot.close_forum_topic(forum.id, topic.message_thread_id)
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        await bot.close_forum_topic(forum.id, topic.message_thread_id)
    assert await bot.reopen_forum_topic(forum.id, topic.message_thread_id)
    assert await bot.set_message_reaction(forum.id, sent.message_id, [ReactionTypeEmoji(emoji="👌")])


async def test_a_webhook_is_called_in_order_with_its_secret(api, bot):
    dispatcher = Dispatcher()

    @dispatcher.message(F.text)
    async def text(message: Message) -> None:
        await message.answer(f"heard {message.text}")

    application = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token="s3cret").register(
        application, "/hook"
    )
    ann = api.person()
    async with TestServer(application) as server:
        await bot.set_webhook(str(server.make_url("/hook")), secret_token="s3cret")
        for number in range(5):
            ann.say(f"{number}")
        await ann.soon_hears("heard 4")
        assert [shown.text for shown in ann.answers] == [f"heard {number}" for number in range(5)]
        with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        await bot.set_webhook(str(server.make_url("/hook")), secret_token="another")
        ann.say("5")
        await api.until(lambda: api.world.webhook and api.world.webhook.error, "a refusal of the wrong secret")
        info = await bot.get_webhook_info()
        assert (info.pending_update_count, info.last_error_message) == (
            1,
            "Wrong response from the webhook: 401 Unauthorized",
        )
    await bot.delete_webhook()
    assert [update.message.text for update in await bot.get_updates()] == ["5"]
