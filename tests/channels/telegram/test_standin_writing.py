"""What the stand-in makes of the bot's texts and keyboards: what it keeps, and in which words it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.telegram import PICTURE, BotApi
from tests.support.telegram.client import Plain
from tests.support.telegram.entities import completed, part, trimmed, units
from tests.support.telegram.errors import RefusalError
from tests.support.telegram.html import parse_html

PARSE = "Bad Request: can't parse entities: "


@pytest.fixture(scope="module")
def api():
    with BotApi() as api:
        yield api


@pytest.fixture(scope="module")
def bot(api):
    with Plain(api) as bot:
        yield bot


@pytest.fixture
def ann(api):
    """Somebody who has started the bot."""
    ann = api.person()
    ann.start()
    return ann


def button(**fields: str) -> dict:
    """A keyboard of one button."""
    return {"inline_keyboard": [[{"text": "Go"} | fields]]}


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("a <b>bold</b> word", "a bold word", [("bold", 2, 4)]),
        ("🏟 <i>x</i>", "🏟 x", [("italic", 3, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s> <strike>b</strike> <del>c</del>", "a b c", [("strikethrough", n, 1) for n in (0, 2, 4)]),
        ("<tg-spoiler>a</tg-spoiler><span class='tg-spoiler'>b</span>", "ab", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ("<code>/a &lt;b&gt; @someone</code>", "/a <b> @someone", [("code", 0, 15)]),
        ("<pre>two\nlines</pre>", "two\nlines", [("pre", 0, 9)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("&amp;amp; &quot;x&quot; &nbsp; &#233;&#xe9;", '&amp; "x" &nbsp; éé', []),
        ("<B>loud</b >", "loud", [("bold", 0, 4)]),
        ("<b></b>x", "x", []),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("  <b> x</b>  \n", " x", [("bold", 0, 2)]),
        ('<a href="javascript:alert(1)">x</a>', "x", []),
    ],
)  # fmt: skip
def test_markup_becomes_text_and_entities(bot, ann, markup, text, entities):
    sent = bot.result("sendMessage", chat_id=ann.id, text=markup, parse_mode="HTML")
    found = [(one["type"], one["offset"], one["length"]) for one in sent.get("entities", [])]
    assert (sent["text"], found) == (text, entities)


def test_links_and_languages_are_kept_with_their_entity(bot, ann):
    code = '<pre><code class="language-sh">ls</code></pre>'
    markup = f'<a href="desk.test">desk</a> {code} <tg-emoji emoji-id="7">👍</tg-emoji>'
    link, code, emoji = bot.result("sendMessage", chat_id=ann.id, text=markup, parse_mode="html")["entities"]
    assert link == {"type": "text_link", "offset": 0, "length": 4, "url": "http://desk.test/"}
    assert code == {"type": "pre", "offset": 5, "length": 2, "language": "sh"}
    assert emoji == {"type": "custom_emoji", "offset": 8, "length": 2, "custom_emoji_id": "7"}


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <now> b", 'Unsupported start tag "now" at byte offset 2'),
        ("é <p>x</p>", 'Unsupported start tag "p" at byte offset 3'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("x <b c", 'Unclosed start tag "b" at byte offset 2'),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<b =x>y</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "&#xD800;",
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units",
        ),
    ],
)
def test_markup_that_cannot_be_read_is_refused(bot, ann, markup, words):
    assert bot.refusal("sendMessage", chat_id=ann.id, text=markup, parse_mode="HTML") == PARSE + words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start now", [("bot_command", "/start")]),
        ("and/or, path/to/x", []),
        ("ask /help@guichet_bot please", [("bot_command", "/help@guichet_bot")]),
        ("@guichet_bot hello", [("mention", "@guichet_bot")]),
        ("mail ann@corp.test.", [("email", "ann@corp.test")]),
        ("see https://desk.test/a?b=(c), then", [("url", "https://desk.test/a?b=(c)")]),
        ("see desk.test.", [("url", "desk.test")]),
        ("It blinks.Then it is off", []),
        ("🏟 #vpn costs $EUR", [("hashtag", "#vpn"), ("cashtag", "$EUR")]),
    ],
)
def test_what_stands_in_a_text_is_found(text, found):
    assert [(one["type"], part(text, one)) for one in completed(text, [])] == found


@given(st.text(alphabet="<>/&;=#x1ab \"'é🏟\n@", max_size=60))
def test_whatever_is_written_is_read_or_refused(markup):
    try:
        text, entities = parse_html(markup)
    except RefusalError as refusal:
        assert refusal.description.startswith(PARSE)
    else:
        text, entities = trimmed(text, entities)
        for entity in completed(text, entities):
            assert entity["offset"] >= 0 and entity["length"] > 0
            assert entity["offset"] + entity["length"] <= units(text)


def test_a_text_is_measured_after_parsing_in_units_of_16_bits(bot, ann):
    longest = f"<b>{'é' * 4094}</b>🏟"
    assert bot.result("sendMessage", chat_id=ann.id, text=longest, parse_mode="HTML")["entities"][0]["length"] == 4094
    too_long = bot.refusal("sendMessage", chat_id=ann.id, text=f"{'é' * 4095}🏟")
    assert too_long == "Bad Request: message is too long"
    assert bot.refusal("sendMessage", chat_id=ann.id) == "Bad Request: message text is empty"
    assert bot.refusal("sendMessage", chat_id=ann.id, text=" \n") == "Bad Request: text must be non-empty"
    picture = {"photo": ("a.png", PICTURE)}
    assert bot.result("sendPhoto", picture, chat_id=ann.id, caption="x" * 1024)["caption"] == "x" * 1024
    too_long = bot.refusal("sendPhoto", picture, chat_id=ann.id, caption="x" * 1025)
    assert too_long == "Bad Request: message caption is too long"


def test_a_hundred_entities_are_kept(bot, ann):
    sent = bot.result("sendMessage", chat_id=ann.id, text="<b>a</b> " * 130, parse_mode="HTML")
    assert len(sent["entities"]) == 100


@pytest.mark.parametrize(
    ("keyboard", "words"),
    [
        (button(callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (button(), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        (
            {"inline_keyboard": [[{"callback_data": "x"}]]},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        ({"inline_keyboard": ["x"]}, 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
        ("no JSON", "can't parse reply keyboard markup JSON object"),
    ],
)
def test_keyboards_are_checked(bot, ann, keyboard, words):
    refusal = bot.refusal("sendMessage", chat_id=ann.id, text="x", reply_markup=keyboard)
    assert refusal == f"Bad Request: {words}"
    assert bot.result("sendMessage", chat_id=ann.id, text="x", reply_markup=button(callback_data="é" * 32))


def test_edits_are_checked(bot, ann):
    sent = bot.result("sendMessage", chat_id=ann.id, text="Hi", reply_markup=button(callback_data="x"))["message_id"]
    where = {"chat_id": ann.id, "message_id": sent}
    same = bot.refusal("editMessageText", **where, text="Hi", reply_markup=button(callback_data="x"))
    assert same.startswith("Bad Request: message is not modified: specified new message content and reply markup")
    assert "reply_markup" not in bot.result("editMessageText", **where, text="Hi")
    assert bot.refusal("editMessageReplyMarkup", **where).startswith("Bad Request: message is not modified")
    bot.result("deleteMessage", **where)
    assert bot.refusal("editMessageText", **where, text="Ho") == "Bad Request: message to edit not found"
    assert bot.refusal("deleteMessage", **where) == "Bad Request: message to delete not found"
    mine = ann.messages[0].id
    refusal = bot.refusal("editMessageText", chat_id=ann.id, message_id=mine, text="Ho")
    assert refusal == "Bad Request: message can't be edited"
