"""How well messages are understood: on the data of others, and on messages to a desk."""

from collections.abc import Iterator
from statistics import fmean

from tests.bench.desk import Desk, Told
from tests.bench.figure import Figure
from tests.bench.material import BOTS, CORPORA, rows
from tests.nlu.lists import listed


def clinc(desk: Desk) -> Iterator[Figure]:
    """CLINC150 with its strangers."""
    told = desk.nlu("--train", desk.material.clinc("train"), "--test", desk.material.clinc("val"))
    how = "`nlu evaluate --train --test`: train part and its 100 strangers; asked: the validation part and its 100"
    curve = told["in_scope_at_oos_recall"]
    yield Figure("clinc@87", "CLINC150, in scope at 87 % of strangers turned away", curve["0.87"], 0.93, 0.945, how)
    yield Figure("clinc@90", "CLINC150, in scope at 90 %", curve["0.90"], None, 0.945, how)
    told_how = f"{how}; threshold from 5 folds of the train part: {told['oos_recall']:.2f} of strangers turned away"
    yield Figure(
        "clinc-threshold", "CLINC150, in scope at our own threshold", told["in_scope_accuracy"], None, None, told_how
    )
    yield Figure("clinc", "CLINC150, no threshold", told["accuracy_no_threshold"], None, None, how)
    yield Figure("clinc-ece", "CLINC150, calibration error (ECE)", told["ece"], 0.05, 0.03, how, less=True)


def banking(desk: Desk) -> Iterator[Figure]:
    """BANKING77, all and ten phrases an intent."""
    few = desk.nlu("--train", desk.material.banking(True), "--test", desk.material.banking(False))
    how = "`nlu evaluate --train --test`: ten phrases an intent, asked the other 9,233 of the training part"
    yield Figure("banking-10-all", "BANKING77, ten phrases an intent", few["accuracy_no_threshold"], None, None, how)
    yield Figure("banking-10-ece", "BANKING77, ten phrases, ECE", few["ece"], 0.05, 0.03, how, less=True)
    even = desk.nlu("--train", desk.material.banking(True), "--test", desk.material.banking_evenly())
    how = f"the same, asked as many of each intent: {even['n'] // 77} (the test part has 40 of each)"
    yield Figure("banking-10", "BANKING77, the same, evenly", even["accuracy_no_threshold"], 0.825, 0.86, how)
    whole = desk.nlu("--train", desk.material.banking(), "--folds", "5")
    how = "`nlu evaluate --train --folds 5` on the training part"
    yield Figure("banking", "BANKING77, all phrases", whole["accuracy_no_threshold"], 0.93, 0.94, how)
    yield Figure("banking-ece", "BANKING77, all phrases, ECE", whole["ece"], 0.05, 0.03, how, less=True)


def chats(desk: Desk) -> Iterator[Figure]:
    """HINT3: real chats."""
    shares = []
    for bot in BOTS:
        parts = [desk.nlu("--train", train, "--test", test) for train, test in desk.material.chats(bot)]
        shares.append(fmean(part["in_scope_at_oos_recall"]["0.70"] for part in parts))
    how = (
        "`nlu evaluate --train --test`, 5 folds of each bot's training part with the other two bots' chats as strangers"
    )
    yield Figure(
        "hint3", "HINT3, mean of 3 bots, in scope at 70 % of strangers turned away", fmean(shares), 0.68, 0.72, how
    )


def corpora(desk: Desk) -> Iterator[Figure]:
    """Three small corpora of questions."""
    goals = {"AskUbuntu": (0.92, 0.94), "WebApplications": (0.80, 0.85), "Chatbot": (0.97, 0.99)}
    for name in CORPORA:
        told = desk.nlu("--train", desk.material.corpus(name), "--folds", "5")
        how = f"`nlu evaluate --train --folds 5` on the {told['n']} training questions, None as an intent"
        yield Figure(name.lower(), name, told["accuracy_no_threshold"], *goals[name], how)


def helpdesk(desk: Desk) -> Iterator[Figure]:
    """Our own topics, on messages of others."""
    messages = listed("unseen.txt")
    parsed = desk.parsed([row[2] for row in messages])
    tops = [[one["intent"] for one in told["ranking"][:3]] or [told["intent"]] for told in parsed]
    for lang, goals in (("en", (0.92, 0.96)), ("fr", (0.90, 0.95))):
        own = [row[0] in top[:1] for row, top in zip(messages, tops, strict=True) if row[1] == lang]
        how = f"`nlu parse`: {len(own)} messages nobody trained on or read (tests/nlu/unseen.txt)"
        yield Figure(f"helpdesk-{lang}", f"Helpdesk messages, right topic, {lang.upper()}", fmean(own), *goals, how)
    among = [row[0] in top for row, top in zip(messages, tops, strict=True)]
    yield Figure("helpdesk-3", "Helpdesk messages, right topic among three", fmean(among), 0.97, 0.99, how)
    told = desk.nlu("--train", desk.material.seed(), "--test", desk.material.unseen(), "--pipeline")
    how = "`nlu evaluate --pipeline --train --test`: 266 seed phrases, the same messages"
    yield Figure("seed", "The same, learned from the seed alone", told["accuracy_no_threshold"], None, None, how)
    told = desk.nlu("--train", desk.material.shipped(), "--folds", "5")
    how = "`nlu evaluate --train --folds 5` on the phrases that ship"
    yield Figure("shipped-ece", "Our own topics, ECE", told["ece"], 0.05, 0.03, how, less=True)
    told = desk.nlu("--train", desk.material.seed("en"), "--test", desk.material.seed("fr"))
    how = "`nlu evaluate --train --test`: the seed's English phrases, asked its French ones"
    yield Figure("en-fr", "Learned in English, asked in French", told["accuracy_no_threshold"], 0.85, 0.92, how)


def signals(desk: Desk) -> Iterator[Figure]:
    """Wishes for a human and threats: found, and never for nothing."""
    traps = listed("traps.txt")
    heard = [_heard(told) for told in desk.parsed([row[2] for row in traps])]
    for name, goal in (("human", 1.0), ("security", 1.0), ("danger", None), ("frustrated", None)):
        found = [name in told for row, told in zip(traps, heard, strict=True) if name in row[0].split()]
        how = f"`nlu parse` on the {len(found)} of tests/nlu/traps.txt that mean it"
        yield Figure(f"{name}-found", f"{name.capitalize()}: found", fmean(found), goal, goal, how)
        wrong = [name in told for row, told in zip(traps, heard, strict=True) if f"-{name}" in row[0].split()]
        how = f"`nlu parse` on the {len(wrong)} that seem to mean it and do not"
        yield Figure(f"{name}-traps", f"{name.capitalize()}: heard in its traps", fmean(wrong), None, None, how, True)
    unseen = listed("unseen.txt")
    heard = [_heard(told) for told in desk.parsed([row[2] for row in unseen])]
    for name, topic in (("human", "human_request"), ("security", "phishing_security")):
        found = [name in told for row, told in zip(unseen, heard, strict=True) if row[0] == topic]
        how = f"`nlu parse` on the {len(found)} of tests/nlu/unseen.txt that mean it"
        yield Figure(f"{name}-unseen", f"{name.capitalize()}: found in unseen messages", fmean(found), 1.0, 1.0, how)
    others = [row[2] for row in unseen if row[0] not in ("human_request", "phishing_security")]
    others += [row[1] for row in listed("ordinary.txt", fields=2)]
    how = f"`nlu parse` on {len(others)} other messages to a desk: tests/nlu/unseen.txt and ordinary.txt"
    yield Figure("signals-false", "Human or security heard in others", _alarms(desk, others), 0.01, 0.01, how, True)
    commands = [row["text"] for row in rows("clinc150_val.jsonl")]
    how = "`nlu parse` on CLINC150's validation part, commands to an assistant, many about fraud and calls"
    yield Figure("signals-far", "The same, where no desk is meant", _alarms(desk, commands), None, None, how, True)


def _alarms(desk: Desk, messages: list[str]) -> float:
    return fmean(bool(_heard(told) & {"human", "security"}) for told in desk.parsed(messages))


def _heard(told: Told) -> set[str]:
    heard = {
        "human": told["wants_human"] or told["acted_on"] == "human_request",
        "security": told["threat"] in ("received", "acted", "active") or told["acted_on"] == "phishing_security",
        "danger": told["threat"] == "danger",
        "frustrated": told["frustrated"],
    }
    return {name for name, is_heard in heard.items() if is_heard}
