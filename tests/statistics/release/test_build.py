"""From files to the tables of a release."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl
import pytest

from samsyn.measure.errors import InputError
from samsyn.statistics.release.build import build_release
from samsyn.statistics.release.layout import REQUIRED, table_of
from samsyn.statistics.release.sealing import RefusedError
from samsyn.statistics.release.store import Store
from tests.cli.downloads import DESO, FIRST, background, cells, links

TIDY = "area,indicator,period,value\n1488,turnout_riksdag,2022,0.8\n1487,turnout_riksdag,2022,0.7\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "downloads"
    made.mkdir()
    links(made / "links.csv")
    background(made / "background.xlsx")
    (made / "turnout.csv").write_text(TIDY, encoding="utf-8")
    return made


def built(place: Path, *paths: Path) -> Path:
    place.mkdir()
    build_release(paths, place)
    return place


def checksums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_table_is_there_with_its_columns_and_order(folder: Path, tmp_path: Path) -> None:
    release = built(tmp_path / "one", folder)
    files = checksums(release)
    assert set(REQUIRED) <= set(files)
    assert {"counts/background.parquet", "observations/turnout_riksdag.parquet"} <= set(files)
    for file in files:
        table = table_of(file)
        assert table is not None, file
        frame = pl.read_parquet(release / file)
        assert dict(frame.schema) == {
            name: kind() if isinstance(kind, type) else kind for name, kind in table.columns.items()
        }
        if table.key:
            assert not frame.select(table.key).is_duplicated().any(), file
        if table.order:
            assert frame.select(table.order).equals(frame.select(table.order).sort(table.order))


def test_the_same_files_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    one, two = built(tmp_path / "one", folder), built(tmp_path / "two", folder)
    assert checksums(one) == checksums(two)


def test_it_makes_no_difference_how_the_files_are_named(folder: Path, tmp_path: Path) -> None:
    """One by one, or as a folder: only the order of the sources may be another."""
    whole = built(tmp_path / "one", folder)
    single = built(
        tmp_path / "two",
        *(folder / name for name in ("turnout.csv", "links.csv", "background.xlsx")),
    )
    for file in checksums(whole):
        frames = [pl.read_parquet(release / file) for release in (whole, single)]
        one, two = (frame.drop("source", strict=False) for frame in frames)
        assert one.equals(two), file


def test_progress_goes_on_and_says_what_is_being_done(folder: Path, tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    (tmp_path / "one").mkdir()
    build_release([folder], tmp_path / "one", progress=lambda done, what: told.append((done, what)))
    shares = [done for done, _ in told]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert 0.9 <= shares[-1] <= 1
    said = " ".join(what for _, what in told)
    for step in ("Reading files: background.xlsx", "Interpreting tables", "Adding up: background",
                 "Drawing the areas", "Computing indices", "Writing the indicators"):  # fmt: skip
        assert step in said, step


def test_nothing_but_the_release_is_left_in_its_folder(folder: Path, tmp_path: Path) -> None:
    release = built(tmp_path / "one", folder)
    assert all(table_of(file) is not None for file in checksums(release))


def test_sources_are_numbered_as_the_report_tells_them(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    report = build_release([folder], tmp_path / "one")
    files = [source.file for source in report.sources]
    for table, file in (
        ("counts/background", "background.xlsx"), ("observations/turnout_riksdag", "turnout.csv"),
    ):  # fmt: skip
        frame = pl.read_parquet(tmp_path / "one" / f"{table}.parquet")
        published = frame.filter(method="published")
        assert {files[source] for source in published["source"]} == {file}
    # Raw and derived never share a provenance.
    shares = pl.read_parquet(tmp_path / "one/observations/foreign_background_share.parquet")
    assert set(shares["method"]) <= {"computed", "aggregated"}


def test_the_worst_finding_is_told_first(folder: Path, tmp_path: Path) -> None:
    (folder / "turnout.csv").write_text(TIDY.replace("0.8", "8"), encoding="utf-8")
    release = built(tmp_path / "one", folder)
    severities = pl.read_parquet(release / "findings.parquet")["severity"].to_list()
    assert severities[0] == "error"
    order = ["error", "warning", "note"]
    assert severities == sorted(severities, key=order.index)


def rebuild(store: Store, folder: Path) -> None:
    with store.building("wrong") as building:
        report = build_release([folder], building.folder)
        assert pl.read_parquet(building.folder / "indices.parquet").is_empty()
        building.describe(report.sources, report.seed)


def test_what_will_be_refused_is_not_derived_and_leaves_the_store_as_it_was(
    folder: Path, tmp_path: Path
) -> None:
    store = Store(tmp_path / "store")
    with store.building("good") as building:
        report = build_release([folder], building.folder)
        building.describe(report.sources, report.seed)
    made = dict(cells())
    made[FIRST, "2022", "utländsk bakgrund", "totalt"] = -9000
    background(folder / "background.xlsx", made)
    with pytest.raises(RefusedError, match="is -9000"):
        rebuild(store, folder)
    assert store.names() == ["good"]
    assert store.current() == "good"


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with pytest.raises(InputError, match="There is no file or folder"):
        build_release([tmp_path / "nowhere"], tmp_path / "one")


def test_the_coverage_is_that_of_what_was_written(folder: Path, tmp_path: Path) -> None:
    background(folder / "background.xlsx", deso=list(DESO)[:-3])
    release = built(tmp_path / "one", folder)
    rows = {
        (row["subject"], row["kind"]): row
        for row in pl.read_parquet(release / "coverage.parquet").iter_rows(named=True)
    }
    deso = rows["background", "deso"]
    assert (deso["areas"], deso["known"]) == (18, 15)
    # The RegSO whose DeSO are lacking has no value, nor has its municipality.
    assert rows["background", "regso"]["known"] == 5
    assert rows["foreign_background_share", "municipality"]["known"] == 2
    assert rows["turnout_riksdag", "municipality"]["share"] == pytest.approx(2 / 3)
