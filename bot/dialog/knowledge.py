"""The articles that a conversation may rest on: those of the packs, and those that a search quoted."""

from collections.abc import Iterator

from .article import Article, ArticleText
from .draft import Draft
from .understanding import Hit


def article_of(draft: Draft, id: str) -> Article | None:
    """Find an article by its id: in the playbook, else as it was quoted when it was found."""
    known = draft.book.articles.get(id)
    return known or next((quoted(hit) for hit in _hits(draft) if hit.article == id and hit.quote), None)


def believed(draft: Draft) -> Iterator[Article]:
    """Give the articles that answer the active request with certainty, best first; none that needs a technician."""
    hits = draft.request.hits if draft.request else ()
    found = (article_of(draft, hit.article) for hit in hits if hit.confident)
    return (article for article in found if article and not article.needs)


def paragraph_of(draft: Draft, id: str) -> int:
    """The paragraph of an article that answers; the first where no search named one."""
    return next((hit.paragraph for hit in _hits(draft) if hit.article == id), 1)


def quoted(hit: Hit) -> Article | None:
    """Make the article that a hit quotes."""
    quote = hit.quote
    if quote is None:
        return None
    texts = {hit.lang: ArticleText(quote.title, quote.body, source=quote.source)}
    return Article(hit.article, hit.version, quote.topic, quote.fix, quote.minutes, texts=texts)


def _hits(draft: Draft) -> Iterator[Hit]:
    if draft.request:
        yield from draft.request.hits
    for request in draft.talk.requests:
        yield from request.hits
    yield from draft.understood.hits
