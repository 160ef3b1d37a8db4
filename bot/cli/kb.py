"""`guichet kb`: the knowledge base searched and shown; measured in `kb_evaluate`, filled in `kb_import`."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from bot.app import Knowing, make_mind, open_knowledge
from bot.dialog.article import Article
from bot.dialog.understanding import Hit
from bot.nlu.language import spoken_in
from bot.ports.articles import ArticleVersion, Tally, together

from .frame import HOME, Config, Home, Json, WrongUseError, app, put, say, settings_from
from .progress import shown

kb_app = typer.Typer(
    help="Search, list, show, import and measure articles.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(kb_app, name="kb")
Lang = Annotated[str, typer.Option(help="fr or en.")]


@kb_app.command("search")
def search(
    query: Annotated[str, typer.Argument(help="What a person would write.")],
    lang: Annotated[str, typer.Option(help="fr or en; by default the query's own.")] = "",
    top: Annotated[int, typer.Option(min=1, max=50, help="How many hits.")] = 5,
    as_json: Json = False,
    home: Home = HOME,
    config: Config = None,
) -> int:
    """Find the articles that fit, best first; a star marks those that a conversation would propose."""
    settings = settings_from(config)
    lang = _language(lang, "search") or spoken_in(query, settings.desk.languages)
    mind = make_mind(settings, home, progress=shown())
    with open_knowledge(mind, home) as knowing:
        for hit in knowing.library.search(query, lang, top=top):
            found = _found(hit, knowing)
            put(found) if as_json else say(_found_line(found))
    return 0


def _found(hit: Hit, knowing: Knowing) -> dict[str, Any]:
    article = knowing.article(hit.article)
    title = article.texts[hit.lang].title if article and hit.lang in article.texts else ""
    told = {"article": hit.article, "version": hit.version, "title": title, "lang": hit.lang}
    return {**told, "score": round(hit.score, 2), "confident": hit.confident, "paragraph": hit.paragraph}


def _found_line(found: Mapping[str, Any]) -> str:
    star = "*" if found["confident"] else " "
    return f"{found['score']:6.2f} {star} {found['article']}@{found['version']}  {found['title']}"


def _language(lang: str, verb: str) -> str:
    if lang not in ("", "fr", "en"):
        raise WrongUseError(f"guichet kb {verb}: --lang takes fr or en")
    return lang


@kb_app.command("list")
def list_articles(as_json: Json = False, home: Home = HOME, config: Config = None) -> int:
    """List all articles, with what came of them; "stale" marks a translation that lags behind."""
    mind = make_mind(settings_from(config), home, progress=shown())
    with open_knowledge(mind, home) as knowing:
        tallies = knowing.articles.tallies()
        for article in knowing.current():
            tally = tallies.get(article.id, {}).get(article.version, Tally())
            put(_summary(article, tally)) if as_json else say(_line(article, tally))
    return 0


def _summary(article: Article, tally: Tally) -> dict[str, Any]:
    told = {"article": article.id, "version": article.version, "topic": article.topic, "fix": article.fix}
    told |= {"minutes": article.minutes, "needs": article.needs, "stale": _stale(article)}
    titles = {lang: text.title for lang, text in article.texts.items()}
    return {**told, "helped": tally.helped, "tried": tally.tried, "titles": titles}


def _stale(article: Article) -> list[str]:
    return [lang for lang in article.texts if article.is_stale(lang)]


def _line(article: Article, tally: Tally) -> str:
    marks = [f"helped {tally.helped} of {tally.tried}"] if tally.tried else []
    marks += [f"needs {', '.join(article.needs)}"] if article.needs else []
    marks += [f"stale: {', '.join(_stale(article))}"] if _stale(article) else []
    titles = " | ".join(text.title for text in article.texts.values())
    told = [article.fix, f"{article.minutes} min", *marks]
    return f"{article.topic or '-':18} {article.id}@{article.version}  {', '.join(told)}  {titles}"


@kb_app.command("show")
def show(
    article: Annotated[str, typer.Argument(help="An article's id.")],
    lang: Lang = "",
    version: Annotated[int, typer.Option(min=0, help="An earlier version; 0 = the current one.")] = 0,
    as_json: Json = False,
    home: Home = HOME,
    config: Config = None,
) -> int:
    """Show one article, and which versions of it were kept."""
    chosen = _language(lang, "show")
    mind = make_mind(settings_from(config), home, progress=shown())
    with open_knowledge(mind, home) as knowing:
        kept = knowing.articles.versions(article)
        which = [one for one in kept if one.article.version == version]
        found = together(which) if version else knowing.article(article)
        if found is None:
            told = f" in version {version}" if version else ""
            raise WrongUseError(f"guichet kb show: no article {article}{told}; see guichet kb list")
        tally = knowing.tally(found)
    texts = {one: text for one, text in found.texts.items() if chosen in ("", one)}
    bodies = {one: text.body for one, text in texts.items()}
    if as_json:
        put({**_summary(found, tally), "bodies": bodies, "versions": _versions(kept)})
    else:
        say("\n\n".join([_line(found, tally), *(f"## {text.title}\n\n{text.body}" for text in texts.values())]))
    return 0


def _versions(kept: tuple[ArticleVersion, ...]) -> list[dict[str, Any]]:
    return [
        {"version": one.article.version, "lang": one.lang, "kept_at": one.kept_at.isoformat(), "current": one.current}
        for one in kept
    ]
