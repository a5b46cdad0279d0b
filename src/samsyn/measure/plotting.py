"""Charts of a composition, one Altair specification each."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np

from samsyn.measure._table import tabulate
from samsyn.measure.errors import InputError

if TYPE_CHECKING:
    from samsyn.measure.composition import Composition

# More regions than this in one chart of lines cannot be told apart.
LINES = 12

WIDTH, HEIGHT = 440, 320  # pixels of a chart's own area
LINE_HEIGHT = 16  # pixels that a label takes

# Okabe and Ito's colours, which colour-blind readers tell apart, the faint ones left out or last.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#4D4D4D"]
INK, SOFT, FAINT = "#22303c", "#5b6b78", "#e3e8ec"


def chart(composition: Composition, kind: str, **question: Any) -> Any:
    """The chart of that kind; see `Composition.plot`."""
    kinds: dict[str, Callable[..., Any]] = {
        "curve": curve,
        "profile": profile,
        "intervals": intervals,
    }
    if kind not in kinds:
        raise InputError(f'there is no plot "{kind}": choose {", ".join(kinds)}')
    try:
        import altair  # noqa: F401
    except ModuleNotFoundError:
        raise InputError(
            "plots need Altair, which is not installed: pip install 'samsyn[plot]'"
        ) from None
    return kinds[kind](composition, **question)


def curve(composition: Composition, *, group: str, against: str | None = None) -> Any:
    """Segregation curves: the others' share in the units where the group's share is lowest.

    Units are put in the order of the group's share; evenness is the diagonal. Twice the area
    between is the Gini index, and the largest vertical gap the index of dissimilarity.
    """
    import altair as alt

    _few(composition)
    member = composition.group(group)
    other = None if against is None else composition.group(against)
    rows = []
    for region, name in enumerate(composition.regions):
        counts = tabulate(composition.counts[composition.region == region]).counts
        x = counts[:, member]
        y = counts.sum(axis=1) - x if other is None else counts[:, other]
        if x.sum() == 0 or y.sum() == 0:
            continue
        people = x + y
        order = np.argsort(x / np.where(people > 0, people, 1.0), kind="stable")
        for others, members in zip(
            np.concatenate([[0.0], np.cumsum(y[order]) / y.sum()]),
            np.concatenate([[0.0], np.cumsum(x[order]) / x.sum()]),
            strict=True,
        ):
            rows.append({"region": str(name), "others": float(others), "group": float(members)})
    against_title = "everyone else" if against is None else _plain(against)
    lines = (
        alt.Chart(_data(rows))
        .mark_line(strokeWidth=2.5)
        .encode(
            x=_share("others", f"Share of {against_title}"),
            y=_share("group", f"Share of {_plain(group)}"),
            color=_colour(alt.Legend(title=None, orient="top-left", offset=8)),
            order="others:Q",
        )
    )
    ends = [{"others": 0.0, "group": 0.0}, {"others": 1.0, "group": 1.0}]
    even = alt.Chart(_data(ends)).mark_line(strokeDash=[4, 4], color=SOFT)
    even = even.encode(x="others:Q", y="group:Q")
    return _finished(
        (even + lines).properties(width=HEIGHT, height=HEIGHT),
        "Segregation curve",
        ["Areas in order of the group's share; the dashed line is evenness"],
    )


def profile(composition: Composition, *, index: str, bandwidth: Any, **question: Any) -> Any:
    """The index by the bandwidth of everyone's surroundings, a line for each region and group."""
    import altair as alt

    _few(composition)
    rows = _rows(composition.index(index, bandwidth=bandwidth, **question))
    widths = sorted({row["bandwidth"] for row in rows})
    lines = (
        alt.Chart(_data(rows))
        .mark_line(point=alt.OverlayMarkDef(size=40), strokeWidth=2.5)
        .encode(
            x=alt.X(
                "bandwidth:Q",
                title="Bandwidth, in the unit of the coordinates",
                scale=alt.Scale(type="log", nice=False),
                axis=alt.Axis(values=widths, format=",~f", grid=False),
            ),
            y=alt.Y("value:Q", title=_plain(index).capitalize()),
            color=_colour(None),
            **_by_group(rows),
        )
    )
    names = alt.Chart(_data(_labels(rows))).mark_text(align="left", dx=9, fontSize=12)
    names = names.encode(x="bandwidth:Q", y="at:Q", text="region:N", color=_colour(None))
    return _finished(
        (lines + names).properties(width=WIDTH, height=HEIGHT),
        "Segregation profile",
        ["What remains at large bandwidths lies between large parts of the region"],
    )


def intervals(composition: Composition, *, index: str, **question: Any) -> Any:
    """The index of each region with its interval, in the order of the values.

    With `null`, a tick stands at what chance alone would give.
    """
    import altair as alt

    rows = _rows(composition.index(index, **({"interval": "basic"} | question)))
    name = _plain(index).capitalize()
    base = alt.Chart(_data(rows)).encode(
        y=alt.Y("region:N", title=None, sort=alt.EncodingSortField("value", order="descending"))
    )
    bars = base.mark_rule(strokeWidth=2.5, color=COLOURS[0]).encode(
        x=alt.X("lower:Q", title=name, axis=alt.Axis(tickCount=6)), x2="upper:Q"
    )
    points = base.mark_point(filled=True, size=90, color=COLOURS[0], opacity=1).encode(x="value:Q")
    together, said = bars + points, f"Dot: value. Line: {question.get('level', 0.95):.0%} interval."
    if "expected" in rows[0]:
        together += base.mark_tick(thickness=2, color=SOFT).encode(x="expected:Q")
        said += " Tick: chance alone."
    together = together.properties(width=WIDTH, height=alt.Step(26))
    if "group" in rows[0] and len({row["group"] for row in rows}) > 1:
        group = alt.Row("group:N", title=None, sort=None, header=alt.Header(labelAngle=0))
        together = together.facet(row=group)
    return _finished(together, name, [said])


def _plain(name: str) -> str:
    """A name as one says it."""
    return name.replace("_", " ")


def _share(field: str, title: str) -> Any:
    import altair as alt

    kind = alt.X if field == "others" else alt.Y
    return kind(f"{field}:Q", title=title, axis=alt.Axis(format=".0%", tickCount=5))


def _colour(legend: Any) -> Any:
    import altair as alt

    return alt.Color("region:N", sort=None, scale=alt.Scale(range=COLOURS), legend=legend)


def _labels(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A name at the end of each region's line, moved apart where lines end close together."""
    last = {row["region"]: row for row in rows}  # the largest bandwidth comes last
    values = [row["value"] for row in rows] or [0.0]
    apart = (max(values) - min(values)) * LINE_HEIGHT / HEIGHT
    labels: list[dict[str, Any]] = []
    for row in sorted(last.values(), key=lambda row: float(row["value"])):
        at = max(row["value"], labels[-1]["at"] + apart) if labels else row["value"]
        labels.append({"region": row["region"], "bandwidth": row["bandwidth"], "at": at})
    order = list(last)
    return sorted(labels, key=lambda label: order.index(label["region"]))


def _finished(chart: Any, title: str, below: list[str]) -> Any:
    """The chart in the house's form: a calm grid, no frame, the title at the left."""
    import altair as alt

    font = "Helvetica Neue, Arial, sans-serif"
    return (
        chart.properties(title=alt.TitleParams(title, subtitle=below))
        .configure(font=font, background="white", padding=14)
        .configure_view(stroke=None)
        .configure_title(
            anchor="start",
            color=INK,
            fontSize=16,
            offset=14,
            subtitleColor=SOFT,
            subtitleFontSize=12,
        )
        .configure_axis(
            domainColor=SOFT,
            gridColor=FAINT,
            labelColor=SOFT,
            labelFontSize=12,
            tickColor=FAINT,
            titleColor=INK,
            titleFontSize=12,
            titleFontWeight="normal",
            titlePadding=10,
        )
        .configure_legend(labelColor=INK, labelFontSize=12, symbolStrokeWidth=3)
        .configure_header(labelColor=INK, labelFontSize=12)
    )


def _data(rows: list[dict[str, Any]]) -> Any:
    import altair as alt

    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def _few(composition: Composition) -> None:
    regions = len(composition.regions)
    if regions > LINES:
        raise InputError(
            f"{regions} regions cannot be told apart in one chart: choose at most {LINES}"
        )


def _rows(frame: Any) -> list[dict[str, Any]]:
    """The frame's rows as plain values, without those that have no value."""
    import narwhals as nw

    rows = nw.from_native(frame, eager_only=True).rows(named=True)
    return [
        {name: str(cell) if name == "region" else cell for name, cell in row.items()}
        for row in rows
        if row["value"] is not None and not isnan(row["value"])
    ]


def _by_group(rows: list[dict[str, Any]]) -> dict[str, Any]:
    import altair as alt

    several = len({row["group"] for row in rows}) > 1
    return {"strokeDash": alt.StrokeDash("group:N", title="Group")} if several else {}
