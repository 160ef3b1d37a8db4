"""The words, French and English, by which people hand over a password, a key or a one-time code; data alone."""

import re


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_NAME = (
    r"(?:mots?[ -]de[ -]pass?es?|motdepasse|mdps?|m\.d\.p\.|m2p|passwords?|passwd|passphrases?|passcodes?|pwd|psw"
    r"|phrase (?:secr[èe]te|de passe)|code (?:pin|secret|(?:du )?wi-?fi)|pin(?: code)?|cl[ée]f? (?:wi-?fi|wpa2?)"
    r"|(?:wi-?fi|wpa2?) key|(?-i:\bPW|\bpw))"
)
_FROM = r"(?<![^\W_])"  # `db_password` counts, `onepassword` does not
_TO = r"(?:[_.-][a-z0-9]{1,15}){0,2}(?![^\W_])"
_PASS = r"(?:(?<![^\n,;/|_.-])|(?<=[,;/|] ))pass"  # of `user/pass`, `DB_PASS`
_ASIDE = r"(?:\s{0,3}\([^()\n]{0,30}\))?"
# Words may stand between the name and the value, yet not another subject, a refusal or a second clause.
_OTHER = (
    r"(?:ne|pas|jamais|not?|never|et|and|mais|but|qui|ou|or|car|because|puis|then|while|when|quand|since|depuis|after|before|apr[èe]s|avant|erreur|error|message|ticket|codes?"
    r"|num[ée]ro|number|n[°o]|log-?in|identifiants?|id|user\w{0,10}|utilisateur|r[ée]f[ée]rence|\w{0,12}n['’]t|n['’]\w{1,20})"
)
_GAP = rf"(?P<gap>(?:[^\S\n]{{1,3}}(?!{_OTHER}(?![\w'’]))[^\s:;,.!?=]{{1,30}}){{1,8}}?)??"
_COLON = r"[\"'’»”]?[^\S\n]{0,3}(?:[:=]|->|=>|→)[^\S\n]{0,3}\n{0,2}"
_IS = (
    r"(?:\s{1,3}(?:est|c['’ ]?est|c|is|was|[ée]tait|sera|sont|are)\b"
    r"(?:\s{1,3}(?:le suivant|the following|donc|bien|now|maintenant)\b)?\s{0,3}:?\s{0,3}|['’]s\s{1,3})"
)
_VERB = r"(?:est|is|was|[ée]tait|comme|as|c['’]est|pour|for|=)"
_OWN = r"(?:(?:mon|le|un|notre|votre|ce|my|the|our|your|a|nouveau|new|ancien|old|wi-?fi|vpn|windows)\s{1,3}){0,3}"
_ACCOUNT = r"\b(?:log-?in|identifiants?|user(?:name)?|utilisateur|compte|account|id|e?-?mail|credentials)\b"
_THEN = r"[^\S\n]{0,3}[/|,;-]?[^\S\n]{0,3}(?:et |and )?"

# Each ends where the value begins.
COLON = _words(rf"{_FROM}(?:{_NAME}|{_PASS}){_TO}{_ASIDE}{_GAP}{_COLON}")
TAG = _words(rf"<\w{{0,20}}{_NAME}\w{{0,20}}>")
COPULA = _words(rf"{_FROM}{_NAME}(?![\w-]){_ASIDE}{_GAP}{_IS}")
WITH = _words(rf"\b(?:avec|with|using|utilise|essay[ée]|tried)\s{{1,3}}{_OWN}{_NAME}\s{{1,3}}")
PAIR = _words(
    rf"{_ACCOUNT}[^\S\n]{{0,3}}[:=]?[^\S\n]{{0,3}}(?P<id>[^\s:=]{{2,64}}){_THEN}{_OWN}{_NAME}[^\S\n]{{1,3}}"
)  # fmt: skip
BARE = _words(rf"{_FROM}{_NAME}\s{{1,3}}")
CHANGE = _words(rf"{_NAME}\s{{1,3}}(?:[\w'’]{{1,30}}\s{{1,3}}){{0,4}}?(?:to|en|par|with|avec|as|à)\s{{1,3}}")
CHANGED = _words(
    r"\b(?:chang|modifi|remplac|r[ée]initialis|reset|set|updat)\w{0,4}\s{1,3}(?:\w{1,12}\s{1,3}){0,3}"
    rf"{_NAME}\s{{1,3}}(?:[\w'’]{{1,30}}\s{{1,3}}){{0,2}}?(?:to|en)\s{{1,3}}"
)
CREDENTIALS = _words(
    r"(?:(?:identifiants?|cred(?:ential)?s|compte|account|(?:log-?in|user(?:name)?|id)\s?/\s?(?:mdp|pass(?:word)?))"
    r"[^\S\n]{0,3}(?:[:=]|\bsont\b|\bare\b)[^\S\n]{0,3}[^\s/|,;:]{1,64}[^\S\n]{0,3}[/|,;: ]"
    r"|(?:log-?in|user(?:name)?)[^\S\n]{0,3}[:=]?[^\S\n]{1,3}[^\s/|,;:]{1,64} [/|])[^\S\n]{0,3}"
)
COMMAND = _words(
    r"(?:\s(?:-u|--user)\s{1,3}[\"']?[^\s:\"']{1,64}:|\bsshpass\s{1,3}-p\s{0,3}|\bmysql\w{0,6}\s[^\n]{0,80}?\s-p(?=\S)"
    r"|\s/user:\S{1,64}\s{1,3}|\s--?pass(?:word)?\s{1,3})"
)
PIN = _words(rf"{_FROM}(?:pin(?: code)?|passcode)\s{{1,3}}(?P<value>\d{{4,8}})(?![\w/%-])")
REVERSED = _words(rf"(?<!\S)(?P<value>\S{{4,128}}+)\s{{1,3}}{_VERB}\s{{1,3}}{_OWN}{_NAME}(?![\w-])")
NAMED = _words(rf"{_FROM}{_NAME}(?![\w-])")

CLAUSE_END = _words(
    r"\s*(?:$|[\n.,;!?)\]»”\"'/|]|(?:et|and|mais|but|pour|for|merci|thanks|svp|please|cordialement|or|ou|so|donc|car"
    r"|because|does\w*|doesn['’]t|isn['’]t)\b)"
)
STATE = _words(r".*(?:ed|ing|ly|ée?s?|ment|ible|able|tion)")
QUALITY = _words(r"\w*(?:ive?s?|ique|ic|al|ous|eux|euse|ful|less|ant|ent|ish)")
KNOWN_NAME = _words(
    r"(?:win(?:dows)?|office|exchange|server|excel|word|teams|chrome|firefox|acrobat|autocad|o|m|ms|microsoft|sap|sage"
    r"|wifi|wpa|vpn|iphone|galaxy|ios|android|outlook|kb|v|macos|http|id|inc|req|ritm|pc|srv|vm|cmd)[-_.]?\d[0-9a-f.]*"
    r"|aadsts\d+|caa[0-9a-f]+|0x[0-9a-f]+|\d{1,2}[h:]\d{0,2}|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|https?://\S+"
    r"|[\w.+%-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}|\d+(?:er|e|è|eme|ème|st|nd|rd|th|h|j|min|x|%)|[a-z]+/[a-z/]+"
    r"|[^\W\d]+['’][^\W\d]+"
)

# One-time codes.
_PURPOSE = (
    r"(?:sms|mfa|2fa|a2f|otp|totp|re[çc]u|temporaire|authenticator|slack|microsoft|google|[àa] usage unique"
    r"|[àa] (?:six|\d) chiffres|d['’](?:authentification|acc[èe]s (?:temporaire|unique)|activation|identification)"
    r"|de (?:v[ée]rification|validation|confirmation|s[ée]curit[ée]|connexion|secours|r[ée]initialisation))"
)
_USE = (
    r"(?:sms|mfa|2fa|otp|totp|verification|verif|security|one[- ]time|single[- ]use|authenticat(?:or|ion)|log-?in"
    r"|sign-in|confirmation|text|backup|activation|reset|unlock|temporary|(?:six|\d)[- ]digit)"
)
_CODE = (
    rf"(?:(?:codes?|num[ée]ro) {_PURPOSE}(?: (?:sms|re[çc]u|microsoft|google|par sms))?"
    rf"|{_USE} (?:code|passcode|password)s?|\bt?otp\b|\b(?:mon|votre|my|your) code"
    r"|(?:sms|mfa|2fa|verification|v[ée]rification|authenticator)(?= ?[:=]))"
)
_BETWEEN = (  # words of giving and getting
    r"(?:re[çc]u\w*|received|got|get|gave|given|est|is|was|[ée]tait|c['’ ]?est|c|le|la|les|the|an?|un|du|de|des|d['’]"
    r"|of|que|qu['’]\w+|that|which|you|vous|tu|i|j['’]ai|m['’]\w*|on|me|we|my|mon|votre|your|par|by|via|sur|from|for"
    r"|pour|in|dans|to|à|l['’]appli\w*|app|appli\w*|sms|texto|text|message|e?-?mail|phone|t[ée]l[ée]phone|portable|mobile"
    r"|google|microsoft|authenticator|slack|demand\w+|asked?|wanted|sen[td]|envoy\w+|donn\w+|tap\w+|typed?|saisi\w*"
    r"|enter\w*|entr\w+|mis|put|used?|utilis\w+|affich\w+|show\w*|says?|said|avez|ont|ai|ha[sd]|have|been|just|vient"
    r"|suivant\w*|following|voici|here|bien|only|code|temporaire|fait|not[ée]|wrote)"
)
_HANDED = rf"(?:[^\S\n]{{1,3}}{_BETWEEN}(?!\w)){{0,9}}[^\S\n]{{0,3}}[:=→]?[^\S\n]{{0,3}}\n?[\"'«“(]?\s?$"
CODE_LEAD = _words(rf"(?<![\w-]){_CODE}{_HANDED}")
CODE_WORD = _words(r"\b(?:(?:pass)?codes?|t?otp)\b")
CODE_MATTER = _words(
    r"\b(?:sms|textos?|texted|text(?:s| message)?|mfa|2fa|a2f|t?otp|authentifi\w+|authenticat\w+|usage unique|duo|okta"
    r"|double (?:facteur|auth\w*)|two[- ](?:factor|step)|2[- ]step|one[- ]time|single[- ]use|temporary access pass)\b"
)
CODE_TALK = _words(  # a code that is got, checked or refused; an error code is raised
    r"\b(?:v[ée]rif\w+|valid\w+|confirm\w*|re[çc]us?|received|got|sent|envoy\w+|texted|tap[ée]\w*|typ(?:e|ed|ing)|sais\w+"
    r"|enter(?:ed|ing)?|entr[ée]\w*|invalid\w*|incorrect\w*|wrong|faux|expir\w+|p[ée]rim[ée]\w*|refus\w+|rejet\w+|rejected"
    r"|(?:your|votre|my|mon) (?:pass)?code|voici|voil[àa]|here(?:['’]s| is))\b"
)
CODE_BEHIND = _words(
    r"[\"'»”)]?[^\S\n]{0,3}[,(:=-]?[^\S\n]{0,3}(?:(?:est|is|was|comme|as|for|pour|c['’]est|le|la|the|mon|ma|votre|my|your"
    rf"|an?|un|ce|this)[^\S\n]{{1,3}}){{0,4}}(?:{_CODE}|(?:one[- ]time|single[- ]use|\w{{2,20}}) (?:pass)?code"
    r"|code (?:google|microsoft|de \w{2,20})|(?:par|by|via|in an?|per|from (?:the|an?)) (?:sms|texto|text)\b"
    r"|to (?:verify|sign in|log in|confirm)\b|pour (?:vous connecter|confirmer|valider|vérifier)\b)"
)
NO_CODE = _words(
    r"\b(?:erreurs?|errors?|postal|zip|promo|barre|article|product|produit|tickets?|dossier|case|commande|order|postes?"
    r"|extension|version|build|ports?|matricule|badge|salle|room|bureau|r[ée]f(?:[ée]rence)?|agence|event|depuis|since|en"
    r"|[ée]v[ée]nement|ann[ée]e|client|customer|fournisseur|supplier|vendor|site|projet|project|analytique"
    r"|lot|batch|call|appel\w+|joindre|t[ée]l)\b"
    r"[^\w\n]{0,4}(?:(?:code|est|is|le|the|n[°o]|no|number|num[ée]ro|de|du|id|me|moi|au|on|at)\b[^\w\n]{0,4}){0,3}[\"'«“(#]?$"
)
FAULT_NUMBER = _words(r"500[0-3]\d\d|53003\d|65005\d|7000\d\d")  # what Microsoft's sign-in calls its errors

# API keys and tokens without a form of their own.
KEY_NAME = _words(
    r"(?<![^\W_])(?:(?:x-)?api[ _-]?(?:keys?|secret|tokens?)|(?:auth)?tokens?|jetons?|secrets?|bearer|authorization|pat"
    r"|credentials?|client[ _-]?secret|cl[ée]f?s?[ _-](?:d['’ ]{0,2}|de l['’])?(?:api|acc[èe]s|application)"
    r"|(?:access|secret|account|subscription|shared|service|app|application|webhook|signing|encryption)[ _-]?keys?"
    r"|cl[ée]f?s? (?:secr[èe]te|priv[ée]e|partag[ée]e|de (?:service|signature|chiffrement)))(?![^\W_])"
)
WEAK_KEY_NAME = _words(r"(?<![^\W_])(?:cl[ée]f?s?|keys?|api|webhook|oauth2?|sdk)(?![^\W_])")
NO_KEY = _words(
    r"\b(?:empreintes?|thumbprint|fingerprint|hash|sha-?\d*|md5|checksum|commit|corr[ée]lation|requests?|requ[êe]te"
    r"|trace\w{0,3}|tickets?|dossier|commande|order|s[ée]rie|serial|licen[cs]es?|produit|product|version|fichier|folder"
    r"|tenant|locataire|(?:session|device|client|app|application|object|tenant|user)[ _-]?id|id de cl[ée]f?|key id"
    r"|build|branche?|h[ôo]te|host)\b"
)

HASH = _words(
    r"\b(?:empreinte|thumbprint|fingerprint|hash|sha-?\d*|md5|checksum|integrity)\b\W{0,4}(?:\w+\W{1,3}){0,2}$"
)

# What people say of a password without telling it.
ORDINARY = frozenset(
    re.findall(
        r"\S+",
        """
    a about above accepte accepted acces access accounts accès actif active activé actuel actuelle actuels
    address administrateur administrator adresse affiché afternoon again ago ai aide ailleurs ainsi all alors
    already also ancien and android année another any anything aout août apparemment appeler apple april are as
    as-tu ask asked asking at attached attente au aucun august aussi autofill automne autosave autre autres
    avait avoir avril bad bancaire below besoin best bien bientot bientôt bitwarden bizarre blank blocked bloque
    bloqué bof bon bonne bons boucle box broken browser bugged bureau but by ca call can't cannot car caractère
    caractères case cassé ce cela celui ces cet cette champ change changed changement changer changé character
    characters check chiffres ci-dessous ci-joint cinq clair code codes coffre comme complex complexe compliant
    compliqué compromis compromise compte comptes computer conforme connection connexion correct correcte
    correctement could cours court courte credentials crm current dans dashlane days de dead dear december
    decembre default deja demain demande demandé demandée depuis dernier des desactivé desktop deux devenu
    different difficile différent digits dimanche disabled displayed dix does doesn doit domain domaine down
    drop du due dur décembre défaut déjà easy ecrit edge effet eight elle else email empty en encore ended enfin
    enregistré enter entrer envoyer erp erreur errone erroné erronée error errors est et etait eté evening
    everything exact exacte expire expired expires expiring expiré expirée extranet facile faible fail failed
    fails fait false fausse faux façon february fenêtre fevrier field firefox first five fois following
    fonctionne for forgot forgotten fort found four friday from février generator gestionnaire get gets getting
    give given gmail gone good google got greyed grillé grisé générateur habituel habituelle hacked had hard has
    have having hello help herself heures hi hidden hier himself hint historique history hiver hors hours how
    huit i ici id identifiant identifiants identique ignored ignoré il ill impossible imprimante in inactif
    inactive inchangé inconnu incorrect incorrecte incorrectly indice indisponible initial initiale inscrit
    insecure inside into intranet introuvable inutilisable invalid invalide ipad iphone is isn issue it its j
    jamais january janvier je jeudi jours juillet juin july june juste k kaput keepass keychain kind la lancé
    laptop last lastpass le leaked least lecteur length lent les less let letters lettres leur lien ligne link
    list liste local locale lock locked log login loin long longer longs longue longueur look loop lors lost
    lowercase lundi mac madame mail mails main mais majuscule make malheureusement manager managers mandatory
    manière manquant manquante march mardi masqué matin mauvais mauvaise mauvaises maximum may maybe mdp me meme
    merci mercredi message messagerie messages microsoft midi mien might mine minimum minuscule minutes missing
    mobile moi moins mois mon monday monsieur month more morning mort mot mots must my myself mémorisé même name
    navigateur ne necessaire need needed neither neuf never new next nickel night nine no nominatif non nope
    normal nos not nothing notre nouveau nouvelle november novembre now nul numbers nécessaire obligatoire
    obligatory obsolete obsolète october octobre of office ok okay old on one online only oops opera or ordi
    ordinateur ou oubli oublie oublier oublié oui our out outlook over overdue où page panne partagé pas passe
    passwords pb pc pending perdu perdus perhaps perime perso personal personnel peut peut-être peux phone pin
    place please plein plus policies policy politique portable portail portal pose possible pour pourtant
    premier previous principal principale printemps printer pro probablement problem problematique probleme
    problème prochain professionnel prompt proper protection provisional provisoire précédent précédente prénom
    puis pwd périmé périmée périmés quasi quatre que quelque question qui quite quoi rather ready really recent
    reconnu recovery refuse refused refusé refusée regards regular reinitialisation reinitialise rejected rejeté
    remis request requests required requirements requis reset resets retard rien right rules règles récent
    récupération réinitialisation réinitialisé résilié sa safari saisir salut same samedi sans sap saturday
    saved screen secret secure secured see semaine send sensitive sept september septembre sera server serveur
    service services ses session set seven shared short shorter should shown si sign signin simple simply
    sincerely sinon site sites six slow so soi-même solved something somewhere son sont soon sorry stale
    standard starting still stolen strange stratégie strong stuck suivant sunday super support sur suspended svp
    symbols sécurisé sûr tablet tablette taper teams tell temporaire temporary temps ten than thanks that the
    their them themselves then there they this three thursday théorique ticket time times to today told tombé
    tomorrow too toujours tous tout toute tres trois trop trousseau trouvable true try très tuesday two type
    typed téléphone un unchanged under une unique unknown until uppercase urgence urgent us useless user users
    usual utilisateur utilisateurs utilisation valable valid valide vault vendredi very veux vide visible voir
    volé vos votre voudrais vous-même vpn vrac vrai want was weak web wednesday week weird were what when where
    which why wi-fi wifi will window windows windows10 windows11 with without working would wrong wrongly y year
    yep yes yesterday yet you your yourself yourselves ça échoue écran écrit était étrange été
    """,
    )
)
