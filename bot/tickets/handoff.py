"""The handoff as the bridge takes it: the effect, who asks, and what was said until then."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.channels.own_pages import with_pages
from bot.dialog.effects import OpenTicket
from bot.dialog.events import Facts
from bot.dialog.events import File as SentFile
from bot.ports.records import Line, Records
from ticket_bridge import File, HandoffRequest, Priority, Requester, Step, TranscriptLine

Whereabouts = Callable[[str], str | None]  # where the bytes of a file lie, by its key


@dataclass(frozen=True, slots=True)
class Story:
    """What the ledger tells of a conversation up to one of its events."""

    channel: str = ""
    facts: Facts = field(default_factory=Facts)
    lines: tuple[Line, ...] = ()

    @property
    def files(self) -> Mapping[str, SentFile]:
        """The files that came with messages, by their keys."""
        return {file.ref: file for line in self.lines for file in line.files}


def read_story(records: Records, conversation: str, until: int) -> Story:
    """Read the conversation up to the event of number `until`. Blocking. Raises KeyError."""
    facts = next((one.event.facts for one in records.events(conversation) if one.seq == until), Facts())
    lines = tuple(line for line in records.transcript(conversation) if line.seq <= until)
    return Story(records.conversation(conversation).channel, facts, lines)


def handoff_request(effect: OpenTicket, conversation: str, story: Story, where: Whereabouts) -> HandoffRequest:
    """Say everything the technician needs, without adding prose."""
    return HandoffRequest(
        handoff_id=effect.handoff,
        subject=effect.title,
        body=effect.summary,
        priority=Priority(effect.priority),
        channel=story.channel,
        conversation=conversation,
        requester=_requester(effect, story.facts),
        impact=effect.impact,
        urgency=effect.urgency,
        level=effect.level,
        team=effect.team,
        reason=effect.reason,
        topic=effect.topic,
        slots=effect.slots,
        steps=tuple(Step(what=step.what, result=step.result) for step in effect.steps),
        transcript=tuple(transcript_lines(story.lines)),
        files=tuple(file_of(ref, story, where) for ref in effect.files),
    )


def _requester(effect: OpenTicket, facts: Facts) -> Requester:
    """Name the person. An address without proof may be somebody else's, who would then get the answers."""
    return Requester(
        name=facts.name,
        email=facts.email if facts.proof != "none" else "",
        vip=effect.vip,
        site=_text(effect.slots.get("site")),
        lang=effect.lang,
        contact=_text(effect.slots.get("contact")),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def transcript_lines(lines: Iterable[Line]) -> Iterable[TranscriptLine]:
    """Tell what was said, a pressed button by the words it bore; links to our own pages lead nowhere from there."""
    labels: dict[str, str] = {}
    for line in lines:
        labels |= {button.id: button.label for button in line.buttons}
        files = [f"[{file.name or file.type}]" for file in line.files]
        pressed = [labels.get(line.pressed, line.pressed)] if line.pressed else []
        text = "\n".join([with_pages(line.text, ""), *pressed, *files]).strip("\n")
        if text:
            yield TranscriptLine(who=line.author, text=text, at=line.at)


def file_of(ref: str, story: Story, where: Whereabouts) -> File:
    """Describe a file by what its message told of it."""
    told = story.files.get(ref, SentFile(ref=ref))
    media_type = told.type or "application/octet-stream"
    return File(name=told.name or ref[:12], media_type=media_type, size=told.size, path=where(ref))
