"""How the stand-in hands updates over: kept until confirmed, for a day, by asking or by a webhook."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.support.telegram import BotApi
from tests.support.telegram.client import Plain


@pytest.fixture
def api():
    with BotApi() as api:
        yield api


@pytest.fixture
def bot(api):
    with Plain(api) as bot:
        yield bot


def texts(updates: list[dict]) -> list[str]:
    """What was said."""
    return [update["message"]["text"] for update in updates]


def test_an_offset_confirms_all_before_it(api, bot):
    ann = api.person()
    for number in range(5):
        ann.say(f"{number}")
    found = bot.result("getUpdates", limit=2)
    assert texts(found) == ["0", "1"]
    assert texts(bot.result("getUpdates")) == ["0", "1", "2", "3", "4"]
    assert texts(bot.result("getUpdates", offset=found[-1]["update_id"] + 1)) == ["2", "3", "4"]
    assert texts(bot.result("getUpdates")) == ["2", "3", "4"]
    assert texts(bot.result("getUpdates", offset=-1)) == ["4"]
    assert api.pending == 1


def test_who_waits_hears_at_once_and_who_hears_nothing_gets_nothing(api, bot):
    threading.Timer(0.2, api.person().say, ["Hi"]).start()
    began = time.monotonic()
    assert texts(bot.result("getUpdates", timeout=20)) == ["Hi"]
    assert time.monotonic() - began < 10
    following = api.updates[-1]["update_id"] + 1
    assert bot.result("getUpdates", offset=following, timeout=1) == []


def test_updates_are_kept_for_a_day(api, bot):
    ann = api.person()
    ann.say("old")
    api.clock.advance(23 * 3600)
    ann.say("new")
    api.clock.advance(3600)
    assert texts(bot.result("getUpdates")) == ["new"]
    assert bot.result("getUpdates")[0]["message"]["date"] == int(api.updates[-1]["message"]["date"])


def test_kinds_are_wished_for_once(api, bot):
    ann = api.person()
    said = ann.say("Hi")
    ann.react(said)
    bot.result("getUpdates", allowed_updates=["message", "message_reaction"])
    ann.react(said)
    ann.edit(said, "Ho")
    kinds = [next(kind for kind in update if kind != "update_id") for update in bot.result("getUpdates")]
    assert kinds == ["message", "message_reaction"]
    assert bot.result("getWebhookInfo")["allowed_updates"] == ["message", "message_reaction"]


def test_an_update_is_delivered_again_or_in_another_order(api, bot):
    ann = api.person()
    ann.say("0")
    first = bot.result("getUpdates")[0]["update_id"]
    assert bot.result("getUpdates", offset=first + 1) == []
    api.repeat(first)
    assert texts(bot.result("getUpdates", offset=first + 1)) == ["0"]
    with api.held(backwards=True):
        ann.say("1")
        ann.say("2")
        assert bot.result("getUpdates") == []
    assert texts(bot.result("getUpdates")) == ["2", "1"]
    api.push("dream_of_tomorrow", {"depth": 3})
    assert bot.result("getUpdates", offset=-1)[0]["dream_of_tomorrow"] == {"depth": 3}


def test_in_a_group_the_bot_hears_only_what_concerns_it(api, bot):
    ann = api.person()
    group = api.group("Desk", ann)
    written = bot.result("sendMessage", chat_id=group.id, text="I am here")
    shown = group.hears("I am here")
    assert written["chat"]["type"] == "group"
    ann.say("among us", to=group)
    ann.say("/help", to=group)
    ann.say("/help@other_bot", to=group)
    ann.say("well, @Guichet_Bot?", to=group)
    ann.say("yes", to=group, reply_to=shown)
    assert texts(bot.result("getUpdates")) == ["/help", "well, @Guichet_Bot?", "yes"]
    api.can_read_all_group_messages()
    ann.say("among us again", to=group)
    assert texts(bot.result("getUpdates", offset=-1)) == ["among us again"]


def test_a_group_that_grows_says_so_in_both_chats(api, bot):
    group = api.group("Desk", api.person())
    new = group.upgrade()
    old, first = (update["message"] for update in bot.result("getUpdates"))
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (group.id, new.id)
    assert (first["chat"]["id"], first["migrate_from_chat_id"]) == (new.id, group.id)
    refused = bot.call("sendMessage", chat_id=group.id, text="Hi")
    assert refused["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert refused["parameters"] == {"migrate_to_chat_id": new.id}


class Hook:
    """A web server that takes what is delivered, or says that it is broken."""

    def __init__(self) -> None:
        self.broken = False
        self.got: list[dict] = []
        self.secrets: set[str | None] = set()
        hook = self

        class Handler(BaseHTTPRequestHandler):
            """Takes one update."""

            def do_POST(self) -> None:
                hook.secrets.add(self.headers["X-Telegram-Bot-Api-Secret-Token"])
                hook.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(503 if hook.broken else 200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing is logged."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def close(self) -> None:
        """End it."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def hook():
    hook = Hook()
    yield hook
    hook.close()


def test_a_webhook_gets_every_update_until_it_takes_it(api, bot, hook):
    ann = api.person()
    ann.say("before")
    hook.broken = True
    bot.result("setWebhook", url=hook.url, secret_token="s3cret")
    api.wait_until(lambda: len(hook.got) > 2, "the update to be delivered again")
    ann.say("then")
    assert texts(hook.got) == ["before"] * len(hook.got)
    info = bot.result("getWebhookInfo")
    assert info["pending_update_count"] == 2
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    hook.broken = False
    api.wait_until(lambda: api.pending == 0, "all to be taken")
    assert texts(hook.got)[-2:] == ["before", "then"] and hook.secrets == {"s3cret"}
    api.repeat()
    api.wait_until(lambda: texts(hook.got)[-2:] == ["then", "then"], "the same update again")


def test_a_webhook_that_is_away_does_not_lose_anything(api, bot, hook):
    hook.close()
    bot.result("setWebhook", url=hook.url)
    api.person().say("Hi")
    api.wait_until(lambda: bot.result("getWebhookInfo").get("last_error_message"), "an error")
    assert bot.result("getWebhookInfo")["last_error_message"] == "Connection refused"
    bot.result("deleteWebhook")
    assert texts(bot.result("getUpdates")) == ["Hi"]
    bot.result("setWebhook", url="", drop_pending_updates=True)
    assert bot.result("getUpdates") == []
