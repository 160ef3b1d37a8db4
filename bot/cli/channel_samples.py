"""A typical message in each channel's own shape, and a typical answer: what the bench of the channels works on."""

import json
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bot.channels.render import web_html
from bot.dialog.effects import Button, Say

WORDS = "Bonjour,\n\nMon VPN ne marche plus depuis ce matin, erreur 809, Windows 11, à la maison.\n\nMerci"
ANSWER = Say(
    text="Bonjour, ici l’assistant automatique du support.\n\nÀ essayer (2 min, aucun risque) : **Relancer le VPN**\n\n"
    "1. Quittez **GlobalProtect** par l’icône près de l’heure.\n2. Rouvrez-le, puis cliquez sur **Connexion**.\n\n"
    "Plus de détails : [la page du VPN](https://intranet.example.org/vpn).\n\nEst-ce que cela fonctionne ?",
    lang="fr",
    buttons=(Button("yes", "Oui, ça marche"), Button("no", "Non, toujours pas"), Button("human", "Parler à quelqu’un")),
    turn=3,
)
_QUOTED = "\n".join(f"> {line}" for line in ANSWER.text.split("\n"))


def mail(number: int, to: str, at: datetime) -> bytes:
    """A mail with both texts, a quote and a signature."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = f"Ann Martin <ann{number}@example.org>", to
    message["Subject"], message["Message-ID"] = "VPN en panne", f"<{number}@example.org>"
    message["Date"] = format_datetime(at)
    message["Authentication-Results"] = "mx.example.org; dmarc=pass header.from=example.org"
    message.set_content(f"{WORDS},\nAnn\n\n-- \nAnn Martin\n\nLe 05/01/2026, Support a écrit :\n{_QUOTED}\n")
    message.add_alternative(f"<p>{WORDS}</p><blockquote type=cite>{web_html(ANSWER.text)}</blockquote>", subtype="html")
    return message.as_bytes()


def update(number: int) -> str:
    """An update of Telegram's: a message in a private chat."""
    chat = 5_000_000_000 + number
    user = {"id": chat, "is_bot": False, "first_name": "Ann", "last_name": "Martin", "language_code": "fr"}
    message = {
        "message_id": 7,
        "from": user,
        "chat": {"id": chat, "type": "private"},
        "date": 1767600000,
        "text": WORDS,
    }
    return json.dumps({"update_id": number, "message": message})


def envelope(number: int) -> str:
    """An event of Slack's: a direct message."""
    event = {
        "type": "message", "channel": f"D{number}", "channel_type": "im", "user": f"U{number}", "team": "T1",
        "ts": f"1767600000.{number:06d}", "event_ts": f"1767600000.{number:06d}", "client_msg_id": str(number),
        "text": WORDS, "blocks": [{"type": "rich_text", "block_id": "b", "elements": [{"type": "rich_text_section",
        "elements": [{"type": "text", "text": WORDS}]}]}],
    }  # fmt: skip
    return json.dumps({"type": "event_callback", "team_id": "T1", "event_id": f"Ev{number}", "event": event})
