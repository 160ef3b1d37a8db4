"""Debian's Request Tracker on loopback in a folder of its own: started, killed and started again with its data."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Template
from typing import Any

import httpx

from tests.support.daemon import HOST, Daemon, quiet_ports

SEED = Path(__file__).with_name("seed.pl")
PROGRAM = "/usr/share/request-tracker5/libexec/rt-server"
PATIENCE = 30.0  # seconds

# Durability is of no use to what lives as long as the tests, and neither is a slow check of a token (BcryptCost).
CONFIGURATION = Template("""use utf8;
Set($$rtname, 'desk.test');
Set($$Organization, 'desk.test');
Set($$DatabaseType, 'SQLite');
Set($$DatabaseName, '$folder/rt.sqlite3');
Set($$WebDomain, '$host');
Set($$WebPort, $port);
Set($$WebBaseURL, 'http://$host:$port');
Set($$WebPath, '');
Set($$MailCommand, 'testfile');
Set($$LogToSyslog, undef);
Set($$LogToSTDERR, 'warning');
Set($$MasonDataDir, '$folder/mason');
Set($$MasonSessionDir, '$folder/session');
Set($$MasonLocalComponentRoot, '$folder/local');
Set($$RestrictReferrer, 0);
Set($$WebSecureCookies, 0);
Set($$Timezone, 'UTC');
Set($$BcryptCost, 4);
1;
""")


class Tracker:
    """One Request Tracker. `tokens` are those of root, guichet (our account), mute (without rights) and ana (an agent).

    Everything here waits where it stands. An async test whose own loop must go on meanwhile calls it in a thread.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (self.port,) = quiet_ports(1)
        self.host = HOST
        self.url = f"http://{HOST}:{self.port}"
        self.tokens: dict[str, str] = {}
        self._user = "nobody" if os.geteuid() == 0 else None
        command = [*self._environment(), "perl", PROGRAM, "--host", HOST, "--port", str(self.port)]
        log = folder / "rt.log"
        self.daemon = Daemon([*command, "--server", "Standalone"], log, self.port, b"", user=self._user)

    def install(self) -> None:
        """Make its database with all that seed.pl names. Raises RuntimeError with what it said."""
        for name in ("conf", "mason", "session", "local"):
            (self.folder / name).mkdir()
        values = {"folder": self.folder, "host": HOST, "port": self.port}
        (self.folder / "RT_SiteConfig.pm").write_text(CONFIGURATION.substitute(values))
        shutil.copy(SEED, self.folder / "seed.pl")
        for path in (self.folder, *self.folder.rglob("*")):
            if self._user:
                shutil.chown(path, self._user)
        self._set_up("init")
        self._set_up("insert", "--datafile", str(self.folder / "seed.pl"))
        lines = (self.folder / "tokens").read_text().splitlines()
        self.tokens = dict(line.split() for line in lines)

    def start(self) -> None:
        """Start it, unless it runs."""
        self.daemon.start()

    def kill(self) -> None:
        """End it with SIGKILL; its data stays."""
        self.daemon.kill()

    def ask(self, method: str, path: str, who: str = "root", **request: Any) -> Any:
        """Carry out one REST request as somebody, past our own code. Raises httpx.HTTPError where it is refused."""
        headers = {"Authorization": f"token {self.tokens[who]}"}
        with httpx.Client(timeout=PATIENCE, trust_env=False, headers=headers) as client:
            answer = client.request(method, f"{self.url}/REST/2.0{path}", **request)
        answer.raise_for_status()
        return answer.json()

    def new_queue(self) -> str:
        """Make a queue that no other test has, and name it."""
        name = f"Queue {secrets.token_hex(4)}"
        self.ask("POST", "/queue", json={"Name": name})
        return name

    def subjects(self, queue: str) -> list[str]:
        """Give the subject of every ticket in a queue, in the order of their numbers."""
        found: list[str] = []
        for page in range(1, 100):
            query = {"query": f"Queue = '{queue}'", "orderby": "id", "per_page": "100", "page": str(page)}
            answer = self.ask("GET", "/tickets", params=query | {"fields": "Subject"})
            found += [one["Subject"] for one in answer["items"]]
            if page >= (answer["pages"] or 0):
                return found
        raise AssertionError("more tickets than can be")

    def _environment(self) -> list[str]:
        settings = {
            "RT_SITE_CONFIG": f"{self.folder}/RT_SiteConfig.pm",
            "RT_SITE_CONFIG_DIR": f"{self.folder}/conf",
            "GUICHET_TOKENS": f"{self.folder}/tokens",
            "TMPDIR": str(self.folder),
            "HOME": str(self.folder),
        }
        return ["env", *(f"{name}={value}" for name, value in settings.items())]

    def _set_up(self, action: str, *more: str) -> None:
        done = subprocess.run(
            [*self._environment(), "/usr/sbin/rt-setup-database-5", "--action", action, *more],
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, cwd=self.folder,
            user=self._user, extra_groups=[] if self._user else None, group="nogroup" if self._user else None,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"rt-setup-database-5 --action {action}:\n{done.stdout}\n{done.stderr}")


@contextmanager
def running_tracker() -> Iterator[Tracker]:
    """Start a Request Tracker in a folder of its own, in memory where that can be, and leave nothing behind."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="guichet-tracker-", dir=memory if memory.is_dir() else None))
    tracker = Tracker(folder)
    try:
        tracker.install()
        tracker.start()
        yield tracker
    finally:
        tracker.daemon.stop()
        shutil.rmtree(folder, ignore_errors=True)
