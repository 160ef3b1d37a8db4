"""A sender is proven only by our own server's word; nothing that comes with the mail counts."""

import pytest

from bot.channels.email.mail import Ours
from bot.channels.email.reading import read_mail
from tests.support.rawmail import raw, read

GOOD = "mx.desk.example; dkim=pass header.d=client.example; dmarc=pass (p=reject dis=none) header.from=client.example"


def from_top(*results: str, sender: str = "Claire <claire@client.example>", server: str = "mx.desk.example") -> bool:
    """A mail with these results, the topmost first."""
    top = "".join(f"Authentication-Results: {one}\n" for one in results).encode()
    return read_mail(top + raw(**{"from": sender}), Ours(authserv_id=server)).authenticated


@pytest.mark.parametrize(
    "result",
    [
        GOOD,
        "MX.desk.example 1; DMARC=PASS header.From=Client.Example",
        '"mx.desk.example"; dmarc=pass header.from="client.example"',
        "(by us) mx.desk.example (really (truly)) ; spf=fail ; dmarc = pass header . from = client.example",
        'mx.desk.example; dmarc/1=pass reason="header.from=other.example" header.from=client.example',
        "mx.desk.example;\n\tspf=pass smtp.mailfrom=x.example;\n\tdmarc=pass action=none header.from=client.example",
        "mx.desk.example; dmarc=pass header.from=claire@client.example",
    ],
)
def test_our_server_vouches(result: str) -> None:
    assert from_top(result)


@pytest.mark.parametrize(
    "result",
    [
        "",
        ";",
        "mx.desk.example; none",
        "mx.desk.example; dmarc=fail header.from=client.example",
        "mx.desk.example; dmarc=bestguesspass header.from=client.example",
        "mx.desk.example; dmarc=pass",
        "mx.desk.example; dmarc=pass header.from=other.example",
        "mx.desk.example; dmarc=pass header.from=evil-client.example",
        "mx.desk.example; dmarc=pass header.from=client.example.evil.example",
        "mx.desk.example; dkim=pass header.d=client.example",
        "mx.desk.example; xdmarc=pass header.from=client.example",
        "mx.desk.example (; dmarc=pass header.from=client.example",
        "mx.desk.example; dmarc=fail (dmarc=pass header.from=client.example) header.from=client.example",
        'mx.desk.example; spf=pass smtp.mailfrom="; dmarc=pass header.from=client.example"@evil.example',
        'mx.desk.example; spf=pass smtp.mailfrom="a\\"; dmarc=pass header.from=client.example; x=\\""@evil.example',
        "mx.desk.example; dmarc=pass header.from=evil.example header.from=client.example",
        "mx.desk.example; dmarc=pass header.from=client.example header.from=evil.example",
        "mx.desk.example; dmarc=pass header.from=client.example; dmarc=fail header.from=client.example",
        'mx.desk.example; dmarc=pass reason="header.from=client.example"',
        "mx.desk.example.evil.example; dmarc=pass header.from=client.example",
        "evil.example mx.desk.example; dmarc=pass header.from=client.example",
        "evil.example; dmarc=pass header.from=client.example",
    ],
)
def test_no_word_of_our_server(result: str) -> None:
    assert not from_top(result)


def test_a_forged_result_below_ours_counts_for_nothing() -> None:
    assert not from_top("mx.desk.example; dmarc=fail header.from=client.example", GOOD)
    assert not from_top("mx.desk.example; spf=none", GOOD)


def test_results_of_other_servers_above_ours_change_nothing() -> None:
    assert from_top("filter.example; dmarc=fail header.from=client.example", GOOD)


def test_without_a_configured_server_nobody_is_proven() -> None:
    assert not from_top(GOOD, server="")
    assert not from_top("; dmarc=pass header.from=client.example", server=" ")


@pytest.mark.parametrize(
    "sender",
    [
        "a@client.example, b@other.example",
        "a@client.example, b@client.example",
        "a@client.example <b@client.example>",
        '"x" <a@client.example> <b@other.example>',
        "Claire",
        "",
        "undisclosed:;",
    ],
)
def test_a_mail_of_no_or_several_senders_is_nobodys(sender: str) -> None:
    assert not from_top(GOOD, sender=sender)


def test_two_from_fields_are_nobodys() -> None:
    forged = b"From: Boss <boss@client.example>\n" + raw()
    assert not read_mail(
        f"Authentication-Results: {GOOD}\n".encode() + forged, Ours(authserv_id="mx.desk.example")
    ).authenticated


def test_an_address_in_the_name_proves_nothing() -> None:
    assert not from_top(GOOD, sender='"boss@client.example" <eve@evil.example>')
    assert from_top(GOOD, sender='"eve@evil.example" <claire@client.example>')
    assert read(**{"from": '"boss@client.example" <eve@evil.example>'}).sender.address == "eve@evil.example"


def test_a_domain_is_the_same_in_unicode_and_in_ascii() -> None:
    assert from_top(
        "mx.desk.example; dmarc=pass header.from=xn--mchine-bua.example", sender="j@mächine.example"
    ) is from_top("mx.desk.example; dmarc=pass header.from=mächine.example", sender="j@mächine.example")
