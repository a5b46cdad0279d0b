"""Which polygons the levels are made of, so that they fit each other.

The smallest areas that are known all over are the cells of a base; larger areas are unions of
cells, at every resolution. A level of one vintage is made in one way all over the country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

import numpy as np
import polars as pl

from samsyn.statistics.areas.coverage import Coverage, Geometries
from samsyn.statistics.areas.keys import KINDS, PARENT_VINTAGE, AreaKey
from samsyn.statistics.sources.forms import AreaLayer, Links

Known: TypeAlias = Mapping[tuple[str, str], set[str]]
Parents: TypeAlias = Mapping[str, Mapping[str, str]]

# DeSO and the RegSO that they belong to, the newest first.
FAMILIES: Final = tuple(sorted(PARENT_VINTAGE.items(), key=lambda one: one[1], reverse=True))
CURRENT: Final = "2025"
UPPER: Final = ("municipality", "county", "country")
# DeSO are cells of a RegSO layer where they cover their municipality to within this share.
SAME: Final = 1e-3


@dataclass(frozen=True, eq=False)
class Base:
    """Cells (U,), and in `levels` for each kind a list (U,) of the keys of the areas they are in.

    The key is None where the cell is in no area of the kind that is complete.
    """

    shapes: Geometries
    levels: Mapping[str, Sequence[str | None]]


def known_codes(layers: Iterable[AreaLayer], areas: pl.DataFrame | None) -> Known:
    """The codes that there are of each kind and vintage, by the layers and the table of areas."""
    known: dict[tuple[str, str], set[str]] = {}
    for layer in layers:
        codes = known.setdefault((layer.kind, layer.vintage), set())
        codes.update(layer.frame.get_column("code").drop_nulls().to_list())
    if areas is not None:
        for text in areas.get_column("area").to_list():
            kind, vintage, code = text.split("/", 2)
            known.setdefault((kind, vintage), set()).add(code)
    return known


def parents_of(
    layers: Iterable[AreaLayer], links: Iterable[Links], areas: pl.DataFrame | None
) -> Parents:
    """The code of the RegSO of each DeSO, by the vintage of the DeSO."""
    found: dict[str, dict[str, str]] = {vintage: {} for (_, vintage), _ in FAMILIES}
    if areas is not None and "parent" in areas.columns:
        pairs = areas.filter(
            pl.col("area").str.starts_with("deso/") & pl.col("parent").is_not_null()
        )
        for key, parent in pairs.select("area", "parent").iter_rows():
            _, vintage, code = key.split("/", 2)
            if parent.startswith("regso/"):
                found.setdefault(vintage, {})[code] = parent.split("/", 2)[2]
    for layer in layers:
        if layer.kind == "deso" and "parent" in layer.frame.columns:
            rows = layer.frame.select("code", "parent").drop_nulls()
            found.setdefault(layer.vintage, {}).update(rows.iter_rows())
    for link in links:
        if link.source[0] == "deso" and link.target[0] == "regso":
            own = PARENT_VINTAGE.get(("deso", link.source[1]))
            if own == link.target[1]:
                rows = link.frame.select("source", "target").drop_nulls()
                found.setdefault(link.source[1], {}).update(rows.iter_rows())
    return found


def parent_keys(parents: Parents) -> pl.DataFrame:
    """The key of the RegSO of each DeSO: `area` and `parent`."""
    rows = [
        (f"deso/{vintage}/{code}", f"regso/{PARENT_VINTAGE['deso', vintage]}/{parent}")
        for vintage, codes in parents.items()
        for code, parent in codes.items()
    ]
    return pl.DataFrame(rows, schema={"area": pl.String, "parent": pl.String}, orient="row")


def bases(coverages: Sequence[Coverage], known: Known, parents: Parents) -> list[Base]:
    """The bases that the levels are made of: each kind and vintage stands in one of them."""
    by = {(one.kind, one.vintage): one for one in coverages}
    families: list[Base] = []
    apart: list[Base] = []
    for (kind, vintage), regso in FAMILIES:
        joint, rest = _family(
            by.pop((kind, vintage), None),
            by.pop(("regso", regso), None),
            parents.get(vintage, {}),
            known.get(("regso", regso), set()),
            regso,
        )
        families += joint
        apart += rest
    own = {name: by.pop((name, CURRENT), None) for name in UPPER}
    made = families
    for name in UPPER:
        made, alone = _upward(name, made, own[name], known)
        apart += alone
    return made + apart + [_alone(one) for one in by.values()]


def _alone(coverage: Coverage) -> Base:
    return Base(coverage.shapes, {coverage.kind: coverage.keys()})


def _family(
    deso: Coverage | None,
    regso: Coverage | None,
    parent: Mapping[str, str],
    known: set[str],
    vintage: str,
) -> tuple[list[Base], list[Base]]:
    """The base of a DeSO vintage with its RegSO, and what cannot be fitted to it."""
    import shapely

    if deso is None:
        return ([] if regso is None else [_alone(regso)]), []
    above = [parent.get(code) for code in deso.codes]
    if regso is None:
        # RegSO are made of DeSO where that makes all of them: half of them would not fit the rest.
        whole = bool(known) and known <= {code for code in above if code is not None}
        levels: dict[str, Sequence[str | None]] = {"deso": deso.keys()}
        if whole:
            levels["regso"] = [None if c is None else f"regso/{vintage}/{c}" for c in above]
        return [Base(deso.shapes, levels)], []
    cells = pl.DataFrame(
        {"at": range(len(above)), "regso": above, "m": [c[:4] for c in deso.codes],
         "area": shapely.area(deso.shapes)},
        schema_overrides={"regso": pl.String},
    )  # fmt: skip
    of_deso = cells.group_by("m").agg(
        pl.col("area").sum(),
        pl.col("regso").unique().sort(),
        pl.col("regso").null_count().alias("no"),
    )
    of_regso = (
        pl.DataFrame({"code": regso.codes, "size": shapely.area(regso.shapes)})
        .group_by(pl.col("code").str.slice(0, 4).alias("m"))
        .agg(pl.col("size").sum(), pl.col("code").unique().sort())
    )
    fits = (
        of_deso.join(of_regso, on="m")
        .filter(pl.col("regso") == pl.col("code"), pl.col("no") == 0)
        .filter((pl.col("area") - pl.col("size")).abs() < SAME * pl.col("size"))
        .get_column("m")
    )
    inner = np.isin([c[:4] for c in deso.codes], fits.to_list())
    outer = ~np.isin([c[:4] for c in regso.codes], fits.to_list())
    deso_keys, regso_keys = (
        np.array(deso.keys(), dtype=object),
        np.array(regso.keys(), dtype=object),
    )
    above_keys = np.array([f"regso/{vintage}/{c}" for c in above], dtype=object)
    joint = Base(
        np.concatenate([deso.shapes[inner], regso.shapes[outer]]),
        {
            "deso": [*deso_keys[inner], *[None] * int(outer.sum())],
            "regso": [*above_keys[inner], *regso_keys[outer]],
        },
    )
    rest = (
        [Base(deso.shapes[~inner], {"deso": deso_keys[~inner].tolist()})] if (~inner).any() else []
    )
    return [joint], rest


def _upward(
    name: str, made: list[Base], own: Coverage | None, known: Known
) -> tuple[list[Base], list[Base]]:
    """The bases with one more level: on the first that has all of it, else on its own layer.

    Without a layer of its own, on the base that has most of it. What is left of its own layer where
    it is not needed is dropped.
    """
    complete = [_complete(name, base, known) for base in made]
    wanted = known.get((name, CURRENT), set())
    for at, (base, codes) in enumerate(zip(made, complete, strict=True)):
        there = {code for code in codes if code is not None}
        if there and wanted <= there:
            return [*made[:at], _with(base, name, codes), *made[at + 1 :]], []
    if own is not None:
        # The level above is looked for on this one first.
        return [_alone(own), *made], []
    best = max(range(len(made)), key=lambda at: len({*complete[at]} - {None}), default=None)
    if best is None or not {*complete[best]} - {None}:
        return made, []
    return [_with(b, name, complete[at]) if at == best else b for at, b in enumerate(made)], []


def _with(base: Base, name: str, codes: Sequence[str | None]) -> Base:
    keys = [None if code is None else str(AreaKey(name, CURRENT, code)) for code in codes]
    return replace(base, levels={**base.levels, name: keys})


def _complete(name: str, base: Base, known: Known) -> list[str | None]:
    """For each cell the code of the area of this kind that holds it, where all of it is there."""
    below = {"municipality": ("regso", "deso"), "county": ("municipality",), "country": ("county",)}
    level = next((kind for kind in below[name] if kind in base.levels), None)
    if level is None:
        return [None] * base.shapes.size
    keys = base.levels[level]
    if any(key is None for key in keys) and level == "deso":
        return [None] * base.shapes.size
    vintage = next((key.split("/")[1] for key in keys if key is not None), CURRENT)
    codes = [None if key is None else key.split("/", 2)[2] for key in keys]

    def holder(code: str) -> str:
        return "00" if name == "country" else code[: KINDS[level].digits]

    there = {code for code in codes if code is not None}
    lacking: set[Any] = {holder(code) for code in known.get((level, vintage), set()) - there}
    return [None if code is None or holder(code) in lacking else holder(code) for code in codes]
