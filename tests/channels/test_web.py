"""The web chat's contract: acknowledged means kept, twice means once, and a page goes on where it left off."""

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest

from bot.channels.meter import Meter, Rate
from bot.channels.web import Sessions, WebChannel, kept_secret
from bot.channels.web.bells import PAGES_LIMIT, Bells
from bot.channels.web.limits import FILE_LIMIT, file_name
from bot.channels.web.session import LIFETIME
from bot.dialog.effects import Say
from bot.ports.delivery import Sent
from bot.ports.inbound import Address
from tests.support.web import running_web

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


def by_person(lines):
    return [line for line in lines if line["by"] == "person"]


# -- messages


def test_a_message_is_acknowledged_kept_and_answered(web):
    visitor = web.visitor()
    answer = visitor.post("first-message", text="Bonjour, mon VPN ne marche plus", lang="fr")
    assert (answer.status_code, answer.json()) == (202, {"id": "first-message"})
    lines = visitor.until_said("assistant automatique")
    assert [line["by"] for line in lines] == ["person", "bot"]
    assert lines[0]["id"] == "first-message"
    assert "mon VPN ne marche plus" in lines[0]["html"]
    assert "human" in [button["id"] for button in lines[1]["buttons"]]


def test_the_same_message_delivered_twice_is_there_once_and_gets_the_same_answer(web):
    visitor = web.visitor()
    first = visitor.post("the-same-id", text="mon vpn est en panne", lang="fr")
    second = visitor.post("the-same-id", text="mon vpn est en panne", lang="fr")
    assert (first.status_code, second.status_code) == (202, 200)
    assert first.json() == second.json()
    visitor.until_said("assistant automatique")
    visitor.post(text="humain")
    lines = visitor.until_said("T-")
    assert [line["id"] for line in by_person(lines)].count("the-same-id") == 1
    assert len(by_person(lines)) == 2


def test_a_button_pressed_twice_answers_once(web):
    visitor = web.visitor()
    visitor.post(text="mon vpn est en panne, windows 11", lang="fr")
    asked = visitor.until_said("assistant automatique")[-1]
    press = {"button": asked["buttons"][0]["id"], "turn": asked["turn"]}
    visitor.post("the-first-press", **press)
    visitor.until(lambda lines: len([line for line in lines if line["by"] == "bot"]) >= 2)
    assert visitor.post("the-first-press", **press).status_code == 200
    visitor.post("the-later-press", **press)  # another press of a button whose question has passed
    visitor.post(text="humain")
    lines = visitor.until_said("T-")
    pressed = [line["id"] for line in by_person(lines) if line.get("pressed")]
    assert pressed == ["the-first-press", "the-later-press"]
    answered = visitor.client.get("/chat/lines").json()
    assert answered["owner"] == "human"


def test_the_human_button_works_before_anything_was_said(web):
    visitor = web.visitor()
    visitor.post(button="human", lang="fr")
    lines = visitor.until_said("T-")
    assert "rien à répéter" in lines[-1]["html"]


def test_a_page_that_comes_back_gets_only_what_it_has_not_seen(web):
    visitor = web.visitor()
    visitor.post("seen-already", text="mon vpn est en panne", lang="fr")
    visitor.until_said("assistant automatique")
    visitor.lines.clear()
    visitor.post("not-yet-seen", text="humain")
    lines = visitor.until_said("T-")
    assert "seen-already" not in [line["id"] for line in lines]
    assert "not-yet-seen" in [line["id"] for line in lines]


def test_a_page_that_is_loaded_again_gets_everything_in_its_order(web):
    visitor = web.visitor()
    for number in range(4):
        visitor.post(f"message-{number}", text=f"mon vpn, point {number}", lang="fr")
    visitor.until(lambda lines: len(by_person(lines)) == 4 and any(line["by"] == "bot" for line in lines))
    whole = visitor.client.get("/chat/lines").json()["lines"]
    assert [line["id"] for line in by_person(whole)] == [f"message-{number}" for number in range(4)]
    assert all(f"point {number}" in line["html"] for number, line in enumerate(by_person(whole)))


def test_a_stream_speaks_at_once_even_when_nothing_was_said(web):
    with closing(web.visitor().events()) as events:
        first = next(events)
    assert (first["lines"], first["owner"], first["busy"]) == ([], "nobody", False)


@pytest.mark.parametrize("cursor", ["", "nonsense", "-1--1", "9" * 40 + "-1", "1-1; drop"])
def test_a_cursor_that_means_nothing_begins_at_the_beginning(web, cursor):
    visitor = web.visitor()
    visitor.post("only-message", text="mon vpn est en panne", lang="fr")
    visitor.until_said("assistant automatique")
    told = visitor.client.get("/chat/lines", headers={"Last-Event-ID": cursor}).json()
    assert told["lines"][0]["id"] == "only-message"


def test_one_chat_shows_nothing_of_another(web):
    one, other = web.visitor(), web.visitor()
    one.post(text="mon vpn est en panne", lang="fr")
    one.until_said("assistant automatique")
    assert other.client.get("/chat/lines").json()["lines"] == []


def test_a_chat_survives_a_restart_of_the_server(tmp_path):
    with running_web(tmp_path / "home") as before:
        visitor = before.visitor()
        visitor.post("before-restart", text="mon vpn est en panne", lang="fr")
        visitor.until_said("assistant automatique")
        token = visitor.client.headers["Authorization"]
    with running_web(tmp_path / "home") as after, after.client(Authorization=token) as client:
        lines = client.get("/chat/lines").json()["lines"]
        assert [line["id"] for line in by_person(lines)] == ["before-restart"]
        posted = client.post("/chat/messages", json={"id": "before-restart", "text": "mon vpn est en panne"})
        assert posted.status_code == 200


# -- what is refused


def test_a_text_too_long_is_refused_in_words_and_one_that_just_fits_is_taken(web):
    visitor = web.visitor()
    answer = visitor.post(text="é" * 8001)
    assert answer.status_code == 413
    assert answer.json()["error"] == "text_too_long"
    assert "8000 caractères" in answer.json()["fr"] and "8000 characters" in answer.json()["en"]
    assert visitor.post(text="é" * 8000).status_code == 202


@pytest.mark.parametrize(
    "token", ["", "Bearer", "Bearer x", "Bearer " + "A" * 59, "Basic dXNlcg==", "Bearer é", "Bearer " + "=" * 60]
)
def test_a_token_that_is_not_ours_opens_nothing(web, token):
    headers = {"Authorization": token.encode("latin-1")}
    with httpx.Client(base_url=web.base) as stranger:
        assert stranger.get("/chat/events", headers=headers).status_code == 401
        assert stranger.get("/chat/lines", headers=headers).status_code == 401
        assert stranger.post("/chat/files", headers=headers, content=PNG).status_code == 401
        posted = stranger.post("/chat/messages", headers=headers, json={"id": "a" * 8, "text": "x"})
        assert posted.json()["error"] == "no_session"


def test_a_page_gets_a_token_of_its_own_which_no_cache_keeps(web):
    one, other = web.client().post("/chat/session"), web.client().post("/chat/session")
    assert (one.status_code, one.headers["cache-control"]) == (201, "no-store")
    assert one.json()["token"] != other.json()["token"]
    opened = web.client(Authorization=f"Bearer {one.json()['token']}").get("/chat/lines")
    assert opened.json()["lines"] == []


def test_a_token_changed_in_one_place_or_signed_by_others_is_not_ours():
    ours, others = Sessions(b"k" * 32), Sessions(b"o" * 32)
    token = ours.begin(NOON)
    assert ours.address_key(token, NOON)
    assert not others.address_key(token, NOON)
    for place in range(len(token)):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert not ours.address_key(changed, NOON)


def test_a_token_lasts_half_a_year_and_names_one_chat():
    sessions = Sessions(b"k" * 32)
    token = sessions.begin(NOON)
    key = sessions.address_key(token, NOON)
    assert sessions.address_key(token, NOON + LIFETIME - timedelta(days=1)) == key
    assert not sessions.address_key(token, NOON + LIFETIME + timedelta(days=1))
    assert sessions.begin(NOON) != token
    assert token not in key and key not in token


def test_the_signing_key_is_made_once_and_kept_private(tmp_path):
    file = tmp_path / "home" / "web.key"
    assert kept_secret(file) == kept_secret(file)
    assert file.stat().st_mode & 0o077 == 0
    assert [one.name for one in file.parent.iterdir()] == ["web.key"]


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        (b"not json", 400, "unreadable"),
        (b"[]", 400, "unreadable"),
        (b'{"id": "a-good-id", "text": 7}', 400, "unreadable"),
        (b'{"id": "a-good-id", "text": "\\ud800"}', 400, "unreadable"),
        (b'{"id": "a-good-id", "text": "  \\n "}', 422, "empty"),
        (b'{"id": "a-good-id"}', 422, "empty"),
        (b'{"text": "no id"}', 422, "bad_id"),
        (b'{"id": "short", "text": "x"}', 422, "bad_id"),
        (b'{"id": "with:colon", "text": "x"}', 422, "bad_id"),
        (b'{"id": "a-good-id", "button": "' + b"b" * 65 + b'"}', 400, "unreadable"),
        (b'{"id": "a-good-id", "text": "' + b"x" * 70_000 + b'"}', 413, "too_large"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_both_languages(web, body, status, error):
    answer = web.visitor().client.post("/chat/messages", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["fr"] and answer.json()["en"]


def test_a_form_of_another_site_cannot_write(web):
    visitor = web.visitor()
    body = json.dumps({"id": "a-good-id", "text": "x"})
    answer = visitor.client.post("/chat/messages", content=body, headers={"Content-Type": "text/plain"})
    assert (answer.status_code, answer.json()["error"]) == (400, "unreadable")


def test_who_writes_too_fast_is_asked_to_wait(web):
    visitor = web.visitor()
    answers = [visitor.post(text="vpn") for _ in range(30)]
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert int(refused.headers["Retry-After"]) >= 1
    assert refused.json()["error"] == "too_fast"


def test_a_meter_lets_a_burst_through_then_one_at_a_time_and_forgets_the_longest_silent():
    meter = Meter(Rate(burst=2, seconds=10), places=2)
    assert [meter.wait("ann", 0), meter.wait("ann", 0), meter.wait("ann", 0)] == [0, 0, 10]
    assert meter.wait("ann", 10) == 0
    assert [meter.wait("bob", 10), meter.wait("cid", 10)] == [0, 0]
    assert meter.wait("ann", 10) == 0  # forgotten, so she begins anew


def test_one_chat_is_open_in_a_few_pages_at_most(web):
    visitor = web.visitor()
    pages = [visitor.events() for _ in range(PAGES_LIMIT)]
    for page in pages:
        next(page)
    refused = visitor.client.get("/chat/events")
    assert (refused.status_code, refused.json()["error"]) == (429, "too_many_pages")
    for page in pages:
        page.close()


# -- what is dangerous


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script> vpn",
        "<img src=x onerror=alert(1)> vpn",
        "[vpn](javascript:alert(1)) **gras**",
        "vpn \u202e txt.exe \x1b[31m",
    ],
)
def test_what_a_person_writes_is_shown_and_never_run(web, words):
    visitor = web.visitor()
    visitor.post("hostile-words", text=words, lang="fr")
    lines = visitor.until(lambda lines: any(line["by"] == "bot" for line in lines))
    html = next(line["html"] for line in lines if line["id"] == "hostile-words")
    assert "<script" not in html and "<img" not in html and "<a" not in html and "<strong" not in html
    assert "\x1b" not in html and "\u202e" not in html
    assert all("<script" not in line["html"] and "<img" not in line["html"] for line in lines)


def test_a_password_comes_back_hidden(web):
    visitor = web.visitor()
    visitor.post("with-a-secret", text="vpn : mon mot de passe est Azerty123!", lang="fr")
    lines = visitor.until(lambda lines: any(line["by"] == "bot" for line in lines))
    assert "Azerty123!" not in json.dumps(lines)


def test_neither_the_pages_nor_the_chat_set_a_cookie(web):
    visitor = web.visitor()
    visitor.post(text="mon vpn est en panne", lang="fr")
    visitor.until_said("assistant automatique")
    for page in ("/", "/privacy", "/widget.js"):
        visitor.client.get(page)
    assert not visitor.client.cookies


# -- files


def test_a_picture_is_kept_and_shown_with_its_name(web):
    visitor = web.visitor()
    assert visitor.attach("%C3%A9cran.png", PNG, "one-picture").status_code == 202
    assert visitor.attach("%C3%A9cran.png", PNG, "one-picture").status_code == 200
    lines = visitor.until(lambda lines: len(lines) >= 2)
    assert lines[0]["files"] == [{"name": "écran.png", "size": len(PNG)}]
    assert len(by_person(lines)) == 1


def test_files_and_words_of_one_burst_keep_their_places(web):
    visitor = web.visitor()
    visitor.post("words-before", text="mon vpn est en panne", lang="fr")
    visitor.attach("error.png", PNG, "picture-between")
    visitor.post("words-after", text="erreur 809", lang="fr")
    visitor.until(lambda lines: len(by_person(lines)) == 3 and any(line["by"] == "bot" for line in lines))
    told = {line["id"]: line for line in visitor.client.get("/chat/lines").json()["lines"]}
    assert "panne" in told["words-before"]["html"] and "809" in told["words-after"]["html"]
    assert told["picture-between"]["files"][0]["name"] == "error.png"


@pytest.mark.parametrize(
    ("name", "content", "status", "error"),
    [
        ("run.exe", b"MZ", 415, "file_type"),
        ("page.html", b"<script>", 415, "file_type"),
        ("drawing.svg", b"<svg>", 415, "file_type"),
        ("noending", PNG, 415, "file_type"),
        ("lying.png", b"MZ\x90", 415, "file_type"),
        ("binary.txt", b"a\x00b", 415, "file_type"),
        ("empty.png", b"", 422, "file_empty"),
        ("big.png", PNG + b"0" * FILE_LIMIT, 413, "file_too_large"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_in_words(web, name, content, status, error):
    answer = web.visitor().attach(name, content)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_file_of_unannounced_size_is_cut_off_at_the_limit(web):
    visitor = web.visitor()
    parts = (PNG + b"0" * 1_000_000 for _ in range(11))
    headers = {"X-Message-Id": uuid4().hex, "X-File-Name": "big.png"}
    answer = visitor.client.post("/chat/files", content=parts, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (413, "file_too_large")


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\ann\\error.png", "error.png"),
        ("a\u202egnp.exe.png", "agnp.exe.png"),
        ("line\nbreak.png", "linebreak.png"),
        ("x" * 300 + ".png", "x" * 116 + ".png"),
        ("...", ""),
    ],
)
def test_a_file_name_keeps_nothing_that_a_system_could_obey(told, kept):
    assert file_name(told) == kept


# -- the way out


async def test_sending_wakes_the_pages_of_that_chat_alone_and_again_changes_nothing():
    bells, address = Bells(), Address("web", "chat", "one")
    channel = WebChannel(bells)
    with bells.page("one") as mine, bells.page("other") as theirs:
        assert await channel.send(address, Say(text="hello"), "1:1:0") == Sent(ref="1:1:0")
        assert await channel.send(address, Say(text="hello"), "1:1:0") == Sent(ref="1:1:0")
        assert mine.is_set() and not theirs.is_set()
    assert not bells.full("one")
    assert await channel.send(address, Say(text="nobody looks"), "1:1:1") == Sent(ref="1:1:1")
