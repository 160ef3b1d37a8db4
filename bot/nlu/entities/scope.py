"""How far it reaches and what changed before: who else is affected, and the change the person suspects."""

import re
from collections.abc import Iterator

from bot.dialog.understanding import Entity

_EVERYONE = (
    r"tout le (?:site|batiment|monde|bureau|plateau|service informatique)|(?:toute|l'ensemble de) (?:la "
    r"|l')?(?:entreprise|societe|boite|agence|usine|organisation)|tous les (?:utilisateurs|salaries|employes|sites"
    r"|postes)"
    r"|(?:plus |absolument )?personne (?:ne |n')\w*(?: \w+){0,3}|(?:plus )?personne (?:n'arrive|ne peut)|everyone"
    r"|everybody|(?:the )?(?:whole|entire) (?:site|company|office|building|floor|organisation|organization|firm"
    r"|staff)"
    r"|all (?:the )?(?:users|staff|employees|sites|company)|nobody can|no ?one can|no one is able|nobody is able"
    r"|company[- ]wide|sitewide|tout est (?:down|tombe) pour tout"
)
_SEVERAL = (
    r"toute (?:l'|mon |notre )?equipe|(?:tout )?(?:mon|le|notre) (?:service|departement|equipe|plateau"
    r"|etage)(?= (?:est|a |n'|ne|aussi|entier))|(?:toute |le reste de )?(?:mon|notre) equipe (?:aussi|egalement|a "
    r"|n'|ne )"
    r"|(?:(?:mes|des|les|plusieurs|quelques|certains|d'autres|deux|trois|quatre|\d+) ){1,6}(?:collegues|personnes|gens"
    r"|utilisateurs|postes|pc|ordinateurs|users)(?: (?:aussi|egalement|ont|n'|ne |sont|dans le meme|touches"
    r"|concernes|de mon|de l'equipe|pareil|a cote|autour))"
    r"|plusieurs (?:collegues|personnes|utilisateurs|postes|d'entre nous)|nous sommes (?:plusieurs|tous|\d+|deux"
    r"|trois|quatre)|on est (?:plusieurs|tous|\d+|deux|trois|quatre)(?! (?:en|dans|a) (?:reunion))"
    r"|mes collegues aussi|mon collegue aussi|ma collegue aussi|pas que moi|pas seulement moi|(?:a "
    r"|pour )?plusieurs(?= (?:a |ici|dans))"
    r"|(?:the|my|our) (?:whole |entire )?team(?= (?:is|has|can't|cannot|too|also|as well|have|are))|(?:whole"
    r"|entire) team|everyone (?:in|on) my (?:team|department|floor)|tout le monde dans (?:mon|le|l'"
    r"|notre) ?(?:equipe|service|bureau|departement)"
    r"|(?:my|several|some|other|many|few|multiple|two|three|four|\d+) (?:other )?(?:colleagues?|coworkers?"
    r"|co-workers?|people|users|teammates|of us|persons)(?: (?:\w+ ){0,2}(?:too|also|as well|have|are|can't|cannot"
    r"|with the same|affected|around|here|report))|several (?:colleagues|people|users)|some colleagues"
    r"|des collegues aussi|we are (?:several|all|\d+|many|two|three)|not (?:just|only) me|all of us|most of us"
    r"|colleagues too|others (?:too|as well|have)|les autres aussi"
)
_ONE = (
    r"(?:il n'y a |y a |c'est |juste |seulement |uniquement |rien )?(?:que|qu') ?(?:moi|a moi|pour moi)(?!\w)"
    r"|(?<!pas )(?<!pas que )moi (?:seule?|uniquement|seulement)|je suis (?:le |la )?(?:seule?|unique)|(?:juste"
    r"|seulement|uniquement) (?:moi|pour moi|sur mon (?:poste|pc|ordinateur))|pour moi (?:seul|uniquement|seulement)"
    r"|personne d'autre|(?:mes collegues|les autres)(?: \w+){0,2} (?:n'ont pas|n'ont aucun|pas de (?:souci|probleme)"
    r"|ca (?:marche|va|fonctionne)|ok|y arrivent|peuvent|arrivent|impriment)"
    r"|(?:just|only) (?:me|mine|my (?:computer|laptop|pc|account))|(?:it's|its|it is) (?:just|only) me|i(?:'m"
    r"| am) the only|only i(?!\w)|nobody else|no ?one else|(?:my colleagues|others|everyone else"
    r"|the others)(?: \w+){0,2} (?:are fine|can|is fine|don't have|work fine|have no|ok|it works)|myself only"
    r"|me only|un seul (?:poste|utilisateur)|single user"
)
_SCOPE = (("several", _SEVERAL), ("one", _ONE), ("everyone", _EVERYONE))
_SCOPES = tuple((value, re.compile(rf"(?<![\w-])(?:{ways})")) for value, ways in _SCOPE)

_AFTER = (
    r"(?:depuis|apres|suite a|a la suite de|des|since|after|following|because of|a cause de)(?: que)?(?: (?:la|le"
    r"|les|l'|un|une|mon|ma|mes|ce|cette|the|my|a|an|i|j'ai|on a|nous avons|we|they|derniere?|latest|last|recent"
    r"|recente|nouvelle?|new)){0,6}[ ']*"
)
_CHANGED = {
    "password": rf"{_AFTER}(?:chang\w+ (?:de |du |my |the |mon |le |of ){{0,6}}(?:mot de passe|mdp|password)"
    rf"|password (?:change|reset)|reinitialis\w+ (?:de |du |mon ){{0,6}}(?:mot de passe|mdp)|reset (?:my "
    rf"|the )?password"
    rf"|nouveau mot de passe|new password|mot de passe)|(?:je viens de|i just|j'ai|i have|i've"
    rf"|hier j'ai) (?:juste )?chang(?:er|e|ed) (?:de |mon |my |the ){{0,6}}(?:mot de passe|mdp|password)",
    "update": rf"{_AFTER}(?:mises? a jour|maj|updates?|upgrades?|migration|passage (?:a|en|sous) windows|patch\w*"
    rf"|updated|upgraded|mis a jour|redemarrage de mise a jour|installation de windows)|(?:windows|mac|il|elle"
    rf"|it) (?:s'est mis a jour|vient de se mettre a jour|just updated|has just updated)",
    "place": rf"{_AFTER}(?:demenage\w*|moved?|moving|relocation|changement de (?:bureau|site|batiment|place)"
    rf"|chang\w+ (?:de )?(?:bureau|site|offices?|desks?)|nouveau bureau|new (?:office|desk)|retour (?:de (?:vacances"
    rf"|conges)|au bureau)|return to the office|teletravail)",
    "equipment": rf"{_AFTER}(?:changement (?:de|d') ?(?:pc|ordinateur|poste|telephone|ecran|dock|box|materiel)"
    rf"|chang\w+ (?:de |d'|my |the ){{0,6}}(?:pc|ordinateur|poste|telephone|phone|laptop|computer|dock|box)"
    rf"|nouveau (?:pc"
    rf"|poste|telephone|portable|dock|routeur)|nouvel (?:ordinateur|ecran)|nouvelle (?:box|station)|new (?:pc|phone"
    rf"|laptop|computer|dock|router|screen|monitor))|(?:j'ai|i have|i've got|i got|je viens d'avoir|on m'a donne"
    rf"|i just got)(?: (?:eu|recu))? (?:un |a )?(?:nouveau (?:pc|telephone|portable|poste)|nouvel ordinateur"
    rf"|new (?:phone|laptop|pc|computer))",
}
_CHANGES = tuple((value, re.compile(rf"(?<![\w-])(?:{ways})(?![\w-])")) for value, ways in _CHANGED.items())


def scope(text: str, plain: str) -> Iterator[Entity]:
    """Read affected (one|several|everyone) and changed (password|update|place|equipment), at most one of each."""
    yield from _first("affected", _SCOPES, text, plain)
    yield from _first("changed", _CHANGES, text, plain)


def _first(name: str, readings: tuple[tuple[str, re.Pattern[str]], ...], text: str, plain: str) -> Iterator[Entity]:
    for value, pattern in readings:
        if match := pattern.search(plain):
            start, end = match.span()
            yield Entity(name, value, text[start:end], start, end)
            return
