"""The mail that brings a code to a work address."""

_SUBJECT = {"fr": "Votre code : {code}", "en": "Your code: {code}"}
_TEXT = {
    "fr": (
        "Quelqu’un, vous sans doute, veut montrer à l’assistant du support que cette adresse est la sienne.\n\n"
        "Écrivez-lui ce code, là où vous lui parlez : **{code}**\n\n{besides}"
        "Il est valable 15 minutes, une seule fois. Ne le donnez à personne d’autre. Si vous n’avez rien demandé, "
        "laissez ce message : sans le code, rien ne se passe."
    ),
    "en": (
        "Somebody, most likely you, wants to show the support assistant that this address is theirs.\n\n"
        "Write this code to it, where you talk to it: **{code}**\n\n{besides}"
        "It is valid for 15 minutes, once. Give it to nobody else. If you asked for nothing, leave this message: "
        "without the code, nothing happens."
    ),
}

# A block of code: rendered as it is, whatever characters the token has.
_ON_TELEGRAM = {
    "fr": "Ou bien, dans Telegram :\n\n```\n/start {token}\n```\n\n",
    "en": "Or else, in Telegram:\n\n```\n/start {token}\n```\n\n",
}


def code_mail(code: str, token: str, lang: str, channel: str = "") -> tuple[str, str]:
    """Write subject and Markdown text, in English where the language is neither; `channel`: where the code is awaited.

    The token is what Telegram's own links carry; it means nothing elsewhere.
    """
    lang = lang if lang in _TEXT else "en"
    besides = _ON_TELEGRAM[lang].format(token=token) if channel == "telegram" else ""
    return _SUBJECT[lang].format(code=code), _TEXT[lang].format(code=code, besides=besides)
