"""What the privacy notice says, from the settings: values here, words in the template."""

from collections.abc import Mapping
from dataclasses import dataclass

BASES: Mapping[str, tuple[str, str]] = {
    "legitimate interest": (
        "l’intérêt légitime de l’organisme à faire fonctionner son assistance",
        "the organisation’s legitimate interest in running its support desk",
    ),
    "contract": ("l’exécution du contrat", "the performance of the contract"),
    "consent": ("votre consentement", "your consent"),
    "legal obligation": ("une obligation légale", "a legal obligation"),
    "public task": ("une mission d’intérêt public", "a task in the public interest"),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """The organisation's own part of the notice; what is empty is left out or said to be missing.

    `controller`: who is responsible. `dpo`: address of the data-protection officer. `recipients`: who else receives
    data. `authority`: where to complain.
    """

    controller: str = ""
    dpo: str = ""
    basis_staff: str = "legitimate interest"
    basis_customers: str = "contract"
    recipients: tuple[str, ...] = ()
    authority: str = ""

    def basis(self, whose: str, lang: str) -> str:
        """Tell the legal basis for `staff` or `customers` in words; an unknown one stands as it was set."""
        told = self.basis_staff if whose == "staff" else self.basis_customers
        pair = BASES.get(told.strip().lower())
        return told if pair is None else pair[0 if lang == "fr" else 1]
