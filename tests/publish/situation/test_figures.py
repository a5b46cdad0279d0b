"""Every figure of the tables is the one that the files of the release have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from samsyn.publish.index_names import index_name
from samsyn.publish.reports import Report
from samsyn.statistics.indicators import groupings, indicators
from tests.publish.situation.conftest import Told
from tests.publish.situation.oracle import Files, read, require_written, wilson
from tests.publish.situation.reading import rows, section, tables, whole

PLACES = {
    "municipality/2025/9901": "regso/2025",
    "municipality/2025/9908": "regso/2025",
    "county/2025/99": "municipality/2025",
    "country/2025/00": "municipality/2025",
    "regso/2025/9901R001": "deso/2025",
    "regso/2020/9901R001": "deso/2018",
    "deso/2025/9901A0010": None,
}
WORDS = {"secret": "sekretess", "missing": "saknas", "not_applicable": "ej relevant"}
VALUE = "Värde (95\u00a0%)"
COLUMNS = {
    "Låg standard": "low_economic_standard_share",
    "Förgymnasial": "pre_upper_secondary_share",
    "Sysselsatta": "employment_rate",
    "Arbetslösa": "unemployment_rate",
    "Utländsk bakgrund": "foreign_background_share",
    "Hyresrätter": "rental_share",
}


@pytest.fixture(scope="module")
def demo_files(demo_release: Path) -> Files:
    return Files(demo_release)


@pytest.fixture(scope="module")
def national_files(national_release: Path) -> Files:
    return Files(national_release)


def require_indicators(report: Report, files: Files, place: str, level: str | None) -> None:
    """That the table of indicators says what the files say; nothing of the files is left out."""
    (table,) = tables(section(report, "every-figure"))
    told = {row["Id"]: row for row in rows(table)}
    for name, row in told.items():
        share = indicators()[name].unit == "share"
        period = files.newest(name, place.rpartition("/")[0])
        own = files.one(name, place, period)
        value, _, span = row[VALUE].partition(" (")
        if own is None:
            assert value == "–"
        elif own["value"] is None:
            assert value == WORDS[own["status"]]
        else:
            require_written(value, own["value"], share=share)
        if span:
            assert own is not None
            ends = wilson(own["numerator"], own["denominator"])
            for shown, meant in zip(span.rstrip(")").split("–"), ends, strict=True):
                number, decimals = read(shown)
                assert abs(number - meant * 100) <= 0.5 * 10**-decimals + 1e-9
        known = [
            one
            for area in (files.parts(place, level) if level else ())
            if (one := files.one(name, area, period or files.newest(name, str(level)))) is not None
            and one["value"] is not None
        ]
        assert row["Områden"] == (str(len(known)) if known else "–")
        assert row["År"] == (period or files.newest(name, str(level)))
        assert row["Version"] == str(indicators()[name].version)
        assert row["Källa"]
    every = {
        path.stem
        for path in (files.folder / "observations").glob("*.parquet")
        if indicators()[path.stem].unit != "class"
        if (one := files.one(path.stem, place, files.newest(path.stem, place.rpartition("/")[0])))
        and (one["value"] is not None or one["status"] == "secret")
    }
    assert every <= set(told)


def require_areas(report: Report, files: Files, place: str, level: str) -> int:
    """That the table of areas says what the files say, of every part; gives how many it has."""
    table = tables(section(report, "areas"))[0]
    names = {files.areas[key]["name"] or files.areas[key]["code"]: key
             for key in files.parts(place, level)}  # fmt: skip
    found = rows(table)
    for row in found:
        area = names[next(iter(row.values()))]
        told = {"Invånare": "population", **COLUMNS}
        for heading, text in row.items():
            if heading not in told:
                continue
            name = told[heading]
            period = files.newest(name, place.rpartition("/")[0]) or files.newest(name, level)
            one = files.one(name, area, period)
            if one is None or one["value"] is None:
                assert text == WORDS[one["status"] if one else "missing"]
            else:
                require_written(text, one["value"], share=heading in COLUMNS)
        if "Typ" in row:
            kind = files.type_of(area)
            assert kind is not None
            assert row["Typ"][0] == str(kind[0])
            assert row["Typ"].endswith("*") == kind[1]
    return len(found)


def require_indices(report: Report, files: Files, place: str) -> None:
    """That the table of indices says what the files say, with interval and with chance."""
    by_name = {one.name["sv"]: one for one in groupings().values()}
    (table,) = tables(section(report, "every-index"))
    found = rows(table)
    assert found
    for row in found:
        grouping = by_name[row["Indelning"]]
        index = next(
            name
            for name in files.indices["index"].unique()
            if index_name(name, "sv") == row["Index"]
        )
        kind, _, vintage = row["Mätt på"].rpartition(" ")
        units = {"DeSO": "deso", "RegSO": "regso"}.get(kind, "municipality")
        told = files.indices.filter(
            grouping=grouping.id, region=place, period=row["År"], index=index,
            units=f"{units}/{vintage}",
        )  # fmt: skip
        chosen = [
            one
            for one in told.to_dicts()
            if one["group"] is None
            or (one["group"], one["against"]) == (grouping.first_group, grouping.first_against)
        ]
        assert len(chosen) == 1
        value, _, span = row[VALUE].partition(" (")
        require_written(value, chosen[0]["value"], share=False)
        require_written(row["Av slumpen"], chosen[0]["expected"], share=False)
        ends = re.findall(r"\d,\d+", span)
        assert len(ends) in {0, 1, 2}
        for shown, end in zip(ends, (chosen[0]["lower"], chosen[0]["upper"]), strict=False):
            require_written(shown, end, share=False)


@pytest.mark.parametrize(("place", "level"), PLACES.items(), ids=list(PLACES))
def test_the_indicators_of_the_demonstration(
    told: Told, demo_files: Files, place: str, level: str | None
) -> None:
    require_indicators(told(place), demo_files, place, level)


@pytest.mark.parametrize("place", [place for place, level in PLACES.items() if level])
def test_the_areas_of_the_demonstration(told: Told, demo_files: Files, place: str) -> None:
    level = str(PLACES[place])
    there = require_areas(told(place), demo_files, place, level)
    assert there == len(demo_files.parts(place, level))


@pytest.mark.parametrize("place", ["municipality/2025/9901", "county/2025/99", "country/2025/00"])
def test_the_indices_of_the_demonstration(told: Told, demo_files: Files, place: str) -> None:
    require_indices(told(place), demo_files, place)


def test_what_is_secret_of_a_place_is_called_so(told: Told, demo_files: Files) -> None:
    name, place = "distrust_share", "municipality/2025/9908"
    secret = demo_files.one(name, place, demo_files.newest(name, "municipality/2025"))
    assert secret is not None
    assert secret["status"] == "secret"
    report = told(place)
    text = whole(report)
    assert "Uppgiften för Skärlösa omfattas av sekretess 2024." in text
    label = indicators()[name].name["sv"]
    lacking = [line for line in text.splitlines() if line.startswith("Uppgifter saknas om")]
    assert not [line for line in lacking if label in line]
    assert "För Skärlösa omfattas de här uppgifterna av sekretess: " in text


def test_secrets_of_small_areas_are_counted(told: Told, demo_files: Files) -> None:
    """Of the areas in a part of town, by how many figures and of how many indicators."""
    secret = {
        row["area"]
        for row in demo_files.observed("employment_rate")
        if row["status"] == "secret" and row["area"].startswith("deso/2025/")
        and row["period"] == "2024"
    }  # fmt: skip
    parent = demo_files.areas[min(secret)]["parent"]
    report = told(parent)
    assert require_areas(report, demo_files, parent, "deso/2025") > 0
    assert "sekretess" in whole(report, frozenset({"unknown", "reading"}))
    assert re.search(r"\d+ siffr(a|or) för områdena omfattas av sekretess \(\d+ indikator",
                     whole(report))  # fmt: skip


def test_the_figures_of_a_real_town(town: Report, national_files: Files) -> None:
    place = "municipality/2025/1488"
    require_indicators(town, national_files, place, "regso/2020")
    assert require_areas(town, national_files, place, "regso/2020") == 16
    require_indices(town, national_files, place)
