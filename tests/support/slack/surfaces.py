"""What people see beside messages: files, views, assistant threads; and the one-time handles to them."""

from dataclasses import dataclass, field

from tests.support.slack.refusal import Json


@dataclass
class File:
    """An uploaded file; while `uploaded` is false only its place is kept."""

    id: str
    name: str
    title: str
    mimetype: str
    user: str
    created: int
    content: bytes = b""
    size: int = 0
    uploaded: bool = False
    completed: bool = False
    shares: list[tuple[str, str]] = field(default_factory=list)  # room and message


@dataclass
class View:
    """A modal or a home tab as it now stands."""

    id: str
    user: str
    form: Json  # what the app gave
    hash: str
    root: str
    previous: str | None = None
    open: bool = True
    errors: dict[str, str] = field(default_factory=dict)  # by block, after a refused submission
    state: Json = field(default_factory=dict)


@dataclass
class Trigger:
    """A permission to open a modal: 3 seconds, once."""

    user: str
    born: float
    view: str | None = None
    used: bool = False


@dataclass
class Hook:
    """A response_url: 5 uses within 30 minutes."""

    user: str
    room: str
    born: float
    message: str | None = None
    ephemeral: bool = False
    thread: str | None = None
    uses: int = 0


@dataclass
class Assistant:
    """The state of one assistant thread."""

    user: str
    context: Json
    status: str = ""
    title: str = ""
    prompts: list[Json] = field(default_factory=list)
    prompts_title: str = ""
