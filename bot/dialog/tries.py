"""Which fixes a request has tried, and how each ended."""

from .article import Article
from .conversation import Conversation, Request
from .draft import Draft
from .effects import StepTaken
from .flow import Propose
from .knowledge import article_of

HELPED, DID_NOT_HELP, DONE_BEFORE, UNTRIED = "helped", "did_not_help", "done_before", "unknown"


def tried(request: Request, article: Article) -> bool:
    """Whether this request has a result for the article already."""
    return any(step.what.partition("@")[0] == article.id for step in request.steps)


def proposed(draft: Draft) -> tuple[Article, Propose] | None:
    """The fix that the active request is at, with its step."""
    request, flow = draft.request, draft.flow
    if request is None or flow is None or request.waiting is None:
        return None
    article = article_of(draft, request.waiting.article)
    step = flow.steps.get(request.frames[-1].step)
    return (article, step) if article and isinstance(step, Propose) else None


def with_result(draft: Draft, article: Article, result: str) -> Draft:
    """Note how a fix ended."""
    request = draft.request
    taken = StepTaken(f"{article.id}@{article.version}", result)
    return draft.with_request(steps=(*request.steps, taken)) if request else draft


def results(before: Conversation | None, after: Conversation) -> dict[tuple[int, str], StepTaken]:
    """What a turn found out about fixes: by request and article, the latest result."""
    known = {request.number: request.steps for request in before.requests} if before else {}
    new = ((one.number, step) for one in after.requests for step in one.steps[len(known.get(one.number, ())) :])
    return {(number, step.what.partition("@")[0]): step for number, step in new}


def leave_untried(draft: Draft) -> Draft:
    """Note a fix that was shown and never answered, for the ticket."""
    at_fix = proposed(draft)
    return with_result(draft, at_fix[0], UNTRIED) if at_fix else draft
