"""The public collection of odd mails: every one is read, and what is known of some is found."""

from pathlib import Path

from bot.channels.email.mail import Kind, Mail
from bot.channels.email.reading import read_mail


def mails(shared: Path) -> dict[str, Mail]:
    files = sorted((shared / "data" / "mails" / "ruby-mail").rglob("*.eml"))
    return {file.stem: read_mail(file.read_bytes()) for file in files}


def test_every_mail_is_read(shared: Path) -> None:
    read = mails(shared)
    assert len(read) == 89
    assert not [name for name, mail in read.items() if mail.kind is Kind.UNPARSEABLE]
    assert not [name for name, mail in read.items() if not (mail.subject or mail.text or mail.attachments)]
    assert sum(mail.kind is Kind.BOUNCE for mail in read.values()) == 6
    assert sum(len(mail.attachments) > 0 for mail in read.values()) >= 30


def test_what_is_known_of_some(shared: Path) -> None:
    read = mails(shared)
    assert read["japanese_shift_jis"].text.startswith("あいうえお")
    assert read["japanese"].subject == "まみむめも"
    assert read["ks_c_5601-1987"].text == "스티해"
    assert read["raw_email10"].text.startswith("Test test. Hi.")
    assert read["raw_email_with_illegal_boundary"].text.startswith("Hello\nThis is an outlook test")
    assert read["raw_email_incorrect_header"].sender.address
    assert read["report_530"].bounced == ("edwin@zzzzzzz.com",)
    assert read["report_422"].bounced == ()
    assert len(read["multi_address_bounce1"].bounced) == 5
    assert [one.name for one in read["attachment_with_base64_encoded_name"].attachments] == ["This is a test.pdf"]
    assert [one.name for one in read["attachment_nonascii_filename"].attachments] == ["ciële.txt"]
    assert read["raw_email_trailing_dot"].noreply
    assert read["utf8_headers"].sender.name == "Jöhn Doe"
