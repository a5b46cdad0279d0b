"""What the page about the figures says is what the release says."""

from __future__ import annotations

import csv
import io
import json

import polars as pl
import pytest

from samsyn.statistics.query.shelf import served
from samsyn.statistics.release.manifest import fingerprint
from tests.explore.background.pages import read


def sources_are_told(client):
    release = served().release()
    page = read(client, "/om-uppgifterna/")
    manifest = release.manifest
    told = [code for code in page.codes if len(code) == 64]
    assert told[0] == fingerprint(release.folder)
    # By publisher, but each source as often as the manifest has it.
    assert sorted(told[1:]) == sorted(source.sha256 for source in manifest.sources)
    for source in manifest.sources:
        assert source.file in page.text
        for part in (source.title, source.licence, source.table):
            assert part is None or " ".join(part.split()) in page.text


def test_the_sources_of_the_demonstration_are_those_of_the_manifest(demo_site):
    sources_are_told(demo_site)


def test_the_sources_of_the_real_release_are_those_of_the_manifest(national_site):
    sources_are_told(national_site)
    page = read(national_site, "/en/om-uppgifterna/")
    assert "DeSO, vintage 2018" in page.text  # which areas have no borders
    assert "the file does not say which licence" in page.text


def test_the_coverage_is_that_of_the_release(demo_site):
    release = served().release()
    page = read(demo_site, "/om-uppgifterna/")
    entry = release.indicator("rental_share")
    row = next(row for row in page.cells if row and row[0].strip() == entry.name["sv"])
    known = release.coverage.filter(
        (pl.col("subject") == "rental_share")
        & (pl.col("kind") == "municipality")
        & (pl.col("known") > 0)
    ).sort("period")
    first, last = known["period"][0], known["period"][-1]
    assert any(f"{first}–{last}" in cell for cell in row)
    assert any(f"alla {known['areas'][-1]}" in cell for cell in row)


def test_the_tables_can_be_taken_home(demo_site):
    response = demo_site.get("/om-uppgifterna.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    manifest = served().release().manifest
    assert [row["sha256"] for row in rows] == [source.sha256 for source in manifest.sources]
    told = json.loads(demo_site.get("/om-uppgifterna.json").content)
    assert [row["file"] for row in told["rows"]] == [source.file for source in manifest.sources]
    assert told["release"] == "demo"
    stat = json.loads(demo_site.get("/om-uppgifterna.json?part=coverage").content)
    assert stat["version"] == "2.0"
    assert "indicator" in stat["id"]
    for form in ("xlsx", "parquet"):
        for part in ("sources", "coverage", "findings"):
            assert demo_site.get(f"/om-uppgifterna.{form}?part={part}").status_code == 200


def test_a_part_that_is_not_there_is_told_of(demo_site):
    assert "sources, coverage, findings" in read(demo_site, "/om-uppgifterna.csv?part=x", 400).text


def test_a_pinned_page_keeps_its_release(revised_site):
    page = read(revised_site, "/om-uppgifterna/?release=first")
    assert any(link.startswith("/om-uppgifterna.csv?") and "release=first" in link
               for link in page.links)  # fmt: skip
    assert "/om-uppgifterna/?release=second" in page.links


@pytest.mark.parametrize("path", ["/om-uppgifterna/", "/andringar/", "/metoder/", "/api/"])
def test_a_release_that_is_not_there_is_told_of(demo_site, path):
    assert "”nowhere”" in read(demo_site, f"{path}?release=nowhere", 404).text
