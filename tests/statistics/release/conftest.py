"""Stores to look at and to break."""

import pytest

from samsyn.statistics.release.store import Store
from tests.statistics.release import made


@pytest.fixture
def build(tmp_path):
    """Build a release in the test's store from the frames that are told; the store."""

    def built(name=None, sources=(made.SOURCE,), seed=None, use=True, parent=None, **frames):
        store = Store(tmp_path / "store")
        with store.building(name, use=use, parent=parent) as building:
            made.fill(building.folder, **frames)
            building.describe(sources, seed)
        return store

    return built
