"""The values of a goal as a line over time, with the target that it is to reach."""

from __future__ import annotations

import polars as pl
from django.utils.translation import gettext as _

from samsyn.cycle.followed.values import GoalValues, Valued
from samsyn.publish.about import About
from samsyn.publish.charts import Chart, line

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
                "area": TARGET, "name": _("Mål"), "period": str(goal.target_year),
                "value": goal.target, "status": "ok", "lower": None, "upper": None,
            }
        )  # fmt: skip
    kinds = {
        "area": pl.String, "name": pl.String, "period": pl.String, "value": pl.Float64,
        "status": pl.String, "lower": pl.Float64, "upper": pl.Float64,
    }  # fmt: skip
    frame = pl.DataFrame(rows, schema=kinds).with_columns(unit=pl.lit(values.unit or None))
    about = About(
        title=goal.title, language=language, release=values.release, created="", version="",
        sources=(),
    )  # fmt: skip
    return line(frame, about, dark=dark)


def _row(area: str, name: str, one: Valued) -> dict[str, object]:
    figure = one.figure
    return {
        "area": area, "name": name, "period": one.period, "value": figure.value,
        "status": "ok" if figure.known else "missing", "lower": figure.lower,
        "upper": figure.upper,
    }  # fmt: skip
