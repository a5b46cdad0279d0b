"""The handbook's page about running the site knows every setting that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from samsyn.api import limits
from samsyn.site import settings

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_setting_is_told_of_and_no_other(language):
    page = (ROOT / f"docs/handbook/{language}/run.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(SAMSYN_\w+)`", page, re.MULTILINE))
    known = set(
        re.findall(r"^(SAMSYN_\w+) ", f"{settings.__doc__}\n{limits.__doc__}", re.MULTILINE)
    )
    assert told == known
    assert set(re.findall(r"SAMSYN_\w+(?==)", page)) <= known
