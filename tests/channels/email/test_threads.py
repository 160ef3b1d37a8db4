"""The marks of threads: whoever has not had a mail of ours cannot make one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.email.threads import Threads, begun_by, tags, without_tags

THREADS = Threads("support@desk.test", b"secret")
THREAD = begun_by("<first@corp.test>")


def test_an_answer_finds_its_thread_by_the_address_it_goes_to() -> None:
    address = THREADS.reply_to(THREAD)
    assert address.startswith("support+") and address.endswith("@desk.test")
    assert THREADS.of_addresses(["bob@corp.test", address.upper()]) == THREAD


def test_an_answer_finds_its_thread_by_the_mail_it_answers() -> None:
    identifier = THREADS.message_id(THREAD, "7:3:0")
    assert identifier == THREADS.message_id(THREAD, "7:3:0") != THREADS.message_id(THREAD, "7:3:1")
    assert THREADS.of_message(identifier) == THREAD
    assert THREADS.is_ours(identifier)


@pytest.mark.parametrize("other", [Threads("support@desk.test", b"guess"), Threads("sales@desk.test", b"secret")])
def test_marks_of_others_lead_nowhere(other: Threads) -> None:
    assert THREADS.of_addresses([other.reply_to(THREAD), "support@desk.test", "support+@desk.test"]) == ""
    assert THREADS.of_message(other.message_id(THREAD, "7:3:0")) == ""


def test_a_mark_counts_for_what_it_was_made_for_alone() -> None:
    mark = THREADS.reply_to(THREAD).partition("+")[2].partition("@")[0]
    forged = f"<{'a' * 16}.{THREAD}.{mark[16:]}@desk.test>"
    assert THREADS.of_message(forged) == ""
    moved = THREADS.message_id(THREAD, "1").replace(THREAD, begun_by("<other@corp.test>"))
    assert THREADS.of_message(moved) == ""


def test_a_tag_is_short_and_nobody_else_makes_it() -> None:
    tag = THREADS.tag(THREAD)
    assert tags(f"Re: [#x] VPN [#{tag.lower()}] (fin)") == (tag,) and len(tag) == 8
    assert tag not in (THREADS.tag(begun_by("<2@corp.test>")), Threads("support@desk.test", b"guess").tag(THREAD))
    assert without_tags(f"VPN [#{tag}] [#ABCDEFGH]") == "VPN"


@given(st.text(max_size=80))
def test_any_text_may_stand_in_an_address_or_an_id(text: str) -> None:
    assert THREADS.of_addresses([text, f"support+{text}@desk.test"]) == ""
    assert THREADS.of_message(text) == ""
    assert len(begun_by(text)) == 16
    assert tags(without_tags(text)) == () or tags(text)
