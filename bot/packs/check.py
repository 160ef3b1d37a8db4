"""Checks packs loaded together and names every fault at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.dialog.flow import Flow
from bot.dialog.playbook import Playbook, Policy, Team
from bot.flows.faults import Fault, Place, fault_at
from bot.flows.lint import can_fail_to_fix, fixes_of, lint_flows

from .pack import Pack, read_pack
from .playbook import compose
from .resolve import fault_of, known_of
from .responses import required

Counts = Mapping[str, Mapping[str, int]]  # intent -> language -> phrases
PHRASES = 5  # in each language, at least
FIXES = 3  # articles of a flow that diagnoses, at least
TEAMS = ("servicedesk", "identity", "network", "messaging", "print", "workplace", "security")


def default_policy() -> Policy:
    """The policy that packs are checked with where no settings are at hand: the teams of a fresh guichet.toml."""
    return Policy(teams={name: Team({"en": name, "fr": name}) for name in TEAMS})


def check(packs: Sequence[Pack], policy: Policy) -> tuple[Fault, ...]:
    """Every fault of packs that are loaded in this order, by file and line; files are named as found from here."""
    playbook = compose(packs, policy)
    faults = [*_own(packs), *_unresolved(packs, playbook), *_across(packs, playbook), *_unsaid(packs, playbook)]
    return tuple(sorted(set(faults), key=lambda fault: (fault.file, fault.line, fault.step, fault.fault)))


def _own(packs: Iterable[Pack]) -> Iterator[Fault]:
    for pack in packs:
        yield from (replace(fault, file=pack.path(fault.file)) for fault in pack.faults)


def _unresolved(packs: Sequence[Pack], playbook: Playbook) -> Iterator[Fault]:
    actions = {name for pack in packs for name in pack.sheet.actions}
    intents = {name for pack in packs for name in pack.training.counts}
    known = known_of(playbook, actions, intents)
    for pack in packs:
        for reference in (*pack.sheet.references, *pack.articles.references):
            fault = fault_of(reference, known)
            if fault:
                yield replace(fault, file=pack.path(fault.file))


def _across(packs: Sequence[Pack], playbook: Playbook) -> Iterator[Fault]:
    """What only shows once everything is together."""
    owners = {name: pack for pack in packs for name in pack.sheet.flows}
    found = [*lint_flows(playbook.flows)]
    counts = [pack.training.counts for pack in packs]
    for flow in playbook.flows.values():
        found += [*_too_few_fixes(flow), *_too_few_phrases(flow, counts)]
    for fault in found:
        yield replace(fault, file=owners[fault.flow].path(fault.file))


def _unsaid(packs: Sequence[Pack], playbook: Playbook) -> Iterator[Fault]:
    """Responses that the engine says and no pack has: the bot would be silent there."""
    folder = str(packs[0].folder) if packs else ""
    for response in required():
        if response not in playbook.responses:
            yield Fault(folder, 0, "", "", f"no response '{response}', which the engine says", "add it to domain.yml")


def _too_few_fixes(flow: Flow) -> Iterator[Fault]:
    fixes = fixes_of(flow)
    if can_fail_to_fix(flow) and flow.topic and len(fixes) < FIXES:
        told = f"the flow says fix_failed but proposes {len(fixes)} article{'s' if len(fixes) != 1 else ''}"
        yield fault_at(_place(flow), told, f"propose at least {FIXES}, or escalate with no_fix")


def _too_few_phrases(flow: Flow, counts: Sequence[Counts]) -> Iterator[Fault]:
    for trigger in flow.triggers:
        told = [one[trigger.intent] for one in counts if trigger.intent in one]
        for lang in ("en", "fr"):
            count = sum(phrases.get(lang, 0) + phrases.get("", 0) for phrases in told)
            if told and count < PHRASES:
                mend = f"write at least {PHRASES} in nlu.yml"
                yield fault_at(_place(flow), f"intent '{trigger.intent}' has {count} phrases in '{lang}'", mend)


def _place(flow: Flow) -> Place:
    return Place(flow.file, flow.line, flow.id)


def report(folders: Sequence[str]) -> tuple[Fault, ...]:
    """Read and check pack folders with the default policy. Raises FileNotFoundError."""
    return check([read_pack(Path(folder)) for folder in folders], default_policy())


def _main(folders: Sequence[str]) -> int:
    import sys

    try:
        faults = report(folders)
    except FileNotFoundError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    import sys

    raise SystemExit(_main(sys.argv[1:]))
