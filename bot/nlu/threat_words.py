"""The words of dangers and threats, and of what only seems one, in both languages, over folded text; for moods.py."""

from .mood_words import anywhere

DANGER = anywhere(
    r"(?:de la |beaucoup de )?fumees?|ca fume|qui fume|\w+ fume|smok(?:e|ing|es)|odeur (?:de |d')?(?:brule|cramee?"
    r"|plastique|chaud|roussi)|sent (?:le )?(?:brule|cramee?|roussi|le plastique)|ca (?:brule|crame)|burn(?:ing"
    r"|t) (?:smell|plastic|odou?r)|smells? (?:of |like )?(?:burn(?:ing|t)|smoke|fire)|smell of (?:burning|smoke)",
    r"batterie (?:qui )?(?:\w+ ){0,3}(?:gonfl\w+|bombee?|deformee?|explos\w+|brulante|fuit)|(?:gonflee?"
    r"|bombee?) (?:\w+ ){0,3}batterie|(?:batterie|coque|clavier|touchpad|trackpad"
    r"|pave tactile) (?:\w+ ){0,2}(?:gonfle|est souleve|se souleve|bombe)|(?:swollen|swelling|bulging|bloated"
    r"|leaking|exploded) (?:\w+ )?battery|battery (?:\w+ ){0,3}(?:swollen|swelling|bulging|bloated|swells|leaking"
    r"|exploded|on fire|expanding|puffed)",
    r"(?:a|ont|commence a|en train de|jusqu'a) fond(?:u|re)|(?:has|have|is|it|casing|plug|charger) melt(?:ed|ing)"
    r"|electrisee?s?|(?:casque|chargeur|telephone|portable|pc|ordinateur|ecran|souris|alimentation|prise|multiprise"
    r"|ampoule|headset|charger|phone|laptop|computer|screen|monitor|mouse|adapter|socket|power (?:supply|strip))"
    r"(?: [\w']+){0,3} explo(?:se|sion|ded)",
    r"(?:lid|case|casing|bottom|back|underside|trackpad|touchpad|screen|laptop|macbook|phone|tablet)(?: [\w']+){0,4}"
    r" (?:bulged|bulges|bulging|swollen|bloated|swelled)",
    r"etincelles?|court[- ]circuit|(?:a pris|prend|prendre|en) feu|incendie|flammes?|sparks?|sparking|on fire"
    r"|caught fire|flames|short circuit|(?:choc|decharge) electrique|electrocut\w+|electric shock|pris (?:le"
    r"|une) (?:jus|decharge|chataigne)",
)
NO_DANGER = anywhere(
    r"(?:pas|aucune|sans|no|without) (?:de |any )?(?:fumee|odeur|smoke|burning)|rechauffe|pare[- ]feu|feu vert"
    r"|feu rouge|(?:detecteurs?|capteurs?|alarmes?) (?:de |a )?(?:fumee|incendie)s?|smoke (?:detectors?|alarms?|tests?"
    r"|signals?)|(?:exercices?|simulation|plan|porte|alerte) (?:d'|anti |d'alerte )?(?:incendie|evacuation)"
    r"|fire (?:drills?"
    r"|doors?|alarms?|marshals?|wardens?)|(?:apache )?spark (?:licen[cs]es?|clusters?|jobs?|sql|notebooks?)"
    r"|apache spark"
    r"|(?:logo|icone|emoji|symbole|icon|picture)(?: \w+){0,4} (?:flammes?|flames?|feu|fire)|(?:fait"
    r"|made) (?:des )?etincelles"
    r" avec|sparks? (?:joy|interest|ideas)"
)

NO_THREAT = anywhere(
    r"(?:malade|grippe|cloue|alite|arret|conges?|off|sick|ill|bed|home|flu|leave)(?: [\w']+){0,6} virus"
    r"|virus(?: [\w']+){0,3}"
    r" (?:m'a cloue|au lit|last week|la semaine|grippal|de la grippe)|hacked together|hack(?:ed)? (?:a|my) (?:macro"
    r"|script)",
    r"(?:formation|module|e[- ]?learning|sensibilisation|campagne|simulation|exercice|quiz|webinaire|atelier|cours"
    r"|politique|rapport)s?(?: \w+){0,3} (?:phishing|hameconnage|securite|cybersecurite|ransomware|rancongiciel"
    r"|virus|piratage)",
    r"(?:phishing|security|ransomware|cyber\w*|malware)(?: \w+){0,2} (?:training|awareness|course|module|simulation"
    r"|exercise|campaign|quiz|webinar|policy|test campaign)|(?:training|course|module|webinar) (?:on|about|sur"
    r"|for) (?:phishing|security|ransomware|malware)",
    r"(?:faux positif|anti[- ]?spam|filtre anti\w*|antivirus)|(?:dans|en|in|to|into|as|comme|goes to|go to) (?:the "
    r"|mon |mes |les |le |my )?(?:dossier |folder )?(?:spams?|junk|indesirables?)(?: folder)?",
)

_BAD = (
    r"(?:suspecte?s?|suspicious|bizarres?|douteu(?:x|se)s?|louches?|etranges?|weird|strange|fishy|dodgy|phishing"
    r"|hameconnage|frauduleu(?:x|se)s?|fraudulent|malveillante?s?|malicious|piegee?s?|fake|faux|fausses?|infectee?s?"
    r"|infected|verolee?s?|inconnue?s?|unknown|scam|arnaque)"
)
_DEVICE = (
    r"(?:pc|ordi(?:nateur)?|portable|laptop|computer|notebook|telephone|phone|smartphone|mobile|iphone|ipad|tablette"
    r"|tablet|macbook|badge|cle usb|usb (?:key|stick|drive)|disque (?:dur|externe)|cles? (?:de securite|fido)"
    r"|sacoche|bag|mac)"
)
_MINE = (
    r"(?:mon |ma |my |le |la |the |un |une |a |notre |our |ses |mes |work |pro |company |professionnel(?:le)? "
    r"|d'entreprise ){0,4}"
)
_SECRETS = (
    r"(?:mots? de passe|mdp|password|identifiants?|credentials|codes?|login|acces|log ?in|coordonnees|infos?"
    r"|informations?|details|data|donnees)"
)

ACTIVE = anywhere(
    r"ransom\w*|rancon\w*|(?:fichiers?|documents?|dossiers?|donnees|files?|documents|folders?|data|everything"
    r"|tout)(?: \w+){0,5} (?:chiffre\w*|crypte\w*|renommes?|verrouilles? par|encrypted|renamed|locked by)|(?:demande"
    r"|asks?|asking|want\w*|exige)(?: \w+){0,4} (?:bitcoins?|crypto\w*|btc)|\.(?:locked|encrypted|lockbit|crypt)",
    r"(?:quelqu'un|qqun|on|un inconnu|un hacker|un pirate|une personne|someone|somebody|a hacker|a stranger"
    r"|an unknown person|the hacker)(?: \w+){0,4} (?:controle|pris la main|prend la main|prend le controle"
    r"|pris le controle|dirige|bouge ma souris|deplace|controls?|controlling|taken (?:over|control)|taking (?:over"
    r"|control)|took (?:over|control)|moving my mouse|in my (?:computer|pc)|remote(?:ly)? control\w*)",
    r"(?:prise de (?:controle|main) (?:a distance )?(?:inconnue|suspecte|non demandee|que je n'ai pas))|(?:someone"
    r"|somebody|a stranger|a (?:fake|so[- ]called) (?:technician|microsoft))(?: \w+){0,6} (?:connected to|accessed"
    r"|remote(?:d)? into) my (?:computer|pc|laptop|screen)|unknown remote (?:control|session|access)|faux (?:support"
    r"|technicien)(?: \w+){0,6} (?:anydesk|teamviewer|a distance|acces|controle|connecte|main)|(?:installe|installed"
    r"|install) (?:anydesk|teamviewer)(?: \w+){0,8} (?:inconnu|appele|telephone|called|phone|microsoft|arnaque"
    r"|scam\w*)",
    r"(?:fait|effectue|envoye|verse|made|sent|did|wired|transferred|paid)(?: \w+){0,5} (?:virement|argent|transfer"
    r"|money|payment|paiement|euros|dollars)(?: \w+){0,6} (?:frauduleu\w+|fraud\w*|faux|fake|escroc\w*|scam\w*"
    r"|arnaque\w*|pirate|inconnu)|(?:fraude au president|ceo fraud|faux virement|faux rib)|(?:donne|communique|saisi"
    r"|entre|rentre|gave|given|entered|typed|shared|sent|envoye)(?: \w+){0,5} (?:carte (?:bancaire|bleue|de credit)"
    r"|cb|coordonnees bancaires|rib|iban|credit card|bank (?:details|account|card)|card (?:number|details))",
    r"(?:plusieurs|several|tous les|toute l'equipe|many|all the|des|my) (?:collegues?|personnes|colleagues|people"
    r"|users|utilisateurs)(?: \w+){0,4} (?:clique|ouvert|clicked|opened|pirates?|hacked|infectes?|infected)",
)
ACTED = anywhere(
    rf"(?:clique\w*|click(?:ed|ing)?|appuye|ouvert|opened|open|telecharge|downloaded|execute|lance|ran|repondu"
    rf"|replied|responded|scanne|scanned|rempli|filled)(?: [\w']+){{0,6}} (?:(?:lien|link|pieces? jointes?|pj"
    rf"|attachment|fichier|file|mail|message|qr ?code|formulaire|form|url|site|page|sms|document|doc"
    rf"|exe)s?)(?: [\w']+){{0,6}} {_BAD}",
    rf"{_BAD}(?: [\w']+){{0,10}} (?:j'ai clique|clique dessus|clicked|cliquee?|ouvert|opened|repondu|telecharge"
    rf"|downloaded|replied)|(?:j'ai|i(?:'ve| have)?|on a|il a|elle a|she|he|mon collegue a"
    rf"|my colleague)(?: [\w']+){{0,3}} (?:clique|clicked)(?: [\w']+){{0,4}} (?:lien|link|dessus|on it|piece jointe"
    rf"|attachment|pub|ad|dedans)(?! (?:de|du|of|to|for|from|vers|pour|teams|zoom|meeting|sharepoint|vpn"
    rf"|reset)(?!\w))",
    rf"(?:opened?|ouvert|lance|execute|ran|clique(?: \w+)?|clicked on)(?: [\w']+){{0,3}} (?:a |un |une )?(?:virus"
    rf"|malware|cheval de troie|trojan|{_BAD} (?:link|attachment|file|email|mail|lien|fichier))"
    rf"|(?:j'ai )?ouvert une piece jointe (?:avec|suspecte|bizarre|infectee|verolee)",
    rf"(?:donne\w*|communique|saisi|entre|rentre|tape|mis|envoye|partage|renseigne|fourni|gave|given|entered|typed"
    rf"|shared|sent|put in|provided|submitted)(?: [\w']+){{0,4}} {_SECRETS}(?: [\w']+){{0,6}} (?:{_BAD}|site|lien"
    rf"|link|page|telephone|phone|inconnu|stranger|someone|quelqu'un|formulaire|form|pirate|hacker|mail|email|caller"
    rf"|website)",
    r"(?:(?:je pense|i think|peur|afraid|suis|ete|been|got|was|fait|est|is|semble|has|a ete|have been|avoir ete"
    r"|me suis fait|s'est fait)(?: [\w']+){0,5} )?(?:piratee?s?|hackee?s?|hacked|compromise?s?|usurpee?s?|phished"
    r"|scammed|arnaquee?s?|escroquee?s?|hameconnee?s?|breached|pwned)|piratage|usurpation d'identite|identity theft"
    r"|se fait passer pour (?:moi|le|la|notre|mon)|impersonat\w+|pretend(?:ing|s)? to be",
    r"(?:approuve|valide|accepte|approved|accepted|confirmed)(?: [\w']+){0,6} (?:demande|notification|prompt|request"
    r"|mfa|connexion|authenticator|sign[- ]?in)(?: [\w']+){0,8} (?:pas (?:moi|demandee?|lancee?)|par erreur"
    r"|by mistake|not me|didn't|unknown|inconnue?|n'avais pas|wasn't mine)|(?:approved|valide|accepte) (?:a|une"
    r"|an) (?:mfa|2fa|authenticator|connexion|sign[- ]?in)(?: \w+){0,2} (?:prompt|request|demande|notification)",
    r"(?:demandes?|notifications?|codes?|prompts?|requests?|alertes?|alerts?|sms|mails?|sign[- ]?ins?|connexions?"
    r"|logins?)(?: [\w']+){0,7} (?:que je n'ai (?:pas|jamais) \w*(?:demand|lanc|fait|initi|sollicit|envoy"
    r"|provoqu)\w*|i (?:did not|didn't|never) (?:ask|start|request|send"
    r"|make|initiate)|non (?:demandee?s?|sollicitee?s?)|n'est pas moi|pas moi|wasn't me|was not me|not me"
    r"|from (?:another country|russia|china|abroad)|depuis (?:la russie|la chine|l'etranger|un autre pays|un pays)"
    r"|a l'etranger)",
    r"(?:mails?|messages?|emails?)(?: [\w']+){0,6} (?:envoyes?|partis|partent|sent"
    r"|going out|de ma part|from me)(?: [\w']+){0,6} (?:a mon insu|sans que je|de ma boite|from my (?:account"
    r"|mailbox|address)"
    r"|que je n'ai (?:pas|jamais) (?:ecrits?|envoyes?)|without me|that i (?:did not|didn't) (?:send|write))"
    r"|(?:mon compte|ma boite|my (?:account|mailbox))(?: [\w']+){0,3} (?:envoie|sends|is sending"
    r"|spamme)(?: [\w']+){0,3} (?:spams?|mails?|messages|emails)|(?:regles?|rules?|transfert"
    r"|forwarding)(?: [\w']+){0,5} (?:que je n'ai pas|inconnue?s?|i (?:did not|didn't) (?:create|make|set)|unknown"
    r"|suspecte?s?)",
    rf"(?:vole\w*|stolen|derobee?s?|cambriolee?s?)(?: [\w']+){{0,4}} {_MINE}{_DEVICE}"
    rf"|{_MINE}{_DEVICE}(?: [\w']+){{0,6}} (?:volee?s?|stolen|derobee?s?|was lost|is lost|been lost|disparu"
    rf"|egaree?s?|est perdue?)|(?:perdu|egare|lost|misplaced|oublie|forgot"
    rf"|left)(?: dans le \w+)? {_MINE}{_DEVICE}(?! (?:password|pin|code|charger|driver|screen|session|licen[cs]e|key"
    rf"|chargeur|case|connection|account|administration))(?=(?: [\w']+){{0,6}}(?:\s*$| [\w']+|[.,!?;]))",
    rf"{_DEVICE}(?: [\w']+){{0,3}} (?:restee?s?|oubliee?s?|laissee?s?|left|forgotten)(?: [\w']+){{0,2}}"
    r" (?:dans|au|a|in|on|at)(?: (?:le|la|l'|un|une|the|a))? ?(?:taxi|uber|cab|train|metro|tram|bus|avion|plane|hotel"
    r"|restaurant|cafe|gare|station|aeroport|airport)|cambriol\w*|effraction|burgl\w*"
    r"|(?:broke|broken|break|breaking)[- ]in(?:to)?",
    r"(?:votre|your) (?:ordinateur|pc|appareil|telephone|computer|device|mac|phone)(?: [\w']+){0,3} (?:infectee?"
    r"|infected|compromised?|at risk)",
    r"(?:me suis fait|on m'a|s'est fait|i had|got) (?:voler|vole|derober|stolen)|(?:my|mon|ma) (?:\w+ )?(?:laptop"
    r"|computer|phone|pc|bag|sac|sacoche)(?: \w+){0,2} (?:stolen|robbed)|someone stole my|on m'a pris mon (?:pc"
    r"|portable|telephone|ordinateur)",
    r"(?:envoye|transmis|partage|sent|shared|emailed|forwarded|diffuse)(?: [\w']+){0,8} (?:(?:a la |au |aux "
    r"|to the )?(?:mauvaise?s?|wrong) (?:personnes?|destinataires?|adresses?|person|recipients?|people|address"
    r"|customer|client)|par erreur a|by mistake to)|fuite de donnees|data (?:leak|breach)|violation de donnees",
    r"(?:j'ai |i have |there is |il y a |avoir |got |have |has |detecte |detected |found |trouve |attrape |caught "
    r"|un |a ){1,3}(?:un |a |des |the |une )?(?:virus|malware|trojan|cheval de troie|logiciel espion|spyware"
    r"|keylogger)(?: [\w']+){0,4}|(?:virus|malware|menace|threat|trojan)(?: [\w']+){0,3} (?:detectee?|trouvee?"
    r"|detected|found)|(?:pop[- ]?ups?|fenetre|page|message)(?: [\w']+){0,8} (?:numero de (?:microsoft|telephone)"
    r"|appeler microsoft|call microsoft|infected|infecte|virus)",
    r"(?:made|had|told|asked|fait|demande)(?: \w+){0,3} (?:install\w*|telecharger?|download) (?:anydesk|teamviewer)"
    r"|5\.1\.8|5\.7\.50[123]|aadsts53004|(?:souris|mouse|curseur|cursor)(?: [\w']+){0,3} (?:bouge|moves?|moving"
    r"|se deplace)(?: [\w']+){0,3} (?:toute? seule?|by itself|on its own|alone)",
    r"(?:menaces? de (?:mort|violence)|me menace|menace de me|threaten(?:ed|ing|s) (?:me|to)|death threat|chantage"
    r"|blackmail\w*|harcele\w*|harcelement|harass\w+|suicide|me suicider|kill myself|end my life|sextorsion"
    r"|sextortion)",
)
NOT_TOUCHED = anywhere(
    r"(?:n'ai|n'ai rien|pas|rien|jamais|sans|n'a|not|never|didn't|did not|haven't|have not|without|dois[- ]je"
    r"|faut[- ]il|puis[- ]je|est[- ]ce que je (?:peux|dois)|should i|can i|je peux|do i|may i|avant de|before"
    r"|demande de|asks? (?:me )?to|asking (?:me )?to|invite a|wants? me to|m'invite a|me demande d[e']|pour|to"
    r"|qui me demande de|de ne pas|ne pas)(?: (?:i|je|de|d'|a|encore|yet|rien|pas)){0,6} ?(?:clique\w*|click(?:ed|ing)?"
    r"|ouvert|ouvrir|open(?:ed|ing)?|repondu|repondre|repl(?:y|ied|ying)|telecharge\w*|download(?:ed|ing)?|donne\w*"
    r"|g[ia]ve[n]?|enter(?:ed)?|rentrer|saisir|saisi|valid\w+|approuve\w*|approved?|scanner|scan|fill|remplir|mettre"
    r"|changer|entrer|communiquer|confirmer)",
)
RECEIVED = anywhere(
    r"phish\w*|hameconn\w*|filoutage|smishing|vishing|scams?|arnaques?|escroquerie|spoof\w*|(?:signaler|report\w*"
    r"|recu|received|got|recois|getting|receiving|avalanche de|flooded with)(?: [\w']+){0,3} (?:spams?|pourriels?"
    r"|junk mail)",
    rf"(?:mails?|e-?mails?|messages?|courriels?|sms|textos?|appels?|calls?|text message|piece jointe|attachment|lien"
    rf"|link|facture|invoice|expediteur|sender|fichier|qr ?code|courrier)(?: (?:tres|vraiment|un peu|assez|plutot"
    rf"|qui (?:me )?(?:semble|parait|a l'air)|that (?:looks?|seems?)|which (?:looks?|seems?)|looks?|seems?|very"
    rf"|a bit|really|me semble|parait|semble|est|is|me parait|a l'air|sont|des plus)){{0,6}} {_BAD}",
    r"(?:suspicious|fraudulent|fake|malicious|dodgy|fishy|weird|strange|phony|bogus|suspect) (?:\w+ )?(?:e-?mails?"
    r"|mails?|messages?|texts?|sms|calls?|links?|attachments?|senders?|invoices?|files?|qr ?codes?|websites?"
    r"|activity|login|sign[- ]?in|connection)|(?:faux|fausse|drole de|etrange|bizarre) (?:mails?|messages?|sms|site"
    r"|courriel|facture|technicien|support)|tentative (?:de |d')(?:phishing|fraude|hameconnage|escroquerie|arnaque"
    r"|intrusion|connexion suspecte)|(?:connexion|activite|tentative de connexion) (?:suspecte|inhabituelle"
    r"|inconnue)|(?:unusual|suspicious) (?:sign[- ]?in|login|activity)|(?:est[- ]ce (?:que )?(?:ce|c'est)|is (?:this"
    r"|it|that))(?: [\w']+){0,4} (?:phishing|frauduleux|legit(?:ime)?|safe|un vrai mail|arnaque|genuine|a scam)",
)
