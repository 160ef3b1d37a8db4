"""Two thumbs under an answer that rests on an article."""

from bot.channels.slack.assistant import feedback_blocks
from bot.channels.slack.payload import Json
from bot.dialog.effects import Say


def thumbs(say: Say) -> tuple[Json, ...]:
    """Give the thumbs; none under a message that only asks or tells."""
    return tuple(feedback_blocks(say.lang, say.turn)) if say.sources else ()
