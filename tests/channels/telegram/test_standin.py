"""What the stand-in says is what Telegram's own description of the Bot API says: no field too few, none too many."""

import pytest

from tests.support.telegram import PICTURE, BotApi, Group, Person
from tests.support.telegram.client import Plain
from tests.support.telegram.methods import NAMES
from tests.support.telegram.spec import Spec

EVERY_KIND = [
    "message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "my_chat_member",
    "message_reaction", "poll_answer", "chat_join_request",
]  # fmt: skip
YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}, {"text": "Docs", "url": "https://desk.test/a"}]]}


@pytest.fixture(scope="module")
def spec(shared):
    return Spec.read(shared / "data" / "telegram" / "api.min.json")


@pytest.fixture(scope="module")
def day():
    """A stand-in at the end of a day on which everything happened."""
    with BotApi() as api, Plain(api) as bot:
        bot.result("getUpdates", allowed_updates=EVERY_KIND)
        ann, bob = api.person("Ann Smith", "fr", "ann_smith"), api.person("Bob")
        people_write(api, ann, bob)
        the_bot_writes(bot, ann)
        the_bot_says_who_it_is(bot, ann)
        group = api.group("Desk", ann, bob)
        groups_live(api, bot, group, ann)
        forums_live(bot, api.group("Agents", ann, forum=True, admin=True), ann)
        updates_are_fetched(bot)
        the_bot_is_refused(api, bot, ann, group)
        yield api


def people_write(api: BotApi, ann: Person, bob: Person) -> None:
    """Every kind of update there is."""
    ann.start("token")
    said = ann.say("Mail @guichet_bot at ann@corp.test, see https://desk.test/a #vpn $EUR")
    ann.say("As I said", reply_to=said)
    ann.edit(said, "Never mind 🏟")
    ann.edit(ann.send_photo(caption="My screen"), "My /screen")
    ann.send_document(b"log", "vpn.log")
    ann.send_voice()
    ann.send_album([PICTURE, PICTURE], "Both")
    ann.send_sticker()
    ann.send_location()
    ann.send_contact()
    ann.forward("It blinks", "Eve")
    ann.react(said)
    ann.answer_poll()
    ann.block()
    ann.unblock()
    news = api.channel("News")
    news.edit(news.post("Down"), "Up")
    bob.ask_to_join(news)


def the_bot_writes(bot: Plain, ann: Person) -> None:
    """Every method that changes a chat."""
    first = bot.result("sendMessage", chat_id=ann.id, text="<b>Hi</b>", parse_mode="HTML", reply_markup=YES)[
        "message_id"
    ]
    press = ann.press(ann.hears("Hi"), "Yes")
    bot.result("answerCallbackQuery", callback_query_id=press.id, text="Noted")
    bot.result("editMessageReplyMarkup", chat_id=ann.id, message_id=first)
    old = ann.hears("Hi")
    bot.result("editMessageText", chat_id=ann.id, message_id=first, text="Hi again", reply_markup=YES)
    stale = ann.hears("again")
    bot.result("deleteMessage", chat_id=ann.id, message_id=first)
    ann.press(stale)
    reply = {"message_id": old.id, "allow_sending_without_reply": True}
    options = {"is_disabled": True}
    bot.result("sendMessage", chat_id=ann.id, text="x.com", reply_parameters=reply, link_preview_options=options)
    bot.result("sendMessage", chat_id=ann.id, text="2", reply_parameters={"message_id": 1}, protect_content=True)
    photo = bot.result(
        "sendPhoto", {"photo": ("a.png", PICTURE)}, chat_id=ann.id, caption="<i>x</i>", parse_mode="HTML"
    )
    bot.result("sendPhoto", chat_id=ann.id, photo=photo["photo"][-1]["file_id"])
    document = bot.result("sendDocument", {"document": ("a.txt", b"abc")}, chat_id=ann.id, caption="x")["document"]
    bot.result("sendDocument", chat_id=ann.id, document=document["file_id"])
    bot.result("getFile", file_id=document["file_id"])
    bot.result("sendChatAction", chat_id=ann.id, action="typing")
    bot.result("setMessageReaction", chat_id=ann.id, message_id=1, reaction=[{"type": "emoji", "emoji": "👀"}])


def the_bot_says_who_it_is(bot: Plain, ann: Person) -> None:
    """Every method about the bot, its webhook and chats."""
    bot.result("getMe")
    commands = [{"command": "help", "description": "What I can do"}]
    bot.result("setMyCommands", commands=commands, language_code="en")
    assert bot.result("getMyCommands", language_code="en") == commands
    bot.result("deleteMyCommands")
    bot.result("setMyDescription", description="The desk")
    bot.result("setMyShortDescription", short_description="The desk")
    bot.result("getChat", chat_id=ann.id)
    bot.result("getChatMember", chat_id=ann.id, user_id=bot.result("getMe")["id"])
    bot.result("getWebhookInfo")
    bot.result("setWebhook", url="http://127.0.0.1:9/nobody", secret_token="s3cret", allowed_updates=EVERY_KIND)
    bot.result("getWebhookInfo")
    bot.result("deleteWebhook")


def groups_live(api: BotApi, bot: Plain, group: Group, ann: Person) -> None:
    """A group: the bot is thrown out, comes back, and the group becomes a supergroup."""
    ann.say("/help@guichet_bot", to=group)
    for user in (ann.id, bot.result("getMe")["id"], api.person("Eve").id):
        bot.result("getChatMember", chat_id=group.id, user_id=user)
    bot.result("getChat", chat_id=group.id)
    group.remove_bot(ann)
    group.add_bot(ann, "administrator")
    bot.result("getChatMember", chat_id=group.id, user_id=bot.result("getMe")["id"])
    bot.result("getChat", chat_id=group.upgrade().id)


def forums_live(bot: Plain, forum: Group, ann: Person) -> None:
    """A forum: a topic is opened, used, closed and opened again."""
    topic = bot.result("createForumTopic", chat_id=forum.id, name="Case 12")["message_thread_id"]
    bot.result("sendMessage", chat_id=forum.id, text="The case", message_thread_id=topic)
    ann.say("Mine", to=forum, topic=topic)
    bot.result("closeForumTopic", chat_id=forum.id, message_thread_id=topic)
    bot.result("reopenForumTopic", chat_id=forum.id, message_thread_id=topic)


def updates_are_fetched(bot: Plain) -> None:
    """All of them in portions."""
    offset = 0
    while found := bot.result("getUpdates", offset=offset, limit=7):
        offset = found[-1]["update_id"] + 1


def the_bot_is_refused(api: BotApi, bot: Plain, ann: Person, group: Group) -> None:
    """Some refusals with parameters and without."""
    api.flood(7)
    bot.refusal("sendMessage", chat_id=ann.id, text="Hi")
    bot.refusal("sendMessage", chat_id=group.id, text="Hi")
    bot.refusal("sendMessage", chat_id=1, text="Hi")


def test_every_method_answers_as_described(day, spec):
    told = [answer for answer in day.responses if answer.body["ok"]]
    assert {answer.method for answer in told} == {*NAMES, "getUpdates"}
    assert [fault for answer in told for fault in spec.faults_of_result(answer.method, answer.body["result"])] == []


def test_every_kind_of_update_is_as_described(day, spec):
    kinds = {kind for update in day.updates for kind in update if kind != "update_id"}
    assert kinds == set(EVERY_KIND)
    assert [fault for update in day.updates for fault in spec.faults(update, ["Update"], "update")] == []


def test_refusals_are_as_described(day, spec):
    refused = [answer.body for answer in day.responses if not answer.body["ok"]]
    assert len(refused) == 3
    for body in refused:
        assert set(body) - {"parameters"} == {"ok", "error_code", "description"}
        assert spec.faults(body.get("parameters", {}), ["ResponseParameters"], "parameters") == []


def test_the_comparison_sees_what_is_wrong(spec):
    user = {"id": 1, "is_bot": False, "first_name": "Ann"}
    assert spec.faults(user, ["User"], "user") == []
    assert spec.faults(user | {"id": "1"}, ["User"], "user") == ["user.id is no Integer: '1'"]
    assert spec.faults(user | {"id": True}, ["User"], "user") == ["user.id is no Integer: True"]
    assert spec.faults(user | {"age": 7}, ["User"], "user") == ["user.age is unknown in User"]
    assert spec.faults({"id": 1, "is_bot": False}, ["User"], "user") == ["user lacks first_name"]
    assert spec.faults([user, 7], ["Array of User"], "users") == ["users[1] is no User: 7"]
