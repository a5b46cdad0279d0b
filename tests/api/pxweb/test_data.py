"""Figures of tables, cell by cell against what the release answers."""

from __future__ import annotations

import itertools

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.statistics.query import Release
from samsyn.statistics.query.jsonstat import SIGNS
from tests.api.asking import figures, got, posted

TABLES = "/api/v2/tables"
ALL = {"Region": "*", "ContentsCode": "*", "Tid": "*"}


@pytest.fixture(scope="module")
def release(demo_store):
    return Release.open(demo_store)


def address(table, **codes):
    return f"{TABLES}/{table}/data?" + "&".join(f"valuecodes[{n}]={v}" for n, v in codes.items())


def coded(release, key):
    """The code of a key, as the agency writes it; written anew from what it says."""
    kind, vintage, code = key.split("/", 2)
    if kind == "custom":
        return key
    if kind in {"deso", "regso"} and vintage == "2025":
        return f"{code}_{'DeSO' if kind == 'deso' else 'RegSO'}2025"
    return code


@pytest.mark.parametrize("indicator", ["distrust_share", "employment_rate", "socioeconomic_index"])
def test_values_are_those_of_the_release(demo_site, release, indicator):
    expected = {}
    for row in release.values(indicator).iter_rows(named=True):
        sign = SIGNS.get(row["status"])
        for content in ("value", "numerator", "denominator"):
            key = (coded(release, row["area"]), content, row["period"])
            expected[key] = (row[content], sign)
    found = figures(got(demo_site, address(indicator, **ALL)))
    assert {content for _, content, _ in found} >= {"value"}
    for key, cell in found.items():
        told = expected.get(key)
        if told is None:
            assert cell == (None, None), key  # the release tells nothing of it
        else:
            assert cell == told or (told[0] is None and cell[0] is None and not told[1]), key
    assert sum(cell != (None, None) for cell in found.values()) > 100
    assert any(sign for _, sign in found.values())


def test_parts_of_the_people(demo_site, release):
    found = figures(got(demo_site, address("turnout_riksdag", Kon="*", **ALL)))
    rows = release.values("turnout_riksdag", sex=None)
    for row in rows.iter_rows(named=True):
        key = (coded(release, row["area"]), row["sex"], "value", row["period"])
        assert found[key][0] == row["value"]
    # What is not asked for by name is the total.
    total = got(demo_site, address("turnout_riksdag", **ALL))
    assert total["id"] == ["Region", "ContentsCode", "Tid"]
    for (area, content, period), cell in figures(total).items():
        assert cell == found[area, "total", content, period]


def test_counts_are_those_of_the_release(demo_site, release):
    every = address("counts-education", Grupp="*", **ALL)
    found = figures(got(demo_site, every))
    rows = release.counts("education")
    for row in rows.iter_rows(named=True):
        key = (coded(release, row["area"]), row["group"], "count", row["period"])
        assert found[key] == (row["count"], SIGNS.get(row["status"]))
    assert sum(cell != (None, None) for cell in found.values()) == rows.height


def test_indices_are_those_of_the_release(demo_site, release):
    codes = {"Index": "*", "Grupp": "*", "Enhet": "deso/2018,regso/2020", **ALL}
    found = figures(got(demo_site, address("indices-economic_standard-evenness", **codes)))
    rows = pl.concat(
        release.indices("economic_standard", units, index="evenness")
        for units in ("deso/2018", "regso/2020")
    )
    known = 0
    for row in rows.iter_rows(named=True):
        group = row["group"] + (f":{row['against']}" if row["against"] else "")
        for content in ("value", "lower", "upper", "expected", "corrected"):
            key = (
                coded(release, row["region"]), row["units"], row["index"], group, content,
                row["period"],
            )  # fmt: skip
            assert found[key][0] == row[content]
            known += row[content] is not None
    assert sum(value is not None for value, _ in found.values()) == known
    assert any(":" in key[3] for key in found)


def test_a_selection_that_is_sent_says_the_same_as_an_address(demo_site):
    sent = posted(
        demo_site,
        f"{TABLES}/population/data",
        [
            {"variableCode": "Region", "codelist": "vs_municipality_2025", "valueCodes": ["*"]},
            {"variableCode": "Tid", "valueCodes": ["top(2)"]},
            {"variableCode": "ContentsCode", "valueCodes": ["value"]},
        ],
    )
    written = got(
        demo_site,
        address("population", Region="*", Tid="top(2)", ContentsCode="value")
        + "&codelist[Region]=vs_municipality_2025",
    )
    assert sent == written
    assert sent["size"] == [8, 1, 2]
    # A list may stand in the address of what is sent, as R's pxweb writes it.
    mixed = posted(
        demo_site,
        f"{TABLES}/population/data?codelist[Region]=vs_municipality_2025"
        "&outputValues[Region]=aggregated",
        [
            {"variableCode": "region", "valueCodes": ["*"]},
            {"variableCode": "TIME", "valueCodes": ["top(2)"]},
            {"variableCode": "contentscode", "valueCodes": ["VALUE"]},
        ],
    )
    assert mixed == sent


def test_a_code_of_a_list_that_the_table_lacks_is_an_empty_cell(demo_site):
    told = got(
        demo_site,
        address("distrust_share", Region="*", Tid="2022", ContentsCode="*")
        + "&codelist[Region]=vs_county_2025",
    )
    assert told["value"] == [None]
    assert "status" not in told


PERIODS = [str(year) for year in range(2012, 2025)]


@pytest.mark.parametrize(
    ("expression", "chosen"),
    [
        ("*", PERIODS),
        ("2012", ["2012"]),
        ("2014,2012", ["2012", "2014"]),
        ("top(1)", ["2024"]),
        ("TOP(2,1)", ["2022", "2023"]),
        ("bottom(2)", ["2012", "2013"]),
        ("Bottom(2, 3)", ["2015", "2016"]),
        ("from(2022)", ["2022", "2023", "2024"]),
        ("to(2013)", ["2012", "2013"]),
        ("range(2014,2016)", ["2014", "2015", "2016"]),
        ("range(2016,2014)", ["2014", "2015", "2016"]),
        ("202?", PERIODS[8:]),
        ("*4", ["2014", "2024"]),
        ("top(100)", PERIODS),
        ("2012,top(1),from(2024)", ["2012", "2024"]),
    ],
)
def test_expressions(demo_site, expression, chosen):
    told = got(demo_site, address("population", Tid=expression, Region="00", ContentsCode="*"))
    assert list(told["dimension"]["Tid"]["category"]["index"]) == chosen


def test_of_other_dimensions_top_is_the_first(demo_site):
    def regions(expression):
        told = got(
            demo_site, address("population", Region=expression, Tid="2020", ContentsCode="*")
        )
        return list(told["dimension"]["Region"]["category"]["index"])

    every = regions("*")
    assert regions("top(2)") == every[:2]
    assert regions("bottom(2)") == every[-2:]
    assert regions("top(2,3)") == every[3:5]
    assert regions("00") == ["00"]
    code = next(one for one in every if one.endswith("_DeSO2025"))
    assert regions(code.lower()) == [code]
    assert regions("*_regso2025") == [one for one in every if one.endswith("_RegSO2025")]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("valuecodes[Region]=9999", '"9999" is not a code of Region'),
        ("valuecodes[Region]=00", "Nothing is chosen of ContentsCode"),
        ("valuecodes[Land]=00", 'population has no dimension "Land". It has Region'),
        ("valuecodes[Region]=x*", "chooses nothing of Region"),
        ("valuecodes[Tid]=top(0)&valuecodes[ContentsCode]=*", "top takes how many"),
        ("valuecodes[Tid]=top(x)&valuecodes[ContentsCode]=*", "top takes how many"),
        ("valuecodes[Tid]=from(1)&valuecodes[ContentsCode]=*", '"1" is not a code of Tid'),
        ("valuecodes[Tid]=range(2012)&valuecodes[ContentsCode]=*", "range(code,code)"),
        ("codelist[Region]=vs_street_1", "There is no code list"),
        ("codelist[Tid]=vs_county_2025&valuecodes[ContentsCode]=*", "is a list of regions"),
        ("outputFormat=html", 'There is no format "html" here'),
        ("outputFormatParams=Loudly", 'There is no parameter "Loudly"'),
        ("outputFormat=csv&outputFormatParams=UseCodes,UseTexts", "Choose one of UseCodes"),
        ("heading=Region&stub=Region", "is placed once"),
        ("heading=Kon", 'no dimension "Kon"'),
        ("heading=Tid&stub=Region", "must be placed too"),
    ],
)
def test_what_cannot_be_chosen_is_said(demo_site, query, said):
    assert said in got(demo_site, f"{TABLES}/population/data?{query}", 400)["detail"]


@pytest.mark.parametrize(
    "body",
    [
        "[]", "{", '{"selection": 1}', '{"selection": [1]}', '{"selection": [{"valueCodes": []}]}',
        '{"selection": [{"variableCode": "Tid", "valueCodes": "2020"}]}',
        '{"selection": [{"variableCode": "Tid", "valueCodes": [2020]}]}',
        '{"placement": 1}', '{"placement": {"heading": "Tid"}}',
        '{"selection": [{"variableCode": "Region", "codelist": 1}]}', "[" * 100_000, "\\xff",
    ],
)  # fmt: skip
def test_a_body_that_is_none_is_refused(demo_site, body):
    answer = demo_site.post(f"{TABLES}/population/data", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_a_body_that_is_too_large_is_refused(demo_site):
    body = " " * 2_000_001
    answer = demo_site.post(f"{TABLES}/population/data", body, content_type="application/json")
    assert answer.status_code == 413


def test_too_many_cells_are_told_so(demo_site, monkeypatch):
    monkeypatch.setenv("SAMSYN_CELLS", "1000")
    told = got(demo_site, address("population", **ALL), 403)
    assert "at most 1000" in told["detail"]
    assert got(demo_site, "/api/v2/config")["maxDataCells"] == 1000


def test_dimensions_are_placed_as_asked(demo_site):
    codes = {"Region": "00,01*", "Tid": "top(2)", "ContentsCode": "*", "Kon": "*"}
    whole = figures(got(demo_site, address("turnout_riksdag", **{**codes, "Region": "top(3)"})))
    query = address("turnout_riksdag", **{**codes, "Region": "top(3)"})
    turned = got(demo_site, query + "&heading=Kon,Region&stub=Tid,ContentsCode")
    assert turned["id"] == ["Tid", "ContentsCode", "Kon", "Region"]
    assert turned["extension"]["px"]["stub"] == ["Tid", "ContentsCode"]
    for (period, content, sex, area), cell in figures(turned).items():
        assert cell == whole[area, sex, content, period]
    only = got(demo_site, query + "&stub=time")
    assert only["id"] == ["Tid", "Region", "Kon", "ContentsCode"]


WORDS = st.sampled_from(
    ["*", "top(1)", "bottom(3)", "2020", "00", "value", "?", "from(2015)", "to(9)", "range(1,2)",
     "total", "", ",", "((", "top(9999999999)", "*" * 90, "[", "\x00", "å", "[00]", "0*?"]
)  # fmt: skip
NAMES = st.sampled_from(
    ["Region", "Tid", "ContentsCode", "Kon", "time", "x", "Grupp", "Index", "é"]
)
LISTS = st.sampled_from(["vs_deso_2018", "vs_municipality_2025", "agg_x", "", "vs_custom_2018"])
FORMATS = st.sampled_from(["", "json-stat2", "csv", "px", "parquet", "html", "x"])


@settings(max_examples=60)
@given(
    table=st.sampled_from(["turnout_riksdag", "counts-tenure", "indices-age-exposure", "x"]),
    codes=st.dictionaries(NAMES, st.lists(WORDS, max_size=3), max_size=5),
    lists=st.dictionaries(NAMES, LISTS, max_size=2),
    form=FORMATS,
    more=st.dictionaries(
        st.sampled_from(["heading", "stub", "lang", "outputFormatParams", "release"]),
        st.text(max_size=8) | NAMES | st.sampled_from(["en", "UseCodes", "IncludeTitle"]),
    ),
)
def test_whatever_is_asked_is_answered_or_refused(site, table, codes, lists, form, more):
    query = {f"valuecodes[{name}]": ",".join(told) for name, told in codes.items()}
    query |= {f"codelist[{name}]": told for name, told in lists.items()}
    answer = site.get(f"{TABLES}/{table}/data", {**query, **more, "outputFormat": form})
    assert answer.status_code in {200, 400, 403, 404}
    selection = [
        {"variableCode": name, "valueCodes": told, "codelist": lists.get(name)}
        for name, told in codes.items()
    ]
    answer = site.post(
        f"{TABLES}/{table}/data?outputFormat={form}",
        {"selection": selection},
        content_type="application/json",
    )
    assert answer.status_code in {200, 400, 403, 404}


@pytest.fixture(scope="module")
def site(demo_store):
    from django.test import Client

    from samsyn.statistics.query.shelf import served

    patch = pytest.MonkeyPatch()
    patch.setenv("SAMSYN_STORE", str(demo_store.path))
    patch.setenv("SAMSYN_RATE", "0")
    served.cache_clear()
    yield Client()
    patch.undo()
    served.cache_clear()


def test_every_table_answers_in_both_languages(demo_site):
    tables = got(demo_site, f"{TABLES}?pageSize=1000")["tables"]
    for table, language in itertools.product(tables[::7], ("sv", "en")):
        got(demo_site, f"{TABLES}/{table['id']}/metadata?lang={language}")
        got(demo_site, f"{TABLES}/{table['id']}/data?lang={language}")
