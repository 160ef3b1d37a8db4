"""What an HTML page would do to whoever looks at it: its text, its links, and whatever should not stand in it."""

from bs4 import BeautifulSoup

_IN_LINE = ("strong", "em", "b", "i", "code", "a", "span", "s", "del", "br")
_BLOCKS = ("p", "ol", "ul", "li", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "div")
_TABLES = ("table", "thead", "tbody", "tr", "th", "td")
ELEMENTS = frozenset({"html", "head", "body", *_IN_LINE, *_BLOCKS, *_TABLES})
ATTRIBUTES = frozenset({"href", "rel", "target", "start", "lang", "style", "class", "dir"})


def text_of(html: str) -> str:
    """The words, with an empty line between blocks."""
    return BeautifulSoup(html, "html.parser").get_text("\n")


def links_of(html: str) -> tuple[str, ...]:
    """Every address that a click would open or that a look would fetch."""
    page = BeautifulSoup(html, "html.parser")
    return tuple(str(value) for tag in page.find_all(True) for name in ("href", "src") if (value := tag.get(name)))


def strange_in(html: str) -> tuple[str, ...]:
    """Elements and attributes that no message of ours has."""
    tags = BeautifulSoup(html, "html.parser").find_all(True)
    elements = [tag.name for tag in tags if tag.name not in ELEMENTS]
    return (*elements, *(f"{tag.name} {name}" for tag in tags for name in tag.attrs if name not in ATTRIBUTES))
