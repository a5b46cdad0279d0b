"""Values laid out for many questions answer as the release itself does."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.measure.errors import InputError
from samsyn.statistics.query import Release
from samsyn.statistics.query import mapped as laying
from samsyn.statistics.release.store import Store
from samsyn.statistics.release.verification import verify
from tests.statistics.query import small

LEVELS = [None, "deso", "regso", "regso/2020", "regso/2025", "municipality", "country", "custom"]


@pytest.fixture
def own(small_store: Store, tmp_path: Path) -> Store:
    """A store of a test's own."""
    shutil.copytree(small_store.path, tmp_path / "store")
    return Store(tmp_path / "store")


def answered(release: Release, asked: dict[str, object]) -> pl.DataFrame | str:
    try:
        return release.values("employment_rate", **asked)  # type: ignore[arg-type]
    except InputError as error:
        return str(error)


@settings(max_examples=120)
@given(
    asked=st.fixed_dictionaries(
        {
            "level": st.sampled_from(LEVELS),
            "within": st.sampled_from([None, *small.NAMES]),
            "period": st.none()
            | st.just("latest")
            | st.lists(st.sampled_from([*small.YEARS, small.NEW]), min_size=1),
            "sex": st.sampled_from(["total", "men", ["men", "women"], None, "others"]),
            "age": st.sampled_from(["total", ["20-24"], None]),
        }
    ),
)
def test_the_same_answers_in_the_same_order(small_store, asked):
    expected = answered(Release.open(small_store), asked)
    found = answered(Release.open(small_store, mapped=True), asked)
    if isinstance(expected, str):
        assert found == expected
    else:
        assert isinstance(found, pl.DataFrame)
        assert found.equals(expected)
        assert found.schema == expected.schema


def test_counts_by_group(demo_store):
    asked = {"level": "deso", "within": "Vattstad", "period": ["2014", "2020"]}
    for grouping in ("labour_status", "background"):
        expected = Release.open(demo_store).counts(grouping, **asked)
        found = Release.open(demo_store, mapped=True).counts(grouping, **asked)
        assert found.height > 100
        assert found.equals(expected)


PLACES = [None, "Vattstad", "county/99", "country/00", "regso/2025/9901R003"]
QUESTIONS = [
    ("indices", {"grouping": "background", "units": "deso", "within": place, "period": period})
    for place in PLACES
    for period in (None, "2022", ["2012", "2024"], "latest", "2031")
] + [
    ("indices", {"grouping": "education", "units": "regso", "index": "evenness",
                 "level": "county"}),
    ("indices", {"grouping": "background", "units": "deso/2018", "index": ["gini", "exposure"],
                 "level": "municipality", "group": "foreign", "period": "latest"}),
    ("indices", {"grouping": "background", "units": "deso", "index": ["gini", "rank_order_theil"]}),
    ("indices", {"grouping": "backgrund", "units": "deso"}),
    ("indices", {"grouping": "../background", "units": "deso"}),
    ("indices", {"grouping": "background", "units": "deso", "within": "regso/2020/9901R001"}),
    ("decomposition", {"grouping": "background", "units": "deso", "within": "Vattstad"}),
    ("decomposition", {"grouping": "tenure", "units": "regso", "period": "latest"}),
    ("quotients", {"grouping": "background", "level": "regso", "within": "Vattstad"}),
    ("quotients", {"grouping": "background", "level": "regso/2020", "against": "county",
                   "period": ["2020", "2022"]}),
    ("quotients", {"grouping": "background", "level": "municipality", "period": "latest"}),
    ("quotients", {"grouping": "colour"}),
    *[("area_types", {"within": place, "period": period})
      for place in PLACES for period in (None, "2022", "latest", "1999")],
    *[("shapes", {"kind": kind, "resolution": "coarse", "within": place})
      for place in PLACES for kind in ("regso", "regso/2020", "municipality")],
    ("shapes", {"areas": ["regso/2020/9901R001", "municipality/9902"]}),
    ("neighbours", {}), ("neighbours", {"area": "regso/2025/9901R003"}),
    ("crosswalk", {}), ("crosswalk", {"area": "deso/2018/9901C1010"}),
    *[("counts", {"grouping": "background", "level": level, "within": "Vattstad",
                  "period": "latest", "sex": sex})
      for level in (None, "deso", "municipality") for sex in ("total", None)],
    *[("series", {"indicator": name, "area": area})
      for name in ("rental_share", "employment_rate", "life_expectancy", "population")
      for area in ("Vattstad", "regso/2020/9901R001", "regso/9901R003", "deso/2018/9901C1010")],
]  # fmt: skip


def said(release: Release, question: str, asked: dict[str, object]) -> pl.DataFrame | str:
    try:
        return getattr(release, question)(**asked)  # type: ignore[no-any-return]
    except InputError as error:
        return str(error)


def test_all_other_questions_have_the_same_answers_too(demo_store):
    plain, quick = Release.open(demo_store), Release.open(demo_store, mapped=True)
    answers = 0
    for question, asked in QUESTIONS:
        expected, found = said(plain, question, asked), said(quick, question, asked)
        if isinstance(expected, str):
            assert found == expected, asked
        else:
            assert isinstance(found, pl.DataFrame)
            assert found.schema == expected.schema, (question, asked)
            assert found.equals(expected), (question, asked)
            answers += found.height > 0
    # Most of the questions have something to compare.
    assert answers > len(QUESTIONS) * 0.7


def test_the_release_itself_stays_as_it_was(own):
    Release.open(own, mapped=True).values("employment_rate")
    assert verify(own.folder()) == []
    assert list((own.path / "mapped").rglob("employment_rate.*"))


def test_many_who_ask_first_at_once(own):
    release = Release.open(own, mapped=True)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: release.values("employment_rate"), range(16)))
    assert all(one.equals(found[0]) for one in found)
    left = [path.name for path in (own.path / "mapped").rglob("*") if path.is_file()]
    assert len(left) == 1


def test_where_nothing_can_be_written_the_release_is_read(own, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(laying, "write", full)
    found = Release.open(own, mapped=True).values("employment_rate")
    assert found.equals(Release.open(own).values("employment_rate"))


def test_where_what_was_laid_out_is_damaged_the_release_is_read(own):
    Release.open(own, mapped=True).values("employment_rate")
    (laid_out,) = [path for path in (own.path / "mapped").rglob("*") if path.is_file()]
    laid_out.write_bytes(laid_out.read_bytes()[:1000])
    found = Release.open(own, mapped=True).values("employment_rate")
    assert found.equals(Release.open(own).values("employment_rate"))


def test_what_is_left_of_another_release_of_that_name_is_not_used(own):
    Release.open(own, mapped=True).values("employment_rate")
    folder = own.folder()
    (folder / "manifest.json").chmod(0o644)
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"created"', '"created" '))
    Release.open(own, mapped=True).values("employment_rate")
    assert len(list((own.path / "mapped").iterdir())) == 2
