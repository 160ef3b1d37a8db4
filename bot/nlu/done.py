"""What the person says to have tried already: the words that articles name in `done_words`."""

import re

# Word of Article.done_words -> how its doing is told, over folded text. `{did}` stands before what was done.
_DONE = {
    "restart": r"(?:redemarr\w+|reboot\w*|restart\w*|relance\w* (?:le |mon )?(?:pc|ordinateur|poste|mac)|(?:eteint"
    r"|turned (?:it )?off|switched (?:it )?off)(?: \w+){0,3} (?:et |puis |and )?(?:rallum\w+|(?:back )?on(?: again)?)"
    r"|eteint et rallume|power cycled?)(?! (?:le |la |the |l')?(?:imprimante|printer|box|routeur|router|modem|outlook"
    r"|teams|application|appli|app|client|vpn|switch|dock))",
    "airplane": r"(?:mode avion|airplane mode|flight mode)",
    "other_network": r"(?:autre (?:reseau|wifi|wi-fi|connexion|box)|partage de connexion|hotspot|tethering|4g|5g"
    r"|connexion (?:de mon|du) telephone|other (?:network|wifi|wi-fi|connection)|another (?:network|wifi|wi-fi"
    r"|connection)|different (?:network|wifi|connection)|mobile data|reseau (?:de mon )?(?:mobile|telephone))",
    "webmail": r"(?:webmail|owa|outlook (?:web|en ligne|online|sur le web|on the web)|version web|web version"
    r"|par le navigateur|in the browser)",
    "password_reset": r"(?:(?:chang\w+|reinitialis\w+|modifi\w+|reset\w*|renew\w*)(?: \w+){0,2} (?:mot de passe|mdp"
    r"|password)|(?:mot de passe|mdp|password)(?: \w+){0,2} (?:change|reinitialise|reset|changed))",
    "reinstall": r"(?:reinstall\w*|desinstall\w*(?: et| puis)?(?: re)?install\w*|uninstall\w*"
    r"|remove[d]? and (?:re)?(?:installed|added)|supprime et (?:reinstalle|rajoute|remis))",
    "update": r"(?:mis(?:es?)? a jour|updated?|installed (?:the |all |all the )?updates|installe (?:les"
    r"|toutes les) mises? a jour|fait (?:les|la|toutes les) (?:mises? a jour|maj)|up to date|a jour)",
    "unplug": r"(?:debranche\w*|rebranche\w*|unplug\w*|replug\w*|plugged (?:it )?back|(?:redemarr\w+|restart\w*"
    r"|reboot\w*|eteint|turned off|switched off|power cycled)(?: \w+){0,2} (?:l'|le |la |the |ma |my )?(?:imprimante"
    r"|printer|box|routeur|router|modem|dock|switch))",
    "other_browser": r"(?:(?:autre|d'autres|plusieurs|different|another|other|several) (?:navigateurs?|browsers?)"
    r"|(?:avec|sur|with|in|on) (?:chrome|firefox|edge|safari) (?:aussi|too|et|and|ou|or)|navigateurs? differents?)",
    "private_window": r"(?:navigation privee|fenetre privee|mode prive|onglet prive|incognito|private (?:window"
    r"|browsing|mode|tab)|inprivate)",
    "clear_cache": r"(?:(?:vide|efface|supprime|nettoye|cleared?|emptied|deleted|cleaned)(?: \w+){0,3} (?:caches?"
    r"|cookies|historique|history))",
    "cable": r"(?:(?:par|avec|en|via|un|le|by|with|a|the|through|over) (?:un |le |a |the |network )?(?:cable"
    r"|ethernet|rj45|filaire)|en filaire|wired)",
    "reopen": r"(?:(?:ferme|quitte|closed|quit|relance|rouvert|reopened|relaunched|restart\w*"
    r"|redemarr\w+)(?: \w+){0,4} (?:outlook|teams|l'application|l'appli|application|app|client(?: vpn)?|vpn|logiciel"
    r"|programme|program|navigateur|browser)|ferme et (?:rouvert|relance)|closed and (?:re)?opened)",
    "reconnect": r"(?:deconnecte\w*(?: et| puis) (?:re)?connecte\w*|reconnect\w*|signed out and (?:back )?in"
    r"|logged out and (?:back )?in|log(?:ged)? (?:off|out)|sign(?:ed)? out|ferme (?:et rouvert )?(?:ma |la )?session"
    r"|oublie le (?:reseau|wifi)|forgot(?:ten)? the (?:network|wifi))",
    "caps_lock": r"(?:verr(?:ouillage)? maj\w*|majuscules?|caps ?lock|verr num|num ?lock|azerty|qwerty"
    r"|disposition du clavier|keyboard layout)",
    "test_page": r"(?:page(?:s)? de test|test pages?)",
    "other_printer": r"(?:(?:une )?autre imprimante|another printer|other printer|different printer)",
    "print_queue": r"(?:(?:vide|supprime|annule|cleared?|deleted|cancell?ed"
    r"|emptied)(?: \w+){0,4} (?:file(?: d'impression)?|impressions?|documents? en attente|queue|print jobs?|jobs?"
    r"|travaux|travail))",
    "free_space": r"(?:(?:libere|fait|freed|made|cleaned|nettoye|vide)(?: \w+){0,4} (?:espace|place|space|room"
    r"|disque|disk|corbeille|bin|trash))",
    "close_programs": r"(?:ferme|quitte|closed|quit)(?: \w+){0,3} (?:programmes?|applications?|applis|logiciels"
    r"|onglets?|programs?|apps|tabs)",
    "task_manager": r"(?:gestionnaire (?:des|de) taches|task manager|moniteur d'activite|activity monitor)",
    "safe_mode": r"(?:mode sans echec|safe mode)",
    "offline_mode": r"(?:(?:mode )?hors connexion|offline mode|work offline)",
    "date_time": r"(?:(?:verifie|regle|corrige|checked|set|fixed)(?: \w+){0,3} (?:date|heure|horloge|clock|time))",
    "charger": r"(?:autre chargeur|another charger|other charger|chargeur d'origine|original charger)",
    "other_device": r"(?:(?:sur|avec|on|with|from) (?:un |une |d'|an? )?(?:autre|another|other|different) (?:pc"
    r"|poste|ordinateur|appareil|telephone|computer|device|laptop|phone|machine|casque|headset|ecran|screen|cable))",
}
DONE_WORDS = tuple(_DONE)
_DID = (
    r"(?:j'ai|on a|nous avons|je suis|i(?:'ve| have)?|we(?:'ve| have)?|deja|already|apres(?: avoir)?"
    r"|after(?: having)?|malgre|despite|meme(?: apres| avec| en)?|even(?: after| with)?|tried|essaye|teste|tente"
    r"|tested|en ayant|ayant|having|bien|pareil (?:en|apres|avec|sur)|same (?:with|after|on|in)|idem (?:en|avec|sur"
    r"|apres))"
)
_BEFORE = 60  # characters in which the doing is told before what was done
_NOT_DONE = re.compile(
    r"(?:n'ai|n'a|n'avons|n'ose|pas|jamais|not|haven't|hasn't|didn't|never|sans|without|dois[- ]je|should i"
    r"|faut[- ]il|puis[- ]je|can i|peux|pouvez|comment|how|veux|voudrais|want|need|avant de|before|si je|if i"
    r"|quand je|when i|des que je|impossible de|cannot|can't|depuis (?:que j'ai|le|la|mon|l'|que)|since|besoin"
    r"|a chaque|every)\b[^,.;!?\n]{0,25}$"
)
_BY_ITSELF = re.compile(
    r"[^,.;!?\n]{0,15}(?:tout(?:e)? seule?|by itself|on its own|automatiquement|automatically|sans arret|en boucle"
    r"|constantly|randomly|sans prevenir)"
)
_DOINGS = {word: re.compile(rf"(?<![\w-]){told}(?![\w-])") for word, told in _DONE.items()}
_DID_BEFORE = re.compile(rf"(?<![\w-]){_DID}(?![\w-])[^.;!?\n]{{0,{_BEFORE}}}$")
_CLAUSE_START = re.compile(r"(?:^|[.,;!?\n:-])\s*(?:et |and |puis |then |ensuite |also |aussi |not working )*$")
_PAST = re.compile(r"\w+(?:e|es|ed|it|is|ert|lu|off)\b|pc|mode")


def done_before(plain: str) -> tuple[str, ...]:
    """List what was tried, in the order of DONE_WORDS, from a folded text."""
    return tuple(
        word for word, pattern in _DOINGS.items() if any(_was_done(plain, match) for match in pattern.finditer(plain))
    )


def _was_done(plain: str, match: re.Match[str]) -> bool:
    before = plain[max(0, match.start() - _BEFORE - 20) : match.start()]
    if _NOT_DONE.search(before) or _BY_ITSELF.match(plain, match.end()):
        return False
    if _DID_BEFORE.search(before):
        return True
    said = match[0].split()[0]
    return _CLAUSE_START.search(before) is not None and _tells_past(said)


def _tells_past(word: str) -> bool:
    """Tell "redémarré, sans effet" and "restarted twice" from the bare order or wish."""
    return word.endswith(
        ("emarre", "ed", "rallume", "teint", "installe", "branche", "vide", "relance", "change", "initialise")
    )
