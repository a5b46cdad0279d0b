"""Two builds at once: the second waits, or says who is building."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from samsyn.measure.errors import InputError
from samsyn.statistics.release.lock import StoreBusyError
from samsyn.statistics.release.store import Store
from tests.statistics.release import made

ROOT = Path(__file__).resolve().parents[3]
OTHER = """
import sys
from pathlib import Path
from samsyn.statistics.release.store import Store
from tests.statistics.release import made

with Store(Path(sys.argv[1])).building("theirs") as building:
    made.complete(building)
    print("at work", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def other(store):
    """Another process, in the middle of a build."""
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, str(store.path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "at work\n"
        yield process
        process.kill()


def test_who_does_not_wait_is_told_who_builds(store, other):
    with pytest.raises(StoreBusyError) as busy, store.building("mine", wait=False):
        pytest.fail("the work began")
    said = str(busy.value)
    assert 'release "theirs"' in said
    assert f"process {other.pid} of " in said
    assert os.uname().nodename in said
    assert "since " in said
    other.communicate("\n", timeout=30)
    assert store.names() == ["theirs"]


def test_who_waits_is_told_and_then_builds(store, other):
    said, order = [], []

    def mine():
        with store.building("mine", say=said.append) as building:
            order.append(store.names())
            made.complete(building)

    waiting = threading.Thread(target=mine)
    waiting.start()
    waiting.join(0.6)
    assert waiting.is_alive()
    assert order == []
    other.communicate("\n", timeout=30)
    waiting.join(30)
    assert len(said) == 1
    assert f"process {other.pid}" in said[0]
    assert "Waiting" in said[0]
    assert order == [["theirs"]]
    assert store.names() == ["mine", "theirs"]
    assert store.current() == "mine"


def test_a_name_that_was_taken_while_one_waited(store, other):
    waited = []

    def theirs():
        try:
            with store.building("theirs"):
                waited.append("the work began")
        except InputError as error:
            waited.append(str(error))

    waiting = threading.Thread(target=theirs)
    waiting.start()
    other.communicate("\n", timeout=30)
    waiting.join(30)
    assert len(waited) == 1
    assert 'a release "theirs"' in waited[0]


def test_the_dead_hold_nobody_up(store, other):
    other.kill()
    other.wait()
    with store.building("mine", wait=False) as building:
        # What the dead one left is gone.
        assert [path.name for path in (store.path / "building").iterdir()] == ["mine"]
        made.complete(building)
    assert store.names() == ["mine"]


def test_readers_are_not_held_up(store, other):
    assert store.names() == []
    assert store.current() is None
    other.communicate("\n", timeout=30)
    assert store.folder().name == "theirs"
