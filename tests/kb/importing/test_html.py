"""HTML becomes clean Markdown, and nothing that a page holds survives as more than words."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.channels.render import web_html
from bot.kb.importing.html import TooMuchError, plain, to_markdown
from bot.kb.importing.page import decoded, read_page

AT = "https://help.acme.example/fr/vpn.html"
# A reader that would let raw HTML through, and so shows whether there is any.
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def raw_tags(markdown: str) -> list[str]:
    tokens = READER.parse(markdown)
    inner = [child for token in tokens for child in token.children or []]
    return [token.content for token in [*tokens, *inner] if token.type in ("html_block", "html_inline")]


def test_structure_is_kept() -> None:
    html = """
      <h2>Reset the <em>adapter</em></h2>
      <p>Before you
         begin&nbsp;:</p>
      <ol start="3"><li>Open <b>Settings</b>:<ul><li>on Windows, <code>ncpa.cpl</code></li></ul></li>
      <li><p>Run:</p><pre><code>netsh winsock reset
exit</code></pre></li></ol>
      <table><thead><tr><th>Code</th><th>Means</th></tr></thead>
      <tbody><tr><td>809</td><td>a | b</td></tr></tbody></table>
      <blockquote><p>Closes your files.</p></blockquote>
      <dl><dt>MTU</dt><dd>Size of a packet</dd></dl>
      <p>See <a href="../wifi?utm_source=mail&amp;id=2#top">the Wi-Fi</a> and
      <a href="mailto:it@acme.example">write</a>.</p>
    """
    assert to_markdown(html, AT) == "\n".join(
        [
            "## Reset the *adapter*",
            "",
            "Before you begin\u00a0:",
            "",
            "3. Open **Settings**:",
            "   - on Windows, `ncpa.cpl`",
            "4. Run:",
            "",
            "   ```",
            "   netsh winsock reset",
            "   exit",
            "   ```",
            "",
            "| Code | Means |",
            "| --- | --- |",
            "| 809 | a \\| b |",
            "",
            "> Closes your files.",
            "",
            "**MTU**",
            "",
            "Size of a packet",
            "",
            "See [the Wi-Fi](https://help.acme.example/wifi?id=2#top) and [write](mailto:it@acme.example).",
        ]
    )


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p>a<script>alert(1)</script>b<style>p{}</style></p>", "ab"),
        ('<p onclick="steal()" style="x">hello</p>', "hello"),
        ('<img src="/p.png" onerror="steal()" alt="The dialog"><img src="https://t.example/pixel">', "The dialog"),
        ('<a href="javascript:steal()">click</a>', "click"),
        ('<a href=" java\tscript:steal()">click</a>', "click"),
        ('<a href="data:text/html,x">click</a>', "click"),
        ('<a href="/a b)(c&lt;d&gt;">click</a>', "[click](https://help.acme.example/a%20b%29%28c%3Cd%3E)"),
        ("<p>Type &lt;script&gt; &amp;lt;b&amp;gt;</p>", "Type &lt;script> &amp;lt;b&amp;gt;"),
        ("<pre>```\n&lt;/pre&gt;&lt;script&gt;</pre>", "````\n```\n</pre><script>\n````"),
        ("<p># no heading</p>", "\\# no heading"),
        ("<p>1. no step</p>", "1\\. no step"),
        ("<p>snake_case *star* [x](y)</p>", "snake_case \\*star\\* \\[x\\](y)"),
        ("<nav>Home</nav><div class='breadcrumbs'>Home</div><aside>Ad</aside><p>text</p>", "text"),
        ("<!-- secret --><p>text<![CDATA[x]]></p>", "text"),
        ("<table><tr><td><h2>Laid out</h2><p>by a table</p></td></tr></table>", "## Laid out\n\nby a table"),
        ("<ul><li value='9'>no number</li></ul>", "- no number"),
        ("<ol start='99999999999999999999999999'><li>x</li></ol>", "1. x"),
    ],
)
def test_what_could_act_is_words_or_nothing(html: str, told: str) -> None:
    markdown = to_markdown(html, AT)
    assert markdown == told
    assert raw_tags(markdown) == []


def test_a_tag_that_a_text_speaks_of_is_shown_as_it_is_written() -> None:
    shown = web_html(to_markdown("<p>Remove <code>&lt;br&gt;</code> and &lt;b&gt; &amp;amp;</p>"))
    assert shown == "<p>Remove <code>&lt;br&gt;</code> and &lt;b&gt; &amp;amp;</p>"


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul><li", "table><tr><td", "span"])
def test_endless_nesting_is_survived(tag: str) -> None:
    markdown = to_markdown(f"<{tag}>" * (4_000 // (tag.count("<") + 1)) + "the words")
    assert "the words" in markdown
    assert raw_tags(markdown) == []


def test_a_page_of_nothing_but_tags_is_refused() -> None:
    with pytest.raises(TooMuchError, match="elements"):
        to_markdown("<b>" * 100_000)


_TAGS = re.findall(r"\S+", "p div ul ol li table tr td th pre code b i a h1 h3 blockquote dl dt dd")
_HOSTILE = re.findall(
    r"\S+",
    r"""
    <br> <hr> <script> </script> <img/src=x/onerror=alert(1)> <a/href='javascript:x'> <a/href='/x"y'> <svg><style>
    <math> &lt;script&gt; &lt;img&#32;src=x&#32;onerror=y&gt; &amp;lt; &#0; <!-- --> <![CDATA[ ]]> <?php <template>
    <ol/start=7> <ol/start=-1> <td/colspan=99999> ``` ` ~~~ [a]:&#32;b ]( ![ & < > \ * _ | 1.&#32; -&#32; #&#32; <xmp>
    <plaintext> <base/href=x>
    """,
)
_PIECE = st.one_of(
    st.text(max_size=8),
    st.sampled_from([*(f"<{tag}>" for tag in _TAGS), *(f"</{tag}>" for tag in _TAGS), *_HOSTILE]),
    st.sampled_from(["\n", "\n\n", "    ", "\x00", " <img src=x onerror=alert(1) alt='<b>'>", "1. ", "- ", "# "]),
)


def test_code_that_holds_blocks_stays_code() -> None:
    assert to_markdown("<p>a <code> 0<p>&lt;script&gt;</code> b", AT).count("<script>`") == 1
    assert raw_tags(to_markdown("<CODE>0<P>&lt;script&gt;", AT)) == []
    assert to_markdown("<p>Press <kbd>Ctrl</kbd> <kbd>C</kbd>, then <code>a ` b</code>.", AT) == (
        "Press `Ctrl` `C`, then ``a ` b``."
    )


@settings(max_examples=150)
@given(st.lists(_PIECE, max_size=30).map("".join))
def test_any_html_becomes_markdown_without_a_tag(html: str) -> None:
    markdown = to_markdown(html, AT)
    assert raw_tags(markdown) == []
    assert plain(markdown) == markdown
    read_page(html, AT)


@settings(max_examples=60)
@given(st.binary(max_size=200), st.sampled_from(["", "utf-8", "latin-1", "utf-16", "no-such", "hex", "idna"]))
def test_any_bytes_are_read(data: bytes, charset: str) -> None:
    read_page(decoded(data, charset), AT)


def test_bytes_are_read_in_the_set_they_are_written_in() -> None:
    page = "<meta charset='{}'><p>Où est l’imprimante ?</p>"
    assert "Où est l’imprimante" in decoded(page.format("windows-1252").encode("cp1252"))
    assert "Où est l’imprimante" in decoded(page.encode(), "utf-8")
    assert "Où est" in decoded("<p>Où est</p>".encode("latin-1"))
    assert decoded(b"<p>O\xf9 est \xe2\x80\x99</p>", "utf-8").startswith("<p>O\ufffd est ’")
