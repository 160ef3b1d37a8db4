"""Files of an agent's answer as attachments of its mail, byte for byte, through real servers."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from email.message import EmailMessage, Message
from pathlib import Path

import pytest

from bot.app import House
from bot.app.web import FILES
from bot.channels.email.enclosing import MOST_SENT, enclose, enclosures, naming_others
from bot.dialog.effects import Relay
from bot.dialog.events import AgentSaid, File
from bot.ports.clock import SystemClock
from bot.ports.inbound import Inbound
from bot.store.files import FolderFiles
from tests.channels.email.post import Writer, at_work, correspondence, text, until
from tests.channels.email.test_post import tries
from tests.support.enclosed import CONTENTS, NAMES, REPORT, WORDS, Answer, file
from tests.support.mailhouse import MailHouse


def attached(mail: EmailMessage) -> list[tuple[str, bytes]]:
    """Name and bytes of the files in a mail, in their order."""
    return [(str(part.get_filename()), content_of(part)) for part in mail.iter_attachments()]


def content_of(part: Message) -> bytes:
    """The bytes of one file."""
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


@asynccontextmanager
async def asking(servers: MailHouse, home: Path) -> AsyncIterator[tuple[House, Writer, str]]:
    """Somebody who has asked for a human; gives the conversation too."""
    desk, ann = servers.add_user(), servers.add_user()
    writer = Writer(servers, ann, desk)
    async with at_work(servers, desk, home) as house:
        mail = await writer.write("Mon imprimante ne marche plus, je veux parler à un humain.", "Imprimante")
        await writer.next()
        yield house, writer, (await correspondence(house, desk, mail)).conversation


async def say(house: House, conversation: str, said: AgentSaid) -> None:
    """An agent answers."""
    await house.inbox.receive(Inbound("agent:1", said, conversation=conversation))


async def answered(writer: Writer) -> EmailMessage:
    """The next mail with the agent's words; notices come as mails of their own."""
    while WORDS not in text(mail := await writer.next()):
        pass
    return mail


@contextmanager
def taking_at_most(servers: MailHouse, size: int) -> Iterator[None]:
    """Meanwhile the server takes no mail of more bytes, and says so when it is greeted."""
    settings = servers.postfix.folder / "main.cf"
    before = settings.read_text()
    try:
        _restarted(servers, settings, before + f"message_size_limit = {size}\n")
        yield
    finally:
        _restarted(servers, settings, before)


def _restarted(servers: MailHouse, settings: Path, content: str) -> None:
    servers.kill_postfix()
    settings.write_text(content)
    os.utime(settings, (0, 0))
    servers.start_postfix()


async def once(servers: MailHouse, writer: Writer) -> bool:
    """Whether one mail with files came in all."""
    raws = await asyncio.to_thread(servers.mailbox, writer.address)
    return sum(b"filename" in raw for raw in raws) == 1


async def test_two_files_come_with_the_words(smtp_house: MailHouse, tmp_path: Path) -> None:
    async with asking(smtp_house, tmp_path / "home") as (house, writer, conversation):
        answer = Answer(FolderFiles(tmp_path / "home" / FILES))
        await say(house, conversation, answer.said(SystemClock().now()))
        mail = await answered(writer)
        assert attached(mail) == list(CONTENTS.items())
        assert [part.get_content_type() for part in mail.iter_attachments()] == ["image/jpeg", "application/pdf"]
        assert mail["In-Reply-To"] and "Zoé" in str(mail["From"])
        assert await once(smtp_house, writer)


async def test_a_mail_that_cannot_be_sent_now_comes_later_once_with_its_files(
    smtp_house: MailHouse, tmp_path: Path
) -> None:
    async with asking(smtp_house, tmp_path / "home") as (house, writer, conversation):
        answer = Answer(FolderFiles(tmp_path / "home" / FILES))
        await asyncio.to_thread(smtp_house.kill_postfix)
        try:
            await say(house, conversation, answer.said(SystemClock().now()))
            await until(lambda: tries(house) > 0)
        finally:
            await asyncio.to_thread(smtp_house.start_postfix)
        assert attached(await answered(writer)) == list(CONTENTS.items())
        assert await once(smtp_house, writer)


async def test_a_mail_waits_for_a_file_that_is_not_there_yet(smtp_house: MailHouse, tmp_path: Path) -> None:
    async with asking(smtp_house, tmp_path / "home") as (house, writer, conversation):
        answer = Answer(FolderFiles(tmp_path / "home" / FILES))
        await say(house, conversation, answer.said(SystemClock().now(), lacks=NAMES[1]))
        await until(lambda: tries(house) > 0)
        answer.arrives(NAMES[1])
        assert attached(await answered(writer)) == list(CONTENTS.items())
        assert await once(smtp_house, writer)


async def test_a_server_that_takes_no_mail_so_large_gets_the_words_and_the_names(
    smtp_house: MailHouse, tmp_path: Path
) -> None:
    async with asking(smtp_house, tmp_path / "home") as (house, writer, conversation):
        answer = Answer(FolderFiles(tmp_path / "home" / FILES))
        with taking_at_most(smtp_house, len(REPORT)):
            await say(house, conversation, answer.said(SystemClock().now()))
            mail = await answered(writer)
        assert attached(mail) == []
        assert text(mail).startswith(f"{WORDS}\n\n[Trop lourd pour un mail\u00a0: {', '.join(NAMES)}]")


@pytest.mark.parametrize(
    ("lang", "named"), [("fr", "[Trop lourd pour un mail\u00a0: b.log]"), ("en", "[Too large for a mail: b.log]")]
)
async def test_as_many_files_go_along_as_a_mail_may_carry(tmp_path: Path, lang: str, named: str) -> None:
    files = FolderFiles(tmp_path)
    large = (b"a" * (MOST_SENT - 10), b"b" * 11, b"c" * 10)
    told = tuple(
        File(f"{name}.log", "text/plain", len(content), files.put(content))
        for name, content in zip("abc", large, strict=True)
    )
    relay = Relay("person", "Zoé", WORDS, told)
    along = await enclosures(relay, files)
    assert along is not None
    assert [one.file.name for one in along] == ["a.log", "c.log"]
    assert naming_others(relay, along, lang).text == f"{WORDS}\n\n{named}"


async def test_whatever_a_file_is_called_and_said_to_be_it_comes_whole(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path)
    names = ("", "../../etc/passwd", "a\r\nBcc: eve@evil.test\r\n.txt", "\ud800\u202egnp.exe", "é" * 400 + ".txt")
    kinds = ("message/rfc822", "multipart/mixed", "text/html; charset=x", "nonsense", "a/b\r\nX: y")
    pairs = zip(names, kinds, strict=True)
    told = tuple(File(name, kind, 6, files.put(b"\x00\r\n.\xff\n")) for name, kind in pairs)
    along = await enclosures(Relay("person", "Zoé", WORDS, told), files)
    assert along is not None
    mail = EmailMessage()
    mail.set_content("Bonjour")
    enclose(mail, along)
    parts = list(mail.iter_attachments())
    assert [content_of(part) for part in parts] == [b"\x00\r\n.\xff\n"] * 5
    assert b"\nBcc:" not in mail.as_bytes() and b"\nX:" not in mail.as_bytes()
    assert [part.get_filename() for part in parts][:4] == ["file.eml", "passwd", "aBcc eve@evil.test.txt", "gnp.exe"]
    assert len(str(parts[4].get_filename())) == 120
    assert {part.get_content_type() for part in parts} == {"application/octet-stream", "text/html"}


def test_the_files_of_these_tests_are_what_they_say() -> None:
    assert [file(name).size for name in NAMES] == [len(content) for content in CONTENTS.values()]
