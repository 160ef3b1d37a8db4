"""The words by which people ask for a human, news, another language, or say that nothing helped; data for acts.py."""

import re


def _anywhere(*ways: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(ways)})(?![\w-])")


_NOT_AGENT = (
    r"(?! ?(?:antivirus|anti[- ]virus|edr|sccm|intune|de (?:securite|sauvegarde|maj|mise a jour)|d'inventaire|vpn"
    r"|software|service|is |installed|not |has |won't))"
)
_PERSON = (
    r"(?:un |une |a |an |the |le |la |l'|votre |your |another |some )?(?:(?:vrai|vraie|real|live|actual|autre|actual"
    r"|human|humain|support|it|helpdesk|service desk|vivant|vivante)[ -]){0,6}"
    rf"(?:humaine?|human(?: being)?|etre humain|quelqu'un|quelq'un|qqun|qq1|agents?{_NOT_AGENT}|conseillere?s?"
    rf"|operateurs?|operatrice|operators?|techniciene?n?e?s?|technicians?|teleconseiller|representatives?|rep"
    r"|someone|somebody|(?<=une )personne|(?<=une vraie )personne|(?<=vraie )personne|persons?|people|employee"
    r"|advisors?|adviser|interlocuteur|responsable|supervisor|manager du support|collegue du support|colleague|staff"
    r"|support(?: staff| team| agent| person)?|helpdesk|help desk|service desk|equipe (?:support|technique"
    r"|informatique)|l'informatique|le support|l'equipe)"
)
_REACH = (
    r"(?:parle[rz]?|discute[rz]?|echange[rz]?|joindre|contacte[rz]?|avoir|appele[rz]?|voir"
    r"|transfere[rz]?(?:[- ]moi)?|passe[rz]?(?:[- ]moi)?|mette[rz]?[- ]moi en (?:relation|contact)"
    r"|mettre en (?:relation|contact)|etre (?:mis en relation|rappelee?|contactee?|transferee?)"
    r"|redirige[rz]?(?:[- ]moi)?|envoye[rz](?:[- ]moi)?|donne[rz][- ]moi"
    r"|speak|talk|chat|connect(?: me)?|transfer(?: me)?|pass me|reach|get me|put me (?:through|in touch|in contact)"
    r"|give me|forward me|hand me over|escalate(?: (?:this|it|me))?|contact|call|see|have)"
)
HUMAN = _anywhere(
    rf"{_REACH}(?: (?:a|avec|to|with|par|vers|on to))? {_PERSON}",
    r"(?:veux|voudrais|souhaite|besoin d'|aimerais|prefere|exige|demande|want|need|would like|i'd like|prefer|get"
    r"|give me|i demand|plutot|rather)(?: ?(?:un|une|a|an|to have a|avoir un|to get a))? ?(?:vrai |vraie |real "
    r"|live |actual |autre ){0,6}"
    rf"(?:humaine?|human(?: being)?|etre humain|agent{_NOT_AGENT}|conseiller|conseillere|operateur|operator"
    rf"|technicien(?:ne)?|technician|vraie personne|real person|person|representative|interlocuteur humain)",
    r"(?:un|une) (?:vrai|vraie) (?:humain|personne|technicien|agent|conseiller)|(?:a )?(?:real|live|actual) (?:human"
    r"|person|agent|technician|operator)|un humain|a human(?: being)?(?! (?:error|resource))|human please"
    r"|humain (?:svp|s'il)",
    r"(?:ne |n')?(?:veux|voudrais|souhaite) (?:pas|plus) (?:parler|discuter|echanger|d'un|de)? ?(?:a|avec)? ?(?:un "
    r"|une |cette |ce )?(?:robot|bot|machine|ia|chatbot)|(?:don't|do not) want (?:to (?:talk|speak|chat) (?:to"
    r"|with) )?(?:a |this )?(?:bot|robot|machine|chatbot)|(?:pas|not|no more|stop (?:the|avec le)|marre (?:du|des"
    r"|de ce)|assez (?:du|des)) (?:de |a |un )?(?:robots?|bots?|chatbots?)(?=\s*(?:$|[.!,?;]|svp|please))",
    r"(?:pouvez[- ]vous |merci de |pourriez[- ]vous |peux[- ]tu |vous pouvez |il faut |faut )?(?:me "
    r"|m')?(?:(?:r)?appele[rz][- ]moi|(?:me|m') ?(?:r)?appeler)(?! (?:plus tard|demain|mon mot|dans|que|le|la|mon|ma"
    r"|comment))|(?:please )?call me(?: back)?(?! (?:later|tomorrow))|(?:someone|somebody)"
    r"(?: from [\w ]{2,20})? (?:to )?(?:call|ring|phone) me|quelqu'un(?: (?:de|du|des) [\w ]{2,20})?"
    r" (?:peut|pourrait|doit)(?:[- ]il)? (?:m'|me r)appeler|(?:quelqu'un|someone) (?:au bout du fil|on the line)",
    r"with one of (?:your|the) (?:colleagues|technicians|agents|people|team|staff)|avec (?:l'une? |une? )de vos"
    r" (?:collegues|techniciens|agents|conseillers)",
    r"/(?:human|humain|agent|person)",
)
HUMAN_ALONE = re.compile(
    rf"(?:(?:ok|oui|yes|non|no|bon|alors|plutot|je veux|please|svp|merci|thanks|juste|just) ){{0,6}}/?(?:{_PERSON}"
    rf"|une personne|vraie personne|human support|assistance humaine|aide humaine|escalade|escalader|escalate"
    rf"|hand ?over|transfert|transferer|transfer)"
    r"(?: (?:svp|stp|please|pls|s'il (?:vous|te) plait|now|maintenant|merci|thanks|vite|asap|tout de suite)){0,6}"
)
NOT_HUMAN = _anywhere(
    r"(?:pas (?:besoin|la peine)|inutile|ne) (?:de |d')?(?:me |m')(?:r|re)?(?:appeler|contacter|appelez|contactez)"
    r"|(?:no need|don't need|do not need|please don't|not necessary) (?:to |for a )?(?:call|ring|contact"
    r"|phone)(?: me)?(?: back)?"
    r"|(?:don't|do not|no need to|inutile d'|pas besoin d'|ne pas) ?escalader?"
    r"|ressources? humaines?|human resources?|erreurs? humaines?|human errors?|facteur humain|non[- ]human",
    r"(?:n'arrive|arrive|arrivons|parviens|reussis|peux|peut) (?:pas|plus) a (?:parler|joindre|contacter|appeler"
    r"|voir|avoir)|impossible d(?:e |')(?:parler|joindre|contacter|appeler|voir|avoir)|(?:can't|cannot|unable to"
    r"|could not|couldn't|can not) (?:call|reach|see|hear|contact|speak|talk|have|get)"
    r"|(?:ne |n')?(?:veux|souhaite|voudrais|besoin) (?:pas|plus|pas d'|pas de) ?(?:parler |discuter )?(?:a |d'"
    r"|avec )?(?:un |une )?(?:humain|agent|technicien|personne|quelqu'un|conseiller)|(?:don't|do not) (?:want"
    r"|need) (?:to (?:talk|speak) (?:to|with) )?(?:a |an )?(?:human|agent|person|technician|someone)|no need (?:for"
    r"|of) a human|pas besoin d'un (?:humain|agent|technicien)",
    r"(?:voulu|essaye de|tried to|wanted to|en train de|while|pendant que je|quand je|when i|quand on|lorsque je"
    r"|sans) (?:parler|talk|call|appelle|appeler|speak|joindre|parle)",
)

NOT_SOLVED = _anywhere(
    r"toujours (?:pas|rien|le meme|la meme|bloquee?|en panne|pareil|ko|hs|impossible|aussi (?:lent|lente)|casse)"
    r"|(?:encore|tjrs|tjs|tjr) (?:le meme|la meme|bloque|pareil|pas|ko)|(?:ne |n'|ca )?\w* ?(?:marche|fonctionne"
    r"|demarre|imprime|connecte|resout|change|aide) (?:toujours|encore|tjrs|tjs) (?:pas|rien)",
    r"(?:ca|cela)(?: ne| n')? ?(?:a|n'a) (?:rien|pas) (?:change|fait|aide|resolu|marche|fonctionne|regle)|(?:n'a"
    r"|a) (?:rien change|pas aide|pas marche|pas resolu|pas fonctionne)|rien n'a change|rien n'y fait"
    r"|aucun changement|aucune amelioration|aucun effet|sans (?:succes|effet|resultat)|pas mieux|pas (?:resolu"
    r"|regle)e?|non resolu|meme (?:probleme|erreur|message|chose|resultat|souci)|c'est (?:pareil|la meme chose|idem"
    r"|pire)",
    r"still (?:not|no|broken|the same|doesn't|does not|isn't|won't|can't|cannot|nothing|down|fails?|failing"
    r"|happening|having|stuck|having the same|an issue|slow|there|down|blocked|locked)|(?:doesn't|does not|didn't"
    r"|did not|won't|isn't|hasn't|not) (?:work|help|fix(?:ed)?|solved?|change|working|resolved?)(?: (?:anything"
    r"|either|it|the (?:problem|issue)|still|for me)){0,6}(?=\s*(?:$|[.,!;]))",
    r"(?:the )?same (?:problem|error|issue|thing|message|result)|no (?:change|luck|improvement|effect|success"
    r"|difference)|nothing (?:changed|has changed|works|helps)|made no difference|no better|not (?:any )?better"
    r"|(?:problem|issue) (?:persists|remains|is back)|(?:le )?probleme (?:persiste|demeure|continue|est revenu"
    r"|revient)|c'est revenu|ca recommence|ca revient|it(?:'s| is| has) (?:back(?! to)|come back|worse"
    r"|(?:broken|down|stuck|happening) again)|came back"
    r"|again the same|did nothing|it failed|ca a (?:echoue|rate)|essaye en vain",
)
NOT_SOLVED_ALONE = re.compile(
    r"(?:non |no |nope |nan |bah |oui |yes |ok |merci |mais |but |thanks ){0,6}(?:(?:ca|cela|c'est|il|elle|it|that"
    r"|this) )?(?:ne "
    r"|n')?(?:marche|fonctionne|works?|working)? ?(?:toujours )?(?:pas|plus|idem|pareil|ko|doesn't work"
    r"|does not work|not working|isn't working|didn't work|did not work|doesn't|still not|still no|ne marche pas"
    r"|n'a pas marche|a pas marche|echec|failed)(?: (?:du tout|non plus|at all|either|encore|desole|sorry|helas"
    r"|malheureusement|merci|thanks)){0,6}"
)

CORRECTION = _anywhere(
    r"(?:je|j') ?(?:voulais|veux|ai voulu) dire|i mean(?:t)?|(?:pardon|sorry|desolee?|oups|oops|erreur)[, ]+(?:c'est"
    r"|je (?:voulais|suis|parlais)|it's|i'm|i (?:meant|use|have|am)|plutot|rather|the)|je (?:me suis"
    r"|m'etais) trompee?|j'ai (?:mal ecrit|fait une (?:erreur|faute))|my (?:mistake|bad)|i was wrong"
    r"|i made a mistake|erreur de ma part|au temps pour moi|autant pour moi|correction ?:?",
    r"(?:en fait|finalement|actually|in fact)[, ]+(?:non|no|c'est|il s'agit|j'ai|je suis (?:sur|sous)|it's|it is"
    r"|i(?:'m| am) (?:on|using)|i (?:use|have)|c'etait|it was|sur|sous|on)|(?:non|no)[, ]+(?:en fait|plutot|actually"
    r"|rather|c'est (?:plutot|un|une|le|la|mon|sur|sous)|it's (?:a|an|the|on|my)|je suis (?:sur|sous)|i'm (?:on"
    r"|using)|pas (?:sur|sous) \w+)|not (?:windows|mac|macos|linux|outlook|teams|wifi|the \w+)[, ]+(?:but|it's"
    r"|rather)|pas (?:windows|mac|macos|linux|outlook|teams|le \w+|la \w+)[, ]+(?:mais|c'est|plutot)|c'est plutot"
    r"|it's rather|au lieu de ca c'est",
)
RESUME = _anywhere(
    r"(?:reven(?:ons|ez|ir)|retour(?:nons|ne|ner|nez)?|reprend(?:re|s|ons)|reprenez|on reprend|on revient"
    r"|go(?:ing)? back|let's (?:go back|return|resume|continue)|back) (?:a|au|aux|sur|to|with|le|la|the|mon|ma|my"
    r"|l')(?: ?(?:le|la|l'|the|my|mon|ma|notre|our))?(?: ?(?:premiere?|first|autre|other|ancien|previous|precedente?"
    r"|second|deuxieme|vpn|imprimante|printer|mail|outlook|wifi|reseau|network|password|mot de passe|password|pc"
    r"|ordinateur|slow|lent|original|initiale?)){1,6}(?: (?:probleme|problem|issue|sujet|question|one|demande|request"
    r"|souci|thing))?",
    r"(?:on )?repren(?:d|ons|ez)(?=\s*(?:$|[.,!]))|(?:where|ou) (?:were we|en etions[- ]nous|on en etait)"
    r"|resume(?=\s*$)|let's (?:resume|continue)|continuons|continue(?=\s*$)",
)
STATUS = _anywhere(
    r"(?:ou en (?:est|sont|sommes|etes)|qu'en est[- ]il|quid)(?:[- ](?:vous|nous|il|on))?(?: (?:de|du|avec|des|sur"
    r"|pour|la|le|on))?(?: (?:mon|ma|mes|le|la|les|notre|nos|ce|cette|l'))?(?: ?(?:ticket|tickets|demande|demandes"
    r"|dossier|requete|incident|probleme|traitement|resolution|intervention|reparation))",
    r"(?:where(?: is|'s)|what(?:'s| is) (?:the )?(?:status|state|progress)(?: (?:of|on|with))?|status (?:of|on|for)"
    r"|(?:any )?(?:news|update|updates|progress) (?:on|about|of|for|regarding)|how is|follow(?:ing)?[- ]?up on"
    r"|check(?:ing)? (?:on|the status of)) (?:my|the|our|this) (?:open |last |previous )?(?:ticket|request|case"
    r"|incident|issue|claim)(?! (?:with|printing))",
    r"(?:etat|statut|avancement|avance|suivi|nouvelles?|news|relance|update)(?: (?:de|du|sur|pour|concernant"
    r"|about))?(?: (?:mon|ma|mes|la|le|les|notre|ce|my))? (?:ticket|tickets|demande|dossier|requete|incident"
    r"|intervention|request)s?|ticket status|request status|(?:mon|my) ticket (?:n[°o]? ?)?\S*\d+ ?(?:\?|est|en est"
    r"|ou)",
    r"(?:toujours |still )?(?:pas|aucune?|no) (?:de )?(?:nouvelles?|reponse|retour|news|answer|reply"
    r"|response)(?: (?:de (?:votre|vos|la) (?:part|equipe)|(?:du|from the|from) support|from you))?(?: (?:sur|a"
    r"|concernant|on|to|about) (?:mon|ma|my) (?:ticket|demande|request))|(?:quand|when)(?: est[- ]ce que)? (?:mon|ma"
    r"|my|will my) (?:ticket|demande|request)|(?:is|est[- ]ce que) (?:my|mon|ma) (?:ticket|demande|request) (?:done"
    r"|closed|solved|traitee?|resolue?|prise? en charge)|is (?:anyone|someone) (?:working on|looking at) (?:my|it"
    r"|this)|quelqu'un (?:s'occupe|regarde|travaille)",
)
STATUS_ALONE = re.compile(
    r"(?:bonjour |hello |hi |alors |so |et |toujours |still ){0,6}(?:any (?:news|updates?|progress)|des nouvelles"
    r"|du nouveau|une nouvelle|news|(?:ou )?ca avance|c'est ou|on en est ou|ou en est[- ](?:on|ce)|vous en etes ou"
    r"|what's the status|status|statut|(?:pas de|toujours pas de|no) (?:nouvelles?|reponse|retour|news|answer)"
    r"|how long (?:will it take|do i (?:have to )?wait)|(?:c'est )?(?:dans )?combien de temps(?: d'attente)?"
    r"|mes (?:tickets|demandes)|my (?:tickets|requests)|mon ticket|my ticket|list my tickets)(?: (?:svp|please|merci"
    r"|thanks))?"
)
SPEAK_FRENCH = _anywhere(
    r"/lang(?:ue|uage)? fr(?:ench|ancais)?|(?:parle[rz]?|parlons|repond(?:ez|s|re)|continue[rz]?|passe[rz]?"
    r"|ecri(?:vez|s|re)|speak|talk|answer|reply|continue|switch|respond|write|change|go on|carry on)(?: (?:moi|me|a"
    r"|au|to|avec moi|with me|langue|language|the language)){0,6}(?:[- ]moi)? (?:en |in |to |le |into )?(?:francais"
    r"|french)(?! (?:keyboard|version))",
)
SPEAK_ENGLISH = _anywhere(
    r"/lang(?:ue|uage)? en(?:glish)?|(?:parle[rz]?|parlons|repond(?:ez|s|re)|continue[rz]?|passe[rz]?|ecri(?:vez|s"
    r"|re)|speak|talk|answer|reply|continue|switch|respond|write|change|go on|carry on)(?: (?:moi|me|a|au|to"
    r"|avec moi|with me|langue|language|the language)){0,6}(?:[- ]moi)? (?:en |in |to |l'|into )?(?:anglais"
    r"|english)(?! (?:keyboard|version))",
)
FRENCH_ALONE = re.compile(
    r"(?:en |in |back to |retour (?:au|en) )?(?:francais|french)(?: (?:svp|please|stp|s'il (?:vous"
    r"|te) plait|merci)){0,6}|fr"
)
ENGLISH_ALONE = re.compile(
    r"(?:en |in |back to |retour a l')?(?:anglais|english)(?: (?:svp|please|stp|s'il (?:vous|te) plait"
    r"|only)){0,6}|(?:i )?(?:don't"
    r"|do not) speak french|en"
)
NOT_LANGUAGE = _anywhere(
    r"(?:outlook|word|excel|teams|windows|clavier|keyboard|interface|version|menu|office|logiciel|software)\b.{0,25}"
)
WROTE_BEFORE = _anywhere(
    r"(?<!that )(?<!which )(?<!mail )(?<!message )"
    r"(?:i|we|i've|we've|i have|we have) (?:already |just |also ){0,2}(?:e?-?mailed|wrote|written|messaged|contacted"
    r"|reported|told|sent|opened|raised|logged)(?: to)?(?: (?:you|the desk|support|this|it|about|an?|the|e-?mail"
    r"|message|mail|ticket|request|by|on|slack|telegram|chat|in)){1,8} ?(?:yesterday|already|before|earlier"
    r"|last (?:week|month|night|friday|monday)|this morning|about (?:this|it|that)|\d+ (?:days?|hours?) ago"
    r"|(?:by|via|on|in) (?:e-?mail|mail|slack|telegram|chat))",
    r"(?:as|like) (?:i )?(?:said|told you|wrote|mentioned|explained)(?: to you)?(?: (?:in|by|on|via)(?: my| the| an?)?"
    r"(?: last| previous)? (?:e-?mail|mail|message|slack|telegram|chat))",
    r"(?:it's |this is )?about (?:the|my) (?:e-?mail|ticket|request|message)"
    r" (?:(?:that )?i (?:sent|opened|wrote|raised))",
    r"(?<!que )(?<!mail )"
    r"(?:je|j'|on|nous) ?(?:vous |t')?(?:ai|a|avons|avais|avions) (?:deja |bien |aussi ){0,2}(?:ecrit|envoye"
    r"|contactee?s?|maile|signalee?|prevenue?s?|ouvert|fait)(?: (?:un|une|le|la|ce|cette|vous|mail|e-?mail|courriel"
    r"|message|ticket|demande|par|sur|slack|telegram|chat|au|a|support)){0,8} ?(?:hier|avant-hier|ce matin|deja"
    r"|la semaine|a ce sujet|a ce propos|la-dessus|il y a|par (?:mail|e-?mail|courriel|slack|telegram|chat)"
    r"|sur (?:slack|telegram|le chat))",
    r"(?:comme|ainsi que) (?:je )?(?:(?:vous|te) )?(?:l'ai |le |l')?(?:disais|dit|ecrit|indique|explique|expliquais)"
    r"(?: (?:dans|par|sur)(?: mon| un| le)?(?: dernier)? (?:mail|e-?mail|courriel|message|slack|telegram|chat))",
    r"(?:c'est )?pour (?:la|ma) demande que j'ai (?:faite|ouverte|envoyee)",
)
COMMAND = re.compile(r"/(?:start|help|aide)(?: \S{0,64})?")  # the first word on Telegram, and what bots are asked
