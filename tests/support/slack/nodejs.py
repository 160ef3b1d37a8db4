"""Slack's own clients for JavaScript, from npm, kept outside the repository; and programs run on them."""

import contextlib
import fcntl
import functools
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.support.daemon import guard
from tests.support.slack.server import LIMIT

HERE = Path(__file__).parent / "js"
INSTALL_LIMIT = 180.0  # seconds
OLDEST = 20  # of node


class NoNodeError(Exception):
    """Why there is no JavaScript to run, and the mend."""


@functools.cache
def node_modules() -> Path:
    """The folder with the packages of js/package.json, installed once on this machine. Raises NoNodeError."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise NoNodeError("node or npm is not installed (Debian: nodejs npm)")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.removeprefix("v").partition(".")[0]) < OLDEST:
        raise NoNodeError(f"node {version} is too old for Slack's clients, which need {OLDEST}")
    wanted = HERE / "package.json"
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = home / "guichet-tests" / f"slack-js-{hashlib.sha256(wanted.read_bytes()).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several workers may come at once
        if not (folder / "complete").exists():
            install(npm, wanted, folder)
            (folder / "complete").touch()
    return folder / "node_modules"


def install(npm: str, wanted: Path, folder: Path) -> None:
    """Run npm. Raises NoNodeError where its registry cannot be reached."""
    shutil.copy(wanted, folder)
    words = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder)]
    try:
        subprocess.run(words, cwd=folder, check=True, capture_output=True, timeout=INSTALL_LIMIT)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failed:
        said = (failed.stderr or b"").decode(errors="replace").strip().splitlines()[-1:]
        raise NoNodeError(f"npm cannot install Slack's clients: {' '.join(said) or failed}") from failed


@contextlib.contextmanager
def running_node(program: str, log: Path, **environment: str) -> Iterator[None]:
    """Run a program of js/ until the block ends; it has to say "ready"."""
    seen = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with log.open("wb") as errors:
        process = subprocess.Popen(
            ["node", str(HERE / program)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True,
            env=seen | {"NODE_PATH": str(node_modules())} | environment, start_new_session=True,
        )  # fmt: skip
    watch = guard(process.pid)
    try:
        assert process.stdout is not None
        said = next((line for line in process.stdout if "ready" in line), "")
        assert said, f"{program} did not start:\n{log.read_text(errors='replace')}"
        yield
    finally:
        process.kill()
        process.communicate(timeout=LIMIT)
        watch.kill()
        watch.communicate()
