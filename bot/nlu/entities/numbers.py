"""Numbers that point at something: orders, invoices, phones; and mail addresses."""

import re
from collections.abc import Iterator

from bot.dialog.understanding import Entity

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}(?![\w-])", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w.+/-])(?:(?:\+|00)\d{1,3}[ .-]?(?:\(0\)[ .-]?)?\d(?:[ .-]?\d){6,11}|0[1-9](?:[ .-]?\d\d){4}"
    r"|\(?[2-9]\d\d\)?[ .-]\d{3}[ .-]\d{4}"
    r"|0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4})(?![\w-]|\.\d)"
)
_EXTENSION = re.compile(
    r"(?:(?<!mon )(?<!un )poste|ext(?:ension)?\.?|interne|extension) (?:n[°o] ?|au "
    r"|telephonique )?(?P<number>\d{3,5})(?!\w)"
)
_NUMBER = r"(?P<number>[a-z]{0,5}[-_ ]?(?:[a-z0-9]{1,6}[-_/]){0,6}\d[a-z0-9]*(?:[-_/][a-z0-9]+){0,6})"
_LINK = (
    r"(?:\s*(?:(?:numero|number|num|nr|reference|ref|id|est|is|de|the|la|le|my|ma|no|n)(?![a-z])\.?|n°|:|#)){0,4}\s*"
)
_ORDER = re.compile(
    rf"(?<!\w)(?:commandes?|cde|orders?|colis|livraison|parcel|shipment|tracking|suivi|bon de commande"
    rf"|purchase order){_LINK}{_NUMBER}(?!\w)(?P<after>\s*\S{{0,10}})"
)
_INVOICE = re.compile(
    rf"(?<!\w)(?:factures?|invoices?|fact|bill|avoir|credit note"
    rf"|facturation){_LINK}{_NUMBER}(?!\w)(?P<after>\s*\S{{0,10}})"
)
_ORDER_CODE = re.compile(r"(?<![\w-])(?:cmd|cde|ord|po|bc|so|order)[-_]?(?:[a-z0-9]+[-_]){0,6}\d{3,}[a-z0-9]*(?![\w-])")
_INVOICE_CODE = re.compile(
    r"(?<![\w-])(?:fac|fact|inv|fa|facture|invoice)[-_]?(?:[a-z0-9]+[-_]){0,6}\d{3,}[a-z0-9]*(?![\w-])"
)
_UNITS = re.compile(
    r"\s*(?:€|\$|£|eur|euros?|dollars?|jours?|days?|fois|times|articles?|items?|pieces?|semaines?|weeks?|mois"
    r"|heures?|hours?|ecrans|h\b|%)"
)
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?")


def contacts(text: str, plain: str) -> Iterator[Entity]:
    """Read email (lower case) and phone (digits, with + when international)."""
    for match in _EMAIL.finditer(text):
        yield Entity("email", match[0].lower(), match[0], *match.span())
    for match in _PHONE.finditer(plain):
        if 9 <= sum(char.isdigit() for char in match[0]) <= 15:
            yield Entity("phone", _dialled(match[0]), text[match.start() : match.end()], *match.span())
    for match in _EXTENSION.finditer(plain):
        start, end = match.span("number")
        yield Entity("phone", match["number"], text[start:end], start, end)


def references(text: str, plain: str) -> Iterator[Entity]:
    """Read order_number and invoice_number, upper case without spaces."""
    for name, worded, coded in (("invoice_number", _INVOICE, _INVOICE_CODE), ("order_number", _ORDER, _ORDER_CODE)):
        spans = [match.span() for match in coded.finditer(plain)]
        spans += [match.span("number") for match in worded.finditer(plain) if _is_number(match)]
        seen: set[str] = set()
        for start, end in spans:
            value = text[start:end].upper().replace(" ", "")
            if value not in seen and not any(value in other for other in seen):
                seen.add(value)
                yield Entity(name, value, text[start:end], start, end)


def _is_number(match: re.Match[str]) -> bool:
    digits = sum(char.isdigit() for char in match["number"])
    marked = re.search(r"n[°o]\.?|num|#|:|ref|id", match[0][: match.start("number") - match.start()]) is not None
    if _UNITS.match(match["after"]) or _DATE.fullmatch(match["number"].strip()):
        return False
    return digits >= 4 or (marked and digits >= 2)


def _dialled(written: str) -> str:
    digits = re.sub(r"\D", "", written.replace("(0)", ""))
    if written.startswith("00"):
        return "+" + digits[2:]
    return "+" + digits if written.startswith("+") else digits
