"""The article is found in a page, with its title, its language and its other languages."""

import pytest

from bot.kb.importing.page import read_page

AT = "https://help.acme.example/fr/vpn"
STEPS = "<p>Si le VPN ne se connecte plus :</p><ol><li>Quittez le client.</li><li>Relancez-le.</li></ol>"
TOLD = "Si le VPN ne se connecte plus :\n\n1. Quittez le client.\n2. Relancez-le."
MENU = '<div class="menu"><a href="/">Accueil</a> <a href="/faq">FAQ</a> <a href="/login">Connexion</a></div>'


@pytest.mark.parametrize(
    "page",
    [
        f"<html lang='fr'><title>VPN - Aide</title><body>{MENU}<main><h1>VPN</h1>{STEPS}</main><footer>©</footer>",
        f"<html lang='fr'><title>VPN | Aide</title><body>{MENU}<article>{STEPS}<aside>Voir aussi</aside></article>",
        f"<html lang='fr'><title>Aide</title><body>{MENU}<h1>VPN</h1><div role='main'>{STEPS}</div>",
        f"<html lang='fr'><title>GLPI - FAQ</title><body>{MENU}<div><h3>VPN</h3><div class='kb'>{STEPS}</div></div>",
        f"<html lang='fr'><title>Aide</title><body><main><article><nav>Docs</nav><i>Version 3</i><h1>VPN</h1>"
        f"{STEPS}<footer>Edit this page</footer></article><nav>Next</nav></main>",
        f"<html lang='fr'><title>VPN</title><body><table><tr><td>{MENU}</td><td><div>{STEPS}</div></td></tr></table>",
    ],
)
def test_the_article_is_found(page: str) -> None:
    told = read_page(page, AT)
    assert (told.title, told.lang, told.body) == ("VPN", "fr", TOLD)


def test_other_languages_are_told_with_their_addresses() -> None:
    links = "<link rel='alternate' hreflang='en-GB' href='/en/vpn'><link rel='alternate' hreflang='x-default' href='/'>"
    told = read_page(f"<html><head>{links}<link rel='stylesheet' href='/x.css'></head><main>{STEPS}</main>", AT)
    assert told.others == {"en-GB": "https://help.acme.example/en/vpn", "x-default": "https://help.acme.example/"}
    assert told.lang == ""


def test_links_are_absolute_by_the_base_that_the_page_names() -> None:
    told = read_page("<head><base href='https://help.acme.example/kb/'></head><main><a href='a'>x</a></main>", AT)
    assert told.body == "[x](https://help.acme.example/kb/a)"


@pytest.mark.parametrize(
    "page", ["", "<html>", "no html at all", "<frameset><frame src=x></frameset>", "<main></main>"]
)
def test_a_page_without_an_article_is_survived(page: str) -> None:
    assert read_page(page, AT).others == {}
