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
        """The line below a chart or a map: source, period and release."""
        own = said(TEXTS, "derived" if self.derived else "own", self.language, release=self.release)
        sources = ", ".join(self.publishers)
        told = [said(TEXTS, "source", self.language, sources=sources)] if sources else []
        return ". ".join([*(f"{part}, {self.when}" if self.when else part for part in told), own])


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

    Sources are those that the frames' column `source` numbers, and those of `subjects`, the
    indicators and groupings that derived figures rest on, as far as the release has them.
    Values that Samsyn computes of others (without a source of their own) are told to be derived.
    """
    sources: dict[Provenance, None] = {}
    periods: set[str] = set()
    own = any("source" not in frame.columns for frame in frames) or not frames
    for frame in frames:
        if "period" in frame.columns:
            periods |= set(frame.get_column("period").drop_nulls())
        if "source" in frame.columns:
            sources |= dict.fromkeys(release.sources(frame.get_column("source")))
            own |= "method" in frame.columns and bool(
                (frame.get_column("method") == "computed").any()
            )
    for subject in {*subjects} & {*release.indicators, *release.groupings}:
        sources |= dict.fromkeys(release.sources_of(subject))
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


# What the area types rest on: see docs/methods/derived.md.
AREA_TYPE_SUBJECTS: Final = (
    "area_type",
    "low_economic_standard_share",
    "pre_upper_secondary_share",
    "long_term_assistance_or_unemployment_share",
    "unemployment_rate",
)
