"""Numbers that point at something: orders and invoices; and mail addresses."""

import re
from collections.abc import Iterator

from bot.dialog.understanding import Entity

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}(?![\w-])", re.IGNORECASE)
_NUMBER = (
    r"(?P<number>\d{1,4}(?: \d{2,4}){2,6}(?!\w)"
    r"|[a-z]{0,5}[-_ ]?(?:[a-z0-9]{1,6}[-_/]){0,6}\d[a-z0-9]{0,20}(?:[-_/][a-z0-9]{1,20}){0,6})"
)
_LINK = (
    r"(?:\s{0,3}(?:(?:numero|number|num|nr|reference|ref|id|est|is|de|the|la|le|my|ma|no|n)(?![a-z])\.?|n°|:|#)){0,4}"
    r"\s{0,3}"
)
_NAMES = {
    "invoice_number": r"factures?|invoices?|fact|bill|avoir|credit note|facturation",
    "order_number": r"commandes?|cde|orders?|colis|livraison|parcel|shipment|tracking|suivi|bon de commande"
    r"|purchase order",
}
_PREFIXES = {"invoice_number": "fac|fact|inv|fa|facture|invoice", "order_number": "cmd|cde|ord|po|bc|so|order"}
_WORDED = {
    name: re.compile(rf"(?<!\w)(?:{words}){_LINK}{_NUMBER}(?!\w)(?P<after>\s{{0,3}}\S{{0,10}})")
    for name, words in _NAMES.items()
}
_CODED = {
    name: re.compile(
        rf"(?<![\w-])(?<!inventaire )(?<!tag )(?<!asset )(?:{prefixes})[-_]?(?:[a-z0-9]{{1,20}}[-_]){{0,6}}"
        r"\d{3,20}[a-z0-9]{0,20}(?![\w-])"
    )
    for name, prefixes in _PREFIXES.items()
}
# Far from its word, only what is written like such a number is one: "the invoice in question is FV-2025-773".
_APART = re.compile(
    r"(?<![\w/.@-])(?!(?:pc|imp|prn|lap|lt|nb|ws|srv|tab|win|kb|v|w|h|id)-?\d)"
    r"[a-z]{1,5}[-_/]?\d[\d/_-]{1,18}\d(?![\w-])"
)
_SPOKEN_OF = re.compile(
    rf"(?<!\w)(?:(?P<invoice_number>{_NAMES['invoice_number']})|(?P<order_number>{_NAMES['order_number']})"
    r"|pc|postes?|ordinateurs?|computers?|laptops?|machines?|imprimantes?|printers?|codes?|erreurs?|errors?|tel|phone"
    r"|tickets?|dossier|salle|room|bureau|office|version|asset|inventaire|vat|tva|siret|iban|serial|serie|matricule"
    r"|licen[cs]es?|contrat|contract|clients?|customers?|serveurs?|servers?)(?!\w)"
)
_BEFORE = 45  # characters in which the word stands
_UNITS = re.compile(
    r"\s*(?:€|\$|£|eur|euros?|dollars?|jours?|days?|fois|times|articles?|items?|pieces?|semaines?|weeks?|mois"
    r"|heures?|hours?|ecrans|h\b|%)"
)
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?")


def emails(text: str) -> Iterator[Entity]:
    """Read email, lower case."""
    for match in _EMAIL.finditer(text):
        yield Entity("email", match[0].lower(), match[0], *match.span())


def references(text: str, plain: str) -> Iterator[Entity]:
    """Read invoice_number and order_number, upper case without spaces; each number once."""
    apart = list(_far_from_their_word(plain))
    for name in _NAMES:
        spans = [match.span() for match in _CODED[name].finditer(plain)]
        spans += [match.span("number") for match in _WORDED[name].finditer(plain) if _is_number(match)]
        spans += [span for other, span in apart if other == name]
        seen: set[str] = set()
        for start, end in spans:
            value = text[start:end].upper().replace(" ", "")
            if value not in seen:
                seen.add(value)
                yield Entity(name, value, text[start:end], start, end)


def _far_from_their_word(plain: str) -> Iterator[tuple[str, tuple[int, int]]]:
    for match in _APART.finditer(plain):
        before = re.split(r"[.;!?\n]", plain[max(0, match.start() - _BEFORE) : match.start()])[-1]
        words = list(_SPOKEN_OF.finditer(before))
        if words and words[-1].lastgroup:
            yield words[-1].lastgroup, match.span()


def _is_number(match: re.Match[str]) -> bool:
    digits = sum(char.isdigit() for char in match["number"])
    marked = re.search(r"n[°o]\.?|num|#|:|ref|id", match[0][: match.start("number") - match.start()]) is not None
    if _UNITS.match(match["after"]) or _DATE.fullmatch(match["number"].strip()):
        return False
    return digits >= 4 or (marked and digits >= 2)
