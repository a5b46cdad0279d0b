"""The values of a JSON-stat dataset: a list, or an object of some of them; and their status."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.sources.grid import Dimension, shape_of
from samsyn.statistics.sources.values import symbols_in

# Signs beside a value or instead of one, as Eurostat and others write them. A value that is there
# is ok, unless it is said to be an estimate.
SIGNS: Final = {"e": "estimated", "c": "secret", ":": "missing", "z": "not_applicable"}
ESTIMATED: Final = re.compile(r"estimat|uppskatt|skattad|skattat|imputed", re.IGNORECASE)


def cells_of_dataset(
    dataset: Mapping[str, Any], dimensions: Sequence[Dimension], notes: Sequence[str], name: str
) -> tuple[pl.Series, pl.Series]:
    """Values and statuses in the order of the dimensions.

    Raises InputError where they are too many, too few or no numbers.
    """
    size = math.prod(len(d.labels) for d in dimensions)
    given = dataset.get("value")
    values = _spread(given, size, "value", name) if isinstance(given, dict) else given
    if not isinstance(values, list):
        raise InputError(f"{name}: value is neither a list nor an object")
    if len(values) != size:
        raise InputError(
            f"{name} has {len(values):,} values, and its dimensions ask for "
            f"{shape_of(dimensions)}. Fetch or save it again"
        )
    numbers, texts = _numbers(values, name)
    signs = _signs(dataset.get("status"), size, name)
    meanings = _meanings(dataset)
    symbols = {**SIGNS, **symbols_in([*notes, *(f"{s} = {w}" for s, w in meanings.items())])}
    estimated = {sign for sign, words in meanings.items() if ESTIMATED.search(words)} | {"e"}
    sign = pl.coalesce("text", "sign")
    absent = sign.replace_strict(symbols, default="missing", return_dtype=pl.String)
    frame = pl.DataFrame({"value": numbers, "text": texts, "sign": signs}).select(
        "value",
        status=pl.when(pl.col("value").is_null())
        .then(absent.fill_null("missing"))
        .when(pl.col("sign").is_in(list(estimated)))
        .then(pl.lit("estimated"))
        .otherwise(pl.lit("ok")),
    )
    return frame["value"], frame["status"]


def _numbers(values: list[Any], name: str) -> tuple[pl.Series, pl.Series]:
    """Values that are numbers, and the signs that stand instead of them."""
    none = pl.repeat(None, len(values), dtype=pl.String, eager=True)
    try:
        return pl.Series(values, dtype=pl.Float64, strict=True).fill_nan(None), none
    except (TypeError, pl.exceptions.PolarsError):
        pass
    for at, value in enumerate(values):
        if isinstance(value, bool) or not isinstance(value, (int, float, str, type(None))):
            raise InputError(f"{name}: value {at + 1:,} is {value!r}, which is not a number")
    numbers = [None if isinstance(value, str) else value for value in values]
    texts = [value.strip() if isinstance(value, str) else None for value in values]
    wrong = next((text for text in texts if text and re.search(r"\d", text)), None)
    if wrong is not None:
        raise InputError(f'{name}: value {texts.index(wrong) + 1:,} is the text "{wrong}"')
    return pl.Series(numbers, dtype=pl.Float64).fill_nan(None), pl.Series(texts, dtype=pl.String)


def _signs(given: Any, size: int, name: str) -> pl.Series:
    """What stands beside each cell: told for all together, for each, or for some."""
    if given is None or isinstance(given, str):
        return pl.repeat(given or None, size, dtype=pl.String, eager=True)
    signs = _spread(given, size, "status", name) if isinstance(given, dict) else given
    if not isinstance(signs, list) or len(signs) not in {1, size}:
        raise InputError(f"{name}: status has not one entry for each value")
    texts = [None if sign is None else str(sign) for sign in signs]
    return pl.Series(texts * (size if len(texts) == 1 < size else 1), dtype=pl.String)


def _spread(given: Mapping[str, Any], size: int, what: str, name: str) -> list[Any]:
    """All cells of an object that has some of them, by their position."""
    if not all(key.isdecimal() and int(key) < size for key in given):
        wrong = next(key for key in given if not (key.isdecimal() and int(key) < size))
        raise InputError(
            f'{name}: {what} has an entry "{wrong}", and the dimensions ask for positions from 0 '
            f"to {size - 1:,}"
        )
    full = np.full(size, None, dtype=object)
    full[np.fromiter(map(int, given), np.int64, len(given))] = list(given.values())
    spread: list[Any] = full.tolist()
    return spread


def _meanings(dataset: Mapping[str, Any]) -> dict[str, str]:
    """What the signs mean in the agency's own words, as Eurostat tells them."""
    told: Any = dataset
    for key in ("extension", "status", "label"):
        told = told.get(key) if isinstance(told, dict) else None
    return {str(sign): str(words) for sign, words in told.items()} if isinstance(told, dict) else {}
