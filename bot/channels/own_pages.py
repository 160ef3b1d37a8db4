"""Links to the house's own pages: whole where people have an address for these, else left out."""

import re

_LINK = re.compile(r"\[([^\]\[]{1,200})\]\((/[^()\s]{0,500})\)")
_ALONE = re.compile(rf"(?:^|(?<=[.!?…])[ \n]+){_LINK.pattern}(?=[ ]*$)", re.MULTILINE)


def with_pages(document: str, address: str) -> str:
    """Make such links lead there from a channel; without an address they are words, gone where they stand alone."""
    if address:
        return _LINK.sub(rf"[\1]({address.rstrip('/')}\2)", document)
    return _LINK.sub(r"\1", _ALONE.sub("", document))
