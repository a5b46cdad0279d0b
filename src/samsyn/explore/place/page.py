"""What the page of a place shows, put together from what is gathered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.explore.components.here import here as to_here
from samsyn.explore.place import mapped, surroundings, uneven
from samsyn.explore.place.ends import Ends, ends
from samsyn.explore.place.finding import Found
from samsyn.explore.place.focus import LARGE, focus_areas, html
from samsyn.explore.place.links import page_address
from samsyn.explore.place.sourced import about_page
from samsyn.explore.place.tables import TITLES
from samsyn.explore.place.unsure import unsure
from samsyn.publish.numbers import number
from samsyn.publish.wording import named, summary
from samsyn.publish.wording.rules import Summary
from samsyn.statistics.indicators import LEVEL_NAMES, grouping
from samsyn.statistics.query import Release

KIND_NAMES: Final = {
    "country": gettext_lazy("Land"),
    "county": gettext_lazy("Län"),
    "municipality": gettext_lazy("Kommun"),
    "regso": gettext_lazy("RegSO, regionalt statistikområde"),
    "deso": gettext_lazy("DeSO, demografiskt statistikområde"),
    "custom": gettext_lazy("Eget område"),
}
# Swedish puts å, ä and ö last.
SWEDISH: Final = str.maketrans({"Å": "{", "Ä": "|", "Ö": "}", "å": "{", "ä": "|", "ö": "}"})
# Of so many summaries it is kept what they say.
KEPT: Final = 512


@dataclass(frozen=True)
class Said:
    """A sentence with the rule that wrote it, and where that is told."""

    text: str
    rule: str
    address: str


@dataclass(frozen=True)
class Step:
    """A step of the way down to the place."""

    name: str
    address: str


@lru_cache(KEPT)
def _summary(release: Release, area: str) -> Summary:
    return summary(release, area)


def page(place: Found) -> dict[str, Any]:
    """What the template shows."""
    area = place.area
    told = _summary(place.release, area.area)
    large = area.kind in LARGE
    focus = focus_areas(place)
    both = ends(place) if large else None
    beside = uneven.peers(place)
    groupings = uneven.shown(place) if large else []
    rows = _rows(place, groupings, beside)
    vintages = surroundings.vintages(place) if not large else []
    shown = mapped.shown(place)
    here = place.links.place(area.area)
    base, _sep, query = here.partition("?")
    subjects = [row.id for one in focus for row in one.rows] + groupings
    return {
        "place": place,
        "area": area,
        "name": place.name,
        "kind": KIND_NAMES[area.kind],
        "large": large,
        "breadcrumb": breadcrumb(place),
        "sentences": [_said(place, one) for one in told.sentences],
        "notes": [_said(place, one) for one in told.notes],
        "lede": told.text(place.language),
        "facts": _facts(place, both, rows),
        "map": shown,
        "legend": mapped.legend(place, shown)
        if shown and (both is None or shown.by != "types")
        else (),
        "map_words": _map_words(place, shown, both),
        "map_use": mapped.use(place, shown) if shown else "",
        "map_page": f"{page_address('areamap')}{_map_query(place, shown)}",
        "map_forms": ("svg", "png"),
        "types_page": f"{page_address('areatypes')}{place.links.query()}",
        "both_ends": (both.first, both.last) if both else (),
        "ends": both,
        "uneven": rows,
        "uneven_html": uneven.html(place, rows),
        "others": _others(place, groupings) if large else [],
        "scales_html": uneven.scales_html(rows),
        "shares_html": uneven.shares_html(rows),
        "scales": [one.units for one in rows[0].scales] if rows else [],
        "type": None if large else surroundings.type_of(place),
        "neighbours": [] if large else surroundings.neighbours(place),
        "parts": [] if large else surroundings.parts(place),
        "vintages": vintages,
        "successor": next((v for v in vintages if v.newer and v.values), None),
        "focus": [
            {
                "id": one.id,
                "name": one.name,
                "html": html(place, one.rows),
                "lacking": "; ".join(one.lacking),
            }
            for one in focus
            if one.rows
        ],
        "has_rows": any(one.rows for one in focus),
        "shown_parts": _parts_name(place),
        "shown_beside": _beside_name(place),
        "unsure": unsure(place, focus),
        "about": about_page(place, subjects, (row.period for one in focus for row in one.rows)),
        "links": place.links,
        "report_page": place.links.report(area.area),
        "plans": f"{to_here(f'/planer/{area.kind}/{quote(area.code)}/')}{place.links.query()}",
        "here": here,
        "base": base,
        "base_table": f"{base.rstrip('/')}.csv",
        "query": query,
        "takes": [(part, TITLES[part][place.language]) for part in _taken(place)],
    }


def _map_words(place: Found, shown: mapped.Shown | None, both: Ends | None) -> str:
    """What the map shows, in a sentence: its table stands beside it."""
    if shown is None:
        return ""
    large = place.area.kind in LARGE
    where = place.name if large else place.gathered.layout.name(place.area.municipality)
    if shown.by == "types":
        told = _("Områdestyperna i %(place)s.") % {"place": where}
        if both:
            told += " " + _("Antal av typ 1: %(first)s, av typ 5: %(last)s.") % {
                "first": both.first.areas, "last": both.last.areas,
            }  # fmt: skip
    else:
        entry = place.release.indicator(shown.by)
        level = shown.level.partition("/")[0]
        told = _("%(name)s i %(place)s, per %(level)s.") % {
            "name": entry.name[place.language] if entry else shown.by,
            "place": where,
            "level": LEVEL_NAMES[level][place.language],
        }
    if large:
        return told
    if shown.marked != place.area.area:
        return f"{told} {_('Det RegSO-område som området ligger i är markerat.')}"
    return f"{told} {_('Området är markerat.')}"


def _map_query(place: Found, shown: mapped.Shown | None) -> str:
    """What the large map is asked for: the same as the small one shows."""
    within = place.area.area if place.area.kind in LARGE else place.area.municipality
    asked = {"within": "/".join((within or place.area.area).split("/")[::2])}
    if shown is not None:
        asked["level"] = shown.level.partition("/")[0]
        if shown.by != "types":
            asked["indicator"] = shown.by
    return place.links.query(**asked)


def _others(place: Found, shown: list[str]) -> list[dict[str, str]]:
    return [
        {"id": name, "name": grouping(name).name[place.language]}
        for name in uneven.others(place, shown)
    ]


def _taken(place: Found) -> list[str]:
    """The parts of the figures that the place has."""
    wanted = ["values", "counts"]
    if place.gathered.layout.parts_level(place.area):
        wanted.append("parts")
    if place.area.kind in LARGE:
        wanted += ["indices", "types"]
    else:
        wanted.append("neighbours")
    return wanted


def _beside_name(place: Found) -> str:
    """What the thin ticks of the strips are."""
    return {
        "country": "",
        "county": _("riket"),
        "municipality": _("länet och riket"),
    }.get(place.area.kind, _("kommunen och riket"))


def _children(place: Found) -> list[Step]:
    """The counties of the country, or the municipalities of a county, by name."""
    layout, area = place.gathered.layout, place.area
    if area.kind == "country":
        level = layout.level_of("county")
        there = layout.levels.get(level or "")
    elif area.kind == "county":
        there = layout.inside.get((area.area, layout.level_of("municipality") or ""))
    else:
        there = None
    if there is None:
        return []
    steps = [
        Step(
            named(layout.names[at], layout.keys[at].partition("/")[0], place.language),
            place.links.place(layout.keys[at]),
        )
        for at in there.tolist()
    ]
    return sorted(steps, key=lambda step: step.name.translate(SWEDISH))


def breadcrumb(place: Found) -> list[Step]:
    """The way from the country down to the place, which is not in it."""
    area, layout = place.area, place.gathered.layout
    steps = [layout.country, area.county, area.municipality]
    steps.append(area.parent if area.kind == "deso" else None)
    return [
        Step(named(layout.name(key), key.partition("/")[0], place.language), place.links.place(key))
        for key in steps
        if key and key in layout.position and key != area.area
    ]


def _said(place: Found, sentence: Any) -> Said:
    return Said(sentence.text(place.language), sentence.rule, place.links.rule(sentence.rule))


def _rows(
    place: Found, names: list[str], beside: tuple[tuple[str, ...], str]
) -> list[uneven.Uneven]:
    """The rows of the groupings; those of the same index share an axis."""
    tops = uneven.tops(place, names)
    return [uneven.uneven(place, name, beside, tops[name]) for name in names]


def _facts(place: Found, both: Ends | None, rows: list[uneven.Uneven]) -> list[dict[str, str]]:
    """The key figures below the sentences."""
    facts = []
    figures, at = place.gathered.figures, place.gathered.layout.position[place.area.area]
    period = figures.period("population", place.level)
    if period:
        people = float(figures.sheet("population", period).value[at])
        facts.append(
            {"name": _("Invånare"), "value": number(people, "persons", place.language),
             "note": period}
        )  # fmt: skip
    if rows and rows[0].id == "economic_standard":
        facts.append(
            {"name": _("Ojämlikhetsindex"), "value": rows[0].value,
             "note": f"{rows[0].interval}, {rows[0].period}".removeprefix(", ")}
        )  # fmt: skip
    kind = surroundings.type_of(place) if place.area.kind in {"regso", "deso"} else None
    if kind:
        of = kind.published or kind.computed
        facts.append(
            {"name": _("Områdestyp") if place.area.kind == "regso"
             else _("Områdestyp för RegSO-området"),
             "value": str(of), "type": str(of), "swatch": str(of),
             "note": kind.published_label or kind.computed_label}
        )  # fmt: skip
    if both and both.first.people:
        for end, name in (
            (both.first, _("bor i områden med stora utmaningar")),
            (both.last, _("bor i områden med mycket goda förutsättningar")),
        ):
            facts.append(
                {"name": name, "value": end.share, "type": str(end.type),
                 "note": end.told.partition(" (")[0]}
            )  # fmt: skip
    return facts


def _parts_name(place: Found) -> str:
    """What the dots of the strips are."""
    kind = place.area.kind
    if kind in {"country", "county"}:
        return _("en kommun")
    if kind == "municipality":
        level = place.gathered.layout.level_of("regso")
        return _("ett RegSO-område i kommunen") if level else _("ett område i kommunen")
    if kind == "regso":
        return _("ett RegSO-område i kommunen")
    return _("ett DeSO-område i kommunen")
