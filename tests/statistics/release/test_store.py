"""The store: which releases there are, which is current, and what one cannot do with them."""

import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.measure.errors import InputError
from samsyn.statistics.release.manifest import fingerprint
from samsyn.statistics.release.names import check_name, free_name
from samsyn.statistics.release.sealing import RefusedError
from samsyn.statistics.release.store import Store
from samsyn.statistics.release.verification import verify
from tests.statistics.release import made


def test_a_store_begins_empty_and_says_how_to_fill_it(tmp_path):
    store = Store(tmp_path / "not" / "there")
    assert store.names() == []
    assert store.current() is None
    with pytest.raises(InputError, match="no release in .* yet. `samsyn release build"):
        store.folder()
    assert not store.path.exists()


def test_what_is_built_is_whole_read_only_and_current(build):
    store = build("first")
    folder = store.folder()
    assert folder == store.path / "releases" / "first"
    assert verify(folder) == []
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 10
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o444}
    assert list((store.path / "building").iterdir()) == []
    assert pl.read_parquet(folder / "counts/background.parquet").equals(made.counts())


def test_the_newest_is_last_and_one_is_current(build):
    build("b")
    store = build("a", use=False)
    assert store.names() == ["a", "b"]
    listed = store.releases()
    assert sorted(r.name for r in listed) == ["a", "b"]
    assert [r.created for r in listed] == sorted(r.created for r in listed)
    assert [r.name for r in listed if r.current] == ["b"]
    store.use("a")
    assert store.current() == "a"
    assert store.folder().name == "a"
    assert store.folder("b").name == "b"


def test_a_name_that_is_not_there_is_told_with_those_that_are(build):
    build("one")
    store = build("two")
    with pytest.raises(InputError, match='no release "three". .* are: one, two'):
        store.folder("three")
    with pytest.raises(InputError, match="one, two"):
        store.use("three")
    assert store.current() == "two"


def test_a_pointer_to_nothing_is_told(build):
    store = build("one")
    (store.path / "current").write_text("gone\n")
    with pytest.raises(InputError, match='no release "gone", though it is said to be current'):
        store.folder()
    (store.path / "current").unlink()
    with pytest.raises(InputError, match="No release is current"):
        store.folder()


def test_a_release_is_never_built_over(build):
    store = build("one")
    before = fingerprint(store.folder("one"))
    with pytest.raises(InputError, match='a release "one" .* already'), store.building("one"):
        pytest.fail("the work began")
    assert fingerprint(store.folder("one")) == before


def test_a_release_without_a_name_is_named_for_the_day(build):
    before = date.today()
    build()
    store = build()
    first, second = store.names()
    assert first in {before.isoformat(), date.today().isoformat()}
    assert second == f"{first}b" or before != date.today()
    assert store.current() == second


def test_names_for_a_day():
    day = date(2026, 11, 21)
    taken = []
    for _ in range(30):
        taken.append(free_name(taken, day))
    assert taken[:3] == ["2026-11-21", "2026-11-21b", "2026-11-21c"]
    assert taken[25:28] == ["2026-11-21z", "2026-11-21-27", "2026-11-21-28"]
    assert len(set(taken)) == 30
    for name in taken:
        check_name(name)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "../a", "-n", ".hidden", "a b", "å", "a.", "con", "NUL.x", "a\n"]
)
def test_names_that_cannot_be_had(tmp_path, name):
    with (
        pytest.raises(InputError, match="cannot be the name of a release"),
        Store(tmp_path / "store").building(name),
    ):
        pytest.fail("the work began")
    assert not (tmp_path / "store").exists()


@given(st.text(max_size=100))
def test_a_name_that_is_taken_is_one_folder_in_the_store(name):
    try:
        check_name(name)
    except InputError:
        return
    assert Path("store", name).parts == ("store", name)
    assert name.isascii()
    assert len(name) <= 80


def test_work_that_fails_leaves_nothing(build):
    store = build("one")
    with pytest.raises(AttributeError), store.building("two") as building:
        made.complete(building, findings="no frame")
    assert store.names() == ["one"]
    assert list((store.path / "building").iterdir()) == []
    build("two")
    assert store.current() == "two"


def test_a_release_with_errors_is_refused_with_its_findings(build):
    store = build("one")
    findings = made.table(
        "findings",
        [
            {"check": "shares", "severity": "error", "message": "12 shares are above 1"},
            {"check": "jumps", "severity": "warning", "message": "a jump"},
        ],
    )
    with pytest.raises(RefusedError, match="12 shares are above 1") as refused:
        build("two", findings=findings)
    assert refused.value.findings.equals(findings)
    assert store.names() == ["one"]
    assert store.current() == "one"


def test_files_that_are_no_release_are_not_published(build):
    store = build("one")
    with pytest.raises(RuntimeError, match=r"counts/background.parquet: is not sorted"):
        build("two", counts__background=made.counts().reverse())
    assert store.names() == ["one"]


def test_what_lies_in_a_folder_of_other_things_is_not_touched(tmp_path):
    (tmp_path / "building").mkdir()
    (tmp_path / "building" / "plan.txt").write_text("a house")
    with (
        pytest.raises(InputError, match=r"no store of releases: .* such as building"),
        Store(tmp_path).building("one"),
    ):
        pytest.fail("the work began")
    assert (tmp_path / "building" / "plan.txt").read_text() == "a house"


def test_a_release_that_was_copied_into_a_folder_makes_it_a_store(build, tmp_path):
    there = build("one")
    copy = tmp_path / "copy"
    (copy / "releases").mkdir(parents=True)
    there.folder("one").rename(copy / "releases" / "one")
    store = Store(copy)
    assert store.names() == ["one"]
    with store.building("two") as building:
        made.complete(building)
    assert store.names() == ["one", "two"]


def test_a_file_where_the_store_should_be(tmp_path):
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file", tmp_path / "file" / "store"):
        with pytest.raises(InputError, match="file is a file, and a store is a folder"):
            Store(path).folder()
        with pytest.raises(InputError, match="is a file"), Store(path).building():
            pytest.fail("the work began")


def test_a_store_with_odd_characters_in_its_path(tmp_path):
    store = Store(tmp_path / "Åsa's [1] * ?")
    with store.building("one") as building:
        made.complete(building)
    assert verify(store.folder()) == []


def test_where_the_store_is(tmp_path, monkeypatch):
    monkeypatch.delenv("SAMSYN_STORE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert Store.at(tmp_path / "told").path == tmp_path / "told"
    assert Store.at(Path("~/told")).path == Path.home() / "told"
    if sys.platform == "linux":
        assert Store.at().path == tmp_path / "samsyn"
    monkeypatch.setenv("SAMSYN_STORE", str(tmp_path / "variable"))
    assert Store.at().path == tmp_path / "variable"
    assert Store.at(tmp_path / "told").path == tmp_path / "told"


READ_ONLY = """
import os, shutil, tempfile
from pathlib import Path
from samsyn.measure.errors import InputError
from samsyn.statistics.release.store import Store
from tests.statistics.release import made

place = Path(tempfile.mkdtemp())
store = Store(place / "store")
for name in ("one", "two"):
    with store.building(name) as building:
        made.complete(building)
place.chmod(0o755)
for folder in (store.path, store.path / "releases", store.path / "building"):
    folder.chmod(0o555)
me = os.geteuid()
if me == 0:
    os.seteuid(65534)
try:
    print(store.names(), store.current(), store.folder("one").name)
    try:
        store.use("one")
    except InputError as error:
        print(error)
    try:
        with store.building("three"):
            print("the work began")
    except InputError as error:
        print(error)
    print(store.names(), store.current())
finally:
    os.seteuid(me)
    for folder in (store.path, store.path / "releases", store.path / "building"):
        folder.chmod(0o755)
    shutil.rmtree(place)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_store_that_may_only_be_read():
    found = subprocess.run(
        [sys.executable, "-c", READ_ONLY], capture_output=True, text=True, check=False
    )
    first, using, building, last = found.stdout.splitlines()
    assert first == "['one', 'two'] two one"
    assert "cannot be written (Permission denied): the current release stays" in using
    assert "cannot be written (Permission denied), so no release can be built in it" in building
    assert last == "['one', 'two'] two"
    assert found.stderr == ""
