"""Reports of the demonstration and of the real national release, each made once in a run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from samsyn.publish.reports import Report
from samsyn.publish.situation import Choice, situation_report
from samsyn.statistics.query import Release

DAY = date(2026, 3, 4)
Told = Callable[..., Report]


@pytest.fixture(scope="session")
def told(demo: Release) -> Told:
    """The report of a place in the demonstration: the same choices give the same object."""

    @cache
    def made(place: str, **choices: Any) -> Report:
        return situation_report(demo, Choice(place, day=DAY, **choices))

    return made


@pytest.fixture(scope="session")
def national(national_release: Path) -> Release:
    return Release.open(national_release)


@pytest.fixture(scope="session")
def town(national: Release) -> Report:
    """The report of Trollhättan from real figures; skipped without them."""
    return situation_report(national, Choice("municipality/1488", day=DAY))
