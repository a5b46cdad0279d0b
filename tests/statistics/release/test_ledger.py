"""The ledger: what differs between two releases, by how much, and why."""

import math
from contextlib import ExitStack
from dataclasses import replace
from functools import partial

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.measure.errors import InputError
from samsyn.statistics.release import ledger as ledger_module
from samsyn.statistics.release.layout import TABLES
from samsyn.statistics.release.ledger import diff
from samsyn.statistics.release.manifest import describe, write_manifest
from tests.statistics.release import made

NEWER = replace(made.SOURCE, sha256="cd" * 32, updated="2024-02-22")
OTHER = replace(made.SOURCE, sha256="ef" * 32, table="AM0207", updated="2023-05-05", file="am.xlsx")


@pytest.fixture
def compared(tmp_path):
    """The ledger of two releases that are made of these frames."""
    with ExitStack() as ledgers:
        yield partial(comparison, tmp_path, ledgers)


def comparison(
    place, ledgers, old, new,
    old_sources=(made.SOURCE,), new_sources=(NEWER,), indicator=None, seed=1,
):  # fmt: skip
    folders = []
    for name, frames, sources in (("old", old, old_sources), ("new", new, new_sources)):
        folder = place / name
        folder.mkdir()
        made.fill(folder, **frames)
        manifest = describe(folder, name, sources, seed=seed if name == "new" else 1)
        write_manifest(manifest, folder)
        folders.append(folder)
    return ledgers.enter_context(diff(*folders, indicator))


def rows(ledger, *columns):
    return ledger.changes.select(columns).collect().rows()


def test_the_same_release_differs_in_nothing(compared):
    ledger = compared({}, {}, new_sources=(made.SOURCE,))
    assert ledger.summary.is_empty()
    assert ledger.sources.is_empty()
    assert ledger.changes.collect().is_empty()


def test_a_revised_count_with_its_reason_and_what_follows_from_it(compared):
    new = {"counts__background": made.counts(**{"1488R001": 312.0}), "indices": made.indices(0.26)}
    ledger = compared({}, new)
    assert rows(ledger, "table", "change", "subject", "area", "period", "group", "measure") == [
        ("counts", "revised", "background", "regso/2020/1488R001", "2022", "foreign", "count"),
        ("indices", "revised", "background", "municipality/2025/1488", "2022", "foreign", "value"),
    ]
    assert rows(ledger, "old", "new", "difference")[0] == (300, 312, 12)
    assert rows(ledger, "relative")[0][0] == pytest.approx(0.04)
    assert rows(ledger, "reason")[0] == ("SCB BE0101Y of 2024-02-22 instead of 2023-02-22",)
    counts, indices = ledger.summary.rows(named=True)
    assert (counts["values"], counts["largest"]) == (1, 12)
    assert counts["reason"] == "SCB BE0101Y of 2024-02-22 instead of 2023-02-22"
    assert indices["reason"] == "with background (1)"
    [source] = ledger.sources.rows(named=True)
    assert (source["change"], source["table"]) == ("updated", "BE0101Y")
    assert (source["old_updated"], source["new_updated"]) == ("2023-02-22", "2024-02-22")


def test_the_part_of_the_index_that_changed_an_area_type(compared):
    ledger = compared({}, {"area_types": made.area_types(0.5)})
    assert rows(ledger, "area", "measure", "old", "new") == [
        ("regso/2020/0114R001", "pre_upper_secondary", 0.2, 0.25),
        ("regso/2020/0114R001", "z", 0.0, 0.5),
    ]
    assert rows(ledger, "relative")[1] == (None,)
    assert ledger.summary["reason"].to_list() == ["with pre_upper_secondary (1)"]


def test_an_index_that_changed_alone_was_drawn_anew(compared):
    ledger = compared({}, {"indices": made.indices(0.26)}, seed=2)
    assert ledger.summary["reason"].to_list() == ["drawn with the seed 2 instead of 1"]


def test_rounding_is_no_revision(compared):
    near = made.observations().with_columns(pl.col("value") * (1 + 4e-10))
    assert compared({}, {"observations__employed_share": near}).summary.is_empty()


def test_a_small_change_is_a_revision(compared):
    near = made.observations().with_columns(pl.col("value") * (1 + 3e-9))
    assert compared({}, {"observations__employed_share": near}).summary["values"].sum() == 8


def test_a_value_that_became_secret(compared):
    secret = made.observations().with_columns(
        value=pl.when(pl.int_range(pl.len()) != 3).then("value"),
        status=pl.when(pl.int_range(pl.len()) == 3).then(pl.lit("secret")).otherwise("status"),
    )
    ledger = compared({}, {"observations__employed_share": secret})
    assert rows(ledger, "change", "old", "new", "old_status", "new_status", "difference") == [
        ("status", 0.6, None, "ok", "secret", None)
    ]


def test_a_year_and_an_indicator_that_came_and_one_that_went(compared):
    values = made.observations()
    other = values.with_columns(indicator=pl.lit("other_share"))
    third = values.with_columns(indicator=pl.lit("third_share"))
    ledger = compared(
        {
            "observations__employed_share": values.filter(pl.col("period") == "2021"),
            "observations__other_share": other,
        },
        {"observations__third_share": third.with_columns(source=pl.lit(1, pl.Int32))},
        new_sources=(NEWER, OTHER),
    )
    told = ledger.summary.select("subject", "period", "change", "values", "reason").rows()
    assert told == [
        ("employed_share", "2022", "added", 4, "from SCB BE0101Y of 2024-02-22"),
        ("other_share", "2021", "removed", 4, "was from SCB BE0101Y of 2023-02-22"),
        ("other_share", "2022", "removed", 4, "was from SCB BE0101Y of 2023-02-22"),
        ("third_share", "2021", "added", 4, "from SCB AM0207 of 2023-05-05"),
        ("third_share", "2022", "added", 4, "from SCB AM0207 of 2023-05-05"),
    ]
    assert ledger.sources["change"].to_list() == ["added", "updated"]


def test_one_indicator(compared):
    new = {
        "observations__employed_share": made.observations(**{"0114R001_2021": 0.9}),
        "counts__background": made.counts(**{"1488R001": 301.0}),
        "indices": made.indices(0.26),
    }
    ledger = compared({}, new, indicator="background")
    assert set(ledger.summary["table"]) == {"counts", "indices"}


def test_an_indicator_that_neither_has(compared):
    with pytest.raises(InputError, match='grouping "employd". They have background, employed_sh'):
        compared({}, {}, indicator="employd")


def test_a_source_that_changed_without_saying_so(compared):
    silent = replace(NEWER, updated=made.SOURCE.updated, file="again.xlsx")
    ledger = compared(
        {}, {"counts__background": made.counts(**{"1488R001": 301.0})}, new_sources=(silent,)
    )
    assert ledger.sources["change"].to_list() == ["changed"]
    assert "another file with the same date, again.xlsx" in rows(ledger, "reason")[0][0]


def test_a_file_that_names_no_table_is_known_by_its_name(compared):
    mine, yours = (
        replace(made.SOURCE, table=None, file=f, sha256=f, updated=None) for f in ("a", "b")
    )
    new = {"counts__background": made.counts(**{"1488R001": 301.0})}
    ledger = compared({}, new, old_sources=(mine,), new_sources=(yours,))
    assert rows(ledger, "reason") == [("b instead of a",)]
    assert ledger.sources["change"].to_list() == ["removed", "added"]


numbers = st.one_of(
    st.none(), st.just(math.nan), st.sampled_from([0.0, 1.0, 1.0 + 1e-10, 1.0 + 1e-8, -2.5, 1e9])
)
values = st.dictionaries(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["2021", "2022", None])),
    st.tuples(numbers, st.sampled_from(["ok", "missing"])),
    max_size=24,
)


@settings(max_examples=15)
@given(values, values, st.sampled_from([2, 1000]))
def test_the_ledger_against_two_dictionaries(tmp_path_factory, old, new, block):
    folders = []
    for side in (old, new):
        folder = tmp_path_factory.mktemp("release")
        told = [
            {"indicator": "i", "area": area, "period": period, "value": value, "status": status}
            for (area, period), (value, status) in side.items()
        ]
        frame = pl.DataFrame(told, schema=dict(TABLES["observations"].columns), orient="row")
        made.fill(folder, observations__i=frame)
        write_manifest(describe(folder, "r", []), folder)
        folders.append(folder)
    expected = set()
    for key in old.keys() | new.keys():
        change = change_of(old.get(key), new.get(key))
        if change is not None:
            expected.add((*key, change))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger_module, "BLOCK", block)
        with diff(*folders) as ledger:
            found = rows(ledger, "area", "period", "change")
    assert len(found) == len(set(found))
    assert set(found) == expected


def change_of(old, new):
    """What became of a value with its status, as the ledger's words have it."""
    if old is None:
        return "added"
    if new is None:
        return "removed"
    (before, status), (after, later) = old, new
    if status != later:
        return "status"
    before, after = (None if x is None or math.isnan(x) else x for x in (before, after))
    if before is None or after is None:
        return None if before is after else "revised"
    return None if math.isclose(before, after, rel_tol=1e-9, abs_tol=1e-12) else "revised"
