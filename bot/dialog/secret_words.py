"""The words, French and English, by which people hand over a password or a one-time code; data for secrets.py."""

import re

_NAME = (
    r"(?:mots?[ -]de[ -]passes?|mdps?|m2p|passwords?|passwd|passphrases?|passcodes?|pwd|psw|phrase secr[èe]te"
    r"|code (?:pin|secret)|pin(?: code)?|(?-i:\bPW|\bpw))"
)
_GAP = (
    r"(?P<gap>(?:\s+(?:de|du|des|d['’]|pour|for|of|to|on|sur|à|au|the|la|le|l['’]|ma|mon|my|our|notre|ce|cet|this|wifi|wi-fi"
    r"|windows|outlook|vpn|session|actuel|provisoire|temporaire|temporary|current|old|ancien|nouveau|new)(?:\s*[\w'’.@-]+)?){1,4})?"
)
_IS = (
    r"\s*(?:(?P<colon>[:=]|->|=>|→)|(?:est|c['’ ]?est|c|is|was|était|etait|sera|are|['’]s)\b"
    r"(?:\s+(?:le suivant|the following|donc|bien|now|maintenant)\b)?\s*:?)"
)
_VALUE = r"\s*(?P<value>[\"«“][^\"«»“”\n]{3,80}[\"»”]|[^\s]{1,128})"

PASSWORD_IS = re.compile(rf"(?<![\w-]){_NAME}(?:\s*\([^()\n]{{0,30}}\))?{_GAP}{_IS}{_VALUE}", re.IGNORECASE)
PASSWORD_BARE = re.compile(rf"(?<![\w-]){_NAME}\s+(?P<value>[^\s:=]{{6,128}})", re.IGNORECASE)
PASSWORD_AS = re.compile(
    rf"(?<!\S)(?P<value>[^\s]{{6,128}})\s+(?:est|is|comme|as)\s+(?:mon|le|notre|my|the|our|a)?\s*{_NAME}", re.IGNORECASE
)
LINK_TO = re.compile(
    rf"{_NAME}\s+(?:[\w'’]+\s+){{0,3}}?(?:to|en|par|with|avec)\s+(?P<value>[^\s]{{6,128}})", re.IGNORECASE
)
CREDENTIALS = re.compile(
    r"(?:identifiants?|credentials|login\s*/\s*(?:mdp|password|mot de passe)|user(?:name)?\s*/\s*pass(?:word)?)"
    r"[^\S\n]*[:=][^\S\n]*[^\s/|,;]{1,64}[^\S\n]*[/|,; ][^\S\n]*(?P<value>[^\s]{6,128})",
    re.IGNORECASE,
)

_CODE_NAME = (
    r"(?:(?:codes?|num[ée]ro) (?:sms|mfa|2fa|otp|totp|re[çc]u|temporaire|d['’](?:authentification|acc[èe]s temporaire)"
    r"|de (?:v[ée]rification|validation|confirmation|s[ée]curit[ée]|connexion)|[àa] usage unique)"
    r"(?: (?:sms|re[çc]u|microsoft|google|par sms))?"
    r"|(?:sms|mfa|2fa|otp|totp|verification|verif|security|one[- ]time|authenticat(?:or|ion)|login|sign-in"
    r"|confirmation|text) (?:code|passcode|password)|\botp\b|\bmon code|\bmy code)"
)
CODE = re.compile(
    rf"(?<![\w-]){_CODE_NAME}"
    r"(?:\s+(?:re[çc]u|received|i got|est|is|c['’]est|was|était|that|que|j['’]ai|par sms|i))*\s*[:=]?\s*"
    r"[\"'«“]?\s?(?P<value>[A-Z]-\d{6}|\d{3}[ -]\d{3}|\d{4,8})(?![\w%-])(?!\s*(?:fois|times|minutes|min)\b)",
    re.IGNORECASE,
)

# What people say of a password without telling it.
ORDINARY = frozenset(
    re.findall(
        r"\S+",
        """
    a about accepte accepted acces access accès actif active activé affiché again ago aide ailleurs ainsi all
    alors already also ancien and any apparemment apple as asked asking at au aucun aussi bad bien bientot
    bientôt blocked bloque bloqué bon broken but by ca car ce cela celui ces cette change changed changement
    changer changé comme compliqué compromis compromise compte computer correct correcte could court dans de
    deja demain demande demandé demandée depuis des desactivé devenu different difficile différent disabled
    displayed does doesn down du due déjà easy ecrit elle email en encore ended enfin enregistré erreur errone
    erroné erronée error est et eté exact expire expired expires expiring expiré expirée facile fail failed
    fails false fausse faux fonctionne for forgot forgotten found gmail gone good google greyed grillé grisé
    hacked hard help hidden hier hors how i ici identique il ill impossible in inactif inactive inchangé
    inconnu incorrect incorrecte incorrectly indisponible inscrit insecure inside introuvable inutilisable
    invalid invalide is isn issue it its j jamais je juste k la lancé laptop le leaked les lock locked login
    loin long lors lost mac mail mails mais malheureusement mandatory masqué mauvais mauvaise me meme merci
    messagerie microsoft mien mine missing mon my mémorisé même ne necessaire needed neither never new nickel
    no non normal not nothing nouveau now nul nécessaire obligatoire obligatory obsolete obsolète office ok
    okay old on only oops or ordinateur ou oubli oublie oublier oublié our out outlook over overdue où partagé
    pas pb pending perdu perdus perime personnel please plus pose possible pour pourtant probablement problem
    problematique probleme problème périmé périmée périmés quasi que question qui quoi ready really recent
    reconnu refuse refused refusé refusée reinitialisation reinitialise rejected rejeté remis required requis
    reset rien right récent réinitialisation réinitialisé résilié sa same sans saved secret secure secured
    session set short should shown si simple simply sinon so solved soon sorry stale starting still stolen
    strong stuck support sur suspended svp sécurisé sûr teams temporaire temporary than thanks that the their
    then there they this ticket to today tombé tomorrow too toujours tres trop trouvable true try très un
    unchanged une unique unknown until urgent useless valable valid valide vide visible volé vpn vrai want was
    weak what when where which why wifi windows with without working wrong wrongly y yesterday yet you your ça
    échoue écrit été
    """,
    )
)
