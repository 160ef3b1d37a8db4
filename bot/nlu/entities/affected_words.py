"""How people say who else is affected, French and English, over folded text; data for scope.py."""

import re

from .patterns import not_after

_MATES = (
    r"(?:collegues?|coequipi\w{2,6}|binome|voisine?s? de bureau|colleagues?|co-?workers?|team ?mates?|workmates?"
    r"|(?:my|mon|ma|notre|our) (?:boss|manager|cheff?e?|assistante?|stagiaire|intern|responsable|voisine?))"
    r"(?: de [\w-]{2,20}| [\w']{2,12}){0,2}"
)
_TOO = r"(?:aussi|egalement|non plus|pareil|idem|pareillement|too|as well|either|neither)"
_SAME = (
    r"(?:a|ont|has|have|had|rencontrent?|gets?|getting|sees?|seeing|reports?|signalent?) (?:exactement |exactly "
    r"|also |aussi )?"
    r"(?:le|la|les|the|this|ce|cette|that) (?:very |tout )?(?:memes?|same|probleme|problem|issue|souci|panne|erreur"
    r"|error|bug)"
)
_STUCK = (
    r"(?:touche\w*|concerne\w*|impacte\w*|bloque\w*|coupe\w*|en panne|a l'arret|down|hs|ko|affecte\w*|deconnecte\w*"
    r"|plante\w*"
    r"|sans (?:reseau|internet|mail|acces|wifi)|dans (?:le meme|ce) cas|privee?s? de|affected|hit|impacted|stuck"
    r"|blocked|locked"
    r"|offline|disconnected|cut off|without|unable|having|getting|facing|experiencing|seeing|losing)"
)
_MANY = (
    r"(?:\d{1,3}|deux|trois|quatre|cinq|six|dix|plusieurs|quelques(?:[- ]uns)?|une (?:dizaine|douzaine|quinzaine"
    r"|vingtaine)"
    r"|tous|nombreux|two|three|four|five|six|ten|several|many|some|all|a (?:dozen|few|couple|number)|most|both|half"
    r"|others)"
)
_PEOPLE = (
    r"(?:collegues|personnes|gens|utilisateurs|utilisatrices|postes|pc|ordinateurs|users|people|colleagues|co-?workers"
    r"|team ?mates|computers|machines|persons)"
)
_HOUSE = (
    r"(?:site|building|company|office|floor|organi[sz]ation|firm|staff|branch|plant|warehouse|campus|factory"
    r"|headquarters|school)"
)

_SEVERAL = (
    rf"{_MATES} (?:ne |n')?(?:\w+ ){{0,2}}?{_TOO}(?!\w)|{_MATES} {_SAME}|{_MATES} (?:est|sont|is"
    rf"|are) (?:\w+ ){{0,2}}?{_STUCK}"
    rf"|(?:les autres|others|the others|d'autres) (?:{_TOO}|have it|ont le meme|sont (?:dans|aussi|touches))"
    rf"|mes (?:collegues|coequipi\w{2, 6})(?: \w+){{0,2}} (?:n'y arrivent pas|n'arrivent plus|ne peuvent (?:pas|plus)"
    rf"|n'ont plus)"
    r"|(?<!a )toute (?:l'|mon |notre |une )?equipe|(?:la moitie|une partie|le reste|l'ensemble) (?:de l'|du |de mon "
    r"|de notre |de la )"
    r"(?:equipe|service|etage|departement|plateau|bureau)|(?<!a )(?<!pour )(?<!to )tout (?:mon|le|notre"
    r"|l')? ?(?:service|departement|plateau|etage|pole)"
    r"(?! informatique)"
    rf"|(?:mon|notre) (?:service|departement|equipe|plateau|etage|pole) (?:\w+ )?(?:(?:est|a) |n'|ne |aussi|entier)"
    rf"|(?:les|des|ces|mes|d'autres) {_PEOPLE} (?:{_TOO}|sont|ont le|n'ont|ne |touche|concerne|a cote|autour"
    rf"|de (?:mon|l'equipe))"
    rf"|{_MANY} (?:(?:autres?|other|of (?:my|our|the)|de mes|de nos|d'entre|mes) ){{0,2}}{_PEOPLE}"
    rf"(?: (?:\w+ ){{0,3}}?(?:{_TOO}|ont (?:le|la|ce|un|perdu)|n'|ne |have (?:the|this|lost|no|it)|can't|cannot"
    rf"|with the same|{_STUCK}|around|here|report\w*|de mon|a cote"
    r"|autour|de l'equipe|de l'agence))|plus (?:du tout )?sur (?:les |plusieurs |tous les )(?:\w+ )?postes"
    rf"|(?:other|autres|d'autres) {_PEOPLE} {_TOO}"
    rf"|(?:plusieurs|several|multiple|some|quelques) (?:collegues|personnes|utilisateurs|postes|colleagues|people"
    rf"|users)"
    rf"|{_MANY} (?:d'entre nous|of us|of (?:my|our|the) (?:team|department|floor|office|colleagues))"
    rf"|(?:nous sommes|on est|on etait) (?:au moins |environ |tous )?{_MANY}(?! (?:en|dans|a) (?:reunion|tele))(?!\w)"
    r"|pas que moi|pas seulement moi|(?:a |pour )plusieurs(?= (?:a |ici|dans))|not (?:just|only) me"
    rf"|(?:the|my|our) (?:whole |entire )?team (?:is|are) (?:\w+ )?{_STUCK}|(?:the|my|our) (?:whole "
    rf"|entire )?team (?:has|have|can't"
    r"|cannot|too|also|as well|lost)|(?:whole|entire) (?:team|department|floor)"
    r"|(?:everyone|everybody) (?:in|on) (?:my|our|the) (?:team|department|floor|room)"
    r"|tout le monde dans (?:mon|le|l'|notre) ?(?:equipe|service|bureau|departement|salle)"
    r"|we are (?:several|all|\d+|many|two|three)|we all (?:have|lost|get|see)"
)
_FINE = (
    r"(?:ca |tout )?(?:marche|fonctionne|va|roule|passe|est ok|est bon|ok)(?! (?:pas|plus|mal))(?: (?:bien|tres bien"
    r"|parfaitement"
    r"|nickel|sans probleme|normalement|correctement|super bien)){0,2}"
)
_ELSE = (
    r"(?:everyone else|everybody else|anyone else|(?:all )?(?:the |my )?others"
    r"|(?:all )?my (?:colleagues|team ?mates|coworkers))"
)
_ONE = (
    r"(?:il n'y a |y a |ce n'est |n'est |c'est |c |juste |seulement |uniquement |rien )(?:que |qu'a? ?)(?:moi|a moi"
    r"|pour moi|chez moi"
    r"|sur (?:mon|ma))(?!\w)|(?:(?<![\s\S])|(?<=[,;.(:!?\n])|(?<=[,;.(:!?] ))(?:que |qu'a )(?:moi|chez moi"
    r"|pour moi)(?!\w)"
    r"|(?<!pas )(?<!pas que )moi (?:seule?|uniquement|seulement)|je suis (?:bien |apparemment )?(?:le |la )?(?:seule?"
    r"|unique)"
    r"(?! (?:au|dans|aujourd|a la|en))"
    r"|(?:juste|seulement|uniquement|exclusivement) (?:moi|pour moi|chez moi|de mon cote|sur m(?:on|a) \w+|m(?:on"
    r"|a) (?:poste|pc"
    r"|ordinateur|machine))"
    r"|(?:pour moi|chez moi|de mon cote) (?:seule?|uniquement|seulement)|seule? (?:mon|ma) (?:poste|pc|ordinateur"
    r"|session|compte"
    rf"|machine)|personne d'autre|{_FINE} (?:chez|pour|sur|avec) (?:tous )?(?:les autres|mes coll\w+|mon coll\w+"
    rf"|ma coll\w+"
    r"|tout le monde sauf|le reste de)|(?:mes collegues|les autres|ma collegue"
    r"|mon collegue)(?: \w+){0,2} (?:n'ont pas|n'ont aucun"
    r"|n'ont rien|n'a (?:pas|rien)|pas de (?:souci|probleme)|ca (?:marche|va|fonctionne)|ok|y arrivent?"
    r"|peuvent(?! pas| plus)"
    r"|arrivent a|impriment(?! pas| plus))|aucun (?:autre )?collegue|sauf (?:pour |chez )?moi"
    r"|(?:just|only|solely) (?:me(?!\w)|mine|for me|(?:on|at|from) my \w+|on mine|my (?:computer|laptop|pc|account"
    r"|machine|desk|session|user))|i(?:'m| am) (?:apparently |probably )?the only|only i(?!\w)|nobody else|no ?one else"
    r"|none of my (?:colleagues|team)"
    rf"|(?:works?|working|fine|ok|okay|no problem)(?: \w+)? (?:for|with|on|at) {_ELSE}"
    rf"|{_ELSE}(?: \w+){{0,2}}? (?:are (?:all )?(?:fine|ok|good)|can(?!'t|not)|is (?:fine|ok|good)|don't have"
    rf"|doesn't have|works? fine"
    r"|have no|has no|ok(?:ay)?(?!\w)|it works)|(?:everyone|everybody|all|tout le monde)[^.!?\n]{0,60} (?:but|except"
    r"|sauf) (?:me|moi)(?!\w)|myself only|me only|for me only"
    r"|un seul (?:poste|utilisateur)|single user"
)
_NOT_OURS = (  # "nobody answered me" tells nothing about who is affected
    r"(?!m'|me |nous |vous |t'|repon|rappel|sait|saura|vient|viendra|est (?:venu|passe|parfait)|s'occupe|a (?:repondu"
    r"|rappele|compris"
    r"|voulu|su|pense|reagi|aide|traite)|comprend|aime|avoue|prend|traite|pense|bouge|utilise|s'en|dit|peut (?:m'|me "
    r"|nous |le |la |y |les ))"
)
_END = r"(?=\s{0,3}(?:$|[.,;!?)\n]))"
# "Hello everyone" greets; "I wrote to everyone" tells nothing.
_NOT_TO = not_after("hello hi hey bonjour bonsoir salut coucou morning done thanks merci a to bravo")
_EVERYONE = (
    rf"tout le (?:site|batiment|bureau|magasin|siege|service informatique)|{_NOT_TO}tout le monde(?:"
    rf"(?: (?:ici|chez nous|au bureau|sur (?:le )?site|dans (?:la|l') ?(?:boite|entreprise|agence|usine)))? (?:est"
    rf"|sont) "
    rf"(?:\w+ )?{_STUCK}"
    rf"|(?: \w+)?(?: a (?:perdu|le |la |ce |cette|ca|ete|eu|un probleme|plus)| n'a (?:pas |plus )| n'arrive"
    rf"| ne (?:peut|recoit|voit"
    rf"|marche)| aussi| pareil| y a droit| subit| galere)|{_END})"
    r"|(?:toute|l'ensemble de|l'integralite de) (?:la |l')?(?:entreprise|societe|boite|agence|usine|organisation"
    r"|filiale|ecole)"
    r"|tous les (?:utilisateurs|salaries|employes|postes|collaborateurs|bureaux)"
    r"|(?<!sur )(?<!pour )(?<!avec )tous les sites "
    r"(?:sont|n'|ont|de |du )"
    rf"|(?:(?<!\w)plus |absolument )?personne (?:ne |n'){_NOT_OURS}[\w']+(?: \w+){{0,3}}"
    rf"|{_NOT_TO}(?:everyone|everybody)(?: here| at \w+| in the (?:office|company|building))?(?: (?:is"
    rf"|are) (?:\w+ )?{_STUCK}"
    rf"|(?:'s| is| has been) (?:\w+ )?(?:down|offline|stuck|affected)| (?:has|have) (?:lost|the (?:same|problem"
    rf"|issue)|this|that|no|been"
    rf"|problems|issues|it)| (?:can't|cannot|can not|lost|gets?|got|sees?|too|as well|loses)|{_END})"
    rf"|(?:whole|entire|all of the) (?:[\w'-]+ ){{0,2}}?{_HOUSE}|all (?:the |our )?(?:users|staff|employees|sites"
    rf"|company)"
    r"|(?:nobody|no ?one)(?: (?:here|in the \w+|at (?:the )?(?:\w+ ){1,3}?))? ?(?:can(?! (?:help|tell|answer|explain"
    r"|say|fix|come|call|(?:hear|see|reach|join) me))"
    r"|is able|has (?:access|internet|network|mail|email|wifi|a connection)|gets? (?!my|me |back)|receives? (?!my"
    r"|me )|manages )"
    r"|(?:for|pour|chez) (?:everyone|everybody|tout le monde)(?! (?:else|sauf|but|except|in my|on my))"
    r"|company[- ]wide|site[- ]?wide|tout est (?:down|tombe) pour tout"
)
_SCOPES = (("several", _SEVERAL), ("one", _ONE), ("everyone", _EVERYONE))
SCOPES = tuple((value, re.compile(rf"(?<![\w-])(?:{ways})")) for value, ways in _SCOPES)
