"""How people say what changed before, French and English, over folded text; data for scope.py."""

import re

_SINCE = (
    r"(?:depuis|apres|suite (?:a|au)|a la suite d[eu]|des|since|after|following|because of|due to"
    r"|a cause d[eu'])(?: que| qu')?"
)
# Then a noun ("since the update"), or whoever did it ("since our team moved").
_NOUN = (
    rf"{_SINCE}(?: ?(?:la|le|les|l'|un|une|mon|ma|mes|ce|cette|notre|the|my|our|a|an|this|that|dernieres?|derniers?"
    rf"|latest|last"
    r"|recent|recente?|new|nouvel(?:le)?|nouveau|grosse?|big|windows|outlook|office|yesterday's|friday's|monday's"
    r"|\w+'s)){0,5}[ ']{0,2}"
)
_VERB = (
    rf"{_SINCE} ?(?:(?=\w{{3,12}}ing(?!\w))|avoir |(?:que |qu')?(?:j'|l'on |on |il |elle |je |nous |ils |i |i've "
    rf"|i'm |we |we've |they |they've"
    r" |you |it |(?:mon|ma|notre|le|la|l'|les|the|my|our|your)[\w' ]{1,20}?)"
    r"(?: ?(?:m'a|m'ont|m'|s'est|ont|ai|a|avons|avez|est|etait|suis|sommes|fait|vient de|viens de|have|has|had|just"
    r"|was|were|am|got|been"
    r"|recently|finally|juste|enfin|tout)){0,5} ?)"
)
# Told of oneself, without "since": what is done, not what is wished or asked.
_DID = (
    r"(?:(?<!que )je (?:viens (?:juste )?de|suis)|(?<!si )j'ai(?: juste| bien| enfin| recemment)?|on (?:vient de|a)"
    r"|nous avons"
    r"|(?:(?<!do )(?<!can )(?<!can't )(?<!should )(?<!could )(?<!if )(?<!when )(?<!must )(?<!may )i(?:'ve"
    r"| have)?(?: just| only just| recently"
    r"| finally)?|we(?:'ve| have)?(?: just| recently)?|they(?:'ve| have)?(?: just)?)(?! change(?!d))|on m'a"
    r"|ils (?:m')?ont)"
)
_MY = (
    r"(?:de |d'|du |my |our |the |mon |ma |mes |notre |nos |le |la |les |l'|un |une |of |a |an |its |son |to "
    r"|vers ){0,3}"
)
_SECRET = r"(?:mot de passe|mdp|passwords?|passphrase|code pin)"
_GEAR = (
    r"(?!phone numbers?|mobile numbers?)(?:pc(?: portable)?|ordinateurs?|ordi|postes?|portables?|telephone|smartphone"
    r"|mobile|tablette|ecrans?|moniteurs?|docks?"
    r"|station(?: d'accueil)?|box|routeur|casque|clavier|souris|imprimante|carte (?:reseau|sim|graphique|mere)"
    r"|disque(?: dur)?|ssd"
    r"|batterie|webcam|camera|materiel|machine|switch|chargeur|adaptateur|cable"
    r"|computers?|laptops?|desktops?|phones?|tablets?|screens?|monitors?|docking stations?|router|headset|keyboard"
    r"|mouse|printer"
    r"|(?:network|sim|graphics|sound) card|hard drive|disk|battery|hardware|charger|adapter|workstation|equipment)"
)
_NEW = r"(?:nouveaux?|nouvel|nouvelles?|(?:brand )?new|autre|another|different|replacement)"
_CHANGE = (
    r"(?:chang(?:e|es|er|ed|ing|ement)|modifi(?:e|er|ed)|reset(?:ting)?|reinitialis\w{1,7}|renouvel\w{1,6}|updated?"
    r"|renewed)"
)
_SWAP = (
    r"(?:chang(?:e|er|ed|ing)|remplace|replac(?:ed|ing)|swapp(?:ed|ing)|echange|exchanged|switch(?:ed|ing)"
    r"|upgrad(?:ed|ing))"
)
_GOT = (
    r"(?:switching|getting|plugging in|moving|branche|installe|recu|eu|achete|ajoute|mis|connecte|plugged in"
    r"|connected|added|got|received|bought|installed|have|given"
    r"|donne|livre|fourni|swapped|switched|moved|passe|chang(?:e|ed))(?: over)?(?: to| a| sur| in| for| pour| contre)?"
)

_CHANGED = {
    "password": (
        rf"{_NOUN}(?:chang\w+ (?:de |du |of ){{0,2}}{_MY}{_SECRET}|{_SECRET} (?:change|reset|expir\w+)"
        rf"|reinitialis\w+ {_MY}{_SECRET}"
        rf"|{_SECRET})|mon changement de {_SECRET}",
        rf"{_VERB}{_CHANGE} {_MY}(?:\w+ ){{0,2}}?{_SECRET}|{_SINCE}(?: que"
        rf"| qu')? ?{_MY}{_SECRET} (?:\w+ ){{0,2}}?(?:expire|change|reset"
        r"|reinitialise|renouvele)\w?",
        rf"{_DID} {_CHANGE} {_MY}(?:\w+ ){{0,2}}?{_SECRET}|hier j'ai change {_MY}{_SECRET}"
        rf"|(?:mon|my) {_SECRET} (?:vient d'|a |was |has |got )(?:just )?(?:ete |been )?(?:chang|reset|reinitialis"
        rf"|renouvel)\w+",
    ),
    "update": (
        rf"{_NOUN}(?:mises? a jour|maj|updates?|upgrades?|migration|passage (?:a|en|sous|sur) (?:windows|macos|office"
        rf"|\w+ \d)|patch\w*"
        r"|redemarrage de mise a jour|installation de windows|montee de version|new version|nouvelle version|version"
        r"|(?:windows|macos|ios|android) \d{1,2})",
        rf"{_VERB}(?:updat(?:ed|ing)|upgrad(?:ed|ing)|mis a jour|mise a jour|mises? a niveau|migre|migrated"
        rf"|passe (?:a|en|sous) (?:windows|macos|ios"
        r"|android)|(?:installe|installed|fait) (?:la |les |the |une |an |all |toutes les )?(?:\w+ )?(?:mises? a jour"
        r"|maj|updates?))",
        r"(?:windows|mac|macos|il|elle|it|ordi|pc|iphone|telephone|phone|laptop) (?:s'est (?:encore )?mis a jour"
        r"|vient de se mettre a jour"
        r"|(?:has |have )?just (?:updated|upgraded)|a ete mis a jour|was (?:just )?updated)",
        rf"{_DID} (?:mis a jour|updated|upgraded|upgrade vers|migre|fait (?:la|les|une) (?:mises? a jour"
        rf"|maj))(?= (?:(?:my|the|mon|ma|le|la|l'|to|vers|a|sous|en) ?)?(?:windows|mac"
        r"|ios|android|phone|iphone|laptop|pc|computer|it|outlook|office|app\w*|system|systeme|telephone|ordinateur"
        r"|ordi|logiciel"
        r"|drivers?|pilotes?|yesterday|last|this|hier|ce|cette|et|and)(?!\w)|[.,;!?]|$)|(?:mise a jour"
        r"|update) (?:d'hier|de ce matin|de la nuit|de cette nuit|this morning"
        r"|last night|yesterday)",
    ),
    "place": (
        rf"{_NOUN}(?:demenage\w*|moving|move|relocation|changement de (?:bureau|site|batiment|place|etage)|(?:bureau"
        rf"|office|desk)(?= (?:et|and"
        r"|,|$))|nouveau bureau|new (?:office|desk)|retour (?:de (?:vacances|conges|voyage)|au bureau)"
        r"|return to the office|teletravail"
        r"|arrivee (?:sur|a|dans) \w+)",
        rf"{_VERB}(?:demenage\w*|moved?(?! (?:the|my|a|it|to a new (?:laptop|pc|phone)))|moving|relocated"
        r"|chang(?:e|ed|ing) (?:de )?(?:bureau|site|offices?|desks?|etage|batiment|buildings?|floors?)|nouveau bureau"
        r"|rentree?s?"
        r"|revenue?s?(?: du?| de| au)?|de retour|back(?: in| from| at)|came back|teletravail(?:le)?|en teletravail"
        r"|chez moi|a la maison"
        r"|(?:working|work|worked|started working|am|i'm) (?:from home|remotely|at home)|home)",
        rf"{_DID} (?:demenage|moved (?:house|offices?|desks?|to (?:another|a new|the) (?:office|desk|building|floor"
        rf"|site|room))|relocated"
        r"|passee?s? en teletravail|started working (?:from home|remotely)|change de (?:bureau|site|etage|batiment)"
        r"|changed (?:offices?|desks?"
        r"|buildings?|floors?)|installee?s? dans (?:un|de) nouveaux? (?:bureaux?|locaux))",
        r"(?:nouveau bureau|nouveaux (?:bureaux|locaux)|new (?:office|desk|building|floor))s? (?:depuis|since)",
    ),
    "equipment": (
        rf"(?:{_NOUN}(?:(?:changement|remplacement) (?:de |du |d')(?:l'|la |mon |ma )?|new |replacement of {_MY}"
        rf"|(?<=nouveau )"
        rf"|(?<=nouvel )|(?<=nouvelle )|(?<=new ))|{_VERB}(?:{_SWAP} {_MY}(?:{_NEW} )?|{_GOT} ?{_MY}{_NEW} )"
        r"|(?:on m'a|ils m'ont|they(?:'ve| have)?|it|on a) (?:\w+ )?(?:remplace|change|replaced|changed|swapped|took"
        r"|repris|taken)"
        rf" (?:away )?{_MY}(?:old |vieux |vieil |ancien(?:ne)? )?"
        rf"|{_DID}(?:(?: ?(?:eu|recu|got|have|been given))? ?(?:{_GOT} ?)?(?:un |une |a |an |my |mon |ma |le "
        rf"|the ){{0,2}}{_NEW} "
        rf"|(?: change (?:de |d')(?!\w+ de)| {_SWAP} {_MY}))"
        rf"|(?:^|(?<=[.,;!?] ))(?:got|just got|received|recu) (?:un |une |a |my |mon |ma ){{0,2}}{_NEW} ){_GEAR}",
        rf"{_GEAR} (?:(?:toute? )?(?:neuve?|flambant neuve?)(?: et| depuis|,|$))|(?:ancien(?:ne)?|vieux"
        rf"|old) {_GEAR} (?:a ete |was "
        r"|has been )?(?:repris|rendu|remplace|taken|returned|replaced)e?|mon nouveau (?:pc|portable|poste"
        r"|telephone) (?:depuis|et)",
    ),
}
CHANGES = tuple((value, re.compile(rf"(?<![\w-])(?:{'|'.join(ways)})(?![\w-])")) for value, ways in _CHANGED.items())
