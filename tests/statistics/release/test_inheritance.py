"""A release that starts from another."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from samsyn.measure.errors import InputError
from samsyn.statistics.query import Release
from samsyn.statistics.release.build import build_release
from samsyn.statistics.release.layout import DEFINITIONS
from samsyn.statistics.release.store import Store
from tests.cli.downloads import DESO, GROUPS, background, cells, links

SETTINGS = """\
publisher = "Trestad"
licence = "CC0"

[indicator.meeting_places]
name = { sv = "Mötesplatser", en = "Meeting places" }
unit = "persons"
next_review = 2027-05-01

[[custom]]
name = "Norra kanten"
municipality = "1488"
vintage = "2018"
members = ["1488A0011", "1488A0012"]
"""
OWN = "area,indicator,period,value\n1488,meeting_places,2022,12\n1487,meeting_places,2022,4\n"
BORDERS = """\
{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "EPSG:3006"}},
 "features": [{"type": "Feature", "properties": {"kommunkod": "1488", "kommunnamn": "Trollhättan",
 "skr_kommungrupp_kod": "B3"}, "geometry": {"type": "Polygon",
 "coordinates": [[[12.0, 58.0], [12.2, 58.0], [12.2, 58.2], [12.0, 58.2], [12.0, 58.0]]]}}]}
"""


def build(store: Store, name: str, *paths: Path, base: str | None = None) -> Path:
    """Build a release as the command does."""
    parent = None if base is None else store.folder(base)
    with store.building(name, parent=base) as building:
        report = build_release(paths, building.folder, base=parent)
        building.describe(report.sources, report.seed)
    return store.folder(name)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with the release `first` of a folder with all kinds of things in it."""
    folder = tmp_path_factory.mktemp("first")
    links(folder / "links.csv")
    background(folder / "background.xlsx")
    (folder / "own.csv").write_text(OWN, encoding="utf-8")
    (folder / "samsyn.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "borders.geojson").write_text(BORDERS.replace("\n", ""), encoding="utf-8")
    store = Store(tmp_path_factory.mktemp("store"))
    build(store, "first", folder)
    return store


@pytest.fixture(scope="module")
def second(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release from `first` and a newer table, of one municipality."""
    made = dict(cells())
    here = [deso for deso in DESO if deso.startswith("1488")]
    for deso in here:
        made[deso, "2022", GROUPS[1], "totalt"] += 50  # type: ignore[operator]
        made[deso, "2022", GROUPS[2], "totalt"] += 50  # type: ignore[operator]
    newer = background(tmp_path_factory.mktemp("newer") / "newer.xlsx", made, here)
    return build(store, "second", newer, base="first")


def foreign(release: Path) -> dict[str, tuple[float, str]]:
    frame = pl.read_parquet(release / "counts/background.parquet").filter(group="foreign")
    rows = frame.select("area", "count", "method").iter_rows()
    return {area: (count, method) for area, count, method in rows}


def test_what_the_new_file_holds_is_new_and_the_rest_is_as_it_was(
    store: Store, second: Path
) -> None:
    before, after = foreign(store.folder("first")), foreign(second)
    assert before.keys() == after.keys()
    for area, (count, method) in after.items():
        changed = "1488" in area
        parts = {"regso": 3, "municipality": 6, "custom": 2}.get(area.split("/")[0], 1)
        assert count == before[area][0] + 50 * parts * changed, area
        assert method == ("published" if area.startswith("deso/") else "aggregated")


def test_what_is_derived_is_derived_anew(store: Store, second: Path) -> None:
    def index(release: Path) -> dict[str, float]:
        rows = pl.read_parquet(release / "indices.parquet").filter(
            units="deso/2018", index="dissimilarity", group="foreign"
        )
        return dict(rows.select("region", "value").iter_rows())

    before, after = index(store.folder("first")), index(second)
    assert before.keys() == after.keys()
    assert after["municipality/2025/1488"] != before["municipality/2025/1488"]
    assert after["municipality/2025/1487"] == before["municipality/2025/1487"]


def test_areas_names_types_and_outlines_are_handed_on(store: Store, second: Path) -> None:
    first = store.folder("first")
    columns = ["area", "name", "parent", "municipality", "main_group", "type_group"]
    for table in ("areas", "members", "shapes/fine"):
        one, other = (pl.read_parquet(at / f"{table}.parquet") for at in (first, second))
        if table == "areas":
            one, other = one.select(columns), other.select(columns)
            assert one.filter(area="municipality/2025/1488")["type_group"].to_list() == ["B3"]
        assert not one.is_empty()
        assert one.select(pl.exclude("geometry")).equals(other.select(pl.exclude("geometry")))
    shapes = [pl.read_parquet(at / "shapes/fine.parquet")["geometry"] for at in (first, second)]
    assert shapes[0].to_list() == shapes[1].to_list()


def test_every_value_is_still_of_its_own_source(store: Store, second: Path) -> None:
    told = json.loads((second / "manifest.json").read_text("utf-8"))
    assert told["parent"] == "first"
    files = [source["file"] for source in told["sources"]]
    assert files[0] == "newer.xlsx"
    assert {"background.xlsx", "own.csv", "links.csv", "first/areas.parquet"} <= set(files)
    frame = pl.read_parquet(second / "counts/background.parquet").filter(
        pl.col("area").str.starts_with("deso/")
    )
    for area, source in frame.select("area", "source").iter_rows():
        expected = "newer.xlsx" if "1488" in area else "background.xlsx"
        assert files[source] == expected, area


def test_users_own_indicators_are_handed_on_with_what_they_mean(second: Path) -> None:
    release = Release.open(second)
    about = release.indicator("meeting_places")
    values = release.values("meeting_places")
    sources = release.sources(values["source"])
    assert about is not None
    assert about.name["en"] == "Meeting places"
    assert str(about.next_review) == "2027-05-01"
    assert dict(values.select("area", "value").iter_rows()) == {
        "municipality/2025/1487": 4,
        "municipality/2025/1488": 12,
    }
    assert [(source.origin, source.licence) for source in sources] == [("Trestad", "CC0")]


def test_a_release_from_one_that_was_handed_on(store: Store, second: Path, tmp_path: Path) -> None:
    """Three in a row: nothing is lost, and what is older gives way to what is newer."""
    (tmp_path / "own.csv").write_text(OWN.replace(",12", ",13"), encoding="utf-8")
    third = build(store, "third", tmp_path / "own.csv", base="second")
    assert foreign(third) == foreign(second)
    found = pl.read_parquet(third / "observations/meeting_places.parquet")
    assert found.sort("area")["value"].to_list() == [4, 13]
    told = json.loads((third / "manifest.json").read_text("utf-8"))
    assert "newer.xlsx" in [source["file"] for source in told["sources"]]


def test_definitions_that_were_broken(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "broken"
    shutil.copytree(store.folder("first"), copy)
    (copy / DEFINITIONS).chmod(0o644)
    (copy / DEFINITIONS).write_text("{", encoding="utf-8")
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    (tmp_path / "out").mkdir()
    with pytest.raises(InputError, match=r"indicators\.json cannot be read"):
        build_release([tmp_path / "own.csv"], tmp_path / "out", base=copy)
