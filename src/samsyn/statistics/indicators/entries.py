"""What an indicator's entry may say: every field checked before anything is made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, Final

from samsyn.measure.errors import InputError
from samsyn.statistics.indicators.codes import BETTER, LANGUAGES, LEVEL_NAMES, PERSPECTIVES, UNITS
from samsyn.statistics.indicators.groupings import groupings

Entry = Mapping[str, Any]
Check = Callable[[Any], str | None]

# Fields that the catalogue asks of every entry, and those that some have.
NEEDED: Final = (
    "name", "explanation", "perspectives", "unit", "better", "lowest_level", "origin", "caveats",
    "version", "author", "next_review",
)  # fmt: skip
OPTIONAL: Final = (
    "numerator", "denominator", "fallback", "numerator_name", "denominator_name", "break",
    "derived",
)  # fmt: skip
ORIGIN_FIELDS: Final = ("publisher", "table", "titles", "scale")


def check_entry(
    name: str,
    entry: Any,
    *,
    where: str = "",
    needed: Collection[str] = NEEDED,
    also: Collection[str] = (),
    languages: Collection[str] = LANGUAGES,
) -> None:
    """Raise InputError that names the entry and the field where an entry is wrong.

    `where` is the file; `needed` are the fields that must be there, `also` fields beside the
    catalogue's own; a text must be in all `languages`, or in any where none is given.
    """
    at = f"indicator {name}" + (f" in {where}" if where else "")
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise InputError(
            f"{at}: an id is small letters a to z, digits and underscores, as in rental_share"
        )
    if not isinstance(entry, Mapping):
        raise InputError(f"{at} is not a table of fields: write [{name}] and its fields below")
    known = {*NEEDED, *OPTIONAL, *also}
    lacking = [field for field in needed if field not in entry]
    strange = sorted(entry.keys() - known)
    if lacking or strange:
        lacks = "lacks " + ", ".join(lacking) if lacking else ""
        odd = "has the unknown " + ", ".join(strange) if strange else ""
        fields = f". The fields are: {', '.join(sorted(known))}" if strange else ""
        raise InputError(f"{at} {' and '.join(part for part in (lacks, odd) if part)}{fields}")
    checks = _checks(languages)
    for field, value in entry.items():
        wrong = checks[field](value) if field in checks else None
        if wrong:
            raise InputError(f"{at}: {field} {wrong}")
    _check_together(at, entry)


def _checks(languages: Collection[str]) -> Mapping[str, Check]:
    def text(value: Any) -> str | None:
        return _text(value, languages)

    return {
        "name": text,
        "explanation": text,
        "caveats": text,
        "numerator_name": text,
        "denominator_name": text,
        "perspectives": lambda value: _listed(value, PERSPECTIVES),
        "unit": lambda value: _one_of(value, UNITS),
        "better": lambda value: _one_of(value, BETTER),
        "lowest_level": lambda value: _one_of(value, LEVEL_NAMES),
        "numerator": _counts,
        "denominator": _counts,
        "fallback": _fallback,
        "origin": _origins,
        "break": lambda value: _breaks(value, languages),
        "derived": lambda value: None if isinstance(value, bool) else "must be true or false",
        "version": _version,
        "author": lambda value: None if _written(value) else "must be a name",
        "next_review": lambda value: (
            None if isinstance(value, date) else "must be a date, as in 2027-10-01"
        ),
    }


def _check_together(at: str, entry: Entry) -> None:
    """What no field tells by itself."""
    if not entry.get("numerator"):
        for field in ("denominator", "fallback"):
            if entry.get(field):
                raise InputError(f"{at}: {field} stands without a numerator")
        return
    if entry.get("derived"):
        raise InputError(f"{at} is derived and has a numerator: it can only be one of them")
    if entry.get("unit") == "share":
        outside = [c for c in entry["numerator"] if c not in entry.get("denominator", ())]
        if outside:
            raise InputError(
                f"{at}: denominator lacks {', '.join(outside)}, and a share is a part of a whole"
            )


def _written(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _text(value: Any, languages: Collection[str]) -> str | None:
    if not isinstance(value, Mapping):
        return 'must be a text for each language, as in { sv = "…", en = "…" }'
    strange = sorted(value.keys() - set(LANGUAGES))
    if strange:
        return f"has the unknown language {', '.join(strange)}: write {' and '.join(LANGUAGES)}"
    empty = [language for language in languages if not _written(value.get(language))]
    if empty:
        return f"lacks its text in {' and '.join(empty)}"
    if not any(_written(told) for told in value.values()):
        return f"has no text in {' or '.join(LANGUAGES)}"
    return None


def _one_of(value: Any, codes: Collection[str]) -> str | None:
    if isinstance(value, str) and value in codes:
        return None
    return f'is "{value}" and must be one of {", ".join(codes)}'


def _listed(value: Any, codes: Collection[str]) -> str | None:
    if not isinstance(value, list):
        return f"must be a list of {', '.join(codes)}"
    return next((wrong for wrong in (_one_of(v, codes) for v in value) if wrong), None)


def _counts(value: Any) -> str | None:
    """Columns of counts, each a grouping and a group of it that there are."""
    if not isinstance(value, list):
        return 'must be a list of counts, as in ["tenure.rental"]'
    for column in value:
        grouping, _, group = str(column).partition(".")
        known = groupings().get(grouping)
        if known is None:
            return f'names "{column}", and there is no grouping "{grouping}": {_there(groupings())}'
        if group not in {*known.groups, *known.beside}:
            return (
                f'names "{column}", and {grouping} has no group "{group}": '
                f"{_there([*known.groups, *known.beside])}"
            )
    if len(set(value)) < len(value):
        return "names the same counts twice"
    return None


def _there(names: Collection[str]) -> str:
    return f"there are {', '.join(names)}"


def _fallback(value: Any) -> str | None:
    if not isinstance(value, list) or not all(isinstance(v, list) and v for v in value):
        return 'must be a list of lists of counts, as in [["tenure.rental", "tenure.owned"]]'
    return next((wrong for wrong in map(_counts, value) if wrong), None)


def _origins(value: Any) -> str | None:
    if not isinstance(value, list) or not all(isinstance(v, Mapping) for v in value):
        return "must be tables: write [[…origin]] with two brackets for each"
    for origin in value:
        strange = sorted(origin.keys() - set(ORIGIN_FIELDS))
        if strange:
            return (
                f"has the unknown {', '.join(strange)}: its fields are {', '.join(ORIGIN_FIELDS)}"
            )
        if not _written(origin.get("publisher")):
            return "lacks its publisher"
        if not isinstance(origin.get("table", ""), str):
            return 'must tell its table as text, as in "000006OC"'
        titles = origin.get("titles", [])
        if not isinstance(titles, list) or not all(_written(title) for title in titles):
            return "must have its titles as a list of texts"
        scale = origin.get("scale", 1.0)
        if isinstance(scale, bool) or not isinstance(scale, int | float) or scale <= 0:
            return f"has the scale {scale}, and it must be a number above 0, as 0.01 for per cent"
    return None


def _breaks(value: Any, languages: Collection[str]) -> str | None:
    if not isinstance(value, list) or not all(isinstance(v, Mapping) for v in value):
        return "must be tables: write [[…break]] with two brackets for each"
    for told in value:
        period = str(told.get("period", ""))
        if not re.match(r"(18|19|20|21)\d\d", period):
            return f'has the period "{period}", and it must begin with a year, as in "2015"'
        strange = sorted(told.keys() - {"period", "text"})
        if strange:
            return f"has the unknown {', '.join(strange)}: its fields are period, text"
        wrong = _text(told.get("text"), languages)
        if wrong:
            return f"of {period}: its text {wrong}"
    return None


def _version(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return None
    return "must be a whole number from 1"
