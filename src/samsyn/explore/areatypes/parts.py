"""The parts of the page's figures that can be taken home."""

from __future__ import annotations

import polars as pl
from django.utils.translation import gettext as _

from samsyn.explore.areatypes import flows, types
from samsyn.explore.areatypes.choices import Choice
from samsyn.publish.charts.type_course import shares
from samsyn.statistics.query import Release

COLUMNS = (
    "area", "name", "municipality", "period", "type", "published", "computed", "uncertain", "index",
    "z", "low_economic_standard", "pre_upper_secondary", "third", "third_component", "people",
)  # fmt: skip


def told(choice: Choice) -> list[tuple[str, str]]:
    """The parts with what they are called, those first that every page has."""
    found = [
        ("types", _("Varje områdes typ")),
        ("people", _("Boende efter områdestyp, alla perioder")),
        ("uncertain", _("Områden nära en gräns")),
        ("disagreements", _("Beräknat mot publicerat")),
    ]
    if choice.within is None or choice.within.kind == "county":
        found.insert(2, ("regions", _("Andel i varje ände, kommun för kommun")))
    if choice.since is not None:
        found.append(("flows", _("Varje områdes typ förr och nu")))
    return found


def frame(release: Release, choice: Choice, part: str) -> pl.DataFrame:
    """The figures of a part."""
    now = types.now(release, choice.inside, choice.period)
    if part == "people":
        every = types.of_place(release, choice.inside)
        return shares(every).select("period", "type", "areas", "people", "share")
    if part == "regions":
        return types.by_region(now, release, "municipality").with_columns(
            period=pl.lit(choice.period)
        )
    if part == "uncertain":
        return types.near_a_border(now).select(*COLUMNS, "other", "distance")
    if part == "disagreements":
        return release.disagreements(choice.period, within=choice.inside)
    if part == "flows":
        assert choice.since is not None
        found = flows.between(release, choice.inside, choice.since, choice.period)
        return found.pairs.with_columns(since=pl.lit(choice.since), period=pl.lit(choice.period))
    return now.select(COLUMNS)
