"""Signing in by OAuth 2 on real servers: Dovecot checks the tokens, a strict provider gives them."""

import asyncio
import smtplib
import ssl
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from aiosmtplib import SMTP, SMTPAuthenticationError
from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from bot.app.mailing import Mailbox
from bot.channels.email.sending import Exit
from bot.channels.email.server import Credential, Server
from bot.channels.email.token_endpoint import TokenError
from bot.channels.email.tokens import Tokens
from bot.channels.email.trial import try_out
from bot.channels.email.watching import Entrance
from bot.ports.clock import SystemClock
from bot.settings import Settings
from tests.channels.email.houses import working
from tests.channels.email.post import Writer, settings, until
from tests.channels.email.provider import Provider, open_provider
from tests.channels.email.test_post import tries
from tests.support.daemon import HOST
from tests.support.mailhouse import MailHouse


@dataclass
class Stand:
    """A mailbox, who gives tokens for it, and the token source of its house."""

    servers: MailHouse
    desk: str
    provider: Provider
    tokens: Tokens

    def mailbox(self, home: Path) -> Mailbox:
        """The mailbox as an operator sets it up, in a home beside the secrets' files."""
        table = settings(self.servers, self.desk, home).channels.email.model_dump() | {"password_file": ""}
        table["oauth"] = {
            "token_url": self.provider.url, "client_id": self.provider.client_id, "scope": self.provider.scope,
            "client_secret_file": str(home.parent / "client.secret"),
            "refresh_token_file": str(home.parent / "refresh.token"),
        }  # fmt: skip
        return Mailbox(Settings.model_validate({"channels": {"email": table}}), home, SystemClock())

    @property
    def entrance(self) -> Entrance:
        return Entrance(self._server(self.servers.imaps_port, tls=True))

    @property
    def exit(self) -> Exit:
        return Exit(self._server(self.servers.submission_port, tls=False))

    def _server(self, port: int, tls: bool) -> Server:
        return Server(self.servers.host, port, self.desk, self.tokens, tls, self.servers.tls)


def sockets() -> int:
    """How many connections this process holds."""
    held = []
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            held.append(entry.readlink().name.startswith("socket:"))
    return sum(held)


@pytest.fixture
async def stand(smtp_house: MailHouse, tmp_path: Path) -> AsyncIterator[Stand]:
    desk = smtp_house.add_user()
    certificates, before = smtp_house.ca.parent, sockets()
    async with open_provider(Provider(lambda: smtp_house.token(desk)), certificates) as provider:
        tokens = Tokens(provider.grant(tmp_path), tmp_path / "home" / "mail.token", smtp_house.tls)
        yield Stand(smtp_house, desk, provider, tokens)
    await until(lambda: sockets() <= before)  # good-byes take a moment; nothing may stay open


def read(entrance: Entrance) -> None:
    with entrance.open() as client:
        client.select_folder("INBOX", readonly=True)


async def send_nothing(exit: Exit) -> None:
    smtp = await exit.opened()
    assert (await smtp.noop()).code == 250
    smtp.close()


async def sign_in_everywhere(stand: Stand) -> None:
    """Sign in in each of the three ways."""
    await asyncio.to_thread(read, stand.entrance)
    await send_nothing(stand.exit)
    await asyncio.to_thread(try_out, stand.exit.server)


async def test_one_token_signs_in_everywhere(stand: Stand) -> None:
    await sign_in_everywhere(stand)
    assert len(stand.provider.asked) == 1


WAYS: dict[str, Callable[[Stand], object]] = {
    "imap": lambda stand: asyncio.to_thread(read, stand.entrance),
    "smtp": lambda stand: send_nothing(stand.exit),
    "doctor": lambda stand: asyncio.to_thread(try_out, stand.exit.server),
}


@pytest.mark.parametrize("way", WAYS)
async def test_a_token_that_is_refused_is_renewed_once(stand: Stand, way: str) -> None:
    good, ended = stand.provider.issue, lambda: stand.servers.token(stand.desk, -5)
    stand.provider.issue = ended  # its endpoint says that it lasts an hour
    await asyncio.to_thread(stand.tokens.token)
    stand.provider.issue = good
    await WAYS[way](stand)  # type: ignore[misc]
    assert len(stand.provider.asked) == 2


@pytest.mark.parametrize("way", WAYS)
async def test_a_refusal_of_the_new_token_too_is_told(stand: Stand, way: str) -> None:
    stand.provider.issue = lambda: stand.servers.token(stand.desk, -5)
    with pytest.raises((LoginError, SMTPAuthenticationError, smtplib.SMTPAuthenticationError)) as raised:
        await WAYS[way](stand)  # type: ignore[misc]
    assert len(stand.provider.asked) == 2
    assert not any(form.get("refresh_token", "-") in str(raised.value) for form in stand.provider.asked)


async def test_a_refusal_leaves_the_connection_in_order(stand: Stand) -> None:
    """The challenge that says why is answered, as the protocol wants it: the next attempt on the same line works."""
    ended = Credential(stand.desk, stand.servers.token(stand.desk, -5), is_token=True)
    good = Credential(stand.desk, stand.servers.token(stand.desk), is_token=True)

    def at_imap() -> None:
        with IMAPClient(HOST, stand.servers.imaps_port, ssl_context=stand.servers.tls) as client:
            with pytest.raises(LoginError, match="AUTHENTICATIONFAILED"):
                ended.sign_in(client)
            good.sign_in(client)
            client.select_folder("INBOX", readonly=True)

    def at_smtp() -> None:
        with smtplib.SMTP_SSL(HOST, stand.servers.smtps_port, context=stand.servers.tls) as smtp:
            with pytest.raises(smtplib.SMTPAuthenticationError):
                ended.sign_in_to_try(smtp)
            good.sign_in_to_try(smtp)

    await asyncio.to_thread(at_imap)
    await asyncio.to_thread(at_smtp)
    context, port = stand.servers.tls, stand.servers.smtps_port
    async with SMTP(hostname=HOST, port=port, use_tls=True, tls_context=context) as smtp:
        with pytest.raises(SMTPAuthenticationError):
            await ended.sign_in_to_send(smtp)
        await good.sign_in_to_send(smtp)


async def test_a_mailbox_of_somebody_else_is_refused(stand: Stand) -> None:
    stand.provider.issue = lambda: stand.servers.token("bob@corp.test")
    with pytest.raises(LoginError):
        await asyncio.to_thread(read, stand.entrance)


async def test_a_provider_that_nobody_vouches_for_is_not_asked(stand: Stand, tmp_path: Path) -> None:
    tokens = Tokens(stand.provider.grant(tmp_path), tmp_path / "other.token", ssl.create_default_context())
    with pytest.raises(TokenError) as raised:
        await asyncio.to_thread(tokens.token)
    assert "ca_file" in raised.value.mend
    assert stand.provider.asked == []


async def test_conversations_go_on_while_tokens_end(stand: Stand, tmp_path: Path) -> None:
    """Tokens of two seconds: the server cuts the connection once they have ended, and no mail is lost or doubled."""
    stand.provider.issue = lambda: stand.servers.token(stand.desk, 2)
    stand.provider.seconds = 2
    writer = Writer(stand.servers, stand.servers.add_user(), stand.desk)
    async with working(stand.mailbox(tmp_path / "home")):
        first = await writer.write("Mon VPN ne marche plus.", "VPN")
        assert (await writer.next())["In-Reply-To"] == first["Message-ID"]
        before, ended = len(stand.provider.asked), time.time() + 2.5
        await until(lambda: time.time() > ended)
        stand.servers.cut_sessions(stand.desk)
        second = await writer.write("L'imprimante ne marche plus.", "Imprimante")
        assert (await writer.next())["In-Reply-To"] == second["Message-ID"]
        assert len(stand.provider.asked) > before
    assert len(await asyncio.to_thread(stand.servers.mailbox, writer.address)) == 2


async def test_a_consent_taken_back_and_given_again(
    stand: Stand, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither an answer that waits to be sent nor a mail that waits to be read is lost."""
    stand.provider.seconds = 0  # every connection asks for a token of its own
    writers = [Writer(stand.servers, stand.servers.add_user(), stand.desk) for _ in range(2)]
    async with working(stand.mailbox(tmp_path / "home")) as house:
        stand.provider.refresh = ""
        asked = [await writers[0].write("Mon VPN ne marche plus.", "VPN")]
        await until(lambda: tries(house) > 0)
        stand.servers.cut_sessions(stand.desk)
        await until(lambda: "oauth.refresh_token_file" in caplog.text)
        asked.append(await writers[1].write("Mon VPN ne marche plus.", "VPN"))
        (tmp_path / "refresh.token").write_text(stand.provider.consent())
        for writer, mail in zip(writers, asked, strict=True):
            assert (await writer.next())["In-Reply-To"] == mail["Message-ID"]
    assert [len(await asyncio.to_thread(stand.servers.mailbox, writer.address)) for writer in writers] == [1, 1]


async def test_the_doctor_signs_in_by_tokens_and_says_what_hinders(stand: Stand, tmp_path: Path) -> None:
    def mends() -> list[str]:
        return [fault.mend for fault in stand.mailbox(tmp_path / "home").examined()]

    assert await asyncio.to_thread(mends) == []
    assert len(stand.provider.asked) == 1
    stand.provider.refresh = ""
    assert all("oauth.refresh_token_file" in mend for mend in await asyncio.to_thread(mends))
    (tmp_path / "refresh.token").write_text(stand.provider.consent())
    stand.provider.issue = lambda: stand.servers.token("bob@corp.test")
    assert await asyncio.to_thread(mends) == [stand.exit.server.mend] * 2


async def test_an_application_signs_in_for_itself(stand: Stand, tmp_path: Path) -> None:
    grant = replace(stand.provider.grant(tmp_path), refresh_token=None)
    stand.tokens = Tokens(grant, tmp_path / "none", stand.servers.tls)
    await sign_in_everywhere(stand)
    assert [form["grant_type"] for form in stand.provider.asked] == ["client_credentials"]
