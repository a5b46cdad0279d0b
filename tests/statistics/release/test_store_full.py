"""A full disk is an error and not a broken release."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# How the space comes to an end: by Polars, by DuckDB or by Python, and as the last file.
WRITE = """
import sys
from pathlib import Path
import numpy as np
import polars as pl
from samsyn.statistics.release.store import Store
from samsyn.statistics.release.verification import verify
from tests.statistics.release import made

store = Store(Path(sys.argv[1]))
with store.building("old") as building:
    made.complete(building)
if sys.argv[3] == "limit":
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    with store.building("new") as building:
        made.complete(building)
        big = building.folder / "big.parquet"
        if sys.argv[2] == "polars":
            noise = np.random.default_rng(1).random(2_000_000)
            pl.DataFrame({"noise": noise}).write_parquet(big)
        elif sys.argv[2] == "duckdb":
            import duckdb
            duckdb.sql(f"COPY (SELECT random() FROM range(2000000)) TO '{big}'")
        else:
            big.write_bytes(bytes(16_000_000))
except OSError as error:
    print(error.strerror, error.filename == str(store.path))
print(store.names(), store.current(), verify(store.folder()))
print([path.name for path in (store.path / "building").iterdir()])
"""


def outcome(path, writer, how):
    done = subprocess.run(
        [sys.executable, "-c", WRITE, str(path), writer, how],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
@pytest.mark.parametrize("writer", ["polars", "duckdb", "python"])
def test_a_file_that_may_not_grow(tmp_path, writer):
    said, store, building = outcome(tmp_path / "store", writer, "limit")
    assert said.startswith("File too large: the release was not finished, and the store is as it")
    assert said.endswith("True")
    assert store == "['old'] old []"
    assert building == "[]"


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 2 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("a small disk can only be made by root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other small disks")
@pytest.mark.parametrize("writer", ["polars", "python"])
def test_a_disk_that_is_full(writer, request):
    with contextlib.suppress(FileNotFoundError):
        place = request.getfixturevalue("small_disk")
        said, store, building = outcome(place, writer, "disk")
        assert said.startswith("No space left on device: the release was not finished")
        assert store == "['old'] old []"
        assert building == "[]"
        return
    pytest.skip("there is no mount command")
