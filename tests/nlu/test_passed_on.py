"""A scam that is passed on never chooses the topic; what a colleague asks does."""

import pytest

from bot.nlu.clean import clean
from bot.nlu.passed_on import bait
from bot.nlu.pipeline import Pipeline
from bot.ports.understander import Hints

PARCEL = """---------- Message transféré ---------
De : La Poste <suivi@colis.example>
Objet : Votre colis est en attente

Votre colis est bloqué. Payez 1,99 € de frais sous 24 heures : cliquez ici http://colis.example/payer
"""
INVOICE = """> Dear customer,
> your invoice is overdue and your account will be suspended. Click here to pay within 48 hours."""
PASSWORD = """---------- Forwarded message ---------
From: IT Desk <it@desk.example>
Subject: Password expiry

Your password expires today. Sign in at http://desk.example/renew to confirm your account.
"""
COLLEAGUE = """FYI
---------- Forwarded message ---------
From: Ann <ann@example.org>
Subject: printer

My printer prints blank pages, can somebody help? I open the tray and it says it is blocked.
"""


@pytest.mark.parametrize(
    "text",
    [
        PARCEL,
        f"FW: \n{PARCEL}",
        PARCEL.replace("Objet", "Date: Mon, 5 Jan 2026 10:02:11 +0100\nObjet"),
        f"Bonjour,\nest-ce que c'est normal ?\n\n{PARCEL}",
        f"{PARCEL}\nBonjour, j'ai reçu ce message, c'est normal ?",
        f"Is this real?\n{INVOICE}",
        INVOICE,
        f"Hello, should I do what it says? {PASSWORD}",
    ],
)
@pytest.mark.parametrize("channel", ["web", "slack"])
def test_a_scam_that_is_passed_on_is_a_threat_received(
    text: str, channel: str, pipeline: Pipeline, hints: Hints
) -> None:
    told = pipeline.understand(text, Hints(hints.now, lang="fr", channel=channel))
    assert (told.intent, told.threat) == ("phishing_security", "received")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (f"My VPN does not connect any more since this morning.\n{INVOICE}", "vpn"),
        (f"Mon imprimante ne sort plus rien depuis ce matin.\n\n{PARCEL}", "printer"),
        (COLLEAGUE, "printer"),
    ],
)
def test_own_words_and_colleagues_keep_their_topic(text: str, topic: str, pipeline: Pipeline, hints: Hints) -> None:
    told = pipeline.understand(text, Hints(hints.now, lang="en", channel="web"))
    assert (told.ranking[0].intent, told.threat) == (topic, None)


def test_a_mail_quotes_what_we_wrote_ourselves() -> None:
    answer = f"Toujours pas.\n\n{INVOICE}"
    assert not clean(answer, "email").lured
    assert clean(answer, "web").lured


def test_a_forwarded_scam_is_seen_in_a_mail_too() -> None:
    told = clean(f"Bonjour,\n{PARCEL}", "email")
    assert told.lured
    assert "colis" not in told.essence


@pytest.mark.parametrize("text", ["", "> " * 5_000, "message transféré" * 900, "http://" * 3_000, "votre " * 9_000])
def test_odd_texts_are_looked_at_in_no_time(text: str) -> None:
    assert bait(text, quoted=True) is None
