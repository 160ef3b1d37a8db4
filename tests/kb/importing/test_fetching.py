"""Pages are fetched with manners, and from one host alone."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.kb.importing.fetching import Access, Fetcher, PageError, checked, same_host
from bot.kb.importing.items import SourceError

from .serving import Asked, Reply, StandIn, served


@dataclass
class Scripted:
    """Answers one thing after another, the last one for ever."""

    replies: list[Reply]
    base: str = ""
    asked: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def fetching(*replies: Reply, authorization: str = "") -> Iterator[tuple[Scripted, Fetcher, list[float]]]:
    waits: list[float] = []
    source = Scripted(list(replies))
    with served(source), Fetcher(source.base, authorization, waits.append) as fetcher:
        yield source, fetcher, waits


PAGE = Reply(200, b"<p>hello</p>", {"Content-Type": "text/html; charset=latin-1", "ETag": '"1"'})


def test_who_asks_is_said_and_how_it_was_is_remembered() -> None:
    with fetching(PAGE, Reply(304)) as (source, fetcher, _):
        answer = fetcher.get(f"{source.base}/a")
        assert (answer.body, answer.kind, answer.charset, answer.etag) == (
            b"<p>hello</p>",
            "text/html",
            "latin-1",
            '"1"',
        )
        assert (
            fetcher.get(f"{source.base}/a", {"etag": '"1"', "modified": "Mon, 05 Jan 2026 09:00:00 GMT"}).status == 304
        )
    assert re.fullmatch(r"Guichet/\d+(\.\d+)*", source.asked[0].headers["user-agent"])
    assert source.asked[1].headers["if-none-match"] == '"1"'
    assert source.asked[1].headers["if-modified-since"] == "Mon, 05 Jan 2026 09:00:00 GMT"


def test_a_busy_source_is_asked_again_when_it_wants() -> None:
    busy = Reply(429, b"", {"Retry-After": "7"})
    with fetching(busy, Reply(503), PAGE) as (source, fetcher, waits):
        assert fetcher.get(source.base).status == 200
    assert waits == [7.0, 2.0]


def test_a_date_to_come_back_at_is_understood() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    with fetching(Reply(429, b"", {"Retry-After": soon}), PAGE) as (source, fetcher, waits):
        fetcher.get(source.base)
    assert 25 < waits[0] <= 30


def test_a_source_that_stays_broken_is_given_up_after_four_more_tries() -> None:
    with fetching(Reply(500)) as (source, fetcher, waits), pytest.raises(SourceError, match=r"answered 500.*later"):
        fetcher.get(source.base)
    assert (len(source.asked), waits) == (5, [1.0, 2.0, 4.0, 8.0])


def test_a_source_that_asks_for_an_hour_is_left_alone() -> None:
    with fetching(Reply(429, b"", {"Retry-After": "3600"})) as (source, fetcher, waits):
        with pytest.raises(SourceError, match="asks to be left alone for 3600 s"):
            fetcher.get(source.base)
        assert (len(source.asked), waits) == (1, [])


def test_a_source_that_is_not_there_is_told() -> None:
    with fetching(PAGE) as (source, _, _):
        pass
    waits: list[float] = []
    with Fetcher(source.base, wait=waits.append) as fetcher, pytest.raises(SourceError, match="cannot be read"):
        fetcher.get(source.base)
    assert len(waits) == 4


def test_a_page_beyond_the_limit_is_refused_before_it_has_arrived() -> None:
    with (
        fetching(Reply(200, b"x" * 3_000_000)) as (source, fetcher, _),
        pytest.raises(PageError, match="larger than 2 MB"),
    ):
        fetcher.get(source.base)


def test_redirects_stay_on_the_host() -> None:
    with fetching(Reply(301, b"", {"Location": "/there"}), PAGE) as (source, fetcher, _):
        assert fetcher.get(f"{source.base}/here").address == f"{source.base}/there"


@pytest.mark.parametrize(
    "where", ["http://169.254.169.254/latest/meta-data/", "//evil.example/x", "file:///etc/passwd"]
)
def test_redirects_that_leave_it_are_refused(where: str) -> None:
    with fetching(Reply(302, b"", {"Location": where}), PAGE) as (source, fetcher, _):
        with pytest.raises(PageError, match="leads to"):
            fetcher.get(source.base)
        assert len(source.asked) == 1


def test_a_token_never_reaches_another_port_of_the_host(serve: Callable[[StandIn], str]) -> None:
    other = Scripted([PAGE])
    serve(other)
    moved = Reply(302, b"", {"Location": f"{other.base}/x"})
    with fetching(moved, authorization="Bearer t") as (source, fetcher, _), pytest.raises(PageError, match="away from"):
        fetcher.get(source.base)
    assert other.asked == []


def test_redirects_in_a_circle_end() -> None:
    with (
        fetching(Reply(302, b"", {"Location": "/again"})) as (source, fetcher, _),
        pytest.raises(PageError, match="without end"),
    ):
        fetcher.get(source.base)


def test_a_page_instead_of_data_is_told_with_the_mend() -> None:
    with fetching(PAGE) as (source, fetcher, _), pytest.raises(SourceError, match=r"page instead of data.*--user"):
        fetcher.data(f"{source.base}/rest/api/content", [("limit", "5")])


@pytest.mark.parametrize("address", ["ftp://a.example/", "file:///etc/passwd", "https://", "http://[::1", "help.acme"])
def test_only_web_addresses_are_taken(address: str) -> None:
    with pytest.raises(SourceError, match="no web address"):
        checked(address)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(SourceError) as refused:
        checked("https://ann:s3cret@help.acme.example/")
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    ("theirs", "same"),
    [
        ("https://help.acme.example:443/x", True),
        ("https://HELP.acme.example/x", True),
        ("http://help.acme.example/x", False),
        ("https://help.acme.example:8443/x", False),
        ("https://help.acme.example.evil.example/x", False),
        ("https://ann@help.acme.example/x", False),
        ("https://help.acme.example:bad/x", False),
    ],
)
def test_what_is_the_same_host(theirs: str, same: bool) -> None:
    assert same_host("https://help.acme.example/", theirs) is same
    assert same_host("http://help.acme.example/", "https://help.acme.example/")


def test_a_token_is_never_shown() -> None:
    access = Access("ann", "s3cret")
    assert "s3cret" not in repr(access)
    assert access.header("/token").startswith("Basic ")
    assert Access("", "s3cret").header() == "Bearer s3cret"
    assert Access("ann").header() == ""
