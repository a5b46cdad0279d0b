"""How far a goal has come: what is said of it, its values over time as a chart and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from samsyn.cycle.followed import chart
from samsyn.cycle.followed.judging import Judged
from samsyn.cycle.followed.values import GoalValues, Valued
from samsyn.cycle.plan.chapters.pieces import told
from samsyn.publish.numbers import DASH
from samsyn.publish.reports import Block, Cell, Column, Figure, Table

NAMED: Final = "goal-values-"  # what the names of the charts begin with


def goal_values(values: GoalValues, language: str) -> tuple[Block, ...]:
    """The blocks below a goal; none where nothing is known."""
    if not values.rows:
        return ()
    blocks: list[Block] = [*_verdicts(values)]
    if values.drawn:
        name = f"{NAMED}{values.goal.pk}"
        blocks.append(Figure(name, chart.drawn(values, language)))
    return (*blocks, _table(values))


def goal_of(figure: Figure) -> int:
    """The key of the goal that a chart of these is of."""
    return int(figure.name.removeprefix(NAMED))


def _verdicts(values: GoalValues) -> tuple[Block, ...]:
    facts = []
    if values.own:
        facts.append((_("Enligt uppföljningarna"), _judged(values.own_judged)))
    if values.release_judged is not None:
        name = _("Enligt utgåvan %(name)s") % {"name": values.release}
        facts.append((name, _judged(values.release_judged)))
    return told(facts)


def _judged(judged: Judged) -> str:
    return f"{judged.name}. {judged.said}"


def _table(values: GoalValues) -> Table:
    columns = [Column(_("Avser"), width=1.0), Column(_("Egen uppföljning"), "right", 2.0)]
    if values.release:
        name = _("Utgåvan %(name)s") % {"name": values.release}
        columns.append(Column(name, "right", 2.0))
    rows: list[tuple[Cell, ...]] = []
    for row in values.rows:
        cells = [row.period or DASH, _said(row.own)]
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
