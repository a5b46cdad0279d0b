"""How unevenly people live in a region: the first index of each grouping, with what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from samsyn.explore.components import evidence
from samsyn.explore.place.finding import Found
from samsyn.explore.place.gathered import Spread
from samsyn.explore.place.rows import Markup, filled, tag
from samsyn.publish.charts import standing, trace
from samsyn.publish.first_index import FIRST, UNITS
from samsyn.publish.index_names import index_name
from samsyn.publish.intervals import Figure, difference, tally_of, within_chance
from samsyn.publish.numbers import DASH, number
from samsyn.publish.wording.evenness import FEWEST_PEERS, PEERS
from samsyn.publish.wording.gathering import FEWEST_OF_TYPE, GROUPING, INEQUALITY
from samsyn.statistics.indicators import LEVEL_NAMES, grouping, indicators

STEP: Final = 0.01


@dataclass(frozen=True)
class Scale:
    """The index over areas of one kind: "DeSO", its value, its interval and what chance gives."""

    units: str
    value: str
    interval: str
    expected: str


@dataclass(frozen=True)
class Part:
    """A part of the unevenness: between areas of which size, how much, and where its bar begins.

    `size` counts from 1, the smallest areas.
    """

    name: str
    share: str
    start: str
    width: str
    size: int


@dataclass(frozen=True)
class Uneven:
    """A grouping's row: the index, where the place stands among others, and how it has changed."""

    id: str
    name: str
    index: str
    address: str
    value: str
    interval: str
    expected: str
    period: str
    units: str
    chance: bool
    standing: str
    peers: str
    trace: str
    change: str
    scales: tuple[Scale, ...]
    shares: tuple[Part, ...]


@dataclass(frozen=True)
class Newest:
    """The newest figure of an index in a place: over which areas, and when."""

    kind: str
    spread: Spread
    at: int
    figure: Figure
    expected: float | None


def shown(place: Found) -> list[str]:
    """The groupings that a page shows in full, as far as the place has them."""
    there = [next((one for one in line if newest(place, one)), None) for line in FIRST]
    return [one for one in there if one is not None]


def others(place: Found, first: Sequence[str]) -> list[str]:
    """The groupings that the place has beside those that come `first`."""
    names = dict.fromkeys(
        name for name, _, level in place.gathered.spreads if level == place.area.kind
    )
    return [name for name in names if name not in first and newest(place, name)]


def newest(place: Found, name: str, kinds: Sequence[str] = UNITS) -> Newest | None:
    """The newest index of a grouping in the place, over the smallest areas that have it."""
    area = place.area
    for kind in kinds:
        spread = place.gathered.spreads.get((name, kind, area.kind))
        at = spread.newest(area.area) if spread else None
        if spread is not None and at is not None:
            figure, expected = spread.figure(at, area.area), spread.by_chance(at, area.area)
            return Newest(kind, spread, at, figure, expected)
    return None


def peers(place: Found) -> tuple[tuple[str, ...], str]:
    """The places that it is set beside, and which those are; see the rules of the sentences."""
    area, layout = place.area, place.gathered.layout
    if area.kind not in {"municipality", "county"}:
        return (), "municipalities"
    every = [layout.keys[at] for at in layout.levels.get(place.level, ())]
    alike = layout.same_type.get(area.type_group or "", ())
    if area.kind == "municipality" and len(alike) > FEWEST_OF_TYPE:
        every = list(alike)
    which = "type" if every == list(alike) else "municipalities"
    return (
        tuple(key for key in every if key != area.area),
        "counties" if area.kind == "county" else which,
    )


def uneven(place: Found, name: str, beside: tuple[tuple[str, ...], str], top: float) -> Uneven:
    """The row of a grouping; `beside` are `peers`, `top` where the axis ends."""
    language, told = place.language, grouping(name)
    now = newest(place, name)
    assert now is not None
    there = now.spread.at
    columns = np.array([at for key in beside[0] if (at := there.get(key)) is not None], np.intp)
    values = now.spread.value[now.at, columns]
    drawn = standing(
        now.figure, values[~np.isnan(values)].tolist(), now.expected, place.name, language,
        highest=top,
    )  # fmt: skip
    moved, change = _change(place, name, now)
    return Uneven(
        id=name,
        name=told.name[language],
        index=_index_name(name, now, language),
        address=place.links.grouping(name),
        value=number(now.figure.value, "index", language, 2),
        interval=interval(now.figure, language),
        expected=number(now.expected, "index", language, 2),
        period=now.spread.periods[now.at],
        units=units_name(now.kind, language),
        chance=within_chance(now.figure, now.expected),
        standing=drawn,
        peers=_peers(now, columns, beside[1], language),
        trace=moved,
        change=change,
        scales=tuple(scales(place, name)),
        shares=tuple(shares(place, name)),
    )


def _index_name(name: str, now: Newest, language: str) -> str:
    """What the index is called; that of economic standard has a name of its own."""
    entry = indicators().get(INEQUALITY) if name == GROUPING else None
    return entry.name[language] if entry else index_name(now.spread.index, language)


def html(place: Found, rows: Sequence[Uneven]) -> str:
    """The rows as the page shows them."""
    return filled("uneven", (_cells(place, row) for row in rows))


def _cells(place: Found, row: Uneven) -> dict[str, str]:
    said = [_("Inte mer ojämnt än vad slumpen kan ge.")] if row.chance else []
    if row.peers:
        said.append(row.peers)
    over = tag(
        '<div class="over"><div class="small">{trace}</div><p>{change}</p></div>',
        trace=Markup(row.trace), change=row.change,
    )  # fmt: skip
    return {
        "address": row.address,
        "name": row.name,
        "index": row.index,
        "units": row.units,
        "period": row.period,
        "value": row.value,
        "interval": row.interval,
        "standing": Markup(row.standing),
        "said": Markup("".join(tag("<p>{text}</p>", text=text) for text in said)),
        "over": over if row.change else "",
        "fold": place.links.place(place.area.area, f"visa/uneven-{row.id}/"),
        "use": evidence.link(
            place.release.name, evidence.index(row.id), place.area.area, row.period
        ),
    }


def scales_html(rows: Sequence[Uneven]) -> str:
    """The rows of the table of scales."""
    chance, missing = _("slumpen"), _("saknas")

    def cell(one: Scale) -> str:
        if not one.value:
            return tag('<td class="number"><i>{missing}</i></td>', missing=missing)
        return tag(
            '<td class="number"><b>{value}</b> <span>{interval}</span>'
            "<small>{expected}</small></td>",
            value=one.value,
            interval=one.interval,
            expected=f"{chance} {one.expected}" if one.expected else "",
        )

    return filled(
        "scale",
        ({"name": r.name, "cells": Markup("".join(map(cell, r.scales)))} for r in rows),
    )


def shares_html(rows: Sequence[Uneven]) -> str:
    """In which scale the unevenness lies, as a bar and in words for each grouping."""
    bar = '<rect class="part-{size}" x="{start}" width="{width}" height="4"/>'
    word = '<span><i class="part-{size}"></i>{share} {name}</span> '

    def drawn(template: str, parts: Sequence[Part]) -> Markup:
        return Markup(
            "".join(
                tag(template, size=str(p.size), start=p.start, width=p.width, share=p.share,
                    name=p.name)
                for p in parts
            )
        )  # fmt: skip

    return filled(
        "share",
        (
            {"name": r.name, "bars": drawn(bar, r.shares), "words": drawn(word, r.shares)}
            for r in rows
            if r.shares
        ),
    )


def tops(place: Found, names: Sequence[str]) -> dict[str, float]:
    """Where the axis of each row ends: at the highest of all rows that show the same index."""
    highest: dict[str, float] = {}
    for name in names:
        if now := newest(place, name):
            value = float(np.nanmax(now.spread.value[now.at]))
            highest[now.spread.index] = max(value, highest.get(now.spread.index, 0.0))
    return {name: highest[str(grouping(name).first_index)] for name in names}


def interval(figure: Figure, language: str) -> str:
    """An interval in two decimals; nothing where there is none, or two decimals do not show it."""
    if not figure.sure:
        return ""
    ends = [number(end, "index", language, 2) for end in (figure.lower, figure.upper)]
    if ends == [number(figure.value, "index", language, 2)] * 2:
        return ""
    return ends[0] if ends[0] == ends[1] else DASH.join(ends)


def units_name(kind: str, language: str) -> str:
    """What the areas that people are counted in are called."""
    if kind == "municipality":
        return _("kommuner")
    return LEVEL_NAMES[kind][language] if kind in LEVEL_NAMES else kind


def scales(place: Found, name: str) -> list[Scale]:
    """The index of a grouping on DeSO, RegSO and municipalities, "" where there is none."""
    found = []
    for kind in UNITS:
        if kind == place.area.kind:
            continue
        now = newest(place, name, (kind,))
        found.append(
            Scale(
                units_name(kind, place.language),
                number(now.figure.value, "index", place.language, 2) if now else "",
                interval(now.figure, place.language) if now else "",
                number(now.expected, "index", place.language, 2) if now and now.expected else "",
            )
        )
    return found


def shares(place: Found, name: str) -> list[Part]:
    """Between areas of which size the unevenness lies, from the largest to the smallest."""
    start, found = 0.0, []
    there = place.gathered.shares.get((name, place.area.area), ())
    for at, (between, within, share) in enumerate(there):
        found.append(
            Part(
                _between(between, within),
                number(share, "share", place.language, 0),
                f"{100 * start:.1f}",
                f"{100 * share:.1f}",
                len(there) - at,
            )
        )
        start += share
    return found


def _between(between: str, within: str) -> str:
    """Between areas of which size, within those of which size, in words."""
    if within == "country":
        return _("mellan län")
    if within == "county":
        return _("mellan kommuner i samma län")
    if within == "municipality":
        return _("mellan RegSO i samma kommun")
    return _("mellan DeSO i samma RegSO") if within == "regso" else between


def _peers(now: Newest, columns: NDArray[np.intp], which: str, language: str) -> str:
    if not columns.size:
        return ""
    spread, at = now.spread, now.at
    found = tally_of(
        now.figure, spread.value[at, columns], spread.lower[at, columns],
        spread.upper[at, columns], STEP,
    )  # fmt: skip
    if found.compared < FEWEST_PEERS:
        return ""
    told = {
        "below": found.below, "above": found.above, "alike": found.alike,
        "compared": found.compared, "peers": PEERS[which][language],
    }  # fmt: skip
    return (
        _(
            "Bland %(compared)s %(peers)s är det jämnare i %(below)s, mer ojämnt i %(above)s och "
            "inte säkert skilt i %(alike)s."
        )
        % told
    )


def _change(place: Found, name: str, now: Newest) -> tuple[str, str]:
    """The index over time as a small line, and in a sentence; both empty without a time before.

    Over the areas of the newest figure where they have been there before, else over others.
    """
    area, language = place.area.area, place.language
    kinds = dict.fromkeys((now.kind, *UNITS))
    for kind in kinds:
        told = newest(place, name, (kind,))
        if told is None:
            continue
        spread = told.spread
        figures = [spread.figure(at, area) for at in range(len(spread.periods))]
        known = [at for at, figure in enumerate(figures) if figure.known]
        if len(known) < 2:
            continue
        first, last = known[0], known[-1]
        values = {
            "since": spread.periods[first],
            "until": spread.periods[last],
            "first": number(figures[first].value, "index", language, 2),
            "last": number(figures[last].value, "index", language, 2),
            "units": units_name(kind, language),
        }
        said = _said(difference(figures[last], figures[first], STEP)) % values
        if len({spread.units[at] for at in known}) > 1:
            said += " " + _("Områdenas gränser har ändrats under tiden.")
        if kind != now.kind:
            said += " " + _("Mätt på %(units)s.") % values
        return trace(spread.periods, figures, language), said
    return "", ""


def _said(change: str) -> str:
    if change == "higher":
        return _("Mer ojämnt sedan %(since)s: från %(first)s till %(last)s %(until)s.")
    if change == "lower":
        return _("Jämnare sedan %(since)s: från %(first)s till %(last)s %(until)s.")
    if change == "alike":
        return _("Ingen säker förändring sedan %(since)s: %(first)s då och %(last)s %(until)s.")
    return _(
        "%(first)s %(since)s och %(last)s %(until)s; om skillnaden är större än slumpen går inte "
        "att säga."
    )
