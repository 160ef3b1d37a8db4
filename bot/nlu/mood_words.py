"""The words of anger and of how-to questions, in French and English, over folded text; data for moods.py."""

import re


def anywhere(*ways: str) -> re.Pattern[str]:
    """Find any of the ways to say something, at the borders of words."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ways)})(?![\w-])")


ANGER = anywhere(
    r"ras[- ]le[- ]bol|ras la (?:casquette|moquette)|plein le dos|par[- ]dessus la tete|[cfmps]\*{2,}\w*",
    r"marre|en (?:ai|a) assez|ca suffit|inadmissible|inacceptable|scandaleux|scandale|honteux"
    r"|une honte|lamentable|n'importe quoi|(?:c'est|vous etes|tu es|t'es|trop|completement|vraiment) (?:nul(?:le)?s?"
    r"|naze|pourri|de la merde|debile)|foute?(?:z|nt)? de (?:moi|ma gueule|nous)|se fo(?:ut|utre) de",
    r"(?:ser(?:s|t|vez)|sert) (?:vraiment |strictement )?a rien|incompetente?s?|furieuse?|furieux|enervee?|agacee?"
    r"|excedee?|exaspere(?:e|ant)?|insupportable|ridicule|pathetique|putain|ptn|merde|merdique|bordel|fait chier"
    r"|chiant|connards?|abruti|imbecile|idiote?s?|bande de|honte",
    r"(?:troisieme|quatrieme|cinquieme|dixieme|enieme|[3-9](?:e|eme|ieme)|\d{2,}(?:e|eme)) fois que"
    r"|combien de (?:fois|temps) (?:faut[- ]il|dois[- ]je|il faut|encore)|je (?:vais|veux) (?:me plaindre"
    r"|porter plainte|deposer une reclamation)|avocat|mise en demeure|reclamation formelle|tribunal",
    r"(?:you(?:'re| are)|(?:this|it|that)(?:'s| is)|completely|totally|utterly) useless|useless (?:bot|service"
    r"|support|help|advice)|ridiculous|unacceptable|fed up|sick (?:of|and tired)|had enough|wtf|what the (?:hell"
    r"|fuck|heck)"
    r"|fuck\w*|shit\w*|bullshit|damn (?:thing|printer|vpn|computer|laptop|machine|bot|it)|(?:this|it|what)(?:'s| is"
    r"|) (?:a )?(?:load of )?crap|pissed|stupid|idiots?|idiotic|moron|incompetent|pathetic|outrageous"
    r"|disgrace(?:ful)?|terrible (?:service|support)|worst (?:service|support|company|it)|waste of (?:my )?time"
    r"|(?:is|what) a joke|(?:i'm|i am|getting|makes? me|so|really|very) angry|furious|frustrat(?:ed|ing)|infuriating"
    r"|annoyed|hate (?:this|you)|(?:this|it|what)(?:'s| is|) (?:a )?(?:load of |absolute |total )?(?:garbage"
    r"|rubbish)|(?:third|fourth"
    r"|fifth|tenth|[3-9]th|3rd) time (?:i|that i|this)|how many times|lawyer|sue you|formal complaint"
    r"|file a complaint",
)

HOW_TO = anywhere(
    r"comment (?:est[- ]ce (?:que|qu'on) )?(?:(?:me|m'|se|s'|y|le|la|l'|je|on|puis[- ]je|peut[- ]on|faire(?: pour)?"
    r"|dois[- ]je|peux"
    r"|pourrais|dois|proceder pour|s'y prendre pour|faut[- ]il|doit[- ]on|fait[- ]on|faites[- ]vous|peux|peut|fais"
    r"|fait) ){0,6}(?!(?:se fait|ca se|peut[- ]il|est[- ]il))\w+(?:er|ir|re|oir)|comment (?:je |on )\w+",
    r"how (?:do|can|could|should|would|might|does|to) ?(?:i|we|you|one|someone|to)? ?\w+|how to \w+|how do (?:i|we)"
    r"|(?:c'est quoi|quelle est|what(?:'s| is)) (?:la |the )?(?:procedure|process|marche a suivre|steps?|demarche)"
    r"|(?:tuto(?:riel)?|mode d'emploi|procedure|guide|tutorial|instructions|documentation|notice|manual) (?:pour|de"
    r"|for|to|on|d'|du|sur)|(?:where|ou) (?:can|do|peut[- ]on|puis[- ]je|est[- ]ce que je peux|trouver|to) (?:i "
    r"|we )?(?:find|get|download|trouver|telecharger|obtenir|recuperer|change|modifier)",
    r"(?:explain|show me|expliquez[- ]moi|montrez[- ]moi|dites[- ]moi|tell me|aidez[- ]moi a|help me(?: to)?"
    r"|je (?:voudrais|souhaite|veux) savoir|i(?:'d| would) like to know|i want to know|know|savoir"
    r"|sais pas) (?:how to|comment|how i can)",
)
HOW_TO_LEAD = re.compile(
    r"(?:(?:je (?:voudrais|souhaite(?:rais)?|veux|dois|aimerais)|j'aimerais|i (?:would like|want|need|'d like) to"
    r"|i'd like to|i want to|pouvez[- ]vous m'aider a|can you help me(?: to)?|aide pour|help to|please|besoin de"
    r"|besoin d'aide pour|puis[- ]je|can i|est[- ]il possible d[e']|is it possible to) ?)?"
    r"(?:set(?:ting)? up|configure[rz]?|configuration d|parametre[rz]?|mettre en place|activer|enable|turn on"
    r"|programmer|ajouter|add(?:ing)?|creer|create|importer|import|exporter|export|recuperer|recover|restaurer"
    r"|restore|connecter|connect|brancher|installer|install)"
    r" (?:un |une |mon |ma |mes |le |la |les |l'|d'un |d'une |my |a |an |the |e "
    r"|'une )?(?:\w+ )?(?:message d'absence|reponse automatique|absence|out[- ]of[- ]office|automatic reply"
    r"|auto[- ]?reply|signature|imprimante|printer|mail supprime|mails supprimes|deleted (?:e?mails?|items?)|agenda"
    r"|calendrier|calendar|vpn|client vpn|vpn client|mails? sur|emails? on|regle|rule|second ecran|second screen"
    r"|dual screen|deux ecrans|wifi invite|guest wi-?fi|authenticator|double authentification|mfa|2fa)"
)
NOT_HOW_TO = anywhere(
    r"comment (?:ca |cela )?se fait(?:[- ]il)?|comment ca(?:,| se| marche pas)|comment (?:est[- ]ce )?possible"
    r"|how come|how is (?:it|that) possible|how long|how much|how many|how are you|how's|comment (?:allez|vas|ca va)"
    r"|comment (?:resoudre|reparer|regler|depanner|debloquer|corriger|je peux (?:resoudre|reparer|regler))|how (?:do"
    r"|can|to|could|should) ?(?:i|we)? ?(?:fix|solve|repair|resolve|troubleshoot|unblock|unlock|get rid)",
)
FAULT = anywhere(
    r"(?:ne |n')?\w* ?(?:marche|fonctionne|demarre|s'ouvre|repond|imprime|connecte|charge|affiche|arrive|peux"
    r"|peut) (?:pas|plus|toujours pas)|n'(?:arrive|y arrive|ai) (?:pas|plus)|impossible d(?:e |')\w+|en panne|erreur"
    r"|error|bloquee?s?|plante|plantee?|bug(?:ge|s|ue)?|casse|echoue|fails?|failed|failing|broken|not work\w*"
    r"|doesn't|does not|won't|can't|cannot|isn't|stuck|crash\w*|freez\w*|keeps? \w+ing|refused?|denied|probleme"
    r"|problem|issue|souci|lente?|slow",
)
