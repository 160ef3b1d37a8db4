"""Reading a mail: header, character sets, the choice of text, what is forwarded, what is sealed."""

from datetime import UTC, datetime

import pytest

from bot.channels.email.mail import Kind, Mailbox
from bot.channels.email.reading import read_mail
from tests.support.rawmail import OURS, part, parts, raw, read, read_parts, words

FRENCH = "Ça ne marche plus : l’écran est noir, « erreur 809 »"


def test_the_header() -> None:
    mail = read(
        cc="Paul <paul@client.example>",
        reply_to="<c@client.example>",
        in_reply_to="<two@desk.example>",
        references="<one@desk.example> <two@desk.example>",
    )
    assert (mail.kind, mail.subject, mail.lang) == (Kind.HUMAN, "VPN en panne", "fr")
    assert mail.sender == Mailbox("claire@client.example", "Claire Martin")
    assert (mail.cc, mail.reply_to) == ((Mailbox("paul@client.example", "Paul"),), (Mailbox("c@client.example"),))
    assert (mail.message_id, mail.in_reply_to) == ("<one@client.example>", "<two@desk.example>")
    assert mail.references == ("<one@desk.example>", "<two@desk.example>")
    assert mail.date == datetime(2026, 1, 5, 9, 2, 11, tzinfo=UTC)


def test_what_is_answered_counts_among_the_references() -> None:
    assert read(in_reply_to="<b@x> (of Monday)", references="<a@x>").references == ("<a@x>", "<b@x>")


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Mon, 99 Jan 2026 99:99:99 +9999", "Mon, 05 Jan 99999 10:00:00 +0000"]
)
def test_a_bad_date_is_none(date: str) -> None:
    assert read(date=date).date is None


def test_a_mail_without_an_identifier_gets_the_same_one_each_time() -> None:
    first, again, other = (read_mail(raw(body, message_id=None), OURS) for body in ("a b c", "a b c", "a b d"))
    assert first.message_id == again.message_id != other.message_id
    assert first.message_id.startswith("<") and first.message_id.endswith(">")


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("=?utf-8?q?=C3=89cran_noir?=", "Écran noir"),
        ("=?utf-8?b?w4ljcmFu?= =?utf-8?q?_noir?=", "Écran noir"),
        ("=?utf-8?q?=C3?=\n =?utf-8?q?=89cran?=", "Écran"),  # a letter divided between two words
        ("=?iso-8859-1?q?=C9cran?= noir", "Écran noir"),
        ("=?nonsense?q?=C3=89cran?=", "Écran"),
        ("=?utf-8?b?w4ljcmFu", "=?utf-8?b?w4ljcmFu"),
        ("Écran noir", "Écran noir"),  # raw UTF-8
        ("a\x00b\tc", "ab c"),
        ("facture\u202egpj.exe", "facturegpj.exe"),
    ],
)
def test_subjects(subject: str, told: str) -> None:
    assert read(subject=subject).subject == told


def test_a_subject_in_bytes_of_another_character_set() -> None:
    assert read_mail(raw().replace(b"VPN en panne", "Écran cassé".encode("cp1252"))).subject == "Écran cassé"


@pytest.mark.parametrize(
    "charset", ["utf-8", "UTF8", '"utf-8"', "us-ascii", "X-UNKNOWN", "", "iso-8859-1", "hex", "punycode"]
)
def test_french_in_utf_8_whatever_it_is_called(charset: str) -> None:
    assert read(FRENCH.encode(), content_type=f"text/plain; charset={charset}").text == FRENCH


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "us-ascii", "utf-8", "X-UNKNOWN", "base64"])
def test_french_as_windows_writes_it_whatever_it_is_called(charset: str) -> None:
    assert read(FRENCH.encode("cp1252"), content_type=f"text/plain; charset={charset}").text == FRENCH


@pytest.mark.parametrize(
    ("text", "charset", "codec"),
    [
        ("プリンタが動きません。", "shift_jis", "cp932"),
        ("プリンタが動きません。", "iso-2022-jp", "iso2022_jp"),
        ("プリンタが動きません。", "", "iso2022_jp"),
        ("프린터가 작동하지 않습니다", "ks_c_5601-1987", "cp949"),
        ("打印机坏了", "gb2312", "gb18030"),
        ("Принтер не работает", "koi8-r", "koi8-r"),
        ("Drukarka nie działa", "iso-8859-2", "iso8859-2"),
        ("Ça coûte 5 €", "iso-8859-15", "iso8859-15"),
    ],
)
def test_other_character_sets(text: str, charset: str, codec: str) -> None:
    assert read(text.encode(codec), content_type=f"text/plain; charset={charset}").text == text


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("base64", b"w4dhIG1hcmNoZQ=="),
        ("Base64;", b"w4dhIG1h\ncmNoZQ"),
        ("base64", b"w4dh!!IG1hcmNoZQ=" + b"=" * 9),
        ("quoted-printable", b"=C3=87a=20marche"),
        ("QUOTED-PRINTABLE ", b"=C3=87a mar=\nche"),
        ("7-bit", "Ça marche".encode()),
        ("nonsense", "Ça marche".encode()),
        ("", "Ça marche".encode()),
        ("x-uuencode", b"begin 644 x\n*PX=A(&UA<F-H90  \n`\nend\n"),
    ],
)
def test_transfer_encodings(coding: str, body: bytes) -> None:
    assert read(body, content_transfer_encoding=coding).text.strip("\0") == "Ça marche"


def test_plain_text_is_preferred_to_html() -> None:
    mail = read_parts(part("Le texte."), part("<p>Le HTML.</p>", "text/html"), kind="multipart/alternative")
    assert mail.text == mail.full_text == "Le texte."


@pytest.mark.parametrize(
    "stand_in", ["", " \n\n", "This message is in HTML format.", "Votre messagerie ne peut pas afficher le HTML.",
                 "Pour voir ce message en ligne, cliquez ici : https://x.example"],
)  # fmt: skip
def test_html_is_told_where_the_plain_text_only_stands_for_it(stand_in: str) -> None:
    mail = read_parts(part(stand_in), part("<p>Mon écran est noir.</p>", "text/html"), kind="multipart/alternative")
    assert mail.text == "Mon écran est noir."


def test_text_around_a_file_is_all_told() -> None:
    picture = part("x", 'image/png; name="a.png"', Content_Disposition="inline")
    assert words(read_parts(part("Avant."), picture, part("Après.")).text) == "Avant. Après."


def test_lines_that_a_program_broke_are_joined() -> None:
    body = "Une longue \nligne.\n\n> citée \n> aussi\nfin\n-- \nClaire\n"
    mail = read(body, content_type="text/plain; format=flowed")
    assert mail.full_text.split("\n")[:3] == ["Une longue ligne.", "", "> citée aussi"]
    assert "Claire" not in mail.text


@pytest.mark.parametrize("subject", ["Tr: VPN", "TR : VPN", "Fwd: VPN", "FW: VPN", "WG: VPN"])
def test_what_is_forwarded_is_kept(subject: str) -> None:
    body = (
        "De : Paul <paul@x.fr>\nEnvoyé : lundi 5 janvier 2026 10:02\nÀ : Claire\nObjet : VPN\n\nMon VPN est en panne."
    )
    mail = read(body, subject=subject, in_reply_to="<x@y>")
    assert mail.forwarded and "Mon VPN est en panne." in mail.text


@pytest.mark.parametrize(
    "head",
    [
        "---------- Forwarded message ---------\nDe : Paul <paul@x.fr>\nDate: lun. 5 janv. 2026\nSubject: VPN\nTo: c@x",
        "-------- Message transféré --------\nSujet : VPN\nDate : lundi 5 janvier\nDe : Paul <p@x.fr>\nPour : Claire",
        "Début du message réexpédié :\n\n> De: Paul <paul@x.fr>\n> Objet: VPN\n> Date: 5 janvier 2026\n> À: c@x.fr",
        "> Begin forwarded message:\n>\n> From: Paul <paul@x.fr>",
        "De : Paul <paul@x.fr>\nEnvoyé : lundi 5 janvier 2026 10:02\nÀ : Claire\nObjet : VPN",
    ],
)
def test_a_first_mail_that_passes_another_on_is_kept_whole(head: str) -> None:
    mail = read(f"Pouvez-vous aider Paul ?\n\n{head}\n\n> Mon VPN est en panne.")
    assert mail.forwarded and "Mon VPN est en panne." in mail.text and mail.text.startswith("Pouvez-vous")


def test_the_output_of_a_command_is_no_quote() -> None:
    body = "Voici ce que dit la console :\n\n> ping 10.0.0.1\n> Délai dépassé"
    assert read(body).text == body
    assert read(body, subject="Re: VPN").text == "Voici ce que dit la console :"


def test_an_answer_is_not_forwarded_by_what_it_quotes() -> None:
    quoted = "Le 05/01/2026 à 10:02, Support a écrit :\n> ---------- Forwarded message ---------\n> De : Paul"
    mail = read(f"C'est bon.\n\n{quoted}", subject="Re: Tr: VPN")
    assert not mail.forwarded and mail.text == "C'est bon."
    copied = "From: Support <s@x.fr>\nSent: Monday 10:02\nTo: Claire\nSubject: VPN\n\nTry this."
    assert read(f"It works.\n\n{copied}", subject="RE: VPN").text == "It works."
    assert read(f"It works.\n\n{copied}", references="<a@x>").text == "It works."


def test_a_mail_forwarded_as_a_file_is_the_message() -> None:
    inner = part(raw("Mon VPN est en panne.", subject="VPN de Paul"), "message/rfc822")
    mail = read_parts(inner)
    assert mail.forwarded and mail.text == "VPN de Paul\n\nMon VPN est en panne."
    assert [one.name for one in mail.attachments] == ["VPN de Paul.eml"]
    assert not read_parts(part("Est-ce une arnaque ?"), inner).forwarded


def test_our_last_text_is_taken_off() -> None:
    ours = "Bonjour Claire,\n\nSur quel système êtes-vous exactement ?\nEt depuis quand le problème existe ?"
    assert read_mail(raw(f"Windows.\n\n{ours}\n"), OURS, ours).text == "Windows."


PGP = """\
-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

Mon VPN
- -- 
tombe
-----BEGIN PGP SIGNATURE-----

abc
-----END PGP SIGNATURE-----
"""


def test_a_text_signed_in_line_is_opened() -> None:
    assert read(PGP).full_text == "Mon VPN\n-- \ntombe"


def test_a_signed_mail_keeps_its_signature_as_a_file() -> None:
    seal = part("MIIB", "application/pkcs7-signature; name=smime.p7s", Content_Transfer_Encoding="base64")
    mail = read_parts(part("Mon VPN est en panne."), seal, kind="multipart/signed; protocol=x")
    assert (mail.text, [one.name for one in mail.attachments]) == ("Mon VPN est en panne.", ["smime.p7s"])
    assert not mail.encrypted


@pytest.mark.parametrize(
    "sealed",
    [
        read_mail(raw("MIIB", content_type="application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m")),
        read_mail(raw("MIIB", content_type="application/x-pkcs7-mime; name=smime.p7m")),
        read_mail(
            raw(
                parts(part("Version: 1", "application/pgp-encrypted"), part("abc", "application/octet-stream")),
                content_type='multipart/encrypted; boundary="BORDER"',
            )
        ),
        read_mail(raw("-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n")),
    ],
)
def test_an_encrypted_mail_says_so(sealed) -> None:
    assert sealed.kind is Kind.HUMAN and sealed.encrypted and sealed.attachments
    assert "chiffré" in sealed.text and "ncrypted" in sealed.text


@pytest.mark.parametrize("pieces", [False, True])
def test_a_mail_inside_its_signature_is_opened(pieces: bool) -> None:
    inner = b"Content-Type: text/plain; charset=utf-8\n\nMon VPN est en panne."
    octets = b"\x04" + bytes([len(inner)]) + inner
    if pieces:
        octets = b"\x24\x80\x04\x0a" + inner[:10] + b"\x04" + bytes([len(inner) - 10]) + inner[10:] + b"\0\0"
    content = bytes.fromhex("06092a864886f70d010701") + b"\xa0" + bytes([len(octets)]) + octets + b"\x30\x03junk"
    mail = read(b"\x30\x80" + content, content_type="application/pkcs7-mime; smime-type=signed-data; name=smime.p7m")
    assert mail.text == "Mon VPN est en panne." and not mail.encrypted
    assert [one.name for one in mail.attachments] == ["smime.p7m"]
