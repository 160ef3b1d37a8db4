"""What the keys of guichet.toml take, as patterns and in words: nobody is shown a pattern."""

from collections.abc import Mapping

MAILBOX = r"^[^@\s]+@[^@\s]+$"
MAILBOX_OR_NONE = r"^([^@\s]+@[^@\s]+)?$"
# Secrets go there: in clear to this machine only.
SAFE = r"^((https://[A-Za-z0-9.-]+|http://(127\.0\.0\.\d{1,3}|localhost))(:\d{1,5})?(/[A-Za-z0-9._~/-]*)?)?$"
EMOJI = r"^[a-z0-9_+'-]{1,100}$"
ORIGIN = r"^https?://[A-Za-z0-9.-]+(:\d{1,5})?$"
LISTEN = r"^(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$"
HTTP = r"^(https?://[A-Za-z0-9.-]+(:\d{1,5})?(/[A-Za-z0-9._~/-]*)?)?$"

_ADDRESS = ("is no mail address", 'an address such as "support@example.org"')
Words = tuple[str, str]  # fault, mend
PATTERNS: Mapping[str, Words] = {
    MAILBOX: _ADDRESS,
    MAILBOX_OR_NONE: _ADDRESS,
    SAFE: (
        "is no address that secrets may be sent to",
        "one that begins with https:// and holds no password, ? or #; http:// for this machine (127.0.0.1) only",
    ),
    EMOJI: ("is no name of an emoji", 'the name without its colons, in small letters: "ticket"'),
    ORIGIN: ("is no site", 'https:// and the host, without a path: "https://intranet.example.org"'),
    LISTEN: ("is no address of this machine", 'with a port: "127.0.0.1:8700", "localhost:8700" or "[::1]:8700"'),
    HTTP: ("is no address of a server", 'without user, ? or #: "http://127.0.0.1:5005"'),
}
_TABLE = ("takes a table", "give its keys under their own [heading]")
_LIST = ("takes a list", 'in brackets: ["..."]')
_FLAG = ("takes true or false", "without quotes")
_WHOLE = ("takes a whole number", "digits without quotes")
KINDS: Mapping[str, Words] = {
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
    "dict_type": _TABLE,
    "tuple_type": _LIST,
    "bool_type": _FLAG,
    "bool_parsing": _FLAG,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": ("takes a number", "digits without quotes"),
    "float_parsing": ("takes a number", "digits without quotes"),
    "string_type": ("takes text", 'in quotes: "..."'),
    "path_type": ("takes the path of a folder", 'in quotes: "..."'),
}


def in_words(kind: str, pattern: str) -> Words | None:
    """Fault and mend of a value, by the validator's kind of fault and the pattern it did not match; None for others."""
    return PATTERNS.get(pattern) if kind == "string_pattern_mismatch" else KINDS.get(kind)
