"""Secrets that their form gives away: keys, tokens, cards, IBANs, recovery keys, logins in links."""

import re
from collections.abc import Iterator
from itertools import pairwise

from .secret_words import HASH, ORDINARY

Spot = tuple[int, int, str]  # start, end, kind

_JOINT = "[ \u00a0\u202f-]"  # what people and web pages put between groups of digits

_TOKEN = re.compile(
    r"(?:(?<![\w-])|(?<=/bot))(?:"
    r"xox[abceoprs]-[\w-]{10,}|xapp-[\w-]{10,}|gh[opsur]_\w{20,}|github_pat_\w{20,}|gl[a-z]{2,6}-[\w-]{16,}"
    r"|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{4,}|A[KS]IA[0-9A-Z]{16}|AIza[\w-]{30,}|ya29\.[\w-]{20,}|whsec_\w{16,}"
    r"|[spr]k[-_](?:live[-_]|test[-_]|proj-|ant-)?[A-Za-z0-9][\w-]{15,}|(?:npm|hf|dop_v1|shp[a-z]{2})_\w{20,}"
    r"|pypi-[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|\d{8,10}:[\w-]{30,}"  # the last is Telegram's, the next Discord's
    r"|[MNO][\w-]{22,28}\.[\w-]{6}\.[\w-]{25,}|(?<=services/)T\w{7,}/B\w{7,}/\w{16,})(?![\w-])"
)
_KEBAB = re.compile(r"[spr]k[-_]")  # `sk-learn-contributions` is no token
_RUN = re.compile(r"(?<![\w+/.@%-])[A-Za-z0-9+/_-]{24,}+={0,2}+(?![\w@]|\.\w)")
_NOISE, _SHORT_NOISE = 0.37, 0.42  # share of changes: words joined in a name have 0.3, base64 0.6
_KEY_MARK = re.compile(r"-----(?P<side>BEGIN|END) [A-Z0-9 ]{0,30}PRIVATE KEY[A-Z ]{0,10}-----")
_BREAK = r"(?:\\[rn]|[\s>])"  # of a line: real, told in JSON, quoted in mail
_KEY_BODY = re.compile(  # base64, and the few lines of a header that an encrypted key has
    rf"(?:{_BREAK}{{0,8}}(?:(?:Proc-Type|DEK-Info|Comment|Version):[^\n]{{0,80}}|[A-Za-z0-9+/=]{{32,}}+))*"
)
_KEY_TAIL = re.compile(rf"{_BREAK}{{0,8}}(?P<tail>[A-Za-z0-9+/=]{{1,64}}+)(?![\w'’-])")
_UNLIKE_A_WORD = re.compile(r"\d|[a-z][A-Z]|[A-Z]{2}|[+/=]")
_LINE_END = re.compile(r"[^\S\n]*(?:\n|$)")
_KEY_LINE = re.compile(r"[A-Za-z0-9+/=]{16,}+")
_RECOVERY_KEY = re.compile(r"(?<!\d)\d{6}(?:[\s–—.-]{0,4}\d{6}){7}(?!\d)")
_DIGITS = re.compile(rf"(?<![\d.])\d+(?:{_JOINT}{{1,3}}\d+)*+")
_GROUP = re.compile(r"\d+")
_CARD_NUMBER = re.compile(  # by issuer: an IMEI or an order number may pass the checksum too
    r"(?:2[2-7]|35|4\d|5[0-8]|6\d)\d{14}|3[47]\d{13}|3[068]\d{12}|4(?:\d{12}|\d{18})|6\d{16,18}"
)
_NO_CARD = re.compile(r"\b(?:sire[tn]|imei(?:sv)?|iccid|serial|s[ée]rie|tracking|suivi)\b[^\d\n]{0,12}$", re.IGNORECASE)
_CARD_GROUPS = {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (8, 8), (4, 4, 4, 4, 3)}
_IBAN = re.compile(rf"(?<![A-Za-z0-9])(?=([A-Z]{{2}}{_JOINT}?\d{{2}}(?:{_JOINT}?[A-Z0-9]){{11,30}}))", re.IGNORECASE)
_IBAN_LENGTHS = {
    15: "NO",
    16: "BE",
    18: "DK FI FO GL NL",
    19: "MK SI",
    20: "AT BA EE KZ LT LU XK",
    21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS",
    23: "AE GI IL",
    24: "AD CZ ES MD PK RO SA SE SK TN VG",
    25: "PT",
    26: "IS TR",
    27: "FR GR IT MC MR SM",
    28: "AL AZ CY DO GT HU LB MA PL",
    29: "BR PS QA UA",
    30: "JO KW MU",
    31: "MT",
}  # length -> countries
_IBAN_LENGTH = {land: length for length, lands in _IBAN_LENGTHS.items() for land in lands.split()}
_LINK = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,15}://[^\s:/]{0,64}:(?!\d{1,5}(?:[/?#\s]|$))(?=(?P<rest>[^\s/?#][^\s•]{0,199}))",
    re.IGNORECASE,
)
_QUERY = re.compile(
    r"[?&](?P<name>pass(?:word|wd)?|pwd|mdp|(?:\w{0,20}[_-])?(?:token|api[_-]?key|key|secret|sig|signature|auth))="
    r"(?P<value>[^\s&#\"'<>»]{8,300})",
    re.IGNORECASE,
)
_HOST = re.compile(r"@\[?[\w.-]{1,80}\]?(?::\d{1,5})?(?=$|[\s/?#\"'’»<>(),;|`\]])")


def spots(text: str) -> Iterator[Spot]:
    """Everything in a text that looks like a secret by itself."""
    yield from _key_blocks(text)
    yield from ((*match.span(), "recovery_key") for match in _RECOVERY_KEY.finditer(text))
    yield from ((*match.span(), "token") for match in _TOKEN.finditer(text) if _is_token(match[0]))
    yield from _runs(text)
    yield from _cards(text)
    yield from _ibans(text)
    yield from _link_logins(text)
    for match in _QUERY.finditer(text):
        if holds_digit(match["value"]) and "•" not in match["value"]:
            yield *match.span("value"), "password" if match["name"][0] in "pPmM" else "token"


def _is_token(value: str) -> bool:
    return not _KEBAB.match(value) or holds_digit(value)


def holds_digit(value: str) -> bool:
    """Tell whether there is a digit in it."""
    return any(char.isdigit() for char in value)


def classes(value: str) -> list[int]:
    """Whether each letter is small (0) or capital (2), or a digit (1)."""
    return [char.isdigit() + 2 * char.isupper() for char in value if char.isalnum()]


def changes(value: str) -> float:
    """How often the class changes from one character to the next, as a share: 0.6 in noise, 0.3 in joined words."""
    found = classes(value)
    return sum(one != other for one, other in pairwise(found)) / max(1, len(found))


def is_noise(value: str) -> bool:
    """Tell base64 from words joined in a name; the shorter it is, the surer it must be."""
    return {0, 2} <= set(classes(value)) and changes(value) >= (_NOISE if len(value) >= 32 else _SHORT_NOISE)


def in_link(text: str, start: int) -> bool:
    """Tell whether a place stands in an address: what stands there is more often a page than a key."""
    before = text[max(0, start - 300) : start]
    return "://" in before and "://" in re.split(r"\s", before)[-1]


def _runs(text: str) -> Iterator[Spot]:
    """Noise without a name: what reads like base64 of 16 bytes and more."""
    for match in _RUN.finditer(text):
        start, value = match.start(), match[0]
        if is_noise(value) and not in_link(text, start) and not HASH.search(text, max(0, start - 40), start):
            yield *match.span(), "token"


def _key_blocks(text: str) -> Iterator[Spot]:
    done = 0
    for mark in _KEY_MARK.finditer(text):
        if mark.start() < done:
            continue
        if mark["side"] == "BEGIN":
            start, done = mark.start(), _key_end(text, mark.end())
        else:
            start, done = _key_start(text, done, mark.start()), mark.end()
        yield start, done, "private_key"


def _key_end(text: str, at: int) -> int:
    """Find where a key stops: at its END line, or with its last letter when it was cut off."""
    mark = _KEY_MARK.search(text, at)
    if mark and mark["side"] == "END":
        return mark.end()
    body = _KEY_BODY.match(text, at)
    at = body.end() if body else at
    tail = _KEY_TAIL.match(text, at)
    return tail.end() if tail and _is_key_tail(text, tail) else at


def _is_key_tail(text: str, tail: re.Match[str]) -> bool:
    alone = _LINE_END.match(text, tail.end()) and "\n" in text[tail.start() : tail.start("tail")]
    word = tail["tail"].lower()
    return bool(_UNLIKE_A_WORD.search(tail["tail"]) or (alone and (len(word) < 3 or word not in ORDINARY)))


def _key_start(text: str, least: int, at: int) -> int:
    """Go back over the lines of a key whose BEGIN line was not copied."""
    for line in reversed(list(re.finditer(r"\S+", text[least:at]))):
        if not _KEY_LINE.fullmatch(line[0]):
            break
        at = least + line.start()
    return at


def _cards(text: str) -> Iterator[Spot]:
    """Card numbers in a row of digit groups; an expiry date or another number may stand beside them."""
    for run in _DIGITS.finditer(text):
        if _NO_CARD.search(text, max(0, run.start() - 40), run.start()):
            continue
        groups = [match.span() for match in _GROUP.finditer(text, *run.span())]
        for first in range(len(groups)):
            end = _card_end(text, groups[first : first + 19], alone=len(groups))
            if end:
                yield groups[first][0], end, "card"


def _card_end(text: str, groups: list[tuple[int, int]], alone: int) -> int:
    """Find where a card number stops that starts with the first group; no other grouping than a card's is believed.

    Only all of the `alone` groups that stand together may be grouped at will.
    """
    digits = ""
    sizes: tuple[int, ...] = ()
    for start, end in groups:
        digits, sizes = digits + text[start:end], (*sizes, end - start)
        if len(digits) > 19:
            break
        grouped = len(digits) >= 13 and (len(sizes) in (1, alone) or sizes in _CARD_GROUPS)
        if grouped and _CARD_NUMBER.fullmatch(digits) and _luhn(digits):
            return end
    return 0


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _ibans(text: str) -> Iterator[Spot]:
    for match in _IBAN.finditer(text):
        marks = [i for i, char in enumerate(match[1]) if char.isalnum()]
        length = _IBAN_LENGTH.get(match[1][:2].upper(), 99)
        if len(marks) >= length and _checks_out("".join(match[1][i].upper() for i in marks[:length])):
            yield match.start(), match.start() + marks[length - 1] + 1, "iban"


def _checks_out(plain: str) -> bool:
    return plain.isascii() and int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1


def _link_logins(text: str) -> Iterator[Spot]:
    """Passwords in addresses."""
    for match in _LINK.finditer(text):
        if end := _host_at(match["rest"]):
            yield match.end(), match.end() + end, "password"


def _host_at(rest: str) -> int:
    """Find the `@` that ends a password: typed by hand it holds `@`, `/` and `#` itself."""
    end = last = 0
    sure = False
    for host in _HOST.finditer(rest):
        between = rest[last : host.start()]
        if end and ("?" in between or (sure and "/" in between)):
            break  # that is a mail address on the page
        end, last = host.start(), host.end()
        sure = "." in host[0] or ":" in host[0]
    return end
