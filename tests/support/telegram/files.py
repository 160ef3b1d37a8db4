"""Files that people and the bot have sent: named by identifiers, downloaded by a path that holds for an hour."""

import secrets
from dataclasses import dataclass, field

from tests.support.telegram.arguments import Upload
from tests.support.telegram.errors import bad_request
from tests.support.telegram.shapes import SIZES, Json, document_view, file_view

MOST_DOWN = 20 * 1024 * 1024
MOST_UP = 50 * 1024 * 1024
MOST_PHOTO = 10 * 1024 * 1024
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file; `size` may be more than there is content, so that a test need not hold a huge one."""

    view: Json
    content: bytes
    folder: str
    name: str


@dataclass
class Files:
    """All files by identifier, and the paths given out for them."""

    stored: dict[str, Stored] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)

    def keep(self, folder: str, content: bytes, name: str = "", size: int | None = None) -> Json:
        """Store a file and return what is common to all of them."""
        view = file_view(folder, content, len(self.stored))
        if size is not None:
            view["file_size"] = size
        self.stored[view["file_id"]] = Stored(view, content, folder, name)
        return view

    def document(self, content: bytes, name: str, kind: str, size: int | None = None) -> Json:
        """A file sent as such."""
        return document_view(self.keep("documents", content, name, size), name, kind)

    def photo(self, content: bytes) -> list[Json]:
        """A picture in several sizes, the biggest last; all have the same bytes here."""
        return [self.keep("photos", content) | {"width": width, "height": height} for width, height in SIZES]

    def voice(self, content: bytes, seconds: int) -> Json:
        """A spoken message."""
        return self.keep("voice", content) | {"duration": seconds, "mime_type": "audio/ogg"}

    def sent_photo(self, given: Upload | str) -> list[Json]:
        """The picture that the bot sends: new, or one that it has seen before. Raises RefusalError."""
        if isinstance(given, str):
            known = self.known(given, "photo")
            return [known.view | {"width": SIZES[-1][0], "height": SIZES[-1][1]}]
        if len(given.content) > MOST_PHOTO:
            size = len(given.content)
            raise bad_request(
                f"file of size {size} bytes is too big for a photo; the maximum size is {MOST_PHOTO} bytes"
            )
        self.check(given)
        if not given.content.startswith(PICTURES):
            raise bad_request("IMAGE_PROCESS_FAILED")
        return self.photo(given.content)

    def sent_document(self, given: Upload | str) -> Json:
        """The file that the bot sends: new, or one that it has seen before. Raises RefusalError."""
        if isinstance(given, str):
            known = self.known(given, "document")
            return document_view(known.view, known.name, "")
        self.check(given)
        return self.document(given.content, given.name, given.kind)

    def check(self, given: Upload) -> None:
        """Raises RefusalError for a file without content."""
        if not given.content:
            raise bad_request("file must be non-empty")

    def known(self, identifier: str, what: str) -> Stored:
        """A file that was sent before. Raises RefusalError; addresses on the web are not fetched here."""
        if not identifier:
            raise bad_request(f"there is no {what} in the request")
        if identifier not in self.stored:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self.stored[identifier]

    def open(self, identifier: str) -> Json:
        """Give out a path for a download. Raises RefusalError, above all for a file that is too big for a bot."""
        if not identifier:
            raise bad_request("file_id not specified")
        if identifier not in self.stored:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        stored = self.stored[identifier]
        if stored.view["file_size"] > MOST_DOWN:
            raise bad_request("file is too big")
        ending = (
            stored.name.rpartition(".")[2]
            if "." in stored.name
            else {"photos": "jpg", "voice": "oga"}.get(stored.folder, "bin")
        )
        path = f"{stored.folder}/file_{secrets.randbelow(10**6)}.{ending}"
        self.paths[path] = identifier
        return stored.view | {"file_path": path}

    def at(self, path: str) -> bytes | None:
        """What is to be downloaded there."""
        identifier = self.paths.get(path)
        return self.stored[identifier].content if identifier else None
