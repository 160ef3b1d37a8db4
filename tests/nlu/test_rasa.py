"""A Rasa server is asked politely, left alone when it fails, and never learns a secret."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from bot.dialog.understanding import Entity, Ranked
from bot.nlu.composed import Found
from bot.nlu.rasa import FAILURES, REST, RasaError, RasaUnderstander, Server, Standing
from bot.nlu.rasa_answer import Names
from bot.ports.clock import VirtualClock
from tests.nlu.rasa_server import FAULTS, RasaServer, recorded

TEXT = "mon VPN ne marche plus sur windows"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyIjp7fX0.c2lnbmVk"
FAILING = [fault for fault in FAULTS if fault]
NOT_ASKED_WITH = "Zorglub-7-bottles"  # a word that must stand in no log


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(datetime(2026, 1, 5, 9, tzinfo=UTC))


@pytest.fixture
def server() -> Iterator[RasaServer]:
    with RasaServer() as running:
        running.knows(TEXT, ("vpn", 0.93), ("network_wifi", 0.05), entities=[{"entity": "os", "text": "windows"}])
        yield running


@pytest.fixture
def rasa(server: RasaServer, clock: VirtualClock) -> Iterator[RasaUnderstander]:
    with RasaUnderstander(Server(server.url), clock) as understander:
        yield understander


def hasty(server: RasaServer, clock: VirtualClock) -> RasaUnderstander:
    """One that waits no longer than a test may."""
    return RasaUnderstander(Server(server.url, seconds=0.3), clock)


def test_a_text_is_posted_as_json_and_its_answer_read(server: RasaServer, rasa: RasaUnderstander) -> None:
    assert rasa.find([TEXT]) == (
        Found((Ranked("vpn", 0.93), Ranked("network_wifi", 0.05)), (Entity("os", "windows", "windows", 27, 34),)),
    )
    (asked,) = server.asked
    assert (asked.method, asked.target, json.loads(asked.body)) == ("POST", "/model/parse", {"text": TEXT})
    assert asked.headers["Content-Type"] == "application/json"
    assert "Authorization" not in asked.headers


@pytest.mark.parametrize("token", ["s3cret", JWT])
def test_the_token_opens_the_server_each_kind_in_its_way(clock: VirtualClock, token: str) -> None:
    with RasaServer(token=token) as server, RasaUnderstander(Server(server.url, token), clock) as rasa:
        server.knows(TEXT, ("vpn", 0.9))
        assert rasa.find([TEXT])
        (asked,) = server.asked
        assert (token in urlsplit(asked.target).query) == (token != JWT)
        assert asked.headers.get("Authorization") == (f"Bearer {JWT}" if token == JWT else None)


@pytest.mark.parametrize("name", ["entities", "fallback", "out_of_scope", "mood"])
def test_what_the_real_server_answered_is_read(server: RasaServer, clock: VirtualClock, name: str) -> None:
    server.remembers(name)
    plain = json.loads(recorded(name))
    names = Names(entities={"place:stands_in": "site"})
    with RasaUnderstander(Server(server.url, names=names), clock) as rasa:
        found = (rasa.find([plain["text"]]) or ())[0]
    no_topics = ("nlu_fallback", "danger", "frustrated", "satisfied")
    ours = [one for one in plain["intent_ranking"] if one["name"] not in no_topics]
    assert [(one.intent, one.confidence) for one in found.topics] == [(one["name"], one["confidence"]) for one in ours]
    assert found.sure == (name not in ("fallback", "mood"))
    spans = [plain["text"][one["start"] : one["end"]] for one in plain["entities"]]
    assert [one.text for one in found.entities] == spans


@pytest.mark.parametrize("fault", FAILING)
def test_a_server_that_fails_gives_no_answer_and_is_told_once(
    server: RasaServer, clock: VirtualClock, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    text = f"{TEXT} {NOT_ASKED_WITH}"
    server.knows(text, ("vpn", 0.9))
    server.fault = fault
    with hasty(server, clock) as rasa:
        assert [rasa.find([text]) for _ in range(2)] == [None, None]
        assert (rasa.standing.asked, rasa.standing.failures) == (2, 2)
        server.fault = ""
        server.released.set()
        assert rasa.find([text])
    assert [record.levelno for record in caplog.records] == [logging.WARNING, logging.WARNING]
    assert "answers again after 2 failures" in caplog.text
    assert NOT_ASKED_WITH not in caplog.text
    assert "->" in caplog.records[0].getMessage()


def test_a_wrong_token_and_a_server_that_is_not_there_are_failures(
    server: RasaServer, clock: VirtualClock, caplog: pytest.LogCaptureFixture
) -> None:
    server.token = "s3cret"
    with RasaUnderstander(Server(server.url, "wr0ng"), clock) as rasa:
        assert rasa.find([TEXT]) is None
        server.stop()
        assert rasa.find([TEXT]) is None
        assert rasa.standing.failures == 2
    assert "refuses the token" in caplog.text
    assert "wr0ng" not in caplog.text


def test_after_failures_in_a_row_it_is_left_alone_then_tried_with_one_message(
    server: RasaServer, clock: VirtualClock, caplog: pytest.LogCaptureFixture
) -> None:
    server.fault = "error"
    with RasaUnderstander(Server(server.url), clock) as rasa:
        for _ in range(FAILURES + 4):
            assert rasa.find([TEXT]) is None
        assert len(server.asked) == FAILURES
        clock.move(clock.now() + REST - timedelta(seconds=1))
        assert rasa.find([TEXT]) is None
        clock.move(clock.now() + timedelta(seconds=1))
        assert [rasa.find([TEXT]) for _ in range(3)] == [None] * 3
        assert len(server.asked) == FAILURES + 1
        server.fault = ""
        clock.move(clock.now() + REST)
        assert all(rasa.find([TEXT]) for _ in range(3))
    assert [record.getMessage().split(" -> ")[0] for record in caplog.records] == [
        "the Rasa server answers with status 500",
        "the Rasa server is left alone for 30 s at a time",
        "the Rasa server answers again after 4 failures in a row",
    ]


def test_while_one_message_tries_it_others_are_not_sent(clock: VirtualClock) -> None:
    standing = Standing(clock)
    for _ in range(FAILURES):
        assert standing.admits()
        standing.failed(RasaError("fails", "mend it"))
    clock.move(clock.now() + REST)
    assert [standing.admits() for _ in range(3)] == [True, False, False]
    standing.succeeded()
    assert standing.admits()


def test_several_texts_share_one_time_out_and_fail_together(server: RasaServer, clock: VirtualClock) -> None:
    server.knows("mon outlook", ("email_outlook", 0.9))
    with RasaUnderstander(Server(server.url), clock) as rasa:
        found = rasa.find([TEXT, "mon outlook"])
        assert found is not None
        assert [one.topics[0].intent for one in found] == ["vpn", "email_outlook"]
        server.fault = "no_model"
        assert rasa.find([TEXT, "mon outlook"]) is None
        assert rasa.standing.failures == 1


@pytest.mark.parametrize(
    "text", ["/vpn", "  / vpn", "// /vpn", "/vpn@0.9{}", "\n/\n/ vpn", "/phishing_security", "\u2028/ vpn"]
)
def test_nobody_names_an_intent_by_a_slash(server: RasaServer, rasa: RasaUnderstander, text: str) -> None:
    rasa.find([text])
    assert not [sent for sent in server.texts if sent.startswith("/")]
    assert server.texts == [" ".join(text.split()).lstrip("/ ")]


@pytest.mark.parametrize("text", ["", "  ", "/", " / "])
def test_what_says_nothing_is_not_sent(server: RasaServer, rasa: RasaUnderstander, text: str) -> None:
    assert rasa.find([text]) is None
    assert (server.asked, rasa.standing.failures) == ([], 0)


@pytest.mark.parametrize("text", ["mon mot de passe est Soleil2024!", "mon mot de passe est\nSoleil2024!"])
def test_a_text_in_which_a_secret_stands_is_not_sent(server: RasaServer, rasa: RasaUnderstander, text: str) -> None:
    assert rasa.find([text]) is None
    assert rasa.find([TEXT, text]) is None
    assert (server.asked, rasa.standing.failures) == ([], 0)


def test_no_more_of_a_long_text_is_sent_than_a_server_can_bear(server: RasaServer, rasa: RasaUnderstander) -> None:
    rasa.find(["mon vpn rame " * 10_000])
    assert len(server.texts[0]) == 1_000


def test_the_server_tells_who_it_is_or_what_to_mend(server: RasaServer, rasa: RasaUnderstander) -> None:
    assert rasa.about() == "Rasa 3.6.21, model ours.tar.gz"
    server.fault = "no_model"
    with pytest.raises(RasaError, match="no model loaded") as caught:
        rasa.about()
    assert "rasa train nlu" in caught.value.mend
    server.stop()
    with pytest.raises(RasaError, match="cannot be reached"):
        rasa.about()
