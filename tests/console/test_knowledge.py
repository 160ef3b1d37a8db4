"""The knowledge pages: closed to strangers; articles listed, searched, read, and two versions of one compared."""

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup

from bot.console.listing import A_PAGE
from tests.support.markup import one, page, words
from tests.support.shelf import BADGE, GONE, HOSTILE, PLACE, REMOTE, TRAY

PAGES = ("/kb", "/kb?q=vpn", f"/kb/{REMOTE}", f"/kb/{REMOTE}?version=1", f"/kb/{REMOTE}/compare", "/kb/nothing")
HARM = "<script>alert(1)"
IMPORTED = f"origin={quote(PLACE)}"


def listed(soup: BeautifulSoup) -> list[str]:
    """The ids of the articles in a list, or of those that were found."""
    return [str(link["href"]).removeprefix("/kb/") for link in soup.select(".entry-title, .find h2 a")]


# -- who may come in


@pytest.mark.parametrize("cookie", ["", "guichet_desk=made-up"])
def test_a_stranger_is_shown_nothing(knowing, cookie):
    client = knowing.client(**({"Cookie": cookie} if cookie else {}))
    for address in PAGES:
        closed = page(client, address, 401)
        assert not closed.select(".entry, .side") and "extérieur" not in words(closed)


def test_the_session_of_the_desk_opens_the_knowledge_and_ends_with_it(knowing, lead):
    token = knowing.keys.link_token(knowing.clock.now())
    cookies = knowing.client().post("/desk/login", data={"token": token}).headers.get_list("set-cookie")
    assert sorted(part for cookie in cookies for part in cookie.split("; ") if part.startswith("Path")) == [
        "Path=/desk",
        "Path=/kb",
    ]
    assert all("HttpOnly" in cookie and "samesite=strict" in cookie.lower() for cookie in cookies)
    assert lead.get("/kb").status_code == 200
    lead.post("/desk/logout")
    assert lead.get("/kb").status_code == 401


def test_desk_and_knowledge_lead_to_each_other(lead):
    for address in ("/desk", "/kb"):
        places = page(lead, address).select(".places a")
        assert [place["href"] for place in places] == ["/desk", "/kb"]
        assert [place["href"] for place in places if place.get("aria-current")] == [address]


# -- the list


def test_the_pages_of_the_list_hold_every_article_once_by_topic(lead):
    first = page(lead, "/kb")
    last = int(words(one(first, ".pager span")).split()[-1])
    pages = [first, *(page(lead, f"/kb?page={number}") for number in range(2, last + 1))]
    assert [len(listed(one)) for one in pages[:-1]] == [A_PAGE] * (last - 1)
    every = [id for each in pages for id in listed(each)]
    assert len(every) == len(set(every)) == int(words(one(first, ".sum")).split()[0]) > A_PAGE
    assert {REMOTE, BADGE, TRAY} < set(every) and GONE not in every
    groups = [words(title) for each in pages for title in each.select(".group h2")]
    assert list(dict.fromkeys(groups)) == [words(topic).rpartition(" ")[0] for topic in first.select(".topics li")[1:]]
    assert groups[-1] == "Sans sujet"


def test_a_page_beyond_the_last_is_the_last(lead):
    beyond = page(lead, "/kb?page=999")
    assert listed(beyond) and not beyond.select("[rel=next]")
    assert one(beyond, "[rel=prev]")["href"] == f"/kb?page={int(words(one(beyond, '.pager span')).split()[-1]) - 1}"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (IMPORTED, [TRAY, REMOTE, BADGE]),  # by the names of their topics, in French
        (f"{IMPORTED}&topic=vpn", [REMOTE]),
        ("topic=-", [BADGE]),
        ("stale=1", [REMOTE]),
        ("stale=1&topic=printer", []),
        (f"stale=1&topic=vpn&{IMPORTED}&page=7", [REMOTE]),
    ],
)
def test_the_list_can_be_narrowed(lead, query, found):
    narrowed = page(lead, f"/kb?{query}")
    assert listed(narrowed) == found
    told = f"{len(found)} article" + ("s" if len(found) > 1 else "")
    assert words(one(narrowed, ".narrowed strong")) == told


def test_filters_stay_as_they_were_chosen(lead):
    narrowed = page(lead, f"/kb?topic=vpn&stale=1&{IMPORTED}")
    assert one(narrowed, "[name=stale]").has_attr("checked")
    assert one(narrowed, "#origin option[selected]")["value"] == PLACE
    assert one(narrowed, "[name=topic]")["value"] == "vpn"
    assert one(narrowed, ".topics [aria-current]")["href"] == f"/kb?topic=vpn&origin={quote(PLACE, safe='')}&stale=1"


def test_the_list_tells_what_lags_what_helped_and_what_is_for_the_team(lead):
    entries = {one(entry, "a")["href"]: words(entry) for entry in page(lead, f"/kb?{IMPORTED}").select(".entry")}
    assert "Anglais en retard" in entries[f"/kb/{REMOTE}"] and "a aidé 12 fois sur 15" in entries[f"/kb/{REMOTE}"]
    assert f"{REMOTE}@3 Mode d’emploi 5 min aide.exemple.org FR EN" in entries[f"/kb/{REMOTE}"]
    assert "Réservé à l’équipe : quelqu’un sur place" in entries[f"/kb/{BADGE}"]
    assert "retard" not in entries[f"/kb/{BADGE}"]


# -- the search


def test_a_question_in_a_person_s_words_finds_the_article_that_a_conversation_would_propose(lead):
    found = page(lead, "/kb?q=plus acces aux applis depuis chez moi")
    assert listed(found)[0] == REMOTE
    assert "Question lue en français" in words(found)
    best = found.select(".find")[0]
    assert "Proposé en conversation" in words(best) and "l’accès aux applications internes" in words(best)
    assert one(found, "#q")["value"] == "plus acces aux applis depuis chez moi"


def test_the_language_of_the_question_can_be_said(lead):
    found = page(lead, "/kb?q=printer sensor&in=en")
    assert listed(found)[0] == TRAY and "Question lue en anglais" in words(found)
    assert one(found, "#in option[selected]")["value"] == "en"


def test_what_only_the_team_can_do_is_found_and_never_proposed(lead):
    found = page(lead, "/kb?q=badge pour un visiteur")
    best = found.select(".find")[0]
    assert listed(found)[0] == BADGE and "Jamais proposé" in words(best) and "Réservé à l’équipe" in words(best)


def test_where_a_conversation_would_propose_nothing_the_page_says_so(lead):
    found = page(lead, "/kb?q=zzqx wwkv")
    assert "ne proposerait aucun de ces articles" in words(one(found, ".notice"))
    assert not found.select(".find.proposed")


# -- whatever is asked


@pytest.mark.parametrize("address", ["/kb/nothing", "/kb/%00", f"/kb/{'a' * 5_000}", "/kb/' or 1=1--"])
def test_an_article_that_is_not_there_is_told_so_and_can_be_searched_for(lead, address):
    for each in (address, f"{address}/compare"):
        missing = page(lead, each, 404)
        assert words(one(missing, "h1")) == "Cet article n’existe pas." and missing.select("#q")


@pytest.mark.parametrize("number", ["0", "-1", "999", "abc", "1e3", "²", "٣", "9" * 40, "%00", "1 or 1=1"])
def test_a_version_that_is_not_there_is_told_so(lead, number):
    for query in (f"?version={number}", f"/compare?from={number}", f"/compare?to={number}"):
        assert words(one(page(lead, f"/kb/{REMOTE}{query}", 404), "h1")) == "Cette version n’existe pas."


@pytest.mark.parametrize("value", ["", "0", "-1", "abc", "9" * 40, "%00", "%ED%A0%80", "' or 1=1--", "x" * 9_000])
@pytest.mark.parametrize("key", ["page", "topic", "origin", "stale", "in", "lang"])
def test_absurd_wishes_are_as_if_none_were_said(lead, key, value):
    assert listed(page(lead, f"/kb?{key}={value}")) == listed(page(lead, "/kb"))


@pytest.mark.parametrize("question", ["%00", "%ED%A0%80", "' or 1=1--", "x" * 9_000, '"><b>', "{{ 7*7 }}"])
def test_any_question_is_answered_and_no_more_than_its_beginning_is_read(lead, question):
    found = page(lead, f"/kb?q={question}")
    assert len(one(found, "#q")["value"]) <= 300 and "49" not in words(one(found, "h1"))


def test_nothing_in_an_imported_article_is_run_or_shown_as_markup(lead):
    topic = quote(f"<b>{HARM}</script>")
    article = [f"/kb/{HOSTILE}{more}" for more in ("", "?version=1", "/compare")]
    for address in (f"/kb?topic={topic}", "/kb?q=pirate", *article):
        told = lead.get(address).text
        assert "&lt;script&gt;alert(1)" in told and HARM not in told, address
        assert not BeautifulSoup(told, "html.parser").select("script, img, b, [onerror], [href^='javascript']"), address


def test_the_pages_are_in_the_reader_s_language_and_the_choice_is_remembered(lead):
    french = page(lead, "/kb?topic=vpn&page=2")
    assert one(french, "html")["lang"] == "fr"
    other = one(french, ".flags a[lang=en]")["href"]
    assert other == "?topic=vpn&page=2&lang=en"
    assert one(page(lead, f"/kb{other}"), "html")["lang"] == "en"
    english = page(lead, f"/kb/{REMOTE}")
    assert "helped 12 of 15" in words(english) and "since 20 November 2026" in words(english)
    assert [side["lang"] for side in english.select(".sheet")] == ["en", "fr"]  # one's own language first
    assert one(page(lead, "/desk"), "html")["lang"] == "en"


def test_every_link_of_the_pages_leads_somewhere(lead):
    links = {link["href"] for address in PAGES[:-1] for link in page(lead, address).select("main a[href^='/']")}
    assert len(links) > 60
    assert [link for link in links if lead.get(link).status_code != 200] == []


def test_no_cache_keeps_a_page(lead):
    for address in PAGES:
        assert lead.get(address).headers["cache-control"] == "no-store"
