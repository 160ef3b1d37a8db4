"""Which language a message is in: French, English, clearly another one, or too short to tell."""

import re
import unicodedata
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from .fold import fold
from .frozen import Array, frozen, read_by_rows

OTHER = "other"
_ENOUGH_WORDS = 3  # fewer: the conversation keeps its language
_ENOUGH_FOR_OTHER = 5
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_PLAIN_WORD = re.compile(r"(?<![\w-])[^\W\d_]{2,}(?![\w-]*\d)")

# Words that settle a short text, or show that a longer one is no third language.
_MARKS = {
    "fr": frozenset(
        re.findall(
            r"\S+",
            """
            je tu il elle on nous vous ils mon ma mes ton votre vos notre le la les un une des du au aux
            ne pas plus est et ou mais dans sur avec pour par qui que quoi ce cette ca cela bonjour
            bonsoir salut merci oui non svp ordinateur imprimante ecran clavier souris mot passe reseau
            lent panne marche fonctionne toujours encore depuis hier matin probleme aide humain
            conseiller ouais c'est j'ai n'est d'accord quelqu'un aucune sais peux suis rien tout bloque
            compte oublie batterie messagerie annuler facture commande colis ouvre demain coucou bien
            francais imprime l'imprimante l'ordinateur l'ecran m'aider s'il plait connexion wifi
            slt bjr stp pa jpx jpeux jarrive jai chui ya tjs tjrs dpui cmatin mdp pk pcq qqun qd
            """,
        )
    )
    - {"on", "est", "plus", "ma", "wifi"},
    "en": frozenset(
        re.findall(
            r"\S+",
            """
            i you he she we they my your our the a an is are was not no yes and or but in on with for
            from to of this that it's i'm don't doesn't can't won't hello hi hey thanks thank please
            computer printer screen keyboard mouse password slow broken working work works still since
            yesterday morning help human agent okay yep nope nothing locked forgot account battery mail
            cancel invoice order parcel open tomorrow down stuck have has does what where english needed
            request how do me
            """,
        )
    )
    - {"a", "no", "on", "me", "mail", "agent"},
}

_SHARED = frozenset(
    ("il", "non", "la", "un", "une", "de", "en", "des", "du", "tu", "me", "les", "computer", "in", "is", "was")
)


_LOADED: list[Any] = []  # py3langid's identifier, once loaded


def load(cache: Path | None = None) -> None:
    """Load what `language` needs, so that the first message does not wait; it is unpacked once into the folder `cache`.

    Unpacking takes half a second and 70 MB, mapping next to nothing.
    """
    if not _LOADED:
        _LOADED.append(_identifier(cache))


def _identifier(cache: Path | None) -> Any:
    from py3langid.langid import LanguageIdentifier

    held = frozen(cache / f"py3langid-{version('py3langid')}" if cache else None, _unpacked)
    moves, rows = held["moves"].data, held["rows"].tolist()  # numpy is slow at picking single numbers
    scores = read_by_rows(held["scores"]), held["priors"], held["languages"].tolist()
    return LanguageIdentifier(*scores, moves, held["features"].tolist(), norm_probs=True, tk_row=rows)


def _unpacked() -> dict[str, Array]:
    from py3langid.langid import MODEL_DIR, MODEL_FILE
    from py3langid.modelio import load_model

    names = ("scores", "priors", "languages", "moves", "rows", "features")
    return {name: np.asarray(value) for name, value in zip(names, load_model(MODEL_DIR / MODEL_FILE), strict=True)}


_CODE = re.compile(r"[0-9_]")


def words(plain: str) -> list[str]:
    """List the words of a folded text; numbers and signs are none."""
    return _WORD.findall(plain)


def language(text: str, plain: str, languages: tuple[str, ...] = ("fr", "en")) -> str | None:
    """Tell the language of a cleaned text: one of `languages`, OTHER, or None when it is too short to tell."""
    if _in_another_script(plain):
        return OTHER
    load()
    text = _spoken(text)
    plain = fold(text)
    heard = words(plain)
    if len(heard) < _ENOUGH_WORDS:
        return _by_marks(heard, languages)
    ranked = dict(_LOADED[0].rank(unicodedata.normalize("NFC", " ".join(_WORD.findall(text)))[:600]))
    best = max(ranked, key=lambda lang: ranked[lang])
    ours = max(languages, key=lambda lang: ranked.get(lang, 0.0))
    strange = 1.0 - sum(ranked.get(lang, 0.0) for lang in languages)
    if best not in languages and _is_other(_PLAIN_WORD.findall(plain), strange, languages):
        return OTHER
    marked = _by_marks(heard, languages)
    return marked if marked and ranked.get(ours, 0.0) < 0.5 else ours


def spoken_in(text: str, languages: tuple[str, ...] = ("fr", "en")) -> str:
    """Tell in which of `languages` a text is; the first of them where it does not show."""
    told = language(text, fold(text), languages)
    return told if told in languages else languages[0]


def _spoken(text: str) -> str:
    """The text without codes, names of machines and choices ("ERR_NAME_NOT_RESOLVED", "IMP-3", "2a"): no language."""
    tokens = text.split()
    kept = [one for one in tokens if not _CODE.search(one) and not (len(one) > 1 and one.isupper())]
    return text if text.isupper() else " ".join(kept)


def _in_another_script(plain: str) -> bool:
    """Tell whether most letters are of another script than ours: Cyrillic, Arabic, Chinese ..."""
    letters = [char for char in plain[:600] if char.isalpha()]
    foreign = sum(1 for char in letters if ord(char) > 0x24F)
    return foreign >= 4 and foreign * 2 > len(letters)


def _is_other(heard: list[str], certainty: float, languages: tuple[str, ...]) -> bool:
    """Tell whether it is clearly a third language: long enough, certain, and hardly a word of ours in it."""
    known = sum(1 for word in heard if word not in _SHARED and any(word in _MARKS.get(lang, ()) for lang in languages))
    return len(heard) >= _ENOUGH_FOR_OTHER and certainty > 0.95 and known / len(heard) <= 0.2


def _by_marks(heard: list[str], languages: tuple[str, ...]) -> str | None:
    counts = {lang: sum(1 for word in heard if word in _MARKS.get(lang, ())) for lang in languages}
    best = max(counts, key=lambda lang: counts[lang])
    second = max((count for lang, count in counts.items() if lang != best), default=0)
    return best if counts[best] > second else None
