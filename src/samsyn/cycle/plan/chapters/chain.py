"""How the plan hangs together: a picture of the chain from problem to follow-up, and its table."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.cycle.chain.model import Chain, Node, Step
from samsyn.cycle.chain.paper import Sheet, of_paper, sheet
from samsyn.cycle.chain.words import lack_name, one_name
from samsyn.cycle.plan.gathered import Plan
from samsyn.cycle.plan.texts import one_line
from samsyn.publish.numbers import DASH
from samsyn.publish.reports import (
    Cell,
    Column,
    Diagram,
    Figure,
    Link,
    Paragraph,
    Section,
    Table,
)
from samsyn.publish.texts import listed


def chain(plan: Plan, whole: Chain, language: str) -> Section | None:
    """The section with the picture; none where there is nothing to draw."""
    if not of_paper(whole).nodes:
        return None
    made = sheet(whole)
    title, told = _("Kedjan från problem till uppföljning"), _told(whole, made, language)
    source = _("Källa: %(organisation)s, %(round)s.") % {
        "organisation": plan.round.organisation.name,
        "round": one_line(plan.round.title),
    }
    picture = Diagram(made.svg(title, told, _("Inget än")), title, told, source)
    table = (
        _("Vad varje post kommer från och leder till står i "),
        Link(_("kedjan som tabell"), "#chain-table"),
        ".",
    )
    return Section(
        "chain", _("Så hänger planen ihop"), (Figure("chain", picture), Paragraph(table))
    )


def _told(whole: Chain, made: Sheet, language: str) -> str:
    """What the picture shows, in words."""
    count = {step: len(whole.at(step)) for step in Step}
    counted = [
        ngettext("%s problem", "%s problem", count[Step.PROBLEM]) % count[Step.PROBLEM],
        ngettext("%s behov", "%s behov", count[Step.NEED]) % count[Step.NEED],
        ngettext("%s mål", "%s mål", count[Step.GOAL]) % count[Step.GOAL],
        ngettext("%s insats", "%s insatser", count[Step.INTERVENTION]) % count[Step.INTERVENTION],
        ngettext("%s uppföljning", "%s uppföljningar", count[Step.RESULT]) % count[Step.RESULT],
    ]
    told = [_("Planen har %(counted)s.") % {"counted": listed(counted, language)}]
    if any(made.left_out):
        told.append(
            _("Bilden har rum för %(shown)s av posterna: siffran under en kolumn säger hur många "
              "till det finns.") % {"shown": made.shown}
        )  # fmt: skip
    broken = len(of_paper(whole).lacks)
    if broken:
        told.append(
            ngettext(
                "Kedjan är bruten på %s ställe, som har streckad ram och en öppen ände.",
                "Kedjan är bruten på %s ställen, som har streckad ram och en öppen ände.",
                broken,
            )
            % broken
        )
    return " ".join(told)


def chain_table(whole: Chain) -> Section | None:
    """The same as a table, for the appendix."""
    part = of_paper(whole)
    if not part.nodes:
        return None
    columns = [
        Column(_("Post"), width=2.4),
        Column(_("Steg"), width=1.1),
        Column(_("Kommer från"), width=2.2),
        Column(_("Leder till"), width=2.2),
    ]
    judged = bool(part.lacks)
    if judged:
        columns.append(Column(_("Brutet"), width=1.3))
    rows: list[tuple[Cell, ...]] = []
    for key, node in part.nodes.items():
        row: list[Cell] = [
            Link(one_line(node.title), _section_of(node)), one_name(node.step),
            _titles(part.before(key)), _titles(part.after(key)),
        ]  # fmt: skip
        if judged:
            row.append("; ".join(lack_name(one) for one in part.lacks.get(key, ())) or DASH)
        rows.append(tuple(row))
    table = Table(
        _("Vad varje post kommer från och leder till"), tuple(columns), tuple(rows), dense=True
    )
    return Section("chain-table", _("Kedjan som tabell"), (table,))


def _section_of(node: Node) -> str:
    """Where a record is told of: its own section, or the table of all follow-ups."""
    return "#follow-up" if node.step is Step.RESULT else f"#{node.key.replace('/', '-')}"


def _titles(nodes: Iterable[Node]) -> str:
    return "; ".join(one_line(one.title) for one in nodes) or DASH
