"""How what there is, and what is near to what was asked, is said in a message."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import Final

from samsyn.measure.errors import InputError

MANY: Final = 12


def listed(names: Iterable[str], word: str = "and") -> str:
    """Names as a sentence lists them; of many the first and how many more."""
    there = list(names)
    if len(there) > MANY:
        return f"{', '.join(there[:MANY])} {word} {len(there) - MANY} more"
    return f" {word} ".join(filter(None, (", ".join(there[:-1]), there[-1] if there else "")))


def periods_said(periods: Iterable[str]) -> str:
    """Periods in a few words: years that follow one another as the first and the last."""
    there = sorted(set(periods))
    if len(there) > 2 and all(period.isdecimal() for period in there):
        years = [int(period) for period in there]
        if years == list(range(years[0], years[-1] + 1)):
            return f"{years[0]} to {years[-1]}"
    return listed(there)


def near(asked: str, there: Collection[str], number: int = 3) -> list[str]:
    """The names that are most like what was asked, the best first."""
    plain = asked.strip().casefold().replace(" ", "_").replace("-", "_")
    folded = {name.casefold(): name for name in there}
    within = [name for low, name in folded.items() if plain and (plain in low or low in plain)]
    alike = [folded[low] for low in get_close_matches(plain, folded, n=number, cutoff=0.7)]
    return list(dict.fromkeys([*within, *alike]))[:number]


def unknown(what: str, asked: str, there: Collection[str], where: str) -> InputError:
    """The error for a name that is not there: the nearest, and else what there is."""
    close = near(asked, there)
    if close:
        hint = f"Did you mean {listed(close, 'or')}?"
    else:
        hint = f"There are: {listed(there)}" if there else "There are none"
    return InputError(f'There is no {what} "{asked}" in {where}. {hint}')
