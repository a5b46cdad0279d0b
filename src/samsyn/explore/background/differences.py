"""What differs between two releases, in the words of a page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.explore.asking import Asked
from samsyn.explore.background.reasons import reason
from samsyn.explore.background.wanted import CHANGES, TABLES, Wanted
from samsyn.publish.numbers import number
from samsyn.statistics.indicators import groupings

SOURCE_CHANGES: Final = {
    "added": gettext_lazy("ny"),
    "removed": gettext_lazy("borttagen"),
    "updated": gettext_lazy("uppdaterad"),
    "changed": gettext_lazy("ändrad utan nytt datum"),
}


def subject_name(subject: str | None, now: Asked) -> str:
    """What an indicator or a grouping is called; area types have neither."""
    if subject is None:
        return _("Områdestyp")
    entry = now.release.indicator(subject)
    if entry is not None:
        return entry.name[now.language]
    return groupings()[subject].name[now.language] if subject in groupings() else subject


def subjects(summary: pl.DataFrame, now: Asked) -> list[tuple[str, str]]:
    """The indicators and groupings of which something differs, by name."""
    there = summary.get_column("subject").drop_nulls().unique().sort().to_list()
    return sorted(
        ((one, subject_name(one, now)) for one in there), key=lambda pair: pair[1].casefold()
    )


def counted(summary: pl.DataFrame, language: str) -> list[dict[str, Any]]:
    """How many values of each kind of change; of all tables together."""
    found = dict(summary.group_by("change").agg(pl.col("values").sum()).iter_rows())
    return [
        {"kind": said, "values": count(found.get(kind, 0), language)}
        for kind, said in CHANGES.items()
    ]


def sources(changed: pl.DataFrame) -> list[dict[str, Any]]:
    """The sources that differ, each with what became of it."""
    return [
        {**row, "change": SOURCE_CHANGES.get(row["change"], row["change"])}
        for row in changed.iter_rows(named=True)
    ]


def count(values: int, language: str) -> str:
    """A number of values, with its thousands apart."""
    return number(values, "persons", language)


def summary(found: pl.DataFrame, now: Asked, asks: Wanted) -> list[dict[str, Any]]:
    """A row for each table and subject: values of each kind of change, periods, and why."""
    grouped = found.group_by("table", "subject", maintain_order=True).agg(
        *(pl.col("values").filter(pl.col("change") == kind).sum().alias(kind) for kind in CHANGES),
        pl.col("period").drop_nulls().min().alias("first"),
        pl.col("period").drop_nulls().max().alias("last"),
        pl.col("reason").drop_nulls().unique(maintain_order=True).alias("reasons"),
    )
    return [
        {
            "table": TABLES[row["table"]],
            "name": subject_name(row["subject"], now),
            "periods": row["first"] if row["first"] == row["last"]
            else f"{row['first']}–{row['last']}",
            "counts": [count(row[kind], now.language) for kind in CHANGES],
            "reason": reason("; ".join(row["reasons"][:2]), now.language),
            "query": replace(
                asks, table=row["table"], indicator=row["subject"] or "", change="", page=1
            ).query,
        }
        for row in grouped.iter_rows(named=True)
    ]  # fmt: skip


def values(changes: pl.DataFrame, now: Asked) -> list[dict[str, Any]]:
    """A page of the values that differ, in words."""
    wanted = changes.get_column("area").drop_nulls().unique()
    areas = now.release.areas().filter(pl.col("area").is_in(wanted.implode()))
    names = dict(areas.select("area", "name").iter_rows())
    return [
        {
            "what": subject_name(row["subject"], now),
            "detail": ", ".join(_detail(row, now.language)),
            "area": names.get(row["area"], row["area"]),
            "key": row["area"],
            "period": row["period"] or "",
            "old": _figure(row["old"], row["old_status"], now.language),
            "new": _figure(row["new"], row["new_status"], now.language),
            "difference": _figure(row["difference"], "ok", now.language)
            if row["difference"] is not None else "",
            "change": CHANGES.get(row["change"], row["change"]),
            "reason": reason(row["reason"], now.language),
        }
        for row in changes.iter_rows(named=True)
    ]  # fmt: skip


def _detail(row: dict[str, Any], language: str) -> list[str]:
    """What else a value is of: its group, against whom, index, units, sex and age."""
    labels = groupings()[row["subject"]].labels if row["subject"] in groupings() else {}

    def label(group: str) -> str:
        return labels[group][language] if group in labels else group

    found = [label(row[part]) for part in ("group", "against") if row[part]]
    found += [row[part] for part in ("index", "units") if row[part]]
    found += [row[part] for part in ("sex", "age") if row[part] and row[part] != "total"]
    measure = row["measure"]
    return found if measure in {"value", "count"} else [*found, measure]


def _figure(value: float | None, status: str | None, language: str) -> str:
    if value is None:
        return "–" if status in {None, "ok"} else str(_status(status))
    # As many decimals as it has, and no more than four.
    digits = next(places for places in range(5) if places == 4 or value == round(value, places))
    return number(value, None, language, digits)


def _status(status: str | None) -> str:
    return {
        "missing": _("saknas"), "secret": _("sekretess"), "estimated": _("skattat"),
        "not_applicable": _("ej tillämpligt"),
    }.get(status or "", status or "")  # fmt: skip
