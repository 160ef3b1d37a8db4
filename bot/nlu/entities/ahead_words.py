"""The words of times to come and of what is due then, French and English, over folded text; data for ahead.py."""

import re

from .time_words import COUNT, DAY, MONTH

_CLOCK = (
    r"(?:\d{1,2} ?h(?:eures?)? ?(?:[0-5]\d)?(?!\w)|\d{1,2}:[0-5]\d(?!\d)(?: ?[ap]\.?m(?!\w)\.?)?"
    r"|\d{1,2} ?[ap]\.?m(?!\w)\.?"
    r"|\d{1,2} o'clock|(?<!-)(?:midi|noon|midday|minuit|midnight)(?!\w))"
)
_DATED = (
    r"(?:(?:le |on |the )?\d{1,2}/\d{1,2}(?:/\d{2,4})?|20\d\d-\d\d-\d\d|le \d{1,2}\.\d{1,2}(?:\.\d{2,4})?"
    rf"|(?:le |on |the )?(?:\d{{1,2}}(?:er|st|nd|rd|th)? (?:of )?(?:{MONTH})|(?:{MONTH}) \d{{1,2}}(?:st|nd|rd|th)?)"
    r"(?:,? 20\d\d)?)"
)
_NAMED_DAY = (
    r"(?:aujourd'hui|today|apres[- ]demain|(?:the )?day after tomorrow|demain|tomorrow|(?:la )?semaine prochaine"
    r"|next week"
    rf"|(?:(?:on|this|next|le|ce|coming) )?(?:{DAY})(?: prochain)?|{_DATED})(?!\w)"
)
_HALF = (
    r"(?:(?:in the |dans l'|dans la |le |en |early |late |debut de |fin de )?(?:matin(?:ee)?|morning|apres[- ]midi"
    r"|aprem"
    r"|afternoon|soir(?:ee)?|evening|lunch ?time)(?!\w))"
)
_AFTER_LUNCH = r"(?:apres|after) (?:le |the |my |mon )?(?:dejeuner|repas|lunch|manger|midi)(?!\w)"
_THIS = (
    r"(?:(?:la |the |en )?fin d(?:e |')(?:la |l')?(?:journee|apres[- ]midi|matinee)|(?:the )?end of (?:the "
    r"|my )?(?:day|business"
    r"|afternoon|morning)|eod|tonight|ce soir|cet apres[- ]midi|cet aprem|this (?:morning|afternoon|evening)|ce midi"
    rf"|{_AFTER_LUNCH})(?!\w)"
)
_RELATIVE = (
    r"(?:dans|in|d'ici(?! (?:[6-9]|1\d|2[0-3]) ?h)|within|sous)(?: (?:moins d(?:e |')|less than |environ |about "
    r"|around "
    rf"|the next |les |exactement |exactly |at least |au moins ))? ?(?:{COUNT})[ -]{{0,2}}(?:minutes?|mins?|mn"
    rf"|heures?|hours?"
    r"|hrs?|h(?:[0-5]\d)?|jours?|days?|semaines?|weeks?)(?!\w)"
)
# One time to come: so long from now, a part of this day, a day with or without a time, a time of day.
MOMENT = re.compile(
    rf"(?<![\w/.:-])(?:(?P<relative>{_RELATIVE})|(?P<this>{_THIS}(?:,? (?:a|at|vers|around|@) ?{_CLOCK})?)"
    rf"|(?P<day>{_NAMED_DAY}(?:,? {_HALF})?(?P<timed>,? ?(?:(?:a|at|vers|around|about|from|des|@|avant|before"
    rf"|by) ?)?{_CLOCK})?)"
    rf"|(?P<clock>{_CLOCK}(?:,? (?:on |le )?{_NAMED_DAY})?)"
    r"|(?:(?<= a )|(?<= at )|(?<=vers )|(?<=around ))(?P<hour>\d{1,2})(?![\w%/.:,-]| ?(?:%|€|fois|times|personnes"
    r"|people)))"
)
HALF = re.compile(_HALF)

_EVENT = (
    r"(?<!\w)(?:reunions?|meetings?|meet|call(?! me| back| us)|appel|visio(?:conference)?|conf(?:erence|call)?"
    r"|presentation"
    r"|presenter|present|entretien|rdv|rendez[- ]vous|interview|demo(?:nstration)?|webinaire|webinar|(?<!en )train"
    r"|vol|flight"
    r"|client(?= (?:a|dans|at|in) )|cours|examen?|audience|comite|atelier|workshop|soutenance|formation|training|oral"
    r"|(?<=un )point|deadline|livraison|rendu|appointment|class|pitch|standup|board|signature|cloture|closing|conseil"
    r"|seance"
    r"|payroll|paie)"
)
_WORD = r"(?: (?!depuis|since|hier|yesterday|last|attend|wait|pas avant|not before)[\w'()-]+)"
_MUST = (
    r"(?<!\w)(?:dois|doit|devons|doivent|faut|faudrait|faudra|besoin|urgent\w*|have to|has to|had to|must|need(?:s"
    r"|ed)?|got to"
    r"|supposed to|due|attend(?:ue?)?|expected|wants?|promis\w*)"
)
_GO = (
    r"(?<!\w)(?:je|on|nous|i|we) (?:commence|commencons|start|go live|kick off|ouvre|open|presente|presentons|anime"
    r"|animons|pars|partons|rends|livre|livrons|present|leave|fly|board"
    r"|ship|deliver|demo)"
)
# What stands before a time that is a deadline, up to it; each with the kinds of times that it takes.
EVENT_BEFORE = re.compile(
    rf"{_EVENT}{_WORD}{{0,6}},? (?:(?:a|at|pour|for|de|des|avant|before|by|@|vers|around|prevue?|c'est|is) ?)?$"
)
LIMIT_BEFORE = re.compile(
    r"(?<![\w-])(?<!pas )(?<!not )(?<!pas dispo )(?:avant|before|by|d'ici|au plus tard|no later than|not later than"
    r"|at the latest)(?: (?:a|at|le|la|the|l'|pour|on))?(?: (?:cloture|fermeture|closing|deadline|fin)"
    r"(?: (?:de|du|at|a|of|on))?)? ?$"
    r"|(?<![\w-])(?:due|a rendre|c'est|it's|deadline|echeance|date limite)(?: (?:is|est|by|on|at|for|pour|le|:)){1,2} $"
    r"|(?<![\w-])due $"
)
FOR_BEFORE = re.compile(r"(?<![\w-])(?:pour|for) $")
MUST_FOR_BEFORE = re.compile(rf"{_MUST}{_WORD}{{0,8}} (?:pour|for) $")
MUST_BEFORE = re.compile(rf"{_MUST}(?:,?{_WORD}){{0,9}} (?:(?:a|at|vers|around) )?$")
GO_BEFORE = re.compile(rf"{_GO}{_WORD}{{0,4}} (?:(?:a|at|vers) )?$")
OURS_BEFORE = re.compile(r"(?<!\w)(?:my|our|the|a|this|mon|ma|notre|le|la) $")  # "my 2pm meeting"
EVENT_AFTER = re.compile(rf"(?:,?{_WORD}){{0,6}}? {_EVENT}(?!\w)")
EVENT_SOON_AFTER = re.compile(rf"(?: [\w-]+){{0,2}}? {_EVENT}(?!\w)(?! (?:yesterday|hier|went|was))")
PAST_AFTER = re.compile(r" ?,? ?(?:d')?(?:hier|yesterday|last|dernier|lundi dernier)| (?:was|etait|s'est|went|a ete)")

_AGAIN = (
    r"(?<![\w-])(?:pas maintenant|pas tout de suite|plus tard|pas (?:le temps|dispo(?:nible)?s?|la)"
    r"|(?<!j'ai )(?<!avons )(?<!deja )(?<!ai bien )(?:re)?(?:essa(?:ie|ye|i?er)\w*|test(?:e|es|er|erai|ez|ons|era)"
    r"|tent(?:e|er|erai|ons))|r?appel(?:le|lez|er|ez|lerai|lera)\w*|rappel\w+|(?:on|je|nous) (?:re)?(?:prend\w*"
    r"|pren\w+|regarde\w*"
    r"|verra|verrai|voit ca|vois ca|continue\w*|fait ca|fais ca|ferai|ferons|revient|reviens|reviendrai|parle)|reprise"
    r"|reprendr\w+|redis|redirai|tiens au courant|serai|serons|disponible|dispo|recontact\w+|relanc\w+|reparl\w+"
    r"|not (?:right )?now|later|(?:re)?try|test|call (?:me|us|back)|ring me|ping me|remind me|ask me"
    r"|(?:i'll|i will|we'll|can|could|please|you|to) (?:get|come) back|go on|continue|look (?:at|into) (?:it|this"
    r"|that)|check"
    r"|back (?:on|to|at) it|be (?:at|back|free|available|there|in|around|online)|do (?:it|that|this)"
    r"|(?:can't|cannot) (?:do|look|talk|check|try)|no time|busy|available|resume|follow up|contact me|reach me)(?!\w)"
)
_GAP = (
    r"(?:(?!jusqu|until|till|depuis|since|reunion|meeting|visio|absent|pas la|away|on leave|conge|off)[^.!?\n]){0,40}"
)
NOT_BEFORE = re.compile(  # "I can't test before 2 pm" says when it can be tested
    r"(?<![\w-])(?:pas|not|can't|cannot|won't)(?: (?:l'|le|y|it|be|able|to|possible|de|dispo\w*|available|tester"
    r"|essayer|faire"
    r"|regarder|venir|parler|test|try|do|look|come|talk|check|restart|redemarrer|there|la|that|this|ca|free|back"
    r"|libre|rentre)){0,5}"
    r" (?:avant|before|until|till) $"
)
AGAIN_BEFORE = re.compile(rf"{_AGAIN}{_GAP}(?<![\w'-])$")
AGAIN_AFTER = re.compile(rf",? (?:je |on |nous |i |i'll |i will |we |we'll |i can ){{1,2}}(?:\w+ ){{0,2}}?{_AGAIN}")
HOURS = (
    (re.compile(r"fin d(?:e |')(?:la )?matinee|end of (?:the )?morning"), 12),
    (
        re.compile(
            r"fin d(?:e |')(?:la |l')?(?:journee|apres[- ]midi)|end of (?:the |my )?(?:day|business|aft\w+)|eod"
        ),
        18,
    ),
    (re.compile(rf"{_AFTER_LUNCH}|apres[- ]midi|aprem|afternoon"), 14),
    (re.compile(r"soir|evening|tonight"), 18),
    (re.compile(r"matin|morning"), 9),
    (re.compile(r"midi|noon|midday|lunch"), 12),
)
