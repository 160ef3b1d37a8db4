"""A Confluence space is read over its REST API, and a second time only where it changed."""

from collections.abc import Callable
from typing import Any

import pytest
from atlassian import Confluence as Client
from atlassian import ConfluenceV2 as ClientV2

from bot.kb.importing.choosing import confluence_at
from bot.kb.importing.fetching import Access
from bot.kb.importing.items import SourceError

from .confluence_stand_in import TOKEN, USER, Confluence, WikiPage
from .conftest import Desk
from .serving import StandIn

Serve = Callable[[StandIn], str]
BEARER, BASIC = Access("", TOKEN), Access(USER, TOKEN)

STEPS = """<p>When the VPN does not connect any more, do this:</p><div class="code panel pdl"><div class="codeContent">
<pre class="syntaxhighlighter-pre" data-syntaxhighlighter-params="brush: java; gutter: false">netsh winsock reset</pre>
</div></div><p>See <a href="/display/IT/Wi-Fi">Wi-Fi</a> <img class="emoticon" alt="(tick)" src="/x.png"/></p>"""


@pytest.fixture
def pages() -> list[WikiPage]:
    return [
        WikiPage("101", "VPN", STEPS),
        WikiPage(
            "102", "Imprimante", "<p>Pour installer une imprimante, ouvrez les paramètres de votre ordinateur.</p>"
        ),
        WikiPage("103", "Code", "<p>Wi-Fi 7</p>", labels=("en", "howto")),
        WikiPage("104", "Parent", "<p><br/></p>"),
        WikiPage("105", "Mot de passe", "<p>Si vous avez oublié votre mot de passe, appelez le support.</p>"),
    ]


@pytest.mark.parametrize(("cloud", "access"), [(0, BEARER), (0, BASIC), (1, BASIC), (2, BASIC)])
def test_a_space_is_taken_over(pages: list[WikiPage], desk: Desk, serve: Serve, cloud: int, access: Access) -> None:
    wiki = Confluence(pages, cloud)
    root = serve(wiki) + wiki.context
    done = desk.take(root, space="IT", access=access)
    ids = [f"127-0-0-1-{page.id}" for page in pages if page.id != "104"]
    assert (done.source, done.kind, done.added, done.faults) == (f"{root}/spaces/IT", "confluence", tuple(ids), ())
    assert done.left_out == ("104: it has no words of its own",)
    articles = desk.articles()
    assert {id: list(article.texts) for id, article in articles.items()} == {
        ids[0]: ["en"],
        ids[1]: ["fr"],
        ids[2]: ["en"],
        ids[3]: ["fr"],
    }
    vpn = articles[ids[0]].texts["en"]
    assert vpn.body == (
        "When the VPN does not connect any more, do this:\n\n```\nnetsh winsock reset\n```\n\n"
        f"See [Wi-Fi]({wiki.base}/display/IT/Wi-Fi) (tick)"
    )
    assert vpn.source.startswith(root) and vpn.source.endswith("/VPN")


@pytest.mark.parametrize("cloud", [0, 1, 2])
def test_a_second_import_reads_only_what_changed(pages: list[WikiPage], desk: Desk, serve: Serve, cloud: int) -> None:
    wiki = Confluence(pages, cloud, most=100)
    root = serve(wiki) + wiki.context
    desk.take(root, space="IT", access=BASIC)
    pages[0].version, pages[0].html = 2, "<p>The VPN works again, there is nothing to do.</p>"
    pages[1].version = 2  # a comment, a moved page: the words are the same
    pages[2].title = "Wi-Fi 7"
    wiki.asked.clear()
    done = desk.take(root, space="IT", access=BASIC)
    read = [asked.path.rpartition("/")[2] for asked in wiki.asked if asked.path.rpartition("/")[2].isdecimal()]
    assert read == ["101", "102"]
    assert done.changed == ("127-0-0-1-101",)
    assert len(done.unchanged) == 3
    assert {article.version for article in desk.articles().values()} == {1, 2}
    wiki.asked.clear()
    desk.take(root, space="IT", access=BASIC)
    assert not [asked for asked in wiki.asked if asked.path.rpartition("/")[2].isdecimal()]


def test_a_renamed_page_is_the_same_article(pages: list[WikiPage], desk: Desk, serve: Serve) -> None:
    wiki = Confluence(pages)
    root = serve(wiki)
    desk.take(root, space="IT", access=BEARER)
    pages[0].title, pages[0].version = "VPN and remote work", 2
    assert desk.take(root, space="IT", access=BEARER).changed == ("127-0-0-1-101",)
    assert desk.articles()["127-0-0-1-101"].texts["en"].title == "VPN and remote work"


def test_a_page_that_vanished_is_gone_and_set_aside_where_wished(
    pages: list[WikiPage], desk: Desk, serve: Serve
) -> None:
    wiki = Confluence(pages)
    root = serve(wiki)
    desk.take(root, space="IT", access=BEARER)
    del pages[0]
    done = desk.take(root, space="IT", access=BEARER)
    assert (done.gone, done.set_aside, "127-0-0-1-101" in desk.articles()) == (("127-0-0-1-101",), (), True)
    desk.take(root, space="IT", access=BEARER, prune=True)
    assert "127-0-0-1-101" not in desk.articles()
    assert desk.body("127-0-0-1-101", "en", version=1)


def test_a_source_that_breaks_half_way_loses_nothing_and_goes_on_later(
    pages: list[WikiPage], desk: Desk, serve: Serve
) -> None:
    wiki = Confluence(pages, fails_after=2)
    root = serve(wiki)
    with pytest.raises(SourceError, match="503"):
        desk.take(root, space="IT", access=BEARER, prune=True)
    assert sorted(desk.items()) == ["101", "102", "103", "104"]
    assert len(desk.articles()) == 3
    assert not any(item.gone for item in desk.items().values())
    wiki.fails_after = 1_000
    done = desk.take(root, space="IT", access=BEARER)
    assert (done.added, len(done.unchanged), done.gone) == (("127-0-0-1-105",), 3, ())


def test_no_access_is_told_with_the_mend(pages: list[WikiPage], desk: Desk, serve: Serve) -> None:
    root = serve(Confluence(pages))
    with pytest.raises(SourceError, match=r"401.*--user and --token-file"):
        desk.take(root, space="IT", access=Access("", "wrong"))
    with pytest.raises(SourceError, match=r"401"):
        desk.take(root, space="IT")


@pytest.mark.parametrize("cloud", [0, 2])
def test_no_such_space_is_told(pages: list[WikiPage], desk: Desk, serve: Serve, cloud: int) -> None:
    wiki = Confluence(pages, cloud)
    with pytest.raises(SourceError, match="no space HR at"):
        desk.take(serve(wiki) + wiki.context, space="HR", access=BASIC)


@pytest.mark.parametrize(
    ("address", "space", "root", "key"),
    [
        ("https://acme.atlassian.net", "IT", "https://acme.atlassian.net/wiki", "IT"),
        ("https://acme.atlassian.net/wiki/spaces/IT/overview", "", "https://acme.atlassian.net/wiki", "IT"),
        ("https://acme.atlassian.net/wiki/spaces/~55ab/pages/1/A", "", "https://acme.atlassian.net/wiki", "~55ab"),
        ("https://wiki.acme.example/display/IT/Home", "", "https://wiki.acme.example", "IT"),
        ("https://acme.example/confluence/display/IT", "", "https://acme.example/confluence", "IT"),
        ("https://acme.example/confluence/", "IT", "https://acme.example/confluence", "IT"),
        ("https://acme.example/rest/api/content?spaceKey=IT", "", "https://acme.example", "IT"),
        ("https://acme.example/spaces/viewspace.action?key=IT", "", "https://acme.example", "IT"),
    ],
)
def test_the_space_is_told_from_any_address_in_it(address: str, space: str, root: str, key: str) -> None:
    assert confluence_at(address, space) == (root, key)


def test_an_address_without_a_space_asks_for_one() -> None:
    with pytest.raises(SourceError, match="--space KEY"):
        confluence_at("https://acme.atlassian.net/wiki", "")


def test_the_stand_in_is_read_by_the_library_of_others(pages: list[WikiPage], serve: Serve) -> None:
    wiki = Confluence(pages)
    client = Client(serve(wiki), token=TOKEN, cloud=False)
    read = list(client.get_all_pages_from_space("IT", expand="body.export_view,version", limit=2))
    assert [(page["id"], page["version"]["number"]) for page in read] == [(page.id, page.version) for page in pages]
    assert read[0]["body"]["export_view"]["value"] == STEPS


def test_the_stand_in_of_cloud_is_read_by_the_library_of_others(pages: list[WikiPage], serve: Serve) -> None:
    wiki = Confluence(pages, cloud=2)
    with pytest.warns(DeprecationWarning, match="V1 methods"):  # it says so to everybody
        client = ClientV2(f"{serve(wiki)}/wiki", username=USER, password=TOKEN, cloud=True)
    space = client.get_spaces(keys=["IT"])[0]["id"]
    listed: Any = client.get_pages(space_id=space, body_format="storage", limit=2)
    assert [page["id"] for page in listed] == [page.id for page in pages]
    assert client.get_page_by_id("102")["version"]["number"] == 1
