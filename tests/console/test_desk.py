"""The desk: closed to strangers, opened once by a link, and saying everything in words."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.console.keys import LINK_LIFE, SESSION_IDLE, SESSION_LIFE, DeskKeys

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


# -- who may come in


@pytest.mark.parametrize("cookie", ["", "guichet_desk=made-up", "guichet_desk="])
def test_the_desk_shows_a_stranger_nothing(served, cookie):
    client = served.web.client(**({"Cookie": cookie} if cookie else {}))
    for page in ("/desk", served.conversation, f"{served.conversation}/files/{served.file}", "/desk/conversations/999"):
        answer = client.get(page)
        assert answer.status_code == 401
        assert "vpn" not in answer.text.lower() and "T-1" not in answer.text


def test_a_login_link_lets_in_once(served):
    web = served.web
    token = web.keys.link_token(web.clock.now())
    first, second = web.client(), web.client()
    entered = first.post("/desk/login", data={"token": token})
    assert (entered.status_code, entered.headers["location"]) == (303, "/desk")
    assert first.get("/desk").status_code == 200
    assert second.post("/desk/login", data={"token": token}).status_code == 403
    assert second.get("/desk").status_code == 401


def test_looking_at_a_link_does_not_use_it_up(served):
    web = served.web
    token = web.keys.link_token(web.clock.now())
    client = web.client()
    for _ in range(3):  # as previews and scanners do
        shown = client.get(f"/desk/login?token={token}")
        assert shown.status_code == 200 and token in shown.text
        assert not client.cookies
    assert client.post("/desk/login", data={"token": token}).status_code == 303


def test_the_session_cookie_is_for_the_desk_and_for_no_script_and_no_other_site(served):
    web = served.web
    answer = web.client().post("/desk/login", data={"token": web.keys.link_token(web.clock.now())})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "path=/desk" in cookie
    assert answer.headers["location"] == "/desk"


@pytest.mark.parametrize("token", ["", "made-up", "é", "x" * 10_000])
def test_a_made_up_link_opens_nothing(served, token):
    client = served.web.client()
    assert client.post("/desk/login", data={"token": token}).status_code == 403
    assert client.get("/desk/login", params={"token": token}).status_code == 403
    assert not client.cookies


def test_a_login_sent_from_another_site_is_refused_and_does_not_use_the_link_up(served):
    web = served.web
    token = web.keys.link_token(web.clock.now())
    client = web.client()
    foreign = client.post("/desk/login", data={"token": token}, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert client.post("/desk/login", data={"token": token}).status_code == 303


def test_who_logs_out_is_out(agent):
    assert agent.get("/desk").status_code == 200
    assert agent.post("/desk/logout").status_code == 303
    assert agent.get("/desk").status_code == 401


def test_links_and_sessions_end_by_themselves():
    keys = DeskKeys()
    old = keys.link_token(NOON)
    assert not keys.open_session(old, NOON + LINK_LIFE + timedelta(seconds=1))
    session = keys.open_session(keys.link_token(NOON), NOON)
    assert keys.session(session, NOON + SESSION_IDLE - timedelta(minutes=1))
    assert keys.session(session, NOON + 2 * SESSION_IDLE - timedelta(minutes=2))
    assert keys.session(session, NOON + 4 * SESSION_IDLE) is None
    busy = keys.open_session(keys.link_token(NOON), NOON)
    for hour in range(12):
        assert keys.session(busy, NOON + timedelta(hours=hour))
    assert keys.session(busy, NOON + SESSION_LIFE + timedelta(seconds=1)) is None


def test_of_links_and_sessions_only_a_hash_is_kept():
    keys = DeskKeys()
    token = keys.link_token(NOON)
    session = keys.open_session(keys.link_token(NOON), NOON)
    assert token not in str(keys) and session not in str(keys)


# -- what is shown


def test_the_list_tells_owner_topic_ticket_priority_channel_and_language(served, agent):
    page = agent.get("/desk").text
    for words in ("VPN", "T-1", "à prendre", "P3", "Équipe", "Page web", "FR", "mon vpn est en panne"):
        assert words in page


def test_the_list_can_be_narrowed_to_one_owner(served, agent):
    assert "T-1" in agent.get("/desk?owner=human").text
    assert "T-1" not in agent.get("/desk?owner=bot").text
    assert "T-1" in agent.get("/desk?owner=' or 1=1&before=nonsense").text


def test_a_conversation_shows_its_words_its_dossier_and_why(served, agent):
    page = agent.get(served.conversation).text
    for words in (
        "mon vpn est en panne",
        "assistant automatique",
        "capture.png",
        "Ce que l’on sait",
        "premier message",
        "Windows",
        "a demandé quelqu’un",
        "Pourquoi",
        "La personne demande quelqu’un.",
        "Sujet reconnu",
        "identité non prouvée",
    ):
        assert words in page


def test_the_desk_speaks_english_to_whoever_asks(served, agent):
    page = agent.get(f"{served.conversation}?lang=en").text
    assert "What is known" in page and "The person asks for a person." in page and '<html lang="en">' in page
    assert '<html lang="en">' in agent.get("/desk").text  # remembered in the session
    agent.get("/desk?lang=fr")


def test_what_a_person_wrote_is_text_in_the_desk_and_secrets_are_hidden(served, agent):
    page = agent.get(served.conversation).text
    assert "&lt;b&gt;ici&lt;/b&gt;" in page and "<b>ici</b>" not in page
    assert "Azerty123!" not in page


def test_a_file_is_given_to_be_saved_and_never_to_be_run(served, agent):
    answer = agent.get(f"{served.conversation}/files/{served.file}")
    assert answer.content.endswith(b" picture")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''capture.png"
    assert answer.headers["content-security-policy"].startswith("sandbox")


@pytest.mark.parametrize(
    "path", ["/desk/conversations/1/files/" + "0" * 64, "/desk/conversations/1/files/..%2fweb.key"]
)
def test_only_files_of_the_conversation_are_given(served, agent, path):
    assert agent.get(path).status_code == 404


@pytest.mark.parametrize("number", ["999999", "0", "abc", "1'", "9" * 40, "%00"])
def test_a_conversation_that_is_not_there_is_told_so(served, agent, number):
    assert agent.get(f"/desk/conversations/{number}").status_code == 404


def test_the_desk_is_never_kept_by_a_cache(served, agent):
    assert agent.get("/desk").headers["cache-control"] == "no-store"
    assert agent.get(served.conversation).headers["cache-control"] == "no-store"
