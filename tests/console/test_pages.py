"""The public pages: locked down by their headers, in both languages, saying what the settings say."""

import re
from pathlib import Path

import pytest

from bot.console.headers import POLICY
from bot.console.pages import TEMPLATES
from tests.support.needs import ROOT

PAGES = (
    "/",
    "/privacy",
    "/widget.js",
    "/healthz",
    "/static/page.css",
    "/desk",
    "/desk/login",
    "/kb",
    "/kb/nothing",
    "/static/knowledge.css",
    "/nowhere",
    "/chat/lines",
)


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_tells_the_browser_to_trust_nothing_else(served, page):
    headers = served.web.client().get(page).headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY and "default-src 'none'" in POLICY and "frame-ancestors 'none'" in POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: file.name)
def test_no_page_holds_a_script_or_a_style_of_its_own_or_loads_from_elsewhere(template: Path):
    html = template.read_text("utf-8")
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)
    assert not re.search(r'(src|href)="(https?:)?//', html)
    assert "| safe" not in html and "autoescape" not in html


def test_the_chat_page_is_in_the_reader_s_language(served):
    client = served.web.client()
    assert '<html lang="fr">' in client.get("/", headers={"Accept-Language": "de, fr;q=0.8, en;q=0.5"}).text
    assert '<html lang="en">' in client.get("/", headers={"Accept-Language": "en-GB,en;q=0.9,fr;q=0.8"}).text
    assert '<html lang="fr">' in client.get("/", headers={"Accept-Language": "de;q=nonsense,,"}).text
    assert '<html lang="en">' in client.get("/?lang=en", headers={"Accept-Language": "fr"}).text


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fr",
            ["assistant automatique", "aucune décision", "l’intérêt légitime", "l’exécution du contrat", "effacement"],
        ),
        ("en", ["automatic assistant", "no decision", "legitimate interest", "performance of the contract", "erasure"]),
    ],
)
def test_the_privacy_notice_says_who_why_on_what_basis_who_receives_and_what_rights(served, lang, words):
    page = served.web.client().get(f"/privacy?lang={lang}").text.replace("\n", " ")
    for word in [*words, "Exemple SA", "mailto:dpo@example.org", "Outil de tickets", "CNIL"]:
        assert word.lower() in page.lower()


def test_a_notice_without_settings_says_what_is_missing(tmp_path):
    from bot.console.privacy import Notice

    empty = Notice()
    assert empty.basis("staff", "fr").startswith("l’intérêt légitime")
    assert Notice(basis_staff="our own words").basis("staff", "en") == "our own words"


def test_the_widget_is_one_script_that_any_page_may_load_and_browsers_may_keep(served):
    client = served.web.client()
    script = client.get("/widget.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "guichet-chat" in script.text and "import " not in script.text.split("const STYLE")[0]
    again = client.get("/widget.js", headers={"If-None-Match": script.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["nothing.css", "../app.py", "..%2fapp.py", "%2e%2e/app.py", "chat.html"])
def test_only_our_own_few_files_are_served(served, name):
    assert served.web.client().get(f"/static/{name}").status_code == 404


def test_a_monitor_can_ask_whether_the_house_is_well(served):
    answer = served.web.client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_the_application_describes_itself_to_nobody(served):
    client = served.web.client()
    assert {client.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")} == {404}


def test_the_widget_holds_no_markup_from_texts_but_what_the_server_rendered():
    folder = ROOT / "bot" / "channels" / "web" / "widget"
    code = "\n".join(file.read_text("utf-8") for file in folder.glob("*.js"))
    assert re.findall(r"(\w+)\.innerHTML = (\w+|`<svg)", code) == [("holder", "`<svg"), ("body", "html")]
    assert not re.search(r"\beval\(|new Function|document\.cookie|insertAdjacentHTML|outerHTML", code)
