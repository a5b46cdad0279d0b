"""Texts of area columns resolved to keys."""

import json
import sqlite3
import time
from contextlib import closing

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.measure import InputError
from samsyn.statistics.areas import findings_of, keys_seen, registry_of, resolve
from samsyn.statistics.release.schema import FINDINGS
from tests.reference import shared
from tests.statistics.areas.layers import layer, municipalities, national, official_links
from tests.statistics.areas.test_names import slow_fold


def resolved(texts, registry=None, **how):
    found = resolve(registry or national(), pl.Series(texts, dtype=pl.String), **how)
    assert len(found.keys) == len(found.how) == len(texts)
    return found


def keys(texts, registry=None, **how):
    return resolved(texts, registry, **how).keys.to_list()


# --- the real files ---


@pytest.mark.parametrize("name", ["foreign_born", "tenure", "mean_wage_income"])
def test_the_names_of_every_regso_table_find_their_areas(name):
    path = shared("data", "scb_regso", f"regso_{name}_2020_2023.csv")
    column = pl.read_csv(path, infer_schema=False).get_column("region")
    found = resolve(national(), column, period="2023")
    assert found.keys.null_count() == 0
    assert found.keys.n_unique() == 3363
    assert found.keys.str.starts_with("regso/2020/").all()
    # These are spelled with a space too many or another dash, and the report has them all.
    assert found.report.height == 29
    assert set(found.report["how"]) == {"normalised"}
    assert set(found.how.unique()) == {"name", "normalised"}
    for text, key in found.report.select("text", "key").iter_rows():
        shown = national().areas.row(by_predicate=pl.col("area") == key, named=True)
        assert slow_fold(shown["name"]) == slow_fold(text.split("(", 1)[1])


def test_the_names_of_the_area_types_find_their_areas_exactly():
    path = shared("data", "scb_regso", "regso2020_omradestyp_2022.csv")
    table = pl.read_csv(path, infer_schema=False, truncate_ragged_lines=True)
    column = table.to_series(0).head(3363)
    found = resolve(national(), column, period="2022")
    assert found.keys.n_unique() == 3363
    assert found.report.is_empty()
    told = official_links().select(
        text=pl.format("{} ({})", "Kommunnamn", "RegSO_2020"),
        key=pl.format("regso/2020/{}", "RegSOkod_2020"),
    )
    assert dict(zip(column, found.keys, strict=True)) == dict(told.iter_rows())


def test_the_codes_of_every_deso_sheet_find_their_areas():
    folder = shared("data", "scb_deso_2022")
    for path in sorted(folder.glob("*.xlsx"))[:3]:
        column = pl.read_excel(path, has_header=False, infer_schema_length=0).to_series(0)
        codes = column.filter(column.str.contains(r"^\d{4}[ABC]\d{4}$").fill_null(False))
        found = resolve(national(), codes, period="2022")
        assert found.keys.to_list() == [f"deso/2018/{code}" for code in codes]
        assert found.report.is_empty()


@pytest.mark.parametrize("name", ["alla_invanare", "Kolada_2005", "Kolada_3", "Kommuner"])
def test_the_names_of_kolada_are_municipalities_and_its_means_are_not(name):
    path = shared("data", "kolada_stockholm", f"{name}.xlsx")
    sheet = pl.read_excel(path, sheet_id=1, has_header=False, infer_schema_length=0)
    column = sheet.to_series(1).slice(1)
    column = column.filter(column.is_not_null() & ~column.str.contains(r"^\d{4}$"))
    found = resolve(national(), column)
    assert found.unmatched.is_empty()
    assert found.keys.drop_nulls().str.starts_with("municipality/2025/").all()
    means = column.filter(found.how == "not_an_area").unique().to_list()
    assert set(means) <= {"Alla kommuner", "Stockholms läns kommuner (ovägt medel)"}
    assert found.keys.drop_nulls().n_unique() >= 26


def test_names_that_have_lost_their_accents_still_find_the_right_areas():
    told = (
        official_links()
        .select(
            text=pl.format("{} ({})", "Kommunnamn", "RegSO_2020"),
            key=pl.format("regso/2020/{}", "RegSOkod_2020"),
        )
        .unique(maintain_order=True)
    )
    plain = (
        told["text"].str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.replace_all("–", "-")
    )
    found = resolve(national(), plain, period="2022")
    assert found.keys.to_list() == told["key"].to_list()
    # What looks right could have lost an accent too; where it is the only one, it is right.
    assert found.report.height == (plain != told["text"]).sum()


def test_the_names_of_the_turnout_database_are_all_the_municipalities():
    path = shared("data", "scb_turnout", "municipality_eligibleVotersAge.sqlite3")
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        rows = database.execute("select municipality from eligibleVotersAge").fetchall()
    found = resolve(national(), pl.Series([name for (name,) in rows]))
    assert found.keys.n_unique() == 290
    assert found.keys.null_count() == 0


def test_the_regions_of_the_statistical_database_are_told_by_codes_and_names():
    path = shared("data", "api", "scb_pxwebapi2_recorded", "TAB6471_metadata.json")
    labels = json.loads(path.read_text())["dimension"]["Region"]["category"]["label"]
    by_code = keys(list(labels))
    assert None not in by_code
    assert keys(list(labels.values())) == by_code
    assert keys([f"{code} {label}" for code, label in labels.items()]) == by_code


def test_exchanged_names_mean_what_they_meant_in_their_vintage():
    text = ["Jokkmokk (Jokkmokk östra omland)"]
    assert keys(text, period="2022") == ["regso/2020/2510R004"]
    assert keys(text, period="2024") == ["regso/2025/2510R003"]


def test_a_national_column_is_resolved_in_no_time():
    """The bounds are ten times what it takes."""
    codes = national().areas.filter(pl.col("kind") == "deso").get_column("code")
    names = official_links().select(pl.format("{} ({})", "Kommunnamn", "RegSO_2020")).to_series()
    columns = [(pl.concat([codes] * 7), 0.3), (pl.concat([names] * 9), 0.9)]
    for column, bound in columns:
        resolve(national(), column, period="2022")
        start = time.perf_counter()
        assert resolve(national(), column, period="2022").keys.null_count() == 0
        assert time.perf_counter() - start < bound


# --- forms of texts ---


@pytest.mark.parametrize(
    ("text", "key", "how"),
    [
        ("regso/2020/1488R007", "regso/2020/1488R007", "key"),
        ("regso/2025/1488R007", "regso/2025/1488R007", "key"),
        ("municipality/1488", "municipality/2025/1488", "code"),
        ("0114A0010", "deso/2018/0114A0010", "code"),
        (" 0114A0010 ", "deso/2018/0114A0010", "code"),
        ("0114a0010", "deso/2018/0114A0010", "normalised"),
        ("114A0010", "deso/2018/0114A0010", "normalised"),
        ("1488R007", "regso/2020/1488R007", "code"),
        ("1488R007_RegSO2025", "regso/2025/1488R007", "code"),
        ("1488R007_RegSO2020", "regso/2020/1488R007", "code"),
        ("0114A0010_DeSO2018", "deso/2018/0114A0010", "code"),
        ("1488", "municipality/2025/1488", "code"),
        ("180", "municipality/2025/0180", "normalised"),
        ("14", "county/2025/14", "code"),
        ("00", "country/2025/00", "code"),
        ("0000", "country/2025/00", "code"),
        ("0014", "county/2025/14", "code"),
        ("0114 Upplands Väsby", "municipality/2025/0114", "code"),
        ("1488 - Trollhättan", "municipality/2025/1488", "code"),
        ("14 Västra Götalands län", "county/2025/14", "code"),
        ("Riket", "country/2025/00", "name"),
        ("Sverige", "country/2025/00", "name"),
        ("Ale", "municipality/2025/1440", "name"),
        ("Ale kommun", "municipality/2025/1440", "name"),
        ("Trollhättans kommun", "municipality/2025/1488", "name"),
        ("Göteborgs Stad", "municipality/2025/1480", "normalised"),
        ("trollhattan", "municipality/2025/1488", "normalised"),
        ("Tra\u030anas".replace("a\u030a", "a"), "municipality/2025/0687", "normalised"),
        ("Trana\u030as", "municipality/2025/0687", "normalised"),
        ("Upplands – Bro", "municipality/2025/0139", "normalised"),
        ("Västra Götalands län", "county/2025/14", "name"),
        ("Stockholms län", "county/2025/01", "name"),
        ("Region Skåne", "county/2025/12", "name"),
        ("Västra Götalandsregionen", "county/2025/14", "name"),
        ("Alla kommuner", None, "not_an_area"),
        ("Stockholms läns kommuner (ovägt medel)", None, "not_an_area"),
        ("G35883", None, "not_an_area"),
        ("Trolhättan", None, None),
        ("0114A9999", None, None),
        ("0114A0010_RegSO2025", None, None),
        ("0114A0010_DeSO2025", None, None),
        ("2584R001_RegSO2025", None, None),
        ("deso/2019/0114A0010", None, None),
        ("Trana\u030a", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_what_a_text_is(text, key, how):
    found = resolved([text], period="2022")
    assert found.keys.to_list() == [key]
    assert found.how.to_list() == [how]
    assert found.report.height == (how not in {"key", "code", "name"})


def test_a_column_may_mix_levels():
    column = ["00", "01", "0114", "0114A0010", "1488R007"]
    assert keys(column, period="2022") == [
        "country/2025/00", "county/2025/01", "municipality/2025/0114", "deso/2018/0114A0010",
        "regso/2020/1488R007",
    ]  # fmt: skip


def test_every_key_is_itself_and_every_code_its_area():
    areas = national().areas.filter(pl.col("vintage") != "2020")
    assert keys(areas["area"].to_list()) == areas["area"].to_list()
    assert keys(areas["code"].to_list(), period="2025", vintage="2025") == [
        None if kind == "deso" else key for key, kind in areas.select("area", "kind").iter_rows()
    ]


def test_a_code_with_anothers_name_is_taken_and_told_of():
    found = resolved(["1488 Göteborg", "1480 Göteborg", "1480 Göteborgs stad"])
    assert found.keys.to_list() == ["municipality/2025/1488"] + ["municipality/2025/1480"] * 2
    assert found.report.select("text", "reason").rows() == [
        ("1488 Göteborg", "the code was taken; the area is called Trollhättan")
    ]


# --- municipality or county ---


@pytest.mark.parametrize(
    ("column", "kinds"),
    [
        (["Uppsala", "Ale"], ["municipality", "municipality"]),
        (["Uppsala", "Skåne"], ["county", "county"]),
        (["Gotland", "Alla kommuner"], ["municipality", None]),
        (["Stockholms län", "Stockholm", "Ale"], ["county", "municipality", "municipality"]),
        (["Region Gotland", "Region Skåne"], ["county", "county"]),
        (["Region Gotland", "Ale"], ["municipality", "municipality"]),
        (["Uppsala", "Stockholm"], [None, None]),
        (["Uppsala", "Skåne", "Ale"], [None, "county", "municipality"]),
    ],
)
def test_the_rest_of_the_column_tells_municipality_from_county(column, kinds):
    found = keys(column)
    assert [key and key.split("/")[0] for key in found] == kinds


def test_a_given_kind_settles_it():
    assert keys(["Uppsala"], kind="county") == ["county/2025/03"]
    assert keys(["Uppsala"], kind="municipality") == ["municipality/2025/0380"]
    found = resolved(["1488"], kind="county")
    assert found.keys.to_list() == [None]
    assert "code of a municipality, and a county is wanted" in found.report["reason"][0]
    with pytest.raises(InputError, match='no kind of area "town"'):
        resolve(national(), pl.Series(["1488"]), kind="town")


def test_what_can_be_several_areas_is_left_open_with_all_of_them():
    found = resolved(["Uppsala"])
    assert found.report["reason"].to_list() == ["it can be several areas"]
    assert found.report["candidates"].to_list() == [
        ["Uppsala (municipality/2025/0380)", "Uppsala län (county/2025/03)"]
    ]


# --- names that fold alike ---


def test_names_that_fold_alike_are_told_apart_by_their_accents():
    assert keys(["Habo", "Håbo", "HÅBO"], kind="municipality") == [
        "municipality/2025/0643", "municipality/2025/0305", "municipality/2025/0305",
    ]  # fmt: skip


def test_where_the_column_has_lost_its_accents_they_are_not_guessed():
    found = resolved(["Jonkoping", "Ale", "Habo"], kind="municipality")
    assert found.keys.to_list() == ["municipality/2025/0680", "municipality/2025/1440", None]
    (told,) = found.unmatched.rows(named=True)
    assert told["text"] == "Habo"
    assert told["candidates"] == ["Habo (municipality/2025/0643)", "Håbo (municipality/2025/0305)"]


# --- small areas by name ---

TOWNS = municipalities(_1488="Trollhättan", _1480="Göteborg")
SMALL = registry_of(
    [
        TOWNS,
        layer(
            "regso", "2020",
            code=["1488R001", "1488R002", "1488R003", "1480R001", "1480R002"],
            name=["Lyan", "Centrum", "Norra Kär–Ängen", "Centrum", "Gläntan"],
        ),
    ],
    [],
)  # fmt: skip


def test_a_name_counts_in_its_municipality_only():
    column = ["Trollhättan (Centrum)", "Göteborg (Centrum)", "Göteborg (Lyan)"]
    found = resolved(column, SMALL)
    assert found.keys.to_list() == ["regso/2020/1488R002", "regso/2020/1480R001", None]
    assert found.unmatched["text"].to_list() == ["Göteborg (Lyan)"]


def test_names_without_their_municipality_need_to_be_the_only_ones():
    assert keys(["Lyan", "Gläntan", "Centrum"], SMALL) == [
        "regso/2020/1488R001", "regso/2020/1480R002", None,
    ]  # fmt: skip
    # All others are in Trollhättan: so is this one, and the report says it.
    one_town = resolved(["Lyan", "norra kär - ängen", "Centrum"], SMALL)
    assert one_town.keys.to_list() == [f"regso/2020/1488R00{i}" for i in (1, 3, 2)]
    assert one_town.report["text"].to_list() == ["norra kär - ängen", "Centrum"]
    assert keys(["Trollhättan", "Lyan", "Gläntan"], SMALL) == [
        "municipality/2025/1488", "regso/2020/1488R001", None,
    ]  # fmt: skip


def test_the_nearest_names_of_the_municipality_are_told():
    found = resolved(["Trollhättan (Centum)", "Trolhättan (Lyan)"], SMALL)
    assert found.unmatched["candidates"].to_list() == [
        ["Centrum (regso/2020/1488R002)"], ["Trollhättan (municipality/2025/1488)"],
    ]  # fmt: skip


# --- vintages ---

BOTH = registry_of(
    [
        TOWNS,
        layer("deso", "2018", code=["1488A0010", "1488A0020"]),
        layer("deso", "2025", code=["1488A0010", "1488A0030"]),
        layer("regso", "2020", code=["1488R001"], name=["Lyan"]),
        layer("regso", "2025", code=["1488R001"], name=["Gläntan"]),
    ],
    [],
)


@pytest.mark.parametrize(
    ("period", "vintage"),
    [
        ("2022", "2018"),
        ("2023", "2018"),
        ("2024", "2025"),
        ("2023M12", "2018"),
        ("2021-2024", "2025"),
        ("läsåret 2022/23", "2018"),
    ],
)
def test_the_period_tells_the_vintage_of_a_code_that_several_have(period, vintage):
    assert keys(["1488A0010"], BOTH, period=period) == [f"deso/{vintage}/1488A0010"]


def test_the_vintage_that_has_all_the_codes_goes_before_the_period():
    assert keys(["1488A0010", "1488A0030"], BOTH, period="2022") == [
        "deso/2025/1488A0010", "deso/2025/1488A0030",
    ]  # fmt: skip


def test_a_given_vintage_goes_first_and_what_it_lacks_is_told_of():
    found = resolved(["1488A0010", "1488A0030", "1488R001"], BOTH, vintage="2018", period="2024")
    assert found.keys.to_list() == ["deso/2018/1488A0010", None, "regso/2020/1488R001"]
    (told,) = found.unmatched.rows(named=True)
    assert told["row"] == 1
    assert told["reason"].endswith("it is one of 2025")


def test_without_any_vintage_nothing_is_guessed():
    found = resolved(["1488A0010"], BOTH)
    assert found.keys.to_list() == [None]
    assert found.report["reason"].to_list() == ["nothing tells of which vintage it is"]


def test_a_borrowed_name_is_not_looked_up():
    registry = registry_of(
        [TOWNS, layer("regso", "2020", code=["1488R001"], name=["Lyan"]),
         layer("regso", "2025", code=["1488R001"])], [],
    )  # fmt: skip
    assert keys(["Trollhättan (Lyan)"], registry, vintage="2025") == [None]
    assert keys(["Trollhättan (Lyan)"], registry, period="2022") == ["regso/2020/1488R001"]


def test_keys_seen_take_vintages_from_the_text_then_what_is_given_then_the_period():
    column = pl.Series(
        ["1488A0010_DeSO2025", "1488A0010", "1488R001", "regso/2020/1480R001", "Ale"]
    )
    assert [str(key) for key in keys_seen(column, period="2022")] == [
        "deso/2018/1488A0010", "deso/2025/1488A0010", "regso/2020/1480R001", "regso/2020/1488R001",
    ]  # fmt: skip
    assert "regso/2025/1488R001" in map(str, keys_seen(column, vintage="2025", period="2022"))
    assert [str(key) for key in keys_seen(column)] == [
        "deso/2025/1488A0010", "regso/2020/1480R001",
    ]  # fmt: skip


# --- the report ---


def test_the_report_tells_the_first_row_and_how_many_there_are():
    found = resolved(["Ale", "Nowhere", None, "Nowhere", "  "])
    assert found.unmatched.select("text", "row", "rows").rows() == [
        ("Nowhere", 1, 2), (None, 2, 1), ("  ", 4, 1),
    ]  # fmt: skip


def test_findings_name_file_row_and_text():
    column = ["0114A0010", "0114A9999", "1488 Göteborg", "Alla kommuner", "ALE"]
    rows = pl.Series([4, 5, 6, 7, 8])
    found = findings_of(
        resolved(column, period="2022"), file="x.xlsx", subject="000005FE", rows=rows
    )
    assert found.schema == FINDINGS
    assert found.select("severity", "row").rows() == [
        ("error", 5), ("note", None), ("note", None), ("warning", 6),
    ]  # fmt: skip
    assert found["message"][0].startswith(
        'x.xlsx, row 5: "0114A9999" is no known area: no DeSO has'
    )
    assert '"ALE"' in found["message"][1]
    assert '"Alla kommuner"' in found["message"][2]
    assert set(found["subject"]) == {"000005FE"}


def test_a_wholly_wrong_column_is_told_of_briefly():
    found = findings_of(resolved([f"9999A{i:04}" for i in range(500)]), file="x.csv")
    assert found.height == 21
    assert found["message"][-1].startswith("x.csv: 480 more texts are no known areas: ")


# --- against a slow search through all names ---

LETTERS = st.text(st.sampled_from("aåäA -–"), min_size=1, max_size=4)


def slow_spell(text):
    import re
    import unicodedata

    text = unicodedata.normalize("NFC", text).lower().replace("–", "-")
    return re.sub(r"\s+", " ", re.sub(r"\s*-\s*", "-", text)).strip()


@settings(max_examples=25)
@given(st.lists(LETTERS, min_size=1, max_size=6), st.lists(LETTERS, min_size=1, max_size=6))
def test_names_are_matched_as_a_slow_search_matches_them(names, texts):
    """Exactly, then as spelled, then folded: and only where that leaves one area."""
    names = [name for name in names if slow_fold(name)]
    codes = [f"1488R{i:03}" for i in range(len(names))]
    registry = registry_of([TOWNS, layer("regso", "2020", code=codes or ["1488R999"],
                                         name=names or ["x"])], [])  # fmt: skip
    # An ö in the column says that it has not lost its accents.
    column = [f"Trollhättan ({text})" for text in texts]
    found = keys(column, registry, kind="regso")
    for text, key in zip(texts, found, strict=True):
        expected = None
        for form in (str.strip, slow_spell, slow_fold):
            shown = {i for i, name in enumerate(names)
                     if form(text) in {form(name), form(" ".join(name.split()))}}  # fmt: skip
            if shown and slow_fold(text):
                expected = f"regso/2020/{codes[min(shown)]}" if len(shown) == 1 else None
                break
        assert key == expected
