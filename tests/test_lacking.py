"""Tests that need a program which is not there."""

import pytest

from tests.lacking import lacking


def test_they_are_skipped_with_what_to_do(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="Chromium is missing: run `make chromium`"):
        lacking("Chromium", "chromium")


def test_they_fail_on_a_build_server(monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt-get install postgresql"):
        lacking("PostgreSQL", "postgresql")
