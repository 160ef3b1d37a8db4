"""What the person tried already is read, what they did not do or only ask about is not."""

import pytest

from bot.nlu.done import done_before
from bot.nlu.fold import fold

TRIED = [
    ("j'ai déjà redémarré", {"restart"}),
    ("j'ai redémarré mon pc 2 fois mais rien", {"restart"}),
    ("I already restarted my computer", {"restart"}),
    ("I've rebooted twice", {"restart"}),
    ("Redémarré sans succès", {"restart"}),
    ("je n'ai pas redémarré", set()),
    ("dois-je redémarrer ?", set()),
    ("le pc a redémarré tout seul", set()),
    ("depuis que j'ai redémarré ça ne marche plus", set()),
    ("j'ai redémarré l'imprimante", {"unplug"}),
    ("I tried another browser", {"other_browser"}),
    ("j'ai essayé avec le partage de connexion", {"other_network"}),
    ("j'ai changé mon mot de passe hier et le vpn ne marche plus", {"password_reset"}),
    ("I reinstalled the client", {"reinstall"}),
    ("j'ai débranché et rebranché la station", {"unplug"}),
    ("j'ai éteint et rallumé", {"restart"}),
    ("j'ai fermé et rouvert outlook", {"reopen"}),
    ("I closed and reopened Teams", {"reopen"}),
    ("comment redémarrer mon pc", set()),
    ("the computer keeps restarting", set()),
    ("j'ai fait les mises à jour", {"update"}),
    ("webmail ne marche pas", set()),
    ("j'ai testé le webmail", {"webmail"}),
    ("même en navigation privée", {"private_window"}),
    ("I want to reset my password", set()),
    ("already tried restarting, airplane mode and another wifi", {"airplane", "other_network", "restart"}),
    ("j'ai vidé le cache", {"clear_cache"}),
    ("mon pc redémarre sans arrêt", set()),
    ("after restarting it still fails", {"restart"}),
    ("impossible de redémarrer", set()),
    ("j'ai redémarré", {"restart"}),
]


@pytest.mark.parametrize(("text", "words"), TRIED)
def test_what_was_tried_before_is_read(text: str, words: set[str]) -> None:
    assert set(done_before(fold(text))) == words
