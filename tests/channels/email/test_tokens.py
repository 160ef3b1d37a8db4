"""Access tokens from a strict token endpoint: in time, one request at once, and nothing lost of what was rotated."""

import asyncio
import itertools
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.email.token_endpoint import TokenError
from bot.channels.email.tokens import BRIEFLY, EARLY, SLOWLY, Tokens
from tests.channels.email.provider import Provider, open_provider


class Time:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    numbers = itertools.count(1)
    async with open_provider(Provider(lambda: f"access-{next(numbers)}")) as opened:
        yield opened


async def asked(tokens: Tokens, refused: str = "") -> str:
    return await asyncio.to_thread(tokens.token, refused)


async def refusal(tokens: Tokens) -> TokenError:
    with pytest.raises(TokenError) as raised:
        await asked(tokens)
    return raised.value


async def test_a_token_is_asked_for_once_and_anew_before_it_ends(provider: Provider, tmp_path: Path) -> None:
    time = Time()
    tokens = Tokens(provider.grant(tmp_path), tmp_path / "home" / "mail.token", now=time)
    assert await asked(tokens) == "access-1"
    time.now += provider.seconds - EARLY - 1
    assert await asked(tokens) == "access-1"
    time.now += 1
    assert await asked(tokens) == "access-2"
    provider.seconds = 10.0
    time.now += 3600
    assert await asked(tokens) == "access-3"
    time.now += 4.9
    assert await asked(tokens) == "access-3"
    time.now += 0.1
    assert await asked(tokens) == "access-4"


async def test_many_who_ask_at_once_wait_for_one_request(provider: Provider, tmp_path: Path) -> None:
    provider.slow = asyncio.Event()
    tokens = Tokens(provider.grant(tmp_path), tmp_path / "mail.token")
    asking = [asyncio.create_task(asked(tokens)) for _ in range(5)]
    while not provider.asked:
        await asyncio.sleep(0)
    provider.slow.set()
    assert set(await asyncio.gather(*asking)) == {"access-1"}
    refusals = [asked(tokens, refused="access-1") for _ in range(5)]
    assert set(await asyncio.gather(*refusals)) == {"access-2"}
    assert len(provider.asked) == 2


async def test_a_rotated_refresh_token_is_on_disk_before_it_is_needed(provider: Provider, tmp_path: Path) -> None:
    grant, kept = provider.grant(tmp_path), tmp_path / "home" / "mail.token"
    await asked(Tokens(grant, kept))
    assert kept.stat().st_mode & 0o777 == 0o600
    assert json.loads(kept.read_text())["refresh_token"] == provider.refresh
    assert await asked(Tokens(grant, kept)) == "access-2"  # another process, which would be refused with the first one
    used = [form["refresh_token"] for form in provider.asked]
    assert len(set(used)) == 2
    (tmp_path / "refresh.token").write_text(provider.consent())
    assert await asked(Tokens(grant, kept)) == "access-3"  # the operator's new one begins a new line
    assert await asked(Tokens(grant, kept)) == "access-4"
    assert sorted(file.name for file in kept.parent.iterdir()) == ["mail.token", "mail.token.lock"]


async def test_two_processes_do_not_spend_the_same_refresh_token(provider: Provider, tmp_path: Path) -> None:
    grant, kept = provider.grant(tmp_path), tmp_path / "mail.token"
    two = [Tokens(grant, kept) for _ in range(4)]
    assert len(set(await asyncio.gather(*map(asked, two)))) == 4


async def test_a_refresh_token_that_cannot_be_written_is_not_lost(provider: Provider, tmp_path: Path) -> None:
    kept = tmp_path / "home" / "mail.token"
    tokens = Tokens(provider.grant(tmp_path), kept)
    (kept.parent / "mail.token.part").mkdir(parents=True)  # nothing can be written there
    error = await refusal(tokens)
    assert "cannot be kept" in str(error)
    assert str(kept.parent) in error.mend
    await refusal(tokens)
    assert len(provider.asked) == 1  # nothing more is spent until it can be kept
    (kept.parent / "mail.token.part").rmdir()
    assert await asked(tokens) == "access-2"


async def test_without_consent_it_is_asked_seldom_and_at_once_with_a_new_token(
    provider: Provider, tmp_path: Path
) -> None:
    time = Time()
    tokens = Tokens(provider.grant(tmp_path), tmp_path / "mail.token", now=time)
    provider.refresh = ""  # the person takes the consent back
    error = await refusal(tokens)
    assert error.lasting
    assert "consent again" in str(error)
    assert "oauth.refresh_token_file" in error.mend
    time.now += SLOWLY - 1
    assert str(await refusal(tokens)) == str(error)
    assert len(provider.asked) == 1
    time.now += 1
    await refusal(tokens)
    assert len(provider.asked) == 2
    (tmp_path / "refresh.token").write_text(provider.consent())
    assert await asked(tokens) == "access-1"


async def test_a_client_may_sign_in_for_itself(provider: Provider, tmp_path: Path) -> None:
    grant = replace(provider.grant(tmp_path), refresh_token=None)
    assert await asked(Tokens(grant, tmp_path / "mail.token")) == "access-1"
    assert not (tmp_path / "mail.token").exists()
    assert provider.asked[0]["grant_type"] == "client_credentials"


async def test_a_public_client_sends_no_secret(provider: Provider, tmp_path: Path) -> None:
    provider.client_secret, provider.rotates = None, False
    tokens = Tokens(replace(provider.grant(tmp_path), scope=""), tmp_path / "mail.token")
    assert await asked(tokens) == "access-1"
    assert await asked(tokens, "access-1") == "access-2"  # a provider that does not rotate takes the same one again
    assert set(provider.asked[0]) == {"grant_type", "refresh_token", "client_id"}


@pytest.mark.parametrize(
    ("status", "body", "told", "mend"),
    [
        (401, b'{"error": "invalid_client"}', "client or secret refused", "client_secret_file"),
        (400, b'{"error": "invalid_scope"}', "scope is refused", "oauth: scope"),
        (400, b'{"error": "unauthorized_client"}', "may not sign in so", "client_id"),
        (400, b'{"error": ["invalid_grant"]}', "status 400", "token_url"),
        (503, b"", "status 503", "tried again"),
        (200, b'{"access_token": "a\\u0001b"}', "without a bearer token", "token_url"),
        (200, b'{"access_token": "ab", "token_type": "mac"}', "without a bearer token", "token_url"),
        (200, b"\xff\xfe", "without a bearer token", "token_url"),
        (200, b"[" * 90_000, "without a bearer token", "token_url"),
        (200, b"x" * 200_000, "a page instead", "token_url"),
        (302, b"", "status 302", "token_url"),
    ],
)
async def test_whatever_the_endpoint_answers_the_mend_is_told(
    provider: Provider, tmp_path: Path, status: int, body: bytes, told: str, mend: str
) -> None:
    time = Time()
    tokens = Tokens(provider.grant(tmp_path), tmp_path / "mail.token", now=time)
    provider.troubles = [(status, body)]
    error = await refusal(tokens)
    assert told in str(error)
    assert mend in error.mend
    await refusal(tokens)
    assert len(provider.asked) == 1  # all mails that wait would ask
    time.now += SLOWLY if error.lasting else BRIEFLY
    assert await asked(tokens) == "access-1"


async def test_an_endpoint_that_is_away_is_told_and_asked_again(provider: Provider, tmp_path: Path) -> None:
    time, grant = Time(), provider.grant(tmp_path)
    tokens = Tokens(replace(grant, url="http://127.0.0.2:9/token"), tmp_path / "mail.token", now=time)
    error = await refusal(tokens)
    assert "cannot be reached (ConnectError)" in str(error)
    assert not error.lasting


async def test_a_missing_or_empty_file_is_told(provider: Provider, tmp_path: Path) -> None:
    grant = provider.grant(tmp_path)
    (tmp_path / "client.secret").write_text("")
    assert "client_secret_file is empty" in str(await refusal(Tokens(grant, tmp_path / "mail.token")))
    (tmp_path / "refresh.token").unlink()
    error = await refusal(Tokens(grant, tmp_path / "mail.token"))
    assert str(error) == "OAuth: the refresh_token_file cannot be read (No such file or directory)"
    assert error.mend == "channels.email.oauth.refresh_token_file"
    assert provider.asked == []


async def test_a_kept_token_that_is_damaged_falls_back_to_the_operators(provider: Provider, tmp_path: Path) -> None:
    grant, kept = provider.grant(tmp_path), tmp_path / "mail.token"
    for damaged in (b"{", b"\xff", b"[]", b'{"given": 1}'):
        kept.write_bytes(damaged)
        (tmp_path / "refresh.token").write_text(provider.consent())
        assert (await asked(Tokens(grant, kept))).startswith("access-")


async def test_no_secret_is_shown(provider: Provider, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    grant = provider.grant(tmp_path)
    tokens = Tokens(grant, tmp_path / "mail.token")
    given = provider.refresh
    token = await asked(tokens)
    rotated = provider.refresh
    provider.refresh = ""
    with pytest.raises(TokenError) as raised:
        await asked(tokens, token)
    shown = caplog.text + repr(tokens) + repr(grant) + repr(raised.value) + raised.value.mend
    assert not any(secret in shown for secret in (token, given, rotated, "s3cret"))
