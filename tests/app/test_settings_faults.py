"""What is said of settings that cannot be used: words and the mend, no names of classes and no patterns."""

import errno
import re
from pathlib import Path

import pytest

from bot.settings import SettingFault, Settings, SettingsError, UnreadError, read_settings
from bot.settings.secret import read_text
from bot.settings.takes import PATTERNS
from tests.support.certificate import make_certificates

MAILBOX = '[channels.email]\nimap = "imap.test"\nsmtp = "smtp.test"\nuser = "a@b.test"\n'


def read(folder: Path, text: str) -> Settings:
    file = folder / "guichet.toml"
    file.write_text(text, encoding="utf-8")
    return read_settings(file)


def faults(folder: Path, text: str) -> dict[str, SettingFault]:
    """Every fault by its key."""
    with pytest.raises(SettingsError) as caught:
        read(folder, text)
    return {one.what.partition(": ")[0]: one for one in caught.value.faults}


def test_files_that_cannot_be_read_are_told_in_words_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "latin").write_bytes("clé".encode("latin-1"))
    (tmp_path / "empty").touch()
    found = faults(
        tmp_path,
        '[channels.email]\nimap = "imap.test"\nsmtp = "smtp.test"\nuser = "a@b.test"\npassword_file = "mail.pass"\n'
        'ca_file = "none.pem"\n[channels.slack]\nbot_token_file = "folder"\napp_token_file = "latin"\n'
        '[channels.telegram]\ntoken_file = "empty"\n',
    )
    assert {key.removeprefix("channels."): one.what.partition(": ")[2] for key, one in found.items()} == {
        "email.password_file": f"no such file: {tmp_path}/mail.pass",
        "email.ca_file": f"no such file: {tmp_path}/none.pem",
        "slack.bot_token_file": f"that is a folder: {tmp_path}/folder",
        "slack.app_token_file": f"that is no UTF-8 text: {tmp_path}/latin",
        "telegram.token_file": "is empty",
    }
    assert [one.line for one in found.values()] == [5, 6, 8, 9, 11]
    assert "relative path begins beside guichet.toml" in found["channels.email.password_file"].mend


def test_faults_of_both_kinds_are_told_together_and_none_that_follows_from_another(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        'packs = ["none"]\n[desk]\nhours = "never"\nname = 3\n[server]\nlistem = "x"\n[channels.email]\n'
        'imap = "imap.test"\nsmtp = 3\nuser = "a@b.test"\npassword_file = "none"\n[channels.slack]\n'
        'bot_token_file = "none"\nsocket_mode = "nein"\n[channels.telegram]\ntoken_file = "none"\n',
    )
    assert {key.split(" ")[0]: one.line for key, one in found.items()} == {
        "desk.name": 4, "server.listem": 6, "channels.email.smtp": 9, "channels.slack.socket_mode": 14,
        "desk.hours": 3, "packs": 1, "channels.email.password_file": 11, "channels.slack.bot_token_file": 13,
        "channels.telegram.token_file": 16,
    }  # fmt: skip
    incomplete = '[teams]\nhelp = {fr = "aide"}\n[channels.telegram]\ntoken_file = "none"\n'
    assert set(faults(tmp_path, incomplete)) == {"teams.help.en"}


def test_why_a_file_is_not_read_has_words_for_each_reason() -> None:
    path = Path("/etc/guichet/mail.pass")
    assert str(UnreadError(errno.EACCES, path)) == f"permission denied: {path}"
    assert UnreadError(errno.EACCES, path).mend == "let the user who runs guichet read it"
    assert str(UnreadError(errno.EIO, path, "Input/output error")) == f"input/output error: {path}"
    for odd in ("nul\0", "x" * 5000):
        with pytest.raises(UnreadError):
            read_text(odd)
    with pytest.raises(UnreadError, match="input/output error"):
        read_text("/proc/self/mem")


def test_certificates_that_are_none_are_told_before_anybody_signs_in(tmp_path: Path) -> None:
    (tmp_path / "mail.pass").write_text("x")
    (tmp_path / "authority.pem").write_text("no certificate")
    text = MAILBOX + 'password_file = "mail.pass"\nca_file = "authority.pem"\n'
    (fault,) = faults(tmp_path, text).values()
    assert fault.what == f"channels.email.ca_file: no certificate in PEM form in {tmp_path}/authority.pem"
    assert "BEGIN CERTIFICATE" in fault.mend
    make_certificates(tmp_path)
    assert read(tmp_path, text.replace("authority", "ca")).channels.email.ca_file == f"{tmp_path}/ca.pem"


def test_a_password_beside_tokens_is_one_too_many(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    oauth = '[channels.email.oauth]\ntoken_url = "https://x.test"\nclient_id = "a"\nclient_secret_file = "secret"\n'
    (fault,) = faults(tmp_path, f'{MAILBOX}password_file = "secret"\n{oauth}').values()
    assert (fault.line, fault.mend) == (5, "one of them: take the other out")
    assert read(tmp_path, MAILBOX + oauth).channels.email.oauth.client_secret_file == f"{tmp_path}/secret"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('channels.slack.force_emoji = ":ticket:"', "is no name of an emoji -> the name without its colons"),
        ('channels.telegram.api = "api.telegram.org"', "is no address that secrets may be sent to -> one that begins"),
        (
            'channels.slack.api = "http://slack.com/api/"',
            "is no address that secrets may be sent to -> one that begins",
        ),
        ('channels.email.address = "support"', 'is no mail address -> an address such as "support@example.org"'),
        ('channels.email.aliases = ["help"]', 'is no mail address -> an address such as "support@example.org"'),
        ('server.origins = ["https://a.test/x"]', "is no site -> https:// and the host, without a path"),
        ('server.listen = "0.0.0.0:80"', "is no address of this machine -> with a port"),
        ('understanding.rasa.url = "rasa"', "is no address of a server -> without user, ? or #"),
        ('server.origins = "https://a.test"', "takes a list -> in brackets"),
        ("channels.email = 3", "takes a table -> give its keys"),
        ("desk.report_button = 3", "takes a table -> give its keys"),
        ('channels.slack.socket_mode = "nein"', "takes true or false -> without quotes"),
        ('channels.email.imap_port = "x"', "takes a whole number -> digits"),
        ("desk.name = 3", "takes text -> in quotes"),
        ("packs = [3]", "takes the path of a folder -> in quotes"),
    ],
)
def test_what_a_key_takes_is_told_in_words(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, text + "\n")
    said = str(caught.value)
    assert re.search(rf"guichet\.toml:1: {re.escape(text.split(' =')[0])}[.\w]*: {re.escape(told)}", said)
    assert not any(pattern in said for pattern in PATTERNS) and "instance" not in said and "tuple" not in said


def test_relative_paths_begin_beside_the_file_that_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, here = tmp_path / "desk", tmp_path / "here"
    for folder in (desk / "packs", here):
        folder.mkdir(parents=True)
    for file in (desk / "telegram.token", desk / "rasa.token", here / "slack.bot", tmp_path / "app"):
        file.write_text("x")
    monkeypatch.chdir(here)
    monkeypatch.setenv("GUICHET_CHANNELS__SLACK__BOT_TOKEN_FILE", "slack.bot")
    settings = read(
        desk,
        'packs = ["packs"]\n[channels.telegram]\ntoken_file = "telegram.token"\n[channels.slack]\n'
        f'app_token_file = "{tmp_path}/app"\n[understanding]\norder = ["rasa", "own"]\n[understanding.rasa]\n'
        'url = "http://127.0.0.1:1"\ntoken_file = "rasa.token"\n[understanding.rasa.intents]\nmy_file = "vpn"\n',
    )
    assert settings.packs == (desk / "packs",)
    assert settings.channels.telegram.token_file == str(desk / "telegram.token")
    assert settings.channels.slack.app_token_file == str(tmp_path / "app")
    assert settings.channels.slack.bot_token_file == "slack.bot"
    assert settings.understanding.rasa.token_file == str(desk / "rasa.token")
    assert settings.understanding.rasa.intents == {"my_file": "vpn"}
    assert settings.channels.email.password_file == ""


def test_a_file_of_settings_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(tmp_path / "none.toml")
    assert "no such file" in str(caught.value) and "Errno" not in str(caught.value)


@pytest.mark.parametrize(("name", "told"), [("DESK__LANGUAGES", "GUICHET_DESK..."), ("PACKS", "GUICHET_PACKS...")])
def test_lists_of_the_environment_are_json(monkeypatch: pytest.MonkeyPatch, name: str, told: str) -> None:
    monkeypatch.setenv(f"GUICHET_{name}", "fr")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert str(caught.value).startswith(f"environment: {told}: a list or a table that is not written in JSON -> as in")
