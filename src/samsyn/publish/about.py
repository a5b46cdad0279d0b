"""What a figure, a table or a picture says of itself: where it comes from and of which release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from samsyn.publish.texts import Texts, said
from samsyn.statistics.query import Release
from samsyn.statistics.sources.forms import Provenance
from samsyn.statistics.sources.opening import UNTOLD

TEXTS: Final[Texts] = {
    "source": {"sv": "Källa: {sources}", "en": "Source: {sources}"},
    "own": {"sv": "Samsyns utgåva {release}", "en": "Samsyn release {release}"},
    "derived": {
        "sv": "Beräknat av Samsyn, utgåva {release}",
        "en": "Computed by Samsyn, release {release}",
    },
    "unnamed": {"sv": "utgivaren är inte angiven", "en": "publisher not stated"},
}


@dataclass(frozen=True)
class About:
    """What goes with figures wherever they are shown or taken.

    `title` is what they are about, in the language; `sources` where they come from; `derived` says
    that Samsyn computed them from the sources' figures. `periods` are those shown, in order.
    """

    title: str
    language: str
    release: str
    created: str
    version: str
    sources: tuple[Provenance, ...]
    periods: tuple[str, ...] = ()
    derived: bool = False
    notes: tuple[str, ...] = ()

    @property
    def publishers(self) -> list[str]:
        """Who publishes the sources, each once; those that no file tells come last as such."""
        told = dict.fromkeys(s.origin for s in self.sources if s.origin != UNTOLD)
        if any(source.origin == UNTOLD for source in self.sources):
            told[said(TEXTS, "unnamed", self.language)] = None
        return list(told)

    @property
    def tables(self) -> list[str]:
        """The publishers with the codes of the tables used, each publisher once."""
        found = []
        for publisher in self.publishers:
            codes = sorted({s.table for s in self.sources if s.origin == publisher and s.table})
            found.append(f"{publisher} ({', '.join(codes)})" if codes else publisher)
        return found

    @property
    def licences(self) -> list[str]:
        """The licences of the sources, each once."""
        return sorted({source.licence for source in self.sources if source.licence})

    @property
    def retrieved(self) -> str | None:
        """The last day on which one of the sources was fetched, as an ISO date."""
        days = [source.retrieved[:10] for source in self.sources if source.retrieved]
        return max(days, default=None)

    @property
    def when(self) -> str:
        """The periods in a few signs: 2022, or 2012–2024."""
        if len(self.periods) < 2:
            return "".join(self.periods)
        return f"{self.periods[0]}–{self.periods[-1]}"

    @property
    def source_line(self) -> str:
        """The line below a chart or a map: source, period, and release where figures are of one."""
        own = []
        if self.release:
            kind = "derived" if self.derived else "own"
            own.append(said(TEXTS, kind, self.language, release=self.release))
        sources = ", ".join(self.publishers)
        told = [said(TEXTS, "source", self.language, sources=sources)] if sources else []
        return ". ".join([*(f"{part}, {self.when}" if self.when else part for part in told), *own])


# What the figures rest on that Samsyn computes: see docs/methods/derived.md.
AREA_TYPE_SUBJECTS: Final = (
    "area_type",
    "low_economic_standard_share",
    "pre_upper_secondary_share",
    "long_term_assistance_or_unemployment_share",
    "unemployment_rate",
)
DERIVED_FROM: Final = {
    "inequality_index": ("economic_standard",),
    "concentration_at_extremes": ("economic_standard",),
    "tenure_mix": ("tenure",),
    "socioeconomic_index": AREA_TYPE_SUBJECTS[1:],
}


def about(
    release: Release,
    title: str,
    language: str = "sv",
    *,
    frames: Sequence[pl.DataFrame] = (),
    subjects: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> About:
    """What goes with frames that the release answered with.

    Sources are those that the frames' column `source` numbers, and those of `subjects`: the
    indicators and groupings that figures rest on, as far as the release has them. Of derived
    figures and of values from several sources these are found by themselves. Figures that Samsyn
    computes of others are told to be derived.
    """
    sources: set[Provenance] = set()
    periods: set[str] = set()
    rest_on = set(subjects)
    own = not frames
    for frame in frames:
        if "period" in frame.columns:
            periods |= set(frame.get_column("period").drop_nulls())
        if "source" in frame.columns:
            sources |= set(release.sources(frame.get_column("source")))
        rest_on |= _subjects(release, frame)
        own |= "source" not in frame.columns or bool(
            "method" in frame.columns and (frame.get_column("method") == "computed").any()
        )
    for subject in rest_on & {*release.indicators, *release.groupings}:
        sources |= set(release.sources_of(subject))
    return About(
        title=title,
        language=language,
        release=release.name,
        created=release.manifest.created,
        version=release.manifest.version,
        sources=tuple(source for source in release.sources() if source in sources),
        periods=tuple(sorted(periods)),
        derived=own,
        notes=tuple(notes),
    )


def _subjects(release: Release, frame: pl.DataFrame) -> set[str]:
    """What a frame's figures rest on that its own column `source` does not tell."""
    found: set[str] = set()
    if "third_component" in frame.columns:
        found |= set(AREA_TYPE_SUBJECTS)
    if "source" not in frame.columns and "grouping" in frame.columns:
        found |= set(frame.get_column("grouping").unique())
    if "indicator" in frame.columns and frame.get_column("source").null_count():
        for name in frame.get_column("indicator").unique():
            found |= set(DERIVED_FROM.get(name, ()))
            entry = release.indicator(name)
            if entry is not None:
                counted = (*entry.numerator, *entry.denominator)
                found |= {column.partition(".")[0] for column in counted}
    return found
