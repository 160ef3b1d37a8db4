"""Raw mails for tests, written as a server stores them."""

from bot.channels.email.mail import Mail, Ours
from bot.channels.email.reading import read_mail

DESK = "support@desk.example"
OURS = Ours(frozenset({DESK}), "mx.desk.example", lambda identifier: identifier.endswith(".sealed@desk.example>"))
HEAD = {
    "From": "Claire Martin <claire@client.example>",
    "To": f"Support <{DESK}>",
    "Subject": "VPN en panne",
    "Date": "Mon, 05 Jan 2026 10:02:11 +0100",
    "Message-ID": "<one@client.example>",
}


def raw(body: str | bytes = "Bonjour, mon VPN ne marche plus depuis ce matin.\n", **fields: str | None) -> bytes:
    """A mail of Claire's; `fields` change or add to its header (`reply_to` is Reply-To), None takes one away."""
    named = {name.replace("_", "-").title(): value for name, value in fields.items()}
    named = {{"Message-Id": "Message-ID"}.get(name, name): value for name, value in named.items()}
    head = "".join(f"{name}: {value}\n" for name, value in {**HEAD, **named}.items() if value is not None)
    return (head + "\n").encode() + (body if isinstance(body, bytes) else body.encode())


def read(body: str | bytes = "Bonjour, mon VPN ne marche plus depuis ce matin.\n", **fields: str | None) -> Mail:
    """Read such a mail."""
    return read_mail(raw(body, **fields), OURS)


def part(body: str | bytes, kind: str = "text/plain", **fields: str) -> bytes:
    """One part of a multipart."""
    head = f"Content-Type: {kind}\n" + "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in fields.items())
    return head.encode() + b"\n" + (body if isinstance(body, bytes) else body.encode())


def parts(*inside: bytes, boundary: str = "BORDER") -> bytes:
    """Parts put together."""
    line = f"\n--{boundary}".encode()
    return b"".join(line + b"\n" + one for one in inside) + line + b"--\n"


def read_parts(*inside: bytes, kind: str = "multipart/mixed", **fields: str | None) -> Mail:
    """Read a mail of several parts."""
    return read(parts(*inside), content_type=f'{kind}; boundary="BORDER"', **fields)


def words(text: str) -> str:
    """A text with its blanks made equal."""
    return " ".join(text.split())
