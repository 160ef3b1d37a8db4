"""In which language a page is shown."""

from collections.abc import Sequence

from starlette.requests import Request

KNOWN = ("fr", "en")


def page_language(request: Request, languages: Sequence[str] = KNOWN) -> str:
    """Choose by what was asked for in the address, then by the browser's order, then the desk's first language."""
    asked = request.query_params.get("lang", "")
    if asked in languages:
        return asked
    wanted = (_wish(part) for part in request.headers.get("accept-language", "").split(",")[:20])
    known = [(weight, lang) for weight, lang in wanted if lang in languages and weight > 0]
    return max(known, key=lambda wish: wish[0])[1] if known else languages[0]


def _wish(part: str) -> tuple[float, str]:
    tag, _, weight = part.strip().partition(";q=")
    try:
        return float(weight or 1), tag.split("-")[0].lower()
    except ValueError:
        return 0.0, ""
