"""Users' own areas: what a municipality calls Kronogården, as the DeSO or RegSO that make it up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from samsyn.statistics.areas.findings import Finding, findings_frame, some
from samsyn.statistics.areas.names import search_text
from samsyn.statistics.areas.registry import Registry
from samsyn.statistics.release.schema import MEMBERS
from samsyn.statistics.sources.forms import AreaLayer, Links


@dataclass(frozen=True)
class CustomAreas:
    """`members` of users' own areas and the `findings` on them, in the schemas of a release."""

    members: pl.DataFrame
    findings: pl.DataFrame


def custom_areas(
    registry: Registry, layers: Sequence[AreaLayer], links: Sequence[Links]
) -> CustomAreas:
    """The members of the custom areas that `layers` declare and `links` fill.

    A member that is unknown, of another vintage, in another municipality or named twice is left out
    with an error; so is a name that the municipality, one of its RegSO or another custom area has.
    An area without any member is an error as well.
    """
    findings = _taken(registry, layers)
    found = [pl.DataFrame(schema=MEMBERS)]
    for link in links:
        if link.target[0] == "custom":
            rows, wrong = _members(registry, link)
            found.append(rows)
            findings += wrong
    members = pl.concat(found)
    twice = members.group_by("area", "member").len().filter(pl.col("len") > 1).sort("area")
    for (area,), rows in twice.group_by("area", maintain_order=True):
        text = f"{area} names members twice: {some(rows['member'].to_list())}. Each counts once"
        findings.append(Finding("custom", "error", text, area=str(area)))
    members = members.unique(["area", "member"], keep="first").sort("area", "member")
    there = registry.areas.filter(pl.col("kind") == "custom")
    empty = there.join(members, on="area", how="anti")
    for area, name in empty.select("area", "name").iter_rows():
        text = f"{name} ({area}) has no members: name at least one DeSO or RegSO that exists"
        findings.append(Finding("custom", "error", text, area=area))
    return CustomAreas(members, findings_frame(findings))


def _members(registry: Registry, link: Links) -> tuple[pl.DataFrame, list[Finding]]:
    """The members that a link table tells, and what is wrong with the others."""
    kind, vintage = link.source
    file = link.provenance.file
    weight = pl.col("weight") if "weight" in link.frame.columns else pl.lit(1.0)
    rows = link.frame.select(
        code=pl.col("source"),
        area=pl.format("custom/{}/{}", pl.lit(link.target[1]), pl.col("target")),
        member=pl.format("{}/{}/{}", pl.lit(kind), pl.lit(vintage), pl.col("source")),
        weight=weight.cast(pl.Float64),
    )
    own = registry.areas.select("area", home="municipality")
    rows = rows.join(own, on="area", how="inner", maintain_order="left").join(
        registry.areas.select(member="area", place="municipality"),
        on="member", how="left", maintain_order="left",
    )  # fmt: skip
    others = dict(
        registry.areas.filter((pl.col("kind") == kind) & (pl.col("vintage") != vintage))
        .group_by("code").agg(pl.col("vintage").first()).iter_rows()
    )  # fmt: skip
    findings = []
    for code, area, member, home, place in (
        rows.select("code", "area", "member", "home", "place")
        .filter(pl.col("place").ne_missing(pl.col("home")))
        .iter_rows()
    ):
        if place is not None:
            wrong = f"{member} lies in {place}, and {area} in {home}"
        elif code in others:
            wrong = f"{code} is no {kind} of {vintage}; it is one of {others[code]}"
        else:
            wrong = f"there is no {kind} {code} of {vintage}"
        text = f"{file}: a member of {area} was left out: {wrong}"
        findings.append(Finding("custom", "error", text, area=area, file=file))
    kept = rows.filter(pl.col("place") == pl.col("home"))
    return kept.select(list(MEMBERS)), findings


def _taken(registry: Registry, layers: Sequence[AreaLayer]) -> list[Finding]:
    """Custom areas that are called as another area of their municipality is."""
    files = {
        f"custom/{layer.vintage}/{code}": layer.provenance.file
        for layer in layers
        if layer.kind == "custom"
        for code in layer.frame.get_column("code").to_list()
    }
    declared = pl.concat([
        pl.DataFrame(schema=dict.fromkeys(("area", "name"), pl.String)),
        *(
            layer.frame.select(
                area=pl.format("custom/{}/{}", pl.lit(layer.vintage), pl.col("code")), name="name"
            )
            for layer in layers if layer.kind == "custom"
        ),
    ])  # fmt: skip
    findings = []
    doubled = declared.group_by("area", maintain_order=True).len().filter(pl.col("len") > 1)
    for area in doubled.get_column("area").to_list():
        text = f"{area} is declared {len(declared.filter(pl.col('area') == area))} times"
        findings.append(Finding("custom", "error", text, area=area, file=files[area]))
    areas = registry.areas
    for area, name, home in (
        areas.filter(pl.col("kind") == "custom").select("area", "name", "municipality").iter_rows()
    ):
        same = areas.filter(
            (pl.col("municipality") == home)
            & (pl.col("search") == search_text(name))
            & (pl.col("area") != area)
        ).get_column("area").to_list()  # fmt: skip
        if same:
            text = (
                f'{files[area]}: the name "{name}" is taken: {some(same)} is called the same in '
                f"{home}. Choose another name for {area}"
            )
            findings.append(Finding("custom", "error", text, area=area, file=files[area]))
    return findings
