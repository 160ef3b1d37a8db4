"""The mail house is what the mail channel's tests believe it is: a real server for each of their clients."""

import os
import shutil
import smtplib
import subprocess
import sys
import time
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import aiosmtplib
import pytest
from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from tests.support.daemon import listens, wait_until
from tests.support.mailhouse import ANN, GHOST, MailHouse
from tests.support.needs import ROOT, postfix_program, require

HELLO = b"From: ann@corp.test\nSubject: Hello\n\nIt blinks.\n"


def letter(sender: str, to: str, subject: str) -> EmailMessage:
    """A short message."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message.set_content("It blinks.")
    return message


def secure(house: MailHouse) -> IMAPClient:
    """A client on the port that speaks TLS from the first byte, not logged in."""
    return IMAPClient(house.host, house.imaps_port, ssl_context=house.tls, timeout=20)


def test_a_password_opens_the_mailbox_it_belongs_to(mail_house):
    user = mail_house.add_user()
    with mail_house.login(user, "INBOX") as after_starttls, secure(mail_house) as client:
        assert after_starttls.noop()
        client.login(user, mail_house.passwords[user])
        with pytest.raises(LoginError), secure(mail_house) as stranger:
            stranger.login(user, mail_house.passwords[ANN])


def test_wrong_passwords_are_not_punished_with_waiting(mail_house):
    began = time.monotonic()
    for number in range(3):
        with secure(mail_house) as client, pytest.raises(LoginError):
            client.login(ANN, f"guess {number}")
    assert time.monotonic() - began < 10  # the server as it comes lets wait for 2 + 4 + 8 seconds


def test_no_password_is_taken_before_tls(mail_house):
    with IMAPClient(mail_house.host, mail_house.imap_port, ssl=False, timeout=20) as client, pytest.raises(LoginError):
        client.login(ANN, mail_house.passwords[ANN])


def test_a_token_opens_a_mailbox_while_it_is_good(mail_house):
    with secure(mail_house) as client:
        client.oauth2_login(ANN, mail_house.token(ANN))
        client.select_folder("INBOX", readonly=True)
    with secure(mail_house) as client, pytest.raises(LoginError):
        client.oauth2_login(ANN, mail_house.token(ANN, lifetime=-60))
    with secure(mail_house) as client, pytest.raises(LoginError):
        client.oauth2_login(ANN, mail_house.token(ANN)[:-2])


def test_who_waits_in_idle_hears_of_a_delivery(mail_house):
    user = mail_house.add_user()
    with mail_house.login(user, "INBOX") as client:
        client.idle()
        mail_house.deliver(HELLO, user)
        assert (1, b"EXISTS") in client.idle_check(timeout=20)
        client.idle_done()


def test_a_message_is_kept_byte_for_byte_and_reading_leaves_it_unseen(mail_house):
    user = mail_house.add_user()
    mail_house.deliver(b"Subject: \xe9t\xe9\n\n.\n..dots\nFrom here\n" + b"x" * 2000 + b"\n", user)
    (raw,) = mail_house.mailbox(user)
    assert raw.endswith(b"Subject: \xe9t\xe9\r\n\r\n.\r\n..dots\r\nFrom here\r\n" + b"x" * 2000 + b"\r\n")
    with mail_house.login(user, "INBOX") as client:
        assert client.search("UNSEEN") == [1]
    mail_house.empty(user)
    assert mail_house.mailbox(user) == []


def test_lmtp_keeps_what_follows_the_plus(mail_house):
    user = mail_house.add_user()
    tagged = user.replace("@", "+K7f3@")
    mail_house.deliver(HELLO, tagged)
    (raw,) = mail_house.wait_for_mail(user)
    assert BytesParser(policy=default).parsebytes(raw)["Delivered-To"] == tagged


def test_a_frozen_session_stays_connected_and_silent(mail_house):
    user = mail_house.add_user()
    with mail_house.login(user, "INBOX") as client:
        client.idle()
        with mail_house.frozen(user) as sessions:
            assert len(sessions) == 1
            mail_house.deliver(HELLO, user)
            assert client.idle_check(timeout=1) == []
        assert (1, b"EXISTS") in client.idle_check(timeout=20)


def test_a_cut_session_ends_alone(mail_house):
    user = mail_house.add_user()
    with mail_house.login(user, "INBOX") as cut, mail_house.login(ANN, "INBOX") as other:
        mail_house.cut_sessions(user)
        with pytest.raises(IMAPClient.AbortError):
            cut.noop()
        assert other.noop()


async def test_a_user_sends_after_starttls_with_a_password_or_a_good_token(smtp_house):
    user = smtp_house.add_user()
    tagged = user.replace("@", "+K7f3@")
    async with submission(smtp_house) as server:
        await server.login(ANN, smtp_house.passwords[ANN])
        await server.send_message(letter(ANN, tagged, "with a password"))
    async with submission(smtp_house) as server:
        await server.auth_xoauth2(ANN, smtp_house.token(ANN))
        await server.send_message(letter(ANN, tagged, "with a token"))
    for raw in smtp_house.wait_for_mail(user, count=2):
        message = BytesParser(policy=default).parsebytes(raw)
        assert message["To"] == message["Delivered-To"] == tagged


async def test_without_a_good_password_or_token_nothing_is_sent(smtp_house):
    async with submission(smtp_house) as server:
        with pytest.raises(aiosmtplib.SMTPAuthenticationError):
            await server.auth_xoauth2(ANN, smtp_house.token(ANN, lifetime=-60))
        with pytest.raises(aiosmtplib.SMTPAuthenticationError):
            await server.login(ANN, "guess")
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
            await server.send_message(letter(ANN, ANN, "unknown sender"))


def submission(house: MailHouse) -> aiosmtplib.SMTP:
    """A client for the port where users send."""
    return aiosmtplib.SMTP(hostname=house.host, port=house.submission_port, start_tls=True, tls_context=house.tls)


def test_smtp_with_tls_from_the_first_byte(smtp_house):
    user = smtp_house.add_user()
    with smtplib.SMTP_SSL(smtp_house.host, smtp_house.smtps_port, context=smtp_house.tls, timeout=20) as server:
        server.login(ANN, smtp_house.passwords[ANN])
        server.send_message(letter(ANN, user, "from the first byte"))
    smtp_house.wait_for_mail(user, b"from the first byte")


def test_nothing_leaves_the_machine_and_strangers_are_refused_at_once(smtp_house):
    for address in ("someone@example.com", "nobody@desk.test"):
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            smtp_house.deliver(HELLO, address, by="smtp")


def test_the_ghost_answers_with_a_true_report(smtp_house):
    sender = smtp_house.add_user()
    smtp_house.deliver(HELLO, GHOST, sender=sender, by="smtp")
    (raw,) = smtp_house.wait_for_mail(sender)
    report = BytesParser(policy=default).parsebytes(raw)
    assert report["Return-Path"] == "<>"
    assert report["Auto-Submitted"] == "auto-replied"
    assert (report.get_content_type(), report.get_param("report-type")) == ("multipart/report", "delivery-status")
    assert b"Final-Recipient: rfc822; ghost@corp.test" in raw
    assert b"Status: 5.1.1" in raw


def test_what_postfix_accepts_outlives_a_kill_of_either_server(smtp_house):
    user = smtp_house.add_user()
    smtp_house.deliver(HELLO, user)
    with smtp_house.dovecot_down():
        with pytest.raises(ConnectionRefusedError), smtp_house.login(user):
            pass
        for number in range(5):
            smtp_house.deliver(HELLO + b"number %d" % number, user, by="smtp")
        smtp_house.kill_postfix()
        smtp_house.start_postfix()
    assert len(smtp_house.wait_for_mail(user, b"number", count=5)) == 5
    assert len(smtp_house.mailbox(user)) == 6
    wait_until(lambda: smtp_house.postfix.queued() == 0, "an empty queue")


def test_dovecot_ends_in_good_order_and_comes_back_on_the_same_port(mail_house):
    with mail_house.login(ANN, "INBOX") as client:
        mail_house.stop_dovecot()
        with pytest.raises(IMAPClient.Error):
            client.noop()
    mail_house.start_dovecot()
    with mail_house.login(ANN, "INBOX") as client:
        assert client.noop()


KILLED_RUN = """
import os, sys
from pathlib import Path
from tests.support.mailhouse import running_mail_house
with running_mail_house(*(Path(program) if program else None for program in sys.argv[1:])) as house:
    ports = [house.imap_port, *([house.smtp_port] if sys.argv[2] else [])]
    print(house.ca.parent, *ports, flush=True)
    os.kill(os.getpid(), 9)
"""


@pytest.mark.mail
def test_no_server_outlives_a_killed_test_run():
    command = [sys.executable, "-c", KILLED_RUN, str(require("mail")), str(postfix_program() or "")]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    folder, *ports = done.stdout.split()
    shutil.rmtree(Path(folder))
    wait_until(lambda: not any(listens(int(port)) for port in ports), "the end of the servers")
