"""A thousand mails at once, with the mailbox server killed twice; figures beside what the servers do by themselves."""

import asyncio
import re
import time
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from pathlib import Path
from statistics import quantiles

import pytest
from imapclient import IMAPClient

from tests.channels.email.post import at_work, until
from tests.support.daemon import wait_until
from tests.support.mailhouse import MailHouse

PEOPLE, EACH = 100, 10
SINGLE = 20  # mails one by one, each answered before the next
PROBLEMS = (
    "Mon VPN ne marche plus depuis ce matin.",
    "L'imprimante du deuxième étage ne sort plus rien.",
    "Je n'arrive plus à ouvrir ma session, mot de passe refusé.",
    "My laptop is very slow since yesterday.",
    "Outlook does not send my mails any more.",
)
FIELD = BytesHeaderParser()
THEIRS = re.compile(r"<\d+\.")


def mail(person: str, desk: str, number: int) -> tuple[str, bytes]:
    """A first mail, and its Message-ID."""
    message, identifier = EmailMessage(), f"<{number}.{person}>"
    message["From"], message["To"], message["Subject"], message["Message-ID"] = person, desk, f"No {number}", identifier
    message.set_content(PROBLEMS[number % len(PROBLEMS)])
    return identifier, message.as_bytes()


def answered(servers: MailHouse, address: str) -> list[str]:
    """The Message-IDs of people's mails that are answered in a mailbox.

    A second word of ours in a thread answers our own mail: the ticket's number after the case's, when all is slow.
    """
    found = (str(FIELD.parsebytes(raw)["In-Reply-To"]) for raw in servers.mailbox(address))
    return [one for one in found if THEIRS.match(one)]


def counted(servers: MailHouse, address: str) -> int:
    """How many mails stand in a mailbox; none while the server is away."""
    try:
        with servers.login(address, "INBOX") as client:
            return len(client.search())
    except (OSError, IMAPClient.Error):
        return 0


def delivered(servers: MailHouse, mails: list[bytes], desk: str) -> None:
    """Bring mails into the mailbox over several connections, trying again while the server is away."""

    def is_taken(raw: bytes) -> bool:
        try:
            servers.deliver(raw, desk)
        except OSError:  # the server was killed, and is being started
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda raw: wait_until(lambda: is_taken(raw), "the server to take a mail"), mails))


@pytest.mark.long
@pytest.mark.kill
@pytest.mark.timeout(900)
async def test_a_thousand_mails_are_answered_once_each(
    smtp_house: MailHouse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, place = smtp_house.add_user(), smtp_house.add_user()
    local, _, domain = place.partition("@")
    asked = dict(mail(f"{local}+{number % PEOPLE}@{domain}", desk, number) for number in range(PEOPLE * EACH))
    raws = list(asked.values())
    alone = time.perf_counter()
    await asyncio.to_thread(delivered, smtp_house, raws[:100], place)
    alone = 100 / (time.perf_counter() - alone)
    await asyncio.to_thread(smtp_house.empty, place)
    async with at_work(smtp_house, desk, tmp_path / "home"):
        began = time.perf_counter()
        bringing = asyncio.create_task(asyncio.to_thread(delivered, smtp_house, raws, desk))
        for share in (0.2, 0.5):
            await until(lambda: counted(smtp_house, place) >= share * len(raws), 600, every=0.5)  # noqa: B023
            await asyncio.to_thread(smtp_house.kill_dovecot)
            await asyncio.to_thread(smtp_house.start_dovecot)
        await bringing
        brought = time.perf_counter() - began
        await until(lambda: counted(smtp_house, place) >= len(raws), 600, every=0.5)
        await until(lambda: set(answered(smtp_house, place)) == set(asked), 60, every=0.5)
        took = time.perf_counter() - began
        assert sorted(answered(smtp_house, place)) == sorted(asked)
        waits = [await waited(smtp_house, place, desk, 10_000 + number) for number in range(SINGLE)]
    assert len(answered(smtp_house, place)) == len(raws) + SINGLE
    p50, p95 = (quantiles(waits, n=20)[at] for at in (9, 18))
    with capsys.disabled():
        print(  # noqa: T201 - figures to see
            f"\n{len(raws)} mails, two kills: in {len(raws) / brought:.0f}/s, answered {len(raws) / took:.0f}/s;"
            f" the servers alone take {alone:.0f}/s; one mail, delivery to answer: p50 {p50:.2f} s, p95 {p95:.2f} s"
        )


async def waited(servers: MailHouse, place: str, desk: str, number: int) -> float:
    """How long an answer takes, from the delivery of the mail to that of the answer."""
    local, _, domain = place.partition("@")
    identifier, raw = mail(f"{local}+{number}@{domain}", desk, number)
    began = time.perf_counter()
    await asyncio.to_thread(servers.deliver, raw, desk)
    await asyncio.to_thread(servers.wait_for_mail, place, identifier.encode())
    return time.perf_counter() - began
