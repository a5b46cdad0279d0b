"""The page of similar places: who is like one, how much, and by what."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.explore.asking import Asked
from samsyn.explore.choosing import LONGEST, place_address, short
from samsyn.explore.compare.selection import Dropped, Place, Selection, place_of
from samsyn.explore.problems import WrongParameterError
from samsyn.measure.errors import InputError
from samsyn.publish.about import About, about
from samsyn.publish.numbers import DASH, MINUS, cell, number
from samsyn.statistics.query import Release
from samsyn.statistics.query.similar import DENSITY, POPULATION, Similar, Trait, traits

SHOWN: Final = 12
BESIDE: Final = 4  # that are compared with the place at one press
HEAVIEST: Final = 5.0
WEIGHT: Final = "weight."
BAR: Final = 60  # pixels of a bar that is a whole distance


@dataclass(frozen=True)
class Part:
    """What a trait adds to a distance: its value, how it differs, and its part of the whole."""

    value: str
    difference: str
    share: str
    width: str


@dataclass(frozen=True)
class Neighbour:
    """A similar place."""

    rank: int
    name: str
    address: str
    distance: str
    known: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Weighed:
    """A trait with its weight, as the form shows it."""

    trait: Trait
    title: str
    value: str
    weight: str
    note: str


@dataclass(frozen=True)
class Page:
    """The page of similar places; the first `columns` of its traits count."""

    place: Place
    title: str
    traits: tuple[Weighed, ...]
    columns: int
    others: tuple[Weighed, ...]
    neighbours: tuple[Neighbour, ...]
    dropped: tuple[Dropped, ...]
    number: str
    unknown: int
    compare: str
    query: str
    about: About
    release: str | None
    usual: bool

    @property
    def used(self) -> tuple[Weighed, ...]:
        """The traits that count: those with a weight of which the place has a value."""
        return self.traits[: self.columns]

    @property
    def take_address(self) -> str:
        """Where the figures of the page are, without the ending."""
        return reverse("similar").rstrip("/") + self.query


def addresses(release: Release, chosen: Selection) -> list[tuple[Place, str]]:
    """The page of similar places, of each place of a comparison that has one."""
    pin = {"release": chosen.release} if chosen.release else {}
    return [
        (place, f"{reverse('similar')}?{urlencode({'place': place.key, **pin})}")
        for place in chosen.places
        if place.area is not None
        and place.kind in {"municipality", "county", "regso", "deso"}
        and traits(release, f"{place.area.kind}/{place.area.vintage}")
    ]


def page(request: HttpRequest, asked: Asked) -> Page:
    """What the page shows; weights that cannot be used are told and left out."""
    release, language = asked.release, asked.language
    place = _place(request, asked)
    known = _known(place, release)
    weights, dropped = _weights(request.GET, known)
    assert place.area is not None
    try:
        found = release.similar(place.area.area, weights, SHOWN)
    except InputError:
        dropped.append(
            Dropped(_("alla vikter"), _("Minst en uppgift behöver en vikt. Här står de vanliga."))
        )
        found = _usual(release, place)
    keys = [place.key, *(short(key) for key in found.places["area"].head(BESIDE))]
    pin = request.GET.get("release") or None
    beside = Selection(
        tuple(Place(key, "") for key in keys), (), False, None, None, None, None, pin
    )
    return Page(
        place=place,
        title=_title(place),
        traits=tuple(_weighed(one, language) for one in (*found.traits, *found.lacking)),
        columns=len(found.traits),
        others=tuple(_weighed(one, language) for one in found.others),
        neighbours=_neighbours(found, language),
        dropped=tuple(dropped),
        number=number(found.number, "persons", language),
        unknown=found.unknown,
        compare=reverse("compare") + beside.query(),
        query="?" + request.GET.urlencode(),
        about=_about(release, place, found, language),
        release=pin,
        usual=weights is None,
    )


def table(request: HttpRequest, asked: Asked) -> tuple[pl.DataFrame, About]:
    """Every place of the kind, with its distance and what each trait adds to it."""
    place = _place(request, asked)
    weights, dropped = _weights(request.GET, _known(place, asked.release))
    if dropped:
        raise WrongParameterError("; ".join(f"{one.text}: {one.reason}" for one in dropped))
    assert place.area is not None
    try:
        found = asked.release.similar(place.area.area, weights)
    except InputError as error:
        raise WrongParameterError(_("Minst en uppgift behöver en vikt.")) from error
    frame = found.parts.rename({"trait": "indicator"}).join(
        found.places.rename({"known": "known_share"}), on="area", how="left", maintain_order="left"
    )
    frame = frame.select(
        "area", "name", "indicator", "value", "difference", "contribution", "distance", "rank",
        "known_share",
    )  # fmt: skip
    return frame, _about(asked.release, place, found, asked.language)


def _place(request: HttpRequest, asked: Asked) -> Place:
    text = request.GET.get("place", "").strip()[:LONGEST]
    place = place_of(asked.release, text, asked.language) if text else None
    if place is None or place.area is None:
        raise WrongParameterError(
            _("Skriv vilken plats det gäller, till exempel ?place=municipality/1488.")
        )
    return place


def _known(place: Place, release: Release) -> Mapping[str, Trait]:
    assert place.area is not None
    known = {one.id: one for one in traits(release, f"{place.area.kind}/{place.area.vintage}")}
    if not known:
        raise WrongParameterError(_("Det finns för få platser av det slaget för att jämföra dem."))
    return known


def _weights(
    query: QueryDict, known: Mapping[str, Trait]
) -> tuple[dict[str, float] | None, list[Dropped]]:
    """The weights that the address gives; None where it gives none that can be used."""
    weights: dict[str, float] = {}
    dropped = []
    for name, text in query.items():
        if not name.startswith(WEIGHT):
            continue
        trait, shown = name.removeprefix(WEIGHT)[:LONGEST], str(text).strip()[:LONGEST]
        value = _number(shown)
        if trait not in known:
            dropped.append(Dropped(trait, _("Det finns ingen sådan uppgift för platserna.")))
        elif value is None:
            dropped.append(Dropped(shown or DASH, _("En vikt är ett tal från 0 till 5.")))
        else:
            weights[trait] = value
    return weights or None, dropped


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and 0 <= value <= HEAVIEST else None


def _usual(release: Release, place: Place) -> Similar:
    """The places most like one by the usual weights, or by anything that it has."""
    assert place.area is not None
    try:
        return release.similar(place.area.area, None, SHOWN)
    except InputError:
        pass
    every = dict.fromkeys(_known(place, release), 1.0)
    try:
        return release.similar(place.area.area, every, SHOWN)
    except InputError as error:
        raise WrongParameterError(_("Platsen saknar uppgifter att jämföra den efter.")) from error


def _title(place: Place) -> str:
    return {
        "municipality": _("Kommuner som liknar %(place)s"),
        "county": _("Län som liknar %(place)s"),
    }.get(place.kind, _("Områden som liknar %(place)s")) % {"place": place.name}


def _weighed(trait: Trait, language: str) -> Weighed:
    notes = []
    if trait.by_factors:
        notes.append(_("jämförs i antal gånger större eller mindre"))
    if trait.weight and trait.value is None:
        notes.append(_("platsen saknar uppgift, så den räknas inte"))
    elif not trait.weight and trait.value is None:
        notes.append(_("platsen saknar uppgift"))
    return Weighed(
        trait,
        trait.name[language],
        _value(trait, trait.value, language),
        f"{trait.weight:g}",
        "; ".join(notes),
    )


def _value(trait: Trait, value: float | None, language: str) -> str:
    unit = "persons" if trait.id == DENSITY else trait.unit
    return cell(value, unit, "missing", language)


def _neighbours(found: Similar, language: str) -> tuple[Neighbour, ...]:
    by_id = {trait.id: trait for trait in found.traits}
    parts: dict[str, list[Part]] = {}
    for row in found.parts.iter_rows(named=True):
        share = row["contribution"] or 0.0
        off = row["difference"]
        sign = "" if off is None or round(off, 1) == 0 else "+" if off > 0 else MINUS
        parts.setdefault(row["area"], []).append(
            Part(
                value=_value(by_id[row["trait"]], row["value"], language),
                difference="" if off is None else sign + number(abs(off), None, language, 1),
                share=number(share, "share", language, 0) if off is not None else DASH,
                width=f"{share * BAR:.1f}",
            )
        )
    return tuple(
        Neighbour(
            rank=row["rank"],
            name=row["name"] or row["area"].rpartition("/")[2],
            address=place_address(row["area"]),
            distance=number(row["distance"], None, language, 2),
            known="" if row["known"] > 1 - 1e-9 else number(row["known"], "share", language, 0),
            parts=tuple(parts.get(row["area"], ())),
        )
        for row in found.places.iter_rows(named=True)
    )


def _about(release: Release, place: Place, found: Similar, language: str) -> About:
    subjects = [POPULATION if one.id == DENSITY else one.id for one in found.traits]
    weights = ", ".join(f"{one.name[language]} {one.weight:g}" for one in found.traits)
    note = ngettext(
        "Jämfört efter en uppgift, med vikten: %(weights)s.",
        "Jämfört efter %(number)s uppgifter, med vikterna: %(weights)s.",
        len(found.traits),
    ) % {"number": len(found.traits), "weights": weights}
    return about(
        release, _title(place), language, subjects=tuple(dict.fromkeys(subjects)), notes=[note]
    )
