"""A build that is killed, at every point, leaves the store as it was."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from samsyn.statistics.release.manifest import fingerprint
from samsyn.statistics.release.verification import verify
from tests.statistics.release import made

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs children that are killed")


@pytest.fixture
def killed(build, tmp_path):
    """Build and kill again and again; what a reader found after each time, and the store."""
    store = build("old")
    before = fingerprint(store.folder())
    (tmp_path / "files").mkdir()
    made.fill(tmp_path / "files")

    def run(how, count):
        arguments = [store.path, tmp_path / "files", how, str(count)]
        done = subprocess.run(
            [sys.executable, "-m", "tests.statistics.release.killed", *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        lines = done.stdout.splitlines()
        found = [json.loads(line) for line in lines if line.startswith("{")]
        points = [line.split()[0] for line in lines if not line.startswith("{")]
        assert verify(store.folder("old")) == []
        assert fingerprint(store.folder("old")) == before
        return found, points

    return run


def old_or_new(found):
    """Whether each reader found the old release or the new one whole, never something between."""
    whole = [f for f in found if f["names"] == ["new", "old"] and f["current"] == "new"]
    same = [f for f in found if f["names"] == ["old"] and f["current"] == "old"]
    assert len(whole) + len(same) == len(found)
    assert all(f["files"] == found[0]["files"] for f in found)
    return len(same), len(whole)


def test_killed_before_its_file_operations(killed):
    found, points = killed("points", 2000)
    same, whole = old_or_new(found)
    assert same > 80
    assert whole >= 1
    assert {"open", "fsync", "os.rename", "os.mkdir", "os.rmdir", "os.remove"} <= set(points)
    # Only the last child was left to finish, and it has removed what the others left.
    assert [f["killed"] for f in found] == [True] * (len(found) - 1) + [False]
    assert found[-1]["code"] == 0
    assert found[-1]["left"] == found[-1]["hidden"] == []
    assert any(f["left"] for f in found)


def test_killed_after_any_time(killed):
    found, _ = killed("times", 25)
    old_or_new(found)
    assert any(f["killed"] for f in found)
    # Not to be killed is the only way for a build to fail here.
    assert all(f["code"] == 0 for f in found if not f["killed"])
