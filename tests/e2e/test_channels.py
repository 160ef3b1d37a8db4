"""`guichet run` with every channel at once: on Slack, on Telegram and by mail, killed in the middle of it all."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.support.mailhouse import MailHouse
from tests.support.needs import ROOT
from tests.support.served import Served
from tests.support.slack.members import Member
from tests.support.slack.workspace import Workspace
from tests.support.telegram import BotApi

pytestmark = [pytest.mark.smtp, pytest.mark.mail]

SETTINGS = """
[server]
public_url = "https://support.corp.test"
[privacy]
controller = "Corp, 1 rue de l’Exemple, Lyon"
dpo = "dpo@corp.test"
[desk]
emergency_phone = "+33 4 00 00 00 00"
[channels.email]
imap = "{mail.host}"
imap_port = {mail.imaps_port}
smtp = "{mail.host}"
smtp_port = {mail.submission_port}
user = "{desk}"
password_file = "mail.pass"
ca_file = "{mail.ca}"
authserv_id = "mx.corp.test"
[channels.slack]
bot_token_file = "slack.bot"
app_token_file = "slack.app"
help_channels = ["#aide"]
api = "{slack.url}/api/"
[channels.telegram]
token_file = "telegram.token"
api = "{telegram.url}"
"""


@dataclass
class Town:
    """A house and the platforms around it."""

    house: Served
    slack: Workspace
    telegram: BotApi
    mail: MailHouse
    desk: str

    def doctor(self) -> list[dict[str, str]]:
        """What the doctor says."""
        command = [sys.executable, "-m", "bot", "doctor", "--json", "--home", str(self.house.home)]
        folder, env = self.house.home.parent, {"PYTHONPATH": str(ROOT)}
        told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=env)
        return [json.loads(line) for line in told.stdout.splitlines()]


@pytest.fixture
def town(tmp_path: Path, smtp_house: MailHouse) -> Iterator[Town]:
    """Everything at work."""
    with Workspace() as slack, BotApi() as telegram:
        desk = smtp_house.add_user()
        slack.channel("aide", bot=True)
        secrets = {
            "mail.pass": smtp_house.passwords[desk],
            "slack.bot": slack.app.bot_token,
            "slack.app": slack.app.app_token,
            "telegram.token": telegram.token,
        }
        for name, secret in secrets.items():
            (tmp_path / name).write_text(secret)
        text = SETTINGS.format(mail=smtp_house, desk=desk, slack=slack, telegram=telegram)
        (tmp_path / "guichet.toml").write_text(text)
        town = Town(Served(tmp_path / "home"), slack, telegram, smtp_house, desk)
        yield town
        town.house.stop()


def test_one_house_serves_every_channel_and_a_kill_loses_nothing(town: Town) -> None:
    town.house.start()
    ann = town.slack.person("Ann Li", town.mail.add_user(), locale="fr-FR")
    bob = town.telegram.person("Bob Roux", language="fr")
    ann.say("mon VPN ne se connecte plus")
    town.slack.wait_for(lambda: town.slack.written(ann.direct), most=60)
    bob.start()
    bob.hears("assistant automatique")
    bob.say("mon imprimante ne marche plus")
    asked = bob.wait_for(
        lambda shown: [one for one in shown if one.by_bot and one.buttons and "imprimante" in one.text]
    )

    town.house.stop(signal.SIGKILL)
    ann.say("depuis ce matin, à la maison")
    bob.press(asked[-1], 1)
    town.house.start()

    before = len(town.slack.written(ann.direct))
    town.slack.wait_for(lambda: len(town.slack.written(ann.direct)) > before, most=60)
    bob.wait_for(lambda shown: [one for one in shown if one.by_bot and one.id > asked[-1].id], most=60)
    heard = [one.text for one in town.slack.messages(ann.direct) if not one.by_bot]
    assert len(heard) == 2


def test_a_request_made_by_slack_goes_on_by_telegram_once_it_is_proven(town: Town) -> None:
    town.house.start()
    address = town.mail.add_user()
    ann = town.slack.person("Ann Li", address, locale="fr-FR")
    on_telegram = town.telegram.person("Ann", language="fr")
    ann.say("je veux parler à un humain, mon écran est cassé")
    key = _handed_over(town, ann)
    on_telegram.start()
    on_telegram.hears("assistant automatique")
    on_telegram.say(f"/link {address}")
    on_telegram.hears("code à six chiffres")
    mail = message_from_bytes(town.mail.wait_for_mail(address)[0], policy=default)
    assert mail["Auto-Submitted"] == "auto-generated"
    body = mail.get_body(("plain",))
    code = re.search(r"\b\d{6}\b", str(body.get_content() if body else ""))
    assert code
    on_telegram.say(code[0])
    on_telegram.hears("c’est bien vous")
    on_telegram.say("je vous ai écrit ce matin sur Slack à ce sujet")
    told = on_telegram.hears(key)
    on_telegram.press(told, 1)
    on_telegram.hears("nous continuons ici")


def test_the_doctor_asks_every_platform_and_names_the_mend(town: Town) -> None:
    found = {one["what"]: one for one in town.doctor()}
    assert [found[name]["level"] for name in ("email", "slack", "telegram")] == ["ok"] * 3
    folder = town.house.home.parent
    (folder / "telegram.token").write_text("1:no")
    (folder / "slack.bot").write_text("xoxb-revoked")
    (folder / "mail.pass").write_text("wrong")
    faults = [one for one in town.doctor() if one["level"] == "fault"]
    assert {one["what"] for one in faults} == {"email", "slack", "telegram"}
    assert all(one["mend"] for one in faults)
    assert "xoxb-revoked" not in json.dumps(faults) and "1:no" not in json.dumps(faults)


def _handed_over(town: Town, ann: Member) -> str:
    """Answer what is asked before the handover; give the ticket's key."""
    seen = 0
    while True:
        town.slack.wait_for(lambda: len(town.slack.written(ann.direct)) > seen, most=60)  # noqa: B023
        seen = len(town.slack.written(ann.direct))
        last = town.slack.written(ann.direct)[-1]
        if found := re.search(r"T-\d+", last.words):
            return found[0]
        ann.press(last.buttons[0].label, message=last)
