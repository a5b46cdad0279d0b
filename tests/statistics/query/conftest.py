"""Releases to ask."""

from pathlib import Path

import pytest

from samsyn.statistics.query import Release
from samsyn.statistics.release.store import Store
from tests.statistics.query import small


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    # Characters that mean something to whoever reads many files at once.
    store = Store(tmp_path_factory.mktemp("query") / "a store [of] *ours?")
    small.build(store, "small")
    return store


@pytest.fixture
def release(small_store: Store) -> Release:
    return Release.open(small_store)


@pytest.fixture
def demo(demo_release: Path) -> Release:
    return Release.open(demo_release)
