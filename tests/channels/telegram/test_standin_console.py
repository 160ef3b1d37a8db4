"""The stand-in by hand: what is typed reaches the bot, and what the bot writes is shown."""

import subprocess
import sys

import httpx
import pytest

from tests.support.needs import ROOT
from tests.support.telegram import BotApi
from tests.support.telegram.client import Plain
from tests.support.telegram.console import Console

YES_NO = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}]]}


@pytest.fixture
def api():
    with BotApi() as api:
        yield api


def test_a_conversation_by_hand(api, tmp_path):
    lines: list[str] = []
    console = Console(api, lines.append)
    with Plain(api) as bot:
        assert console.obey("start abc") and console.obey("say It blinks")
        sent = bot.result("sendMessage", chat_id=console.person.id, text="Better?", reply_markup=YES_NO)
        console.look()
        assert lines == ["bot #3: Better?\n    1  Yes\n    2  No"]
        console.obey("press 2")
        bot.result("editMessageText", chat_id=console.person.id, message_id=sent["message_id"], text="Better? No")
        console.look()
        assert lines[1:] == ["bot #3 (changed): Better? No"]
        console.obey("edit It glows")
        (tmp_path / "a log.txt").write_text("log")
        console.obey(f"document '{tmp_path / 'a log.txt'}'")
        bot.result("deleteMessage", chat_id=console.person.id, message_id=sent["message_id"])
        console.look()
        assert lines[2:] == ["bot #3 is gone"]
        kinds = [list(update)[1] for update in bot.result("getUpdates")]
    assert kinds == ["message", "message", "callback_query", "edited_message", "message"]
    assert not console.obey("quit")


def test_what_cannot_be_done_is_said(api):
    lines: list[str] = []
    console = Console(api, lines.append)
    for line in ("", "press 1", "edit x", "delete", "document /nowhere", "document", "dance", "document 'x"):
        assert console.obey(line)
    assert len(lines) == 7 and all(line.startswith("! ") for line in lines)
    console.obey("block")
    console.obey("say Hi")
    assert lines[-1] == "! whoever has blocked the bot must unblock it first"
    console.obey("help")
    assert "press N" in lines[-1]


def test_it_runs_as_a_program():
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.support.telegram", "--token", "77:by-hand"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert program.stdin and program.stdout
        address = program.stdout.readline().split()[3].rstrip(",")
        assert "help" in program.stdout.readline()
        program.stdin.write("say It blinks\n")
        program.stdin.flush()
        with httpx.Client(base_url=f"{address}/bot77:by-hand", timeout=30) as client:
            message = client.get("/getUpdates", params={"timeout": 20}).json()["result"][0]["message"]
            assert message["text"] == "It blinks"
            client.post("/sendMessage", data={"chat_id": message["chat"]["id"], "text": "Since when?"})
        assert program.stdout.readline() == "bot #2: Since when?\n"
        rest, _ = program.communicate("quit\n", timeout=30)
        assert (rest, program.returncode) == ("", 0)
    finally:
        program.kill()
        program.communicate()
