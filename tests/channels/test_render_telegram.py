"""Documents in Telegram: its HTML, its lengths, and nobody pinged."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from bot.channels.render import telegram_parts, telegram_plain, telegram_words
from bot.channels.render.splitting import units, visible
from tests.support.markdown import hostile, in_order, lengthy, readable

ALLOWED = {"b", "i", "s", "code", "pre", "a", "blockquote"}
# As Telegram finds names: after no letter, digit or underscore.
NAME = re.compile(r"(?<!\w)@\w")


class Message(HTMLParser):
    """Reads a message as Telegram does: refuses unknown tags and crossed ones; knows text, links and styled ranges."""

    def __init__(self, html):
        super().__init__()
        self.text = self.mentioning = ""
        self.links: list[str] = []
        self.open: list[str] = []
        self.ranges = 0
        self.feed(html)
        self.close()
        assert not self.open, "a tag is left open"

    def handle_starttag(self, tag, attrs):
        assert tag in ALLOWED
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        assert tag != "blockquote" or "blockquote" not in self.open
        self.links += [value for _, value in attrs]
        self.open.append(tag)
        self.ranges += 1

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data
        self.mentioning += " " * len(data) if {"code", "pre"} & set(self.open) else data

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def accepted(html):
    message = Message(html)
    assert units(message.text) <= 4096 and len(html.encode()) <= 32768 and message.ranges <= 100
    assert visible(message.text)
    assert all(re.match("https?://", link, re.IGNORECASE) for link in message.links)
    assert not NAME.search(message.mentioning)
    return message.text


@given(hostile)
def test_whatever_is_written_telegram_takes_it_and_pings_nobody(document):
    assert in_order(readable(document), "".join(accepted(part) for part in telegram_parts(document)))


@settings(max_examples=30)
@given(lengthy)
def test_a_long_document_comes_in_parts_that_hold_all_of_it(document):
    assert in_order(readable(document), "".join(accepted(part) for part in telegram_parts(document)))


@given(hostile)
def test_the_plain_words_stand_ready_for_every_part(document):
    plain = telegram_plain(document)
    assert len(plain) == len(telegram_parts(document))
    assert all(units(part) <= 4096 and not NAME.search(re.sub(r"https?://\S+", "", part)) for part in plain)
    assert in_order(readable(document), "".join(plain))


@given(hostile)
def test_a_persons_words_are_shown_as_typed(words):
    for part in telegram_words(words):
        accepted(part)
        assert "<" not in part


def test_a_fix_is_told_with_its_steps_and_its_emphasis():
    assert telegram_parts("À essayer : **Relancer**\n\n1. Quittez\n2. Rouvrez `vpn.exe`\n\nEst-ce que ça marche ?") == (
        "À essayer : <b>Relancer</b>\n\n1. Quittez\n2. Rouvrez <code>vpn.exe</code>\n\nEst-ce que ça marche ?",
    )


@pytest.mark.parametrize(
    ("document", "html"),
    [
        ("# Access\n\ntext", "<b>Access</b>\n\ntext"),
        ("- one\n  - inner\n- two", "• one\n   • inner\n• two"),
        ("3. one\n\n   ```\n   a < b\n   ```\n4. two", "3. one\n<pre>a &lt; b</pre>\n4. two"),
        ("> quoted\n> > twice", "<blockquote>quoted\n\ntwice</blockquote>"),
        ("|Code|Sens|\n|-|-|\n|809|pare-feu|", "<b>Code</b> | <b>Sens</b>\n809 | pare-feu"),
        ("*a ~~b~~* **c**", "<i>a </i><i><s>b</s></i> <b>c</b>"),
        ("[help](https://e.invalid/?a=1&b)", '<a href="https://e.invalid/?a=1&amp;b">help</a>'),
        ("[**big** help](https://e.invalid)", '<a href="https://e.invalid"><b>big</b> help</a>'),
        ("[mail us](mailto:dpo@e.invalid)", "mail us (dpo@e.invalid)"),
        ("<dpo@e.invalid>", "dpo@e.invalid"),
        ("[x](tg://user?id=42)", "x"),
        ("[privacy](/privacy)", "privacy"),
        ("a\n\n---\n\nb", "a\n\n———\n\nb"),
        ("ask @ann or ann@e.invalid", "ask @\u2060ann or ann@e.invalid"),
        ("https://e.invalid/@ann", "https://e.invalid/%40ann"),
        ("run `@ann`", "run <code>@ann</code>"),
        ("👩‍👩‍👧‍👦 שלום", "👩‍👩‍👧‍👦 שלום"),
    ],
)  # fmt: skip
def test_each_kind_of_block(document, html):
    assert telegram_parts(document) == (html,)


@pytest.mark.parametrize("document", ["", " \n", "\u200b", "```\n\n```"])
def test_nothing_to_say_is_no_message(document):
    assert telegram_parts(document) == telegram_plain(document) == ()


def test_the_plain_words_keep_the_address():
    assert telegram_plain("**See** [help](https://e.invalid/x)") == ("See help (https://e.invalid/x)",)


def test_long_code_is_fenced_again_in_every_part():
    parts = telegram_parts("```\n" + "line of code\n" * 700 + "```")
    assert len(parts) == 3
    assert all(part.startswith("<pre>line of code\n") and part.endswith("\nline of code</pre>") for part in parts)


def test_emoji_count_as_two():
    assert [units(part) for part in telegram_parts("🙂" * 3000)] == [4096, 1904]


def test_many_styles_are_spread_over_parts():
    assert all(part.count("<b>") <= 100 for part in telegram_parts("**a** " * 250))
