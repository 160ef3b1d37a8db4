"""Small parts of patterns that several readers share."""


def not_after(words: str) -> str:
    """A look back that fails right after any of the words or signs, which stand apart by spaces."""
    return "".join(rf"(?<!\b{word} )" if word.isalpha() else f"(?<!{word} )" for word in words.split())
