"""Edits and deletions: the last message may be corrected before the next fix, everything else is noted."""

from bot.dialog.events import PersonEdited, PersonSaid
from tests.support.talk import START, Talk, reading


def wrote(talk: Talk, text: str, ref: str) -> None:
    talk.feed(PersonSaid(at=START, texts=(text,), ref=ref, understanding=reading(text, "en", "", "web")))


def edited(talk: Talk, text: str, ref: str) -> None:
    talk.feed(PersonEdited(at=START, text=text, ref=ref, understanding=reading(text, "en", "", "web")))


def begun() -> Talk:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    return talk


def test_an_edit_of_the_last_message_before_the_next_fix_is_a_correction() -> None:
    talk = begun()
    wrote(talk, "just me, on Windows", "m2")
    edited(talk, "just me, on macOS", "m2")
    assert talk.value("os") == "macos"
    assert talk.value("affected") == "one"


def test_an_edit_of_an_earlier_message_changes_no_state() -> None:
    talk = begun()
    wrote(talk, "just me, on Windows", "m2")
    before = talk.value("os"), talk.awaits
    edited(talk, "the VPN does not connect on macOS", "m1")
    assert (talk.value("os"), talk.awaits) == before


def test_an_edit_that_tells_nothing_new_is_no_miss() -> None:
    talk = begun()
    wrote(talk, "just me, on Windows", "m2")
    edited(talk, "just me, on Windows!", "m2")
    assert talk.last.misses == 0


def test_a_deletion_changes_no_state() -> None:
    talk = begun()
    wrote(talk, "just me, on Windows", "m2")
    edited(talk, "", "m2")
    assert talk.value("os") == "windows"
