"""Public holidays of a country, or of a part of one."""

from collections.abc import Callable
from datetime import date
from functools import cache

Calendar = Callable[[int], frozenset[date]]


def holidays_of(where: str) -> Calendar:
    """Give the calendar of a country ("FR") or a part of one ("FR-57", "DE-BY"); "" has no holidays.

    Raises ValueError telling the mend.
    """
    country, _, part = where.strip().upper().partition("-")
    _days_off(country, part, 2026)  # a fault shows here, not at the first message
    return lambda year: _days_off(country, part, year)


@cache
def _days_off(country: str, part: str, year: int) -> frozenset[date]:
    if not country:
        return frozenset()
    import holidays  # a large library, of which one country is wanted

    try:
        return frozenset(holidays.country_holidays(country, subdiv=_named(part, country), years=year, expand=False))
    except NotImplementedError:  # how the library says that it knows no such country
        raise ValueError(_mend(country, part)) from None


def _named(part: str, country: str) -> str | None:
    """Give a part of a country as the library spells it."""
    import holidays

    known: dict[str, list[str]] = holidays.list_supported_countries()
    return next((one for one in known.get(country, []) if one.upper() == part), part) if part else None


def _mend(country: str, part: str) -> str:
    import holidays

    known: dict[str, list[str]] = holidays.list_supported_countries()
    if country not in known:
        return f"no holidays are known of '{country}': use a country's two letters (FR, BE, CH...), or leave it empty"
    parts = ", ".join(known[country][:12]) or "none"
    return f"no holidays are known of '{country}-{part}': parts of {country} are {parts}; or write '{country}' alone"
