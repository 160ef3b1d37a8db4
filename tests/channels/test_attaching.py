"""Files on their way out: names and types that no system trips over, and agents' files cleaned as people's are."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.attaching import ANY_TYPE, MOST_NAME, left_out, parted, told_name, told_type
from bot.dialog.events import AgentSaid, File, TicketChanged
from bot.inbox import NAME_LIMIT, TEXTS_LIMIT, masked

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("procédure d’accès.pdf", "procédure d’accès.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\lea\\a.png", "a.png"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("line\r\nbreak.png", "linebreak.png"),
        ("<!channel>.txt", "!channel.txt"),
        ("", "file.png"),
        ("...", "file.png"),
        ("x" * 300 + ".png", "x" * (MOST_NAME - 4) + ".png"),
        ("x" * 300, "x" * MOST_NAME),
    ],
)
def test_a_name_keeps_nothing_that_a_system_could_obey(name: str, told: str) -> None:
    assert told_name(File(name, "image/png")) == told


@given(st.text(), st.text())
def test_any_name_and_type_can_be_sent(name: str, kind: str) -> None:
    told = told_name(File(name, kind))
    assert 0 < len(told) <= MOST_NAME + 10
    assert told.encode() and told.isprintable() | (not told.isascii()) and not set(told) & set('/\\<>"\r\n')
    assert "/".join(told_type(File(name, kind))).isascii()


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("image/PNG", ("image", "png")),
        ("text/plain; charset=utf-8", ("text", "plain")),
        *((kind, ANY_TYPE) for kind in ("", "image", "message/rfc822", "multipart/mixed", "a/b\r\nX: y", "a/" * 9)),
    ],
)
def test_a_type_is_told_where_it_is_one(kind: str, told: tuple[str, str]) -> None:
    assert told_type(File("a", kind)) == told


def test_what_is_too_large_is_told_from_what_is_not() -> None:
    small, large = File("a.txt", size=10), File("b\n.txt", size=11)
    assert parted((large, small), 10) == ((small,), (large,))
    assert left_out({"fr": "Trop lourd :", "en": "Too large:"}, (large, small), "fr") == "[Trop lourd : b.txt, a.txt]"
    assert left_out({"en": "Too large:"}, (large,), "de") == "[Too large: b.txt]"
    assert left_out({"en": "Too large:"}, (), "en") == ""


@pytest.mark.parametrize("kind", [AgentSaid, TicketChanged])
def test_secrets_in_the_names_of_agents_files_are_hidden_and_sizes_kept(
    kind: type[AgentSaid] | type[TicketChanged],
) -> None:
    files = (File("mot de passe : Tr0ub4dor&3.txt", "t" * 999), File("x" * 999 + ".png"))
    clean = masked(kind(at=NOON, files=files * TEXTS_LIMIT))
    assert isinstance(clean, AgentSaid | TicketChanged)
    assert len(clean.files) == TEXTS_LIMIT
    assert "Tr0ub4dor" not in clean.files[0].name and len(clean.files[0].type) == NAME_LIMIT
    assert clean.files[1].name.endswith(".png") and len(clean.files[1].name) == NAME_LIMIT
