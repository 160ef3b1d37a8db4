"""Whether our own mail server vouches for the sender (RFC 8601); nothing that a sender can write is believed."""

import re
from collections.abc import Sequence

from .headers import Headers, mailboxes

_RESULT = re.compile(r"\s*dmarc\s*(?:/\s*\d+\s*)?=\s*([a-z]+)\b(.*)", re.IGNORECASE | re.DOTALL)
_REASON = re.compile(r"\breason\s*=\s*\"[^\"]*\"", re.IGNORECASE)  # free text
_DOMAIN = re.compile(r"\bheader\s*\.\s*from\s*=\s*(?:\"([^\"]*)\"|([^\s;\"]+))", re.IGNORECASE)


def is_authenticated(headers: Headers, authserv_id: str) -> bool:
    """Tell whether the topmost result of the server `authserv_id` has dmarc=pass for the domain in From.

    Lower results of the same name may have come with the mail. A mail of several senders is nobody's.
    """
    domain = _sender_domain(headers)
    if not authserv_id.strip() or not domain:
        return False
    for field in headers.all("authentication-results"):
        server, results = _read(field)
        if server == authserv_id.strip().lower():
            return _passes(results, domain)
    return False


def _sender_domain(headers: Headers) -> str:
    fields = headers.all("from")
    found = mailboxes(fields[0]) if len(fields) == 1 else []
    if len(found) != 1 or fields[0].count("@") - found[0].name.count("@") > 1:
        return ""
    return _plain(found[0].address.rpartition("@")[2])


def _read(field: str) -> tuple[str, Sequence[str]]:
    """Split a field into the name of the server and what it found; comments are taken out."""
    first, *results = _divided(_without_comments(field))
    server = first.strip().split(" ")[0].strip('"')  # a version may follow
    return server.lower(), results


def _passes(results: Sequence[str], domain: str) -> bool:
    found = [match for one in results if (match := _RESULT.match(one))]
    return bool(found) and all(match[1].lower() == "pass" and _vouched(match[2]) == domain for match in found)


def _vouched(properties: str) -> str:
    found = _DOMAIN.findall(_REASON.sub(" ", properties))
    return _plain("".join(found[0]).rpartition("@")[2]) if len(found) == 1 else ""


def _plain(domain: str) -> str:
    """A domain as it is compared: small letters, in ASCII."""
    domain = domain.strip().rstrip(".").lower()
    try:
        return domain.encode("idna").decode("ascii") if not domain.isascii() and len(domain) < 250 else domain
    except UnicodeError:
        return ""


def _without_comments(field: str) -> str:
    """Take out comments, which may stand in one another; in a quoted string there are none."""
    out: list[str] = []
    depth, quoted, skip = 0, False, False
    for char in field:
        if skip:  # what is escaped is dropped: as a quote or a bracket it would mislead whoever reads on
            skip = False
            continue
        if char == "\\":
            skip = True
            continue
        if char == '"' and not depth:
            quoted = not quoted
        elif char == "(" and not quoted:
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            out.append(" ")
            continue
        if not depth:
            out.append(char)
    return "" if depth or quoted else "".join(out)  # what is not closed could hide anything


def _divided(field: str) -> list[str]:
    """Split at the semicolons that stand in no quoted string."""
    parts, quoted = [""], False
    for char in field:
        quoted ^= char == '"'
        if char == ";" and not quoted:
            parts.append("")
        else:
            parts[-1] += char
    return parts
