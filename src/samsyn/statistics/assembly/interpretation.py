"""From a source's table to counts and observations, by what the catalogue says its labels mean.

Nothing is guessed: a table that the catalogue does not know, and a label that it does not know, are
told of and left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from samsyn.statistics.areas.findings import Finding
from samsyn.statistics.assembly.cells import cells_of, published_values, shown
from samsyn.statistics.assembly.key_figures import key_figures, titled
from samsyn.statistics.assembly.pieces import COUNTS_OF_ONE, Interpretation, worst
from samsyn.statistics.assembly.plausible import (
    impossible_counts,
    impossible_of,
    impossible_percentages,
)
from samsyn.statistics.indicators.definition import Indicator
from samsyn.statistics.indicators.tables import (
    IGNORED,
    TOTAL,
    TableMeaning,
    dimension_of,
    labels_of,
    meanings_of,
    nearly_meant,
    needed_labels,
)
from samsyn.statistics.sources.forms import Cube


def interpret(
    cube: Cube, areas: pl.Series, source: int, catalogue: Mapping[str, Indicator]
) -> Interpretation:
    """What a cube says; `areas` are the keys of its rows (null: not an area)."""
    meanings = meanings_of(cube)
    if meanings:
        parts = [_by_meaning(cube, areas, meaning, source, catalogue) for meaning in meanings]
        return _joined(parts)
    known = titled(cube, catalogue)
    if known:
        return key_figures(cube, areas, known, source, catalogue)
    return Interpretation(findings=[_unknown_table(cube)])


def _joined(parts: Sequence[Interpretation]) -> Interpretation:
    counts: dict[str, pl.DataFrame] = {}
    observations: dict[str, pl.DataFrame] = {}
    for part in parts:
        counts |= part.counts
        observations |= part.observations
    findings = list(dict.fromkeys(finding for part in parts for finding in part.findings))
    return Interpretation(counts, observations, findings)


def _unknown_table(cube: Cube) -> Finding:
    told = cube.provenance
    meant = nearly_meant(cube)
    if meant is not None:
        return _changed_table(cube, meant)
    title = f' "{told.title}"' if told.title else ""
    return Finding(
        "catalogue",
        "note",
        f"{told.file}: the table {told.table or ''}{title} is not in the catalogue and was left out"
        f" (its dimensions: {', '.join(cube.dimensions)})".replace("table  ", "table "),
        file=told.file,
    )


def _changed_table(cube: Cube, meaning: TableMeaning) -> Finding:
    """A table that the catalogue knows, and that is not as it must be."""
    file = cube.provenance.file
    column = dimension_of(meaning, cube)
    if column is None:
        what = (
            f"has nothing called {meaning.dimension} (its dimensions: {', '.join(cube.dimensions)})"
        )
    else:
        there = labels_of(cube, column)
        lacking = shown(sorted(needed_labels(meaning) - there))
        strange = sorted(there - set(meaning.labels) - {meaning.base})
        what = f"lacks {lacking} of {meaning.dimension}" if lacking else "has other dimensions"
        if strange:
            what += f" and has {shown(strange)}, which the catalogue does not know"
    return Finding(
        "catalogue",
        "warning",
        f'{file}: this seems to be the table "{meaning.title}", but it {what}. It was left out. A '
        "heading may have been changed or a column taken away: export the table again, with all of "
        "them",
        subject=meaning.grouping,
        file=file,
    )


def _by_meaning(
    cube: Cube,
    areas: pl.Series,
    meaning: TableMeaning,
    source: int,
    catalogue: Mapping[str, Indicator],
) -> Interpretation:
    column = dimension_of(meaning, cube)
    cells = cells_of(cube, areas, column, meaning.only)
    if isinstance(cells, Finding):
        return Interpretation(findings=[cells])
    findings = [*cells.findings, *_strange_labels(cells.frame, meaning, cube.provenance.file)]
    frame = cells.frame
    if column is None:
        frame = frame.filter(pl.col("age") == "total").with_columns(target=pl.lit(meaning.whole))
    else:
        labels = dict(meaning.labels)
        if meaning.base:
            labels[meaning.base] = TOTAL
        frame = frame.with_columns(
            target=pl.col("label").replace_strict(labels, default=None, return_dtype=pl.String)
        ).filter(pl.col("target").is_not_null() & (pl.col("target") != IGNORED))
    if meaning.form == "values":
        findings += _impossible(frame, catalogue, cube.provenance.file)
        return Interpretation(observations=_values(frame, source), findings=findings)
    grouping = str(meaning.grouping)
    findings += _impossible_in(frame, meaning, cube.provenance.file)
    if meaning.form == "percent":
        if meaning.base is None or TOTAL not in frame.get_column("target"):
            return Interpretation(
                observations=_bare_shares(frame, grouping, catalogue, source), findings=findings
            )
        counts = _from_percent(frame, str(meaning.remainder))
    else:
        counts = _summed(frame)
        findings += _against_total(counts, grouping, cube.provenance.file)
        if meaning.remainder is not None:
            counts = _with_remainder(counts, meaning.remainder)
    groups = counts.filter(pl.col("group") != TOTAL).with_columns(
        method=pl.lit("published"), source=pl.lit(source, pl.Int32)
    )
    return Interpretation({grouping: groups.select(COUNTS_OF_ONE.names())}, findings=findings)


def _impossible(
    frame: pl.DataFrame, catalogue: Mapping[str, Indicator], file: str
) -> list[Finding]:
    """Values that cannot be, of the indicators that are the targets of a table's labels."""
    people = impossible_counts(
        frame.filter(pl.col("target") == TOTAL), "the number of people", file
    )
    return impossible_of(frame.rename({"target": "indicator"}), catalogue, file) + people


def _impossible_in(frame: pl.DataFrame, meaning: TableMeaning, file: str) -> list[Finding]:
    """Counts and percentages that cannot be."""
    what = f"the count of {meaning.grouping}"
    if meaning.form == "counts":
        return impossible_counts(frame, what, file)
    whole = pl.col("target") == TOTAL
    return [
        *impossible_counts(frame.filter(whole), what, file),
        *impossible_percentages(frame.filter(~whole), str(meaning.grouping), file),
    ]


def _strange_labels(cells: pl.DataFrame, meaning: TableMeaning, file: str) -> list[Finding]:
    """Labels that the catalogue does not know: a changed heading must not pass unseen."""
    if meaning.dimension is None or (meaning.form == "counts" and meaning.remainder is not None):
        return []
    known = {*meaning.labels, meaning.base}
    strange = [label for label in cells.get_column("label").unique().sort() if label not in known]
    if not strange:
        return []
    return [
        Finding(
            "catalogue",
            "warning",
            f"{file}: the catalogue does not know {shown(strange)} of "
            f"{meaning.dimension} in {meaning.title}, which was left out",
            subject=meaning.grouping,
            file=file,
        )
    ]


def _summed(frame: pl.DataFrame) -> pl.DataFrame:
    """Counts of each group from its parts; what one part lacks, the sum lacks."""
    return frame.group_by("area", "period", "sex", "age", group="target").agg(
        count=pl.when(pl.col("value").null_count() == 0).then(pl.col("value").sum()),
        status=worst(pl.col("status")),
    )


def _against_total(counts: pl.DataFrame, grouping: str, file: str) -> list[Finding]:
    """Where a table's own total is not the sum of its groups, beyond what disclosure control does.

    Small cells are moved by a few to protect people: a difference of up to 3 for each group, or of
    2 per cent, is that. A group that the total includes and the table does not show is no fault.
    """
    key = ["area", "period", "sex", "age"]
    sums = counts.group_by(key).agg(
        total=pl.col("count").filter(pl.col("group") == TOTAL).first(),
        parts=pl.col("count").filter(pl.col("group") != TOTAL).sum(),
        unknown=pl.col("count").filter(pl.col("group") != TOTAL).null_count(),
        groups=(pl.col("group") != TOTAL).sum(),
    )
    over = sums.filter(
        (pl.col("unknown") == 0)
        & (pl.col("parts") - pl.col("total") > pl.max_horizontal(
            3 * pl.col("groups"), 0.02 * pl.col("total")
        ))
    ).sort("area", "period")  # fmt: skip
    if over.is_empty():
        return []
    first = over.row(0, named=True)
    return [
        Finding(
            "groups and total",
            "error",
            f"{file}: in {over.height} areas the groups of {grouping} are more than the table's "
            f"total, first in {first['area']} in {first['period']}: {first['parts']:g} against "
            f"{first['total']:g}. Export the table again",
            subject=grouping,
            area=first["area"],
            period=first["period"],
            file=file,
        )
    ]


def _with_remainder(counts: pl.DataFrame, remainder: str) -> pl.DataFrame:
    """Counts with the group that is the total less the others; never below 0."""
    key = ["area", "period", "sex", "age"]
    is_total = pl.col("group") == TOTAL
    rest = counts.group_by(key).agg(
        group=pl.lit(remainder),
        count=(
            pl.col("count").filter(is_total).first()
            - pl.when(pl.col("count").filter(~is_total).null_count() == 0).then(
                pl.col("count").filter(~is_total).sum()
            )
        ).clip(lower_bound=0),
        status=worst(pl.col("status")),
    )
    return pl.concat([counts, rest.select(counts.columns)])


def _from_percent(frame: pl.DataFrame, remainder: str) -> pl.DataFrame:
    """Counts from percentages and the number of people that they are of; they are estimates."""
    key = ["area", "period", "sex", "age"]
    base = frame.filter(pl.col("target") == TOTAL).select(*key, base="value", base_status="status")
    parts = (
        frame.filter(pl.col("target") != TOTAL)
        .join(base, on=key, how="left")
        .with_columns(
            count=pl.col("value") / 100 * pl.col("base"),
            status=pl.when(pl.col("value").is_null())
            .then(pl.col("status"))
            .when(pl.col("base").is_null())
            .then(pl.col("base_status").fill_null("missing"))
            .otherwise(pl.lit("estimated")),
        )
        .select(*key, "count", "status", group="target")
    )
    rest = (
        parts.group_by(key)
        .agg(
            known=pl.when(pl.col("count").null_count() == 0).then(pl.col("count").sum()),
            status=worst(pl.col("status")),
        )
        .join(base, on=key, how="left")
        .select(
            *key,
            # Percentages that are rounded up can be a little more than the whole.
            count=(pl.col("base") - pl.col("known")).clip(lower_bound=0),
            status="status",
            group=pl.lit(remainder),
        )
    )
    return pl.concat([parts, rest.select(parts.columns)])


def _bare_shares(
    frame: pl.DataFrame, grouping: str, catalogue: Mapping[str, Indicator], source: int
) -> dict[str, pl.DataFrame]:
    """Percentages without a base: they can be shown, and not be carried to larger areas."""
    named = {i.numerator[0]: i.id for i in catalogue.values() if len(i.numerator) == 1}
    found = {}
    for (target,), part in frame.group_by("target"):
        indicator = named.get(f"{grouping}.{target}")
        if indicator is not None:
            found[indicator] = published_values(part.with_columns(pl.col("value") / 100), source)
    return found


def _values(frame: pl.DataFrame, source: int) -> dict[str, pl.DataFrame]:
    """Published figures, with the number of people that they describe where it is told."""
    key = ["area", "period", "sex", "age"]
    base = frame.filter(pl.col("target") == TOTAL).select(*key, base="value")
    joined = frame.filter(pl.col("target") != TOTAL).join(base, on=key, how="left")
    return {
        str(target): published_values(part, source, pl.col("base"))
        for (target,), part in joined.group_by("target")
    }
