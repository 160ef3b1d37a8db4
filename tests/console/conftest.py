"""A house with one conversation that went to a ticket, one that knows more than its packs, and their pages."""

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from bot.console.privacy import Notice
from tests.support.shelf import hostile, stock
from tests.support.web import WebHouse, running_web

NOTICE = Notice(controller="Exemple SA", dpo="dpo@example.org", recipients=("Outil de tickets",), authority="CNIL")


@dataclass(frozen=True, slots=True)
class Served:
    """The house, and the address of a conversation in it with a file and a ticket."""

    web: WebHouse
    conversation: str
    file: str


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The house and its pages."""
    with running_web(tmp_path_factory.mktemp("console") / "home", NOTICE, desk_name="Assistance") as web:
        visitor = web.visitor()
        visitor.post(text="mon vpn est en panne <b>ici</b>, windows 11, mot de passe : Azerty123!", lang="fr")
        visitor.until_said("assistant automatique")
        visitor.attach("capture.png", b"\x89PNG\r\n\x1a\n picture")
        visitor.post(text="humain")
        visitor.until_said("T-")
        turns = web.house.records.transcript("1")
        ref = next(one.ref for line in turns for one in line.files)
        yield Served(web, "/desk/conversations/1", ref)


@pytest.fixture
def agent(served: Served) -> httpx.Client:
    """Somebody who came in by a login link, reading French."""
    client = served.web.agent_session()
    client.headers["Accept-Language"] = "fr"
    return client


@pytest.fixture(scope="session")
def knowing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebHouse]:
    """A house with imported articles; one of them means harm."""
    home = tmp_path_factory.mktemp("knowing") / "home"
    stock(home, hostile())
    with running_web(home) as web:
        web.house.library.refresh()
        yield web


@pytest.fixture
def lead(knowing: WebHouse) -> httpx.Client:
    """Somebody who came in by a login link and looks after the articles, reading French."""
    client = knowing.agent_session()
    client.headers["Accept-Language"] = "fr"
    return client
