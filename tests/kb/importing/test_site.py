"""A help site is read by its sitemaps or the links of a page, politely, and a second time only where it changed."""

from collections.abc import Callable

import pytest

from bot.kb.importing.items import MOST_PAGES, SourceError

from .conftest import Desk
from .serving import Reply, StandIn
from .site_stand_in import Site, SitePage, html

Serve = Callable[[StandIn], str]

LEFT = "127-0-0-1-"


@pytest.fixture
def pages() -> dict[str, SitePage]:
    pair = {"fr": "/fr/vpn", "en": "/en/vpn", "de": "/de/vpn", "x-default": "/en/vpn"}
    wifi = {"fr": "/fr/wifi", "en": "/en/wifi"}
    return {
        "/en/vpn": SitePage(html("VPN", "<ol><li>Close it.</li><li>Open it.</li></ol>"), "2026-01-05", others=pair),
        "/de/vpn": SitePage(html("VPN", "<p>Schließen Sie es.</p>", "de"), "2026-01-05", others=pair),
        "/fr/vpn": SitePage(html("VPN", "<p>Fermez-le.</p>", "fr"), "2026-01-05", others=pair),
        "/en/wifi": SitePage(html("Wi-Fi", "<p>Ask for a code.</p>"), "2026-01-04", others=wifi, others_in_page=True),
        "/fr/wifi": SitePage(html("Wi-Fi", "<p>Demandez-le.</p>", "fr"), tagged=True, others=wifi, others_in_page=True),
        "/fr/imprimante.html?id=7": SitePage(html("Imprimante", "<p>Allumez-la.</p>", "fr-FR"), tagged=True),
        "/private/plans": SitePage(html("Plans", "<p>Secret.</p>"), "2026-01-05"),
    }  # fmt: skip


def test_a_site_is_taken_over_by_its_sitemaps(pages: dict[str, SitePage], desk: Desk, serve: Serve) -> None:
    site = Site(pages)
    base = serve(site)
    done = desk.take(base)
    assert (done.source, done.kind, done.faults) == (f"{base}/", "site", ())
    assert sorted(done.added) == [f"{LEFT}imprimante-id-7", f"{LEFT}vpn", f"{LEFT}wifi"]
    assert sorted(done.left_out) == [
        "/de/vpn: it is in another language (de)",
        "/private/plans: robots.txt asks to leave it alone",
    ]
    articles = desk.articles()
    vpn = articles[f"{LEFT}vpn"]
    assert {lang: text.body for lang, text in vpn.texts.items()} == {
        "en": "1. Close it.\n2. Open it.",
        "fr": "Fermez-le.",
    }
    assert (vpn.version, vpn.texts["fr"].source) == (1, f"{base}/fr/vpn")
    assert set(articles[f"{LEFT}wifi"].texts) == {"en", "fr"}
    assert list(articles[f"{LEFT}imprimante-id-7"].texts) == ["fr"]
    assert "/private/plans" not in site.fetched()


def test_a_second_import_fetches_only_what_may_have_changed(
    pages: dict[str, SitePage], desk: Desk, serve: Serve
) -> None:
    site = Site(pages)
    base = serve(site)
    desk.take(base)
    site.fetched()
    pages["/en/vpn"].changed, pages["/en/vpn"].html = "2026-02-01", html("VPN", "<p>Call us.</p>")
    done = desk.take(base)
    asked = {one.path: one.headers.get("if-none-match") for one in site.asked if one.path in pages}
    assert (set(asked), asked["/en/vpn"]) == ({"/en/vpn", "/fr/wifi"}, None)
    assert asked["/fr/wifi"]
    assert done.changed == (f"{LEFT}vpn",)
    vpn = desk.articles()[f"{LEFT}vpn"]
    assert (vpn.version, vpn.texts["fr"].as_of, vpn.texts["en"].body) == (2, 1, "Call us.")
    assert desk.articles()[f"{LEFT}wifi"].version == 1


def test_a_new_date_with_the_same_words_is_no_new_version(pages: dict[str, SitePage], desk: Desk, serve: Serve) -> None:
    base = serve(Site(pages))
    desk.take(base)
    pages["/en/vpn"].changed = "2026-03-01"
    assert desk.take(base).changed == ()


def test_a_page_that_vanished_is_gone_and_one_that_came_back_is_not(
    pages: dict[str, SitePage], desk: Desk, serve: Serve
) -> None:
    base = serve(Site(pages))
    desk.take(base)
    printer = pages.pop("/fr/imprimante.html?id=7")
    pages["/fr/wifi"].status = 410
    assert desk.take(base).gone == (f"{LEFT}imprimante-id-7", f"{LEFT}wifi")
    assert set(desk.articles()[f"{LEFT}wifi"].texts) == {"en", "fr"}
    pages["/fr/wifi"].status = 200
    pages["/fr/imprimante.html?id=7"] = printer
    done = desk.take(base, prune=True)
    assert (done.gone, done.set_aside, len(done.unchanged)) == ((), (), 3)


def test_a_page_that_is_listed_and_not_there_is_a_fault(pages: dict[str, SitePage], desk: Desk, serve: Serve) -> None:
    pages["/en/ghost"] = SitePage("", status=404)
    done = desk.take(serve(Site(pages)))
    assert [(fault.file, fault.message) for fault in done.faults] == [("/en/ghost", "it is listed, and not there")]
    assert len(done.added) == 3


def test_a_site_that_breaks_half_way_loses_nothing_and_goes_on_later(
    pages: dict[str, SitePage], desk: Desk, serve: Serve
) -> None:
    site = Site(pages, fails_after=3)
    base = serve(site)
    with pytest.raises(SourceError, match="answered 502"):
        desk.take(base, prune=True)
    assert (desk.waits, len(desk.items())) == ([1.0, 2.0, 4.0, 8.0], 2)
    site.fails_after = 1_000
    site.fetched()
    done = desk.take(base)
    assert (len(done.added), done.unchanged, done.gone) == (2, (f"{LEFT}vpn",), ())
    assert not {"/en/vpn", "/fr/vpn"} & set(site.fetched())


def test_a_sitemap_that_is_empty_of_a_sudden_loses_nothing(
    pages: dict[str, SitePage], desk: Desk, serve: Serve
) -> None:
    base = serve(Site(pages))
    desk.take(f"{base}/maps/index.xml")
    pages.clear()
    with pytest.raises(SourceError, match="nothing was marked as gone"):
        desk.take(f"{base}/maps/index.xml", prune=True)
    assert len(desk.articles()) == 3


def test_a_busy_site_is_waited_for(pages: dict[str, SitePage], desk: Desk, serve: Serve) -> None:
    site = Site(pages, robots="User-agent: *\nCrawl-delay: 2\nDisallow: /private/\n")
    site.moods = [Reply(429, b"", {"Retry-After": "9"})]
    assert len(desk.take(serve(site)).added) == 3
    assert 9.0 in desk.waits
    assert desk.waits.count(2.0) >= 5


def test_a_page_is_followed_where_there_is_no_sitemap(desk: Desk, serve: Serve) -> None:
    links = "".join(f'<li><a href="/front/helpdesk.faq.php?id={id}">Q{id}</a></li>' for id in (1, 2))
    menu = '<a href="/front/central.php">Home</a><a href="https://glpi-project.org/">GLPI</a>'
    pages = {
        "/front/helpdesk.faq.php": SitePage(f"<html lang=fr><body>{menu}<ul>{links}</ul></body></html>"),
        "/front/helpdesk.faq.php?id=1": SitePage(html("Messagerie", "<p>Ouvrez Outlook.</p>", "fr")),
        "/front/helpdesk.faq.php?id=2": SitePage(html("Imprimante", "<p>Allumez-la.</p>", "fr")),
        "/front/central.php": SitePage(html("Home", "<p>Welcome.</p>")),
    }
    site = Site(pages, mapped=False)
    done = desk.take(f"{serve(site)}/front/helpdesk.faq.php")
    assert done.added == (f"{LEFT}front-helpdesk-faq-id-1", f"{LEFT}front-helpdesk-faq-id-2")


def test_a_page_alone_is_an_article_and_a_part_of_a_site_is_that_part(
    pages: dict[str, SitePage], desk: Desk, serve: Serve
) -> None:
    site = Site(pages)
    base = serve(site)
    assert sorted(desk.take(f"{base}/en/").added) == [f"{LEFT}vpn", f"{LEFT}wifi"]
    alone = serve(Site({"/a/only": SitePage(html("Only", "<p>One page.</p>"))}, mapped=False))
    assert desk.take(f"{alone}/a/only").added == (f"{LEFT}a-only",)


def test_the_same_pages_by_another_way_in_are_the_same_articles(
    pages: dict[str, SitePage], desk: Desk, serve: Serve
) -> None:
    base = serve(Site(pages))
    desk.take(base)
    done = desk.take(f"{base}/maps/index.xml")
    assert (done.added, len(done.unchanged)) == ((), 3)


def test_two_sources_never_share_an_article(desk: Desk, serve: Serve) -> None:
    for text in ("one", "two"):
        desk.take(serve(Site({"/vpn": SitePage(html("VPN", f"<p>{text}</p>"))})))
    ids = sorted(desk.articles())
    assert (len(ids), ids[0]) == (2, f"{LEFT}vpn")
    assert ids[1].startswith(f"{LEFT}vpn-")


def test_a_limit_stops_and_judges_nothing(pages: dict[str, SitePage], desk: Desk, serve: Serve) -> None:
    site = Site(pages)
    base = serve(site)
    desk.take(base)
    pages.pop("/fr/imprimante.html?id=7")
    done = desk.take(base, limit=1)
    assert (done.complete, done.gone, len(done.unchanged)) == (False, (), 1)
    assert MOST_PAGES == 20_000


def test_one_language_alone_says_nothing_of_the_other(pages: dict[str, SitePage], desk: Desk, serve: Serve) -> None:
    site = Site(pages)
    base = serve(site)
    desk.take(base)
    site.fetched()
    pages["/en/vpn"].changed = pages["/fr/vpn"].changed = "2026-02-01"
    pages["/fr/vpn"].html = html("VPN", "<p>Redémarrez.</p>", "fr")
    done = desk.take(base, lang="fr")
    assert (done.changed, done.gone) == ((f"{LEFT}vpn",), ())
    assert not {"/en/vpn", "/en/wifi"} & set(site.fetched())


def test_a_page_that_is_written_in_another_language_now_is_that_language(desk: Desk, serve: Serve) -> None:
    page = SitePage(html("VPN", "<p>Open it.</p>"), "2026-01-05")
    base = serve(Site({"/vpn": page}))
    desk.take(base)
    page.html, page.changed = html("VPN", "<p>Ouvrez-le.</p>", "fr"), "2026-02-05"
    desk.take(base)
    article = desk.articles()[f"{LEFT}vpn"]
    assert (list(article.texts), article.version) == (["fr"], 2)


def test_an_article_that_was_set_aside_here_is_fetched_again(
    pages: dict[str, SitePage], desk: Desk, serve: Serve
) -> None:
    base = serve(Site(pages))
    desk.take(base)
    desk.keeper("").set_aside(f"{LEFT}vpn", "en")
    assert desk.take(base).changed == (f"{LEFT}vpn",)
    assert set(desk.articles()[f"{LEFT}vpn"].texts) == {"en", "fr"}
