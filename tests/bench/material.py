"""The files that the commands read, written from the material folder beside the checkout: one JSON object a line."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.nlu.examination import folds
from bot.nlu.intents import MOODS
from bot.nlu.phrases import Phrase, read_phrases
from tests.nlu.lists import listed
from tests.support.needs import ROOT, SHARED

DATA = SHARED / "data" / "nlu"
OOS = "oos"
BOTS = ("sofmattress", "curekart", "powerplay11")
CORPORA = ("AskUbuntu", "WebApplications", "Chatbot")
Row = Mapping[str, Any]


class Material:
    """Writes each file once into a folder, and gives its path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def file(self, name: str, rows: Iterable[Row]) -> str:
        """Write rows."""
        file = self._folder / f"{name}.jsonl"
        file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return str(file)

    def clinc(self, part: str, small: bool = False) -> str:
        """CLINC150's `train` or `val`, with its phrases that are out of scope."""
        own = [row for row in rows(f"clinc150_{part}.jsonl") if not small or row["small"]]
        others = [row for row in rows("clinc150_oos_train_val.jsonl") if row["split"] == part]
        return self.file(f"clinc-{part}-{small}", _phrases([*own, *others]))

    def banking(self, ten: bool | None = None) -> str:
        """BANKING77's training part: all of it, its ten phrases an intent, or the rest."""
        own = [row for row in rows("banking77_train.jsonl") if ten is None or row["shot10"] == ten]
        return self.file(f"banking-{ten}", _phrases(own))

    def banking_evenly(self) -> str:
        """The same rest, as many of each intent, which is how the test part is made."""
        held: dict[str, list[Row]] = {}
        for row in rows("banking77_train.jsonl"):
            if not row["shot10"]:
                held.setdefault(row["intent"], []).append(row)
        each = min(map(len, held.values()))
        return self.file("banking-even", _phrases(row for told in held.values() for row in told[:each]))

    def corpus(self, name: str) -> str:
        """One of the three small corpora; what belongs to no intent is an intent of its own there."""
        own = (row for row in rows("nlu_evaluation_corpora_train.jsonl") if row["corpus"] == name)
        return self.file(name, _phrases(own))

    def chats(self, bot: str) -> Iterator[tuple[str, str]]:
        """Give five parts of a bot's chats: what to learn, and what to ask, with the other bots' chats out of scope."""
        told = list(rows("hint3_v1_train.jsonl"))
        own = [Phrase(row["text"], row["intent"]) for row in told if row["bot"] == bot]
        others = [Phrase(row["text"], OOS) for row in told if row["bot"] != bot]
        for number, (learned, asked) in enumerate(folds(own)):
            yield (
                self.phrases(f"{bot}-{number}-train", learned),
                self.phrases(f"{bot}-{number}-test", [*asked, *others]),
            )

    def seed(self, lang: str = "") -> str:
        """The phrases that were written for this project, of both languages or one."""
        own = (row for row in rows("helpdesk_seed.jsonl") if lang in ("", row["lang"]))
        return self.file(f"seed-{lang}", ({"text": row["text"], "intent": row["topic"]} for row in own))

    def shipped(self) -> str:
        """The phrases that ship, without those that colour a message and name no topic."""
        files = sorted((ROOT / "bot" / "flows" / "library").glob("*/nlu/*.yml"))
        return self.phrases("shipped", (one for one in read_phrases(files).phrases if one.intent not in MOODS))

    def unseen(self, lang: str = "") -> str:
        """Messages that nothing was trained or tuned on."""
        own = (row for row in listed("unseen.txt") if lang in ("", row[1]))
        return self.file(f"unseen-{lang}", ({"text": text, "intent": topic} for topic, _, text in own))

    def phrases(self, name: str, told: Iterable[Phrase]) -> str:
        """Write phrases."""
        return self.file(name, ({"text": one.text, "intent": one.intent} for one in told))

    def help_pages(self, lang: str) -> str:
        """GNOME Help in one language."""
        pages = rows("gnome_help_kb_en_fr.jsonl")
        told = ({"id": row["id"], "title": row[f"title_{lang}"], "text": row[f"body_{lang}"]} for row in pages)
        return self.file(f"help-{lang}", told)

    def help_queries(self, lang: str) -> str:
        """What GNOME Help's pages say of themselves in one line, which is not in their text."""
        asked = ((row[f"query_{lang}"], row["id"]) for row in rows("gnome_help_queries_dev.jsonl"))
        return self.file(f"help-{lang}-asked", ({"query": query, "relevant": [id]} for query, id in asked))

    def faq(self) -> tuple[str, str]:
        """StackFAQ: its answers, and its development queries."""
        answers = list(rows("stackfaq_docs.jsonl"))
        threads: dict[int, list[str]] = {}
        for row in answers:
            threads.setdefault(row["thread"], []).append(row["id"])
        asked = rows("stackfaq_queries_dev.jsonl")
        return (
            self.file("faq", ({"id": row["id"], "title": row["question"], "text": row["answer"]} for row in answers)),
            self.file("faq-asked", ({"query": row["query"], "relevant": threads[row["thread"]]} for row in asked)),
        )


def rows(name: str) -> Iterator[dict[str, Any]]:
    """Read a file of the material folder."""
    with (DATA / name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _phrases(told: Iterable[Row]) -> Iterator[Row]:
    return ({"text": row["text"], "intent": row["intent"]} for row in told)
