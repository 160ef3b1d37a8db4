"""Against a running Rasa server trained on the phrases that ship (GUICHET_RASA_URL, GUICHET_RASA_TOKEN)."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
import pytest

from bot.dialog.understanding import Understanding
from bot.nlu.composed import Composed
from bot.nlu.pipeline import Pipeline
from bot.nlu.rasa import RasaUnderstander, Server
from bot.ports.clock import SystemClock
from bot.ports.understander import Hints
from tests.nlu.rasa_server import RasaServer

URL, TOKEN = os.environ.get("GUICHET_RASA_URL", ""), os.environ.get("GUICHET_RASA_TOKEN", "")
MESSAGES = Path(__file__).with_name("messages.txt")

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not URL, reason="GUICHET_RASA_URL names no running Rasa server"),
]


@pytest.fixture
def rasa() -> Iterator[RasaUnderstander]:
    with RasaUnderstander(Server(URL, TOKEN, seconds=10), SystemClock()) as understander:
        yield understander


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, str]]:
    """Intent and message, those that stand in no training file."""
    lines = [line for line in MESSAGES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(line.split("|", 1)[0], line.split("|", 1)[1]) for line in lines]


@dataclass(frozen=True)
class Score:
    """Shares of right answers, of messages acted on, of right ones among these; and milliseconds a message."""

    who: str
    first: float
    among_three: float
    acted: float
    right_of_acted: float
    p50: float
    p95: float

    def __str__(self) -> str:
        shares = f"first {self.first:.3f}  top3 {self.among_three:.3f}  acted {self.acted:.3f}"
        return f"{self.who:8} {shares}  right {self.right_of_acted:.3f}  p50 {self.p50:.1f} ms  p95 {self.p95:.1f} ms"


def score(who: str, rows: list[tuple[str, str]], understand: Callable[[str], Understanding]) -> Score:
    told, times = [], []
    for intent, text in rows:
        began = time.perf_counter()
        told.append((intent, understand(text)))
        times.append((time.perf_counter() - began) * 1000)
    tops = [(intent, [one.intent for one in each.ranking]) for intent, each in told]
    acted = [intent == each.intent for intent, each in told if each.intent]
    return Score(
        who,
        float(np.mean([intent in top[:1] for intent, top in tops])),
        float(np.mean([intent in top[:3] for intent, top in tops])),
        len(acted) / len(told),
        float(np.mean(acted or [False])),
        *(float(np.quantile(times, share)) for share in (0.5, 0.95)),
    )


def test_the_server_tells_who_it_is(rasa: RasaUnderstander) -> None:
    assert rasa.about().startswith("Rasa 3.")


def test_every_message_is_answered_and_figures_are_told(
    rasa: RasaUnderstander,
    pipeline: Pipeline,
    rows: list[tuple[str, str]],
    hints: Hints,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def alone(text: str) -> Understanding:
        found = rasa.find([text])
        assert found, text
        topics = found[0].topics
        return Understanding(intent=topics[0].intent if found[0].sure else None, ranking=topics)

    composed, only = Composed(pipeline, (rasa,)), Composed(pipeline, (rasa,), falls_back=False)
    scores = [
        score("rasa", rows, alone),
        score("own", rows, lambda text: pipeline.understand(text, hints)),
        score("rasa,own", rows, lambda text: composed.understand(text, hints)),
        score("rasa+rules", rows, lambda text: only.understand(text, hints)),
    ]
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(map(str, scores)) + f"\n{rasa.about()}, {len(rows)} messages\n")
    assert rasa.standing.failures == 0
    assert scores[2].first >= 0.75


def test_signals_are_heard_whatever_the_server_says(
    rasa: RasaUnderstander, pipeline: Pipeline, rows: list[tuple[str, str]], hints: Hints
) -> None:
    composed = Composed(pipeline, (rasa,))
    for intent, text in rows:
        told = composed.understand(text, hints)
        if intent == "human_request":
            assert told.wants_human, text
        if intent == "phishing_security":
            assert told.threat, text


@pytest.mark.skipif(not TOKEN, reason="GUICHET_RASA_TOKEN is not set")
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", f"/version?token={TOKEN}", b""),
        ("GET", "/status", b""),
        ("GET", f"/status?token={TOKEN}", b""),
        ("POST", "/model/parse", b'{"text":"vpn"}'),
        ("POST", f"/model/parse?token={TOKEN}", b'{"text":'),
        ("POST", f"/model/parse?token={TOKEN}", b'{"text":"/vpn"}'),
        ("POST", f"/model/parse?token={TOKEN}", b'{"text":"mon vpn"}'),
    ],
)
def test_the_stand_in_answers_as_the_server_does(method: str, path: str, body: bytes) -> None:
    with RasaServer(token=TOKEN) as server, httpx.Client() as client:
        real, ours = (client.request(method, f"{url}{path}", content=body) for url in (URL, server.url))
    assert ours.status_code == real.status_code
    assert [name for name in ours.headers if name != "content-length"] == [
        name for name in real.headers if name != "content-length"
    ]
    assert list(ours.json()) == list(real.json())
    if real.status_code != httpx.codes.OK or b"/vpn" in body:
        assert ours.content == real.content


@pytest.mark.parametrize(
    "text", ["/vpn", "a\ud800b \x00 🙂 mon VPN", "mon vpn rame " * 10_000, "e\u0301cran noir", "•••••", "\u202e rtl"]
)
def test_odd_texts_are_answered_and_none_is_taken_for_a_told_intent(rasa: RasaUnderstander, text: str) -> None:
    found = rasa.find([text])
    assert found is not None
    assert len(found[0].topics) > 1
    assert rasa.standing.failures == 0


def test_a_wrong_token_and_a_time_that_is_too_short_are_failures() -> None:
    for server in (Server(URL, f"{TOKEN}x"), Server(URL, TOKEN, seconds=0.001)):
        with RasaUnderstander(server, SystemClock()) as rasa:
            found = rasa.find(["mon vpn ne marche plus"])
            assert found is None or not TOKEN
