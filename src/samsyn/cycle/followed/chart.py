"""The values of a goal as a line over time, with the target that it is to reach."""

from __future__ import annotations

import dataclasses
from typing import Final

import polars as pl
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samsyn.cycle import figures
from samsyn.cycle.followed.values import GoalValues, Valued
from samsyn.cycle.places import release
from samsyn.publish import about, drawing
from samsyn.publish.about import About
from samsyn.publish.charts import Chart, line
from samsyn.statistics.sources.forms import Provenance

TALL: Final = 190  # pixels: it stands among others
OWN, RELEASED, TARGET = "own/1", "released/1", "target/1"


def drawn(values: GoalValues, language: str, *, dark: bool = False) -> Chart:
    """The chart of a goal: own follow-ups, the release's values, and the target in its year."""
    goal = values.goal
    rows = []
    for area, name, those in (
        (OWN, _("Egna uppföljningar"), values.own),
        (RELEASED, _("Utgåvan %(name)s") % {"name": values.release}, values.released),
    ):
        rows += [_row(area, name, one) for one in those if one.period]
    if goal.target is not None and goal.target_year is not None:
        rows.append(
            {
                "area": TARGET, "name": pgettext("värde", "Mål"), "period": str(goal.target_year),
                "value": goal.target, "status": "ok", "lower": None, "upper": None,
            }
        )  # fmt: skip
    kinds = {
        "area": pl.String, "name": pl.String, "period": pl.String, "value": pl.Float64,
        "status": pl.String, "lower": pl.Float64, "upper": pl.Float64,
    }  # fmt: skip
    frame = pl.DataFrame(rows, schema=kinds).with_columns(unit=pl.lit(values.unit or None))
    return line(frame, _about(values, language), dark=dark, height=TALL)


def picture(values: GoalValues, language: str, asked: QueryDict) -> HttpResponse:
    """The chart for a page, as SVG; `look=dark` and `narrow=1` give its other forms."""
    chart = drawn(values, language, dark=asked.get("look") == "dark")
    svg = drawing.svg(chart, bare=True, narrow=asked.get("narrow") == "1")
    return HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")


def _about(values: GoalValues, language: str) -> About:
    """Where the values are from: what people followed up, and the release's own sources."""
    goal, there = values.goal, release() if values.released else None
    # A goal is worded as if it were reached: a chart is named for what it shows.
    measured = figures.called(goal.indicator, language) if goal.indicator else goal.measure
    title = ", ".join(one for one in (measured or goal.title, values.place) if one)
    own = [Provenance(goal.organisation.name, "", "")] if values.own else []
    if there is None:
        return About(
            title=title, language=language, release="", created="", version="",
            sources=tuple(own),
        )  # fmt: skip
    subject, index, _rest = goal.indicator.partition(":")
    told = about.about(there, title, language, subjects=[subject])
    return dataclasses.replace(told, sources=(*own, *told.sources), derived=bool(index))


def _row(area: str, name: str, one: Valued) -> dict[str, object]:
    figure = one.figure
    return {
        "area": area, "name": name, "period": one.period, "value": figure.value,
        "status": "ok" if figure.known else "missing", "lower": figure.lower,
        "upper": figure.upper,
    }  # fmt: skip
