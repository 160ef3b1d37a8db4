"""Phone numbers: what is written like one and is valid in a country nearby, by Google's libphonenumber."""

import re
from collections.abc import Callable, Iterator

from phonenumbers.phonenumber import PhoneNumber
from phonenumbers.phonenumberutil import NumberParseException, is_possible_number, is_valid_number, parse

from bot.dialog.understanding import Entity

_REGIONS = ("FR", "BE", "CH", "LU", "CA", "GB", "IE", "US")  # where one dialled without a country may be from
_GROUPS = 9  # groups of digits in one number
_RUN = re.compile(
    rf"(?<![\w+/.:@#-])(?<!\d[ .])(?:\+ ?|\(\+?)?\(?\d{{1,15}}+\)?(?:(?:[ .-]|/|\) ?"
    rf"| ?\()\(?\d{{1,15}}+\)?){{0,{_GROUPS}}}"
    r"(?![\w%€$]|[.,:/-]\d)"
)
_GROUP = re.compile(r"\d+")
_EXTENSION = re.compile(
    r"(?<!\w)(?:(?<!mon )(?<!un )poste|ext(?:ension)?\.?|interne) (?:n[°o] ?|au "
    r"|telephonique )?(?P<number>\d{3,5})(?!\w)"
)
# The word before a number says what it is; without one, a lone row of digits is no phone.
_PHONE = (
    r"tel|telephone|phone|portable|mobile|cell|gsm|fixe|appel\w*|rappel\w*|call(?: me)?|ring(?: me)?|joign\w*|joindre"
    r"|reach(?: me)?|numero|number|ligne directe|direct line|whatsapp|sms|buzz|text|dial"
)
_OTHER = (
    r"iban|bic|siret|siren|imei|serie|serial|s/n|matricule|factures?|invoices?|commandes?|orders?|carte|card|tva|vat"
    r"|ref(?:erence)?|tracking|suivi|colis|parcel|livraison|licen[cs]e|version|build|isbn|ean|ticket|dossier|client"
    r"|badge|ip"
    r"|postal|cedex|secu|heures|code|cle|key|employee|employe|article|lignes?|row|score"
)
_TOLD = re.compile(
    rf"(?<![\w-])(?:(?P<phone>{_PHONE})|(?:{_OTHER}))(?![\w-])(?: ?(?:n[°o]|number|numero|id|est|is|le|the|au|sur|on"
    rf"|at|me"
    r"|the|moi|direct|pro|de|du)(?!\w)\.?){0,3}[ :#.(-]{0,3}$"
)
_BEFORE = 40  # characters before a number in which its name stands
_DATE = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d(?!\d)")
_DATED = re.compile(r" (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)")


def phones(text: str, plain: str) -> Iterator[Entity]:
    """Read phone: digits, with + when international; valid numbers and extensions alone, no serial numbers or dates."""
    for run in _RUN.finditer(plain):
        for start, end in _numbers(run, plain):
            yield Entity("phone", _dialled(text[start:end]), text[start:end], start, end)
    for match in _EXTENSION.finditer(plain):
        start, end = match.span("number")
        yield Entity("phone", match["number"], text[start:end], start, end)


def _numbers(run: re.Match[str], plain: str) -> Iterator[tuple[int, int]]:
    """Find the numbers that follow each other in one run of digits, each as long as it can be."""
    groups = [group.span() for group in _GROUP.finditer(plain, *run.span())]
    told = _TOLD.search(plain, max(0, run.start() - _BEFORE), run.start())
    if (told and not told["phone"]) or _DATED.match(plain, run.end()):
        return
    first, start = 0, run.start()
    while first < len(groups):
        ends = (groups[last][1] for last in range(len(groups) - 1, first - 1, -1))
        end = next((end for end in ends if _is_phone(plain[start:end], told is not None)), None)
        if end is None:
            return
        yield start, end
        first = next((at for at, group in enumerate(groups) if group[0] >= end), len(groups))
        start = groups[first][0] if first < len(groups) else end


def _is_phone(written: str, named: bool) -> bool:
    """Tell by its shape whether it may be one, then by the plans of the countries whether it is one."""
    number = _dialled(written)
    if not 8 <= len(number.lstrip("+")) <= 15 or _DATE.match(written):
        return False
    if number.startswith("+"):
        return _is_in_plan(number, None, is_possible_number if "+" in written else is_valid_number)
    if named and number.startswith("0"):  # "call me at": nobody gives a number that is none
        return any(_is_in_plan(number, region, is_possible_number) for region in _REGIONS)
    grouped = re.fullmatch(r"(?:1[ .-])?\(?[2-9]\d\d\)?[ .-]{1,2}\d{3}[ .-]\d{4}", written)  # as in North America
    return (number.startswith("0") or named or grouped is not None) and any(
        _is_in_plan(number, region) for region in _REGIONS
    )


def _is_in_plan(number: str, region: str | None, suits: Callable[[PhoneNumber], bool] = is_valid_number) -> bool:
    try:
        return suits(parse(number, region))
    except NumberParseException:
        return False


def _dialled(written: str) -> str:
    digits = re.sub(r"\D", "", written.replace("(0)", ""))
    if digits.startswith("00"):
        return "+" + digits[2:]
    return "+" + digits if "+" in written else digits
