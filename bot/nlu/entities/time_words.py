"""The words of times, French and English, over folded text; data for since.py, ahead.py and clock.py."""

import re

NUMBERS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40, "quarante-cinq": 45, "a": 1, "an": 1, "one": 1,
    "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "fifteen": 15,
    "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "quelques": 3, "few": 3, "plusieurs": 3, "several": 3,
    "couple": 2, "une demi": 0.5, "une demie": 0.5, "half an": 0.5, "half": 0.5, "demi": 0.5, "half a": 0.5,
    "un quart d'": 0.25, "trois quarts d'": 0.75, "3/4 d'": 0.75, "une petite": 1, "a few": 3, "a couple of": 2,
    "a quarter of an": 0.25, "three quarters of an": 0.75, "une bonne": 1,
}  # fmt: skip
COUNT = (
    r"\d{1,3}|une? demie?|half(?: an?)?|une? (?:petite|bonne)|un quart d'|trois quarts d'|3/4 d'|a quarter of an"
    r"|three quarters of an|a couple of|a few|few|couple|quelques|plusieurs|several|quarante-cinq|forty-five|une?|deux"
    r"|trois|quatre|cinq|six|sept|huit|neuf|dix|quinze|vingt|trente|quarante|an?|one|two|three|four|five|seven|eight"
    r"|nine|ten|fifteen|twenty|thirty|forty"
)
UNITS = (
    ("mois", 43_200), ("mo", 43_200), ("mi", 1), ("mn", 1), ("h", 60), ("j", 1_440), ("d", 1_440), ("se", 10_080),
    ("w", 10_080),
)  # fmt: skip
UNIT = r"minutes?|mins?|mn|heures?|hours?|hrs?|h|jours?|days?|semaines?|weeks?|mois|months?|annees?|ans?|years?|j"
LENGTH = re.compile(rf"(?<![\w:])(?P<count>{COUNT})[ -]{{0,2}}(?P<unit>{UNIT})(?P<more>[0-5]\d)?(?!\w)")
CLOCK = re.compile(
    r"(?<![\w/.:-])(?:(?P<noon>midi|noon|midday)|(?P<night>minuit|midnight)"
    r"|(?P<hour>[01]?\d|2[0-3])(?: ?(?:h|heures?|:|o'clock) ?(?P<minute>[0-5]\d)?| ?(?=[ap]\.?m)|(?=\s{0,9}$"
    r"|[\s,.!;]))\s?(?P<half>[ap]\.?m\.?)?)(?![\w%/])"
)
_DAY_NAMES = (
    "lundi|monday|mon", "mardi|tuesday|tue", "mercredi|wednesday|wed", "jeudi|thursday|thu", "vendredi|friday|fri",
    "samedi|saturday|sat", "dimanche|sunday|sun",
)  # fmt: skip
DAYS = tuple(re.compile(rf"(?<!\w)(?:{names})(?!\w)") for names in _DAY_NAMES)
DAY = "|".join(name for names in _DAY_NAMES for name in names.split("|") if len(name) > 3)
MONTHS = (
    (1, ("janv", "jan")), (2, ("fev", "feb")), (3, ("mars", "mar")), (4, ("avr", "apr")), (5, ("mai", "may")),
    (6, ("juin", "jun")), (7, ("juil", "jul")), (8, ("aou", "aug")), (9, ("sep",)), (10, ("oct",)), (11, ("nov",)),
    (12, ("dec",)),
)  # fmt: skip
MONTH = (
    r"janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
)
DATE = re.compile(
    r"(?<![\w.])(?:(?P<iso>20\d\d-\d\d-\d\d)"
    rf"|(?:(?P<d>\d{{1,2}})[/.](?P<m>\d{{1,2}})|(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)? (?:of )?(?P<month>{MONTH})"
    rf"|(?P<month_first>{MONTH}) (?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?)(?:,?[ /.](?P<year>20\d\d"
    rf"|\d\d(?![\d:h])))?)(?![\w])"
)
DATED = (
    rf"(?:le |the |on )?(?:20\d\d-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?|\d{{1,2}}(?:er|st|nd|rd"
    rf"|th)? (?:of )?(?:{MONTH})(?: 20\d\d)?"
    rf"|(?:{MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?:,? 20\d\d)?)"
)
FEASTS = (
    (re.compile(r"(?<!\w)(?:noel|christmas|xmas)(?!\w)"), 12, 25),
    (re.compile(r"(?<!\w)(?:nouvel an|jour de l'an|new year(?:'s)?(?: day)?)(?!\w)"), 1, 1),
)
FEAST = r"noel|christmas|xmas|le nouvel an|nouvel an|le jour de l'an|new year(?:'s)?(?: day)?"
