"""What the desk at Request Tracker decides without asking it: words, names, types, and how far was read."""

from hypothesis import given
from hypothesis import strategies as st

from ticket_bridge import Priority, TicketState
from ticket_bridge.systems import rt_words as words
from ticket_bridge.systems.rt_config import RtConfig
from ticket_bridge.systems.rt_news import REMEMBERED, Place, place_of

CONFIG = RtConfig(url="https://rt.example.org", account="guichet", token="1-2-x", queue="Service desk")


def flat(text: str) -> str:
    return " ".join(text.split())


@given(st.text())
def test_any_text_reads_the_same_after_its_way_through_html(text: str) -> None:
    page = words.as_html(text, words.mark_of("note", text))
    assert flat(words.as_text(page)) == flat(words.clean(text))
    assert page.count("<!--") == 1


@given(st.text(alphabet="<>&;/!-pbrlidvsct \n\"'=x"))
def test_any_html_can_be_read(page: str) -> None:
    words.as_text(page)


def test_what_a_page_shows_is_read_and_nothing_else() -> None:
    page = """<html><head><title>no</title></head><body><p>Bonjour
    Léa,</p><div>un<br>deux</div><ul><li>a</li><li>b</li></ul><script>no</script><!-- no -->
    <p>3 &lt; 4 &amp; <b>gras</b></p></body></html>"""
    assert words.as_text(page) == "Bonjour Léa,\nun\ndeux\n- a\n- b\n3 < 4 & gras"


@given(st.text(), st.text(), st.binary())
def test_any_file_has_a_bare_name_and_a_plain_type(name: str, media_type: str, content: bytes) -> None:
    sent = words.attachment(name, media_type, content)
    held = sent["FileName"].encode("latin-1").decode()
    assert held
    assert not set("/\\\n\r\0") & set(held)
    assert words.PLAIN_TYPE.fullmatch(sent["FileType"])


@given(st.text())
def test_two_events_have_two_marks_and_two_kinds_too(event_id: str) -> None:
    assert words.mark_of("note", event_id) != words.mark_of("attach", event_id)
    assert words.mark_of("note", event_id) != words.mark_of("note", event_id + "x")


def test_one_address_is_an_address_and_a_list_or_a_login_is_none() -> None:
    assert words.is_address("lea.martin+vpn@example.org")
    assert not [text for text in ("lea", "", "a@b, c@d", "Léa <lea@b>", "a@b\nc@d", "é@b") if words.is_address(text)]


@given(st.integers(0, 10**18 - 1), st.lists(st.integers(0, 10**18 - 1), max_size=50, unique=True))
def test_a_place_is_read_back_from_its_cursor(base: int, numbers: list[int]) -> None:
    place = Place(base).after(tuple(numbers))
    assert place_of(str(place)) == place


@given(st.integers(0, 120), st.randoms(use_true_random=False))
def test_transactions_that_become_visible_late_are_read_once_each(count: int, chance: object) -> None:
    late = {number: number + chance.randrange(REMEMBERED) for number in range(1, count + 1)}  # type: ignore[attr-defined]
    place, read = Place(), list[int]()
    for now in range(count + REMEMBERED + 1):
        visible = [number for number, when in late.items() if when <= now]
        while unread := place.unread(visible):
            read += unread
            place = place_of(str(place.after(unread)))
    assert sorted(read) == list(range(1, count + 1))


def test_a_status_is_what_the_configuration_says_whatever_its_capitals() -> None:
    known = {status: CONFIG.state_of(status) for status in ("new", "Open", "stalled", "RESOLVED", "Rejected", "mine")}
    assert list(known.values()) == [*list(TicketState)[:4], TicketState.CLOSED, None]
    assert CONFIG.states() == frozenset(TicketState) - {TicketState.CLOSED}


def test_a_priority_of_ours_is_read_back_and_one_that_somebody_else_set_is_none() -> None:
    assert [CONFIG.priority_of(str(CONFIG.priorities[one])) for one in Priority] == list(Priority)
    assert CONFIG.priority_of("33") is None
