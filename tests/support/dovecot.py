"""Dovecot 2.3 on loopback in a folder of its own: IMAP and LMTP, passwords and signed tokens."""

import base64
import grp
import hashlib
import hmac
import json
import os
import pwd
import secrets
import shutil
import time
from pathlib import Path
from string import Template

from tests.support.daemon import HOST, Daemon, quiet_ports

# Everything runs as one plain user, as root too, so nothing is locked into a folder of its own (chroot).
# `userdb static` would not do: it asks the passdbs, which here answer to some mechanisms only.
# Wrong passwords cost no time (auth_failure_delay, anvil-auth-penalty): tests try them on purpose.
CONFIGURATION = Template(r"""
base_dir = $folder/run
state_dir = $folder/run
log_path = $folder/dovecot.log
hostname = mx.desk.test
protocols = imap lmtp
listen = $host
default_internal_user = $user
default_internal_group = $group
default_login_user = $user
default_process_limit = 50
default_client_limit = 200
first_valid_uid = 1
first_valid_gid = 1
verbose_proctitle = yes
ssl = yes
ssl_cert = <$certificates/cert.pem
ssl_key = <$folder/key.pem
disable_plaintext_auth = yes
auth_mechanisms = plain login xoauth2 oauthbearer
auth_username_format = %Lu
auth_failure_delay = 0
mail_location = maildir:$folder/mail/%u
mail_fsync = never
recipient_delimiter = +
mail_max_userip_connections = 50
namespace inbox {
  inbox = yes
  separator = /
}
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = $folder/oauth2.conf
}
passdb {
  driver = dict
  mechanisms = plain login
  args = $folder/people.conf
}
userdb {
  driver = dict
  args = $folder/people.conf
  default_fields = uid=$uid gid=$gid home=$folder/home/%u
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $imap
  }
  inet_listener imaps {
    port = $imaps
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = $host
    port = $lmtp
  }
}
service auth {
  unix_listener sasl {
    mode = 0666
  }
}
!include_try $folder/rules.conf
""")

# People's own rules for their mails (Sieve), where Debian's dovecot-sieve is installed.
RULES = Template("""
submission_host = $host:$smtp
protocol lmtp {
  mail_plugins = sieve
}
plugin {
  sieve = file:~/rules.sieve
}
""")

# A file for each person, looked up afresh each time: whoever is added is known at once.
PEOPLE = Template("""
uri = fs:posix:prefix=$folder/people/
key passdb {
  key = %u/password
  format = json
}
key userdb {
  key = %u/mailbox
  format = json
}
passdb_objects = passdb
userdb_objects = userdb
""")

TOKENS = Template("""
introspection_mode = local
local_validation_key_dict = fs:posix:prefix=$folder/keys/
username_attribute = sub
""")
KEY = Path("keys", "default", "HS256", "default")  # client, algorithm and key id of a token that names none


class Dovecot:
    """One server; `folder` must be reachable for every user, and `certificates` hold cert.pem and key.pem."""

    def __init__(self, program: Path, folder: Path, certificates: Path) -> None:
        self.folder, self.secret = folder, secrets.token_bytes(32)
        self.imap_port, self.imaps_port, self.lmtp_port = quiet_ports(3)
        self.passwords: dict[str, str] = {}
        self.user = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        self._write_files(certificates)
        self.daemon = Daemon(
            [str(program), "-F", "-c", str(folder / "dovecot.conf")],
            log=folder / "dovecot.log", port=self.imap_port, greeting=b"* OK",
            user=self.user.pw_name if os.geteuid() == 0 else None,
        )  # fmt: skip

    @property
    def sasl(self) -> Path:
        """The socket at which an SMTP server asks about passwords and tokens."""
        return self.folder / "run" / "sasl"

    def add_user(self, address: str, password: str) -> None:
        """Make a mailbox, or change its password; known at once, to the running server too."""
        self.passwords[address] = password
        person = self.folder / "people" / address
        person.mkdir(exist_ok=True)
        (person / "password").write_text(json.dumps({"password": f"{{PLAIN}}{password}"}))
        (person / "mailbox").write_text("{}")

    def follow_rules(self, smtp_port: int) -> None:
        """Let people's rules decide what becomes of their mails; answers go out by this port. Before the start."""
        (self.folder / "rules.conf").write_text(RULES.substitute(host=HOST, smtp=smtp_port))

    def add_rules(self, address: str, sieve: str) -> None:
        """Give a mailbox rules; the next mail follows them."""
        home = self.folder / "home" / address
        home.mkdir(exist_ok=True)
        (home / "rules.sieve").write_text(sieve)
        for path in (home, home / "rules.sieve"):
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def token(self, address: str, lifetime: float = 3600.0) -> str:
        """An OAuth2 access token (JWT) for this mailbox, good for so many seconds; a negative number has expired."""
        expires = int(time.time() + lifetime)
        claims = {"sub": address, "iat": min(expires, int(time.time())) - 60, "exp": expires}
        signed = b".".join(url64(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "HS256"}, claims))
        return b".".join((signed, url64(hmac.digest(self.secret, signed, hashlib.sha256)))).decode()

    def sessions(self, address: str) -> list[int]:
        """Process ids of the IMAP sessions in which this user is logged in."""
        return [child for child in self.daemon.children() if is_session(child, address)]

    def _write_files(self, certificates: Path) -> None:
        for name in ("run", "mail", "home", "people", str(KEY.parent)):
            (self.folder / name).mkdir(parents=True)
        (self.folder / KEY).write_bytes(base64.b64encode(self.secret))
        values = {
            "folder": self.folder, "certificates": certificates, "host": HOST, "user": self.user.pw_name,
            "group": grp.getgrgid(self.user.pw_gid).gr_name, "uid": self.user.pw_uid, "gid": self.user.pw_gid,
            "imap": self.imap_port, "imaps": self.imaps_port, "lmtp": self.lmtp_port,
        }  # fmt: skip
        (self.folder / "dovecot.conf").write_text(CONFIGURATION.substitute(values))
        (self.folder / "oauth2.conf").write_text(TOKENS.substitute(values))
        (self.folder / "people.conf").write_text(PEOPLE.substitute(values))
        (self.folder / "dovecot.log").touch()
        shutil.copy(certificates / "key.pem", self.folder)
        for path in (self.folder, *self.folder.rglob("*")):
            os.chown(path, self.user.pw_uid, self.user.pw_gid)


def url64(data: bytes) -> bytes:
    """Base64 as tokens want it: for addresses, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def is_session(pid: int, address: str) -> bool:
    """Tell whether this process is an IMAP session of the user; its title names it."""
    try:
        title = Path("/proc", str(pid), "cmdline").read_bytes()
    except OSError:  # it has just ended
        return False
    return title.startswith(b"dovecot/imap [") and address.encode() in title
