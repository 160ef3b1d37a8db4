"""Who may read and write a chat: whoever holds its token. Nothing is stored but the token's hash, as its address."""

import base64
import hashlib
import hmac
import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path

SECRET_BYTES = 32
RANDOM_BYTES = 24
STAMP_BYTES = 4
MAC_BYTES = 16
LIFETIME = timedelta(days=180)
_DAY = 86_400


def kept_secret(file: Path) -> bytes:
    """Read the key that signs session tokens, made at the first call and readable by its owner alone."""
    try:
        return _whole(file)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as made:
            made.write(secrets.token_bytes(SECRET_BYTES))
        try:
            os.link(fresh, file)  # never over a key that another process made meanwhile
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        return _whole(file)


def _whole(file: Path) -> bytes:
    secret = file.read_bytes()
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"{file}: holds {len(secret)} bytes, not {SECRET_BYTES}; delete it to have a new key made")
    return secret


class Sessions:
    """Gives out session tokens and recognises them, by their signature alone."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def begin(self, now: datetime) -> str:
        """Make a token: the day, 192 random bits, and the signature of both."""
        body = int(now.timestamp() // _DAY).to_bytes(STAMP_BYTES, "big") + secrets.token_bytes(RANDOM_BYTES)
        return base64.urlsafe_b64encode(body + self._mac(body)).decode()

    def address_key(self, token: str, now: datetime) -> str:
        """Give the key of the token's chat, nothing for a token that is not ours or too old."""
        try:
            raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
        except ValueError:
            return ""
        if base64.urlsafe_b64encode(raw).decode() != token:  # one chat has one token, not several spellings of it
            return ""
        body, mac = raw[: STAMP_BYTES + RANDOM_BYTES], raw[STAMP_BYTES + RANDOM_BYTES :]
        if not hmac.compare_digest(mac, self._mac(body)):
            return ""
        begun = int.from_bytes(body[:STAMP_BYTES], "big") * _DAY
        fresh = now.timestamp() - begun <= LIFETIME.total_seconds()
        return hashlib.sha256(body).hexdigest() if fresh else ""

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._secret, b"guichet-web:" + body, "sha256")[:MAC_BYTES]
