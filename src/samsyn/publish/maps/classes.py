"""Which class each area of a map has: its type, or one of a few classes of values."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.measure.errors import InputError
from samsyn.publish.numbers import DASH, decimals_of, number, quantity
from samsyn.publish.texts import Texts, said

Method: TypeAlias = Literal["quantile", "jenks", "fixed"]

CLASSES: Final = 5
# A diverging scale has seven colours, the middle one neutral.
DIVERGING: Final = 7

TEXTS: Final[Texts] = {
    "quantile": {
        "sv": "Klasserna har ungefär lika många områden.",
        "en": "The classes have about as many areas each.",
    },
    "jenks": {
        "sv": "Klasserna är de där värdena i varje klass är mest lika (Jenks).",
        "en": "The classes are those in which values are most alike (Jenks).",
    },
    "fixed": {
        "sv": "Klassgränserna är bestämda i förväg.",
        "en": "The limits of the classes are set beforehand.",
    },
    "types": {
        "sv": "Områdestyperna följer av det socioekonomiska indexet.",
        "en": "The area types follow from the socioeconomic index.",
    },
    "below": {"sv": "under {limit}", "en": "below {limit}"},
    "above": {"sv": "{limit} och mer", "en": "{limit} and more"},
}

TYPES: Final[Texts] = {
    "1": {"sv": "1 Stora utmaningar", "en": "1 Great challenges"},
    "2": {"sv": "2 Utmaningar", "en": "2 Challenges"},
    "3": {"sv": "3 Blandade", "en": "3 Mixed"},
    "4": {"sv": "4 Goda förutsättningar", "en": "4 Good conditions"},
    "5": {"sv": "5 Mycket goda förutsättningar", "en": "5 Very good conditions"},
}


@dataclass(frozen=True)
class Classes:
    """The class of each area, counted from 0; areas without one are not in `of`.

    `labels` are what the classes are called, `palette` which of the theme's scales shows them,
    `method` a sentence on how they were made, `said` what is told of each area beside its name.
    `figures` are the values or the numbers of the types. `breaks` are the limits between classes of
    values, `order` the areas from the lowest value up, `unit` what the values are in.
    """

    of: Mapping[str, int]
    labels: tuple[str, ...]
    palette: Literal["area_types", "sequential", "diverging"]
    method: str
    said: Mapping[str, str]
    figures: Mapping[str, float]
    breaks: tuple[float, ...] = ()
    order: tuple[str, ...] = ()
    unit: str | None = None

    def told(self, area: str, language: str) -> str:
        """What is told of an area in running text: its type, or its value with the unit."""
        if self.palette == "area_types":
            return self.said[area]
        return quantity(self.figures[area], self.unit, language)


def by_type(types: pl.DataFrame, language: str = "sv") -> Classes:
    """The five area types; `types` has `area` and `type`: see `wording.people_by_type`."""
    known = types.drop_nulls("type")
    labels = tuple(said(TYPES, str(one), language) for one in range(1, 6))
    of = {area: int(one) - 1 for area, one in known.select("area", "type").iter_rows()}
    return Classes(
        of, labels, "area_types", said(TEXTS, "types", language),
        {area: labels[at] for area, at in of.items()}, {area: at + 1 for area, at in of.items()},
    )  # fmt: skip


def by_value(
    values: pl.DataFrame,
    language: str = "sv",
    *,
    method: Method = "quantile",
    classes: int = CLASSES,
    breaks: Sequence[float] | None = None,
    middle: float | None = None,
) -> Classes:
    """Classes of an indicator's values, which are of one period.

    Quantiles are the default: as many areas in each class show a spread whatever its form. Jenks'
    natural breaks show clumps. `breaks` are limits set beforehand, such as those of another year,
    so that maps compare. With a `middle`, which only some indicators have, colours go out from it
    in two directions. Limits are rounded as they are shown, so that a class is what it says.
    """
    known = values.drop_nulls("value")
    unit = str(values["unit"][0]) if values.height and "unit" in values.columns else None
    array = known["value"].to_numpy().astype(np.float64)
    if breaks is not None:
        method, limits = "fixed", sorted(float(limit) for limit in breaks)
    elif middle is not None:
        method, limits = "fixed", _around(array, middle, unit)
    elif method == "jenks":
        limits = jenks(array, classes)
    elif method == "quantile":
        limits = quantiles(array, classes)
    else:
        raise InputError("Fixed classes need their limits: give breaks")
    limits = sorted({round(limit, _places(unit)) for limit in limits})
    if method != "fixed":
        limits = _filled(limits, array)
    at = np.searchsorted(np.array(limits), np.round(array, 12), side="right")
    shown = {
        area: number(value, unit, language)
        for area, value in known.select("area", "value").iter_rows()
    }
    return Classes(
        of=dict(zip(known["area"].to_list(), at.tolist(), strict=True)),
        labels=_labels(limits, unit, language),
        palette="diverging" if middle is not None else "sequential",
        method=said(TEXTS, method, language),
        said=shown,
        figures=dict(known.select("area", "value").iter_rows()),
        breaks=tuple(limits),
        order=tuple(known.sort("value", "area")["area"]),
        unit=unit,
    )


def quantiles(values: NDArray[np.float64], classes: int) -> list[float]:
    """The limits between classes with as many values each."""
    if not values.size:
        return []
    return [float(q) for q in np.quantile(values, np.arange(1, classes) / classes)]


def jenks(values: NDArray[np.float64], classes: int) -> list[float]:
    """The limits that make the values within classes most alike, by least sum of squares.

    Fisher's exact algorithm over the distinct values with their weights; a limit is the lowest
    value of the class above. Fisher (1958), JASA 53, 789-798; Jenks (1977).
    """
    distinct, weight = np.unique(values, return_counts=True)
    n = distinct.size
    if n <= classes:
        return [float(value) for value in distinct[1:]]
    w = np.concatenate([[0.0], np.cumsum(weight)])
    s = np.concatenate([[0.0], np.cumsum(weight * distinct)])
    q = np.concatenate([[0.0], np.cumsum(weight * distinct**2)])
    # best[j]: the least sum of squares of the first j values in so many classes.
    best = np.full(n + 1, np.inf)
    best[1:] = q[1:] - s[1:] ** 2 / w[1:]
    best[0] = 0.0
    starts = []
    for _ in range(1, classes):
        found, start = np.full(n + 1, np.inf), np.zeros(n + 1, np.intp)
        for j in range(1, n + 1):
            inside = q[j] - q[:j] - (s[j] - s[:j]) ** 2 / (w[j] - w[:j])
            total = best[:j] + inside
            start[j] = int(np.argmin(total))
            found[j] = total[start[j]]
        starts.append(start)
        best = found
    limits, end = [], n
    for start in reversed(starts):
        end = int(start[end])
        limits.append(float(distinct[end]))
    return sorted(limits)


def _around(values: NDArray[np.float64], middle: float, unit: str | None) -> list[float]:
    """Limits at equal steps out from a middle, as far as the values go on the longer side."""
    far = float(np.max(np.abs(values - middle))) if values.size else 1.0
    step = 2 * (far or 1.0) / DIVERGING
    step = max(step, 10.0 ** -_places(unit))
    half = (DIVERGING - 1) / 2
    return [middle + step * (at - half + 0.5) for at in range(DIVERGING - 1)]


def _filled(limits: Sequence[float], values: NDArray[np.float64]) -> list[float]:
    """The limits that have values on both sides: rounding and ties can leave a class empty."""
    kept: list[float] = []
    for limit in limits:
        since = kept[-1] if kept else -np.inf
        if np.any((values >= since) & (values < limit)):
            kept.append(limit)
    return [limit for limit in kept if np.any(values >= limit)]


def _places(unit: str | None) -> int:
    """Decimals of a value, where the unit's are those of its per cent for a share."""
    return decimals_of(unit) + (2 if unit == "share" else 0)


def _labels(limits: Sequence[float], unit: str | None, language: str) -> tuple[str, ...]:
    """What the classes are called, from the lowest; the unit stands with the first and the last."""
    if not limits:
        return (DASH,)
    shown = [number(limit, unit, language) for limit in limits]
    between = [f"{low}{DASH}{high}" for low, high in pairwise(shown)]
    return (
        said(TEXTS, "below", language, limit=quantity(limits[0], unit, language)),
        *between,
        said(TEXTS, "above", language, limit=quantity(limits[-1], unit, language)),
    )


def shade(classes: Classes, colours: Sequence[str]) -> list[str]:
    """A colour for each class, from a scale that may have more or fewer."""
    count = len(classes.labels)
    if count == len(colours):
        return list(colours)
    if count == 1:
        return [colours[len(colours) // 2]]
    if count > len(colours):
        raise InputError(f"{count} classes are more than the {len(colours)} colours: take fewer")
    step = (len(colours) - 1) / (count - 1)
    return [colours[math.floor(at * step + 0.5)] for at in range(count)]
