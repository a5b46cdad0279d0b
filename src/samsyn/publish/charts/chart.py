"""What a chart is: a Vega-Lite specification with its words, its table and its source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.publish.about import About
from samsyn.publish.numbers import cell
from samsyn.publish.texts import Texts, said
from samsyn.publish.theme import WIDTH, Theme, config
from samsyn.publish.wording.grammar import named

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"

TEXTS: Final[Texts] = {
    "name": {"sv": "Område", "en": "Area"},
    "period": {"sv": "Period", "en": "Period"},
    "value": {"sv": "Värde", "en": "Value"},
    "lower": {"sv": "Nedre gräns", "en": "Lower end"},
    "upper": {"sv": "Övre gräns", "en": "Upper end"},
    "status": {"sv": "Status", "en": "Status"},
    "rank": {"sv": "Plats", "en": "Rank"},
    "break": {"sv": "Brott i serien", "en": "Break in the series"},
    "units": {"sv": "Mätt på", "en": "Measured on"},
    "expected": {"sv": "Av slumpen", "en": "By chance"},
    "type": {"sv": "Områdestyp", "en": "Area type"},
    "areas": {"sv": "Områden", "en": "Areas"},
    "people": {"sv": "Personer", "en": "People"},
    "share": {"sv": "Andel", "en": "Share"},
    "group": {"sv": "Grupp", "en": "Group"},
    "count": {"sv": "Antal", "en": "Count"},
}


@dataclass(frozen=True)
class Chart:
    """A chart with all that goes with it.

    `draw` makes the specification for an area so many pixels wide: Vega-Lite without title and
    source, which the page tells around it; `drawing.picture` puts them into the picture. `tall`
    says about how high that area is with its axis, before anything is drawn. `caption` states the
    message in a sentence. `table` is the frame that it shows, `headings` what its columns are
    called and `units` how their numbers are written.
    """

    draw: Callable[[int], Mapping[str, Any]]
    title: str
    caption: str
    table: pl.DataFrame
    about: About
    headings: Mapping[str, str]
    units: Mapping[str, str] = field(default_factory=dict)
    look: Theme | None = None
    width: int = WIDTH
    tall: Callable[[int], float] = lambda width: width / 2

    @cached_property
    def spec(self) -> Mapping[str, Any]:
        """The specification: made when it is asked for, since a page needs the words only."""
        return self.draw(self.width)

    @property
    def figures(self) -> pl.DataFrame:
        """What it shows, as numbers to take home."""
        return self.table

    @property
    def source(self) -> str:
        """The line below the chart."""
        return self.about.source_line

    @property
    def language(self) -> str:
        """The language of its words."""
        return self.about.language

    def rows(self) -> list[list[str]]:
        """The table as a page writes it: numbers by their units, and words where there is none."""
        names = list(self.headings)
        at = self.table.columns.index("status") if "status" in self.table.columns else None
        return [
            [
                self._cell(
                    name, row[self.table.columns.index(name)], row[at] if at is not None else None
                )
                for name in names
            ]
            for row in self.table.iter_rows()
        ]

    def _cell(self, name: str, value: Any, status: str | None) -> str:
        if self.table.schema[name].is_numeric():
            return cell(value, self.units.get(name), status, self.language)
        return "" if value is None else str(value)


def headings(language: str, *names: str) -> dict[str, str]:
    """What columns are called, in their order."""
    return {name: said(TEXTS, name, language) for name in names}


def specification(chart: Any, look: Theme, language: str) -> dict[str, Any]:
    """An Altair chart as Vega-Lite with the theme of the house."""
    spec: dict[str, Any] = chart.to_dict(validate=False)
    spec["$schema"] = SCHEMA
    spec["config"] = config(look, language)
    return spec


def data(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Rows as Altair's data."""
    import altair as alt

    return alt.Data(values=[dict(row) for row in rows])  # type: ignore[no-untyped-call]


def unit_of(frame: pl.DataFrame) -> str | None:
    """The unit of the values of a frame; None where it tells none."""
    if "unit" not in frame.columns:
        return "index" if "index" in frame.columns else None
    units = frame.get_column("unit").drop_nulls().unique()
    return str(units[0]) if units.len() else None


def require_rows(frame: pl.DataFrame, what: str) -> pl.DataFrame:
    """The frame, which must have rows."""
    if frame.is_empty():
        raise InputError(f"There is nothing to draw: the {what} has no rows")
    return frame


def by_area(frame: pl.DataFrame, language: str) -> pl.DataFrame:
    """The frame with `area` for a region too, and large areas as the language names them."""
    if "area" not in frame.columns:
        frame = frame.rename({"region": "area"})
    names = {
        (area, name): named(name or area, area.partition("/")[0], language)
        for area, name in frame.select("area", "name").unique().iter_rows()
    }
    shown = [names[pair] for pair in frame.select("area", "name").iter_rows()]
    return frame.with_columns(name=pl.Series(shown, dtype=pl.String))


def with_columns_of(frame: pl.DataFrame, **kinds: Any) -> pl.DataFrame:
    """The frame with columns of those types, null where it lacks them."""
    return frame.with_columns(
        pl.lit(None, kind).alias(name) for name, kind in kinds.items() if name not in frame.columns
    )


def apart(at: Sequence[float], distance: float) -> list[float]:
    """Places for labels in the order of `at`, at least so far apart and as near as can be."""
    order = sorted(range(len(at)), key=lambda i: at[i])
    placed = [at[i] for i in order]
    for _ in range(60):
        moved = False
        for i in range(len(placed) - 1):
            lack = distance - (placed[i + 1] - placed[i])
            if lack > distance * 1e-6:
                placed[i] -= lack / 2
                placed[i + 1] += lack / 2
                moved = True
        if not moved:
            break
    found = [0.0] * len(at)
    for i, value in zip(order, placed, strict=True):
        found[i] = value
    return found
