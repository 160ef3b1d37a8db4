"""A mail of its own, which belongs to no conversation: a code, for instance."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from bot.channels.email.writing import PAGE, Letterhead
from bot.channels.render import plain_words, terminal_text, web_html


def note(head: Letterhead, to: str, subject: str, document: str, lang: str, key: str, at: datetime) -> EmailMessage:
    """Write it. The same key gives the same Message-ID. Raises ValueError for what is no address."""
    mail = EmailMessage(policy=SMTP)
    local, _, domain = head.threads.address.rpartition("@")
    to_local, _, to_domain = to.rpartition("@")
    mail["From"] = Address(" ".join(plain_words(head.name).split()), local, domain)
    mail["To"] = Address("", to_local, to_domain)
    mail["Subject"] = " ".join(plain_words(subject).split())
    mail["Date"] = at
    mail["Message-ID"] = f"<{sha256(key.encode()).hexdigest()[:32]}.note@{domain}>"  # no thread's: an answer begins one
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(terminal_text(document) + "\n")
    mail.add_alternative(PAGE.format(lang=lang, body=web_html(document)), subtype="html")
    return mail
