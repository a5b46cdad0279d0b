"""The demonstration county, asked by all tests of this room."""

from pathlib import Path

import pytest

from samsyn.statistics.query import Release


@pytest.fixture(scope="session")
def demo(demo_release: Path) -> Release:
    return Release.open(demo_release)
