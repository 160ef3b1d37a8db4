"""Every text exists in both languages, French is set as French is, and every reason of the engine has words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.web import refusals
from bot.console import knowledge_words, reasons, words
from bot.console.names import Names
from bot.console.reasons import NOTES, plain_reasons
from bot.dialog.playbook import Playbook
from bot.dialog.trace import Note, Trace
from bot.dialog.understanding import Act
from tests.support.needs import ROOT

WIDGET = ROOT / "bot" / "channels" / "web" / "widget" / "words.js"
TEMPLATES = ROOT / "bot" / "console" / "templates"
# A plain space where French wants one that does not break, or a straight apostrophe within a word.
BADLY_SET = re.compile(r" [:;!?»]|« |[^\W\d_]'[^\W\d_]")
COMPUTED = {"fix_did_not_help", "fix_unknown", "fix_skipped", "action_failed", "action_timeout", "action_unknown"}


def codes_of_the_engine() -> Iterator[str]:
    """Every code that bot/dialog gives to `because` and `noting`, up to its colon."""
    for file in (ROOT / "bot" / "dialog").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="because" | "noting"), args=[code, *_]):
                    yield from _texts(code)
                case _:
                    pass


def _texts(code: ast.expr) -> Iterator[str]:
    match code:
        case ast.Constant(value=str(text)):
            yield text.partition(":")[0]
        case ast.IfExp(body=one, orelse=other):
            yield from _texts(one)
            yield from _texts(other)
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]) if ":" in text:
            yield text.partition(":")[0]
        case _:
            pass


def french_and_english() -> Iterator[tuple[str, str, str]]:
    """Every pair of our Python tables."""
    for module in (words, reasons, knowledge_words):
        for name, table in vars(module).items():
            if isinstance(table, dict) and name.strip("_").isupper():
                yield from ((f"{name}.{code}", *pair) for code, pair in table.items() if isinstance(pair, tuple))
    for code, (_, french, english) in refusals._REFUSALS.items():
        yield f"refusal.{code}", french, english


def test_every_reason_the_engine_can_give_has_words():
    given = {*codes_of_the_engine(), *COMPUTED}
    assert len(given) > 40
    assert given - set(NOTES) == set()


def test_the_acts_that_become_reasons_have_words():
    spoken = {Act.THANKS, Act.GREETING, Act.SMALL_TALK, Act.CANCEL, Act.REPEAT}
    assert {str(act) for act in spoken} <= set(NOTES)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_trace_is_told_in_sentences_even_when_it_holds_what_nobody_foresaw(lang):
    notes = [Note(code, "ref", "detail") for code in NOTES] + [Note("never:seen", "a", "b"), Note("slot"), Note("")]
    told = plain_reasons(Trace("x", tuple(notes)), lang, Names(Playbook()))
    assert all("{" not in sentence for sentence in told)
    assert sum(sentence.endswith(".") for sentence in told) >= len(set(NOTES)) - 10


def test_every_text_of_the_desk_is_there_in_both_languages_and_french_is_set_as_french_is():
    pairs = list(french_and_english())
    assert len(pairs) > 150
    assert [name for name, french, english in pairs if not french or not english] == []
    assert [name for name, french, _ in pairs if BADLY_SET.search(french)] == []


def test_the_widget_says_everything_in_both_languages():
    french, english = re.split(r"^  en: \{", WIDGET.read_text("utf-8"), flags=re.MULTILINE)
    french = french[french.index("  fr: {") :]
    keys = [set(re.findall(r"^    (\w+):", block, re.MULTILINE)) for block in (french, english)]
    assert keys[0] == keys[1] and len(keys[0]) > 35
    texts = re.findall(r'"([^"]*)"|`([^`]*)`', french)
    assert [text for pair in texts for text in pair if BADLY_SET.search(text)] == []


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: file.name)
def test_the_pages_set_french_as_french_is(template: Path):
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", "", template.read_text("utf-8"), flags=re.DOTALL)
    english = re.compile(r"[^\W\d_]'[^\W\d_]| [;!?»]|« ")
    assert not english.search(text)
