"""What goes out: parts, buttons and what they say back; and what each refusal means."""

from datetime import timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.channels.render.telegram import LIMIT
from bot.channels.telegram.ends import ended
from bot.channels.telegram.keyboard import MOST_DATA, MOST_LABEL, chosen, data_of, pressed_data, rows, shortened
from bot.channels.telegram.line import NoTokenError, ServerError, TooManyError
from bot.channels.telegram.sending import Pace, parts_of
from bot.dialog.effects import Button, Relay, Say
from bot.ports.delivery import Delivery, Failed, Retry, Unknown


def test_buttons_stand_under_the_last_part() -> None:
    say = Say("\n\n".join("mot " * 300 for _ in range(8)), "fr", buttons=(Button("yes", "Oui"),), turn=4)
    parts = parts_of(say)
    assert len(parts) > 1
    assert [bool(part.keyboard) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert parts[-1].keyboard == ((("Oui", "4:yes"),),)
    assert all(len(part.plain.encode("utf-16-le")) // 2 <= LIMIT for part in parts)


def test_an_agent_is_named_and_their_words_are_no_markup() -> None:
    (part,) = parts_of(Relay("person", "Zoé <b>\nMartin", "**Bonjour** <i>@ann</i> & co"))
    assert part.html == "<b>Zoé &lt;b&gt; Martin</b>\n**Bonjour** &lt;i&gt;@\u2060ann&lt;/i&gt; &amp; co"
    assert part.plain == "Zoé <b> Martin\n**Bonjour** <i>@\u2060ann</i> & co"


@given(st.text(max_size=200), st.text(max_size=30_000))
def test_whatever_an_agent_writes_fits(name: str, words: str) -> None:
    for part in parts_of(Relay("person", name, words)):
        assert 0 < len(part.plain.encode("utf-16-le", "surrogatepass")) // 2 <= LIMIT


@given(st.lists(st.builds(Button, st.text(), st.text()), max_size=120), st.integers(0, 10**6))
def test_every_button_fits_and_is_known_when_it_comes_back(buttons: list[Button], turn: int) -> None:
    laid = [pair for row in rows(buttons, turn) for pair in row]
    for place, ((label, data), button) in enumerate(zip(laid, buttons, strict=False), 1):
        assert 0 < len(label) <= MOST_LABEL
        assert len(data.encode("utf-8", "replace")) <= MOST_DATA
        assert pressed_data(data) in ((turn, button.id), (turn, str(place)))


def test_rows_are_as_wide_as_their_labels_allow() -> None:
    def widths(*labels: str) -> list[int]:
        return [len(row) for row in rows([Button(label, label) for label in labels], 1)]

    assert widths("Oui", "Non", "Peut-être") == [3]
    assert widths("Moi uniquement", "Des collègues", "Tout le site") == [2, 1]
    assert widths("Oui", "Je ne peux pas essayer maintenant") == [1, 1]


def test_a_long_id_goes_by_its_place_and_no_id_is_taken_for_one() -> None:
    assert data_of("é" * 40, 3, 2) == "3:#2"
    assert data_of("#1", 3, 2) == "3:#2"
    assert data_of("a:b", 3, 2) == "3:a:b"
    assert pressed_data("3:#2") == (3, "2")
    assert pressed_data("3:a:b") == (3, "a:b")
    assert pressed_data("x") == pressed_data("-") == pressed_data("") == (0, "")


def test_a_label_is_never_cut_within_a_character() -> None:
    family = "👩\u200d👩\u200d👧"
    assert shortened("x" * 61 + family) == "x" * 61 + "…"
    assert shortened("x" * 62 + "e\u0301" + "y" * 9) == "x" * 62 + "…"
    assert shortened(" a \n b ") == "a b"
    shown = chosen("Oui")
    assert shown is not None
    assert shown.inline_keyboard[0][0].text == "✓ Oui"
    assert chosen("") is None


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "end"),
    [
        (TooManyError(7), Retry(timedelta(seconds=7), "the platform asks for patience", counts=False)),
        (
            Forbidden("Forbidden: bot can't initiate conversation with a user"),
            Retry(why="the person has not begun a chat"),
        ),
        (Forbidden("Forbidden: bot was blocked by the user"), Failed("blocked by the person")),
        (Forbidden("Forbidden: bot was kicked from the group chat"), Failed("the bot was removed from the group")),
        (BadRequest("Bad Request: chat not found"), Failed("chat not found")),
        (BadRequest("Bad Request: said by Ann"), Failed("the platform refuses the message")),
        (ServerError("502"), Retry(why="the platform is in trouble")),
        (caused(TimedOut(), httpx.ConnectTimeout("")), Retry(why="ConnectTimeout")),
        (caused(NetworkError("x"), httpx.ConnectError("")), Retry(why="ConnectError")),
        (caused(TimedOut(), httpx.ReadTimeout("")), Unknown("ReadTimeout")),
        (caused(NetworkError("x"), httpx.RemoteProtocolError("")), Unknown("RemoteProtocolError")),
        (TelegramError("the answer is no JSON"), Unknown("TelegramError")),
    ],
)
def test_each_refusal_has_its_end(error: TelegramError, end: Delivery) -> None:
    assert ended(error) == end


@pytest.mark.parametrize("error", [InvalidToken("Unauthorized"), InvalidToken("malformed"), NoTokenError("x")])
def test_a_refused_token_is_tried_again_and_told_with_its_mend(error: TelegramError) -> None:
    end = ended(error)
    assert isinstance(end, Retry)
    assert "channels.telegram.token_file" in end.why


def test_the_pace_is_that_of_the_platform() -> None:
    pace = Pace()
    assert [pace.wait(1, 0.0) for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    assert pace.wait(1, 1.0) == 0
    group = Pace()
    assert sum(group.wait(-1, second) == 0 for second in range(60)) <= 40
    crowd = Pace()
    assert sum(crowd.wait(chat, 0.0) == 0 for chat in range(1, 100)) == 30
