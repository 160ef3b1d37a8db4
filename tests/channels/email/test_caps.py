"""What one thread and one mail may cost."""

import tracemalloc
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.channels.email.correspondence import Letterbook
from bot.channels.email.mail import Ours
from bot.channels.email.reading import read_mail
from bot.channels.email.taking import IN_ONE_THREAD, MailRoom, Taken
from bot.channels.email.threads import Threads
from bot.ports.clock import SystemClock
from bot.store.engine import sqlite_url
from bot.store.files import FolderFiles
from bot.store.journal import SqlJournal
from tests.channels.email.post import Writer, at_work, until
from tests.store.house import House
from tests.support.mailhouse import MailHouse

DESK = "support@desk.test"
MOST_MEMORY = 50_000_000  # bytes that a mail of 25 MB may cost


def mail(number: int) -> bytes:
    """A mail of somebody else each time, all of them in the thread of the first."""
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = f"machine{number}@corp.test", DESK, "Notice"
    written["Message-ID"] = f"<{number}@corp.test>"
    if number:
        written["In-Reply-To"] = "<0@corp.test>"
    written.set_content(f"Notice number {number}.")
    return written.as_bytes()


async def test_machines_under_many_names_do_not_keep_one_thread_going(tmp_path: Path) -> None:
    house = House(sqlite_url(tmp_path / "ledger.sqlite3"))
    threads = Threads(DESK, b"k" * 32)
    book = Letterbook(SqlJournal(house.ledger, SystemClock()), DESK)
    ours = Ours(frozenset({DESK}), "", threads.is_ours)
    room = MailRoom(
        threads,
        book,
        FolderFiles(tmp_path),
        house.clock,
        house.inbox.receive,
        lambda raw, last: read_mail(raw, ours, last),
    )
    taken = [await room.take(mail(number)) for number in range(IN_ONE_THREAD.burst + 5)]
    assert taken == [Taken.RECEIVED] * IN_ONE_THREAD.burst + [Taken.TOO_MANY] * 5
    house.close()


@pytest.mark.mail
@pytest.mark.smtp
async def test_a_mail_of_25_megabytes_is_read_without_costing_them(smtp_house: MailHouse, tmp_path: Path) -> None:
    desk, ann = smtp_house.add_user(), smtp_house.add_user()
    writer = Writer(smtp_house, ann, desk, by="lmtp")
    async with at_work(smtp_house, desk, tmp_path / "home") as house:
        heavy = EmailMessage()
        heavy["From"], heavy["To"], heavy["Subject"], heavy["Message-ID"] = ann, desk, "VPN", "<heavy@corp.test>"
        heavy.set_content("Mon VPN ne se connecte plus, voici une vidéo.")
        heavy.add_attachment(b"\0" * 18_600_000, maintype="video", subtype="mp4", filename="ecran.mp4")
        raw = heavy.as_bytes()
        assert len(raw) > 25_000_000
        tracemalloc.start()
        try:
            smtp_house.deliver(raw, desk, ann, "lmtp")
            del raw, heavy
            tracemalloc.reset_peak()
            await until(lambda: bool(house.records.headlines()))
            await writer.next()
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < MOST_MEMORY
        assert "ecran.mp4" in house.records.transcript("1")[0].text
