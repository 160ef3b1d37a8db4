"""Delivery reports name who got nothing, and which mail of ours it was."""

import pytest

from bot.channels.email.mail import Kind
from tests.support.rawmail import part, read, read_parts

MAILER = {"from": "MAILER-DAEMON@mx.example", "return_path": "<>", "subject": "Undelivered Mail Returned to Sender"}
STATUS = """Reporting-MTA: dns; mx.example

Original-Recipient: rfc822;claire@client.example
Final-Recipient: RFC822; Claire.Martin@client.example
Action: failed
Status: 5.1.1

Final-Recipient: rfc822; <paul@client.example>
Action: delayed
Status: 4.4.1

Final-Recipient: rfc822; ana@client.example
Action: delivered
Status: 2.0.0
"""
OURS = part("Message-ID: <ours.1@desk.example>\nSubject: Re: VPN\n\nBonjour\n", "message/rfc822")
REPORT = "multipart/report; report-type=delivery-status"


def test_only_those_given_up_count_and_our_mail_is_named() -> None:
    mail = read_parts(part("Sorry."), part(STATUS, "message/delivery-status"), OURS, kind=REPORT, **MAILER)
    assert mail.kind is Kind.BOUNCE
    assert mail.bounced == ("Claire.Martin@client.example",)
    assert mail.returned == "<ours.1@desk.example>"


def test_a_mail_that_is_only_late_bounced_for_nobody() -> None:
    late = STATUS.replace("failed", "delayed").replace("5.1.1", "4.4.7")
    mail = read_parts(part("Still trying."), part(late, "message/delivery-status"), kind=REPORT, **MAILER)
    assert (mail.kind, mail.bounced) == (Kind.BOUNCE, ())


def test_only_the_header_of_our_mail_comes_back() -> None:
    head = part("Received: x\nMessage-Id: <ours.2@desk.example>\n", "text/rfc822-headers")
    assert (
        read_parts(part("x"), part(STATUS, "message/delivery-status"), head, kind=REPORT).returned
        == "<ours.2@desk.example>"
    )


QMAIL = """Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<claire@client.example>:
This address no longer accepts mail.

--- Below this line is a copy of the message.

Return-Path: <support@desk.example>
Message-ID: <ours.3@desk.example>
Subject: Re: VPN
"""


def test_a_report_in_words_alone() -> None:
    mail = read(QMAIL, **{**MAILER, "subject": "failure notice"})
    assert (mail.kind, mail.bounced, mail.returned) == (
        Kind.BOUNCE,
        ("claire@client.example",),
        "<ours.3@desk.example>",
    )


def test_a_report_that_lists_them_in_its_header() -> None:
    mail = read("x", x_failed_recipients="claire@client.example, paul@client.example", subject="Mail delivery failed")
    assert mail.bounced == ("claire@client.example", "paul@client.example")


def test_a_person_who_complains_of_a_failure_is_no_report() -> None:
    assert read(subject="Mail delivery failed").kind is Kind.HUMAN
    assert read(QMAIL, subject="Tr: failure notice").kind is Kind.HUMAN


@pytest.mark.parametrize(
    "status",
    ["", "\n\n\n", "Final-Recipient:", "Final-Recipient: rfc822;\nAction: failed", "Action: failed\nStatus: 5.0.0",
     "Final-Recipient: x\nAction: failed", "\x00\xff", "Final-Recipient: rfc822; a b c @@\nAction: FAILED ("],
)  # fmt: skip
def test_a_broken_report_is_still_one(status: str) -> None:
    mail = read_parts(part("x"), part(status, "message/delivery-status"), kind=REPORT, **MAILER)
    assert (mail.kind, mail.bounced) == (Kind.BOUNCE, ())
