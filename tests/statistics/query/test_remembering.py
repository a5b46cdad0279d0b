"""What is computed of a release is kept as long as the release, and no longer."""

import gc
import weakref

from samsyn.statistics.query import Release
from samsyn.statistics.query.remembering import remembered


def test_each_question_is_computed_once_for_each_release(small_store):
    computed = []

    @remembered(2)
    def height(release: Release, level: str) -> int:
        computed.append((release.name, level))
        return release.areas(level).height

    one, other = Release.open(small_store), Release.open(small_store)
    assert [height(one, "deso") for _ in range(3)] == [4, 4, 4]
    assert height(other, "deso") == 4
    assert len(computed) == 2
    # Only the last two are kept.
    assert (height(one, "regso"), height(one, "county"), height(one, "regso")) == (6, 2, 6)
    assert len(computed) == 4
    assert height(one, "deso") == 4
    assert len(computed) == 5


def test_it_does_not_keep_a_release_open(small_store):
    @remembered(2)
    def name(release: Release) -> str:
        return release.name

    release = Release.open(small_store)
    assert name(release) == "small"
    gone = weakref.ref(release)
    del release
    gc.collect()
    assert gone() is None
