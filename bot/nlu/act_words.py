"""The words of the dialogue acts, in French and English, over folded text; data for acts.py."""

import re

from bot.dialog.understanding import Act


def _start(*ways: str) -> re.Pattern[str]:
    """Match any of the ways at the start of a clause, up to the end of a word."""
    return re.compile(rf"(?:{'|'.join(ways)})(?![\w'-])")


# Words that carry nothing: passed over before and between acts.
FILLER = _start(
    "et|and|mais|but|alors|donc|so|well|ben|bah|bon|euh|hum|hmm+|ah|oh|eh|hein|enfin|finally|now|maintenant|desormais"
    "|c'est|en fait|du coup|just|really|vraiment|tres|very|trop|tout|all|you|a vous|svp|stp|please|pls|s'il (?:vous"
    "|te) plait"
    "|beaucoup|bien|infiniment|so much|a lot|very much|for (?:your|the) help|pour (?:votre|ton|l')? ?aide|sorry"
    "|desolee?|pardon"
    "|sir|madam|monsieur|madame|je pense|je crois|i think|i guess|visiblement|apparently|d'accord|a nouveau"
    "|de nouveau|again"
    "|tout le monde|a tous|everyone|the bot|le bot|bot|support|le support|team|l'equipe|there|guys"
)

# Acts that stand at the start of a clause. One that `leads` counts though more follows; another must fill its clause.
_WORKS = r"(?:re)?(?:marche|fonctionne|demarre|imprime|part|connecte)"
LEADING: tuple[tuple[Act, re.Pattern[str]], ...] = (
    (
        Act.NO,
        _start(
            "non+|nan+|nope|nah|negatif|pas du tout|pas vraiment|absolument pas|surement pas|certainement pas"
            "|not really"
            "|not at all|no way|👎|❌|pas encore|not yet|toujours non|non non|no+ (?:thanks|thank you|sorry)|non merci",
            r"no(?=\s*$|\s+(?:it|i|i'm|still|the same|not|that|this|they|he|she|we|you|my|because|since|there|only"
            r"|just|none)(?!\w))",
            r"n(?=\s*$)",
            r"(?:it|they|i|he|she) (?:does not|doesn't|do not|don't|did not|didn't|haven't|hasn't|isn't|is not|can't"
            r"|cannot)(?=\s*$)",
            r"(?:je )?n'?(?:ai|en ai|est|y) pas(?=\s*$)",
        ),
    ),
    (
        Act.YES,
        _start(
            "oui+|ou?ais+|oua?i|ouep|ouaip|yes+|yep|yup|yeah+|yea|ye|ya|si si|ok+|okay+|okey|oki|okk|dac(?:cord)?"
            "|d'accord|d'acc"
            "|ca roule|c'est ca|c'est cela|c'est exact|exact|exactement|exactly|tout a fait|bien sur|evidemment"
            "|affirmatif"
            "|volontiers|avec plaisir|je veux bien|vas[- ]y|allez[- ]y|effectivement|absolument|absolutely"
            "|je confirme|carrement"
            "|sure(?: thing)?|of course|correct|that's right|that is right|right|indeed|definitely|certainly"
            "|go ahead|please do"
            "|fine|alright|all right|sounds good|with pleasure|i do|it does|it is|i am|i have|i did|they do"
            "|👍|✅|👌|💯",
            r"(?:y|o)(?=\s*$)",
            r"(?:top|parfait|super|genial|excellent|impeccable|nickel|impec|perfect|great|awesome|wonderful|cool"
            r"|amazing|brilliant)"
            r"(?=\s*$|\s+(?:merci|thanks|thank|thx|ca|it|tout|👍))",
        ),
    ),
    (
        Act.THANKS,
        _start(
            r"(?:grand |mille |un grand )?merc[iy]+(?!\s+(?:de|d')\s*(?!avance|votre|ton|m'avoir|avoir|l'aide"
            r"|rien))(?:\s+(?:beaucoup|bien|infiniment"
            r"|d'avance|par avance|a vous|a toi|encore|pour (?:tout|votre (?:aide|reponse|retour)|ton aide|l'aide"
            r"|le retour|l'info)|quand meme)){0,6}",
            "mrc|thank(?:s| you| u)(?: (?:a lot|so much|very much|again|anyway|for (?:your|the|all) ?(?:help|answer"
            "|reply|your help)?))*"
            "|many thanks|thx|tks|ty|tysm|cheers|much appreciated|🙏|je vous remercie|remerciements",
        ),
    ),
    (
        Act.GREETING,
        _start(
            "(?:re[- ]?)?bonjour|bonsoir|salut(?:ations)?|coucou|hello+|hi+|hey+|hiya|slt|bjr|bsr|cc|yo|hola"
            "|good (?:morning|afternoon|evening|day)"
            "|morning|greetings|👋|hallo|wesh|allo",
            "il y a quelqu'un|y a quelqu'un|quelqu'un est la|vous etes la|t'es la|es[- ]tu la|are you (?:there|here)"
            "|anybody (?:there|here|home)|anyone (?:there|here)",
        ),
    ),
    (
        Act.SMALL_TALK,
        _start(
            r"(?:comment )?(?:ca|vous allez bien|tu vas bien) va\b(?: (?:bien|toi|et toi|et vous)){0,6}(?=\s*$)"
            r"|comment (?:allez[- ]vous|vas[- ]tu|tu vas|vous allez)(?: bien)?"
            r"|vous allez bien|tu vas bien|how (?:are|r) (?:you|u)(?: (?:doing|today)){0,6}|how's it going|what's up"
            r"|whats up|sup|quoi de neuf|nice to meet you|enchantee?",
            r"(?:are|r) (?:you|u) (?:a |an )?(?:real |actual )?(?:bot|robot|machine|ai|human|person|real"
            r"|chatbot)(?: or .*)?"
            r"|(?:am i|is this) (?:talking|speaking|chatting) (?:to|with) (?:a |an )?(?:bot|robot|machine|human"
            r"|real person|person)(?: or .*)?"
            r"|(?:est[- ]ce que )?(?:tu es|t'es|vous etes|es[- ]tu|etes[- ]vous|c'est) (?:un |une )?(?:vrai "
            r"|vraie )?(?:bot|robot|machine|humain|ia|chatbot|personne)(?: ou .*)?"
            r"|(?:est[- ]ce que )?je (?:parle|discute) (?:a|avec) (?:un |une )?(?:vrai |vraie )?(?:bot|robot|humain"
            r"|machine|personne)(?: ou .*)?",
            r"(?:qui|what|who) (?:es[- ]tu|etes[- ]vous|are you|is this)|tu es qui|t'es qui|vous etes qui|what(?:'s"
            r"| is) your name|(?:comment|c'est quoi) (?:tu t'appelles|ton nom|vous appelez[- ]vous)"
            r"|what can you do|que (?:sais|savez|peux|pouvez)[- ](?:tu|vous) faire|tu sais faire quoi|you(?:'re"
            r"| are) (?:funny|great|nice|the best)",
            "bonne (?:journee|soiree|nuit|fin de journee)|bon (?:week[- ]?end|appetit|courage)|au revoir|a bientot"
            "|a plus(?: tard)?|a demain|ciao|bye+(?: bye)?|goodbye|good night|see (?:you|ya)(?: (?:later|soon))?"
            "|have a (?:nice|good|great) (?:day|one|evening|weekend)|you too|vous aussi|de meme|lol+|mdr+|haha+"
            "|hehe+|ha ha|xd|[😀-😆😉😊😂🤣🙂😄]+|joyeux noel|happy new year|bonne annee|you're welcome|de rien"
            "|je vous en prie|no worries|no problem(?=\\s*$)|pas de (?:souci|probleme)s?(?=\\s*$)",
        ),
    ),
    (
        Act.DONT_KNOW,
        _start(
            r"(?:(?:je|j') ?(?:ne |n')?(?:en )?(?:sais|sait) (?:vraiment |absolument |vrm )?(?:pas"
            r"|rien)(?: (?:du tout|trop|vraiment|desolee?|moi|encore|non plus)){0,6}"
            r"|j'en sais rien|aucune idee|aucunes? idees?|pas (?:la moindre )?idee|chais pas|chai pas|je sais plus"
            r"|je ne sais plus|jsp|jspas|jsais pas|sais pas|ch?ais pas|je l'ignore|je ne connais pas|je connais pas"
            r"|je ne (?:vois|trouve) pas)"
            r"(?=\s*(?:$|(?:ou|quel|quelle|lequel|laquelle|ce que c'est|comment (?:le )?(?:voir|savoir"
            r"|verifier)).*$))",
            r"(?:sorry )?(?:i (?:do not|don't|dont) (?:really )?(?:know|remember|recall)|i dunno|dunno|idk|no idea"
            r"|no clue|not sure|i'?m not sure|i am not sure|i have no (?:idea|clue)|i haven't a clue|i couldn't say"
            r"|i can't (?:tell|say)|unsure|who knows|don't know|dont know|can't tell|je ne me (?:souviens"
            r"|rappelle) (?:plus|pas))"
            r"(?=\s*(?:$|(?:at all|exactly|really|sorry|which|what|where|how to (?:see|check|tell|find)).*$))",
            r"🤷\S*",
        ),
    ),
    (
        Act.SOLVED,
        _start(
            rf"(?:ca|cela|c'|tout|il|elle|le \w+|la \w+|mon \w+|ma \w+|l'\w+) (?:a l'air de |semble "
            rf"|re)?(?:{_WORKS}r?)(?: (?:bien|tres bien|maintenant|a nouveau|de nouveau|enfin|parfaitement|nickel"
            r"|correctement|normalement|mieux|desormais|comme avant|super bien|impec|top|la)){0,6}",
            r"(?:je (?:suis (?:bien |enfin )?(?:connectee?|passee?|entree?)|peux (?:a nouveau |de nouveau "
            r"|enfin )?(?:me connecter|imprimer|travailler|entrer|y acceder)|recois (?:a nouveau "
            r"|bien )?mes mails))(?: (?:maintenant|a nouveau|enfin|bien)){0,6}",
            r"(?:c'est |tout est |le probleme est |probleme |souci )?(?:bon|resolue?|reglee?|repare|ok|corrige"
            r"|debloque|reparti|revenu|solutionne|rentre dans l'ordre|redevenu normal|parfait|nickel)"
            r"(?: (?:maintenant|pour moi|desormais|a present|enfin|now|de mon cote"
            r"|cette fois)){0,6}(?<!^ok)(?<!^bon)(?<!^parfait)(?<!^nickel)",
            r"(?:all |everything |everything's |it's |it is |that's |problem |the problem is |issue |the issue is "
            r"|that |this )?(?:is )?(?:all )?(?:fixed|solved|resolved|working|sorted|back to normal|back up"
            r"|up and running|good now|fine now|ok now|okay now|all good|back)(?: (?:now|again|fine|perfectly"
            r"|correctly|as expected|it|the (?:problem|issue))){0,6}",
            r"(?:it|that|everything|this|the \w+|my \w+|now it|yes it) (?:now |finally )?(?:works|worked|did (?:it"
            r"|the trick)|prints|connects|helped|solved it|fixed it|(?:has been|was|got) (?:fixed|solved))(?: (?:now"
            r"|again|fine|great|perfectly|well|for me|like a charm|correctly|this time|the (?:problem|issue)|it)){0,6}",
            r"works(?: (?:now|again|fine|great|perfectly|for me)){0,6}|working (?:now|again|fine){1,6}|i(?:'m"
            r"| am) (?:in"
            r"|back in|connected|online)(?: (?:now|again)){0,6}|i can (?:now )?(?:connect|print|work|log in"
            r"|send)(?: (?:now|again|fine)){1,6}|all good(?: (?:now|here)){0,6}|you (?:fixed|solved) it"
            r"|(?:vous avez|t'as|tu as) (?:resolu|regle) (?:le|mon) (?:probleme|souci)|ca a (?:marche|fonctionne"
            r"|resolu (?:le probleme|mon probleme)|regle (?:le probleme|mon probleme)|aide)|ca m'a aide",
        ),
    ),
    (
        Act.REPEAT,
        _start(
            r"(?:can you |could you |please |pouvez[- ]vous |peux[- ]tu |tu peux |vous pouvez )?(?:repeat|repetez?"
            r"|repete[rz]?|redites?|redire|say (?:that|it) again|reformule[rz]?|rephrase|reexplique[rz]?)(?: (?:that"
            r"|it|please|ca|la question|s'il vous plait|the question|your question|svp)){0,6}(?=\s*$)",
            r"(?:pardon|quoi|comment|hein|what|sorry|come again|what did you say|say again|vous dites"
            r"|c'est[- ]a[- ]dire)(?=\s*$)",
            r"(?:je n'ai |j'ai |je ne |je )?(?:pas |rien )?(?:compris|comprends pas"
            r"|comprends rien)(?: (?:la question|votre question|votre message|ce que vous dites))?(?=\s*$)"
            r"|(?:je )?(?:ne )?comprends? (?:pas|rien)(?: (?:la question|votre question|votre message))?(?=\s*$)",
            r"(?:sorry )?i (?:do not|don't|did not|didn't) (?:understand|get it|follow)(?: (?:that|you|the question"
            r"|your question|what you mean))?(?=\s*$)|what do you mean(?=\s*$)",
        ),
    ),
    (
        Act.CANCEL,
        _start(
            r"(?:/)?(?:annule[rz]?|cancel|stop|abort|quitter|quit|exit|abandonne[rz]?|laisse[zr]?(?: tomber)?"
            r"|oublie[zr]?|never ?mind|nvm|forget (?:it|about it|that)|drop it|forget)(?: (?:ca|tout|it|that|this"
            r"|all|everything|(?:ma|la|cette|mon|ce|le|my|this|the) (?:demande|ticket|requete|request"
            r"|conversation))){0,6}(?=\s*$|\s+(?:merci|thanks|svp|please))",
            r"(?:je n'ai |j'ai |i )?(?:plus besoin|don't need (?:it|help|this) anymore|no longer need (?:it|help"
            r"|this))(?: (?:d'aide|de rien|de vous|merci)){0,6}(?=\s*$)|no longer needed|ce n'est plus (?:la peine"
            r"|necessaire)|c'est plus la peine|finalement c'est bon laisse[rz]?|fausse alerte|false alarm",
            r"(?:je (?:veux|voudrais|souhaite) |i (?:want|would like|'d like) to |please )(?:annuler|tout annuler"
            r"|cancel|stop|arreter)(?: (?:ca|tout|it|this|that|(?:ma|la|cette|my|this) (?:demande"
            r"|request))){0,6}(?=\s*$)",
        ),
    ),
    (
        Act.LATER,
        _start(
            r"(?:pas|not) (?:maintenant|tout de suite|now|right now|at the moment|pour le moment|pour l'instant"
            r"|la maintenant|dispo(?:nible)?)|plus tard|later(?: (?:today|on))?|maybe later|une autre fois"
            r"|another time"
            r"|(?:demain|tomorrow|ce soir|tonight|cet apres[- ]midi|this afternoon|lundi|monday)(?: (?:matin|morning"
            r"|peut[- ]etre|maybe))?(?=\s*$)",
            r"(?:je |i )?(?:ne |n')?(?:peux|pourrai|pourrais|can't|cannot|can not|couldn't|won't be able to"
            r"|am not able to) (?:pas )?(?:l'|le |la |y |that |it )?(?:essayer|tester|faire|try|test|do|check"
            r"|regarder|verifier|redemarrer|restart)?(?: ?(?:ca|it|that|this|cela|la)){0,6}"
            r" ?(?:maintenant|tout de suite|now|right now|at the moment|pour le moment|pour l'instant|la|aujourd'hui"
            r"|today|before \w+|avant \w+|until \w+|here|ici){1,6}(?=\s*$)",
            r"(?:je |i )?(?:ne |n')?(?:peux pas|can't|cannot) (?:l'|le )?(?:essayer|tester|try|test)(?: (?:it|that"
            r"|this|ca))?(?=\s*$)|(?:je (?:n'ai )?|j'ai |i )?(?:pas encore|haven't|have not|pas) (?:essaye|teste"
            r"|tried|tested|pu essayer|pu tester|been able to try)(?: (?:it|that|this|yet|encore|ca)){0,6}(?=\s*$)",
            r"(?:je (?:vais )?|on (?:va )?|i(?:'ll| will) |let me |i(?:'m| am) going to )?(?:essaie|essaye|essayer"
            r"|essaierai|essayerai|teste|tester|testerai|regarde|regarder|regarderai|try|test|check|verifie"
            r"|verifier)(?: (?:it|that|this|ca|cela|la|d'abord|first|out)){0,6}"
            r"(?: (?:et je (?:vous|te) (?:dis|redis|tiens au courant)|and (?:let you know|tell you|get back to you)"
            r"|demain|tomorrow|ce soir|tonight|plus tard|later|tout a l'heure|cet apres[- ]midi|this afternoon"
            r"|des que possible|when i can|merci|thanks|soon|bientot|dans (?:la journee|l'apres[- ]midi|\d+ \w+)"
            r"|in \d+ \w+)){0,6}(?=\s*$)",
            r"(?:je suis|i'm|i am|chuis) (?:actuellement |currently |deja )?(?:en (?:reunion|rdv|rendez[- ]vous"
            r"|deplacement|ligne|appel|voiture|train)|in (?:a |the )?(?:meeting|train|car)|on (?:a call|the phone"
            r"|the road|the train)|driving|busy|occupee?|absente?|away|out of (?:the )?office)(?: (?:now|right now"
            r"|la|pour l'instant|maintenant|jusqu'a .*|until .*|at the moment)){0,6}(?=\s*$)",
            r"(?:un|une|one|give me a|just a|a) (?:instant|moment|minute|seconde?|sec|min)(?: (?:please|svp"
            r"|s'il vous plait))?(?=\s*$)|attendez|attends|wait|hold on|deux (?:minutes|secondes)|je reviens|brb"
            r"|be right back|i'll be back|remind me(?: .*)?|rappelez[- ]moi (?:demain|plus tard|dans .*)"
            r"|relancez[- ]moi(?: .*)?",
        ),
    ),
)

# Of these only the first clause's beginning counts when more follows ("oui, depuis ce matin").
LEADS = frozenset((Act.YES, Act.NO, Act.THANKS, Act.GREETING))
