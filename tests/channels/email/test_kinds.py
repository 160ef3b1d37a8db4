"""What kind of mail it is: whatever a machine wrote is known as such, and a person's mail never is."""

import pytest

from bot.channels.email.mail import Addressed, Kind, Ours
from bot.channels.email.reading import read_mail
from tests.support.rawmail import DESK, part, raw, read, read_parts


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"auto_submitted": "no"},
        {"auto_submitted": " No (really)"},
        {"precedence": "normal"},
        {"x_auto_response_suppress": "DR, RN, NRN"},
        {"x_autoreply": "no"},
        {"return_path": "<claire@client.example>"},
        {"subject": "Réponse automatique Outlook : comment faire ?"},
        {"subject": "Comment activer l'absence du bureau"},
        {"subject": "Re: Automatic reply does not start"},
        {"list_id": "Support <support.desk.example>", "precedence": "list"},
        {"list_post": f"<mailto:{DESK}>"},
    ],
)
def test_a_person(fields: dict[str, str]) -> None:
    assert read(**fields).kind is Kind.HUMAN


@pytest.mark.parametrize(
    "fields",
    [
        {"auto_submitted": "auto-replied"},
        {"auto_submitted": "Auto-Generated; type=x"},
        {"auto_submitted": "auto-notified (rfc5436)"},
        {"return_path": "<>"},
        {"return_path": "< >"},
        {"x_auto_response_suppress": "All"},
        {"x_auto_response_suppress": "OOF, DR"},
        {"precedence": "auto_reply"},
        {"x_autoreply": "yes"},
        {"x_autorespond": "Re: VPN"},
        {"subject": "Automatic reply: VPN en panne"},
        {"subject": "Réponse automatique : VPN en panne"},
        {"subject": "=?utf-8?q?R=C3=A9ponse_automatique=C2=A0=3A_VPN?="},
        {"subject": "Absence du bureau : VPN"},
        {"subject": "Out of Office AutoReply: VPN", "precedence": "bulk"},
        {"subject": "Abwesenheitsnotiz: VPN"},
        {"auto_submitted": "auto-replied", "list_id": "<list.client.example>"},
    ],
)
def test_an_absence_or_a_notice(fields: dict[str, str]) -> None:
    assert read(**fields).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    "fields",
    [
        {"list_id": "News <news.client.example>"},
        {"list_id": "<notsupport.desk.example>"},
        {"mailing_list": "contact news@client.example"},
        {"precedence": "bulk"},
        {"precedence": "List"},
        {"precedence": "junk"},
        {"list_unsubscribe": "<https://client.example/out>"},
        {"list_id": "<a.b>", "auto_submitted": "auto-generated"},
    ],
)
def test_a_list(fields: dict[str, str]) -> None:
    assert read(**fields).kind is Kind.LIST


@pytest.mark.parametrize(
    "fields",
    [
        {"from": f"Support <{DESK}>"},
        {"from": "Support <Support+x7@DESK.example>"},
        {"message_id": "<a.thread.sealed@desk.example>"},
        {"x_loop": f"other@client.example, {DESK}"},
        {"from": f"Support <{DESK}>", "auto_submitted": "auto-replied"},
    ],
)
def test_our_own_mail_come_back(fields: dict[str, str]) -> None:
    assert read(**fields).kind is Kind.OWN


def test_a_receipt_is_no_delivery_report() -> None:
    receipt = part("Final-Recipient: rfc822; claire@client.example\n", "message/disposition-notification")
    mail = read_parts(part("Lu."), receipt, kind="multipart/report; report-type=disposition-notification")
    assert (mail.kind, mail.bounced) == (Kind.AUTO_REPLY, ())


INVITATION = """BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VTIMEZONE
DTSTART:16010101T030000
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Point VPN\\, suite
DTSTART;TZID="Europe/Paris":20260105T140000
DTEND:20260105T130000Z
LOCATION:Salle B12
 , 3e étage
ORGANIZER;CN="Claire: achats":mailto:claire@client.example
DESCRIPTION:long
END:VEVENT
END:VCALENDAR
"""


def test_an_invitation_is_told_in_a_few_lines() -> None:
    calendar = part(INVITATION, "text/calendar; charset=utf-8; method=REQUEST")
    mail = read_parts(part("À mardi."), calendar, kind="multipart/alternative")
    assert mail.kind is Kind.CALENDAR
    assert mail.text == (
        "À mardi.\n\nPoint VPN, suite\n2026-01-05 14:00 – 2026-01-05 13:00 UTC\n"
        "Salle B12, 3e étage\nclaire@client.example"
    )


@pytest.mark.parametrize("method", ["REPLY", "CANCEL", "COUNTER"])
def test_an_answer_to_an_invitation(method: str) -> None:
    assert (
        read(INVITATION.replace("REQUEST", method), content_type="text/calendar; charset=utf-8").kind is Kind.CALENDAR
    )


def test_a_file_of_dates_that_is_attached_is_a_persons_mail() -> None:
    calendar = part(INVITATION, 'text/calendar; name="rdv.ics"', Content_Disposition="attachment")
    mail = read_parts(part("Je ne peux pas ouvrir ce rendez-vous."), calendar)
    assert (mail.kind, [one.name for one in mail.attachments]) == (Kind.HUMAN, ["rdv.ics"])
    dates = part(INVITATION.replace("METHOD:REQUEST\n", ""), "text/calendar")
    assert read_parts(part("Voici nos dates."), dates).kind is Kind.HUMAN


@pytest.mark.parametrize(
    "address",
    ["noreply@x.example", "no-reply@x.example", "Do_Not_Reply@x.example", "ne-pas-repondre@x.example",
     "nepasrepondre@x.fr", "orders-noreply@x.example", "noreply+77@x.example", "MAILER-DAEMON@x.example",
     "bounces+5=a@x.example"],
)  # fmt: skip
def test_nobody_reads_an_answer(address: str) -> None:
    assert read(**{"from": address}).noreply
    assert read(reply_to=address).noreply


@pytest.mark.parametrize(
    "address", ["claire@x.example", "norbert.reply@x.example", "nora@noreply.example", "bouncer@x.example"]
)
def test_somebody_reads_an_answer(address: str) -> None:
    assert not read(**{"from": address}).noreply


def test_a_form_of_a_web_site_is_answered_to_whoever_filled_it_in() -> None:
    assert not read(**{"from": "noreply@desk.example"}, reply_to="claire@client.example").noreply


@pytest.mark.parametrize(
    ("fields", "addressed"),
    [
        ({}, Addressed.TO),
        ({"to": "Support <Support+x7k@Desk.Example>"}, Addressed.TO),
        ({"to": "paul@client.example", "cc": f"a@b.example, Support <{DESK}>"}, Addressed.CC),
        ({"to": "paul@client.example"}, Addressed.BCC),
        ({"to": "undisclosed-recipients:;"}, Addressed.BCC),
        ({"list_id": "<news.client.example>"}, Addressed.LIST),
    ],
)
def test_how_it_reached_us(fields: dict[str, str], addressed: Addressed) -> None:
    assert read(**fields).addressed is addressed


def test_how_it_reached_us_where_no_address_is_ours_yet() -> None:
    assert read_mail(raw()).addressed is Addressed.TO
    assert read_mail(raw(delivered_to=DESK)).addressed is Addressed.TO
    assert read_mail(raw(delivered_to="hidden@desk.example")).addressed is Addressed.BCC
    assert read_mail(raw(to="a@b.example", cc=DESK), Ours(frozenset({DESK}))).addressed is Addressed.CC
