"""The table of areas: which there are, what they are called, which lies in which."""

import polars as pl
import pytest

from samsyn.measure import InputError
from samsyn.statistics.areas import AreaKey, keys_seen, registry_of, search_texts
from samsyn.statistics.areas.registry import COLUMNS
from samsyn.statistics.release.schema import AREAS, FINDINGS
from tests.statistics.areas.layers import (
    layer,
    links,
    municipalities,
    national,
    official_links,
    read_shapes,
)

DESO, REGSO = ("deso", "2018"), ("regso", "2020")


def row(registry, area):
    return registry.areas.row(by_predicate=pl.col("area") == area, named=True)


def messages(registry, severity=None):
    found = registry.findings
    if severity is not None:
        found = found.filter(pl.col("severity") == severity)
    return found.get_column("message").to_list()


# --- the real files ---


def test_the_hierarchy_of_the_country_is_complete():
    areas = national().areas
    sizes = dict(areas.group_by(pl.format("{} {}", "kind", "vintage")).len().iter_rows())
    assert sizes == {
        "deso 2018": 5984, "regso 2020": 3363, "regso 2025": 3363, "municipality 2025": 290,
        "county 2025": 21, "country 2025": 1,
    }  # fmt: skip
    parent_kinds = areas.join(areas.select(parent="area", above="kind"), on="parent", how="left")
    found = set(parent_kinds.select("kind", "above").unique().iter_rows())
    assert found == {
        ("deso", "regso"), ("regso", "municipality"), ("municipality", "county"),
        ("county", "country"), ("country", None),
    }  # fmt: skip
    assert messages(national()) == []


def test_each_area_lies_where_the_official_link_table_says():
    areas = national().areas
    for deso, regso, town in (
        official_links().select("DeSO_2018", "RegSOkod_2020", "Kommun").sample(200, seed=1).rows()
    ):
        found = row(national(), f"deso/2018/{deso}")
        assert found["parent"] == f"regso/2020/{regso}"
        assert found["municipality"] == f"municipality/2025/{town}"
        assert found["county"] == f"county/2025/{town[:2]}"
    below = areas.filter(pl.col("kind") == "deso").join(
        areas.select(parent="area", town="municipality"), on="parent"
    )
    assert (below["municipality"] == below["town"]).all()


def test_areas_are_named_and_sorted_as_a_release_has_them():
    areas = national().areas
    assert areas.columns == list(COLUMNS)
    assert list(COLUMNS) == list(AREAS)[: len(COLUMNS)]
    assert areas.schema == {name: AREAS[name] for name in COLUMNS}
    assert areas["area"].is_sorted()
    assert areas["area"].is_unique().all()
    assert areas["name"].null_count() == 0
    assert areas["search"].to_list() == search_texts(areas["name"]).to_list()
    assert row(national(), "country/2025/00")["name"] == "Sverige"
    assert row(national(), "municipality/2025/1488")["name"] == "Trollhättan"
    assert row(national(), "county/2025/14")["name"] == "Västra Götalands län"


def test_municipalities_and_what_is_in_them_have_the_types_of_the_geodata():
    towns = read_shapes("kommuner_2025_with_skr2023_la2023_fa2025.gpkg")
    areas = national().areas
    found = areas.filter(pl.col("kind") == "municipality").select(
        "code", "main_group", "type_group"
    )
    told = towns.select("kommun_kod", "skr_huvudgrupp_kod", "skr_kommungrupp_kod")
    assert sorted(found.rows()) == sorted(told.rows())
    assert sorted(found["type_group"].unique()) == ["A1", "A2", *(f"B{i}" for i in (3, 4, 5)),
                                                    *(f"C{i}" for i in (6, 7, 8, 9))]  # fmt: skip
    assert national().types.group_by("level").len().sort("level").rows() == [
        ("main_group", 3), ("type_group", 9),
    ]  # fmt: skip
    inside = row(national(), "regso/2025/1488R007")
    assert inside["type_group"] == row(national(), "municipality/2025/1488")["type_group"]


def test_a_vintage_keeps_its_own_names():
    """Between 2020 and 2025 some RegSO have exchanged names; 2584R001 went and 2523R011 came."""
    areas = national().areas.filter(pl.col("kind") == "regso")
    linked = official_links().select(code="RegSOkod_2020", told="RegSO_2020").unique()
    drawn = read_shapes("regso_2025.gpkg").select(code="regsokod", told="regsonamn")
    for vintage, told in (("2020", linked), ("2025", drawn)):
        of = areas.filter(pl.col("vintage") == vintage).join(told, on="code", validate="1:1")
        shown = of.with_columns(pl.col("told").str.replace_all(r"\s+", " ").str.strip_chars())
        assert shown.height == 3363
        assert (shown["name"] == shown["told"]).all()
    codes = {vintage: set(of["code"]) for (vintage,), of in areas.group_by("vintage")}
    assert codes["2020"] - codes["2025"] == {"2584R001"}
    assert codes["2025"] - codes["2020"] == {"2523R011"}
    both = linked.join(drawn, on="code")
    before_and_after = (search_texts(both[name]) for name in ("told", "told_right"))
    folded = zip(both["code"], *before_and_after, strict=True)
    renamed = [(code, a, b) for code, a, b in folded if a != b]
    assert len(renamed) == 16
    before = {(code[:4], a) for code, a, b in renamed}
    assert len([1 for code, a, b in renamed if (code[:4], b) in before]) == 10


def test_deso_of_2025_lie_in_the_regso_that_their_layer_tells():
    shapes = read_shapes("deso_2025_dalarna_wfs.geojson")
    told = layer(
        "deso", "2025", code=shapes["desokod"].to_list(), parent=shapes["regsokod"].to_list()
    )
    registry = registry_of([told], [])
    found = registry.areas.filter(pl.col("kind") == "deso").select("code", "parent")
    assert dict(found.iter_rows()) == {
        code: f"regso/2025/{regso}" for code, regso in shapes.select("desokod", "regsokod").rows()
    }


# --- names ---


def names_of(*told):
    """The name of regso/2020/1488R001 and of 2025, from (vintage, name) in the order told."""
    layers = [
        layer("regso", vintage, f"{i}.csv", code=["1488R001"], name=[name])
        for i, (vintage, name) in enumerate(told)
    ]
    areas = registry_of(layers, []).areas.filter(pl.col("kind") == "regso")
    return dict(areas.select("vintage", "name").iter_rows())


def test_a_name_with_dots_beats_one_without_and_no_other_does():
    assert names_of(("2020", "Sodra Kar"), ("2025", "Södra Kär")) == {
        "2020": "Södra Kär", "2025": "Södra Kär",
    }  # fmt: skip
    assert names_of(("2020", "Norra Kär"), ("2025", "Södra Kär")) == {
        "2020": "Norra Kär", "2025": "Södra Kär",
    }  # fmt: skip
    assert names_of(("2025", "Ella gård"), ("2020", "Ella Gård")) == {
        "2025": "Ella gård", "2020": "Ella Gård",
    }  # fmt: skip
    assert names_of(("2020", "Norra  Kar "), ("2020", "Norra Kär"))["2020"] == "Norra Kär"
    assert names_of(("2020", "  "), ("2020", None), ("2020", "1488R001"))["2020"] == "1488R001"


def test_sources_that_name_an_area_of_one_vintage_differently_are_told_of():
    layers = [
        layer("regso", "2020", f"{name}.csv", code=["1488R001"], name=[name])
        for name in ("Lyan", "Gläntan", "Gläntan")
    ]
    registry = registry_of(layers, [])
    assert row(registry, "regso/2020/1488R001")["name"] == "Gläntan"
    (told,) = messages(registry, "warning")
    assert '"Lyan" (Lyan.csv)' in told
    assert '"Gläntan" (Gläntan.csv)' in told


def test_a_name_of_another_vintage_is_shown_for_want_of_another_and_told_of():
    registry = registry_of(
        [layer("regso", "2020", code=["1488R001"], name=["Lyan"]),
         layer("regso", "2025", code=["1488R001", "1488R002"], name=[None, "Dalen"])], [],
    )  # fmt: skip
    assert row(registry, "regso/2025/1488R001")["name"] == "Lyan"
    assert any("1488R001" in told and "another vintage" in told for told in messages(registry))


def test_official_names_of_municipalities_and_counties_are_the_short_and_the_long():
    layers = [
        municipalities("a.csv", _1488="Trollhättans kommun", _0180="Stockholms stad"),
        municipalities("b.csv", _1488="Trollhättan"),
        layer("county", "2025", "c.csv", code=["20", "01"], name=["Dalarna", "Stockholms län"]),
        layer("county", "2025", "d.csv", code=["20"], name=["Dalarnas län"]),
    ]
    registry = registry_of(layers, [])
    assert row(registry, "municipality/2025/1488")["name"] == "Trollhättan"
    assert row(registry, "municipality/2025/0180")["name"] == "Stockholms stad"
    assert row(registry, "county/2025/20")["name"] == "Dalarnas län"


def test_a_layer_may_name_the_country():
    registry = registry_of([layer("country", "2025", code=["00"], name=["Exempelland"])], [])
    assert row(registry, "country/2025/00")["search"] == "exempelland"


# --- which codes are areas ---


def test_tables_alone_give_areas_named_by_their_codes_and_say_so():
    column = pl.Series(["0114A0010", "0114C1010", "1488A0010", "1488", "00", "Riket", None])
    registry = registry_of([], [], keys_seen(column, period="2022"))
    assert registry.areas["area"].to_list() == [
        "country/2025/00", "county/2025/01", "county/2025/14",
        "deso/2018/0114A0010", "deso/2018/0114C1010", "deso/2018/1488A0010",
        "municipality/2025/0114", "municipality/2025/1488",
    ]  # fmt: skip
    assert row(registry, "municipality/2025/0114")["name"] == "0114"
    assert row(registry, "deso/2018/1488A0010")["parent"] == "municipality/2025/1488"
    (told,) = messages(registry, "warning")
    assert "all 3 of the DeSO of 2018 lie in no known RegSO" in told
    assert any(
        "2 of 2 areas of kind municipality 2025 have no name" in m for m in messages(registry)
    )


def test_a_mistyped_code_in_a_table_is_no_area_where_more_is_known():
    """Otherwise every mistake would become a place."""
    seen = keys_seen(
        pl.Series(["1488A0010", "1488A9999", "1489A0010", "9914A0010", "1480C1010"]), period="2022"
    )
    registry = registry_of(
        [municipalities(_1488="Trollhättan", _1480="Göteborg"),
         layer("county", "2025", code=["14"], name=["Västra Götalands län"])],
        [links(DESO, REGSO, {"1488A0010": "1488R001"})], seen,
    )  # fmt: skip
    deso = registry.areas.filter(pl.col("kind") == "deso")["code"].to_list()
    # Göteborg's DeSO are told by tables alone.
    assert deso == ["1480C1010", "1488A0010"]
    assert registry.areas.filter(pl.col("kind") == "county")["code"].to_list() == ["14"]


def test_a_layer_of_a_part_leaves_the_rest_to_the_tables():
    layers = [layer("county", "2025", code=["20"], name=["Dalarnas län"]),
              layer("deso", "2018", code=["1488A0010"])]  # fmt: skip
    column = [*(f"{county}80A0010" for county in ("01", "03", "20")),
              *(f"1488A00{i}0" for i in (1, 2, 3))]  # fmt: skip
    registry = registry_of(layers, [], keys_seen(pl.Series(column), period="2022"))
    deso = registry.areas.filter(pl.col("kind") == "deso")["code"].to_list()
    assert deso == sorted(column)


def test_a_link_to_what_no_layer_has_is_left_out_and_told_of():
    layers = [
        municipalities(_1488="Trollhättan"),
        layer("regso", "2020", code=["1488R001"], name=["Lyan"]),
    ]
    pairs = {"1488A0010": "1488R001", "1488A0020": "1488R999"}
    registry = registry_of(layers, [links(DESO, REGSO, pairs)])
    assert row(registry, "deso/2018/1488A0010")["parent"] == "regso/2020/1488R001"
    assert row(registry, "deso/2018/1488A0020")["parent"] == "municipality/2025/1488"
    told = messages(registry, "warning")
    assert any("links.csv links regso codes that no regso of 2020 has" in m for m in told)
    assert any("1488R999" in m for m in told)
    assert any("1488A0020" in m and "lie in no known RegSO" in m for m in told)
    # A table has figures for it: then two tell of it.
    seen = [AreaKey("regso", "2020", "1488R999")]
    witnessed = registry_of(layers, [links(DESO, REGSO, pairs)], seen)
    assert row(witnessed, "deso/2018/1488A0020")["parent"] == "regso/2020/1488R999"


def test_links_between_vintages_make_no_areas():
    other = links(("deso", "2018"), ("deso", "2025"), {"1488A0010": "1488A0010"})
    assert registry_of([], [other]).areas["kind"].to_list() == ["country"]


def test_codes_that_are_none_are_left_out_and_told_of():
    registry = registry_of([layer("deso", "2018", "bad.csv", code=["1488A0010", "1488"])], [])
    assert registry.areas.filter(pl.col("kind") == "deso")["code"].to_list() == ["1488A0010"]
    (told,) = messages(registry, "error")
    assert "1 of 2 codes in bad.csv are not codes of kind deso" in told


def test_a_vintage_that_does_not_exist_is_an_error_that_names_the_file():
    with pytest.raises(InputError, match=r"old\.gpkg: there are no areas of kind deso and vintage "
                                         r"2019.*samsyn\.toml"):  # fmt: skip
        registry_of([layer("deso", "2019", "old.gpkg", code=["1488A0010"])], [])


# --- what contradicts itself and what is missing ---


def test_parents_that_contradict_each_other_are_errors():
    one = links(DESO, REGSO, {"1488A0010": "1488R001", "1488A0020": "1488R002"}, "one.csv")
    two = links(DESO, REGSO, {"1488A0010": "1488R002"}, "two.csv")
    registry = registry_of([], [one, two])
    assert row(registry, "deso/2018/1488A0010")["parent"] == "regso/2020/1488R001"
    (told,) = messages(registry, "error")
    assert "1488R001 (one.csv), 1488R002 (two.csv)" in told
    errors = registry.findings.filter(pl.col("severity") == "error")
    assert errors["area"].to_list() == ["deso/2018/1488A0010"]


def test_a_deso_in_another_municipalitys_regso_is_an_error():
    registry = registry_of([], [links(DESO, REGSO, {"1488A0010": "1480R001"})])
    assert row(registry, "deso/2018/1488A0010")["parent"] == "municipality/2025/1488"
    assert "1488A0010 in 1480R001" in messages(registry, "error")[0]


def test_a_layer_that_puts_an_area_where_its_code_does_not_is_an_error():
    regso = layer("regso", "2020", "r.csv", code=["1488R001"], name=["Lyan"], parent=["1480"])
    registry = registry_of([regso], [])
    assert row(registry, "regso/2020/1488R001")["parent"] == "municipality/2025/1488"
    assert "1488R001 in 1480" in messages(registry, "error")[0]


def test_a_municipality_that_is_missing_is_named():
    """The links of a whole country, cut off before the last municipality."""
    from tests.statistics.areas.layers import national_sources

    layers, _ = national_sources()
    linked = official_links().filter(pl.col("Kommun") != "2584")
    pairs = dict(linked.select("DeSO_2018", "RegSOkod_2020").iter_rows())
    registry = registry_of(layers, [links(DESO, REGSO, pairs)])
    told = registry.findings.filter(pl.col("check") == "coverage")
    assert told["area"].to_list() == ["municipality/2025/2584"]
    assert told["severity"].to_list() == ["warning"]
    assert "Kiruna (2584) is missing: no deso of 2018" in told["message"][0]


def test_a_layer_of_one_county_is_a_part_and_no_mistake():
    from tests.statistics.areas.layers import national_sources

    shapes = read_shapes("deso_2025_dalarna_wfs.geojson")
    part = layer("deso", "2025", code=shapes["desokod"].to_list())
    layers, linked = national_sources()
    registry = registry_of([*layers, part], linked)
    told = registry.findings.filter(pl.col("check") == "coverage")
    assert told["severity"].to_list() == ["note"]
    assert "known in 15 of 290 municipalities" in told["message"][0]


def test_findings_are_rows_of_a_release():
    registry = registry_of([], [links(DESO, REGSO, {"1488A0010": "1480R001"})])
    assert registry.findings.schema == FINDINGS
    assert registry.findings.height > 0
