"""The mail that brings a code to a work address."""

_SUBJECT = {"fr": "Votre code : {code}", "en": "Your code: {code}"}
_TEXT = {
    "fr": (
        "Quelqu’un, vous sans doute, veut montrer à l’assistant du support que cette adresse est la sienne.\n\n"
        "Écrivez-lui ce code, là où vous lui parlez : **{code}**\n\n"
        "Sur Telegram, vous pouvez aussi lui écrire : `/start {token}`\n\n"
        "Il est valable 15 minutes, une seule fois. Ne le donnez à personne d’autre. Si vous n’avez rien demandé, "
        "laissez ce message : sans le code, rien ne se passe."
    ),
    "en": (
        "Somebody, most likely you, wants to show the support assistant that this address is theirs.\n\n"
        "Write this code to it, where you talk to it: **{code}**\n\n"
        "On Telegram you may also write: `/start {token}`\n\n"
        "It is valid for 15 minutes, once. Give it to nobody else. If you asked for nothing, leave this message: "
        "without the code, nothing happens."
    ),
}


def code_mail(code: str, token: str, lang: str) -> tuple[str, str]:
    """Write subject and Markdown text, in English where the language is neither."""
    lang = lang if lang in _TEXT else "en"
    return _SUBJECT[lang].format(code=code), _TEXT[lang].format(code=code, token=token)
