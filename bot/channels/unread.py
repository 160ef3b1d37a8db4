"""Why the file of a secret cannot be read, without anything of what it holds."""


def why_unread(error: Exception) -> str:
    """Tell it in a few words."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return "that is no UTF-8 text"
