"""A home that knows more than its packs: imported articles in several versions, and what people told of them."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.app import upgrade_home
from bot.dialog.article import Article, ArticleText
from bot.dialog.conversation import Conversation, Request
from bot.dialog.effects import StepTaken
from bot.dialog.events import AnyEvent, PersonSaid
from bot.dialog.playbook import Playbook
from bot.dialog.trace import Trace
from bot.dialog.turn import Turn
from bot.ports.articles import ArticleVersion
from bot.store.articles import SqlArticles
from bot.store.engine import sqlite_url
from tests.store.house import opened

PLACE = "https://aide.exemple.org"
REMOTE, BADGE, TRAY, GONE = "acces-distant", "badge-visiteur", "printer-tray-sensor", "ancien-portail"
HOSTILE = "pirate"
RESULTS = {f"{REMOTE}@2": (4, 3), f"{REMOTE}@3": (12, 3), f"{BADGE}@1": (2, 0)}  # helped, did not help

_FR = """Cette page décrit l’accès aux applications internes **depuis l’extérieur**.

1. Ouvrez le client VPN et choisissez le profil **{profil}**.
2. Entrez votre identifiant, puis validez la demande sur votre téléphone.
3. Attendez {attente} secondes avant d’ouvrir une application.
{suite}
## Si la connexion se coupe

Passez sur un autre réseau, par exemple le partage de connexion de votre téléphone, puis recommencez.

Le détail des profils est sur [la page des profils](https://aide.exemple.org/profils)."""
_EN = """This page tells how to reach internal applications **from outside**.

1. Open the VPN client and choose the profile **{profil}**.
2. Enter your user name, then approve the request on your phone.
3. Wait {attente} seconds before you open an application.

## If the connection drops

Change to another network, such as your phone’s hotspot, then try again.

The profiles are described on [the profiles page](https://aide.exemple.org/en/profiles)."""
_SUITE = "4. Si rien ne s’ouvre, quittez le client et recommencez une fois.\n"


def _day(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 9, 30, tzinfo=UTC)


def _kept(article: Article, texts: dict[str, ArticleText], at: datetime) -> list[ArticleVersion]:
    return [ArticleVersion(replace(article, texts={lang: text}), lang, PLACE, at) for lang, text in texts.items()]


def remote() -> list[list[ArticleVersion]]:
    """An article of three versions, whose English text still tells the second."""
    signs = ("je n’ai plus accès aux applis depuis chez moi", "impossible de travailler à distance")
    french = ArticleText(
        "Accéder aux applications depuis l’extérieur",
        _FR.format(profil="Bureau", attente="dix", suite=""),
        risk="les appels en cours sont coupés",
        signs=signs[:1],
        cause="Hors des locaux, les applications internes passent par le VPN.",
        source=f"{PLACE}/acces-distant",
    )
    english = replace(
        french,
        title="Reach applications from outside",
        body=_EN.format(profil="Office", attente="ten"),
        risk="calls under way are cut",
        signs=("I cannot reach our apps from home",),
        cause="Outside the premises, internal applications go through the VPN.",
        source=f"{PLACE}/en/remote-access",
    )
    article = Article(REMOTE, 1, topic="vpn", fix="how_to", minutes=3)
    second = replace(english, body=_EN.format(profil="Remote work", attente="ten"))
    told = replace(french, body=_FR.format(profil="Travail à distance", attente="dix", suite=""), signs=signs)
    last = replace(told, body=_FR.format(profil="Travail à distance", attente="trente", suite=_SUITE))
    return [
        _kept(article, {"fr": french, "en": english}, _day(9, 14)),
        _kept(replace(article, version=2, minutes=5), {"fr": told, "en": second}, _day(10, 2)),
        _kept(
            replace(article, version=3, minutes=5, when='slots.os = windows or slots.os = "macos"'),
            {"fr": last, "en": replace(second, as_of=2)},
            _day(11, 20),
        ),
    ]


def shelf() -> list[list[ArticleVersion]]:
    """What is kept, in steps."""
    badge = ArticleText("Remettre un badge à un visiteur", "L’accueil remet le badge contre une pièce d’identité.")
    tray = ArticleText(
        "Clean the sensor of a paper tray", "Open tray 2, wipe the **sensor**, close it. Then print a test page."
    )
    gone = ArticleText("Se connecter à l’ancien portail", "L’ancien portail est fermé.")
    return [
        *remote(),
        _kept(Article(BADGE, 1, fix="how_to", minutes=10, needs=("presence",)), {"fr": badge}, _day(9, 14)),
        _kept(Article(TRAY, 1, topic="printer", minutes=10, needs=("admin", "presence")), {"en": tray}, _day(9, 14)),
        _kept(Article(GONE, 1), {"fr": gone}, _day(9, 14)),
    ]


def hostile() -> list[list[ArticleVersion]]:
    """An imported article whose every word would be run, were it not escaped; in two versions."""
    harm = "<script>alert(1)</script>"
    text = ArticleText(
        f"Pirate {harm}",
        f'{harm} <img src=x onerror="alert(1)"> [ici](javascript:alert(1)) pirate',
        risk=harm,
        signs=(harm,),
        cause=harm,
        source="javascript:alert(1)",
    )
    article = Article(HOSTILE, 1, topic=f"<b>{harm}", when=f'slots.os = "{harm}"', done_words=(harm,))
    later = replace(text, title=f"{harm} pirate", body=f"{text.body}\n\n{harm}", cause="", signs=(harm, harm))
    first = _kept(article, {"fr": text}, _day(9, 14))
    second = _kept(replace(article, version=2, when=""), {"fr": later}, _day(9, 15))
    return [[replace(one, origin=f"https://exemple.org/{harm}") for one in step] for step in (first, second)]


def stock(home: Path, more: Iterable[list[ArticleVersion]] = ()) -> None:
    """Fill a home in which no house is at work yet; `more` articles are kept after those of the shelf."""
    upgrade_home(home)
    asyncio.run(_stock(home / "guichet.sqlite3", [*shelf(), *more]))


async def _stock(database: Path, steps: list[list[ArticleVersion]]) -> None:
    with opened(sqlite_url(database), decide=_decide) as house:
        articles = SqlArticles(house.ledger)
        for versions in steps:
            await articles.keep(versions)
        await articles.retire([(GONE, "fr")])
        for article, (helped, did_not_help) in RESULTS.items():
            for result in ["helped"] * helped + ["did_not_help"] * did_not_help:
                await house.hear(f"{article} {result}")
                await house.drain()


def _decide(conversation: Conversation, event: AnyEvent, book: Playbook) -> Turn:
    """Take each message for a request of its own, in which the article it names ended as it says."""
    assert isinstance(event, PersonSaid)
    article, result = event.texts[0].split()
    request = Request(len(conversation.requests) + 1, steps=(StepTaken(article, result),))
    return Turn(replace(conversation, requests=(*conversation.requests, request)), (), Trace("test"))
