"""What the map's script is told: by position, which is the id of an area in tiles."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pyogrio.raw
import pytest

from samsyn.publish.theme import DARK, LIGHT
from samsyn.statistics.query import Release

CSS = Path(__file__).resolve().parents[3] / "frontend/src/pages/areamap.css"


@pytest.fixture
def release(demo_release):
    return Release(demo_release)


def facts(site, address: str) -> dict[str, str]:
    """What the page tells its script, by the names of its data attributes."""
    page = site.get(address).content.decode()
    found = page[page.index('<div id="map"') :].partition(">")[0]
    pairs = re.findall(r'data-([a-z-]+)="([^"]*)"', found)
    return {name: text.replace("&amp;", "&") for name, text in pairs}


@pytest.mark.parametrize("level", ["municipality", "regso", "deso"])
def test_areas_and_figures_and_tiles_have_the_same_order(demo_site, release, tmp_path, level):
    told = facts(demo_site, f"/karta/?indicator=rental_share&level={level}&period=2022")
    areas = demo_site.get(told["areas"]).json()
    figures = demo_site.get(told["figures"]).json()
    assert len(areas["codes"]) == len(figures["said"]) == len(figures["classes"])
    values = release.values("rental_share", level=areas["level"], period="2022")
    shown = dict(zip(areas["codes"], figures["classes"], strict=True))
    # Higher values are in higher classes, and who has no value has none.
    ordered = [shown[key.rpartition("/")[2]] for key in values.sort("value")["area"]]
    known = [letter for letter in ordered if letter != "."]
    assert known == sorted(known)
    assert len(known) == values["value"].drop_nulls().len()
    style = demo_site.get(told["map"]).json()
    tile = style["sources"]["areas"]["tiles"][0].replace("{z}/{x}/{y}", "2/2/1")
    path = tmp_path / "tile.mvt"
    path.write_bytes(demo_site.get(tile).content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        meta, _, _, fields = pyogrio.raw.read(f"MVT:{path}", layer="areas", read_geometry=False)
    columns = dict(zip(meta["fields"], fields, strict=True))
    for position, code in zip(columns["mvt_id"], columns["code"], strict=True):
        assert areas["codes"][position] == code


def test_the_areas_tell_where_they_lie_and_whether_they_have_parts(demo_site, release):
    told = facts(demo_site, "/karta/?indicator=rental_share&level=municipality")
    areas = demo_site.get(told["areas"]).json()
    assert told["down"] == "regso"
    assert set(areas["down"]) == {"1"}
    west, south, east, north = map(float, told["bounds"].split(","))
    assert all(west < x < east for x in areas["x"])
    assert all(south < y < north for y in areas["y"])
    assert set(areas["county"]) == {"99"}


def test_figures_and_style_of_a_named_release_may_be_kept(demo_site):
    told = facts(demo_site, "/karta/?indicator=rental_share&level=regso")
    for name in ("map", "areas", "figures"):
        assert "immutable" in demo_site.get(told[name])["Cache-Control"]
    assert "immutable" not in demo_site.get("/karta/figures.json").get("Cache-Control", "")


def test_the_style_asks_nobody_else_and_for_no_letters(demo_site):
    for look in ("", "&look=dark"):
        style = demo_site.get(f"/karta/style.json?level=regso/2020{look}").json()
        assert "glyphs" not in style
        assert "sprite" not in style
        for source in style["sources"].values():
            assert all(tile.startswith("http://testserver/api/geo/") for tile in source["tiles"])
    light = demo_site.get("/karta/style.json?level=regso/2020").json()
    assert light["layers"] != style["layers"]


def test_the_classes_of_the_style_sheet_are_those_of_the_theme():
    css = CSS.read_text(encoding="utf-8")
    for name, scale in (("scale", "sequential"), ("around", "diverging")):
        pairs = re.findall(rf"--{name}-\d: light-dark\((#\w+), (#\w+)\);", css)
        assert [light for light, _ in pairs] == list(getattr(LIGHT, scale))
        assert [dark for _, dark in pairs] == list(getattr(DARK, scale))


def test_the_figures_are_taken_along_as_files(demo_site, release):
    query = "indicator=rental_share&level=municipality&period=2020"
    answer = demo_site.get(f"/karta.csv?{query}")
    assert answer["Content-Disposition"].startswith("attachment")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("area,code,name,municipality,county,value,status")
    values = release.values("rental_share", level="municipality", period="2020")
    assert len(lines) == values.height + 1
    assert demo_site.get(f"/karta.json?{query}").json()["class"] == "dataset"
    assert demo_site.get(f"/karta.parquet?{query}").content[:4] == b"PAR1"


def test_the_map_is_taken_along_as_a_picture(demo_site):
    query = "indicator=rental_share&level=regso&within=municipality/9901"
    svg = demo_site.get(f"/karta/bild.svg?{query}")
    assert svg["Content-Type"].startswith("image/svg+xml")
    assert 'data-key="regso/' in svg.content.decode()
    assert demo_site.get(f"/karta/bild.png?{query}").content.startswith(b"\x89PNG")
    assert demo_site.get(f"/karta/bild.vl.json?{query}").status_code == 404
    page = demo_site.get(f"/karta/?{query}").content.decode()
    assert "<noscript>" in page
    assert "/karta/bild.svg?" in page


def test_the_national_page_says_where_deso_have_no_borders(national_site):
    page = national_site.get("/karta/?indicator=rental_share&level=deso").content.decode()
    assert re.search(r"gränser för 2\s009 av 5\s984 DeSO", page)
    assert "Stockholms län" in page
    town = national_site.get(
        "/karta/?indicator=rental_share&level=deso&within=municipality/1488"
    ).content.decode()
    assert "inga gränser för DeSO här" in town
    assert "bild.svg" in town
