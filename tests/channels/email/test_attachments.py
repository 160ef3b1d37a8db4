"""Files of a mail: all are kept, under a name that is safe, within the limits."""

import struct

import pytest

from bot.channels.email.limits import MOST_ATTACHED_BYTES, MOST_ATTACHMENT_BYTES, MOST_ATTACHMENTS
from bot.channels.email.mail import Kind
from tests.support.rawmail import part, raw, read, read_parts

GIF = b"GIF89a\x01\x00\x01\x00rest"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 640, 480) + b"rest"


def attached(body: bytes, kind: str, **fields: str) -> bytes:
    return part(body, kind, Content_Disposition="attachment", **fields)


def test_a_mail_with_only_a_file_is_a_request() -> None:
    mail = read("%PDF", content_type='application/pdf; name="facture.pdf"', subject="")
    assert (mail.kind, mail.text) == (Kind.HUMAN, "")
    (file,) = mail.attachments
    assert (file.name, file.type, file.size, file.content) == ("facture.pdf", "application/pdf", 4, b"%PDF")


def test_whoever_sends_a_mail_with_nothing_in_it_wants_something() -> None:
    assert (read("", subject="").kind, read("", subject="").text) == (Kind.HUMAN, "")
    assert read("").kind is Kind.HUMAN


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="capture d\'écran.png"', "capture d'écran.png"),
        ("attachment; filename*=utf-8''%C3%A9cran.png", "écran.png"),
        ("attachment; filename*0=long; filename*1=-nom.png", "long-nom.png"),
        ('attachment; filename="=?utf-8?q?=C3=A9cran.png?="', "écran.png"),
        ("attachment; filename==?utf-8?b?w6ljcmFuLnBuZw==?=", "écran.png"),
        ("attachment; filename=deux mots.png", "deux mots.png"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\Users\\\\a.png"', "a.png"),
        ('attachment; filename="facture\u202egnp.exe"', "facturegnp.exe"),
        ('attachment; filename=".."', "image.png"),
        ("attachment; filename*=utf-8''%ZZ%", "%ZZ%"),
        ("attachment", "image.png"),
    ],
)
def test_names(disposition: str, name: str) -> None:
    (file,) = read_parts(part(PNG, "image/png", Content_Disposition=disposition)).attachments
    assert file.name == name


def test_a_long_name_keeps_its_ending() -> None:
    (file,) = read_parts(attached(b"x", f'application/pdf; name="{"a" * 900}.pdf"')).attachments
    assert len(file.name) <= 200 and file.name.endswith(".pdf")


def test_a_picture_in_line_is_known_by_its_id_and_one_that_counts_readers_is_dropped() -> None:
    shown = part(PNG, "image/png; name=a.png", Content_ID="<logo@x>", Content_Disposition="inline")
    mail = read_parts(
        part('<img src="cid:logo@x">Panne', "text/html"), shown, part(GIF, "image/gif"), kind="multipart/related"
    )
    assert [(one.name, one.content_id) for one in mail.attachments] == [("a.png", "logo@x")]
    assert mail.text == "Panne"


def test_places_of_pictures_are_no_text() -> None:
    assert read("Voir [cid:image001.png@01DC.1] ici\n[image: logo.png]").text == "Voir  ici"
    assert read("Écrire à a@b.fr<mailto:a@b.fr>").text == "Écrire à a@b.fr"


def test_a_text_file_is_a_file() -> None:
    mail = read_parts(part("Le journal."), part("boum", 'text/plain; name="app.log"', Content_Disposition="inline"))
    assert (mail.text, [one.name for one in mail.attachments]) == ("Le journal.", ["app.log"])


def test_a_mail_that_is_attached_is_kept_whole() -> None:
    inner = raw("Gagnez un téléphone !", subject="Vous avez gagné")
    mail = read_parts(part("C'est une arnaque ?"), part(inner, "message/rfc822"))
    (file,) = mail.attachments
    assert (file.name, file.type) == ("Vous avez gagné.eml", "message/rfc822")
    assert file.content is not None and "Gagnez un téléphone !".encode() in file.content
    assert "Gagnez" not in mail.text


def test_there_is_a_limit_to_files() -> None:
    mail = read_parts(*(attached(b"x", f"application/pdf; name={n}.pdf") for n in range(MOST_ATTACHMENTS + 20)))
    assert len(mail.attachments) == MOST_ATTACHMENTS


def test_a_file_beyond_the_limit_is_told_without_its_content() -> None:
    big = attached(b"x" * (MOST_ATTACHMENT_BYTES + 1), "application/zip; name=a.zip")
    small = attached(b"y", "application/zip; name=b.zip")
    first, second = read_parts(big, small).attachments
    assert (first.content, first.size) == (None, MOST_ATTACHMENT_BYTES + 1)
    assert second.content == b"y"


def test_all_files_together_have_a_limit() -> None:
    one = MOST_ATTACHED_BYTES // 3 + 1
    files = read_parts(*(attached(b"x" * one, f"application/zip; name={n}.zip") for n in range(4))).attachments
    assert [file.content is not None for file in files] == [True, True, False, False]


def attribute(level: int, kind: int, value: bytes) -> bytes:
    return struct.pack("<BII", level, kind, len(value)) + value + b"\0\0"


def text_property(name: int, text: str) -> bytes:
    value = text.encode("utf-16-le") + b"\0\0"
    return struct.pack("<HHII", 0x1F, name, 1, len(value)) + value + b"\0" * (-len(value) % 4)


def winmail(*attributes: bytes) -> bytes:
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(attributes)


PACK = winmail(
    attribute(1, 0x00069007, struct.pack("<II", 1252, 0)),
    attribute(1, 0x0002800C, "Écran noir\0".encode("cp1252")),
    attribute(2, 0x00069002, b"\0" * 14),
    attribute(2, 0x00018010, b"CAPTUR~1.PNG\0"),
    attribute(2, 0x0006800F, PNG),
    attribute(
        2, 0x00069005, struct.pack("<I", 2) + struct.pack("<HHI", 3, 0x0E21, 7) + text_property(0x3707, "capture.png")
    ),
)


def test_what_outlook_packs_is_unpacked() -> None:
    pack = attached(PACK, "application/ms-tnef; name=winmail.dat")
    mail = read_parts(part("Bonjour."), pack)
    assert mail.text == "Bonjour."
    assert [(one.name, one.type, one.content) for one in mail.attachments] == [("capture.png", "image/png", PNG)]
    assert read_parts(pack).text == "Écran noir"


@pytest.mark.parametrize("data", [b"", b"no pack", PACK[:4], winmail(), winmail(b"\x02\xff")])
def test_a_pack_that_is_none_stays_a_file(data: bytes) -> None:
    assert [
        one.name for one in read_parts(part("x"), attached(data, "application/ms-tnef; name=winmail.dat")).attachments
    ] == (["winmail.dat"])


@pytest.mark.parametrize("at", range(6, len(PACK), 7))
def test_a_pack_that_is_cut_off_gives_what_it_can(at: int) -> None:
    mail = read_parts(part("x"), attached(PACK[:at], "application/ms-tnef; name=winmail.dat"))
    assert mail.kind is Kind.HUMAN and mail.attachments
