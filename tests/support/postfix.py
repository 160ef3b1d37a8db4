"""Postfix on loopback in a folder of its own, before a Dovecot: SMTP, submission with AUTH, a queue, bounces."""

import functools
import os
import shutil
import subprocess
import time
from pathlib import Path
from string import Template

from tests.support.daemon import HOST, Daemon, quiet_ports
from tests.support.dovecot import Dovecot

DOMAINS = ("desk.test", "corp.test")

# Nothing can leave the machine: what is not for DOMAINS is refused, and every other way out is `error`.
# One table holds domains and mailboxes; Postfix sees by itself when it changes.
MAIN = Template("""
compatibility_level = 3.6
queue_directory = $folder/spool
data_directory = $folder/state
command_directory = $command_directory
daemon_directory = $daemon_directory
meta_directory = $meta_directory
multi_instance_name =
maillog_file = $folder/postfix.log
maillog_file_prefixes = $folder
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.desk.test
mydomain = desk.test
myorigin = desk.test
mydestination =
mynetworks =
alias_maps =
alias_database =
local_recipient_maps =
local_transport = error:5.1.1 no local users
virtual_mailbox_domains = $table
virtual_mailbox_maps = $table
virtual_transport = lmtp:inet:$host:$lmtp
lmtp_destination_recipient_limit = 1
recipient_delimiter = +
default_transport = error:5.7.1 nothing leaves this machine
relay_transport = error:5.7.1 nothing leaves this machine
smtp_dns_support_level = disabled
smtp_host_lookup = native
lmtp_host_lookup = native
smtpd_peername_lookup = no
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_sasl_type = dovecot
smtpd_sasl_path = $sasl
smtpd_tls_security_level = may
smtpd_tls_cert_file = $certificates/cert.pem
smtpd_tls_key_file = $certificates/key.pem
smtpd_tls_auth_only = yes
smtpd_error_sleep_time = 0
message_size_limit = 30000000
mailbox_size_limit = 0
virtual_mailbox_limit = 0
minimal_backoff_time = 2s
maximal_backoff_time = 4s
queue_run_delay = 2s
""")

MASTER = Template("""
$host:$smtp inet n - n - - smtpd
$host:$submission inet n - n - - smtpd -o smtpd_tls_security_level=encrypt $authenticated
$host:$smtps inet n - n - - smtpd -o smtpd_tls_wrappermode=yes $authenticated
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
""")
AUTHENTICATED = (
    "-o smtpd_sasl_auth_enable=yes -o smtpd_client_restrictions=permit_sasl_authenticated,reject"
    " -o smtpd_sasl_security_options=noanonymous"
)


class Postfix:
    """One server that delivers to `dovecot`; its master runs as root only."""

    def __init__(self, program: Path, folder: Path, certificates: Path, dovecot: Dovecot) -> None:
        self.programs, self.folder, self.dovecot = program.parent, folder, dovecot
        self.mailboxes: set[str] = set()
        self.second = int(time.time())
        self.smtp_port, self.submission_port, self.smtps_port = quiet_ports(3)
        self._write_files(certificates)
        self._run("postfix", "check")  # makes the queue's folders
        self.add_mailbox(*DOMAINS)
        self.daemon = Daemon(
            [f"{setting(program, 'daemon_directory')}/master", "-c", str(folder), "-s"],
            log=folder / "postfix.log", port=self.smtp_port, greeting=b"220 ",
        )  # fmt: skip

    def add_mailbox(self, *addresses: str) -> None:
        """Accept mail for these addresses of DOMAINS (and what follows a `+` in them) from now on.

        Postfix sees that a table has changed by its time in whole seconds: each change has one of its own.
        """
        self.mailboxes.update(addresses)
        table = self.folder / "mailboxes"
        table.write_text("".join(f"{name} OK\n" for name in sorted(self.mailboxes)))
        self._run("postmap", self._table())
        self.second += 1
        for database in self.folder.glob("mailboxes.*"):
            os.utime(database, (self.second, self.second))

    def queued(self) -> int:
        """How many messages are accepted and not yet delivered."""
        return len(self._run("postqueue", "-j").splitlines())

    def deliver_now(self) -> None:
        """Try all that waits in the queue at once."""
        self._run("postqueue", "-f")

    def _table(self) -> str:
        return f"{setting(self.programs / 'postfix', 'default_database_type')}:{self.folder}/mailboxes"

    def _write_files(self, certificates: Path) -> None:
        for name in ("spool", "state"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "state", "postfix")
        own = ("command_directory", "daemon_directory", "meta_directory")
        values = {
            "folder": self.folder, "certificates": certificates, "host": HOST, "table": self._table(),
            "lmtp": self.dovecot.lmtp_port, "sasl": self.dovecot.sasl, "authenticated": AUTHENTICATED,
            "smtp": self.smtp_port, "submission": self.submission_port, "smtps": self.smtps_port,
            **{name: setting(self.programs / "postfix", name) for name in own},
        }  # fmt: skip
        (self.folder / "main.cf").write_text(MAIN.substitute(values))
        (self.folder / "master.cf").write_text(MASTER.substitute(values))
        os.utime(self.folder / "main.cf", (0, 0))  # Postfix does not read it until it has been left alone for a while

    def _run(self, program: str, *arguments: str) -> str:
        command = [str(self.programs / program), "-c", str(self.folder), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr or done.stdout}")
        return done.stdout


@functools.cache
def setting(program: Path, name: str) -> str:
    """What this Postfix was built with."""
    command = [str(program.parent / "postconf"), "-dh", name]
    outside = {key: value for key, value in os.environ.items() if key != "MAIL_CONFIG"}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=outside).stdout.strip()
