"""Files of an agent's answer in the web chat: a link on the page, and the bytes for whoever holds the chat's token."""

from pathlib import Path
from typing import Any

import pytest

from bot.dialog.events import TicketChanged
from bot.ports.inbound import Inbound
from bot.store.files import FolderFiles
from tests.support.enclosed import CONTENTS, NAMES, PICTURE, WORDS, Answer, file
from tests.support.web import Visitor, WebHouse, running_web


def by_agent(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for line in lines if line["by"] == "agent"]


def answered(web: WebHouse, home: Path, lacks: str = "") -> tuple[Visitor, Answer, dict[str, Any]]:
    """Somebody whom an agent answered with two files; the answer, and its line."""
    visitor, answer = web.visitor(), Answer(FolderFiles(home / "files"))
    visitor.post(text="mon imprimante ne marche plus, je veux un humain", lang="fr")
    visitor.until_said("T-")
    (talk,) = web.house.records.headlines()
    said = answer.said(web.clock.now(), lacks=lacks)
    web.do(web.house.inbox.receive(Inbound("agent:1", said, conversation=talk.conversation)))
    (line,) = by_agent(visitor.until(lambda lines: bool(by_agent(lines))))
    return visitor, answer, line


def test_two_files_stand_under_the_words_and_come_byte_for_byte(tmp_path: Path) -> None:
    with running_web(tmp_path / "home") as web:
        visitor, _, line = answered(web, tmp_path / "home")
        assert WORDS in line["html"]
        assert [one["name"] for one in line["files"]] == list(NAMES)
        for told in line["files"]:
            given = visitor.client.get(f"/chat/files/{told['ref']}")
            assert (given.status_code, given.content) == (200, CONTENTS[told["name"]])
            assert len(given.content) == told["size"]
        assert len(by_agent(visitor.client.get("/chat/lines").json()["lines"])) == 1


def test_no_browser_shows_or_runs_what_it_is_given(tmp_path: Path) -> None:
    with running_web(tmp_path / "home") as web:
        visitor, _, line = answered(web, tmp_path / "home")
        headers = visitor.client.get(f"/chat/files/{line['files'][0]['ref']}").headers
        assert headers["content-type"] == "application/octet-stream"
        assert headers["content-disposition"] == "attachment; filename*=UTF-8''capture%20d%E2%80%99%C3%A9cran.jpg"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"].startswith("sandbox")
        assert headers["cache-control"] == "no-store"


def test_a_file_is_given_in_its_own_chat_alone(tmp_path: Path) -> None:
    with running_web(tmp_path / "home") as web:
        _, answer, line = answered(web, tmp_path / "home")
        stranger, where = web.visitor(), f"/chat/files/{line['files'][0]['ref']}"
        assert (stranger.client.get(where).status_code, web.client().get(where).status_code) == (404, 401)
        stranger.post(text="mon vpn ne marche plus", lang="fr")
        stranger.until_said("assistant automatique")
        assert stranger.client.get(where).json()["error"] == "no_file"
        answer.files.put(b"somebody else's")
        for ref in ("..%2F..%2Fweb.key", "0" * 64, "slack:F1", "%00", answer.files.put(b"somebody else's")):
            assert stranger.client.get(f"/chat/files/{ref}").status_code == 404


def test_a_file_that_is_not_there_yet_is_promised_in_both_languages(tmp_path: Path) -> None:
    with running_web(tmp_path / "home") as web:
        visitor, answer, line = answered(web, tmp_path / "home", lacks=NAMES[0])
        where = f"/chat/files/{line['files'][0]['ref']}"
        early = visitor.client.get(where)
        assert (early.status_code, early.headers["retry-after"], early.json()["error"]) == (503, "5", "file_not_there")
        assert "pas encore" in early.json()["fr"] and "not arrived" in early.json()["en"]
        answer.arrives(NAMES[0])
        assert visitor.client.get(where).content == PICTURE


def test_what_the_person_sent_is_given_back_to_them(tmp_path: Path) -> None:
    with running_web(tmp_path / "home") as web:
        visitor = web.visitor()
        visitor.post(text="mon imprimante ne marche plus", lang="fr")
        visitor.until_said("assistant automatique")
        assert visitor.attach("photo.jpg", PICTURE).status_code == 202
        visitor.until(lambda lines: any(line.get("files") for line in lines) and lines[-1]["by"] == "bot")
        assert visitor.client.get(f"/chat/files/{file(NAMES[0]).ref}").content == PICTURE


@pytest.mark.parametrize("size", [21])
def test_too_many_downloads_at_once_are_slowed_down(tmp_path: Path, size: int) -> None:
    with running_web(tmp_path / "home") as web:
        visitor, _, line = answered(web, tmp_path / "home")
        where = f"/chat/files/{line['files'][0]['ref']}"
        codes = [visitor.client.get(where).status_code for _ in range(size)]
        assert codes[-1] == 429 and codes[0] == 200


def test_the_desk_shows_the_files_and_gives_them_to_agents(tmp_path: Path) -> None:
    with running_web(tmp_path / "home") as web:
        answered(web, tmp_path / "home")
        (talk,) = web.house.records.headlines()
        agent = web.agent_session()
        page = agent.get(f"/desk/conversations/{talk.conversation}").text
        for name in NAMES:
            where = f"/desk/conversations/{talk.conversation}/files/{file(name).ref}"
            assert page.count(where) == 1 and page.count(name) == 1
            assert agent.get(where).content == CONTENTS[name]
        told = [line for line in web.house.records.transcript(talk.conversation) if line.author == "agent"]
        assert [[one.name for one in line.files] for line in told] == [list(NAMES)]


def test_the_files_of_a_reply_in_the_ticketing_system_come_the_same_way(tmp_path: Path) -> None:
    with running_web(tmp_path / "home") as web:
        visitor, _, line = answered(web, tmp_path / "home")
        (talk,) = web.house.records.headlines()
        files = (file(NAMES[1]),)
        news = TicketChanged(at=web.clock.now(), key="T-1", author="Max", files=files)
        web.do(web.house.inbox.receive(Inbound("ticket:1", news, conversation=talk.conversation)))
        told = by_agent(visitor.until(lambda lines: len(by_agent(lines)) == 2))[-1]
        assert told["name"] == "Max" and told["files"] == [line["files"][1]]
        page = web.agent_session().get(f"/desk/conversations/{talk.conversation}").text
        assert page.count(f"/files/{files[0].ref}") == 2  # under both messages that it came with
