"""Choosing a place: which one a parameter means, and which there are to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

import polars as pl
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from samsyn.explore.problems import Suggestion, WrongParameterError
from samsyn.measure.errors import InputError
from samsyn.publish.wording import named
from samsyn.statistics.query import Area, Release

LONGEST = 100  # characters of a text that is looked up
SUGGESTED = 5
OPTION = '<option value="{}">{}</option>'


@dataclass(frozen=True)
class Option:
    """Something to choose: its value in the address, and what it is called."""

    value: str
    label: str


@dataclass(frozen=True)
class Options:
    """Options that belong together, under a label of their own."""

    label: str
    options: tuple[Option, ...]


def changed(request: HttpRequest, **values: str | int | Sequence[str] | None) -> str:
    """The query of this page with some parameters changed; None takes one away."""
    query: dict[str, list[str]] = {name: list(told) for name, told in request.GET.lists()}
    for name, value in values.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = [str(value)] if isinstance(value, str | int) else list(value)
    return "?" + urlencode(query, doseq=True)


def short(key: str) -> str:
    """An area's key as addresses have it, without the vintage."""
    kind, _vintage, code = key.split("/", 2)
    return f"{kind}/{code}"


def place_address(key: str) -> str:
    """The address of an area's page."""
    kind, _vintage, code = key.split("/", 2)
    pattern = _place_pattern(get_language() or "sv")
    return pattern.replace("/kind/code/", f"/{kind}/{quote(code, safe='')}/")


@lru_cache(8)
def _place_pattern(language: str) -> str:
    """The address of a place in a language; looking it up for every row of a table is slow."""
    with override(language):
        return reverse("place", args=["kind", "code"])


def chosen_place(request: HttpRequest, release: Release, parameter: str, text: str) -> Area:
    """The area that a parameter names, by key, code or name; an error that suggests others."""
    try:
        if len(text) > LONGEST:
            raise InputError("too long")
        return release.area(text)
    except InputError:
        near = release.areas(search=text[:LONGEST].rpartition("/")[2])
        # Of an area in several borders only one.
        near = near.unique(["kind", "code"], keep="first", maintain_order=True).head(SUGGESTED)
        raise WrongParameterError(
            _("”%(text)s” är inte en plats som går att känna igen. Skriv ett namn eller en kod.")
            % {"text": text[:LONGEST]},
            [
                Suggestion(_called(row), request.path + changed(request, **{parameter: short(key)}))
                for key, row in zip(near["area"], near.iter_rows(named=True), strict=True)
            ],
        ) from None


def _called(row: dict[str, str]) -> str:
    return row["name"] or row["code"]


@lru_cache(16)
def regions(release: Release, language: str) -> tuple[Options, ...]:
    """The counties, each with the municipalities in it; one group for each county."""
    counties = _in_order(release.areas("county"))
    municipalities = _in_order(release.areas("municipality"))
    found = []
    for county, name in counties.select("area", "name").iter_rows():
        label = named(name, "county", language)
        there = municipalities.filter(pl.col("county") == county)
        inside = [Option(short(key), one) for key, one in there.select("area", "name").iter_rows()]
        found.append(Options(label, (Option(short(county), label), *inside)))
    return tuple(found)


@lru_cache(16)
def options(release: Release, language: str, *, counties_only: bool) -> SafeString:
    """The counties, or these with their municipalities, as the options of a list to choose from."""
    groups = regions(release, language)
    if counties_only:
        return format_html_join("", OPTION, ((one.value, one.label) for one in _first(groups)))
    return format_html_join(
        "",
        '<optgroup label="{}">{}</optgroup>',
        (
            (
                group.label,
                format_html_join("", OPTION, ((one.value, one.label) for one in group.options)),
            )
            for group in groups
        ),
    )


def _first(groups: Sequence[Options]) -> list[Option]:
    return [group.options[0] for group in groups]


def _in_order(areas: pl.DataFrame) -> pl.DataFrame:
    """Areas by name, å, ä and ö last."""
    order = pl.col("name").str.to_lowercase()
    for letter, key in (("å", "{"), ("ä", "|"), ("ö", "}")):
        order = order.str.replace_all(letter, key, literal=True)
    return areas.sort(order)
