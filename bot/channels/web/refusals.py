"""What the web chat answers when it cannot take something: one clear sentence in each language."""

from starlette.requests import Request
from starlette.responses import JSONResponse

from bot.channels.web.limits import ENDINGS, FILE_LIMIT, TEXT_LIMIT

_MEGABYTES = FILE_LIMIT // (1024 * 1024)

# code: (status, French, English)
_REFUSALS: dict[str, tuple[int, str, str]] = {
    "no_session": (401, "Cette session n’est plus valable.", "This session is no longer valid."),
    "unreadable": (400, "La demande est illisible.", "The request cannot be read."),
    "bad_id": (
        422,
        "Il manque un identifiant de message (8 à 64 lettres, chiffres, - ou _).",
        "A message id is missing (8 to 64 letters, digits, - or _).",
    ),
    "empty": (422, "Le message est vide.", "The message is empty."),
    "text_too_long": (
        413,
        f"Le message dépasse {TEXT_LIMIT} caractères : raccourcissez-le, ou joignez-le en fichier texte.",
        f"The message is longer than {TEXT_LIMIT} characters: shorten it, or attach it as a text file.",
    ),
    "too_large": (413, "La demande est trop grande.", "The request is too large."),
    "file_too_large": (
        413,
        f"Le fichier dépasse {_MEGABYTES} Mo. Pour une capture d’écran, cadrez sur le message d’erreur.",
        f"The file is larger than {_MEGABYTES} MB. For a screenshot, crop to the error message.",
    ),
    "file_empty": (422, "Le fichier est vide.", "The file is empty."),
    "file_type": (
        415,
        f"Ce type de fichier n’est pas accepté. Acceptés : {', '.join(ENDINGS)}.",
        f"This kind of file is not accepted. Accepted: {', '.join(ENDINGS)}.",
    ),
    "no_file": (404, "Ce fichier ne fait pas partie de cette discussion.", "This file is not part of this chat."),
    "file_not_there": (
        503,
        "Ce fichier n’est pas encore arrivé : réessayez dans un instant.",
        "This file has not arrived yet: try again in a moment.",
    ),
    "too_slow": (408, "L’envoi a pris trop de temps.", "The upload took too long."),
    "too_fast": (429, "Un instant : trop de messages à la fois.", "One moment: too many messages at once."),
    "too_many_pages": (429, "Cette discussion est ouverte dans trop de pages.", "This chat is open in too many pages."),
}


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """The request is answered with this refusal. `code` is a key of the table above; `wait` in seconds."""

    def __init__(self, code: str, wait: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.wait = wait


def refusal(request: Request, error: Exception) -> JSONResponse:
    """Tell a refusal as the answer to its request."""
    assert isinstance(error, Refused)
    status, french, english = _REFUSALS[error.code]
    headers = {"Retry-After": str(error.wait)} if error.wait else {}
    return JSONResponse({"error": error.code, "fr": french, "en": english}, status_code=status, headers=headers)
