"""Machines that answer mails by themselves: no exchange with one goes on, on real servers with real rules."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import make_msgid, parseaddr
from pathlib import Path

import pytest

from bot.channels.email.taking import BEGUN_BY_ONE, OF_ONE
from tests.channels.email.houses import mailbox, working
from tests.channels.email.post import Writer, until
from tests.support.mailhouse import MailHouse, messages

Reply = Callable[[EmailMessage, EmailMessage], None]  # writes an answer to what came
VACATION = 'require ["vacation"];\nvacation :days 1 :addresses "{0}" "Je suis absente jusqu\'au 12.";\n'


class Monday:
    """A clock that goes on from a Monday morning, when the desk is staffed; `by` puts it forward."""

    def __init__(self) -> None:
        self.by, self._began = timedelta(), datetime.now(UTC)

    def now(self) -> datetime:
        """Tell the time of that day."""
        return datetime(2026, 1, 5, 9, tzinfo=UTC) + (datetime.now(UTC) - self._began) + self.by


def count(servers: MailHouse, address: str) -> int:
    return len(servers.mailbox(address))


async def settled(servers: MailHouse, desk: str, *addresses: str) -> list[int]:
    """How many mails stand in the mailboxes once two strangers in turn were answered and nothing else came.

    Mails are taken in their order: whoever wrote before a stranger has been dealt with.
    """

    async def counted() -> list[int]:
        stranger = Writer(servers, servers.add_user(), desk)
        await stranger.write("Mon VPN ne marche plus.", "VPN")
        await stranger.next()
        return [await asyncio.to_thread(count, servers, address) for address in addresses]

    before = await counted()
    while (after := await counted()) != before:
        before = after
    return after


@pytest.mark.sieve
async def test_an_absence_is_never_answered(smtp_house: MailHouse, tmp_path: Path) -> None:
    """An agent's mail, which carries no mark of a machine, gets the notice of an absence; the notice gets nothing."""
    desk, ann = smtp_house.add_user(), smtp_house.add_user()
    smtp_house.dovecot.add_rules(ann, VACATION.format(ann))
    writer = Writer(smtp_house, ann, desk)
    async with working(mailbox(smtp_house, desk, tmp_path / "home", Monday())) as house:
        await writer.write("My printer prints blank pages, I want to talk to a human please.", "Printer")
        await writer.next()
        assert await settled(smtp_house, desk, ann) == [1]
        # Ours says that a machine wrote it: the rule has nothing to say to that.
        assert not any(b"Auto-Submitted" in raw for raw in smtp_house.mailbox(desk))
        await house.work_on_ticket("Camille", "T-1", "", "Is it the HP on the second floor?")
        said = await writer.next()
        assert said["Auto-Submitted"] is None
        notice = (await asyncio.to_thread(smtp_house.wait_for_mail, desk, b"Auto-Submitted: auto-replied"))[0]
        assert str(said["Message-ID"]).encode() in notice
        assert await settled(smtp_house, desk, ann) == [2]


async def test_two_desks_that_write_to_each_other_stop_at_once(smtp_house: MailHouse, tmp_path: Path) -> None:
    here, there = smtp_house.add_user(), smtp_house.add_user()
    async with (
        working(mailbox(smtp_house, here, tmp_path / "here", Monday())),
        working(mailbox(smtp_house, there, tmp_path / "there", Monday())),
    ):
        await Writer(smtp_house, here, there).write("Mon VPN ne marche plus.", "VPN")
        (answer,) = await asyncio.to_thread(smtp_house.wait_for_mail, here)
        assert b"Auto-Submitted: auto-replied" in answer
        assert await settled(smtp_house, here, there) == [1]
        assert sum(there.encode() in raw for raw in smtp_house.mailbox(here)) == 1


class Responder:
    """A program that answers each mail of a mailbox, and marks nothing. `replies` make the answers."""

    def __init__(self, servers: MailHouse, address: str, *replies: Reply) -> None:
        self.servers, self.address, self.replies = servers, address, replies
        self.answered = 0
        self.stopped = threading.Event()

    def run(self) -> None:
        """Answer until stopped."""
        with self.servers.login(self.address, "INBOX") as client:
            while not self.stopped.wait(0.02):
                client.noop()
                for raw in messages(client)[self.answered :]:
                    for reply in self.replies:
                        self._answer(raw, reply)
                    self.answered += 1

    def _answer(self, raw: bytes, reply: Reply) -> None:
        came, mail = message_from_bytes(raw, policy=default), EmailMessage()
        assert isinstance(came, EmailMessage)
        mail["From"], mail["Message-ID"] = self.address, make_msgid(domain="corp.test")
        reply(mail, came)
        self.servers.deliver(mail.as_bytes(), parseaddr(str(mail["To"]))[1], self.address, "smtp")


@contextmanager
def responding(responder: Responder) -> Iterator[Responder]:
    thread = threading.Thread(target=responder.run)
    thread.start()
    try:
        yield responder
    finally:
        responder.stopped.set()
        thread.join()


def anew(mail: EmailMessage, came: EmailMessage) -> None:
    """To whoever sent it, under a new subject."""
    mail["To"], mail["Subject"] = came["From"], f"Dossier {make_msgid()[1:12]}"
    mail.set_content("Votre message a bien été pris en compte.")


def to_reply_to(mail: EmailMessage, came: EmailMessage) -> None:
    """To the address that asks for answers, under a new subject."""
    anew(mail, came)
    mail.replace_header("To", came["Reply-To"])


def in_thread(mail: EmailMessage, came: EmailMessage) -> None:
    """As a mail program answers, with the subject and the thread."""
    mail["To"], mail["Subject"], mail["In-Reply-To"] = came["Reply-To"], came["Subject"], came["Message-ID"]
    mail["References"] = came["Message-ID"]
    mail.set_content("Votre message a bien été pris en compte.")


def with_our_words(mail: EmailMessage, came: EmailMessage) -> None:
    """Sends back what it got, under its own first line and without any mark of a quote."""
    in_thread(mail, came)
    plain = came.get_body(("plain",))
    assert plain is not None
    mail.set_content(f"Nous avons reçu : Mon VPN ne marche plus.\n\n{plain.get_content()}")


async def test_a_machine_that_begins_a_thread_with_each_answer(smtp_house: MailHouse, tmp_path: Path) -> None:
    """It gets as many answers as one sender may begin threads, and one more as often as the clock allows one."""
    desk, ann, clock = smtp_house.add_user(), smtp_house.add_user(), Monday()
    async with working(mailbox(smtp_house, desk, tmp_path / "home", clock)):
        with responding(Responder(smtp_house, ann, anew)) as responder:
            await Writer(smtp_house, ann, desk).write("Mon VPN ne marche plus.", "VPN")
            await until(lambda: responder.answered >= BEGUN_BY_ONE.burst)
            assert await settled(smtp_house, desk, ann) == [BEGUN_BY_ONE.burst]
            clock.by = timedelta(seconds=BEGUN_BY_ONE.seconds)
            await Writer(smtp_house, ann, desk).write("Mon VPN ne marche plus.", "VPN")
            await until(lambda: responder.answered > BEGUN_BY_ONE.burst)
            assert await settled(smtp_house, desk, ann) == [BEGUN_BY_ONE.burst + 1]


@pytest.mark.parametrize("reply", [to_reply_to, in_thread, with_our_words])
async def test_a_machine_that_answers_in_the_thread(smtp_house: MailHouse, tmp_path: Path, reply: Reply) -> None:
    """It ends at the latest where one sender has written too much; mostly an agent has taken over long before."""
    desk, ann = smtp_house.add_user(), smtp_house.add_user()
    async with working(mailbox(smtp_house, desk, tmp_path / "home", Monday())):
        with responding(Responder(smtp_house, ann, reply)) as responder:
            await Writer(smtp_house, ann, desk).write("Mon VPN ne marche plus.", "VPN")
            await until(lambda: responder.answered > 0)
            (got,) = await settled(smtp_house, desk, ann)
            assert responder.answered == got <= OF_ONE.burst


async def test_a_machine_that_answers_twice(smtp_house: MailHouse, tmp_path: Path) -> None:
    """A receipt under a new subject and a reply in the thread: many threads at once, and one sender in all of them."""
    desk, ann = smtp_house.add_user(), smtp_house.add_user()
    async with working(mailbox(smtp_house, desk, tmp_path / "home", Monday())):
        with responding(Responder(smtp_house, ann, anew, in_thread)) as responder:
            await Writer(smtp_house, ann, desk).write("Mon VPN ne marche plus.", "VPN")
            await until(lambda: 2 * responder.answered > OF_ONE.burst)
            (got,) = await settled(smtp_house, desk, ann)
            assert responder.answered == got <= OF_ONE.burst
