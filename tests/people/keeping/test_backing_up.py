"""Backups: of one moment, with all that belongs to it, whole or not at all."""

from __future__ import annotations

import errno

import pytest

from samsyn.cycle.models import Money, Problem
from samsyn.measure import InputError
from samsyn.people.keeping import archive, back_up, restore
from samsyn.people.models import Draft
from samsyn.statistics.release.store import Store
from tests.cycle.making import record
from tests.people.keeping.work import assert_whole, destroy, writing_while
from tests.people.making import account


def test_the_keys_of_sealed_names_come_along_only_when_asked_for(here, tmp_path):
    back_up(tmp_path / "without.zip", here)
    back_up(tmp_path / "with.zip", here, with_keys=True)
    assert b"nyckel" not in (tmp_path / "without.zip").read_bytes()
    destroy(here)
    restore(tmp_path / "without.zip", here)
    assert not (here.keys / "respondents.key").exists()
    (here.keys).mkdir()
    (here.keys / "respondents.key").write_bytes(b"ny\n")
    restore(tmp_path / "with.zip", here, force=True)
    # Sealed with either, it can be read.
    assert (here.keys / "respondents.key").read_bytes() == b"ny\nnyckel\n"


def test_a_backup_is_of_one_moment_while_people_write(here, tmp_path):
    anna, problem = account("anna"), Problem.objects.get()
    wrote = writing_while(lambda: back_up(tmp_path / "kept.zip", here), anna, problem, here)
    restore(tmp_path / "kept.zip", here, force=True)
    assert_whole(wrote, here)


def test_a_full_disk_leaves_no_half_of_a_backup(here, tmp_path, monkeypatch):
    def full(self, *_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(archive.Writer, "copy", full)
    with pytest.raises(OSError, match="no backup was made. Make room"):
        back_up(tmp_path / "kept.zip", here)
    assert not list(tmp_path.glob("*kept*"))


def test_a_name_that_is_taken_and_an_empty_installation_are_told(here, tmp_path):
    (tmp_path / "kept.zip").write_bytes(b"older")
    with pytest.raises(InputError, match="is there already and is left as it is"):
        back_up(tmp_path / "kept.zip", here)
    assert (tmp_path / "kept.zip").read_bytes() == b"older"
    destroy(here)
    with pytest.raises(InputError, match="There is no database"):
        back_up(tmp_path / "other.zip", here)
    assert not here.work.exists()


def test_a_file_that_rows_name_and_that_is_gone_is_told_and_the_rest_kept(here, tmp_path):
    (here.attachments / "2026/11/plan.pdf").unlink()
    said = []
    told = back_up(tmp_path / "kept.zip", here, tell=said.append)
    assert told.missing == ["2026/11/plan.pdf"]
    assert said == ["The file 2026/11/plan.pdf is named in the database and is not there"]
    destroy(here)
    restore(tmp_path / "kept.zip", here)
    assert Problem.objects.count() == 1


def test_the_release_comes_along_as_it_was_and_is_put_where_it_lacks(here, tmp_path, demo_store):
    back_up(tmp_path / "pointing.zip", here, store=demo_store)
    told = back_up(tmp_path / "kept.zip", here, store=demo_store, with_release=True)
    assert told.release["name"] == "demo"
    other, said = Store(tmp_path / "store"), []
    restore(tmp_path / "pointing.zip", here, store=other, force=True, tell=said.append)
    assert "rests on the release demo, which is not in" in said[-1]
    restore(tmp_path / "kept.zip", here, store=other, force=True, tell=said.append)
    assert other.current() == "demo"
    manifest = (demo_store.folder() / "manifest.json").read_bytes()
    assert (other.folder() / "manifest.json").read_bytes() == manifest
    count = len(said)
    restore(tmp_path / "kept.zip", here, store=other, force=True, tell=said.append)
    assert len(said) == count + 1  # that what was there is kept; of the release nothing


def test_memory_does_not_grow_with_what_is_written(here, tmp_path):
    import tracemalloc

    anna = account("anna")
    Draft.objects.bulk_create(
        [Draft(account=anna, form=f"/{n}/", typed={"text": "x" * 10_000}) for n in range(3_000)]
    )
    tracemalloc.start()
    back_up(tmp_path / "kept.zip", here)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20e6  # all of them are 30 MB


def test_amounts_of_money_are_exact(here, tmp_path):
    from samsyn.cycle.models import Intervention

    intervention = record(
        Intervention, Problem.objects.get().round, "Lokal", kind="activity", level="group",
        horizon="short",
    )  # fmt: skip
    Money.objects.create(
        intervention=intervention, source="Kommunen", amount=99_999_999_999_999, status="decided"
    )
    back_up(tmp_path / "kept.zip", here)
    destroy(here)
    restore(tmp_path / "kept.zip", here)
    assert Money.objects.get().amount == 99_999_999_999_999
