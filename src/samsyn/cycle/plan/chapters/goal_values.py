"""How far a goal has come: what is said of it, and its values as a chart and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from samsyn.cycle.followed import chart
from samsyn.cycle.followed.judging import Judged
from samsyn.cycle.followed.values import GoalValues, Valued
from samsyn.publish.numbers import DASH
from samsyn.publish.reports import Block, Cell, Column, Figure, Table

NAMED: Final = "goal-values-"  # what the names of the charts begin with


def goal_values(values: GoalValues, language: str) -> tuple[Block, ...]:
    """The blocks below a goal; none where nothing is known."""
    if not values.rows:
        return ()
    if not values.drawn:
        return (_table(values),)
    picture = chart.drawn(values, language)
    return (Figure(f"{NAMED}{values.goal.pk}", picture), _table(values))


def goal_of(figure: Figure) -> int:
    """The key of the goal that a chart of these is of."""
    return int(figure.name.removeprefix(NAMED))


def verdicts(values: GoalValues) -> list[tuple[str, str]]:
    """What is said of how far it has come, by those who follow it up and by the release."""
    facts = []
    if values.own:
        facts.append((_("Enligt uppföljningarna"), _judged(values.own_judged)))
    if values.release_judged is not None:
        name = _("Enligt utgåvan %(name)s") % {"name": values.release}
        facts.append((name, _judged(values.release_judged)))
    return facts


def _judged(judged: Judged) -> str:
    return f"{judged.name}. {judged.said}"


def _table(values: GoalValues) -> Table:
    columns = [Column(_("Avser"))]
    if values.own:
        columns.append(Column(_("Egen uppföljning"), "right", 2.0))
    if values.release:
        name = _("Utgåvan %(name)s") % {"name": values.release}
        columns.append(Column(name, "right", 2.0))
    rows: list[tuple[Cell, ...]] = []
    for row in values.rows:
        cells = [row.period or DASH]
        if values.own:
            cells.append(_said(row.own))
        if values.release:
            cells.append(_said([row.released] if row.released else []))
        rows.append(tuple(cells))
    caption = _("Värdena för målet ”%(goal)s”") % {"goal": values.goal.title}
    return Table(caption, tuple(columns), tuple(rows), dense=True)


def _said(there: Sequence[Valued]) -> str:
    estimated = _("skattad")
    return "; ".join(
        f"{one.said} ({estimated})" if one.figure.estimated else one.said for one in there
    ) or DASH  # fmt: skip
