"""Seeded messages that leak a secret, how many of them the rules mask, and how often they take fright for nothing."""

import argparse
import json
import string
import sys
from base64 import b64encode, urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TypedDict
from uuid import UUID

from bot.dialog.secrets import find
from tests.dialog.secret_frames import FRAMES
from tests.support.needs import ROOT, SHARED

KINDS = tuple(FRAMES)
LANGS = ("fr", "en")
SLACK = 3  # characters beside the secret that may be masked with it
CLINC150 = (SHARED / "data/nlu/clinc150_train.jsonl", SHARED / "data/nlu/clinc150_val.jsonl")
BANKING77 = (SHARED / "data/nlu/banking77_train.jsonl",)
ORDINARY = (ROOT / "tests/nlu/ordinary.txt", ROOT / "tests/nlu/messages.txt")
FRAME_HALVES = {"all": None, "even": 0, "odd": 1}  # rules are made on the even ones, the odd ones judge them
TEXTS = {"clinc150": CLINC150, "banking77": BANKING77, "ordinary": ORDINARY}


def _listed(words: str) -> list[str]:
    return words.split()


_ALNUM = string.ascii_letters + string.digits
_SIGNS = "!@#$%^&*()-_=+[]{}.?~"
_WORDS = {
    "fr": _listed(
        "soleil cheval maison bonjour marseille doudou azerty chocolat camille lapin orange montagne velo rugby piscine"
        " tulipe cerise renard bateau papillon jardin violon bretagne girafe citron nuage ours guitare rivière"
    ),
    "en": _listed(
        "summer horse house welcome london banana qwerty chocolate charlie rabbit orange mountain bicycle rugby dragon"
        " tulip cherry monkey sailboat butterfly garden violin arsenal giraffe lemon thunder bear guitar river"
    ),
}
_ACCENTED = {
    "fr": _listed("élodie forêt noël château garçon été crème pâtisserie zoé hélène français bébé"),
    "en": _listed("café zoë naïve jalapeño piñata renée chloë façade crème björn señor düsseldorf"),
}
_USERS = _listed(
    "jean.dupont deploy svc_export admin c.martin oauth2 jsmith%40example.com backup-2 x-access-token root"
)
_HOSTS = _listed("intranet.example.org git.example.com:8443 10.2.0.9 db-1.example.net:5432 ftp.exemple.fr proxy:3128")
_SCHEMES = _listed("https http ftp sftp ftps postgres mysql redis mongodb+srv amqp rtsp smb")

Made = tuple[str, str, str]  # what stands before the secret, the secret, what stands behind it


@dataclass(frozen=True, slots=True)
class Sample:
    """One message with one secret from `start` to `end`."""

    text: str
    start: int
    end: int
    kind: str
    lang: str


def samples(seed: int, count: int, parity: int | None = None) -> list[Sample]:
    """Fill frames with random secrets, in turn over kinds and languages; `parity` keeps every other frame."""
    chance = Random(seed)
    return [_sample(chance, KINDS[i % len(KINDS)], LANGS[i // len(KINDS) % 2], parity) for i in range(count)]


def _sample(chance: Random, kind: str, lang: str, parity: int | None) -> Sample:
    frames = FRAMES[kind][lang]
    frame = chance.choice(frames if parity is None else frames[parity::2])
    before, secret, after = _MAKERS[kind](chance, lang)
    start = frame.index("{secret}") + len(before)
    return Sample(frame.replace("{secret}", before + secret + after), start, start + len(secret), kind, lang)


def _run(chance: Random, alphabet: str, least: int, most: int | None = None) -> str:
    return "".join(chance.choices(alphabet, k=chance.randint(least, most or least)))


def _password(chance: Random, lang: str) -> Made:
    style = chance.choice((_word_digits, _passphrase, _random, _accented, _short, _edged, _two_words))
    made = style(chance, lang)
    if style is _edged and chance.random() < 0.3:
        before, after = chance.choice(('""', "''", "«»", "()", "``"))
        return before, made, after
    return "", made, ""


def _word(chance: Random, lang: str) -> str:
    word = chance.choice(_WORDS[lang])
    return chance.choice((word, word.capitalize()))


def _word_digits(chance: Random, lang: str) -> str:
    plain = _word(chance, lang) + _run(chance, string.digits, 1, 4) + chance.choice(("", "", "!", "*", "$", "#"))
    return plain if chance.random() < 0.8 else plain.translate(str.maketrans("aeoi", "@301"))


def _passphrase(chance: Random, lang: str) -> str:
    words = [_word(chance, lang) for _ in range(chance.randint(3, 5))]
    joint = chance.choice("-_. +")
    return joint.join(words) + chance.choice(("", joint + _run(chance, string.digits, 1, 3)))


def _random(chance: Random, lang: str) -> str:
    return _run(chance, _ALNUM + _SIGNS, 8, 20)


def _accented(chance: Random, lang: str) -> str:
    word = chance.choice(_ACCENTED[lang])
    more = chance.choice(
        (_run(chance, string.digits, 2, 4), "-" + _word(chance, lang) + _run(chance, string.digits, 1))
    )
    return chance.choice((word, word.capitalize())) + more + chance.choice(("", "!"))


def _short(chance: Random, lang: str) -> str:
    draw = chance.random()
    if draw < 0.7:
        mixed = list(_run(chance, string.ascii_lowercase, 4, 6) + _run(chance, string.digits, 2))
        chance.shuffle(mixed)
        return "".join(mixed)
    return _run(chance, string.digits, 6, 8) if draw < 0.85 else _word(chance, lang)


def _edged(chance: Random, lang: str) -> str:
    plain = _word_digits(chance, lang)
    return chance.choice(("!", "#", "*", "@", "(", "-", "$", "", "")) + plain + chance.choice("!?.*$#)@%+")


def _two_words(chance: Random, lang: str) -> str:
    first, second = _word(chance, lang), _word(chance, lang)
    return f"{first} {chance.choice((second, second, second + _run(chance, string.digits, 1, 4)))}"


def _plain(make: Callable[[Random], str]) -> Callable[[Random, str], Made]:
    return lambda chance, lang: ("", make(chance), "")


def _one_time_code(chance: Random) -> str:
    digits = _run(chance, string.digits, chance.choice((6, 6, 6, 6, 4, 5, 7, 8)))
    if len(digits) == 6 and chance.random() < 0.3:
        return f"{digits[:3]}{chance.choice(' -')}{digits[3:]}"
    return digits if chance.random() < 0.95 else _run(chance, "ABCDEFGHJKLMNPQRTUVWXY2346789", 6, 8)


def _grouped(text: str, sizes: Sequence[int], joint: str) -> str:
    parts, at, i = [], 0, 0
    while at < len(text):
        parts.append(text[at : at + sizes[i % len(sizes)]])
        at, i = at + sizes[i % len(sizes)], i + 1
    return joint.join(parts)


def _card(chance: Random) -> str:
    brand = chance.choice(("visa", "mastercard", "amex", "cb"))
    starts = {
        "visa": ["4"],
        "mastercard": ["51", "53", "55", "2221", "2720"],
        "amex": ["34", "37"],
        "cb": ["4970", "5132"],
    }
    start = chance.choice(starts[brand])
    plain = start + _run(chance, string.digits, (14 if brand == "amex" else 15) - len(start))
    doubled = [int(digit) * (2 - i % 2) for i, digit in enumerate(reversed(plain))]
    plain += str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)
    return _grouped(plain, (4, 6, 5) if brand == "amex" else (4,), chance.choice(("", " ", " ", "-", "\u00a0")))


def _iban(chance: Random) -> str:
    land, letters, digits = chance.choice(
        (
            ("FR", 0, 23),
            ("DE", 0, 18),
            ("ES", 0, 20),
            ("IT", 1, 22),
            ("BE", 0, 12),
            ("NL", 4, 10),
            ("GB", 4, 14),
            ("CH", 0, 17),
        )
    )
    account = _run(chance, string.ascii_uppercase, letters) if letters else ""
    account += _run(chance, string.digits, digits)
    check = 98 - int("".join(str(int(char, 36)) for char in account + land + "00")) % 97
    written = _grouped(f"{land}{check:02}{account}", (4,), chance.choice(("", " ", " ", "\u00a0")))
    return written.lower() if chance.random() < 0.1 else written


def _private_key(chance: Random) -> str:
    name, size, width = chance.choice((("RSA", 1190, 64), ("OPENSSH", 400, 70), ("EC", 121, 64)))
    body = b64encode(chance.randbytes(size)).decode()
    if chance.random() < 0.3:
        body = body[: chance.randint(40, len(body) - 1)]
        return f"-----BEGIN {name} PRIVATE KEY-----\n{_grouped(body, (width,), chr(10))}"
    joint = chance.choice(("\n", "\n", "\n", "\r\n", " ", "\\n"))
    return joint.join(
        (f"-----BEGIN {name} PRIVATE KEY-----", _grouped(body, (width,), joint), f"-----END {name} PRIVATE KEY-----")
    )


def _base64url(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _jwt(chance: Random) -> str:
    name, size = chance.choice((("HS256", 32), ("RS256", 256), ("ES256", 64)))
    claims = {"sub": _run(chance, string.digits, 4, 10), "exp": chance.randint(1_700_000_000, 1_800_000_000)}
    parts = (json.dumps({"alg": name, "typ": "JWT"}).encode(), json.dumps(claims).encode(), chance.randbytes(size))
    return ".".join(_base64url(part) for part in parts)


def _cloud_key(chance: Random) -> str:
    if chance.random() < 0.5:
        return chance.choice(("AKIA", "ASIA")) + _run(chance, string.ascii_uppercase + "234567", 16)
    return b64encode(chance.randbytes(30)).decode()


def _chat_token(chance: Random) -> str:
    digits = [_run(chance, string.digits, 10, 13) for _ in range(3)]
    return chance.choice(
        (
            f"xoxb-{digits[0]}-{digits[1]}-{_run(chance, _ALNUM, 24)}",
            f"xoxp-{digits[0]}-{digits[1]}-{digits[2]}-{_run(chance, 'abcdef0123456789', 32)}",
            f"{_run(chance, '123456789', 8, 10)}:AA{_run(chance, _ALNUM + '-_', 33)}",
            f"M{_run(chance, _ALNUM, 23, 25)}.G{_run(chance, _ALNUM + '-_', 5)}.{_run(chance, _ALNUM + '-_', 27, 38)}",
        )
    )


def _git_token(chance: Random) -> str:
    return chance.choice(
        (
            f"gh{chance.choice('pous')}_{_run(chance, _ALNUM, 36)}",
            f"github_pat_{_run(chance, _ALNUM, 22)}_{_run(chance, _ALNUM, 59)}",
            f"glpat-{_run(chance, _ALNUM + '-_', 20)}",
        )
    )


def _api_key(chance: Random) -> str:
    content = chance.randbytes(chance.choice((16, 20, 24, 32)))
    prefix = chance.choice(("", "sk_live_", "key-"))
    return chance.choice(
        (
            content.hex(),
            content.hex().upper(),
            b64encode(content).decode(),
            _base64url(content),
            str(UUID(bytes=content[:16], version=4)),
            prefix + _run(chance, _ALNUM, 24, 40),
        )
    )


def _recovery_key(chance: Random) -> str:
    groups = [f"{chance.randrange(65_536) * 11:06}" for _ in range(8)]  # each is a multiple of eleven
    return chance.choice(("-", "-", "-", " ", " - ", "")).join(groups)


def _url_login(chance: Random, lang: str) -> Made:
    password = chance.choice(
        (
            _word_digits(chance, lang),
            _run(chance, _ALNUM, 8, 24),
            _run(chance, _ALNUM + "-._~!$&'()*+,;=", 8, 20),
            _run(chance, _ALNUM, 4) + chance.choice(("%40", "%23", "%2F", "@", "#", "/")) + _run(chance, _ALNUM, 4, 8),
        )
    )
    scheme = chance.choice(_SCHEMES)
    user = "" if scheme == "redis" else chance.choice(_USERS)
    return f"{scheme}://{user}:", password, f"@{chance.choice(_HOSTS)}{chance.choice(('', '', '/depot', '/x.git'))}"


_MAKERS: dict[str, Callable[[Random, str], Made]] = {
    "password": _password,
    "one_time_code": _plain(_one_time_code),
    "card": _plain(_card),
    "iban": _plain(_iban),
    "private_key": _plain(_private_key),
    "jwt": _plain(_jwt),
    "cloud_key": _plain(_cloud_key),
    "chat_token": _plain(_chat_token),
    "git_token": _plain(_git_token),
    "api_key": _plain(_api_key),
    "recovery_key": _plain(_recovery_key),
    "url_login": _url_login,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules made of a sample."""

    sample: Sample
    hidden: bool  # every character of the secret is masked
    overmasked: bool  # and more of the sentence than is borne


def outcome(sample: Sample) -> Outcome:
    """Mask one sample."""
    places = {place for one in find(sample.text) for place in range(one.start, one.end)}
    secret = set(range(sample.start, sample.end))
    return Outcome(sample, secret <= places, len(places - secret) > SLACK)


def recall(outcomes: Iterable[Outcome], by: Callable[[Sample], str] = lambda one: "") -> dict[str, float]:
    """The share of hidden secrets in each group."""
    of, hits = Counter[str](), Counter[str]()
    for one in outcomes:
        of[by(one.sample)] += 1
        hits[by(one.sample)] += one.hidden
    return {group: round(hits[group] / of[group], 4) for group in of}


def texts(files: Iterable[Path]) -> Iterator[str]:
    """Every message of some files: JSON lines with `text`, or lines of `label|text`."""
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            if file.suffix == ".jsonl":
                yield json.loads(line)["text"]
            elif "|" in line and not line.startswith("#"):
                yield line.split("|", 1)[1]


class Figures(TypedDict):
    """What the benchmark prints; texts that are not on this machine have no figures."""

    n: int
    recall: float
    recall_by_kind: dict[str, float]
    recall_by_lang: dict[str, float]
    overmasked: float
    false_alarms: dict[str, int]
    texts: dict[str, int]


def figures(seed: int, count: int, parity: int | None = None) -> Figures:
    """Measure recall on samples and false alarms on texts without a secret."""
    outcomes = [outcome(sample) for sample in samples(seed, count, parity)]
    there = {name: list(texts(files)) for name, files in TEXTS.items() if all(file.is_file() for file in files)}
    return Figures(
        n=len(outcomes),
        recall=recall(outcomes)[""],
        recall_by_kind=recall(outcomes, lambda one: one.kind),
        recall_by_lang=recall(outcomes, lambda one: one.lang),
        overmasked=round(sum(one.overmasked for one in outcomes) / len(outcomes), 4),
        false_alarms={name: sum(bool(find(text)) for text in read) for name, read in there.items()},
        texts={name: len(read) for name, read in there.items()},
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.dialog.secret_samples", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1200)
    parser.add_argument("--frames", choices=tuple(FRAME_HALVES), default="all", help="which half of the sentences")
    parser.add_argument("--json", action="store_true", help="one line instead of one figure a line")
    asked = parser.parse_args()
    result = figures(asked.seed, max(1, asked.count), FRAME_HALVES[asked.frames])
    for name in TEXTS:
        if name not in result["texts"]:
            sys.stderr.write(f"{name} skipped: its files are not on this machine\n")
    lines = [json.dumps(result)] if asked.json else [f"{name}: {value}" for name, value in result.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
