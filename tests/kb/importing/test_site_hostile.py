"""What a hostile or broken site sends is words, a named fault, or nothing."""

import gzip
from collections.abc import Callable

import pytest

from bot.kb.importing.items import SourceError

from .conftest import Desk
from .serving import StandIn
from .site_stand_in import Site, SitePage, html

Serve = Callable[[StandIn], str]

LEFT = "127-0-0-1-"


@pytest.fixture
def pages() -> dict[str, SitePage]:
    return {f"/en/{name}": SitePage(html(name.title(), f"<p>About {name}.</p>")) for name in ("vpn", "wifi", "mail")}


def test_what_cannot_be_taken_is_named_and_the_rest_is_taken(
    pages: dict[str, SitePage], desk: Desk, serve: Serve
) -> None:
    elsewhere = Site({"/": SitePage(html("Evil", "<p>Evil.</p>"))})
    other = serve(elsewhere)
    pages["/en/large"] = SitePage("", data=b"<p>" + b"x" * 2_100_000)
    pages["/en/away"] = SitePage("", redirect=other)
    pages["/en/inside"] = SitePage("", redirect="http://169.254.169.254/latest/")
    pages["/en/deep"] = SitePage("<b>" * 50_000)
    pages["/en/staff"] = SitePage("", status=403)
    pages["/en/paper"] = SitePage("", data=b"%PDF-1.7", kind="application/pdf")
    pages["/en/again"] = SitePage("", redirect="/en/vpn")
    done = desk.take(serve(Site(pages)))
    told = {fault.file.rpartition("/")[2]: fault.message for fault in done.faults}
    assert set(told) == {"large", "away", "inside", "deep", "staff"}
    assert "larger than 2 MB" in told["large"]
    assert "away from" in told["away"] and "away from" in told["inside"]
    assert len(done.added) == 3
    assert elsewhere.asked == []
    assert any(reason.startswith("/en/again: it leads to") for reason in done.left_out)


def test_a_hostile_page_is_words_alone(desk: Desk, serve: Serve) -> None:
    evil = (
        b"<html lang=en><title>T<script>x</script></title><main><h1 onclick=x>Reset \xff\xfe it</h1>"
        b"<img src=x onerror=alert(1)><p onload=alert(1)>Do <a href='javascript:alert(1)'>this</a>"
        b"<script>alert(1)</script> &lt;script&gt; \x1b[31m \xe2\x80\xae</p><svg onload=alert(1)>" + b"<div>" * 5_000
    )
    desk.take(serve(Site({"/evil": SitePage("", data=evil)})))
    text = desk.body(f"{LEFT}evil", "en")
    assert "Do this" in text
    assert not [
        bad for bad in ("<script", "onerror", "onload", "onclick", "javascript:", "\x1b", "\u202e") if bad in text
    ]


@pytest.mark.parametrize(
    "evil",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>&a;</loc></url></urlset>',
        "<urlset><url><loc>",
    ],
)
def test_a_hostile_sitemap_is_refused(desk: Desk, serve: Serve, evil: str) -> None:
    site = Site({"/map.xml": SitePage("", data=evil.encode(), kind="application/xml")}, mapped=False)
    with pytest.raises(SourceError, match=r"cannot be read .*; a sitemap is plain XML"):
        desk.take(f"{serve(site)}/map.xml")


def test_a_sitemap_that_unpacks_without_end_is_not_followed(desk: Desk, serve: Serve) -> None:
    bomb = SitePage("", data=gzip.compress(b"<urlset>" + b" " * 40_000_000, 1), kind="application/gzip")
    with pytest.raises(SourceError, match="larger than 32 MB"):
        desk.take(f"{serve(Site({'/map.xml.gz': bomb}, mapped=False))}/map.xml.gz")


def test_pages_of_other_hosts_are_not_read(desk: Desk, serve: Serve) -> None:
    other = Site({"/a": SitePage(html("Other", "<p>Other.</p>"))})
    there = serve(other)
    entries = (
        f"<url><loc>{there}/a</loc></url><url><loc>http://169.254.169.254/</loc></url><url><loc>file:///x</loc></url>"
    )
    listed = SitePage("", data=f"<urlset>{entries}</urlset>".encode(), kind="application/xml")
    done = desk.take(f"{serve(Site({'/map.xml': listed}, mapped=False))}/map.xml")
    assert (done.added, other.asked) == ((), [])
