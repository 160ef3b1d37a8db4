"""A certificate authority of our own, and one certificate of it for the servers of the tests."""

import ssl
import subprocess
from pathlib import Path

from tests.support.daemon import HOST

# Python 3.13 and later hold certificates to the letter of RFC 5280; these extensions are what it wants.
AUTHORITY = ("basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign")
SERVER = ("basicConstraints=critical,CA:FALSE", f"subjectAltName=DNS:mx.desk.test,IP:{HOST}",
          "extendedKeyUsage=serverAuth", "authorityKeyIdentifier=keyid")  # fmt: skip


def make_certificates(folder: Path) -> None:
    """Write `ca.pem`, and `cert.pem` with `key.pem` for a server; valid from now for two days."""
    _make(folder / "ca", "Guichet's tests", AUTHORITY)
    _make(folder / "cert", "mx.desk.test", SERVER, "-CA", str(folder / "ca.pem"), "-CAkey", str(folder / "ca.key"))
    (folder / "cert.key").rename(folder / "key.pem")


def trusting(ca: Path) -> ssl.SSLContext:
    """A client's TLS context that trusts this authority alone."""
    return ssl.create_default_context(cafile=str(ca))


def _make(target: Path, name: str, extensions: tuple[str, ...], *signer: str) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc",
               "-days", "2", "-subj", f"/CN={name}", "-keyout", f"{target}.key", "-out", f"{target}.pem", *signer,
               *(word for extension in extensions for word in ("-addext", extension))]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"openssl (3.0 or later) made no certificate:\n{done.stderr}")
