"""Layers and links for the tests: small ones written by hand, and those of the real files."""

from __future__ import annotations

from functools import cache

import polars as pl

from samsyn.statistics.areas import Registry, registry_of
from samsyn.statistics.sources.forms import AreaLayer, Links, Provenance
from tests.reference import shared


def provenance(file: str) -> Provenance:
    return Provenance(origin="test", file=file, sha256="0" * 64)


def layer(
    kind: str, vintage: str, file: str = "layer.csv", **columns: list[str | None]
) -> AreaLayer:
    return AreaLayer(kind, vintage, pl.DataFrame(columns), provenance(file))


def links(
    source: tuple[str, str], target: tuple[str, str], pairs: dict[str, str], file: str = "links.csv"
) -> Links:
    frame = pl.DataFrame({"source": list(pairs), "target": list(pairs.values())})
    return Links(source, target, frame, provenance(file))


def municipalities(file: str = "municipalities.csv", **names: str) -> AreaLayer:
    """A layer of municipalities, each written as _1488="Trollhättan"."""
    codes = [code.strip("_") for code in names]
    return layer("municipality", "2025", file, code=codes, name=list(names.values()))


def official_links() -> pl.DataFrame:
    path = shared("data", "scb_regso", "koppling_deso2018_regso2020.csv")
    return pl.read_csv(path, infer_schema=False)


def read_shapes(name: str) -> pl.DataFrame:
    """The fields of a file of geometry, without the geometry."""
    import pyogrio

    table = pyogrio.read_arrow(shared("data", "geo", name), read_geometry=False)[1]
    return pl.DataFrame(pl.from_arrow(table))


@cache
def national_sources() -> tuple[list[AreaLayer], list[Links]]:
    """What the real files tell of areas."""
    linked = official_links()
    regso = read_shapes("regso_2025.gpkg")
    towns = read_shapes("kommuner_2025_with_skr2023_la2023_fa2025.gpkg")
    counties = pl.read_csv(shared("data", "counties.csv"), infer_schema=False)
    formal = pl.read_csv(shared("data", "municipalities.csv"), infer_schema=False)
    layers = [
        AreaLayer(
            "regso", "2020",
            linked.select(code="RegSOkod_2020", name="RegSO_2020", parent="Kommun").unique(
                maintain_order=True
            ),
            provenance("koppling.csv"),
        ),
        AreaLayer(
            "regso", "2025",
            regso.select(code="regsokod", name="regsonamn", parent="kommunkod"),
            provenance("regso_2025.gpkg"),
        ),
        AreaLayer(
            "municipality", "2025",
            formal.select(code="municipality_code", name="municipality_name"),
            provenance("municipalities.csv"),
        ),
        AreaLayer(
            "municipality", "2025",
            towns.select(
                code="kommun_kod", name="kommun_namn", parent="lan_kod",
                main_group="skr_huvudgrupp_kod", main_group_name="skr_huvudgrupp_namn",
                type_group="skr_kommungrupp_kod", type_group_name="skr_kommungrupp_namn",
            ),
            provenance("kommuner.gpkg"),
        ),
        AreaLayer(
            "county", "2025",
            counties.select(code="county_code", name="county_name"),
            provenance("counties.csv"),
        ),
    ]  # fmt: skip
    pairs = linked.select(source="DeSO_2018", target="RegSOkod_2020")
    link = Links(("deso", "2018"), ("regso", "2020"), pairs, provenance("koppling.csv"))
    return layers, [link]


@cache
def national() -> Registry:
    """The registry of the real files."""
    return registry_of(*national_sources())
