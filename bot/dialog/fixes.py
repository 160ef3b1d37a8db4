"""Propose a fix, and take what came of it: applied, failed, impossible now, done before."""

from dataclasses import replace

from . import predicate
from .article import Article, ArticleText
from .conversation import Request, Waiting
from .draft import Draft
from .effects import Source
from .ending import solved
from .escalation import escalate_for
from .flow import END, Propose
from .knowledge import article_of, believed, paragraph_of
from .memory import did_not_help
from .moves import go_to
from .names import names
from .texts import CANNOT_TRY, HUMAN, NO, YES, button, offer, phrase, tell
from .timing import later, local, moment, named_time
from .tries import DID_NOT_HELP, DONE_BEFORE, HELPED, proposed, tried, with_result

SHORT_FIX_MINUTES = 2  # under a deadline: a workaround, then at most one fix this short (design.md, "Deadline")


def propose(draft: Draft, step: Propose) -> Draft:
    """Show the fix and ask whether it worked, or pass it over where it cannot help."""
    request, article = draft.request, article_for(draft, step)
    if request is None or article is None or not article.texts:
        return go_to(draft, step.unsolved)
    why_not = passed_over(draft, request, article)
    if why_not:
        return go_to(_pass_over(draft, article, why_not), step.unsolved)
    if article.fix == "advice":
        return go_to(_advise(draft, article), step.unsolved)
    if _shown(request, article):
        return _show(draft, request, article)
    if draft.facts.vip and request.fixes >= 1:
        return escalate_for(draft.because("vip"), "vip")
    if article.fix == "fix" and request.fixes >= draft.book.policy.fixes:
        return escalate_for(draft.because("fixes_spent"), "time_limit")
    return _show(draft, request, article)


def _shown(request: Request, article: Article) -> bool:
    """Whether it was shown before and counted then: after a correction or another subject it is shown again."""
    return f"fix.{article.id}" in request.told


def article_for(draft: Draft, step: Propose) -> Article | None:
    """The named article, or the best confident hit that was not tried."""
    request = draft.request
    if step.article or request is None:
        return article_of(draft, step.article)
    return next((one for one in believed(draft) if not _over(draft, request, one)), None)


def passed_over(draft: Draft, request: Request, article: Article) -> str:
    """Say why the fix is not proposed; empty when it may be."""
    if article.when and not predicate.holds(article.when, names(draft)):
        return "does_not_apply"
    if _over(draft, request, article) or (article.fix == "advice" and f"advice.{article.id}" in request.told):
        return "tried"
    if set(article.done_words) & set(request.done):
        return "done_before"
    if article.fix != "fix" or _shown(request, article):
        return ""
    if _deadline_passes(draft, request, article) or request.minutes + article.minutes > draft.book.policy.minutes:
        return "too_long"
    return ""


def _over(draft: Draft, request: Request, article: Article) -> bool:
    """Whether it has a result here, or did not help on an earlier request."""
    return tried(request, article) or did_not_help(draft, article.id)


def _deadline_passes(draft: Draft, request: Request, article: Article) -> bool:
    """Under a deadline only one fix is tried, and a short one; an unreadable deadline counts as one."""
    if draft.value("deadline") is None:
        return False
    return request.fixes >= 1 or article.minutes > SHORT_FIX_MINUTES


def _pass_over(draft: Draft, article: Article, why: str) -> Draft:
    draft = draft.noting("passed_over", article.id, why)
    if why == "too_long":
        return draft.with_request(over_budget=True)
    if why == "done_before":
        draft = with_result(draft, article, DONE_BEFORE)
        return tell(draft, "utter_already_done", title=_text(draft, article).title)
    return draft


def _advise(draft: Draft, article: Article) -> Draft:
    request = draft.request
    told = (*request.told, f"advice.{article.id}") if request else ()
    draft = tell(draft, "utter_advice", body=_text(draft, article).body.strip())
    return citing(draft, article).with_request(useful=True, told=told)


def _show(draft: Draft, request: Request, article: Article) -> Draft:
    text, first = _text(draft, article), not _shown(request, article)
    ask = {"workaround": "_workaround", "how_to": "_how_to"}.get(article.fix, "")
    if first and article.fix == "workaround" and draft.value("deadline") is not None:
        draft = tell(draft, "utter_deadline")
    draft = tell(
        draft,
        f"utter_propose{ask}",
        title=text.title,
        minutes=article.minutes,
        risk=text.risk or phrase(draft, "utter_no_risk"),
        body=text.body.strip(),
        check=phrase(draft, f"utter_check{ask}"),
    )
    counts = first and article.fix == "fix"
    draft = citing(draft, article).with_request(
        waiting=Waiting("fix", article=article.id, since=draft.at, turn=draft.talk.turn),
        told=(*request.told, f"fix.{article.id}") if first else request.told,
        fixes=request.fixes + counts,
        minutes=request.minutes + (article.minutes if counts else 0),
        useful=True,
    )
    return fix_buttons(draft)


def fix_buttons(draft: Draft) -> Draft:
    """Offer the answers to "does it work?"."""
    return offer(draft, *(button(draft, one) for one in (YES, NO, CANNOT_TRY, HUMAN)))


def citing(draft: Draft, article: Article) -> Draft:
    """Name the article that the message rests on."""
    lang = draft.talk.lang if draft.talk.lang in article.texts else next(iter(article.texts), draft.talk.lang)
    source = Source(article.id, article.version, lang, paragraph_of(draft, article.id))
    return replace(draft, sources=(*draft.sources, source)).noting("article", article.id, str(article.version))


def _text(draft: Draft, article: Article) -> ArticleText:
    return article.texts.get(draft.talk.lang) or next(iter(article.texts.values()))


def it_works(draft: Draft) -> Draft:
    """The fix helped: the request is solved, or the flow goes on where it says so."""
    at_fix = proposed(draft)
    if at_fix is None:
        return solved(tell(draft, "utter_solved_plain"))
    article, step = at_fix
    draft = with_result(draft.because("fix_helped", article.id), article, HELPED)
    if article.fix == "workaround":
        return go_to(draft, step.solved)
    if step.solved == END:
        return solved(tell(draft, "utter_solved", title=_text(draft, article).title))
    return go_to(draft.with_request(solved=True, misses=0), step.solved)


def it_does_not(draft: Draft, result: str = DID_NOT_HELP) -> Draft:
    """The fix did not help (or could not be tried): on to the next."""
    at_fix = proposed(draft)
    if at_fix is None:
        return draft
    article, step = at_fix
    draft = with_result(draft.because(f"fix_{result}", article.id), article, result)
    return go_to(draft.with_request(misses=0), step.unsolved)


def not_now(draft: Draft) -> Draft:
    """The person cannot try now: another way if the flow has one, else the question comes back by a timer."""
    at_fix = proposed(draft)
    request = draft.request
    if at_fix and at_fix[1].cannot_try:
        draft = with_result(draft.because("fix_could_not_try", at_fix[0].id), at_fix[0], "could_not_try")
        return go_to(draft, at_fix[1].cannot_try)
    if request is None or request.waiting is None:
        return draft
    until = named_time(draft) or later(draft, draft.book.policy.retry_hours)
    waiting = replace(request.waiting, what="later", until=until, turn=draft.talk.turn)
    draft = draft.because("not_now").with_request(waiting=waiting, misses=0)
    return tell(draft, "utter_later", when=moment(local(draft, until), draft.talk.lang))
