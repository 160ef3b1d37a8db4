"""The articles of a pack, as the linter and the playbook need them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.dialog.flow import Article
from bot.flows.faults import Fault


@dataclass(frozen=True, slots=True)
class ArticleSheet:
    """Articles by id, and what is wrong in their files."""

    articles: Mapping[str, Article] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def read_articles(folder: Path, pack: str) -> ArticleSheet:
    """Read the articles of a folder."""
    names = sorted({file.name.split(".")[0] for file in folder.glob("*.md")})
    return ArticleSheet({name: Article(name, 1) for name in names})
