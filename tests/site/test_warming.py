"""A worker makes a page of each kind before its first reader, and loads no more than it needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from samsyn.site.warming import warm
from samsyn.statistics.query.shelf import served


def test_every_kind_of_page_is_made(demo_store):
    code = """
import json, sys
from samsyn.site.wsgi import application
from samsyn.site.warming import warm
found = warm(application)
heavy = {"numba", "pyarrow", "pandas", "duckdb", "scipy", "pytest"} & set(sys.modules)
print(json.dumps([found, sorted(heavy)]))
"""
    environment = {**os.environ, "SAMSYN_STORE": str(demo_store.path)}
    environment.pop("SAMSYN_RELEASE", None)
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    found, heavy = json.loads(ran.stdout.splitlines()[-1])
    assert len(found) == 12
    assert {status for _, status in found} == {200}, found
    assert heavy == []


def test_a_store_without_releases_is_no_fault(tmp_path, monkeypatch):
    monkeypatch.setenv("SAMSYN_STORE", str(tmp_path))
    served.cache_clear()

    def never(*_):
        raise AssertionError

    assert warm(never) == []
    served.cache_clear()


def test_a_page_that_fails_does_not_end_it(demo_site, caplog):
    def fails(*_):
        raise ZeroDivisionError

    assert warm(fails) == []
    assert "Not ready for /omrade/municipality/" in caplog.text
