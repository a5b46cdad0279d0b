"""From what each source says to one set of counts and observations on every level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from samsyn.statistics.areas.findings import Finding
from samsyn.statistics.assembly.aggregation import customs, upwards
from samsyn.statistics.assembly.checks import (
    jumps,
    parts_and_whole,
    published_otherwise,
    shares_in_range,
)
from samsyn.statistics.assembly.merging import Ranked, merged
from samsyn.statistics.assembly.pieces import COUNT_KEY, OBSERVATION_KEY, no_observations
from samsyn.statistics.assembly.shares import computed
from samsyn.statistics.indicators.definition import Indicator

# Observations to 10^8 are taken up one indicator at a time; until then they are only described.
Part = pl.LazyFrame


@dataclass
class Assembly:
    """What the sources say, part by part, and what was found when it was put together.

    `areas` has the columns of the release's areas, `members` those of users' own areas, and
    `sources` are by position. Take `counts` to its end before `observations`: indicators that are
    made of counts come from them.
    """

    areas: pl.DataFrame
    members: pl.DataFrame
    catalogue: Mapping[str, Indicator]
    sources: Sequence[Ranked]
    count_parts: Mapping[str, Sequence[Part]]
    observation_parts: Mapping[str, Sequence[Part]]
    findings: list[Finding] = field(default_factory=list)
    _computed: dict[str, dict[int, pl.DataFrame]] = field(default_factory=dict)

    def counts(self) -> Iterator[tuple[str, pl.DataFrame]]:
        """The counts of each grouping on every level."""
        for grouping, parts in self.count_parts.items():
            frames = [part.collect() for part in parts]
            counts, differences = merged(frames, COUNT_KEY, "count", self.sources, grouping)
            self.findings += differences
            self.findings += parts_and_whole(grouping, counts, self.areas, self._files)
            counts = upwards(counts, self.areas, COUNT_KEY, ["count"])
            counts = customs(counts, self.members, COUNT_KEY, ["count"])
            self._compute(grouping, counts)
            yield grouping, counts

    @property
    def _files(self) -> list[str]:
        return [source.name for source in self.sources]

    def _compute(self, grouping: str, counts: pl.DataFrame) -> None:
        """The indicators that are made of this grouping's counts."""
        for indicator in self.catalogue.values():
            for place, numerator in enumerate((indicator.numerator, *indicator.fallback)):
                if not numerator or not numerator[0].startswith(f"{grouping}."):
                    continue
                found = computed(replace(indicator, numerator=numerator), {grouping: counts})
                if not found.is_empty():
                    self._computed.setdefault(indicator.id, {})[place] = found

    def observations(self) -> Iterator[tuple[str, pl.DataFrame]]:
        """The observations of each indicator on every level, in the catalogue's order."""
        for indicator in self.catalogue.values():
            by_place = self._computed.pop(indicator.id, {})
            made = [by_place[place] for place in sorted(by_place)]
            told = [part.collect() for part in self.observation_parts.get(indicator.id, ())]
            if not made and not told:
                continue
            published, differences = self._published(indicator, told)
            self.findings += differences
            if made:
                self.findings += published_otherwise(indicator, made[0], published, self._files)
            frames = [*made, published]
            values = frames[0]
            for frame in frames[1:]:
                values = _beside(values, frame)
            self.findings += shares_in_range(indicator, values)
            self.findings += jumps(indicator, values)
            yield indicator.id, values

    def _published(
        self, indicator: Indicator, parts: Sequence[pl.DataFrame]
    ) -> tuple[pl.DataFrame, list[Finding]]:
        """What sources publish ready-made, carried upwards where it can be summed."""
        if not parts:
            return no_observations(), []
        values, findings = merged(parts, OBSERVATION_KEY, "value", self.sources, indicator.id)
        if indicator.unit == "persons":
            every = upwards(values, self.areas, OBSERVATION_KEY, ["value"])
            return customs(every, self.members, OBSERVATION_KEY, ["value"]), findings
        both = pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null()
        summable = values.filter(both)
        if summable.is_empty():
            return values, findings
        sums = ["numerator", "denominator"]
        every = upwards(summable, self.areas, OBSERVATION_KEY, sums)
        every = customs(every, self.members, OBSERVATION_KEY, sums)
        share = pl.when(pl.col("denominator") > 0).then(pl.col("numerator") / pl.col("denominator"))
        summed = every.filter(pl.col("method") != "published").with_columns(value=share)
        return _beside(values, summed), findings


def _beside(values: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """`values`, and those of `others` where it has none, be it no row or no known value."""
    known = values.filter(pl.col("value").is_not_null())
    added = others.join(known, on=list(OBSERVATION_KEY), how="anti")
    unknown = values.filter(pl.col("value").is_null()).join(
        added, on=list(OBSERVATION_KEY), how="anti"
    )
    return pl.concat([known, unknown, added.select(values.columns)])
