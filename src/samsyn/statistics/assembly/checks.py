"""What must hold of the counts and observations before they become a release."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from samsyn.statistics.areas.findings import Finding
from samsyn.statistics.areas.keys import LEVELS
from samsyn.statistics.areas.sweden import lacking_beside, partly_there, strange_municipalities
from samsyn.statistics.assembly.aggregation import upwards
from samsyn.statistics.assembly.cells import shown
from samsyn.statistics.assembly.pieces import COUNT_KEY, OBSERVATION_KEY
from samsyn.statistics.indicators.definition import Indicator
from samsyn.statistics.release.schema import COVERAGE

# Disclosure control moves a small cell by a few: so much a part may add to a difference, in people,
# or else so much of the whole.
PER_PART: Final = 3.0
OF_WHOLE: Final = 0.02
# Shares are published in whole per cent at the coarsest: so much apart is how they are written.
AS_WRITTEN: Final = 0.006
# More areas apart than this are not disclosure control but another year, vintage or definition.
TOO_MANY: Final = 0.05
# What changes more than this from one year to the next is flagged, where it concerns enough people.
JUMP_OF_SHARE: Final = 0.25
JUMP_OF_COUNT: Final = 0.5
ENOUGH: Final = 200


def parts_and_whole(
    grouping: str, counts: pl.DataFrame, areas: pl.DataFrame, files: Sequence[str] = ()
) -> list[Finding]:
    """Published counts of areas against what the published counts of smaller areas sum to.

    The smaller areas need not be of the next level: DeSO are held against a municipality where no
    RegSO are published. `files` are what the sources are called, by position.
    """
    published = (
        counts.filter(pl.col("method") == "published")
        .join(areas.select("area", "kind"), on="area")
        .with_columns(parts=pl.lit(1.0))
    )
    there = [kind for kind in LEVELS if kind in published.get_column("kind").unique()]
    key = ["area", "period", "group", "sex", "age"]
    found = []
    for place, kind in enumerate(there[1:], start=1):
        smaller = published.filter(pl.col("kind").is_in(there[:place])).drop("kind")
        sums = upwards(smaller, areas, COUNT_KEY, ["count", "parts"]).filter(
            (pl.col("method") != "published") & pl.col("count").is_not_null()
        )
        here = published.filter((pl.col("kind") == kind) & pl.col("count").is_not_null())
        found.append(here.join(sums.select(*key, sum="count", of="parts", by="source"), on=key))
    both = pl.concat(found) if found else pl.DataFrame()
    if both.is_empty():
        return []
    both = both.with_columns(apart=(pl.col("sum") - pl.col("count")).abs())
    beyond = both.filter(
        pl.col("apart") > pl.max_horizontal(PER_PART * pl.col("of"), OF_WHOLE * pl.col("count"))
    ).sort("apart", *key, descending=[True, *[False] * len(key)])
    if beyond.is_empty():
        return []
    first = beyond.row(0, named=True)
    wrong = beyond.height > TOO_MANY * both.height
    return [
        Finding(
            "parts and whole",
            "error" if wrong else "warning",
            f"{grouping}: {beyond.height} of {both.height} published counts are not the sum of the "
            f"areas in them, most in {first['area']} in {first['period']} ({first['group']}: "
            f"{first['count']:g} published{_from(first['source'], files)}, {first['sum']:g} "
            f"summed{_from(first['by'], files)})"
            + (". That is too much for disclosure control: is a file of another year?" * wrong),
            subject=grouping,
            area=first["area"],
            period=first["period"],
        )
    ]


def _from(source: int | None, files: Sequence[str]) -> str:
    return f" in {files[source]}" if source is not None and source < len(files) else ""


def shares_in_range(indicator: Indicator, values: pl.DataFrame) -> list[Finding]:
    """Shares that Samsyn made and that are below 0 or above 1, which are no shares.

    What is published was looked at in its table, where it is told with its row.
    """
    if indicator.unit != "share":
        return []
    made = values.filter(pl.col("method") != "published")
    outside = made.filter((pl.col("value") < 0) | (pl.col("value") > 1 + 1e-9))
    outside = outside.sort("area", "period")
    if outside.is_empty():
        return []
    first = outside.row(0, named=True)
    return [
        Finding(
            "shares",
            "error",
            f"{indicator.id}: {outside.height} shares are not between 0 and 1, first "
            f"{first['value']:g} in {first['area']} in {first['period']}. The numerators that they "
            "are made of must be parts of their denominators",
            subject=indicator.id,
            area=first["area"],
            period=first["period"],
        )
    ]


def published_otherwise(
    indicator: Indicator, made: pl.DataFrame, told: pl.DataFrame, files: Sequence[str]
) -> list[Finding]:
    """Published values that are not what the counts give: what is made of counts stands."""
    both = made.select(*OBSERVATION_KEY, made="value").join(
        told.filter(pl.col("method") == "published"), on=list(OBSERVATION_KEY)
    )
    far = AS_WRITTEN if indicator.unit == "share" else AS_WRITTEN * pl.col("made").abs()
    apart = (
        both.with_columns(apart=(pl.col("value") - pl.col("made")).abs())
        .filter(pl.col("apart") > far)
        .sort("apart", *OBSERVATION_KEY, descending=[True] + [False] * len(OBSERVATION_KEY))
    )
    if apart.is_empty():
        return []
    first = apart.row(0, named=True)
    return [
        Finding(
            "sources differ",
            "warning",
            f"{indicator.id}: {apart.height} of {both.height} values published"
            f"{_from(first['source'], files)} are not what the counts give, most in "
            f"{first['area']} in {first['period']}: {first['value']:g} published, "
            f"{first['made']:g} from counts, which stands",
            subject=indicator.id,
            area=first["area"],
            period=first["period"],
        )
    ]


def jumps(indicator: Indicator, values: pl.DataFrame) -> list[Finding]:
    """Changes from one period to the next that are hardly real, apart from known breaks."""
    over_a_break = pl.any_horizontal(
        pl.lit(False),
        *((pl.col("since") < at) & (pl.col("period") >= at) for at, _ in indicator.breaks),
    )
    key = ["area", "sex", "age"]
    pairs = (
        values.filter(pl.col("value").is_not_null() & ~pl.col("value").is_nan())
        .sort(*key, "period")
        .with_columns(
            before=pl.col("value").shift().over(key),
            since=pl.col("period").shift().over(key),
            people=pl.min_horizontal(
                pl.col("denominator"), pl.col("denominator").shift().over(key)
            ),
        )
        .filter(pl.col("before").is_not_null() & ~over_a_break)
    )
    change = (pl.col("value") - pl.col("before")).abs()
    if indicator.unit == "share":
        large = (change > JUMP_OF_SHARE) & (pl.col("people").fill_null(ENOUGH) >= ENOUGH)
    elif indicator.unit == "persons":
        large = (change > JUMP_OF_COUNT * pl.col("before")) & (pl.col("before") >= ENOUGH)
    else:
        return []
    found = pairs.filter(large).with_columns(change=change).sort("change", descending=True)
    if found.is_empty():
        return []
    first = found.row(0, named=True)
    return [
        Finding(
            "jumps",
            "warning",
            f"{indicator.id} changes more from one period to the next than is likely (values: "
            f"{found.height}), most in {first['area']}: {first['before']:g} before "
            f"{first['period']}, then {first['value']:g}",
            subject=indicator.id,
            area=first["area"],
            period=first["period"],
        )
    ]


def absences(found: pl.Series, areas: pl.DataFrame, file: str) -> list[Finding]:
    """Areas that a file should have and has not: it has most of their kind.

    `found` are the areas of the file. Whole municipalities are named as such, be it that no other
    file has them either: which there are in Sweden is known.
    """
    there = areas.filter(pl.col("area").is_in(found.unique().to_list()))
    findings = []
    for (kind, vintage), part in there.group_by("kind", "vintage", maintain_order=True):
        if kind not in {"deso", "regso", "municipality"}:
            continue
        every = areas.filter((pl.col("kind") == kind) & (pl.col("vintage") == vintage))
        lacking = every.filter(~pl.col("area").is_in(part.get_column("area").to_list()))
        if part.height < 0.5 * every.height:
            lacking = lacking.clear()
        whole, single = _whole_municipalities(str(kind), lacking, part, areas)
        if not whole and not single:
            continue
        said = []
        if whole:
            what = "" if kind == "municipality" else f"all {kind} areas of "
            said.append(f"{what}the municipalities {shown(whole)}")
        if single:
            said.append(
                f"{len(single)} of {every.height} areas of {kind}/{vintage}: {shown(single)}"
            )
        findings.append(
            Finding(
                "absences",
                "warning",
                f"{file} lacks {' and '.join(said)}. Larger areas that hold them get no value",
                file=file,
            )
        )
    return findings


def parts_only(areas: pl.DataFrame) -> list[Finding]:
    """That only a part of a county or the country is there, so that nothing is summed for it."""
    partial = partly_there(areas)
    if not partial:
        return []
    names = dict(areas.select("area", "name").iter_rows())
    there = areas.filter(pl.col("area").str.starts_with("municipality/")).height
    return [
        Finding(
            "parts only",
            "note",
            f"Only a part of Sweden is in these files ({there} of 290 municipalities): nothing is "
            f"summed for {shown([names.get(key) or key for key in partial])}",
        )
    ]


def strangers(areas: pl.DataFrame) -> list[Finding]:
    """Municipalities that are none of Sweden's, among many that are: a code may be mistyped."""
    strange = strange_municipalities(areas)
    if not strange:
        return []
    keys = [f"municipality/2025/{code}" for code in strange]
    inside = areas.filter(pl.col("municipality").is_in(keys) & ~pl.col("area").is_in(keys))
    whose = f", of {shown(inside.get_column('code').to_list())}" if inside.height else ""
    return [
        Finding(
            "area",
            "warning",
            f"There is no municipality {shown(strange)} in Sweden today{whose}: the code is "
            "mistyped, or that of one that was abolished. Its values are kept under this code",
            area=keys[0],
        )
    ]


def _whole_municipalities(
    kind: str, lacking: pl.DataFrame, there: pl.DataFrame, areas: pl.DataFrame
) -> tuple[list[str], list[str]]:
    """Municipalities that lack all their areas, and the areas that are lacking one by one."""
    own = "area" if kind == "municipality" else "municipality"
    known = there.get_column(own).drop_nulls().unique()
    gone = lacking.filter(~pl.col(own).is_in(known.to_list())).get_column(own).drop_nulls()
    codes = lacking_beside(known.str.split("/").list.last().to_list())
    gone = pl.concat([gone, "municipality/2025/" + pl.Series(codes, dtype=pl.String)])
    names = dict(areas.select("area", "name").iter_rows())
    whole = [
        f"{key.rsplit('/', 1)[1]} {names.get(key) or ''}".strip() for key in gone.unique().sort()
    ]
    single = lacking.filter(pl.col(own).is_in(known.to_list())).get_column("code").to_list()
    return whole, single


def coverage(subject: str, values: pl.DataFrame, value: str, areas: pl.DataFrame) -> pl.DataFrame:
    """How many areas of each kind and vintage have a value of a subject, in every period.

    Counted are totals of sexes and ages; a count of groups is known where all of them are.
    """
    size = areas.group_by("kind", "vintage").agg(areas=pl.len().cast(pl.UInt32))
    return (
        values.filter((pl.col("sex") == "total") & (pl.col("age") == "total"))
        .group_by("area", "period")
        .agg(known=(pl.col(value).null_count() == 0))
        .join(areas.select("area", "kind", "vintage"), on="area")
        .group_by("kind", "vintage", "period")
        .agg(known=pl.col("known").sum().cast(pl.UInt32))
        .join(size, on=["kind", "vintage"])
        .with_columns(subject=pl.lit(subject), share=pl.col("known") / pl.col("areas"))
        .select(list(COVERAGE))
        .sort("kind", "vintage", "period")
    )
