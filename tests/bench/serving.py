"""What serving costs: time of a message, of a start and of learning, and the memory of the process."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.nlu.lists import listed
from tests.support.needs import ROOT
from tests.support.served import Served
from tests.support.web import Visitor

VISITORS, EACH = 10, 10  # messages of each visitor; more at once would be turned away


def served(home: Path) -> dict[str, float]:
    """Measure on a home that is filled here first, so that each start is a second one."""
    house = Served(home)
    house.start()
    house.stop()
    return {**_alone("learning", home), **_alone("messages", home), **_running(house)}


def _alone(what: str, home: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.alone", what, str(home)]
    outside = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, cwd=ROOT, env=outside, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def _running(house: Served) -> dict[str, float]:
    start = time.perf_counter()
    house.start()
    started = time.perf_counter() - start
    try:
        assert house.process is not None
        bare = _resident(house.process.pid)
        _talk(house.base)
        return {"start": started, "memory_at_start": bare, "memory": _resident(house.process.pid)}
    finally:
        house.stop()


def _talk(base: str) -> None:
    """Have visitors write, and wait until each has an answer to every message."""
    told = [text for _, _, text in listed("unseen_looked_at.txt")]
    for at in range(VISITORS):
        with httpx.Client(base_url=base, timeout=30) as client:
            client.headers["Authorization"] = f"Bearer {client.post('/chat/session').json()['token']}"
            visitor = Visitor(client)
            for text in told[at * EACH : (at + 1) * EACH]:
                visitor.post(text=text).raise_for_status()
            visitor.until(lambda lines: sum(line["by"] == "bot" for line in lines) > 0)


def _resident(process: int) -> float:
    """The resident set, MB."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1_000 for line in lines if line.startswith("VmRSS:"))
