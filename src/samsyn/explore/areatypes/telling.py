"""What the page of the area types tells in words and tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.explore.areatypes import flows, pictures, types
from samsyn.explore.areatypes.choices import Choice
from samsyn.explore.choosing import changed, options, place_address, short
from samsyn.publish.charts.area_types import NAMES, by_type
from samsyn.publish.numbers import number
from samsyn.publish.texts import capital
from samsyn.publish.wording import in_place, named
from samsyn.statistics.query import Release

SHOWN = 25  # rows of a table on the page; the file has all


def type_name(one: int, language: str) -> str:
    """What a type is called without its number: "Stora utmaningar"."""
    return capital(NAMES[str(one)][language].partition(" ")[2])


def title(choice: Choice, language: str) -> str:
    """The heading of the page."""
    if choice.within is None:
        return _("Områdestyper")
    where = in_place(choice.within.name, choice.within.kind, language)
    return _("Områdestyper %s") % where


def form(request: HttpRequest, release: Release, choice: Choice, language: str) -> dict[str, Any]:
    """What the form offers: places, periods, and earlier periods to set against."""
    whole = options(release, language, counties_only=False)
    if choice.within is not None:
        value = f'value="{escape(short(choice.within.area))}"'
        whole = mark_safe(whole.replace(value, f"{value} selected", 1))
    return {
        "within_options": whole,
        "periods": choice.periods[::-1],
        "earlier": [one for one in choice.periods if one < choice.period],
        "country_link": changed(request, within=None) if choice.within else "",
    }


def lede(choice: Choice, frame: pl.DataFrame, language: str) -> str:
    """The sentence that sums the place up, both ends in the same breath."""
    if frame.is_empty():
        return _("Inget område här har någon områdestyp %s.") % choice.period
    told = by_type(frame)
    shares = {
        one: number(share, "share", language)
        for one, share in told.select("type", "share").iter_rows()
    }
    where = (
        _("i hela landet")
        if choice.within is None
        else in_place(choice.within.name, choice.within.kind, language)
    )
    values = {"first": shares[1], "last": shares[5], "where": where, "period": choice.period}
    if told["people"].null_count():
        return capital(_(
            "%(where)s var %(first)s av områdena av typ 1, med stora socioekonomiska utmaningar, "
            "och %(last)s av typ 5, med mycket goda förutsättningar, %(period)s."
        ) % values)  # fmt: skip
    return capital(_(
        "%(where)s bodde %(first)s i områden med stora socioekonomiska utmaningar och %(last)s i "
        "områden med mycket goda förutsättningar, %(period)s."
    ) % values)  # fmt: skip


def types_told(frame: pl.DataFrame, language: str) -> list[dict[str, Any]]:
    """The five types with areas, people and share."""
    if frame.is_empty():
        return []
    return [
        {
            "type": row["type"],
            "name": type_name(row["type"], language),
            "areas": number(row["areas"], "persons", language),
            "people": number(row["people"], "persons", language),
            "share": number(row["share"], "share", language),
        }
        for row in by_type(frame).iter_rows(named=True)
    ]


def maps(release: Release, choice: Choice, language: str) -> list[dict[str, str]]:
    """The maps of the place with their words; they are fetched by their own addresses."""
    titles = {
        "map": _("Områdena efter typ"),
        "first": _("Andel som bor i områden av typ 1"),
        "last": _("Andel som bor i områden av typ 5"),
    }
    ends = {"first": _("stora utmaningar"), "last": _("mycket goda förutsättningar")}
    found = []
    for name in pictures.map_names(release, choice):
        caption = _("Tabellen nedan säger samma sak.")
        if name in ends:
            regions = types.by_region(
                types.now(release, choice.inside, choice.period), release, "municipality"
            ).sort(name, descending=True, nulls_last=True)
            highest = regions.row(0, named=True)
            none = regions.filter(pl.col(name) == 0).height
            caption = ngettext(
                "Högst andel i områden med %(end)s har %(name)s, %(share)s. %(none)s kommun har "
                "inget sådant område.",
                "Högst andel i områden med %(end)s har %(name)s, %(share)s. %(none)s kommuner har "
                "inget sådant område.",
                none,
            ) % {
                "end": ends[name], "name": highest["name"],
                "share": number(highest[name], "share", language),
                "none": number(none, "persons", language),
            }  # fmt: skip
        else:
            frame = types.now(release, choice.inside, choice.period)
            caption = _end_names(frame)
        found.append({"name": name, "title": titles[name], "caption": caption})
    return found


def _end_names(frame: pl.DataFrame) -> str:
    """The areas at both ends by name."""
    told = []
    for one, text in (
        (1, _("Stora utmaningar: %s.")),
        (5, _("Mycket goda förutsättningar: %s.")),
    ):
        names = frame.filter(pl.col("type") == one).sort("name")["name"].to_list()
        shown = ", ".join(str(name) for name in names[:5])
        if len(names) > 5:
            shown += " " + _("och %s till") % (len(names) - 5)
        told.append(text % (shown or _("inget område")))
    return " ".join(told)


def areas_told(
    release: Release, choice: Choice, frame: pl.DataFrame, language: str
) -> list[dict[str, Any]]:
    """Every area of a municipality with its type: what the map shows, as a table."""
    if choice.within is None or choice.within.kind == "county":
        return []
    return [
        {
            **_place(row, release),
            "type": row["type"],
            "uncertain": row["uncertain"],
            "z": number(row["z"], None, language),
            "people": number(row["people"], "persons", language),
        }
        for row in frame.sort("type", "name").iter_rows(named=True)
    ]


def regions_told(
    request: HttpRequest,
    release: Release,
    choice: Choice,
    frame: pl.DataFrame,
    language: str,
) -> dict[str, Any] | None:
    """County by county, or municipality by municipality, the share at each end."""
    if choice.within is not None and choice.within.kind != "county":
        return None
    kind = "county" if choice.within is None else "municipality"
    found = types.by_region(frame, release, kind)
    if found.height < 2:
        return None
    rows = [
        {
            "name": named(row["name"], kind, language),
            "link": changed(request, within=short(row["area"])),
            "areas": number(row["areas"], "persons", language),
            "people": number(row["people"], "persons", language),
            "first": number(row["first"], "share", language),
            "last": number(row["last"], "share", language),
            "first_areas": row["first_areas"],
            "last_areas": row["last_areas"],
        }
        for row in found.iter_rows(named=True)
    ]
    title_of = _("Län för län") if kind == "county" else _("Kommun för kommun")
    return {"title": title_of, "rows": rows}


def flows_told(
    request: HttpRequest, release: Release, choice: Choice, language: str
) -> dict[str, Any] | None:
    """How areas went between types; None where there is no earlier period."""
    if choice.since is None:
        return None
    found = flows.between(release, choice.inside, choice.since, choice.period)
    counted = {
        (before, after): areas
        for before, after, areas in found.pairs.group_by("before", "after")
        .agg(pl.len())
        .iter_rows()
    }
    return {
        "known": found.known,
        "moved": found.moved,
        "left_out": found.left_out,
        "any": found.pairs.height > 0,
        **_matrix(counted, language),
        "towards": [
            {
                "end": end,
                "title": heading,
                "rows": [_moved(row, release, language) for row in rows.iter_rows(named=True)],
            }
            for end, heading, rows in (
                (1, _("Mot större utmaningar"), found.towards(1)),
                (5, _("Mot bättre förutsättningar"), found.towards(5)),
            )
        ],
        "shown": flows.SHOWN,
    }


def _matrix(counted: Mapping[tuple[int, int], int], language: str) -> dict[str, Any]:
    """How many areas have each pair of types: a row for the first, a column for the second."""
    return {
        "types": range(1, 6),
        "matrix": [
            {
                "type": one,
                "name": type_name(one, language),
                "cells": [
                    {
                        "number": number(counted.get((one, other), 0), "persons", language),
                        "same": one == other,
                        "none": (one, other) not in counted,
                    }
                    for other in range(1, 6)
                ],
            }
            for one in range(1, 6)
        ],
    }


def _moved(row: dict[str, Any], release: Release, language: str) -> dict[str, Any]:
    return {
        **_place(row, release),
        "before": row["before"],
        "after": row["after"],
        "z_before": number(row["z_before"], None, language),
        "z_after": number(row["z_after"], None, language),
        "uncertain": row["uncertain"],
    }


def _place(row: dict[str, Any], release: Release) -> dict[str, str]:
    """An area with its address and its municipality."""
    municipality = row.get("municipality")
    return {
        "name": row["name"] or row["area"].rpartition("/")[2],
        "address": place_address(row["area"]),
        "municipality": release.area(municipality).name if municipality else "",
    }


def unsure_told(
    request: HttpRequest, release: Release, frame: pl.DataFrame, language: str
) -> dict[str, Any]:
    """The areas whose type is uncertain, the nearest to a border first."""
    found = types.near_a_border(frame)
    known = frame.filter(pl.col("uncertain").is_not_null()).height
    return {
        "number": number(found.height, "persons", language),
        "any": found.height > 0,
        "areas": number(frame.height, "persons", language),
        "unknown": frame.height - known,
        "more": max(0, found.height - SHOWN),
        "rows": [
            {
                **_place(row, release),
                "type": row["type"],
                "computed": row["computed"],
                "other": row["other"],
                "z": number(row["z"], None, language),
                "distance": number(row["distance"], None, language),
            }
            for row in found.head(SHOWN).iter_rows(named=True)
        ],
        "csv": changed(request, part="uncertain"),
    }


def agreement_told(
    request: HttpRequest, release: Release, choice: Choice, language: str
) -> dict[str, Any] | None:
    """How well computed and published types agree; None where none are published."""
    found = release.agreement(choice.period, within=choice.inside)
    if found is None:
        return None
    apart = release.disagreements(choice.period, within=choice.inside)
    municipality = release.areas("regso").select("area", "municipality")
    shown = apart.head(SHOWN).join(municipality, on="area", how="left", maintain_order="left")
    counted = {
        (published, computed): areas for published, computed, areas in found.confusion.iter_rows()
    }
    return {
        "areas": number(found.areas, "persons", language),
        "share": number(found.share, "share", language),
        "neighbouring": number(found.neighbouring, "share", language),
        **_matrix(counted, language),
        "number": number(apart.height, "persons", language),
        "any": apart.height > 0,
        "more": max(0, apart.height - SHOWN),
        "rows": [
            {
                **_place(row, release),
                "published": row["published"],
                "computed": row["computed"],
                "z": number(row["z"], None, language),
                "distance": number(row["distance"], None, language),
                "uncertain": row["uncertain"],
            }
            for row in shown.iter_rows(named=True)
        ],
        "csv": changed(request, part="disagreements"),
    }
