"""The ticket as a technician reads it in 20 seconds: subject and body. The only author of that text."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from . import case_words, predicate, slot_words
from .channel_names import channel_name
from .conversation import Request, Slot
from .draft import UNKNOWN, Draft
from .effects import OpenTicket
from .flow import Escalate
from .handoff import impact, level, priority, team, urgency
from .knowing import all_known, fitting, told_here
from .knowledge import article_of
from .names import known_code, names, proven
from .texts import NO, YES, in_language, topic_name, value_name
from .timing import hour, local
from .tries import tried

LONGEST_TITLE, MOST_LINES, LONGEST_LINE = 80, 15, 200
STEP_LINES = 3
_ENVIRONMENT = ("os", "os_version", "device", "application", "asset", "site")
OWN_LINES = frozenset(  # slots told on a line of their own, not among the details
    (*_ENVIRONMENT, "affected", "work_meanwhile", "contact", "phone", "email", "since", "changed", "error_code")
).union(("deadline", "due"))


def packet(draft: Draft, step: Escalate, requests: tuple[Request, ...], handoff: str) -> OpenTicket:
    """Write the ticket of a handoff: the requests it takes, the active one first."""
    slots = all_known(requests)
    judged = impact(slots, step), urgency(slots, step)
    first, told = requests[0], told_here(requests)
    return OpenTicket(
        handoff=handoff,
        title=title(draft, step, first, told),
        summary="\n".join(_body(draft, step, requests, slots)),
        priority=_priority(draft, step, judged),
        impact=judged[0],
        urgency=judged[1],
        level=level(step),
        team=team(draft, step, first),
        reason=step.reason,
        topic=first.topic,
        requests=tuple(one.number for one in requests),
        slots={name: slot.value for name, slot in slots.items()},
        slot_origins={name: str(slot.origin) for name, slot in slots.items()},
        steps=tuple(taken for one in requests for taken in one.steps),
        lang=draft.talk.lang,
        files=tuple(dict.fromkeys((*(ref for one in requests for ref in one.files), *draft.files))),
        vip=draft.facts.vip,
    )


def _priority(draft: Draft, step: Escalate, judged: tuple[int, int]) -> str:
    """Security sets its own priority; the others are judged, with a floor."""
    if step.reason == "security" and step.priority:
        return step.priority
    return priority(*judged, step.priority, draft.facts.vip)


def title(draft: Draft, step: Escalate, first: Request, slots: Mapping[str, Slot]) -> str:
    """What, where, for whom, in 80 characters; no words of the person, which may be sensitive."""
    lang = draft.talk.lang
    what = [topic_name(draft.book, first.topic, lang) or case_words.REASONS[lang].get(step.reason, "")]
    what += [str(_value(slots, name)) for name in ("error_code", "application", "asset") if _value(slots, name)]
    where = [str(_value(slots, "site"))] if _value(slots, "site") else []
    scope = str(_value(slots, "affected") or "")
    whom = case_words.SCOPES[lang][scope] if scope in ("several", "everyone") else draft.facts.name or draft.facts.email
    due = [f"[{_when(draft, slots, 'deadline')}]"] if _value(slots, "deadline") else []
    parts = [" ".join([*due, *what]), *where, *([whom] if whom else [])]
    told = " – ".join(part for part in parts if part)
    return _shorten(told[:1].upper() + told[1:], LONGEST_TITLE)


def _body(draft: Draft, step: Escalate, requests: tuple[Request, ...], slots: Mapping[str, Slot]) -> list[str]:
    """At most 15 lines, each at most 200 characters."""
    lang, first = draft.talk.lang, requests[0]
    labels, colon = case_words.LABELS[lang], case_words.COLON[lang]
    told = [
        ("symptom", _quoted(first.symptom, lang)),
        ("scope", _scope(draft, slots)),
        ("since", ", ".join(filter(None, (_when(draft, slots, "since"), _changed(draft, slots))))),
        ("environment", _environment(draft, fitting(draft, step, requests))),
        ("code", _code(draft, first, slots)),
        ("deadline", _when(draft, slots, "deadline") or _when(draft, slots, "due")),
        ("told", _details(draft, slots)),
        ("also", "; ".join(_also(draft, requests[1:]))),
        *(("steps", line) for line in _step_lines(draft, requests)),
        ("next", _next(draft, step, first)),
        ("why", f"{case_words.REASONS[lang].get(step.reason, '')} → {level(step)}, {_team_name(draft, step, first)}"),
        ("contact", _contact(draft, slots)),
        ("files", str(len(first.files)) if first.files else ""),
    ]
    return [_shorten(f"{labels[name]}{colon}{text}", LONGEST_LINE) for name, text in told if text][:MOST_LINES]


def _value(slots: Mapping[str, Slot], name: str) -> Any:
    slot = slots.get(name)
    return slot.value if slot and slot.value != UNKNOWN else None


def _words(slots: Mapping[str, Slot], *wanted: str) -> str:
    return ", ".join(str(_value(slots, name)) for name in wanted if _value(slots, name))


def _changed(draft: Draft, slots: Mapping[str, Slot]) -> str:
    changed = str(_value(slots, "changed") or "")
    return case_words.CHANGES[draft.talk.lang].get(changed, changed)


def _scope(draft: Draft, slots: Mapping[str, Slot]) -> str:
    lang, affected = draft.talk.lang, str(_value(slots, "affected") or "")
    scope = case_words.SCOPES[lang].get(affected, affected)
    work = case_words.MEANWHILE[lang].get(str(_value(slots, "work_meanwhile") or ""))
    return f"{scope}; {case_words.LABELS[lang]['meanwhile']}{case_words.COLON[lang]}{work}" if work else scope


def _environment(draft: Draft, slots: Mapping[str, Slot]) -> str:
    known = (str(_value(slots, name)) for name in ("os", "os_version") if _value(slots, name))
    system = " ".join(case_words.SYSTEMS.get(one, one) for one in known)
    device = str(_value(slots, "device") or "")
    device = in_language(slot_words.DEVICES.get(device, {draft.talk.lang: device}), draft.talk.lang)
    rest = _words(slots, "application", "asset", "site")
    return ", ".join(part for part in (system, device, rest) if part)


def _code(draft: Draft, first: Request, slots: Mapping[str, Slot]) -> str:
    code = _value(slots, "error_code")
    known = known_code(draft, first.topic, str(code)) if code else None
    return f"{code} ({in_language(known.meaning, draft.talk.lang)})" if known else str(code or "")


def _when(draft: Draft, slots: Mapping[str, Slot], name: str) -> str:
    """A date or time told for people; what was said when it is none."""
    said, lang = str(_value(slots, name) or ""), draft.talk.lang
    try:
        when = datetime.fromisoformat(said)
    except ValueError:
        return said
    when = local(draft, when) if when.tzinfo else when
    today = when.date() == local(draft, draft.at).date()
    return (
        hour(when, lang)
        if today and "T" in said
        else f"{when.date()}" + (f" {hour(when, lang)}" if "T" in said else "")
    )


def _details(draft: Draft, slots: Mapping[str, Slot]) -> str:
    """What the flow's own questions were answered."""
    rest = [name for name in slots if name not in OWN_LINES and _value(slots, name) is not None]
    return "; ".join(_detail(draft, name, _value(slots, name)) for name in rest)


def _detail(draft: Draft, slot: str, value: Any) -> str:
    """An answer by the label that was shown for it; a mere yes, or what was typed, with the question's name."""
    lang, known = draft.talk.lang, slot_words.VALUES.get(slot, {}).get(str(value))
    label = in_language(known, lang) if known else value_name(draft, slot, value)
    telling = label != str(value) and value not in (True, False, YES, NO)
    name = in_language(slot_words.NAMES.get(slot, {lang: slot.replace("_", " ")}), lang)
    return label if telling else f"{name}{case_words.COLON[lang]}{label}"


def _also(draft: Draft, others: tuple[Request, ...]) -> Iterator[str]:
    for one in others:
        yield f"{topic_name(draft.book, one.topic, draft.talk.lang)} (“{one.symptom[:60]}”)"


def _quoted(words: str, lang: str) -> str:
    """The person's words between the quotation marks of the language; nothing for none."""
    marks = ("«\u00a0", "\u00a0»") if lang == "fr" else ("“", "”")
    return words.join(marks) if words else ""


def _team_name(draft: Draft, step: Escalate, first: Request) -> str:
    chosen = team(draft, step, first)
    known = draft.book.policy.teams.get(chosen)
    return in_language(known.name, draft.talk.lang) if known else chosen


def _step_lines(draft: Draft, requests: tuple[Request, ...]) -> list[str]:
    """Each fix by its title with how it ended, on three lines at the most; what was tried last is never left out."""
    lang = draft.talk.lang
    results, colon = case_words.RESULTS[lang], case_words.COLON[lang]
    taken = [one for request in requests for one in request.steps]
    told = [
        f"{_title_of(draft, one.what.partition('@')[0])}{colon}{results.get(one.result, one.result)}" for one in taken
    ]
    if len(told) > STEP_LINES:
        first = len(told) - STEP_LINES + 1
        told = ["; ".join(told[:first]), *told[first:]]
    return told or [case_words.LABELS[lang]["nothing"]]


def _title_of(draft: Draft, article: str) -> str:
    known = article_of(draft, article)
    text = known.texts.get(draft.talk.lang) if known else None
    return text.title if text else article


def _next(draft: Draft, step: Escalate, first: Request) -> str:
    """What to do, and the fixes of the topic that fit and were not tried."""
    told, lang = names(draft), draft.talk.lang
    left = [
        _title_of(draft, one.id)
        for one in draft.book.articles.values()
        if one.topic == first.topic and one.fix == "fix" and not tried(first, one)
        if first.topic and (not one.when or predicate.holds(one.when, told))
    ]
    todo = case_words.NEXT[lang].get(step.reason, "")
    return f"{todo} ({case_words.UNTRIED[lang]}{case_words.COLON[lang]}{', '.join(left[:2])})" if left else todo


def _contact(draft: Draft, slots: Mapping[str, Slot]) -> str:
    lang, facts = draft.talk.lang, draft.facts
    contact = _value(slots, "contact")
    channel = channel_name(draft.talk.channel, lang)
    here = {"fr": f"ici ({channel})", "en": f"here ({channel})"}[lang]
    who = ", ".join(part for part in (facts.name, facts.email) if part)
    how = here if contact in (None, "here") else str(contact)
    rest = ", ".join(filter(None, (how, _words(slots, "phone", "email"))))
    doubt = "" if proven(draft) else case_words.LABELS[lang]["unproven"]
    return ", ".join(part for part in (who, rest, doubt) if part)


def _shorten(text: str, longest: int) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= longest else one_line[: longest - 1].rstrip() + "…"
