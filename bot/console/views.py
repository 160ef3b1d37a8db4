"""The desk's pages as values: everything said in words, nothing left to look up by a template."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from markupsafe import Markup

from bot.channels.render import web_html, web_text
from bot.console.names import Names
from bot.console.reasons import plain_reasons, plain_rule
from bot.console.words import EVENTS, OWNER_OF_ONE, told
from bot.dialog.effects import ChangeTicket, CommentTicket, OpenTicket, Relay, RunAction, Say
from bot.dialog.events import (
    ActionFailed,
    ActionFinished,
    AgentActed,
    AgentSaid,
    AnyEvent,
    ButtonPressed,
    File,
    Linking,
    PersonEdited,
    PersonRated,
    PersonSaid,
    TicketChanged,
    TicketDelayed,
    TicketOpened,
    TimerFired,
    WorkFailed,
)
from bot.ports.desk import DeskTurn, Dossier, Outgoing, Standing

NBSP = "\u00a0"
NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: in which language, on which clock, with which names."""

    lang: str
    zone: tzinfo
    now: datetime
    names: Names

    def clock(self, at: datetime) -> str:
        """Tell a time of today by its hour, any other by its day too."""
        local, today = at.astimezone(self.zone), self.now.astimezone(self.zone).date()
        if local.date() == today:
            return f"{local:%H:%M}"
        return f"{local:%d/%m %H:%M}" if local.year == today.year else f"{local:%d/%m/%Y %H:%M}"

    def ago(self, at: datetime) -> str:
        """Tell roughly how long ago."""
        minutes = max(0, int((self.now - at).total_seconds() // 60))
        if minutes < 1:
            return "à l’instant" if self.lang == "fr" else "just now"
        for size, unit in ((1440, "j" if self.lang == "fr" else "d"), (60, "h"), (1, "min")):
            if minutes >= size:
                return f"{minutes // size}{NBSP}{unit}"
        return ""


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation in the list."""

    id: str
    owner: str
    owner_name: str
    topic: str
    symptom: str
    key: str
    state: str
    priority: str
    reason: str
    team: str
    channel: str
    lang: str
    who: str
    moved: str
    moved_at: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the transcript. `by`: person | bot | agent | system; `html` is safe already."""

    by: str
    at: str = ""
    html: Markup = NOTHING
    who: str = ""
    mark: str = ""
    buttons: tuple[str, ...] = ()
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnView:
    """One turn: what happened and what was answered, then why: the rule that decided, and all reasons in order."""

    number: int
    entries: tuple[Entry, ...]
    reasons: tuple[str, ...]
    rule: str


def row(standing: Standing, reader: Reader) -> Row:
    """Tell of one conversation in a line."""
    talk, request, case, ticket = standing.conversation, standing.request, standing.case, standing.ticket
    lang, names = reader.lang, reader.names
    agent = talk.agent if talk.taken else ""
    return Row(
        id=standing.id,
        owner=talk.owner.value,
        owner_name=agent or told(OWNER_OF_ONE, talk.owner.value, lang),
        topic=names.topic(request.topic, lang) if request and request.topic else "",
        symptom=" ".join(request.symptom.split())[:160] if request else "",
        key=case.key if case else "",
        state=names.state(case.state, lang) if case else "",
        priority=ticket.priority if ticket else "",
        reason=names.reason(case.reason, lang) if case else "",
        team=names.team(case.team, lang) if case else "",
        channel=standing.channel,
        lang=talk.lang,
        who=standing.person or standing.email,
        moved=reader.ago(standing.updated_at),
        moved_at=reader.clock(standing.updated_at),
    )


def turns(dossier: Dossier, reader: Reader) -> tuple[TurnView, ...]:
    """Tell the turns in words; those that show nothing and decided nothing are left out."""
    labels: dict[tuple[int, str], str] = {}
    views = []
    for turn in dossier.turns:
        entries = (*_happened(turn.event, reader, labels), *_answered(turn, reader))
        for one in turn.effects:
            if isinstance(one.effect, Say):
                labels |= {(one.effect.turn, button.id): button.label for button in one.effect.buttons}
                labels |= {(0, button.id): button.label for button in one.effect.buttons}
        reasons = plain_reasons(turn.trace, reader.lang, reader.names)
        if entries or reasons:
            rule = plain_rule(turn.trace, reader.lang, reader.names) or reasons[0] if reasons else ""
            views.append(TurnView(turn.number, entries, reasons, rule))
    return tuple(views)


def _happened(event: AnyEvent, reader: Reader, labels: dict[tuple[int, str], str]) -> Iterator[Entry]:
    at = reader.clock(event.at)
    match event:
        case PersonSaid(texts=texts, files=files):
            words = "\n".join(text for text in texts if text)
            shown = Markup(web_text(words)) if words else NOTHING
            yield Entry("person", at, shown, who=event.facts.colleague, files=files)
        case ButtonPressed(button=button, turn=turn):
            label = labels.get((turn, button)) or labels.get((0, button)) or button
            yield Entry("person", at, Markup(web_text(label)), mark="button")
        case AgentSaid(name=name, text=text, files=files):
            yield Entry("agent", at, Markup(web_text(text)), who=name, files=files)
        case _:
            if said := _system(event, reader):
                yield Entry("system", at, Markup.escape(said))


def _system(event: AnyEvent, reader: Reader) -> str:
    lang = reader.lang
    match event:
        case AgentActed(action=action, name=name):
            return told(EVENTS, action, lang).format(who=name or told(OWNER_OF_ONE, "human", lang))
        case (
            TicketOpened(key=what)
            | TicketDelayed(case=what)
            | TimerFired(name=what)
            | ActionFailed(why=what)
            | Linking(step=what)
        ):
            return told(EVENTS, event.kind, lang).format(what=what)
        case TicketChanged(state=state, reply=reply):
            what = reader.names.state(state, lang) if state else reply
            return told(EVENTS, event.kind, lang).format(what=what)
        case PersonEdited(text=text):
            return told(EVENTS, "edited" if text else "deleted", lang)
        case ActionFinished() | WorkFailed() | PersonRated():
            return told(EVENTS, event.kind, lang)
        case _:
            return ""


def _answered(turn: DeskTurn, reader: Reader) -> Iterator[Entry]:
    for one in turn.effects:
        at = reader.clock(one.sent_at or turn.event.at)
        mark = "" if one.status == "sent" else told(EVENTS, one.status, reader.lang)
        match one.effect:
            case Say(text=text, buttons=buttons):
                labels = tuple(button.label for button in buttons)
                yield Entry("bot", at, Markup(web_html(text)), mark=mark, buttons=labels)
            case Relay(to="person", sender=sender, text=text, files=files) if not isinstance(turn.event, AgentSaid):
                yield Entry("agent", at, Markup(web_text(text)), who=sender, mark=mark, files=files)
            case _:
                if said := _asked(one, reader):
                    yield Entry("system", at, Markup.escape(said), mark=mark)


def _asked(one: Outgoing, reader: Reader) -> str:
    lang = reader.lang
    match one.effect:
        case OpenTicket(priority=priority, team=team):
            return told(EVENTS, "open_ticket", lang).format(priority=priority, team=reader.names.team(team, lang))
        case ChangeTicket(state=state):
            return told(EVENTS, "change_ticket", lang).format(what=reader.names.state(state, lang))
        case RunAction(action=action):
            return told(EVENTS, "run_action", lang).format(what=action)
        case CommentTicket():
            return told(EVENTS, "comment_ticket", lang)
        case _:
            return ""
