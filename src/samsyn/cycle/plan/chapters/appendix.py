"""The figures that the round began with, the releases that are cited, and how the plan was made."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from samsyn import __version__
from samsyn.cycle.chain.figures import area_name, value
from samsyn.cycle.chain.model import Chain
from samsyn.cycle.figures import called
from samsyn.cycle.plan.chapters.chain import chain_table
from samsyn.cycle.plan.gathered import Plan
from samsyn.publish.reports import Block, Bullets, Cell, Column, Link, Paragraph, Section, Table


def appendix(plan: Plan, whole: Chain, language: str, site: str) -> Section:
    """The appendix."""
    sections = [
        chain_table(whole),
        _baseline(plan, language),
        _releases(plan, language, site),
        _made(plan),
    ]
    return Section(
        "appendix",
        _("Bilaga"),
        (),
        tuple(one for one in sections if one is not None),
        begins=True,
    )


def _baseline(plan: Plan, language: str) -> Section | None:
    rows = [_figure(one, language) for one in plan.round.baseline]
    if not rows:
        return None
    columns = (
        Column(_("Indikator"), width=3.0),
        Column(_("Område"), width=1.6),
        Column(_("År"), "right", 0.7),
        Column(_("Värde"), "right", 1.4),
    )
    note = _("Utgåva %(release)s. Siffrorna är de som gällde när kartläggningen började.") % {
        "release": plan.round.release
    }
    table = Table(_("Läget när kartläggningen började"), columns, tuple(rows), note, dense=True)
    return Section("baseline", _("Läget från början"), (table,))


def _figure(one: dict[str, Any], language: str) -> tuple[Cell, ...]:
    return (
        called(str(one.get("indicator", "")), language),
        area_name(str(one.get("area", "")), language),
        str(one.get("period") or ""),
        value(one.get("value"), str(one.get("unit") or ""), str(one.get("status") or ""), language),
    )


def _releases(plan: Plan, language: str, site: str) -> Section | None:
    """The releases that figures of the plan are from, each with its figures on the web."""
    cited = {one.release for problem in plan.problems for one in plan.evidence(problem)}
    cited |= {goal.baseline_release for goal in plan.goals if goal.baseline is not None}
    cited |= {plan.round.release}
    names = sorted(one for one in cited if one)
    if not names:
        return None
    path = "omrade/" + "/".join((plan.round.place.split("/")[0], plan.round.place.split("/")[-1]))
    start = f"{site.rstrip('/')}/{'' if language == 'sv' else f'{language}/'}{path}/"
    items = tuple(
        (f"{name}: ", Link(f"{start}?release={name}", f"{start}?release={name}")) for name in names
    )
    text = _("Siffror ur en utgåva ändras aldrig. Samma siffror finns på webben:")
    return Section("releases", _("Utgåvor"), (Paragraph(text), Bullets(items)))


def _made(plan: Plan) -> Section:
    text = _(
        "Planen är sammanställd av Samsyn %(version)s ur det som %(organisation)s har skrivit. "
        "Sammanfattningens meningar är skrivna efter fasta regler och inte av någon språkmodell."
    ) % {"version": __version__, "organisation": plan.round.organisation}
    blocks: tuple[Block, ...] = (Paragraph(text),)
    return Section("made", _("Så gjordes dokumentet"), blocks)
