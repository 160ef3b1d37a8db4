"""The form behind the command, the home tab and the shortcut: drawn, read, and told as one message."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from bot.channels.render.splitting import shortened, visible
from bot.channels.render.tree import plain_words

from .payload import Json, part, word
from .words import Pair, in_language, options, plain, spoken

Field = Literal["work", "affected", "since"]

DETAILS = "details"
LONGEST = 3000  # characters of the problem: what Slack lets a field hold
TITLE, LABEL, HINT, PHONE = 24, 100, 150, 30
PHONES = re.compile(r"\+?[\d\s().\-/]{3,}")
FEWEST_DIGITS, MOST_DIGITS = 3, 15  # inside lines have 3 or 4; the longest number of the world has 15

_WORDS: Mapping[str, Pair] = {
    "title": ("Écrire au support", "Write to support"),
    "send": ("Envoyer", "Send"),
    "close": ("Annuler", "Cancel"),
    "problem": ("Quel est le problème ?", "What is the problem?"),
    "problem_hint": (
        "Ce que vous faisiez, et le message affiché s’il y en a un. Jamais de mot de passe.",
        "What you were doing, and the message shown if there is one. Never a password.",
    ),
    "since": ("Depuis quand ?", "Since when?"),
    "work": ("Pouvez-vous travailler en attendant ?", "Can you work meanwhile?"),
    "affected": ("Qui est touché ?", "Who is affected?"),
    "phone": ("Où vous rappeler ?", "Where can we call you?"),
    "phone_hint": (
        "Un numéro de téléphone, si vous préférez être rappelé.",
        "A phone number, if you would rather be called.",
    ),
    "choose": ("Choisir", "Choose"),
    "no_problem": ("Décrivez le problème en une phrase.", "Tell the problem in one sentence."),
    "no_phone": (
        "Écrivez un numéro de téléphone, avec des chiffres, ou laissez ce champ vide.",
        "Write a phone number, in digits, or leave this field empty.",
    ),
    "number": ("Mon numéro : {phone}.", "My number: {phone}."),
    "lasts": ("Cela dure {since}.", "It has been like this {since}."),
}
# What each choice is called, by field and value.
_LABELS: Mapping[str, Mapping[str, Pair]] = {
    "work": {
        "no": ("Non, je ne peux pas travailler", "No, I cannot work"),
        "partly": ("En partie", "Partly"),
        "yes": ("Oui, cela peut attendre", "Yes, it can wait"),
    },
    "affected": {
        "one": ("Moi uniquement", "Just me"),
        "several": ("Plusieurs personnes", "Several people"),
        "everyone": ("Tout le monde", "Everyone"),
    },
    "since": {
        "today": ("Aujourd’hui", "Today"),
        "yesterday": ("Hier", "Yesterday"),
        "days": ("Quelques jours", "A few days"),
        "weeks": ("Plus d’une semaine", "More than a week"),
    },
}
# What each says in the message, in words from which the understanding reads affected, since and work_meanwhile.
_SAID: Mapping[str, Mapping[str, Pair]] = {
    "work": {
        "no": ("Je ne peux pas travailler.", "I cannot work."),
        "partly": ("Je ne peux travailler qu’en partie.", "I can only partly work."),
        "yes": ("Cela peut attendre.", "It can wait."),
    },
    "affected": {
        "one": ("Personne d’autre n’est touché", "Nobody else is affected"),
        "several": ("Plusieurs personnes sont touchées", "Several people are affected"),
        "everyone": ("Tout le monde est touché", "Everyone is affected"),
    },
    "since": {
        "today": ("depuis aujourd’hui", "since today"),
        "yesterday": ("depuis hier", "since yesterday"),
        "days": ("depuis quelques jours", "for a few days"),
        "weeks": ("depuis plus d’une semaine", "for more than a week"),
    },
}


@dataclass(frozen=True, slots=True)
class Details:
    """A form that was sent. `view`: the same form has the same id at every delivery."""

    problem: str
    since: str = ""
    work: str = ""
    affected: str = ""
    phone: str = ""
    lang: str = "en"
    user: str = ""
    view: str = ""

    @property
    def text(self) -> str:
        """The form as the person would have written it."""
        words = in_language(_WORDS, self.lang)
        work, who, since = map(self._said, get_args(Field))
        if who:
            about = f"{', '.join(filter(None, (who, since)))}."
        else:
            about = words["lasts"].format(since=since) if since else ""
        number = words["number"].format(phone=self.phone) if self.phone else ""
        facts = " ".join(filter(None, (work, about, number)))
        return "\n\n".join(filter(None, (self.problem, facts)))

    def _said(self, name: Field) -> str:
        return in_language(_SAID[name], self.lang).get(getattr(self, name), "")


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that cannot be taken: what is wrong, by field."""

    errors: Mapping[str, str]

    @property
    def response(self) -> Json:
        """The acknowledgement that keeps the form open and shows what is wrong."""
        return {"response_action": "errors", "errors": dict(self.errors)}


def details_view(lang: str, problem: str = "") -> Json:
    """Compose the form that views.open takes; `problem` is filled in already."""
    words = in_language(_WORDS, lang)
    typed = {"type": "plain_text_input", "action_id": "problem", "multiline": True, "max_length": LONGEST}
    given = plain_words(problem)
    filled = {"initial_value": shortened(given, LONGEST)} if visible(given) else {}
    number = {"type": "plain_text_input", "action_id": "phone", "max_length": PHONE}
    return {
        "type": "modal",
        "callback_id": DETAILS,
        "private_metadata": spoken(lang),  # comes back with the form
        "title": plain(words["title"], TITLE),
        "submit": plain(words["send"], TITLE),
        "close": plain(words["close"], TITLE),
        "blocks": [
            _field("problem", words, typed | filled, optional=False),
            *(_field(name, words, _choice(lang, name)) for name in get_args(Field)),
            _field("phone", words, number),
        ],
    }


def _field(name: str, words: Mapping[str, str], element: Json, optional: bool = True) -> Json:
    hint = words.get(f"{name}_hint")
    told = {"type": "input", "block_id": name, "label": plain(words[name], LABEL), "element": element}
    return {**told, "optional": optional, **({"hint": plain(hint, HINT)} if hint else {})}


def _choice(lang: str, name: str) -> Json:
    labels = in_language(_LABELS[name], lang)
    choose = plain(in_language(_WORDS, lang)["choose"], LABEL)
    return {"type": "static_select", "action_id": name, "placeholder": choose, "options": options(labels)}


def read_details(payload: Json) -> Details | Refused | None:
    """Read a form that was sent; nothing for another view."""
    view = part(payload, "view")
    if word(payload, "type") != "view_submission" or word(view, "callback_id") != DETAILS:
        return None
    lang = spoken(word(view, "private_metadata"))
    problem = plain_words(_typed(view, "problem", LONGEST)).strip()
    phone = " ".join(_typed(view, "phone", PHONE).split())
    if errors := _errors(lang, problem, phone):
        return Refused(errors)
    return Details(
        problem=problem,
        since=_chosen(view, "since"),
        work=_chosen(view, "work"),
        affected=_chosen(view, "affected"),
        phone=phone,
        lang=lang,
        user=word(payload, "user", "id"),
        view=word(view, "id"),
    )


def _errors(lang: str, problem: str, phone: str) -> dict[str, str]:
    digits = sum(char.isdecimal() for char in phone)
    callable_ = PHONES.fullmatch(phone) and FEWEST_DIGITS <= digits <= MOST_DIGITS
    wrong = {"problem": not visible(problem), "phone": bool(phone) and not callable_}
    return {name: in_language(_WORDS, lang)[f"no_{name}"] for name, is_wrong in wrong.items() if is_wrong}


def _typed(view: object, name: str, most: int) -> str:
    return word(view, "state", "values", name, name, "value", most=most)


def _chosen(view: object, name: str) -> str:
    value = word(view, "state", "values", name, name, "selected_option", "value")
    return value if value in _LABELS[name] else ""
