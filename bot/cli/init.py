"""`guichet init`: write a guichet.toml in which every key is explained."""

from pathlib import Path
from typing import Annotated

import typer

from bot.settings import FILE, read_settings

from .frame import WrongUseError, app, say

TEXT = """\
# Settings of Guichet. Everything has a default; GUICHET_DESK__NAME and the like in the environment go before the file.
# Secrets never stand here: they come from files. A relative path begins in the folder of this file.

[server]
listen = "127.0.0.1:8700"        # address and port of the pages; this machine only
public_url = ""                  # how people reach it, such as "https://guichet.example.org"; used in links
origins = []                     # other sites whose pages may carry the chat: ["https://intranet.example.org"]

[desk]
name = "Support"
languages = ["fr", "en"]         # the first is the desk's own: it is used until a person writes in the other
timezone = "Europe/Paris"
hours = "mon-fri 08:30-18:00"    # several: "mon-thu 08:30-18:00, fri 08:30-17:00"
holidays = "FR"                  # country whose public holidays are closed days; "" = none
emergency_phone = ""             # told in security cases and out of hours; empty = the sentence is left out
report_button = {}               # how mail is reported as suspicious: {fr = "Signaler", en = "Report"}
vip = []                         # addresses handled one priority up: ["director@example.org"]
default_team = "servicedesk"

[privacy]                        # told on the page /privacy
controller = ""                  # "Example SA, 1 rue de l'Exemple, Lyon"
dpo = ""                         # "dpo@example.org"
basis_staff = "legitimate interest"
basis_customers = "contract"
recipients = []                  # who receives messages besides the desk: ["Example Hosting, France"]
authority = ""                   # where people may complain: "CNIL"

[dialog]                         # budgets for one request, and what silence does (hours)
questions = 5
fixes = 3
minutes = 15                     # of the person's own time
reminder_hours_chat = 4
reminder_hours_mail = 24
close_hours_chat = 24            # after the reminder
close_hours_mail = 72
retry_hours = 24                 # "not now": asked again after
holding_hours = 24               # "does it still hold?" after a fix without an answer
handoff_minutes = 10             # the last question before a handoff does not hold it up longer

[understanding]                  # docs/understanding.md
encoders = ["use"]               # sentence encoders, in this order; "e5" beside it needs the extra [e5]
costs = { wrong_fix = 5, escalation = 1, question = 0.5 }  # what mistakes cost: act, ask or refuse follows from it
order = ["own"]                  # who names topics: ["rasa", "own"] asks a Rasa server, the model here if it fails

[understanding.rasa]             # a Rasa Open Source server, asked where `order` names it
url = ""                         # "http://127.0.0.1:5005"; start it with --enable-api
token_file = ""                  # file that holds its --auth-token, or a signed one (JWT)
timeout_seconds = 2              # for a message in all
intents = {}                     # its intents that have another name here: {vpn_down = "vpn"}
entities = {}                    # entities, or those in a role, for our slots: {system = "os", "place:home" = "site"}

[channels.email]                 # a mailbox that people write to: docs/channels/email.md; without `imap` there is none
imap = ""                        # "imap.example.org"
imap_port = 993
imap_starttls = false            # else TLS from the first byte
smtp = ""                        # "smtp.example.org"
smtp_port = 587                  # STARTTLS
smtp_tls = false                 # true: TLS from the first byte, as on port 465
user = ""                        # who signs in at both: "support@example.org"
address = ""                     # the address that people write to, where it is not the user
aliases = []                     # other addresses that lead to this mailbox: ["help@example.org"]
agents = []                      # who passes mails on to the desk for others: ["*@desk.example.org"]
password_file = ""               # file that holds the password; leave it out with [channels.email.oauth]
authserv_id = ""                 # how your mail server signs Authentication-Results; without it nobody is proven
folder = "INBOX"                 # `guichet doctor` names those of the mailbox where there is no such one
ca_file = ""                     # certificates (PEM) of an authority that this machine does not know

[channels.email.oauth]           # in place of a password, where the provider takes none (Microsoft 365, Gmail)
token_url = ""                   # "https://login.microsoftonline.com/TENANT/oauth2/v2.0/token"
client_id = ""
client_secret_file = ""
refresh_token_file = ""          # empty: the client signs in for itself
scope = ""

[channels.slack]                 # docs/channels/slack.md; without a bot token there is none
bot_token_file = ""              # file with xoxb-...
app_token_file = ""              # file with xapp-..., for Socket Mode
signing_secret_file = ""         # for HTTP
socket_mode = true               # false: Slack posts to server.public_url
help_channels = []               # channels in which every post is a request: ["#help-it", "C0123456789"]
force_emoji = "ticket"           # makes the post it is put to a request; an emoji's name without its colons
refuse_emoji = "no_entry_sign"   # sends the bot out of the thread; likewise
client_id = ""                   # this and the next two: for tokens that expire, in place of bot_token_file
client_secret_file = ""
refresh_token_file = ""
api = "https://slack.com/api/"

[channels.telegram]              # docs/channels/telegram.md; without a token there is none
token_file = ""                  # file with the token that @BotFather gave
webhook = false                  # true: Telegram posts to server.public_url
api = "https://api.telegram.org"

[people]
link_domains = []                # domains of the addresses that codes are sent to, empty = all: ["*.example.org"]

# Teams that take handoffs; flows name them. Those of the library are there already, give others or other names:
# [teams]
# network = {fr = "l’équipe réseau", en = "the network team"}

# Folders with flows, texts, articles of your own, loaded after the library (docs/packs.md):
# packs = ["packs/mine"]          # before the first [table]
# actions = ["my_company.actions"]
"""


@app.command()
def init(
    file: Annotated[Path, typer.Argument(help="Where to write.", metavar="[FILE]")] = Path(FILE),
) -> int:
    """Write a commented guichet.toml; an existing file is left alone."""
    if file.exists():
        raise WrongUseError(f"guichet init: {file} is there already; move it away or name another file")
    try:
        file.write_text(TEXT, encoding="utf-8")
    except OSError as error:
        raise WrongUseError(f"guichet init: {file} cannot be written: {error.strerror}") from None
    read_settings(file)
    say(f"wrote {file}; start with: guichet run")
    return 0
