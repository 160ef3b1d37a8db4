"""An article's version never changes once it shipped: homes have published it, and answers cite it.

published.txt holds a line for each version that ever shipped; lines are added, never changed.
"""

import hashlib
from pathlib import Path

import pytest

from bot.dialog.plain import to_plain
from bot.packs.articles import read_articles

LIBRARY = Path(__file__).parents[2] / "bot" / "flows" / "library"
PUBLISHED = Path(__file__).with_name("published.txt")


def shipped() -> dict[str, str]:
    """The digest of each version that the library holds now."""
    lines: dict[str, str] = {}
    for pack in ("it", "customer"):
        for article in read_articles(LIBRARY / pack / "articles", pack).articles.values():
            for lang, text in article.texts.items():
                told = repr(to_plain(text)) + repr((article.topic, article.fix, article.minutes, article.when))
                lines[f"{article.id}@{article.version}.{lang}"] = hashlib.sha256(told.encode()).hexdigest()[:16]
    return lines


def test_no_version_that_shipped_has_changed() -> None:
    published = dict(line.split() for line in PUBLISHED.read_text(encoding="utf-8").splitlines())
    now = shipped()
    changed = sorted(key for key, digest in now.items() if published.get(key, digest) != digest)
    assert changed == [], f"raise `version` in every language of: {', '.join(changed)}"
    missing = "\n".join(f"{key} {digest}" for key, digest in now.items() if key not in published)
    if missing:
        pytest.fail(f"new versions: add these lines to {PUBLISHED.name}\n{missing}")
