"""Opening hours are read with every fault named, and tell when the desk is staffed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people import DeskHours, holidays_of, read_hours
from bot.people.hours import DAYS, Span

PARIS = ZoneInfo("Europe/Paris")
OFFICE = DeskHours(read_hours("mon-fri 08:30-18:00"), PARIS, holidays_of("FR"))


def paris(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("when", "is_open"),
    [
        (paris(2026, 1, 5, 8, 29), False),
        (paris(2026, 1, 5, 8, 30), True),
        (paris(2026, 1, 5, 17, 59), True),
        (paris(2026, 1, 5, 18, 0), False),
        (paris(2026, 1, 4, 12, 0), False),  # a Sunday
        (paris(2026, 7, 14, 12, 0), False),  # a holiday
        (datetime(2026, 1, 5, 8, 0, tzinfo=UTC), True),  # nine in Paris
    ],
)
def test_the_desk_is_staffed_in_its_hours_of_its_own_time_zone(when, is_open):
    assert OFFICE.open_at(when) is is_open


@pytest.mark.parametrize(
    ("when", "back"),
    [
        (paris(2026, 1, 5, 7, 0), paris(2026, 1, 5, 8, 30)),
        (paris(2026, 1, 5, 20, 0), paris(2026, 1, 6, 8, 30)),
        (paris(2026, 1, 9, 19, 0), paris(2026, 1, 12, 8, 30)),  # over the week-end
        (paris(2025, 12, 31, 19, 0), paris(2026, 1, 2, 8, 30)),  # over New Year's Day
        (paris(2026, 3, 27, 19, 0), paris(2026, 3, 30, 8, 30)),  # over the change of the clocks
    ],
)
def test_it_tells_when_the_desk_is_back_in_local_time(when, back):
    told = OFFICE.back_at(when)
    assert told == back
    assert told is not None
    assert told.utcoffset() == back.utcoffset()


def test_a_lunch_break_is_a_second_stretch_of_the_same_days():
    hours = DeskHours(read_hours("mon-fri 08:30-12:00, 13:30-18:00, sat 09:00-12:00"), PARIS)
    assert not hours.open_at(paris(2026, 1, 5, 12, 30))
    assert hours.back_at(paris(2026, 1, 5, 12, 30)) == paris(2026, 1, 5, 13, 30)
    assert hours.open_at(paris(2026, 1, 10, 9, 0))


def test_days_may_run_over_the_end_of_the_week():
    assert [span.day for span in read_hours("sat-mon 09:00-10:00")] == [0, 5, 6]


def test_always_is_always_open():
    always = DeskHours(read_hours("Always"))
    assert always.open_at(datetime(2026, 7, 14, 23, 59, tzinfo=UTC))


def test_a_desk_whose_days_are_all_holidays_never_opens():
    closed = DeskHours(read_hours("always"), UTC, lambda year: frozenset(all_days(year)))
    assert closed.back_at(datetime(2026, 1, 5, tzinfo=UTC)) is None


def all_days(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range(366)]


def test_local_time_follows_the_season():
    assert OFFICE.utc_offset_minutes(paris(2026, 1, 5)) == 60
    assert OFFICE.utc_offset_minutes(paris(2026, 7, 6)) == 120


def test_an_opening_in_the_hour_that_the_clocks_leave_out_is_moved_behind_it():
    hours = DeskHours(read_hours("sun 02:30-06:00"), PARIS)
    back = hours.back_at(paris(2026, 3, 28, 12, 0))
    assert back is not None
    assert (back.hour, back.minute) == (3, 30)


@pytest.mark.parametrize(
    ("text", "fault", "mend"),
    [
        ("", "'' is no stretch of hours", "mon-fri 08:30-18:00"),
        ("08:30-18:00", "names no day", "mon-fri 08:30-18:00"),
        ("lun-ven 08:30-18:00", "'lun' is no day", "mon tue wed"),
        ("mon-fri 08:30-25:00", "25:00 is no time of day", "00:00 to 24:00"),
        ("mon-fri 22:00-06:00", "ends before it begins", "24:00"),
        ("mon-fri 08:00-12:00, fri 11:00-13:00", "two stretches of fri overlap", "make one of them"),
        ("mon-fri 8h30-18h", "is no stretch of hours", "08:30"),
    ],
)
def test_a_fault_in_the_hours_is_told_with_its_mend(text, fault, mend):
    with pytest.raises(ValueError, match=r"\w") as caught:
        read_hours(text)
    assert fault in str(caught.value)
    assert mend in str(caught.value)


def test_every_fault_is_told_at_once():
    with pytest.raises(ValueError, match=r"'lun' is no day.*; 'later' is no stretch"):
        read_hours("lun 08:00-09:00, later")


@pytest.mark.parametrize(("where", "mend"), [("XX", "two letters"), ("FR-NOWHERE", "write 'FR' alone")])
def test_an_unknown_country_is_told_with_its_mend(where, mend):
    with pytest.raises(ValueError, match=mend):
        holidays_of(where)


def test_a_part_of_a_country_has_its_own_holidays():
    good_friday = date(2026, 4, 3)
    assert good_friday in holidays_of("fr-57")(2026)
    assert good_friday not in holidays_of("FR")(2026)
    assert not holidays_of("")(2026)


spans = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1438), st.integers(1, 600)), min_size=1, max_size=6)
moments = st.timedeltas(timedelta(), timedelta(days=365)).map(lambda later: datetime(2026, 1, 1, tzinfo=UTC) + later)


@given(spans, moments)
def test_when_it_says_it_is_back_the_desk_is_open_and_was_not_opened_since(spans, at):
    wanted = tuple(sorted({Span(day, opens, min(opens + long, 1440)) for day, opens, long in spans}))
    hours = DeskHours(wanted, PARIS)
    back = hours.back_at(at)
    assert back is not None
    assert back > at
    assert hours.open_at(back)
    if not hours.open_at(at):
        middle = at + (back - at) / 2
        assert not hours.open_at(middle)


@given(st.text(max_size=40) | st.from_regex(r"(mon|fri|xyz)(-sun)? \d\d:\d\d-\d\d:\d\d(, \d\d:\d\d-\d\d:\d\d)?"))
def test_any_text_is_read_or_refused_with_a_reason(text):
    try:
        read = read_hours(text)
    except ValueError as fault:
        assert str(fault)
    else:
        assert read
        assert all(0 <= span.day < len(DAYS) and 0 <= span.opens < span.closes <= 1440 for span in read)
