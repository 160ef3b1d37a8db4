"""Pages as a test reads them: by what stands in them."""

import httpx
from bs4 import BeautifulSoup, Tag


def page(client: httpx.Client, address: str, status: int = 200) -> BeautifulSoup:
    """Open a page."""
    answer = client.get(address)
    assert answer.status_code == status, address
    return BeautifulSoup(answer.text, "html.parser")


def one(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    """The one element that is expected."""
    (found,) = soup.select(selector)
    return found


def words(soup: BeautifulSoup | Tag) -> str:
    """What a page says, its spaces made plain."""
    return " ".join(soup.get_text(" ").split())
