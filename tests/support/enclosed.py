"""An agent's answer with two files, whose bytes no channel may touch."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.dialog.events import AgentSaid, File
from bot.ports.files import Files

WORDS = "Voici la procédure et la capture."
PICTURE = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 40 + b"\r\n\n.\r\nFrom \x00\xff\xd9"
REPORT = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(reversed(range(256))) * 300 + b"\n%%EOF\n"
NAMES = ("capture d’écran.jpg", "procédure.pdf")
CONTENTS = dict(zip(NAMES, (PICTURE, REPORT), strict=True))


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer, and the store in which its files lie, or will."""

    files: Files

    def said(self, at: datetime, text: str = WORDS, lacks: str = "") -> AgentSaid:
        """What the house is told; the file that it `lacks` is not in the store yet."""
        for name, content in CONTENTS.items():
            if name != lacks:
                self.files.put(content)
        return AgentSaid(at=at, name="Zoé", text=text, files=tuple(file(name) for name in NAMES))

    def arrives(self, name: str) -> None:
        """The file comes after all."""
        self.files.put(CONTENTS[name])


def file(name: str, size: int = 0) -> File:
    """One of the files, as a message names it."""
    content = CONTENTS[name]
    kind = "image/jpeg" if content is PICTURE else "application/pdf"
    return File(name, kind, size or len(content), sha256(content).hexdigest())
