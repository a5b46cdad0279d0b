"""The money, summed by whether it is there and by who gives it."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from samsyn.cycle.chain.figures import kronor
from samsyn.cycle.plan.chapters.pieces import nothing
from samsyn.cycle.plan.gathered import Plan
from samsyn.cycle.plan.texts import one_line
from samsyn.people.fields import label
from samsyn.publish.reports import Cell, Column, Section, Strong, Table
from samsyn.statistics.classifications import classification


def money(plan: Plan, language: str) -> Section:
    """The section on money."""
    if not plan.money:
        return Section("money", _("Pengar"), (nothing(),))
    return Section("money", _("Pengar"), (_by_status(plan, language), _by_source(plan, language)))


def _by_status(plan: Plan, language: str) -> Table:
    sums = plan.sums()
    rows = [
        (label("funding_status", status), str(sums[status][1]), kronor(sums[status][0], language))
        for status in classification("funding_status").entries
        if status in sums
    ]
    columns = (
        Column(_("Läge"), width=2.0),
        Column(_("Poster"), "right"),
        Column(_("Belopp"), "right", 1.5),
    )
    return Table(_("Pengarna efter läge"), columns, tuple(rows))


def _by_source(plan: Plan, language: str) -> Table:
    """A row for each giver, and the sum of what is decided and applied for, not what is missing."""
    statuses = list(classification("funding_status").entries)
    found: dict[str, dict[str, Decimal]] = {}
    for one in plan.money:
        row = found.setdefault(one_line(one.source), dict.fromkeys(statuses, Decimal(0)))
        row[one.status] = row.get(one.status, Decimal(0)) + one.amount
    columns = (
        Column(_("Finansiär"), width=2.4),
        *(Column(label("funding_status", one), "right", 1.3) for one in statuses),
    )
    rows: list[tuple[Cell, ...]] = [
        (source, *(kronor(amounts[one], language) for one in statuses))
        for source, amounts in sorted(found.items())
    ]
    total = tuple(
        Strong(kronor(sum((row[one] for row in found.values()), Decimal(0)), language))
        for one in statuses
    )
    if len(rows) > 1:
        rows.append((Strong(_("Summa")), *total))
    return Table(_("Pengarna efter finansiär"), columns, tuple(rows))
