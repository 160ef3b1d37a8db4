"""No bytes stop the reading of mail: it never raises, always ends, and tells the same each time."""

import json
import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.email.html import Page
from bot.channels.email.limits import MOST_ADDRESSES, MOST_ATTACHMENTS, MOST_REFERENCES, MOST_SUBJECT, MOST_TEXT
from bot.channels.email.mail import Kind, Mail
from bot.channels.email.reading import read_mail
from bot.channels.email.replies import new_text
from bot.channels.email.tnef import read_tnef
from tests.support.rawmail import DESK, OURS, part, parts, raw

WHOLE = raw(
    parts(
        part("Bonjour,\n\nÇa ne marche plus.\n\n-- \nClaire\n\nLe 05/01/2026 à 10:02, S a écrit :\n> Essayez."),
        part("<div>Ça</div><blockquote type=cite>x</blockquote>", "text/html; charset=utf-8"),
        part("BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT", "text/calendar"),
        part("w4dhIG1hcmNoZQ==", "application/pdf; name*=utf-8''a%20b.pdf", Content_Transfer_Encoding="base64"),
        part("Final-Recipient: rfc822; a@b.c\nAction: failed\n", "message/delivery-status"),
        part(raw("inner"), "message/rfc822"),
    ),
    content_type='multipart/mixed; boundary="BORDER"',
    cc="=?utf-8?q?=C3=A9?= <a@b.c>, group: d@e.f;",
    references="<a@b> <c@d>",
    authentication_results="mx.desk.example; dmarc=pass header.from=client.example",
)
PIECES = [
    b"\0", b"\xff\xfe", b"\r\n\r\n", b"=?utf-8?b?", b"?=", b"--BORDER\n", b"--BORDER--\n", b"boundary=x", b"(", b'"',
    b"Content-Type: multipart/mixed; boundary=BORDER\n\n", b"Content-Transfer-Encoding: base64\n", b"charset=punycode",
    b"charset=utf-16", b"filename*0*=x''%", b"multipart/report", b"<", b">", b"On 1/1/2026 a@b wrote:\n",
    b"From: x@y.z\nTo: a\nSubject: b\n", b"begin 644 x\n", b"-----BEGIN PGP MESSAGE-----\n", b"\x1b$B",
]  # fmt: skip

LINES = [
    "> x", "On 1/1/2026 10:02, A <a@b.c> wrote:", "", "-- ", "yes", "From: a@b.c", "To: x", "Subject: y",
    "Date: 1/1/2026", "--- Original Message ---", "Sent from my iPhone",
]  # fmt: skip
TAGS = [
    "<div>", "</div>", "<p>", "<br>", "<ul>", "<li>", "<blockquote type=cite>", "</blockquote>", "<pre>", "x",
    "<a href=https://x>", "<table><td>",
]  # fmt: skip


def is_sound(mail: Mail) -> None:
    """What holds for every mail."""
    json.dumps(repr(mail)).encode()
    (mail.text + mail.full_text + mail.subject + mail.message_id + mail.sender.address + mail.sender.name).encode()
    assert mail.message_id.startswith("<") and mail.message_id.endswith(">")
    assert len(mail.subject) <= MOST_SUBJECT and "\n" not in mail.subject
    assert len(mail.full_text) <= MOST_TEXT and "\0" not in mail.full_text + mail.subject
    assert len(mail.attachments) <= MOST_ATTACHMENTS and len(mail.references) <= MOST_REFERENCES + 1
    assert len(mail.to) <= MOST_ADDRESSES
    assert all(one.name and "/" not in one.name for one in mail.attachments)
    assert mail.text or mail.subject or mail.attachments or mail.kind in (Kind.UNPARSEABLE, Kind.BOUNCE)
    assert mail.date is None or mail.date.utcoffset() is not None


@given(st.binary(max_size=2_000))
def test_any_bytes(data: bytes) -> None:
    mail = read_mail(data, OURS)
    is_sound(mail)
    assert read_mail(data, OURS) == mail


@given(st.text(max_size=400), st.binary(max_size=400))
def test_any_header_and_any_body(head: str, body: bytes) -> None:
    is_sound(read_mail(head.encode("utf-8", "replace") + b"\n\n" + body, OURS))


@given(st.randoms(use_true_random=False), st.integers(1, 8))
def test_a_damaged_mail(chance: random.Random, damages: int) -> None:
    data = bytearray(WHOLE)
    for _ in range(damages):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[at:at] = chance.choice(PIECES)
            case 1:
                del data[at : at + chance.randrange(1, 120)]
            case 2:
                data[at] = chance.randrange(256)
            case _:
                data[at:at] = data[chance.randrange(len(data)) :][:200]
    is_sound(read_mail(bytes(data), OURS))


@given(st.sampled_from(PIECES), st.integers(0, len(WHOLE)))
def test_a_piece_put_anywhere_leaves_a_mail(piece: bytes, at: int) -> None:
    """The net below the rules is there for what nobody thought of; these are thought of."""
    mail = read_mail(WHOLE[:at] + piece + WHOLE[at:], OURS)
    is_sound(mail)
    assert mail.kind is not Kind.UNPARSEABLE or at < WHOLE.index(b"\n\n") + 2


@given(st.text(), st.text())
def test_new_text_is_never_empty_and_never_more(text: str, ours: str) -> None:
    new = new_text(text, ours)
    assert bool(new.strip()) == bool(text.strip())
    assert len(new) <= len(text)


@given(st.lists(st.sampled_from(LINES), min_size=1))
def test_new_text_of_any_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    new = new_text(text)
    assert bool(new.strip()) == bool(text.strip())
    assert all(line in lines for line in new.split("\n"))


@given(st.text() | st.lists(st.sampled_from(TAGS)).map("".join))
def test_any_page(html: str) -> None:
    page = Page(html)
    page.text().encode()
    page.cut()
    page.text().encode()


@given(st.binary(), st.integers(0, 40))
def test_any_pack(data: bytes, at: int) -> None:
    read_tnef(b"\x78\x9f\x3e\x22\0\0" + data)
    read_tnef(data)


def nested(depth: int) -> bytes:
    levels = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    return b"From: a@b.c\nSubject: deep\n" + b"".join(levels) + b"Content-Type: text/plain\n\nau fond\n"


HEAVY: dict[str, Callable[[], bytes]] = {
    "a thousand multiparts in one another": lambda: nested(1000),
    "a thousand mails in one another": lambda: b"From: a@b.c\n" + b"Content-Type: message/rfc822\n\n" * 1000,
    "ten thousand fields": lambda: raw(**{f"x_{n}": "v" for n in range(10_000)}),
    "a million fields": lambda: b"From: a@b.c\n" + b"X: v\n" * 1_000_000 + b"\nhi",
    "a hundred thousand parts": lambda: raw(b"--x\n\nhi\n" * 100_000, content_type="multipart/mixed; boundary=x"),
    "a long From": lambda: raw(**{"from": '"' * 200_000}),
    "a long Content-Type": lambda: raw(content_type="text/plain; " + "a=b; " * 200_000),
    "many addressees": lambda: raw(to=", ".join(f"u{n}@example.com" for n in range(50_000))),
    "many references": lambda: raw(references=" ".join(f"<{n}@x>" for n in range(50_000))),
    "comments in comments": lambda: raw(authentication_results="(" * 100_000, date="(" * 100_000),
    "many encoded words": lambda: raw(subject="=?utf-8?q?a?= " * 50_000),
    "a long line": lambda: raw("x" * 5_000_000),
    "many intros": lambda: raw("On Mon, 5 Jan 2026 at 10:02, A <a@b.c> wrote:\n" * 100_000),
    "many signatures": lambda: raw("x\n-- \n" * 100_000),
    "many copied headers": lambda: raw("From: a@b.c\nTo: x\n" * 100_000),
    "a page of tags": lambda: raw("<" * 3_000_000, content_type="text/html"),
    "deep tags": lambda: raw("<div>" * 200_000 + "x", content_type="text/html"),
    "nuls": lambda: raw(b"\0" * 2_000_000),
    "lines times boundaries": lambda: nested(45) + b"line\n" * 1_000_000,
    "a slow character set": lambda: raw(b"abc-" * 300_000, content_type="text/plain; charset=punycode"),
    "ten megabytes of base64": lambda: raw(
        parts(part("hi"), part(b"QUJD" * 2_500_000, "application/zip; name=a.zip", Content_Transfer_Encoding="base64")),
        content_type='multipart/mixed; boundary="BORDER"',
    ),
}  # fmt: skip
LONGEST = 20.0  # seconds of processor on a busy machine; alone each takes less than two


@pytest.mark.parametrize("make", HEAVY.values(), ids=HEAVY)
def test_a_mail_made_to_exhaust_its_reader_is_read_in_bounded_time(make: Callable[[], bytes]) -> None:
    data = make()
    start = time.process_time()
    mail = read_mail(data, OURS)
    assert time.process_time() - start < LONGEST
    is_sound(mail)


def test_what_is_hopeless_still_tells_its_header() -> None:
    mail = read_mail(nested(1000), OURS)
    assert (mail.kind, mail.subject, mail.sender.address) == (Kind.UNPARSEABLE, "deep", "a@b.c")
    assert "au fond" in read_mail(nested(1000).replace(b"b0", b"c0"), OURS).full_text


def test_what_is_deep_within_reason_is_read() -> None:
    assert read_mail(nested(12), OURS).text == "au fond"


@pytest.mark.parametrize(
    "data", [b"", b"\n\n\n", b"hello", b"%PDF-1.7\n...", b"\x89PNG\r\n\x1a\n\0\0", b"Note: this\n\nis no mail"]
)
def test_what_is_no_mail_is_unparseable(data: bytes) -> None:
    mail = read_mail(data, OURS)
    assert mail.kind is Kind.UNPARSEABLE and not mail.authenticated


def test_a_line_that_is_no_field_spoils_nothing() -> None:
    data = raw("Bonjour").replace(b"Subject:", b"quite broken\nSubject :")
    assert (read_mail(data, OURS).subject, read_mail(data, OURS).text) == ("VPN en panne", "Bonjour")
    stuck = f"From: a@b.c\nTo: {DESK}\nBonjour,\nmon VPN est en panne.\n".encode()
    assert read_mail(stuck, OURS).text == "Bonjour,\nmon VPN est en panne."
