"""A Zendesk help center over its API: the articles of each language, joined by their ids; drafts are passed over."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from bot.nlu.phrases import Fault

from .fetching import AbsentError, Fetcher, RefusedError
from .html import TooMuchError, followed, one_line, to_markdown
from .items import LARGEST_TEXT, MOST_PAGES, Family, Faulty, Item, Known, LeftOut, Marks, Same, SourceError, Text, Told
from .wording import host_slug, short, slug

_USUAL = {"en": ("en-us", "en-gb", "en"), "fr": ("fr", "fr-fr", "fr-ca")}  # tried where the list is not shown

Article = Mapping[str, Any]


class ZendeskSource:
    """The articles of a help center. `address`: any address on it; a locale in it (`/hc/fr`) is tried first."""

    kind = "zendesk"

    def __init__(self, fetcher: Fetcher, address: str, languages: tuple[str, ...]) -> None:
        parts = urlsplit(address)
        self.name = f"{parts.scheme}://{parts.netloc}"
        steps = [step.lower() for step in parts.path.split("/") if step]
        self._hint = steps[1] if steps[:1] == ["hc"] and len(steps) > 1 else ""
        self._fetcher, self._languages = fetcher, languages
        self._listed: set[str] = set()  # languages

    def families(self, known: Known) -> Iterator[Family]:
        """List the articles of every language, then tell them one by one.

        The list brings the texts along, and only it shows which articles are no longer there: the incremental export
        would be a second way to the same texts.
        """
        by_id: dict[str, dict[str, Article]] = {}
        for lang, locale in self._locales().items():
            for article in self._articles(locale, lang):
                by_id.setdefault(str(article["id"]), {})[lang] = article
        if not self._listed:
            raise SourceError(
                f"no help center at {self.name}; check the address, and try it with its locale: /hc/en-us"
            )
        for id, by_lang in by_id.items():
            told = (self._told(id, lang, article, known) for lang, article in by_lang.items())
            yield Family(tuple(told), len(by_id))

    def judges(self, item: Item) -> bool:
        """Whether the item's language was listed."""
        return set(item.languages) <= self._listed

    def _told(self, id: str, lang: str, article: Article, known: Known) -> Told:
        key = f"{id}:{lang}"
        marks = Marks(" ".join(str(article.get(name) or "") for name in ("updated_at", "edited_at")).strip())
        before = known.get(key)
        if article.get("draft"):
            return LeftOut(key, "it is a draft")
        if before and marks.revision and before.marks.revision == marks.revision:
            return Same(key)
        address = followed(str(article.get("html_url") or ""), self.name)
        html = str(article.get("body") or "")
        title = one_line(str(article.get("title") or article.get("name") or id))
        try:
            if len(html) > LARGEST_TEXT:
                raise TooMuchError("it is larger than 2 MB")
            body = to_markdown(html, address or f"{self.name}/")
        except TooMuchError as error:
            return Faulty(key, Fault(address or key, 0, str(error), "split it into several articles"))
        if not body:
            return LeftOut(key, "it has no words", True, marks)
        return Text(key, slug(f"{host_slug(self.name)}-{id}"), title, body, lang, address, marks=marks)

    def _locales(self) -> dict[str, str]:
        """The locale to read for each of our languages: the help center's own, else the plainest."""
        try:
            told = self._fetcher.data(f"{self.name}/api/v2/help_center/locales.json")
        except (AbsentError, RefusedError):
            return dict.fromkeys(self._languages, "")
        enabled = [str(one).lower() for one in told.get("locales") or []]
        liked = [self._hint, str(told.get("default_locale") or "").lower(), *self._languages]
        ranked = [*(one for one in liked if one in enabled), *enabled]
        chosen = {lang: next((one for one in ranked if short(one) == lang), None) for lang in self._languages}
        if found := {lang: locale for lang, locale in chosen.items() if locale}:
            return found
        raise SourceError(f"{self.name} has articles in {', '.join(enabled) or 'no language'}, none in ours")

    def _articles(self, locale: str, lang: str) -> Iterator[Article]:
        """The articles in a language; "" = its usual locales are tried one after the other."""
        tried = [locale] if locale else [one for one in (self._hint, *_USUAL[lang]) if short(one) == lang]
        for one in tried:
            try:
                first = self._fetcher.data(self._list(one), {"page[size]": "100"}.items())
            except AbsentError:
                if locale:
                    raise
                continue
            self._listed.add(lang)
            yield from (article for article in self._all(first) if short(str(article.get("locale") or one)) == lang)
            return

    def _list(self, locale: str) -> str:
        return f"{self.name}/api/v2/help_center/{quote(locale)}/articles.json"

    def _all(self, answer: Any) -> Iterator[Article]:
        """The articles of a list, page after page, by cursor or by number, as the help center does it."""
        seen: set[str] = set()
        count = 0
        while True:
            if not isinstance(answer, dict) or not isinstance(answer.get("articles"), list):
                raise SourceError(f"{self.name} answered with no list of articles; check that it is a help center")
            yield from answer["articles"]
            count += len(answer["articles"])
            following = _following(answer)
            if not following:
                return
            if following in seen or count > MOST_PAGES:
                raise SourceError(f"{self.name} lists articles without end; tell its administrator")
            seen.add(following)
            answer = self._fetcher.data(following)


def _following(answer: Mapping[str, Any]) -> str:
    """The address of the next part of a list; "" = it was the last."""
    meta, links = answer.get("meta"), answer.get("links")
    if isinstance(meta, dict) and isinstance(links, dict):
        return str(links.get("next") or "") if meta.get("has_more") else ""
    return str(answer.get("next_page") or "")
