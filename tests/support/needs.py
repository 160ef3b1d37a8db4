"""What some tests need of the machine, looked up once, and what to do where it is missing."""

import functools
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SIEVE = Path("/usr/lib/dovecot/modules/lib90_sieve_plugin.so")


@functools.cache
def postgres_programs() -> Path | None:
    """Folder with `initdb` and `postgres` of the newest PostgreSQL here; Debian keeps it off the PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda found: int(found.parts[-3]))
    if debian:
        return debian[-1].parent
    on_path = shutil.which("postgres")
    return Path(on_path).resolve().parent if on_path else None


@functools.cache
def chromium_program() -> Path | None:
    """The browser of this machine; the tests never download one."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return Path(found)
    return None


def server_program(name: str) -> Path | None:
    """A server's program; Debian keeps those where most people's PATH does not look."""
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"]))
    return Path(found) if found else None


@functools.cache
def dovecot_program() -> Path | None:
    """Debian's Dovecot with IMAP and LMTP; 2.3, for 2.4 reads another configuration."""
    found = server_program("dovecot")
    if found is None or not all(Path("/usr/lib/dovecot", part).exists() for part in ("imap", "lmtp")):
        return None
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    return found if version.startswith("2.3.") else None


def sieve_module() -> Path | None:
    """The rules that people's mailboxes follow, their absence notices among them."""
    return SIEVE if SIEVE.exists() else None


def postfix_program() -> Path | None:
    """Postfix, whose master runs as root only."""
    return server_program("postfix") if os.geteuid() == 0 else None


def tracker_program() -> Path | None:
    """Debian's Request Tracker 5 with its SQLite and its server of one process."""
    parts = ("sbin/rt-setup-database-5", "share/request-tracker5/libexec/rt-server")
    found = [Path("/usr", part) for part in parts]
    return found[1] if all(path.exists() for path in found) else None


@functools.cache
def redmine_folder() -> Path | None:
    """Debian's Redmine 5 with what runs it on SQLite; its own database and service are not used."""
    folder = Path("/usr/share/redmine")
    version = folder / "lib/redmine/version.rb"
    if not version.exists() or "MAJOR = 5" not in version.read_text():
        return None
    has_sqlite = any(Path("/usr/share/rubygems-integration").glob("*/specifications/sqlite3-*.gemspec"))
    return folder if has_sqlite and shutil.which("puma") and shutil.which("bundle") else None


def shared_folder() -> Path | None:
    """The material folder beside the checkout, absent in most clones."""
    return SHARED if SHARED.is_dir() else None


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a mark asks for. Where a package can be installed, CI must have it."""

    find: Callable[[], Path | None]
    missing: str
    installable: bool


NEEDS = {
    "postgres": Need(postgres_programs, "PostgreSQL's server is not installed (Debian: postgresql)", True),
    "browser": Need(chromium_program, "Chromium is not installed (Debian: chromium)", True),
    "mail": Need(dovecot_program, "Dovecot 2.3 is not installed (Debian 12: dovecot-imapd dovecot-lmtpd)", True),
    "sieve": Need(sieve_module, "Dovecot's Sieve is not installed (Debian: dovecot-sieve)", True),
    "smtp": Need(
        postfix_program,
        "Postfix is not installed (Debian: postfix)" if os.geteuid() == 0 else "Postfix needs root",
        os.geteuid() == 0,
    ),
    "tracker": Need(
        tracker_program,
        "Request Tracker is not installed (Debian 12: request-tracker5 rt5-db-sqlite rt5-standalone)",
        True,
    ),
    "redmine": Need(redmine_folder, "Redmine 5 is not installed (Debian 12: redmine redmine-sqlite puma)", True),
    "shared": Need(shared_folder, "there is no folder ../shared", False),
}


def require(name: str) -> Path:
    """Return what the mark `name` asks for; where it is missing skip the test, or fail it on CI if it is a package."""
    need = NEEDS[name]
    found = need.find()
    if found is not None:
        return found
    if need.installable and os.environ.get("CI") == "true":
        pytest.fail(f"{need.missing}, and CI must not skip it", pytrace=False)
    pytest.skip(need.missing)
