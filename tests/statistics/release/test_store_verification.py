"""Whatever is done to a release, verification names the file and what is wrong with it."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.statistics.release import verification
from samsyn.statistics.release.manifest import describe, write_manifest
from samsyn.statistics.release.verification import verify
from tests.statistics.release import made


@pytest.fixture
def folder(build):
    return build("one").folder()


@pytest.fixture
def changed(tmp_path):
    """A release whose manifest fits its files, which may be no tables of a release."""

    def built(**frames):
        folder = tmp_path / "one"
        folder.mkdir()
        made.fill(folder, **frames)
        write_manifest(describe(folder, "one", [made.SOURCE]), folder)
        return folder

    return built


def said(folder):
    return [str(problem) for problem in verify(folder)]


def test_what_was_built_is_whole(folder, changed):
    assert said(folder) == []
    assert said(changed()) == []


def test_a_single_bit(folder):
    path = folder / "counts" / "background.parquet"
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    [problem] = said(folder)
    assert problem.startswith("counts/background.parquet: has changed: its SHA-256 is ")


def test_a_file_that_was_cut_off(folder):
    path = folder / "areas.parquet"
    size = path.stat().st_size
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:100])
    assert said(folder) == [f"areas.parquet: has 100 bytes and should have {size}"]


def test_files_that_are_gone_and_files_that_came(folder):
    (folder / "shapes" / "fine.parquet").unlink()
    (folder / "areas.parquet").rename(folder / "areas copy.parquet")
    (folder / "notes.txt").write_text("mine")
    assert said(folder) == [
        "areas copy.parquet: is not in the manifest: it was put there later",
        "notes.txt: is not in the manifest: it was put there later",
        "areas.parquet: is missing",
        "shapes/fine.parquet: is missing",
    ]


def test_a_release_under_another_name(folder):
    other = folder.rename(folder.with_name("other"))
    assert said(other) == ['manifest.json: is that of the release "one", in a folder "other"']


def test_no_manifest_and_no_folder(folder):
    (folder / "manifest.json").unlink()
    assert "has no manifest.json" in said(folder)[0]
    assert said(folder / "gone") == ["gone: there is no such folder"]


def test_columns_and_types(changed):
    types = made.area_types()
    folder = changed(
        area_types=types.with_columns(pl.col("computed").cast(pl.Int64)),
        indices=made.indices().drop("corrected"),
        counts__background=made.counts().with_columns(source=pl.lit(4, pl.Int32)),
        surplus=types,
    )
    problems = said(folder)
    assert problems[0] == (
        'area_types.parquet: column "computed" has the type Int64 and should have Int8'
    )
    assert problems[1] == "counts/background.parquet: cites source 4, and the manifest has 1"
    assert problems[2].startswith("indices.parquet: has the columns grouping, units")
    assert problems[2].endswith("expected, corrected")
    assert problems[3:] == ["surplus.parquet: is no table of a release"]


def test_what_is_missing_is_null(changed):
    assert said(changed(indices=made.indices(float("nan")))) == [
        'indices.parquet: column "value" holds what is no number (NaN): a missing value is null'
    ]


def test_a_table_that_must_be_there(tmp_path):
    made.fill(tmp_path)
    (tmp_path / "coverage.parquet").unlink()
    write_manifest(describe(tmp_path, tmp_path.name, [made.SOURCE]), tmp_path)
    assert said(tmp_path) == ["coverage.parquet: is missing, and every release has this table"]


def test_what_is_no_parquet(tmp_path):
    made.fill(tmp_path)
    manifest = describe(tmp_path, tmp_path.name, [made.SOURCE])
    (tmp_path / "areas.parquet").write_bytes(b"PAR1 and nothing more")
    files = dict(manifest.files)
    del files["areas.parquet"]
    (tmp_path / "areas.parquet").rename(tmp_path / "areas.bin")
    files["areas.parquet"] = describe(tmp_path, "x", []).files["areas.bin"]
    (tmp_path / "areas.bin").rename(tmp_path / "areas.parquet")
    write_manifest(type(manifest)(**{**vars(manifest), "files": files}), tmp_path)
    [problem] = said(tmp_path)
    assert problem.startswith("areas.parquet: cannot be read as Parquet")


@pytest.mark.parametrize("block", [1, 3, 1000])
def test_the_row_that_is_out_of_order(changed, monkeypatch, block):
    monkeypatch.setattr(verification, "BLOCK", block)
    rows = made.counts()
    swapped = pl.concat([rows[:4], rows[6:], rows[4:6]])
    [problem] = said(changed(counts__background=swapped))
    assert problem.startswith("counts/background.parquet: is not sorted by grouping, area, period")
    assert problem.endswith("row 7 stands before its turn")


keys = st.one_of(st.none(), st.sampled_from(["a", "b", "B", "å", ""]))


@given(st.lists(st.tuples(keys, keys), max_size=12), st.integers(1, 5))
def test_order_is_that_of_a_sorted_list(tmp_path_factory, rows, block):
    path = tmp_path_factory.mktemp("order") / "t.parquet"
    pl.DataFrame(rows, schema={"x": pl.String, "y": pl.String}, orient="row").write_parquet(path)

    def rank(row):
        return [(part is not None, (part or "").encode()) for part in row]

    first = next((i + 1 for i in range(1, len(rows)) if rank(rows[i]) < rank(rows[i - 1])), None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verification, "BLOCK", block)
        assert verification._first_unordered(path, ("x", "y")) == first
