"""`guichet kb`: the knowledge base searched, shown and added to."""

from pathlib import Path
from typing import Annotated

import typer

from bot.app import make_mind
from bot.dialog.flow import Article
from bot.kb.importer import import_folder

from .frame import FINDING, HOME, Config, Home, Json, WrongUseError, app, put, say, settings_from
from .progress import shown

kb_app = typer.Typer(help="Search, list, show and import articles.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(kb_app, name="kb")
Lang = Annotated[str, typer.Option(help="fr or en; by default the desk's own.")]


@kb_app.command("search")
def search(
    query: Annotated[str, typer.Argument(help="What a person would write.")],
    lang: Lang = "",
    top: Annotated[int, typer.Option(min=1, max=50, help="How many hits.")] = 5,
    as_json: Json = False,
    home: Home = HOME,
    config: Config = None,
) -> int:
    """Find the articles that fit, best first."""
    settings = settings_from(config)
    lang = _language(lang) or settings.desk.languages[0]
    mind = make_mind(settings, home, progress=shown())
    for hit in mind.knowledge.search(query, lang, top=top):
        article = mind.playbook.articles[hit.article]
        title = article.texts[hit.lang].title if hit.lang in article.texts else ""
        line = {"article": hit.article, "version": hit.version, "title": title, "lang": hit.lang}
        line |= {"score": round(hit.score, 2), "confident": hit.confident}
        put(line) if as_json else say(f"{hit.score:6.2f} {'*' if hit.confident else ' '} {hit.article}  {title}")
    return 0


def _language(lang: str) -> str:
    if lang not in ("", "fr", "en"):
        raise WrongUseError("guichet kb: --lang takes fr or en")
    return lang


@kb_app.command("list")
def list_articles(as_json: Json = False, home: Home = HOME, config: Config = None) -> int:
    """List all articles."""
    mind = make_mind(settings_from(config), home, progress=shown())
    for article in sorted(mind.playbook.articles.values(), key=lambda one: (one.topic, one.id)):
        put(_summary(article)) if as_json else say(_listed(article))
    return 0


def _summary(article: Article) -> dict[str, object]:
    titles = {lang: text.title for lang, text in article.texts.items()}
    told = {"article": article.id, "version": article.version, "topic": article.topic, "fix": article.fix}
    return {**told, "minutes": article.minutes, "titles": titles}


def _listed(article: Article) -> str:
    titles = " | ".join(text.title for text in article.texts.values())
    return f"{article.topic:18} {article.id}@{article.version}  {article.fix}, {article.minutes} min  {titles}"


@kb_app.command("show")
def show(
    article: Annotated[str, typer.Argument(help="An article's id.")],
    lang: Lang = "",
    as_json: Json = False,
    home: Home = HOME,
    config: Config = None,
) -> int:
    """Show one article."""
    settings = settings_from(config)
    mind = make_mind(settings, home, progress=shown())
    found = mind.playbook.articles.get(article)
    if found is None:
        raise WrongUseError(f"guichet kb show: no article {article}; see guichet kb list")
    chosen = [one for one in (_language(lang),) if one] or list(found.texts)
    bodies = {one: found.texts[one].body for one in chosen if one in found.texts}
    if as_json:
        put({**_summary(found), "bodies": bodies})
    else:
        say("\n\n".join([_listed(found), *bodies.values()]))
    return 0


@kb_app.command("import")
def import_articles(
    folder: Annotated[Path, typer.Argument(help="Folder with .md or .txt files.", metavar="DIR")],
    as_json: Json = False,
    home: Home = HOME,
) -> int:
    """Copy articles into the home; changed content becomes a new version, equal content stays as it is."""
    if not folder.is_dir():
        raise WrongUseError(f"guichet kb import: no folder {folder}")
    done = import_folder(folder, home)
    told = {"added": done.added, "changed": done.changed, "unchanged": done.unchanged}
    if as_json:
        put({**told, "faults": [str(fault) for fault in done.faults]})
    else:
        for fault in done.faults:
            say(str(fault))
        say(", ".join(f"{len(articles)} {what}" for what, articles in told.items()))
    return FINDING if done.faults else 0
