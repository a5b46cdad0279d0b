"""The demonstration data: the same each time, fictional everywhere, and with a known story."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path

import numpy as np
import polars as pl
import pyogrio
import pytest
import shapely

from samsyn.measure.errors import InputError
from samsyn.statistics.demonstration import write_demonstration
from samsyn.statistics.indicators.definition import indicators
from samsyn.statistics.indicators.groupings import groupings
from samsyn.statistics.release.store import Store
from samsyn.statistics.release.verification import verify
from tests.statistics.released import counts, table, values

YEARS = [str(year) for year in range(2012, 2025)]
RISING = ("Vattstad", "Lindsunda")
FALLING = "Hällmora"


def checksums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def effects(data: Path) -> list[dict]:
    return json.loads((data / "effects.json").read_text("utf-8"))


# --- the files ------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes_in_seconds(demo_data: Path, tmp_path: Path) -> None:
    began = time.process_time()
    written = write_demonstration(tmp_path / "again")
    # About 2 s of computing; the limit is far above what a busy machine adds.
    assert time.process_time() - began < 20
    assert checksums(tmp_path / "again") == checksums(demo_data)
    assert {path.name for path in written} == {Path(name).name for name in checksums(demo_data)}


def test_another_seed_is_another_county(demo_data: Path, tmp_path: Path) -> None:
    write_demonstration(tmp_path / "other", seed=7)
    one, other = checksums(demo_data), checksums(tmp_path / "other")
    assert one.keys() == other.keys()
    same = {name for name in one if one[name] == other[name]}
    assert not any(name.endswith((".geojson", ".parquet", ".csv")) for name in same)


def test_data_are_never_written_over_something(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("a", encoding="utf-8")
    with pytest.raises(InputError, match="is not an empty folder"):
        write_demonstration(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]


@pytest.mark.parametrize("name", ["deso_2018", "deso_2025", "regso_2020", "regso_2025"])
def test_every_area_has_land_and_outlines_are_valid_and_fit_without_gaps(
    demo_data: Path, name: str
) -> None:
    _, _, wkb, _ = pyogrio.raw.read(demo_data / "areas" / f"{name}.geojson")
    shapes = shapely.from_wkb(wkb)
    assert shapely.is_valid(shapes).all()
    assert (shapely.area(shapes) > 0).all()
    assert shapely.coverage_is_valid(shapes)
    _, _, whole, _ = pyogrio.raw.read(demo_data / "areas/counties.geojson")
    county = shapely.from_wkb(whole)[0]
    assert shapely.area(shapes).sum() == pytest.approx(shapely.area(county), rel=1e-9)


def test_there_are_as_many_areas_as_is_said(demo_release: Path) -> None:
    areas = table(demo_release, "areas")
    size = {
        (kind, vintage): n for kind, vintage, n in areas.group_by("kind", "vintage").len().rows()
    }
    assert size["municipality", "2025"] == 8
    assert size["county", "2025"] == size["country", "2025"] == size["custom", "2018"] == 1
    assert size["regso", "2020"] == size["regso", "2025"] == 71
    assert size["deso", "2018"] == 200
    assert 205 <= size["deso", "2025"] <= 215  # some have been split


# --- the release ----------------------------------------------------------------------------------


def test_the_release_is_whole_without_any_complaint(demo_store: Store) -> None:
    release = demo_store.folder()
    assert verify(release) == []
    assert table(release, "findings").is_empty()


def test_every_indicator_and_grouping_is_there_in_every_year(demo_release: Path) -> None:
    covered = table(demo_release, "coverage")
    elections = {"turnout_riksdag", "turnout_municipal"}
    # What no agency publishes below the county, or what is only found for RegSO.
    there = set(covered["subject"])
    for grouping in groupings():
        assert grouping in there
    missing = {name for name in indicators() if name not in there}
    assert missing <= {
        "long_term_assistance_or_unemployment_share", "mean_net_income", "mean_wage_income",
    }, missing  # fmt: skip
    for subject in there - elections:
        assert sorted(covered.filter(subject=subject)["period"].unique()) == YEARS, subject


def test_everything_says_that_it_is_fictional(demo_data: Path, demo_release: Path) -> None:
    manifest = json.loads((demo_release / "manifest.json").read_text("utf-8"))
    assert manifest["sources"]
    for source in manifest["sources"]:
        assert "påhittade uppgifter" in source["origin"], source
        assert "made-up data" in source["origin"], source
        assert source["licence"] == "CC0"
    called = dict(table(demo_release, "areas").select("area", "name").iter_rows())
    assert "påhittat" in called["country/2025/00"]
    assert "påhittat" in called["county/2025/99"]
    assert "Sverige" not in called.values()
    for text in ((demo_data / "README.md").read_text("utf-8"),):
        assert "påhittat" in text
        assert "made up" in text
    # No real county has this number, and no municipality this code.
    codes = table(demo_release, "areas").filter(kind="municipality")["code"]
    assert codes.str.starts_with("99").all()


def segregation(release: Path, units: str) -> dict[str, dict[str, float]]:
    """D of foreign background in each municipality by year, over units of all vintages."""
    rows = table(release, "indices").filter(
        pl.col("units").str.starts_with(f"{units}/"),
        grouping="background", index="dissimilarity", group="foreign", level="municipality",
    )  # fmt: skip
    called = dict(table(release, "areas").select("area", "name").iter_rows())
    found: dict[str, dict[str, float]] = {}
    for region, year, number in rows.select("region", "period", "value").iter_rows():
        assert year not in found.setdefault(called[region], {})
        found[called[region]][year] = number
    return found


@pytest.mark.parametrize(("units", "last"), [("deso", "2023"), ("regso", "2024")])
def test_segregation_rises_in_two_municipalities_and_falls_in_one(
    demo_release: Path, units: str, last: str
) -> None:
    found = segregation(demo_release, units)
    assert len(found) == 8
    change = {name: series[last] - series["2012"] for name, series in found.items()}
    for name in RISING:
        assert change[name] > 0.05
    assert change[FALLING] < -0.05
    others = {name: by for name, by in change.items() if name not in {*RISING, FALLING}}
    assert max(map(abs, others.values())) < 0.035, others
    # Clear: beyond what chance alone would do to either end.
    rows = table(demo_release, "indices").filter(
        pl.col("units").str.starts_with(f"{units}/"), pl.col("period").is_in(["2012", last]),
        grouping="background", index="dissimilarity", group="foreign", level="municipality",
    )  # fmt: skip
    called = dict(table(demo_release, "areas").select("area", "name").iter_rows())
    ends = {(called[row["region"]], row["period"]): row for row in rows.iter_rows(named=True)}
    for name in RISING:
        assert ends[name, last]["lower"] > ends[name, "2012"]["upper"]
    assert ends[FALLING, last]["upper"] < ends[FALLING, "2012"]["lower"]


@pytest.mark.parametrize("number", [0, 1])
def test_a_planted_effect_is_found_by_difference_in_differences(
    demo_data: Path, demo_release: Path, number: int
) -> None:
    """Mean change in the treated DeSO less that in all others of the municipality."""
    effect = effects(demo_data)[number]
    areas = table(demo_release, "areas").filter(kind="deso", vintage="2018")
    called = dict(table(demo_release, "areas").select("area", "name").iter_rows())
    there = [
        area
        for area, municipality in areas.select("area", "municipality").iter_rows()
        if called[municipality] == effect["municipality"]
    ]
    treated = set(effect["deso"])
    assert treated < set(there)
    rows = values(demo_release, effect["indicator"]).filter(
        pl.col("area").is_in(there), pl.col("value").is_not_null()
    )
    after = pl.col("period").cast(pl.Int32) >= effect["first_year"]
    means = (
        rows.with_columns(after=after, treated=pl.col("area").is_in(list(treated)))
        .group_by("area", "treated", "after")
        .agg(value=pl.col("value").mean())
        .pivot("after", index=["area", "treated"], values="value")
        .drop_nulls()
        .with_columns(change=pl.col("true") - pl.col("false"))
    )
    changes = {flag: means.filter(treated=flag)["change"].to_numpy() for flag in (True, False)}
    estimate = changes[True].mean() - changes[False].mean()
    assert estimate == pytest.approx(effect["effect"], abs=0.012)
    # An analyst would see it: a placebo effect in other areas is hardly ever as large.
    rng = np.random.default_rng(1)
    size = len(changes[True])
    placebo = [
        part[:size].mean() - part[size:].mean()
        for part in (rng.permutation(changes[False]) for _ in range(500))
    ]
    assert np.mean(np.abs(placebo) >= abs(estimate)) < 0.05


def test_what_is_secret_or_missing_stays_so(demo_data: Path, demo_release: Path) -> None:
    told = pl.read_parquet(demo_data / "counts/labour_status.parquet")
    secret = told.filter(pl.col("status") == "secret").select("area", "period").unique()
    assert secret.height > 100
    found = pl.read_parquet(demo_release / "counts/labour_status.parquet")
    kept = found.join(secret, on=["area", "period"])
    assert kept.height == 3 * secret.height
    assert kept["status"].unique().to_list() == ["secret"]
    assert kept["count"].null_count() == kept.height
    # What was made of them is secret as well, and no 0.
    rates = values(demo_release, "employment_rate").join(secret, on=["area", "period"])
    assert rates.height == secret.height
    assert rates["status"].unique().to_list() == ["secret"]
    assert rates["value"].null_count() == rates.height

    education = pl.read_parquet(demo_release / "counts/education.parquet")
    gone = education.filter(pl.col("status") == "missing")
    assert gone["period"].unique().to_list() == ["2016"]
    assert gone["area"].str.starts_with("deso/2018/9907").all()
    assert gone["count"].null_count() == gone.height > 0
    # Published for larger areas before anything was kept secret: nothing is lacking there.
    larger = education.filter(~pl.col("area").str.starts_with("deso/"))
    assert larger["status"].unique().to_list() == ["ok"]


def test_surveys_are_missing_in_odd_years_and_secret_in_small_places(demo_release: Path) -> None:
    trust = values(demo_release, "distrust_share")
    statuses = {
        (area[-4:], int(period) % 2): status
        for area, period, status in trust.select("area", "period", "status").iter_rows()
    }
    assert statuses["9901", 0] == "ok"
    assert statuses["9901", 1] == "missing"
    assert statuses["9907", 0] == "secret"
    assert trust.filter(pl.col("status") != "ok")["value"].is_null().all()


def test_figures_are_told_for_new_borders_from_2024(demo_release: Path) -> None:
    for grouping in ("background", "tenure"):
        frame = pl.read_parquet(demo_release / "counts" / f"{grouping}.parquet")
        vintages = (
            frame.select("period", pl.col("area").str.extract(r"^((?:deso|regso)/\d{4})/"))
            .drop_nulls()
            .unique()
        )
        by_vintage: dict[str, set[str]] = {}
        for period, vintage in vintages.iter_rows():
            by_vintage.setdefault(vintage, set()).add(period)
        before, after = set(YEARS[:-1]), {"2024"}
        assert by_vintage == {
            "deso/2018": before, "regso/2020": before, "deso/2025": after, "regso/2025": after,
        }  # fmt: skip


def test_the_crosswalk_leads_over_the_break(demo_release: Path) -> None:
    walk = table(demo_release, "crosswalk")
    areas = table(demo_release, "areas")
    for kind, old in (("deso", "2018"), ("regso", "2020")):
        here = walk.filter(pl.col("area").str.starts_with(f"{kind}/"))
        assert set(here["area"]) == set(areas.filter(kind=kind, vintage=old)["area"])
        assert set(here["target"]) == set(areas.filter(kind=kind, vintage="2025")["area"])
        shares = here.group_by("area").agg(pl.col("area_share").sum())["area_share"]
        assert shares.min() == pytest.approx(1, abs=1e-6)
        assert shares.max() == pytest.approx(1, abs=1e-6)
    # RegSO kept their borders; some DeSO were split and some moved.
    regso = walk.filter(pl.col("area").str.starts_with("regso/"))
    assert regso.height == 71
    assert walk.height - regso.height > 209


def test_the_users_own_area_is_the_sum_of_its_members(demo_release: Path) -> None:
    areas = table(demo_release, "areas")
    inner = areas.filter(kind="custom").row(0, named=True)
    assert inner["name"] == "Inre hamnen"
    members = table(demo_release, "members").filter(area=inner["area"])["member"].to_list()
    regso = set(areas.filter(pl.col("area").is_in(members))["parent"])
    called = dict(areas.select("area", "name").iter_rows())
    assert {called[area] for area in regso} == {"Hamnen", "Centrum"}
    for year in ("2012", "2023"):
        found = counts(demo_release, "background", year)
        for group in ("swedish", "foreign"):
            expected = sum(found[member, group] or 0 for member in members)
            assert found[inner["area"], group] == expected > 0
    # Its members' borders are those of 2018: there is no figure of it for 2024.
    assert (inner["area"], "foreign") not in counts(demo_release, "background", "2024")


def test_people_add_up_everywhere(demo_release: Path) -> None:
    """Counts of all groupings are of one population: each level sums to the next."""
    parents = dict(table(demo_release, "areas").select("area", "parent").iter_rows())
    for year in ("2015", "2024"):
        found = counts(demo_release, "population", year)
        sums: dict[str, float] = {}
        for (area, _), number in found.items():
            parent = parents[area]
            if parent and not area.startswith("custom/"):
                assert number is not None
                key = f"{parent} of {area.split('/')[0]}"
                sums[key] = sums.get(key, 0) + number
        for key, total in sums.items():
            # A split DeSO's people are shared out in whole persons.
            assert found[key.split(" ")[0], "everyone"] == pytest.approx(total, abs=2), key
        background = counts(demo_release, "background", year)
        for (area, _), number in found.items():
            both = (background[area, "swedish"] or 0) + (background[area, "foreign"] or 0)
            assert both == pytest.approx(number, abs=2), area


def test_area_types_agree_with_those_that_are_said_to_be_published(demo_release: Path) -> None:
    types = table(demo_release, "area_types").drop_nulls(["computed", "published"])
    assert types.height == 71 * len(YEARS)
    assert (types["computed"] == types["published"]).mean() > 0.85
    assert set(types["published"]) == {1, 2, 3, 4, 5}
