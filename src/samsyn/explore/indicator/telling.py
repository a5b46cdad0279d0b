"""What the page of an indicator tells in words: definition, key figures, coverage, links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samsyn.explore.asking import Asked
from samsyn.explore.choosing import changed, options, short
from samsyn.explore.indicator import figures
from samsyn.explore.indicator.choices import INSIDE, Choice
from samsyn.explore.indicator.pictures import drawable, named_about
from samsyn.explore.indicator.there import Level, years
from samsyn.publish.about import About
from samsyn.publish.numbers import DASH, axis_title, number, quantity
from samsyn.publish.texts import capital
from samsyn.publish.wording import named
from samsyn.statistics.areas.names import search_text
from samsyn.statistics.indicators import (
    BETTER,
    FOCUS_AREA_NAMES,
    LEVEL_NAMES,
    PERSPECTIVES,
    Indicator,
    groupings,
)
from samsyn.statistics.query import Area, Release


def query(request: HttpRequest) -> str:
    """The query of the page's figures and pictures: its own, less what is of the table only."""
    told = changed(request, page=None, order=None)
    return "" if told == "?" else told


def pin(request: HttpRequest) -> str:
    """What a link adds to stay in the release that the address names."""
    name = request.GET.get("release")
    return f"?{urlencode({'release': name})}" if name else ""


def addresses(request: HttpRequest, page: str) -> dict[str, str]:
    """The addresses of what the page's figures and pictures are fetched by."""
    own = query(request)
    address = page.rstrip("/")
    return {
        "address": address,
        "diagram": f"{page}diagram/",
        "query": own,
        "all_query": f"{own}{'&' if own else '?'}part=all",
        "take_address": f"{address}{own}",
        **{
            f"{chart}_address": f"{page}diagram/{chart}{own}"
            for chart in ("time", "spread", "ranking", "scales")
        },
    }


def form(
    request: HttpRequest,
    release: Release,
    there: tuple[Level, ...],
    choice: Choice,
    language: str,
) -> dict[str, Any]:
    """What the form of the page offers, limited to what there is."""
    follow = [
        place.name if place.kind in {"municipality", "county"} else short(place.area)
        for place in choice.places
    ]
    return {
        "choice": choice,
        "levels": level_links(request, there, choice),
        "periods": choice.level.periods[::-1],
        "within_options": within_options(release, language, choice.level.kind, choice.within),
        "insides": choice.level.kind in INSIDE,
        "follow": follow,
        "follow_more": follow[2:],
    }


def within_options(release: Release, language: str, kind: str, within: Area | None) -> SafeString:
    """What areas of a kind can be shown within, as options of which one is chosen."""
    whole = options(release, language, counties_only=INSIDE.get(kind) == ("county",))
    if within is None:
        return whole
    value = f'value="{escape(short(within.area))}"'
    return mark_safe(whole.replace(value, f"{value} selected", 1))


def value_title(entry: Indicator, language: str) -> str:
    """What the column of values is called: the unit, where a number does not carry it."""
    title = axis_title(entry.unit, language)
    return capital(title) if title else _("Värde")


@dataclass(frozen=True)
class Segregation:
    """A grouping that has indices: its page, and its groups."""

    id: str
    name: str
    groups: str
    address: str


def segregations(page_of: Asked, text: str = "") -> list[Segregation]:
    """The groupings of the release that have indices, those that match a text."""
    language = page_of.language
    words = search_text(text).split() if text else []
    found = []
    for name in page_of.release.groupings:
        entry = groupings().get(name)
        if entry is None or len(entry.groups) < 2:
            continue
        groups = ", ".join(entry.labels[group][language] for group in entry.groups)
        told = f"segregation {name} {entry.name['sv']} {entry.name['en']} {groups}"
        if words and not all(word in search_text(told) for word in words):
            continue
        address = reverse("segregation", args=[name])
        found.append(Segregation(name, entry.name[language], groups, address))
    return sorted(found, key=lambda one: one.name)


def definition(release: Release, entry: Indicator, language: str, today: date) -> dict[str, Any]:
    """What the catalogue says of an indicator, in the language."""
    labels = {
        f"{grouping.id}.{group}": f"{grouping.labels[group][language]}"
        for grouping in groupings().values()
        for group in (*grouping.groups, *grouping.beside)
    }

    def counts(columns: tuple[str, ...]) -> str:
        return " + ".join(labels.get(column, column) for column in columns)

    return {
        "name": entry.name[language],
        "explanation": entry.explanation[language],
        "focus": FOCUS_AREA_NAMES[entry.focus_area][language],
        "perspectives": [PERSPECTIVES[one][language] for one in entry.perspectives],
        "unit": entry.unit_name[language],
        "better": capital(BETTER[entry.better][language]),
        "lowest": LEVEL_NAMES.get(entry.lowest_level, {}).get(language, entry.lowest_level),
        "numerator": entry.numerator_name[language],
        "denominator": entry.denominator_name[language],
        "numerator_counts": counts(entry.numerator),
        "denominator_counts": counts(entry.denominator),
        "fallback": bool(entry.fallback),
        "origins": [" ".join(filter(None, (o.publisher, o.table))) for o in entry.origins],
        "breaks": [(period, text[language]) for period, text in entry.breaks],
        "caveats": entry.caveats[language],
        "overdue": entry.overdue(today),
        "own": entry.next_review is None,
    }


def facts(
    release: Release, entry: Indicator, choice: Choice, frame: pl.DataFrame, language: str
) -> list[tuple[str, str, str]]:
    """Key figures: what, figure, and a word on it."""
    told = standing(frame, choice.places, entry.unit, language)
    beside = figures.beside(release, entry.id, choice)
    if not beside.is_empty():
        for row in beside.iter_rows(named=True):
            kind = row["area"].partition("/")[0]
            value = quantity(row["value"], entry.unit, language)
            told.append((named(row["name"], kind, language), value, ""))
    known = frame.drop_nulls("value")
    if known.height > 1:
        kind = choice.level.kind
        for word, at in ((_("Högst"), 0), (_("Lägst"), -1)):
            row = known.row(at, named=True)
            place = named(row["name"] or row["area"].rpartition("/")[2], kind, language)
            told.append((word, number(row["value"], entry.unit, language), place))
        middle = known["value"].median()
        told.append(
            (_("Mitten (median)"), number(float(middle), entry.unit, language), "")  # type: ignore[arg-type]
        )
    return told


def standing(
    frame: pl.DataFrame, places: Sequence[Area], unit: str, language: str
) -> list[tuple[str, str, str]]:
    """The figures of the places that are followed, with their ranks."""
    known = frame.drop_nulls("value")
    keys = [place.area for place in places]
    found = []
    for row in known.filter(pl.col("area").is_in(keys)).iter_rows(named=True):
        best, worst = row["best"], row["worst"]
        rank = str(best) if best == worst else f"{best}{DASH}{worst}"
        found.append(
            (
                row["name"] or row["area"].rpartition("/")[2],
                quantity(row["value"], unit, language),
                _("plats %(rank)s av %(number)s") % {
                    "rank": rank, "number": number(known.height, "persons", language)
                },
            )
        )  # fmt: skip
    return found


def coverage(there: tuple[Level, ...]) -> list[dict[str, Any]]:
    """For each level the periods and how many areas have a value in the newest."""
    return [
        {
            "name": level.name,
            "periods": years(level.periods),
            "gaps": _gaps(level.periods),
            "number": len(level.periods),
            "areas": level.most[0],
            "known": level.most[1],
        }
        for level in there
    ]


def _gaps(periods: tuple[str, ...]) -> bool:
    """Whether years lack between the first and the last."""
    if not all(period.isdecimal() for period in periods):
        return False
    return int(periods[-1]) - int(periods[0]) + 1 != len(periods)


def level_links(
    request: HttpRequest, there: tuple[Level, ...], choice: Choice
) -> list[tuple[str, str, bool]]:
    """The levels as links that keep of the other choices what fits them."""
    found = []
    for level in there:
        within = choice.within
        if within is not None and within.kind not in INSIDE.get(level.kind, ()):
            county = within.county if "county" in INSIDE.get(level.kind, ()) else None
            kept_within = None if county is None else short(county)
        else:
            kept_within = None if within is None else short(within.area)
        asked_for = request.GET.get("period")
        period = asked_for if asked_for in level.periods else None
        address = changed(
            request, level=level.asked, vintage=None, within=kept_within, period=period,
            page=None, order=None,
        )  # fmt: skip
        found.append((level.name, address, level == choice.level))
    return found


def counted(entry: Indicator, frame: pl.DataFrame, language: str) -> list[tuple[str, str, str]]:
    """The counts behind the values as columns of the table: column, title and unit."""
    told = []
    for column, title in (
        ("numerator", entry.numerator_name[language]),
        ("denominator", entry.denominator_name[language]),
    ):
        if title and frame[column].null_count() < frame.height:
            told.append((column, capital(title), "persons"))
    return told


def told_about(
    release: Release, entry: Indicator, choice: Choice, language: str, frame: pl.DataFrame
) -> About:
    """What goes with the page's figures."""
    return named_about(release, entry, choice, language, frame)


def links(request: HttpRequest, page: int) -> dict[str, str]:
    """Links within the page, each keeping the other choices."""
    return {
        "value": changed(request, order=None, page=None),
        "name": changed(request, order="name", page=None),
        "before": changed(request, page=page - 1),
        "after": changed(request, page=page + 1),
        "country": changed(request, within=None, page=None),
    }


def small_map(
    request: HttpRequest,
    release: Release,
    entry: Indicator,
    choice: Choice,
    frame: pl.DataFrame,
    language: str,
) -> dict[str, str] | None:
    """The words of the map, which is fetched by its own address; None where there is none."""
    known = frame.drop_nulls("value")
    if known.is_empty() or not drawable(release, choice):
        return None
    first, last = known.row(0, named=True), known.row(-1, named=True)
    return {
        "caption": _("Högst i %(highest)s (%(high)s), lägst i %(lowest)s (%(low)s).")
        % {
            "highest": first["name"] or first["area"].rpartition("/")[2],
            "high": number(first["value"], entry.unit, language),
            "lowest": last["name"] or last["area"].rpartition("/")[2],
            "low": number(last["value"], entry.unit, language),
        }
    }


def large_map(request: HttpRequest, name: str, choice: Choice) -> str:
    """The address of the interactive map of the same."""
    asked_for = {"indicator": name, "level": choice.level.asked, "period": choice.period}
    if choice.within is not None:
        asked_for["within"] = short(choice.within.area)
    if request.GET.get("release"):
        asked_for["release"] = request.GET["release"]
    return f"{reverse('areamap')}?{urlencode(asked_for)}"
