"""An indicator in one area over time, across the vintages of its borders."""

from __future__ import annotations

from typing import Final

import polars as pl

# Of an area that keeps this much of its people or land, the borders are the same: what is less is
# how coarsely they are drawn.
SAME: Final = 0.995
BORDERS, DEFINITION = "borders", "definition"


def with_breaks(
    values: pl.DataFrame, crosswalk: pl.DataFrame | None, breaks: tuple[str, ...]
) -> pl.DataFrame:
    """Values of an area in its vintages, with `vintage`, `overlap` and `break`.

    `values` are in the order of period and vintage. `crosswalk` are the shares between areas
    where there are several, `breaks` the periods from which the indicator is defined otherwise. At
    the first value in new borders `overlap` is the share of the earlier area that lies in the new
    one, by people where that is known, else by land; null where neither is. `break` is "borders"
    where they are not known to be the same, "definition" at a break of the indicator, "borders,
    definition" for both, and null elsewhere.
    """
    overlaps = {} if crosswalk is None else _overlaps(crosswalk)
    areas, periods = (values.get_column(name).to_list() for name in ("area", "period"))
    starts = _starts(periods, breaks)
    overlap: list[float | None] = []
    told: list[str | None] = []
    seen: set[str] = set()
    # A series has some tens of rows: a loop is done before a frame is joined.
    for before, area, period in zip([None, *areas], areas, periods, strict=False):
        moved = before is not None and before != area
        kept = overlaps.get((before, area)) if moved else None
        redefined = period in starts and period not in seen
        seen.add(period)
        overlap.append(kept)
        marks = [BORDERS] if moved and not (kept is not None and kept >= SAME) else []
        told.append(", ".join(marks + [DEFINITION] * redefined) or None)
    return values.with_columns(
        pl.Series("vintage", [area.split("/")[1] for area in areas], pl.String),
        pl.Series("overlap", overlap, pl.Float64),
        pl.Series("break", told, pl.String),
    )


def _overlaps(crosswalk: pl.DataFrame) -> dict[tuple[str | None, str], float | None]:
    """What part of each area lies in another: as it is told, else as of the other in it."""
    found: dict[tuple[str | None, str], float | None] = {}
    rows = crosswalk.select("area", "target", "population_share", "area_share").rows()
    shares = [(a, b, land if people is None else people) for a, b, people, land in rows]
    for one, other, share in shares:
        found.setdefault((one, other), share)
    for one, other, share in shares:
        found.setdefault((other, one), share)
    return found


def _starts(periods: list[str], breaks: tuple[str, ...]) -> set[str]:
    """The first period with a value at or after each break, where there are values before it."""
    there = sorted(set(periods))
    starts = set()
    for told in breaks:
        after = [period for period in there if period >= told]
        if after and after[0] != there[0]:
            starts.add(after[0])
    return starts
