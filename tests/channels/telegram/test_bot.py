"""The bot looked at from outside, its files, and what its line never tells."""

import logging
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from telegram.error import Conflict, TelegramError

from bot.channels.fetching import GoneError
from bot.channels.telegram import TelegramBot
from bot.channels.telegram.attached import MOST_BYTES
from bot.channels.telegram.chatbook import Chat, Chatbook
from bot.channels.telegram.ends import OTHER_READER, TOKEN_MEND, fault
from bot.channels.telegram.files import fetched
from bot.channels.telegram.line import Line, without_token
from bot.ports.clock import SystemClock
from bot.ports.inbound import Inbound
from bot.store.files import FolderFiles
from tests.support.daemon import quiet_ports
from tests.support.telegram import BotApi


@pytest.fixture
def api() -> Iterator[BotApi]:
    """The platform."""
    with BotApi() as api:
        yield api


class Forgetful:
    """Notes that hold nothing: a look from outside writes none."""

    async def load(self, entry: str) -> str | None:
        """There is none."""
        return None

    async def save(self, entry: str, revision: int, state: str, content: str, conversation: str = "") -> bool:
        """Refuse."""
        raise AssertionError("a look from outside writes nothing")


class Erased(Forgetful):
    """Notes whose words were erased: nothing is read, and nothing written in their place."""

    async def save(self, entry: str, revision: int, state: str, content: str, conversation: str = "") -> bool:
        """Refuse."""
        return False


async def nobody(inbound: Inbound) -> None:
    """Nothing comes in."""


def look(token: str, api: str, tmp_path: Path, hook_url: str = "") -> TelegramBot:
    """A bot that is only looked at."""
    files = FolderFiles(tmp_path)
    return TelegramBot(lambda: token, Forgetful(), files, SystemClock(), nobody, api=api, hook_url=hook_url)


async def test_the_doctor_finds_nothing_and_takes_nothing_where_all_is_well(api: BotApi, tmp_path: Path) -> None:
    api.person("Ann").say("hello")
    assert await look(api.token, api.url, tmp_path).examined() == ()
    assert api.pending == 1
    assert {call.method for call in api.calls} == {"getMe", "getWebhookInfo"}


async def test_the_doctor_says_what_hinders_and_what_to_mend(api: BotApi, tmp_path: Path) -> None:
    other = "4200000042:AAHother_bot_that_was_revoked_00000"
    assert await look(other, api.url, tmp_path).examined() == (("the platform refused the token", TOKEN_MEND),)
    assert await look("a/b", api.url, tmp_path).examined() == (("the token is none", TOKEN_MEND),)
    nowhere = f"http://127.0.0.1:{quiet_ports(1)[0]}"
    ((what, mend),) = await look(api.token, nowhere, tmp_path).examined()
    assert (what, mend.split(",")[0]) == ("the platform is not reached (ConnectError)", "network")
    assert fault(Conflict("x"))[1] == OTHER_READER
    async with httpx.AsyncClient() as client:
        closed = quiet_ports(1)[0]
        hook = {"url": f"http://127.0.0.1:{closed}/secret-path"}
        await client.post(f"{api.base_url}{api.token}/setWebhook", json=hook)
        api.can_read_all_group_messages()
        privacy, foreign = await look(api.token, api.url, tmp_path).examined()
        assert "/setprivacy" in privacy[1]
        assert foreign[0] == "the updates go to a webhook at 127.0.0.1"
        api.person("Ann").say("hello")
        await api.until(lambda: api.world.webhook and api.world.webhook.error)
        _, undelivered = await look(api.token, api.url, tmp_path, hook["url"]).examined()
        assert undelivered[0].startswith("the platform could not deliver to the webhook: ")


async def test_a_chat_whose_note_was_erased_is_still_answered() -> None:
    book = Chatbook(Erased(), "42")
    await book.change("-5:7", lambda held: held or Chat(-5, message=3))
    assert await book.of("-5:7") is None
    assert await book.now(-5) == await book.first(-5) == -5


async def test_files_come_whole_or_are_gone(api: BotApi) -> None:
    ann = api.person("Ann")
    line = Line(lambda: api.token, api.url)
    try:
        ann.send_document(b"x" * 3_000_000, "log.txt")
        document = api.updates[-1]["message"]["document"]["file_id"]
        assert await fetched(line, f"telegram:{document}") == b"x" * 3_000_000
        ann.send_document(b"x", "film.mkv", size=MOST_BYTES + 1)
        huge = api.updates[-1]["message"]["document"]["file_id"]
        for ref in (huge, "no-such-file", ""):
            with pytest.raises(GoneError):
                await fetched(line, f"telegram:{ref}")
        ann.send_document(b"x" * (MOST_BYTES + 1), "lie.bin", size=5)
        lie = api.updates[-1]["message"]["document"]["file_id"]
        with pytest.raises(GoneError):
            await fetched(line, f"telegram:{lie}")
        with api.outage("bad gateway"), pytest.raises(TelegramError):
            await fetched(line, f"telegram:{document}")
    finally:
        await line.close()


async def test_no_log_and_no_error_tells_the_token(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    line = Line(lambda: api.token, api.url)
    secret = api.token.partition(":")[2]
    try:
        me = await line.me()
        assert (me.username, me.id) == (api.username, int(api.token.partition(":")[0]))
        assert secret not in repr(await line.bot()) + repr(line.__dict__)
        with api.outage(), pytest.raises(TelegramError) as caught:
            await (await line.bot()).get_me()
        assert secret not in repr(caught.value) + repr(caught.value.__cause__)
    finally:
        await line.close()
    assert "getMe" in caplog.text
    assert secret not in caplog.text
    assert without_token(f"GET /file/bot{api.token}/photos/1.jpg") == "GET /file/bot[token]/photos/1.jpg"
