"""The differences between two releases: all of them, and nothing else."""

from __future__ import annotations

import csv
import io

import pytest

from samsyn.explore.background.reasons import reason
from samsyn.statistics.release import ledgers
from tests.explore.background.pages import read

CHANGES = {"ändrade", "nya", "borttagna", "ny status"}


def values(page):
    """The rows of the table of values."""
    return [row for row in page.cells if len(row) == 8 and row[3] in CHANGES]


def test_with_one_release_there_is_nothing_to_compare(demo_site):
    assert "Det finns bara en utgåva, demo" in read(demo_site, "/andringar/").text
    assert "only one release" in read(demo_site, "/en/andringar/").text
    assert demo_site.get("/andringar.csv").status_code == 404


def test_what_was_changed_is_told_value_by_value(revised_site):
    page = read(revised_site, "/andringar/")
    rows = values(page)
    areas = [row for row in rows if "deso/2018/9901C1010" in row[1]]
    revised = next(row for row in areas if row[2] == "2012")
    assert revised[3] == "ändrade"
    assert revised[5] == "250"
    gone = next(row for row in areas if row[2] == "2013")
    assert gone[3] == "borttagna"
    assert gone[5] == "–"
    hidden = next(row for row in rows if "municipality/2025/9901" in row[1] and row[2] == "2013")
    assert hidden[3] == "ny status"
    assert hidden[5] == "sekretess"
    assert all("samma datum" in row[7] or row[7] for row in areas)


def test_the_last_two_releases_are_compared_unless_others_are_chosen(revised_site):
    assert "Från first till second" in read(revised_site, "/andringar/").text
    back = read(revised_site, "/andringar/?from=second&to=first")
    assert "Från second till first" in back.text
    new = [row for row in values(back) if "9901C1010" in row[1] and row[2] == "2013"]
    assert new[0][3] == "nya"
    assert "Från first till second" in read(revised_site, "/andringar/?release=first").text


@pytest.mark.parametrize(
    ("query", "left"),
    [("change=removed", 1), ("indicator=upper_secondary_eligibility&change=status", 1)],
)
def test_filters_take_what_they_say(revised_site, query, left):
    rows = values(read(revised_site, f"/andringar/?{query}"))
    assert len([row for row in rows if "indices" not in row[0]]) == left


def test_the_values_can_be_taken_home_as_they_are_shown(revised_site):
    shown = values(read(revised_site, "/andringar/?change=revised"))
    response = revised_site.get("/andringar.csv?change=revised")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == len(shown)
    assert {row["change"] for row in rows} == {"revised"}
    for form in ("json", "xlsx", "parquet"):
        assert revised_site.get(f"/andringar.{form}").status_code == 200


def test_a_release_with_itself_and_a_filter_that_takes_nothing(revised_site):
    assert "två olika" in read(revised_site, "/andringar/?from=first&to=first").text
    page = read(revised_site, "/andringar/?table=counts")
    assert "Inga värden passar urvalet" in page.text


@pytest.mark.parametrize(
    "query",
    [
        "from=x",
        "to=x",
        "table=x",
        "change=x",
        "indicator=x",
        "page=x",
        "page=0x",
        "page=" + "9" * 40,
    ],
)
def test_what_cannot_be_asked_for_is_told_of(revised_site, query):
    for path in ("/andringar/", "/en/andringar/", "/andringar.csv"):
        read(revised_site, f"{path}?{query}", 400)


def test_a_page_beyond_the_last_is_the_last(revised_site):
    assert "sida 1 av 1" in read(revised_site, "/andringar/?page=99999").text


def test_a_comparison_is_made_once_and_found_by_other_workers(revised_store):
    old, new = (revised_store.folder(name) for name in ("first", "second"))
    found = ledgers.ledger(revised_store.path, old, new, patience=60)
    ledgers._opened.cache_clear()
    before = found.path.stat().st_mtime_ns
    again = ledgers.ledger(revised_store.path, old, new, patience=0)
    assert again.path == found.path
    assert found.path.stat().st_mtime_ns == before
    assert again.summary.equals(found.summary)


def test_who_comes_first_is_told_to_wait_and_not_kept_waiting(revised_store, tmp_path):
    old, new = (revised_store.folder(name) for name in ("first", "second"))
    assert ledgers.ledger(tmp_path, old, new, patience=0) is None
    assert ledgers.ledger(tmp_path, old, new, patience=60) is not None
    assert not list((tmp_path / ledgers.FOLDER).glob(".*"))


def test_a_comparison_that_fails_is_no_failure_of_the_page(revised_store, tmp_path):
    old = revised_store.folder("first")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ChildProcessError):
        ledgers.ledger(tmp_path, old, broken, patience=60)


def test_reasons_are_told_in_the_language_of_the_page():
    told = "SCB 5FC of 2024-03-22 instead of 2023-03-22"
    assert reason(told, "en") == told
    assert reason(told, "sv") == "SCB 5FC av den 2024-03-22 i stället för 2023-03-22"
    assert reason("same file, read with others", "sv") == "samma fil, läst tillsammans med andra"
    assert reason(None, "sv") == ""
