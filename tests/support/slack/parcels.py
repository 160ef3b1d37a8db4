"""What Slack sends to an app, whichever way it goes: an event, an interaction or a command."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal, Self

from tests.support.slack.refusal import Json

ParcelKind = Literal["events_api", "interactive", "slash_commands"]


@dataclass
class Parcel:
    """One thing to deliver; events are repeated when they are not acknowledged, the others never are."""

    kind: ParcelKind
    payload: Json
    answered: Callable[[Json], None] | None = None  # takes what the app says in its acknowledgement
    failed: Callable[[], None] | None = None
    envelope: str | None = None  # only to repeat an envelope as it was
    tries: list[str] = field(default_factory=list)  # how each try ended: "", or Slack's reason for the next one

    @property
    def is_repeated(self) -> bool:
        """Tell whether Slack tries it again."""
        return self.kind == "events_api"

    @property
    def is_delivered(self) -> bool:
        """Tell whether the app acknowledged it."""
        return "" in self.tries

    def again(self) -> Self:
        """The same once more, as if it had not gone yet."""
        return replace(self, tries=[])
