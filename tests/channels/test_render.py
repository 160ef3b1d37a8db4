"""One document, each channel's markup: what comes out is safe whatever went in."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.render import plain_words, safe_address, terminal_text, web_html, web_text

ALLOWED = {
    "p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "pre", "code", "a", "hr",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
HEADINGS = {"h4", "h5", "h6"}
ATTRIBUTES = {"a": {"href", "target", "rel"}, "ol": {"start"}}

hostile = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[", "](", ")",
                "![x](https://e.invalid/p.png)", "<https://e.invalid>", "**", "`", "```\n", "> ", "- ", "1. ", "\n",
                "[a](/ok)", "[a](//e.invalid)", "[a](data:text/html,x)", "|a|b|\n|-|-|\n", '" onclick="', "\x1b[31m",
                "[a]: javascript:x\n", "<!channel>", "\u202e", "http://[", "[a](http://[)", "&lt;b&gt;", "\x00",
            ]
        ),
        st.text(max_size=12),
    ),
    max_size=30,
).map("".join)  # fmt: skip


class Tags(HTMLParser):
    """Collects every tag with its attributes."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def tags_of(html):
    reader = Tags()
    reader.feed(html)
    return reader.found


@given(hostile, st.sampled_from([0, 4]))
def test_whatever_is_written_only_known_tags_and_checked_links_reach_the_page(document, outline):
    for tag, attributes in tags_of(web_html(document, outline)):
        assert tag in ALLOWED | (HEADINGS if outline else set())
        assert set(attributes) <= ATTRIBUTES.get(tag, set())
        if tag == "a":
            assert re.match(r"(https?:|mailto:|/(?![/\\]))", attributes["href"], re.IGNORECASE)
            assert "nofollow" in attributes["rel"] and "noopener" in attributes["rel"]


@given(hostile)
def test_whatever_a_person_types_is_shown_and_never_read_as_markup(words):
    assert {tag for tag, _ in tags_of(web_text(words))} <= {"p", "br"}


@given(hostile)
def test_no_order_to_the_terminal_survives(document):
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", terminal_text(document).replace("\t", ""))
    assert "\x1b" not in plain_words(document)


def test_a_fix_is_told_with_its_steps_and_its_emphasis():
    html = web_html("À essayer : **Relancer**\n\n1. Quittez\n2. Rouvrez `vpn.exe`\n\nEst-ce que cela marche ?")
    assert html == (
        "<p>À essayer : <strong>Relancer</strong></p><ol><li>Quittez</li>"
        "<li>Rouvrez <code>vpn.exe</code></li></ol><p>Est-ce que cela marche ?</p>"
    )


@pytest.mark.parametrize(
    ("outline", "html"),
    [
        (0, "<p><strong>One</strong></p><p><strong>Two</strong></p>"),
        (4, "<h4>One</h4><h5>Two</h5>"),
        (6, "<h6>One</h6><h6>Two</h6>"),
    ],
)
def test_headings_take_their_place_in_a_page_and_a_bubble_has_none(outline, html):
    assert web_html("## One\n\n### Two", outline) == html
    assert web_html("No heading", outline) == "<p>No heading</p>"


def test_the_terminal_shows_lists_links_and_code_as_plain_lines():
    text = terminal_text("**Steps** ([help](https://e.invalid/x))\n\n3. one\n4. two\n   - inner\n\n```\ncode\n```")
    assert text == "Steps (help (https://e.invalid/x))\n\n3. one\n4. two\n   • inner\n\n    code"


def test_a_table_reaches_both():
    table = "|Code|Sens|\n|-|-|\n|809|pare-feu|"
    assert "<th>Code</th>" in web_html(table) and "<td>809</td>" in web_html(table)
    assert terminal_text(table) == "Code | Sens\n809 | pare-feu"


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("https://example.org/a", True),
        ("mailto:dpo@example.org", True),
        ("/privacy", True),
        ("//example.org", False),
        ("/\\example.org", False),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("http://[", False),
        ("page", False),
    ],
)
def test_only_web_mail_and_our_own_pages_are_followed(address, followed):
    assert bool(safe_address(address)) is followed


def test_a_picture_is_never_loaded_from_elsewhere():
    assert "<img" not in web_html("![x](https://example.org/spy.png)")
