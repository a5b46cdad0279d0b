"""Figures of a release that work cites: looked up by name, never taken from what somebody sends.

A figure is named by its indicator, area and period. An index of segregation is named by its
grouping, its index and the areas that people are counted in, with colons between
(`economic_standard:theil_h:regso`), and by its groups where it is not of all: `low`, or `low/high`
of one against another. `economic_standard:` is the index by which that grouping is told first.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.cycle.places import name_of, release
from samsyn.measure.errors import InputError
from samsyn.publish.first_index import UNITS
from samsyn.publish.first_index import rows_of as first_rows
from samsyn.publish.index_names import index_name
from samsyn.publish.numbers import cell, quantity
from samsyn.statistics.indicators import LEVEL_NAMES, groupings, indicators
from samsyn.statistics.query import Area, Release

LONGEST: Final = 80  # characters of a name that a figure can have


class UnknownFigureError(Exception):
    """There is no such figure; the text says what there is not."""


@dataclass(frozen=True)
class Figure:
    """A figure as a release has it: a number with its status, or the status alone."""

    indicator: str
    area: str
    period: str
    value: float | None
    status: str
    unit: str
    release: str
    numerator: float | None = None
    denominator: float | None = None

    def same_as(self, value: float | None, status: str) -> bool:
        """Whether a figure that was kept earlier says the same."""
        if self.status != status or (self.value is None) != (value is None):
            return False
        return self.value is None or math.isclose(self.value, value or 0.0, rel_tol=1e-9)


def look_up(indicator: str, area: str, period: str = "", of: str = "") -> Figure:
    """The figure of an indicator in an area and a period, of a release or of the current one.

    Without a period it is the newest that is known. Raises UnknownFigureError that says what is
    not there.
    """
    there = release(of or None)
    if there is None:
        raise UnknownFigureError(
            _("Utgåvan ”%(release)s” finns inte längre.") % {"release": of[:80]}
            if of
            else _("Det finns ingen utgåva med siffror i den här installationen.")
        )
    rows = course(there, indicator, area)
    if period:
        rows = rows.filter(pl.col("period") == period)
    elif not rows.drop_nulls("value").is_empty():
        rows = rows.drop_nulls("value")
    if rows.is_empty():
        told = {"indicator": indicator[:80], "area": area[:80], "release": there.name}
        raise UnknownFigureError(
            _("Utgåvan %(release)s har ingen siffra för ”%(indicator)s” i ”%(area)s” då.") % told
        )
    return _figure(rows.row(-1, named=True), there)


def course(there: Release, indicator: str, area: str) -> pl.DataFrame:
    """The figures of an indicator, or of an index, in an area by period; empty where none.

    Earlier figures may be of the area's earlier borders: each row says of which area it is.
    """
    try:
        if ":" in indicator:
            return _indices(there, indicator, area)
        key = there.area(area).area
        rows = there.series(indicator, key)
        # Of a period that both have, the figure of the borders that were asked for.
        own = (pl.col("area") == key).alias("own")
        rows = rows.sort("period", own, maintain_order=True)
        return rows.unique("period", keep="last", maintain_order=True)
    except InputError:
        return pl.DataFrame(schema={"period": pl.String, "value": pl.Float64})


def figures_of(indicator: str, area: str) -> list[Figure]:
    """All figures of an indicator, or of an index, in an area of the current release by period."""
    there = release()
    if there is None:
        return []
    return [_figure(row, there) for row in course(there, indicator, area).iter_rows(named=True)]


def _indices(there: Release, name: str, area: str) -> pl.DataFrame:
    grouping, index, units, groups = parts_of(name)
    region = there.area(area)
    rows = _rows_of(there, grouping, index, units, groups, region)
    status = pl.when(pl.col("value").is_null()).then(pl.lit("missing")).otherwise(pl.lit("ok"))
    return rows.select(
        pl.col("region").alias("area"), _name_of(grouping), "period", "value",
        status.alias("status"), pl.lit("index").alias("unit"),
    )  # fmt: skip


def _rows_of(
    there: Release, grouping: str, index: str, units: str, groups: str, region: Area
) -> pl.DataFrame:
    """The rows of one index in a region by period, of the newest borders where there are two.

    Without units they are the smallest that there are; without an index it is the first.
    """
    for kind in [units] if units else UNITS:
        if not index:
            found = first_rows(there, groupings()[grouping], kind, region.area)
            if found is None or found.is_empty():
                continue
            return found.sort("period")
        try:
            rows = there.indices(grouping, kind, region.kind, index=index, within=region.area)
        except InputError:
            continue
        group, _slash, against = groups.partition("/")
        rows = rows.filter(
            pl.col("region") == region.area,
            pl.col("index") == index,
            pl.col("group") == group if group else pl.col("group").is_null(),
            pl.col("against") == against if against else pl.col("against").is_null(),
        )
        if not rows.is_empty():
            return rows.sort("period", "units").unique("period", keep="last", maintain_order=True)
    raise InputError(f"no index of {grouping} in {region.area}")


def parts_of(name: str) -> tuple[str, str, str, str]:
    """Grouping, index, units and groups of the name of an index; what it leaves out is empty.

    Raises InputError where there is no such grouping.
    """
    grouping, index, units, groups = [*name.split(":"), "", "", ""][:4]
    if grouping not in groupings():
        raise InputError(f"no grouping {grouping}")
    return grouping, index, units, groups


def _name_of(grouping: str) -> pl.Expr:
    """The full name of the index of a row."""
    groups = pl.concat_str(
        [pl.col("group"), pl.col("against")], separator="/", ignore_nulls=True
    ).fill_null("")
    kind = pl.col("units").str.split("/").list.first()
    name = pl.concat_str([pl.lit(grouping), pl.col("index"), kind, groups], separator=":")
    return name.str.strip_chars_end(":").alias("indicator")


def _figure(row: dict[str, Any], there: Release) -> Figure:
    return Figure(
        indicator=row["indicator"], area=row["area"], period=row["period"], value=row["value"],
        status=row["status"] or "ok", unit=row["unit"] or "", release=there.name,
        numerator=row.get("numerator"), denominator=row.get("denominator"),
    )  # fmt: skip


def newer(kept: Any) -> Figure | None:
    """The figure that has come since one was kept: of a later period, or changed for the same.

    None where what was kept is still the newest. `kept` has the fields of a figure.
    """
    there = release()
    if there is None or not kept.indicator:
        return None
    rows = course(there, kept.indicator, kept.area)
    later = rows.filter(pl.col("period") > kept.period).drop_nulls("value")
    if not later.is_empty():
        return _figure(later.row(-1, named=True), there)
    return _revised(there, rows, kept)


def revised(kept: Any) -> Figure | None:
    """What the current release has for the period of a figure that was kept, where it has changed.

    None where it says the same, or nothing.
    """
    there = release()
    if there is None or not kept.indicator:
        return None
    return _revised(there, course(there, kept.indicator, kept.area), kept)


def _revised(there: Release, rows: pl.DataFrame, kept: Any) -> Figure | None:
    same = rows.filter(pl.col("period") == kept.period)
    if same.is_empty():
        return None
    now = _figure(same.row(-1, named=True), there)
    return None if now.same_as(kept.value, kept.status) else now


def called(indicator: str, language: str) -> str:
    """What an indicator or an index is called; its name where nobody knows it any longer."""
    if ":" in indicator:
        grouping, index, units, groups = [*indicator.split(":"), "", "", ""][:4]
        told = groupings().get(grouping)
        name, labels = (grouping, {}) if told is None else (told.name[language], told.labels)
        of = " / ".join(
            labels[one][language] if one in labels else one for one in groups.split("/") if one
        )
        level = LEVEL_NAMES.get(units.partition("/")[0], {}).get(language, units)
        shown = f": {index_name(index, language)}, {level}" if index else ""
        return f"{name}{f' ({of})' if of else ''}{shown}"
    entry = indicators().get(indicator)
    if entry is None:
        there = release()
        entry = None if there is None else there.indicator(indicator)
    return indicator if entry is None else entry.name[language]


def written(figure: Any, language: str) -> str:
    """A figure as a sentence has it: "15,3 %", or the word for why there is none."""
    if figure.value is None:
        return cell(None, figure.unit, figure.status, language)
    return quantity(figure.value, figure.unit or None, language)


def told(figure: Figure, language: str) -> str:
    """A figure with what it is of: "4,4 % Andel arbetslösa, Vattstad, 2024"."""
    name, place = called(figure.indicator, language), place_of(figure, language)
    return f"{written(figure, language)} {name}, {place}, {figure.period}"


def place_of(figure: Any, language: str) -> str:
    """What the area of a figure is called."""
    return name_of(figure.area, language)


def address_of(figure: Any) -> str:
    """Where the public pages show the figure in its release, in the language of the reader."""
    kind, vintage, code = ([*figure.area.split("/"), "", ""])[:3]
    if not code:
        vintage, code = "", vintage
    told = {"release": figure.release} if figure.release else {}
    if ":" in figure.indicator:
        grouping, index, units, groups = [*figure.indicator.split(":"), "", "", ""][:4]
        told = {
            "index": index, "units": units.partition("/")[0], "level": kind,
            "period": figure.period, **({"group": groups} if groups else {}), **told,
        }  # fmt: skip
        return f"{reverse('segregation', args=[grouping])}?{urlencode(told)}#table"
    if vintage:
        told = {"vintage": vintage, **told}
    page = reverse("place-more", args=[kind, code, f"indicator-{figure.indicator}"])
    return f"{page}?{urlencode(told)}" if told else page
