"""The release of the national files against a plain reading of the same files."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import polars as pl
import pytest

from samsyn.statistics.release.store import Store
from samsyn.statistics.release.verification import verify
from tests.statistics import by_hand
from tests.statistics.released import counts, table, value, values

COUNTRY = "country/2025/00"
# The groups of a grouping, each with the headings of its counts in the file.
GROUPS = {
    "background": (
        "background",
        {"swedish": ["svensk bakgrund"], "foreign": ["utländsk bakgrund"]},
    ),
    "birth_region": (
        "birth_region",
        {
            "sweden": ["Sverige"],
            "europe": ["Europa utom Sverige"],
            "world": ["övriga världen inkl. uppgift saknas"],
        },
    ),
    "age": (
        "age",
        {"under_20": ["0-4 år", "5-9 år", "10-14 år", "15-19 år"], "aged_20_24": ["20-24 år"]},
    ),
    "building_type": (
        "building",
        {"one_or_two_dwelling": ["småhus"], "multi_dwelling": ["flerbostadshus"]},
    ),
    "education": (
        "education",
        {
            "pre_upper_secondary": ["förgymnasial utbildning"],
            "post_secondary_long": ["eftergymnasial utbildning, 3 år eller mer"],
            "unknown": ["uppgift om utbildningsnivå saknas"],
        },
    ),
    "household_type": (
        "households",
        {"single_children": ["ensamstående med barn"], "other": ["övriga hushåll"]},
    ),
    "labour_status": (
        "work",
        {
            "employed": ["antal sysselsatta"],
            "unemployed": ["antal arbetslösa"],
            "outside": ["antal personer utanför arbetskraften"],
        },
    ),
}


@pytest.fixture(scope="module")
def municipalities() -> list[str]:
    """Ten municipalities, drawn once and for all."""
    codes = sorted(by_hand.municipality_codes().values())
    assert len(codes) == 290
    return random.Random(2022).sample(codes, 10)


def test_the_release_is_whole_and_current(national_store: Store) -> None:
    assert national_store.current() == "national"
    assert verify(national_store.folder()) == []


def test_every_area_is_there_and_in_its_place(national_release: Path) -> None:
    areas = table(national_release, "areas")
    size = {
        (kind, vintage): n
        for kind, vintage, n in areas.group_by("kind", "vintage").len().iter_rows()
    }
    assert size["deso", "2018"] == 5984
    assert size["regso", "2020"] == size["regso", "2025"] == 3363
    assert size["municipality", "2025"] == 290
    assert size["county", "2025"] == 21
    # Up to the country there is no area that lies nowhere, and a level lies in the next.
    kinds = dict(areas.select("area", "kind").iter_rows())
    above = {"deso": "regso", "regso": "municipality", "municipality": "county"}
    for area, kind, vintage, parent in areas.select(
        "area", "kind", "vintage", "parent"
    ).iter_rows():
        if kind == "country":
            assert parent is None
        elif kind == "county":
            assert parent == COUNTRY
        elif (kind, vintage) != ("deso", "2025"):  # of these only two regions are drawn
            assert kinds[parent] == above[kind], area


@pytest.mark.parametrize("grouping", list(GROUPS))
def test_counts_of_municipalities_are_those_of_the_file(
    national_release: Path, municipalities: list[str], grouping: str
) -> None:
    subject, groups = GROUPS[grouping]
    found = counts(national_release, grouping, "2022")
    figures = by_hand.deso(subject)
    for group, headings in groups.items():
        for code in municipalities:
            expected = by_hand.summed(figures, headings, code)
            assert found[f"municipality/2025/{code}", group] == expected, (code, group)
        assert found[COUNTRY, group] == by_hand.summed(figures, headings, "")


@pytest.mark.parametrize(
    ("subject", "grouping", "group", "parts"),
    [
        ("birth_region", "birth_country", "abroad", ["Europa utom Sverige"]),
        ("age", "age", "over_24", ["0-4 år", "5-9 år", "10-14 år", "15-19 år", "20-24 år"]),
    ],
)
def test_a_remainder_is_the_total_less_the_others(
    national_release: Path,
    municipalities: list[str],
    subject: str,
    grouping: str,
    group: str,
    parts: list[str],
) -> None:
    found = counts(national_release, grouping, "2022")
    for code in municipalities:
        deso = {k: row for k, row in by_hand.deso(subject).items() if k.startswith(code)}
        if group == "abroad":
            rest = {k: row["totalt"] - row["Sverige"] for k, row in deso.items()}
        else:
            rest = {k: row["totalt"] - sum(row[p] for p in parts) for k, row in deso.items()}
        for key, number in rest.items():
            assert found[f"deso/2018/{key}", group] == max(number, 0), key


def test_the_population_adds_up(national_release: Path) -> None:
    found = {
        area: number for (area, _), number in counts(national_release, "population", "2023").items()
    }
    people = by_hand.people_of_2023()
    sums: dict[str, float] = defaultdict(float)
    for code, number in people.items():
        sums[COUNTRY] += number
        sums[f"county/2025/{code[:2]}"] += number
        sums[f"municipality/2025/{code[:4]}"] += number
        sums[f"regso/2020/{by_hand.regso_of()[code]}"] += number
        sums[f"deso/2018/{code}"] += number
    assert len(sums) == 1 + 21 + 290 + 3363 + 5984
    assert {area: found[area] for area in sums} == sums


@pytest.mark.parametrize("grouping", [*GROUPS, "economic_standard"])
def test_children_add_up_to_their_parents(national_release: Path, grouping: str) -> None:
    found = counts(national_release, grouping, "2022")
    parents = dict(table(national_release, "areas").select("area", "parent").iter_rows())
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for (area, group), number in found.items():
        if parents[area] is not None:
            assert number is not None
            sums[parents[area], group] += number
    assert len(sums) > 3000
    for key, total in sums.items():
        assert found[key] == pytest.approx(total, rel=1e-9, abs=1e-6), key


def test_the_published_tenure_of_regso_is_what_their_deso_sum_to(national_release: Path) -> None:
    named = {"hyresrätt": "rental", "bostadsrätt": "tenant_owned", "äganderätt": "owned"}
    found = counts(national_release, "tenure", "2022")
    looked_at = 0
    for heading, group in named.items():
        sums = by_hand.by_regso("tenure", [heading])
        for code, row in by_hand.regso_rows("regso_tenure_2020_2023.csv"):
            if row["upplåtelseform"] == heading:
                # Flats are not rounded, and both tables are of one register: equal to the last.
                assert found[f"regso/2020/{code}", group] == float(row["Antal 2022"]) == sums[code]
                looked_at += 1
    assert looked_at == 3 * 3363


@pytest.mark.parametrize("period", ["2020", "2021", "2022", "2023"])
def test_the_rental_share_of_regso_is_that_of_the_published_table(
    national_release: Path, period: str
) -> None:
    flats: dict[str, dict[str, float]] = defaultdict(dict)
    for code, row in by_hand.regso_rows("regso_tenure_2020_2023.csv"):
        flats[code][row["upplåtelseform"]] = float(row[f"Antal {period}"])
    found = values(national_release, "rental_share").filter(period=period)
    shares = dict(found.select("area", "value").iter_rows())
    for code, of in flats.items():
        known = of["hyresrätt"] + of["bostadsrätt"] + of["äganderätt"]
        expected = of["hyresrätt"] / known if known else None
        assert shares[f"regso/2020/{code}"] == pytest.approx(expected), code


@pytest.mark.parametrize("year", ["2018", "2022"])
def test_turnout_of_municipalities_and_their_counties(national_release: Path, year: str) -> None:
    cast = by_hand.votes(year)
    for code, (votes, voters) in cast.items():
        area = f"municipality/2025/{code}"
        assert value(national_release, "turnout_riksdag", area, year) == pytest.approx(
            votes / voters
        )
    counties: dict[str, list[str]] = defaultdict(list)
    for code in by_hand.municipality_codes().values():
        counties[code[:2]].append(code)
    for county, codes in counties.items():
        found = value(national_release, "turnout_riksdag", f"county/2025/{county}", year)
        if all(code in cast for code in codes):
            votes, voters = (sum(cast[code][i] for code in codes) for i in (0, 1))
            assert found == pytest.approx(votes / voters), county
        else:
            assert found is None, county


def test_percentages_are_weighted_by_their_base(
    national_release: Path, municipalities: list[str]
) -> None:
    low, base = "Låg ekonomisk standard, procent", "Antal personer totalt"
    figures = by_hand.deso("standard")
    found = values(national_release, "low_economic_standard_share").filter(period="2022")
    rows = {row["area"]: row for row in found.iter_rows(named=True)}
    for code in municipalities:
        inside = [row for deso, row in figures.items() if deso.startswith(code)]
        people = sum(row[base] for row in inside)
        expected = sum(row[low] / 100 * row[base] for row in inside) / people
        row = rows[f"municipality/2025/{code}"]
        assert row["value"] == pytest.approx(expected)
        assert row["denominator"] == pytest.approx(people)
        # It is said that this is no published figure.
        assert (row["status"], row["method"]) == ("estimated", "weighted")


def test_medians_and_means_are_never_carried_to_larger_areas(national_release: Path) -> None:
    income = by_hand.deso("income")
    for indicator, heading in (
        ("median_net_income", "Medianvärde, tkr"),
        ("mean_net_income", "Medelvärde, tkr"),
    ):
        found = values(national_release, indicator).filter(period="2022")
        assert found["method"].unique().to_list() == ["published"]
        shown = dict(found.select("area", "value").iter_rows())
        assert shown == {f"deso/2018/{code}": row.get(heading) for code, row in income.items()}


def test_dissimilarity_is_that_of_its_definition(
    national_release: Path, municipalities: list[str]
) -> None:
    rows = table(national_release, "indices").filter(
        grouping="background", index="dissimilarity", group="foreign", period="2022"
    )
    found = {
        (units, region): number
        for units, region, number in rows.select("units", "region", "value").iter_rows()
    }
    figures = by_hand.deso("background")
    groups = ("utländsk bakgrund", "svensk bakgrund")
    regso: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(groups, 0.0))
    for code, row in figures.items():
        for group in groups:
            regso[by_hand.regso_of()[code]][group] += row[group]
    for code in municipalities:
        region = f"municipality/2025/{code}"
        for units, of in (("deso/2018", figures), ("regso/2020", regso)):
            expected = by_hand.dissimilarity(of, *groups, code)
            assert found[units, region] == pytest.approx(expected, abs=1e-9)


def test_what_several_files_say_is_told_where_they_differ(national_release: Path) -> None:
    findings = table(national_release, "findings")
    assert findings.filter(pl.col("severity") == "error").is_empty()
    mended = findings.filter(pl.col("message").str.contains("mended to find their areas"))
    assert mended.height == 3
    assert mended["message"].str.contains(r"\(29\)").all()


def test_every_value_says_where_it_is_from(national_release: Path) -> None:
    import json

    manifest = json.loads((national_release / "manifest.json").read_text("utf-8"))
    sources = manifest["sources"]
    tables = {source["table"] for source in sources}
    assert {"000005FE", "000006TA", "000007A8", "000005QX", "ME0105"} <= tables
    for path in sorted((national_release / "counts").glob("*.parquet")):
        frame = pl.read_parquet(path)
        published = frame.filter(pl.col("method") == "published")
        assert published["source"].null_count() == 0, path.stem
        assert published["source"].max() < len(sources)
