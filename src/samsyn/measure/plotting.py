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
    against_title = "everyone else" if against is None else against
    lines = (
        alt.Chart(_data(rows))
        .mark_line()
        .encode(
            x=alt.X("others:Q", title=f"Share of {against_title}", axis=alt.Axis(format="%")),
            y=alt.Y("group:Q", title=f"Share of {group}", axis=alt.Axis(format="%")),
            color=alt.Color("region:N", title="Region", sort=None),
            order="others:Q",
        )
    )
    ends = [{"others": 0.0, "group": 0.0}, {"others": 1.0, "group": 1.0}]
    even = alt.Chart(_data(ends)).mark_line(strokeDash=[4, 4], color="grey")
    even = even.encode(x="others:Q", y="group:Q")
    return (even + lines).properties(title="Segregation curve")


def profile(composition: Composition, *, index: str, bandwidth: Any, **question: Any) -> Any:
    """The index by the bandwidth of everyone's surroundings, a line for each region and group."""
    import altair as alt

    _few(composition)
    rows = _rows(composition.index(index, bandwidth=bandwidth, **question))
    lines = (
        alt.Chart(_data(rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("bandwidth:Q", title="Bandwidth", scale=alt.Scale(type="log", nice=False)),
            y=alt.Y("value:Q", title=index),
            color=alt.Color("region:N", title="Region", sort=None),
            **_by_group(rows),
        )
    )
    return lines.properties(title="Segregation profile")


def intervals(composition: Composition, *, index: str, **question: Any) -> Any:
    """The index of each region with its interval, in the order of the values."""
    import altair as alt

    rows = _rows(composition.index(index, **({"interval": "basic"} | question)))
    base = alt.Chart(_data(rows)).encode(
        y=alt.Y("region:N", title="Region", sort=alt.EncodingSortField("value", order="descending"))
    )
    bars = base.mark_rule().encode(x=alt.X("lower:Q", title=index), x2="upper:Q")
    points = base.mark_point(filled=True, size=60).encode(x="value:Q")
    together = (bars + points).properties(title=index)
    if "group" in rows[0] and len({row["group"] for row in rows}) > 1:
        return together.facet(row=alt.Row("group:N", title="Group", sort=None))
    return together


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
