"""The network of a round as a page, a picture and a table, and beside another round."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.cycle.models import MappingRound
from samsyn.cycle.network import Compared, Words, compare, draw
from samsyn.cycle.ties.findings import findings
from samsyn.cycle.ties.keeping import Seen, seen_of
from samsyn.cycle.views.actors import about
from samsyn.people.access import Viewer
from samsyn.people.excel import Column, Sort, as_csv
from samsyn.people.fields import choices, label
from samsyn.people.viewing import personal, record_for, viewer
from samsyn.people.views.excel import as_file
from samsyn.publish.theme import theme


@personal
def network(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Who works together with whom, as a picture, in words and in a table."""
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    who = viewer(request)
    seen = seen_of(round, who)
    others = _others(round, who)
    asked = request.GET.get("jamfor", "")
    other = next((one for one in others if str(one.pk) == asked), None)
    told: dict[str, Any] = {
        **about(request, round, seen), "others": others, "other": other,
        "picture": mark_safe(picture(seen)) if seen.actors else "",
        "findings": findings(seen), "rows": rows(seen),
        "sectors": [
            (label("actor_sector", one), label("actor_sector", two), count)
            for (one, two), count in seen.measures.meet.items()
        ],
    }  # fmt: skip
    if other is not None:
        told |= _beside(seen, seen_of(other, who))
    return render(request, "cycle/ties/network.html", told)


def picture(seen: Seen, dark: bool = False) -> str:
    """The network as SVG."""
    return draw(seen.network, seen.measures, words(seen), theme(dark))


def words(seen: Seen) -> Words:
    """What stands in the picture and what it says to who does not see it."""
    actors, ties = len(seen.actors), len(seen.ties)
    told = [
        ngettext("%d aktör", "%d aktörer", actors) % actors,
        ngettext("%d samverkan mellan två", "%d samverkan mellan två", ties) % ties,
    ]
    description = _("%(told)s. Samma uppgifter står i tabellerna på sidan.") % {
        "told": ", ".join(told)
    }
    return Words(
        _("Nätverket av aktörer i %(round)s") % {"round": seen.round}, description,
        dict(choices("actor_sector")), _("beror på enskilda personer"),
        _("enda vägen mellan två delar"), _("annan sektor"),
    )  # fmt: skip


def rows(seen: Seen) -> list[dict[str, Any]]:
    """The actors with what is measured of each, those who hold most together first."""
    measures = seen.measures
    part = {key: at for at, keys in enumerate(measures.components, start=1) for key in keys}
    told = []
    for key, share in measures.betweenness.items():
        actor = seen.by_key[key]
        told.append({
            "actor": actor, "sector": label("actor_sector", actor.sector),
            "ties": measures.degree[key], "share": round(share * 100, 1),
            "cut": key in measures.cut, "part": part[key],
        })  # fmt: skip
    return sorted(told, key=lambda row: (-row["share"], -row["ties"], row["actor"].title))


@personal
def drawn(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """The picture alone; `?dark=1` for dark pages."""
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    svg = picture(seen_of(round, viewer(request)), request.GET.get("dark") == "1")
    return HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")


@personal
def measured(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """What is measured of each actor, as CSV."""
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    columns = [
        Column("actor", _("Aktör")), Column("sector", _("Sektor")),
        Column("ties", _("Samverkar med"), Sort.WHOLE),
        Column("share", _("Andel kortaste vägar, procent"), Sort.NUMBER),
        Column("cut", _("Brytpunkt")), Column("part", _("Del"), Sort.WHOLE),
    ]  # fmt: skip
    told = [
        {**row, "actor": str(row["actor"]), "cut": _("Ja") if row["cut"] else _("Nej")}
        for row in rows(seen_of(round, viewer(request)))
    ]
    content = as_csv(columns, told)
    return as_file(content, "text/csv; charset=utf-8", f"{slug}-natverk-{round.pk}.csv")


def _others(round: MappingRound, who: Viewer) -> list[MappingRound]:
    """The other rounds of the organisation that the viewer sees, the newest first."""
    there = MappingRound.objects.visible_to(who).filter(
        organisation=round.organisation_id, removed=None
    )
    return list(there.exclude(pk=round.pk).order_by("-year_from", "-created"))


def _beside(seen: Seen, other: Seen) -> dict[str, Any]:
    """What has changed between two rounds, from the earlier to the later."""

    def when(one: Seen) -> Any:
        return (one.round.year_from, one.round.created)

    earlier, later = sorted((seen, other), key=when)
    told: Compared = compare(earlier.network, later.network)
    gained, lost = told.between_same
    return {
        "compared": told, "earlier": earlier.round, "later": later.round,
        "gained_between_same": gained, "lost_between_same": lost,
        "earlier_by_key": earlier.by_key, "later_by_key": later.by_key,
    }  # fmt: skip
