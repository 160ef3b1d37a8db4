"""The words of times, French and English, over folded text; data for times.py."""

import re

NUMBERS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10,
    "quinze": 15, "vingt": 20, "trente": 30, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "quelques": 3, "few": 3,
    "plusieurs": 3, "several": 3, "couple": 2, "une demi": 0.5, "une demie": 0.5, "half an": 0.5, "half": 0.5,
    "demi": 0.5,
    "un quart d'": 0.25, "une petite": 1, "a few": 3, "a couple of": 2, "a quarter of an": 0.25, "une bonne": 1,
}  # fmt: skip
_COUNT = (
    r"\d{1,3}|une? demie?|half(?: an?)?|une? (?:petite|bonne)|un quart d'|a quarter of an|a couple of|a few|few"
    r"|couple"
    r"|quelques|plusieurs|several|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quinze|vingt|trente|an?|one|two"
    r"|three"
    r"|four|five|seven|eight|nine|ten|fifteen|twenty|thirty"
)
UNITS = (
    ("mois", 43_200), ("mo", 43_200), ("mi", 1), ("mn", 1), ("h", 60), ("j", 1_440), ("d", 1_440), ("se", 10_080),
    ("w", 10_080),
)  # fmt: skip
_UNIT = r"minutes?|mins?|mn|heures?|hours?|hrs?|h|jours?|days?|semaines?|weeks?|mois|months?|annees?|ans?|years?|j"
AGO = re.compile(rf"(?<![\w:])(?P<count>{_COUNT})[ -]*(?P<unit>{_UNIT})(?!\w)")
CLOCK = re.compile(
    r"(?<![\d/.:-])(?:(?P<noon>midi|noon|midday|minuit|midnight)"
    r"|(?P<hour>[01]?\d|2[0-3])(?: ?(?:h|heures?|:|o'clock) ?(?P<minute>[0-5]\d)?| ?(?=[ap]\.?m)|(?=\s*$"
    r"|[\s,.!;]))\s?(?P<half>[ap]\.?m\.?)?)(?![\w%/])"
)
_DAY_NAMES = (
    "lundi|monday|mon", "mardi|tuesday|tue", "mercredi|wednesday|wed", "jeudi|thursday|thu", "vendredi|friday|fri",
    "samedi|saturday|sat", "dimanche|sunday|sun",
)  # fmt: skip
DAYS = tuple(re.compile(rf"(?<!\w)(?:{names})(?!\w)") for names in _DAY_NAMES)
_DAY = "|".join(name for names in _DAY_NAMES for name in names.split("|") if len(name) > 3)
MONTHS = (
    (1, ("janv", "jan")), (2, ("fev", "feb")), (3, ("mars", "mar")), (4, ("avr", "apr")), (5, ("mai", "may")),
    (6, ("juin", "jun")), (7, ("juil", "jul")), (8, ("aou", "aug")), (9, ("sep",)), (10, ("oct",)), (11, ("nov",)),
    (12, ("dec",)),
)  # fmt: skip
_MONTH = (
    r"janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
)
DATE = re.compile(
    r"(?<![\w.])(?:(?P<iso>20\d\d-\d\d-\d\d)"
    rf"|(?:(?P<d>\d{{1,2}})[/.](?P<m>\d{{1,2}})|(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})"
    rf"|(?P<month_first>{_MONTH}) (?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?)(?:,?[ /.](?P<year>20\d\d"
    rf"|\d\d(?![\d:h])))?)(?![\w])"
)
_PART_WORDS: tuple[tuple[str, str, int], ...] = (
    (r"avant[- ]hier|day before yesterday", "2", 0),
    (r"hier matin|yesterday morning", "1", 8),
    (r"hier (?:midi|vers midi)|yesterday (?:at )?noon", "1", 12),
    (r"hier apres[- ]midi|yesterday afternoon", "1", 14),
    (r"hier soir|yesterday (?:evening|night)|last night", "1", 18),
    (r"cette nuit|tonight", "0", 0),
    (r"hier|yesterday", "1", 0),
    (r"ce (?:matin|mat)|this morning|debut de matinee", "0", 8),
    (r"cet apres[- ]midi|cet aprem|this afternoon", "0", 13),
    (r"ce midi", "0", 12),
    (r"ce soir|this evening", "0", 18),
    (r"aujourd'hui|today|ajd", "0", 0),
    (r"(?:le |ce |the |last |this ){0,6}week[- ]?end(?: dernier)?", "weekend", 0),
    (r"(?:la )?semaine (?:derniere|passee)|last week", "week", 0),
    (r"(?:le )?mois (?:dernier|passe)|last month", "30", 0),
    (r"cette semaine|this week", "0", 0),
)
PARTS = tuple((re.compile(rf"(?<!\w)(?:{words})(?!\w)"), days, hour) for words, days, hour in _PART_WORDS)
_PART = "|".join(words for words, _, _ in _PART_WORDS)
_AT = r"(?: (?:vers|a|at|around|from|des))? ?(?:\d{1,2} ?(?:h|:|heures?) ?(?:[0-5]\d)?|\d{1,2} ?[ap]\.?m\.?|midi|noon)"
_DATED = (
    rf"(?:le |the )?(?:20\d\d-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?|\d{{1,2}}(?:er|st|nd|rd"
    rf"|th)? (?:of )?(?:{_MONTH})(?: 20\d\d)?"
    rf"|(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?:,? 20\d\d)?)"
)
_DAYED = rf"(?:le |last |on )?(?:{_DAY})(?: (?:dernier|passe|matin|soir|apres[- ]midi|midi|morning|afternoon|evening))?"
_LENGTH = (
    rf"(?:environ |au moins |about |around |at least |plus (?:de |d')|more than |over |bientot |now |deja "
    rf"|the (?:last|past) |les )?(?:{_COUNT})[ -]*(?:{_UNIT})"
)
_BARE = (
    rf"(?:il y a|ca fait|voila|for)(?: (?:maintenant |deja |now |about |around |environ |over |more than |the past "
    rf"|the last )){{0,6}} ?{_LENGTH}"
    rf"|{_LENGTH} ago|(?:{_PART})(?:{_AT})?|(?:le )?(?:{_DAY}) (?:dernier|passe)|last (?:{_DAY})"
)
SINCE = re.compile(
    r"(?<![\w-])(?:(?:depuis|des|since|from|a partir de|starting)"
    r"(?: (?:le |la |environ |about |around |vers |early |late |at |on )){0,6} ?"
    rf"(?P<since>(?:{_PART})(?:{_AT})?|{_DATED}(?:{_AT})?|{_DAYED}(?:{_AT})?|{_LENGTH}"
    r"|\d{1,2} ?(?:h|:|heures?) ?(?:[0-5]\d)?(?!\w)|\d{1,2} ?[ap]\.?m|midi|noon)(?!\w)"
    rf"|(?P<bare>{_BARE})(?!\w))"
)
_EVENT = (
    r"(?:reunions?|meetings?|meet|calls?|appel|visio(?:conference)?|conf(?:erence|call)?|presentation|presenter"
    r"|present|entretien|rdv|rendez[- ]vous|interview|demo(?:nstration)?"
    r"|webinaire|webinar|train|vol|flight|client|cours|examen?|audience|comite|atelier|workshop|soutenance|formation"
    r"|training|oral|point|deadline|livraison|rendu|appointment|class|pitch|standup|board)"
)
_WHEN_AHEAD = (
    rf"(?:(?:dans|in|d'ici|within|sous)(?: (?:moins d(?:e |')|less than |environ |about "
    rf"|around ))? ?(?:{_COUNT})[ -]*(?:minutes?|mins?|mn|heures?|hours?|hrs?|h)(?!\w))"
)
_WHEN_CLOCK = (
    r"(?:(?:demain |tomorrow )?(?:a|at|pour|for|de|des|avant|before|by|@) ?(?:\d{1,2} ?(?:h|:|heures?) ?(?:[0-5]\d)?"
    r"|\d{1,2} ?[ap]\.?m\.?|midi|noon|\d{1,2})(?![\w%/]))"
)
# "Not now, at 3 pm": when somebody will be able to try.
LATER = re.compile(
    r"(?<!\w)(?:pas maintenant|pas tout de suite|plus tard|reessaie\w*|reessayer\w*|rappel\w+|not (?:right )?now|later"
    r"|can't|cannot|try(?: it| again)?|ask me)\b[^.!?\n]{0,40}?"
    r"\b(?P<when>(?:vers|a|at|around|about|after|apres|dans|in|demain|tomorrow)\b[^.!?\n]{0,25})"
)
DEADLINE = re.compile(
    rf"(?<![\w-])(?:{_EVENT}(?: (?!depuis|since)[\w']+){{0,6}}? (?:{_WHEN_AHEAD}|{_WHEN_CLOCK})"
    rf"|{_WHEN_AHEAD}(?:[ ,]+[\w']+){{0,6}}? {_EVENT}(?!\w)"
    r"|(?:avant|before|by|d'ici|pour|au plus tard (?:a|pour)) (?:\d{1,2} ?(?:h|:) ?(?:[0-5]\d)?|\d{1,2} ?[ap]\.?m\.?"
    r"|midi|noon)(?!\w)"
    rf"|(?:urgent|besoin|need(?: it| this)?|il me faut)(?: [\w']+){{0,5}}? {_WHEN_AHEAD})"
)
