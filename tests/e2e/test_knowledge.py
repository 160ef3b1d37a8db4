"""The knowledge pages in a real browser: found, read, compared; on a phone, by keyboard, without script."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.support.served import Served
from tests.support.shelf import REMOTE, stock

PAGES = ("/kb", "/kb?stale=1", "/kb?q=acces+aux+applis", f"/kb/{REMOTE}", f"/kb/{REMOTE}?version=1",
         f"/kb/{REMOTE}/compare?from=1&to=3", "/kb/nothing")  # fmt: skip

# Every text against what lies behind it, by the formula of WCAG; gives those that are too faint.
FAINT = """() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = (color) => [...rgba(color)].slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (node) => {
    const color = getComputedStyle(node).backgroundColor;
    return rgba(color)[3] > 250 ? color : node.parentElement ? behind(node.parentElement) : "white";
  };
  const texts = [...document.querySelectorAll("body *")].filter((node) => node.getClientRects().length
    && [...node.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim()));
  return texts.filter((node) => {
    const [low, high] = [light(getComputedStyle(node).color), light(behind(node))].sort((one, other) => one - other);
    return (high + 0.05) / (low + 0.05) < 4.5;
  }).map((node) => `${node.tagName}.${node.className}: ${node.textContent.trim().slice(0, 40)}`);
}"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A house that holds more articles than its packs."""
    served = Served(tmp_path_factory.mktemp("knowing") / "home")
    stock(served.home)
    served.start()
    yield served
    served.stop()


@pytest.fixture(scope="module")
def session(served: Served) -> dict[str, Any]:
    """A session of the desk, opened by the link, as a browser keeps it."""
    token = served.login.partition("token=")[2]
    with httpx.Client() as client:
        client.post(f"{served.base}/desk/login", data={"token": token})
        kept = [
            {"name": one.name, "value": one.value, "domain": "127.0.0.1", "path": one.path}
            for one in client.cookies.jar
        ]
    return {"cookies": kept, "origins": []}


@pytest.fixture
def enter(visit: Callable[..., Page], session: dict[str, Any]) -> Callable[..., Page]:
    """Open a page as somebody who came in."""
    return lambda path, **options: visit(path, storage_state=session, **options)


def test_a_support_lead_asks_reads_both_languages_and_sees_what_changed(enter, pictures):
    page = enter("/desk", viewport={"width": 1440, "height": 880})
    page.get_by_role("link", name="Connaissances").click()
    page.get_by_label("Chercher un article").fill("plus acces aux applis depuis chez moi")
    page.keyboard.press("Enter")
    best = page.locator(".find").first
    expect(best).to_contain_text("Proposé en conversation")
    best.get_by_role("link", name="Accéder aux applications").click()
    french, english = page.locator(".side").all()
    expect(french).to_contain_text("Attendez trente secondes")
    expect(english).to_contain_text("Wait ten seconds")
    boxes = french.bounding_box(), english.bounding_box()
    assert (
        boxes[0] and boxes[1] and boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] + boxes[0]["width"] < boxes[1]["x"]
    )
    page.screenshot(path=pictures / "knowledge.png")
    page.get_by_role("link", name="Comparer les deux dernières").click()
    expect(page.locator(".rows del")).to_have_text(["dix"])
    page.get_by_label("De la version").select_option("1")
    page.get_by_role("button", name="Comparer").click()
    expect(page.locator(".rows del")).to_have_text(["Bureau", "dix", "Office"])
    page.get_by_role("link", name="Bureau", exact=True).click()
    expect(page).to_have_url(re.compile("/desk$"))


def test_the_list_is_narrowed_and_turned_over(enter):
    page = enter("/kb")
    page.get_by_role("link", name="Suivante").click()
    expect(page.get_by_text(re.compile(r"Page 2 sur \d"))).to_be_visible()
    page.get_by_role("navigation", name="Sujets").get_by_role("link", name="VPN").click()
    page.get_by_label("Traductions en retard").check()
    page.get_by_role("button", name="Filtrer").click()
    expect(page.locator(".entry")).to_have_count(1)
    page.get_by_role("link", name="Retirer les filtres").click()
    expect(page.locator(".entry")).to_have_count(50)


def test_at_360_pixels_nothing_is_wider_than_the_screen_and_everything_can_be_pressed(enter, served):
    page = enter("/kb", viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    for address in PAGES:
        page.goto(served.base + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
        for target in page.locator("button, select, input[type=search]").all():
            box = target.bounding_box()
            assert box and box["height"] >= 30 and box["x"] >= 0 and box["x"] + box["width"] <= 360, address


def test_the_bar_of_the_desk_fits_at_any_width(enter):
    page = enter("/desk")
    for width in (360, 800, 1000, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        expect(page.get_by_role("link", name="Connaissances")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_what_lies_behind_it(enter, served, scheme):
    page = enter("/kb", color_scheme=scheme)
    for address in PAGES:
        page.goto(served.base + address)
        assert page.evaluate(FAINT) == [], address


def test_what_went_and_what_came_differ_in_more_than_colour(enter):
    page = enter(f"/kb/{REMOTE}/compare?from=1&to=3", forced_colors="active")
    line = "node => getComputedStyle(node).textDecorationLine"
    assert {one.evaluate(line) for one in page.locator("del").all()} == {"line-through"}
    assert {one.evaluate(line) for one in page.locator("ins").all()} == {"underline"}
    assert set(page.locator(".row .sign").all_inner_texts()) == {"", "±", "+"}


def test_the_keyboard_alone_is_enough_and_shows_where_it_is(enter):
    page = enter("/kb")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # past the frame: the first link of the page itself
    expect(page.get_by_role("link", name="1 traduction en retard")).to_be_focused()
    unseen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        style = page.evaluate("(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])"
                              "(getComputedStyle(document.activeElement))")  # fmt: skip
        unseen += [] if style[0] != "none" and float(style[1].removesuffix("px")) >= 2 else [style]
    assert unseen == []


def test_it_works_without_script(enter):
    page = enter("/kb", java_script_enabled=False)
    page.get_by_label("Chercher un article").fill("plus acces aux applis depuis chez moi")
    page.get_by_role("button", name="Chercher").click()
    page.locator(".find").first.get_by_role("link").click()
    page.get_by_role("link", name="Comparer à la 2").click()
    expect(page.locator(".rows del")).to_have_text(["dix"])


def test_everything_has_a_name_for_those_who_hear_the_page(enter, served):
    page = enter("/kb")
    for address in PAGES:
        page.goto(served.base + address)
        unnamed = page.evaluate(
            "[...document.querySelectorAll('button, a, input:not([type=hidden]), select, section, nav')].filter(n =>"
            " !(n.getAttribute('aria-label') || n.labels?.length || n.innerText?.trim()"
            " || document.getElementById(n.getAttribute('aria-labelledby')))).map(n => n.outerHTML)"
        )
        assert unnamed == [], address
        assert page.get_by_role("heading", level=1).count() == 1
