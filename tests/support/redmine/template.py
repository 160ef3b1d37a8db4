"""A Redmine ready to be copied: migrated, filled by seed.rb, and kept per machine, for that takes a while.

Debian's own folder is only read. Redmine runs in a copy of it with a database file, keys and logs of its own.
"""

import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SEED = Path(__file__).with_name("seed.rb")
PARTS = ("app", "bin", "config", "config.ru", "db", "lib", "Gemfile", "Rakefile")
ACCOUNTS = "accounts.json"
DATABASE = "production: {adapter: sqlite3, database: db/redmine.sqlite3, timeout: 10000}\n"
STEP_LIMIT = 300  # seconds
# Debian's Gemfile looks for the database's kind in its own folders.
THEIRS = "Dir['/usr/share/redmine/{config,instances/*/config}/database.yml']"
OURS = "[File.expand_path('instances/default/config/database.yml', __dir__)]"


def unprivileged_user() -> str | None:
    """The user to run as where the tests run as root; None keeps the present user."""
    if os.geteuid() != 0:
        return None
    return "www-data" if "www-data" in {user.pw_name for user in pwd.getpwall()} else "nobody"


def quick_folder() -> Path:
    """Memory where there is such a disk."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and os.access(memory, os.W_OK) else Path(tempfile.gettempdir())


def template(redmine: Path) -> Path:
    """Give the folder to copy, made now unless this machine has it already."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "guichet-tests"
    cache.mkdir(parents=True, exist_ok=True)
    kept = cache / f"redmine-{_fingerprint(redmine)}"
    with _lock(kept.with_suffix(".lock")):
        if not kept.is_dir():
            with _workplace() as folder:
                _build(redmine, folder)
                half = Path(tempfile.mkdtemp(dir=cache))
                shutil.copytree(folder, half, symlinks=True, dirs_exist_ok=True)
                half.rename(kept)
    return kept


def environment(folder: Path) -> dict[str, str]:
    """What Redmine's programs are told; nothing of ours reaches them."""
    return {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8", "RAILS_ENV": "production"}


def give_away(folder: Path) -> None:
    """Let the user that Redmine runs as own the folder."""
    user = unprivileged_user()
    if user:
        for path in (folder, *folder.rglob("*")):
            if not path.is_symlink():
                shutil.chown(path, user, pwd.getpwnam(user).pw_gid)


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # let go when the file is closed, whatever happens
        yield


@contextmanager
def _workplace() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="guichet-redmine-", dir=quick_folder()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fingerprint(redmine: Path) -> str:
    version = redmine / "lib/redmine/version.rb"
    parts = (version, redmine / "Gemfile.lock", SEED, Path(__file__))
    content = b"".join(part.read_bytes() for part in parts if part.exists())
    return hashlib.sha256(content).hexdigest()[:16]


def _build(redmine: Path, folder: Path) -> None:
    for part in PARTS:
        source = redmine / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("database.yml"))
        else:
            shutil.copy(source, folder / part)
    (folder / "public").symlink_to(redmine / "public")
    gemfile = folder / "Gemfile"
    gemfile.write_text(gemfile.read_text().replace(THEIRS, OURS))
    home = folder / "instances" / "default"
    for name in ("config", "files", "log", "tmp"):
        (home / name).mkdir(parents=True)
    (home / "config" / "database.yml").write_text(DATABASE)
    (home / "config" / "secret_key.txt").write_text(secrets.token_hex(64))
    shutil.copy(SEED, folder / SEED.name)
    give_away(folder)
    for step in (["rake", "db:migrate"], ["rake", "redmine:load_default_data"], ["rails", "runner", SEED.name]):
        _run(folder, ["bundle", "exec", *step])


def _run(folder: Path, command: list[str]) -> None:
    user = unprivileged_user()
    more = {"REDMINE_LANG": "en", "SCHEMA": str(folder / "schema.rb"), "GUICHET_ACCOUNTS": str(folder / ACCOUNTS)}
    done = subprocess.run(
        command, cwd=folder, env=environment(folder) | more, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=STEP_LIMIT, check=False, user=user, extra_groups=[] if user else None,
        group=pwd.getpwnam(user).pw_gid if user else None,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
