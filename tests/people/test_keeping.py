"""Backup and restore: with everything destroyed in between, and while people write."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import sqlite3
import threading
import zipfile
from contextlib import closing

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from samsyn.cycle.models import Money, Problem, Respondent
from samsyn.measure import InputError
from samsyn.people.access import Viewer
from samsyn.people.keeping import Places, archive, back_up, filling, restore, tables
from samsyn.people.models import Account, Attachment, Comment, Draft, Organisation, Role
from samsyn.people.saving import change
from samsyn.statistics.release.store import Store
from tests.cycle.making import mapping_round, record
from tests.people.installing import (
    everything,
    installation,
    make_at_once,
    postgresql_database,
)
from tests.people.making import account, member, organisation

CONTENT = b"%PDF-1.7 \x00\xff" * 5_000


@pytest.fixture(autouse=True)
def unblocked(django_db_setup, django_db_blocker, monkeypatch):
    """Databases of the test's own, whose tables are made at once."""
    monkeypatch.setattr(tables, "make", make_at_once)
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def here(tmp_path):
    """An installation in which somebody has worked."""
    with installation(tmp_path / "work") as places:
        make_at_once({})
        worked(places)
        yield places


def worked(places: Places) -> None:
    of = organisation()
    anna = member("anna", of, Role.LEAD)
    mapping = mapping_round(of)
    problem = record(Problem, mapping, "Trångt i Hamnen – åäö", anna, focus_areas=["housing"])
    change(problem, {"title": "Trångt"}, 1, "kortare")
    Comment.objects.create(record=problem, account=anna, text="Hur många?")
    attach(places, problem, "2026/11/plan.pdf")
    Draft.objects.create(account=anna, form="/arbete/", typed={"title": ["halv", None, 'cit"at']})
    Respondent.objects.create(
        round=mapping,
        code="R1",
        role="Rektor",
        perspective="professionals",
        sealed=b"\x00\xffsigill",
    )
    places.keys.mkdir(parents=True, exist_ok=True)
    (places.keys / "respondents.key").write_bytes(b"nyckel\n")


def attach(places: Places, record, name: str, content: bytes = CONTENT) -> Attachment:
    path = places.attachments / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return Attachment.objects.create(
        record=record, file=name, name="Plan.pdf", media_type="application/pdf",
        size=len(content), checksum=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip


def destroy(places: Places) -> None:
    """As when a disk is lost."""
    connection.close()
    shutil.rmtree(places.work)


def files(places: Places) -> dict[str, bytes]:
    return {
        path.relative_to(places.attachments).as_posix(): path.read_bytes()
        for path in places.attachments.rglob("*") if path.is_file()
    }  # fmt: skip


def test_all_is_back_after_everything_is_destroyed(here, tmp_path):
    before, had = everything(), files(here)
    told = back_up(tmp_path / "kept.zip", here)
    destroy(here)
    restore(tmp_path / "kept.zip", here)
    assert everything() == before
    assert files(here) == had == {"2026/11/plan.pdf": CONTENT}
    assert told.rows == sum(map(len, before.values()))
    problem = Problem.objects.get()
    assert problem.title == "Trångt"
    assert [one.title for one in problem.history.all()] == ["Trångt", "Trångt i Hamnen – åäö"]
    assert problem.history.first().history_change_reason == "kortare"
    assert Comment.objects.get().record == problem
    assert bytes(Respondent.objects.get().sealed) == b"\x00\xffsigill"
    assert Draft.objects.get().typed == {"title": ["halv", None, 'cit"at']}
    # And people go on: new rows have keys of their own.
    assert record(Problem, problem.round, "Nytt").pk > problem.pk
    assert Viewer(Account.objects.get(), {problem.organisation_id: Role.LEAD})


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


def test_work_that_is_there_is_left_but_with_force_and_then_kept(here, tmp_path):
    back_up(tmp_path / "kept.zip", here)
    first = everything()
    Organisation.objects.create(name="Skriven sedan", kind="association")
    attach(here, Problem.objects.get(), "2026/12/sedan.txt", b"sedan")
    later, had = everything(), files(here)
    with pytest.raises(InputError, match="There is work here already.*--force"):
        restore(tmp_path / "kept.zip", here)
    assert (everything(), files(here)) == (later, had)
    said = []
    restore(tmp_path / "kept.zip", here, force=True, tell=said.append)
    assert everything() == first
    assert list(files(here)) == ["2026/11/plan.pdf"]
    replaced = next(here.work.glob("replaced-*.zip"))
    assert said == [f"What was here is kept in {replaced}"]
    restore(replaced, here, force=True)
    assert (everything(), files(here)) == (later, had)


def test_a_database_that_nobody_can_read_is_kept_as_it_is(here, tmp_path):
    back_up(tmp_path / "kept.zip", here)
    before = everything()
    connection.close()
    here.file.write_bytes(b"this was a database" * 1000)
    with pytest.raises(InputError, match="--force"):
        restore(tmp_path / "kept.zip", here)
    with pytest.raises(InputError, match="or it is damaged"):
        back_up(tmp_path / "other.zip", here)
    restore(tmp_path / "kept.zip", here, force=True)
    assert everything() == before
    kept = next(here.work.glob("replaced-*"))
    assert (kept / here.file.name).read_bytes().startswith(b"this was a database")
    assert (kept / "attachments/2026/11/plan.pdf").read_bytes() == CONTENT


def test_a_site_that_is_open_sees_the_old_content_or_the_new(here, tmp_path):
    back_up(tmp_path / "kept.zip", here)
    with closing(sqlite3.connect(here.file)) as site:
        site.execute("delete from people_comment")
        site.commit()
        restore(tmp_path / "kept.zip", here, force=True)
        assert site.execute("select count(*) from people_comment").fetchone() == (1,)


def test_a_backup_is_of_one_moment_while_people_write(here, tmp_path):
    anna, problem = account("anna"), Problem.objects.get()
    wrote = writing_while(lambda: back_up(tmp_path / "kept.zip", here), anna, problem, here)
    restore(tmp_path / "kept.zip", here, force=True)
    assert_whole(wrote, here)


def writing_while(work, anna, problem, places, rounds=3):
    """How many pairs were written while something was done; pairs must never come apart."""
    ended, counts, wrong = threading.Event(), [], []

    def write(number):
        count = 0
        try:
            while not ended.is_set():
                with transaction.atomic():
                    name = f"par-{number}-{count}"
                    Draft.objects.create(account=anna, form=name, typed={"n": count})
                    Comment.objects.create(record=problem, account=anna, text=name)
                    if count % 10 == 0:
                        attach(places, problem, f"{name}.txt", name.encode())
                count += 1
        except Exception as error:
            wrong.append(error)
        finally:
            counts.append(count)
            connection.close()

    ContentType.objects.get_for_model(Problem)
    writers = [threading.Thread(target=write, args=(number,)) for number in range(rounds)]
    for writer in writers:
        writer.start()
    work()
    ended.set()
    for writer in writers:
        writer.join(60)
    assert not wrong
    return sum(counts)


def assert_whole(wrote, places):
    assert wrote > 0
    drafts = set(Draft.objects.filter(form__startswith="par-").values_list("form", flat=True))
    comments = set(Comment.objects.filter(text__startswith="par-").values_list("text", flat=True))
    assert drafts == comments
    for one in Attachment.objects.filter(file__startswith="par-"):
        content = (places.attachments / one.file.name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == one.checksum


def test_a_file_that_is_damaged_or_no_backup_is_refused_and_nothing_changes(here, tmp_path):
    kept = tmp_path / "kept.zip"
    back_up(kept, here)
    whole = kept.read_bytes()
    before = everything()
    empty = Places(tmp_path / "none", tmp_path / "none/attachments", tmp_path / "none/keys")

    def refused(content, words):
        wrong = tmp_path / "wrong.zip"
        wrong.write_bytes(content)
        with pytest.raises(InputError, match=words):
            restore(wrong, here, force=True)
        assert everything() == before
        assert not list(here.work.glob("replaced-*"))

    refused(b"", "is no backup")
    refused(b"a;b\n1;2\n", "is no backup")
    refused(whole[: len(whole) // 2], "is damaged: a part of it is missing")
    at = whole.index(CONTENT[:100])
    refused(whole[: at + 50] + b"!" + whole[at + 51 :], "plan.pdf is not as it was written")
    refused(zipped({"a.txt": b"a"}), "it has no manifest")
    refused(zipped({"manifest.json": b'{"samsyn": "release"}'}), "but no backup")
    refused(zipped({"manifest.json": b"[]"}), "its manifest cannot be read")
    # Each byte may be wrong.
    for at in range(0, len(whole), len(whole) // 25):
        wrong = tmp_path / "wrong.zip"
        wrong.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            with archive.reading(wrong) as opened:
                opened.verify()
                assert opened.manifest.rows == sum(map(len, before.values()))
        except InputError:
            pass
    assert not empty.work.exists()


def zipped(parts):
    import io

    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return held.getvalue()


def rewritten(path, target, **changes):
    """A backup whose manifest says something else."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                content = json.dumps({**json.loads(content), **changes}).encode()
            new.writestr(name, content)
    return target


def test_a_backup_of_a_newer_version_is_refused(here, tmp_path):
    told = back_up(tmp_path / "kept.zip", here)
    before = everything()
    newer = rewritten(tmp_path / "kept.zip", tmp_path / "form.zip", format=2, version="9.0")
    with pytest.raises(InputError, match=r"made by Samsyn 9.0, which is newer"):
        restore(newer, here, force=True)
    migrations = {**told.migrations, "people": [*told.migrations["people"], "0099_later"]}
    newer = rewritten(tmp_path / "kept.zip", tmp_path / "tables.zip", migrations=migrations)
    with pytest.raises(InputError, match="is of a newer version.*people/0099_later"):
        restore(newer, here, force=True)
    assert everything() == before


def test_rows_that_do_not_hold_together_are_refused(here, tmp_path):
    kept = tmp_path / "kept.zip"
    back_up(kept, here)
    before = everything()
    lacking, table = tmp_path / "lacking.zip", "tables/people.organisation.jsonl"
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(lacking, "w") as new:
        told = json.loads(old.read("manifest.json"))
        told["parts"][table] = {"bytes": 0, "sha256": hashlib.sha256(b"").hexdigest()}
        told["tables"]["people.organisation"]["rows"] = 0
        for name in old.namelist():
            content = {"manifest.json": json.dumps(told).encode(), table: b""}.get(name)
            new.writestr(name, old.read(name) if content is None else content)
    with pytest.raises(InputError, match="does not hold together"):
        restore(lacking, here, force=True)
    assert everything() == before
    assert list(files(here)) == ["2026/11/plan.pdf"]


def test_a_full_disk_leaves_no_half_of_a_backup(here, tmp_path, monkeypatch):
    def full(self, *_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(archive.Writer, "copy", full)
    with pytest.raises(OSError, match="no backup was made. Make room"):
        back_up(tmp_path / "kept.zip", here)
    assert not list(tmp_path.glob("*kept*"))


@pytest.mark.parametrize("where", ["files", "database"])
def test_a_full_disk_leaves_everything_as_it_was(here, tmp_path, monkeypatch, where):
    back_up(tmp_path / "kept.zip", here)
    Organisation.objects.create(name="Skriven sedan", kind="association")
    (here.attachments / "2026/11/plan.pdf").rename(here.attachments / "annan.pdf")
    before, had = everything(), files(here)

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    if where == "files":
        monkeypatch.setattr("samsyn.people.keeping.folders.copy", full)
    else:
        monkeypatch.setattr(filling, "_take_place", full)
    with pytest.raises(OSError, match="no room for it, and nothing was changed"):
        restore(tmp_path / "kept.zip", here, force=True)
    assert (everything(), files(here)) == (before, had)
    assert not [one for one in here.work.iterdir() if one.name.startswith(".")]


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


@pytest.mark.parametrize("back", [False, True])
def test_from_sqlite_to_postgresql_and_back(here, tmp_path, postgresql, back):
    before = everything()
    back_up(tmp_path / "sqlite.zip", here)
    address = postgresql_database(postgresql, "keeping")
    with installation(tmp_path / "second", address) as places:
        make_at_once({})
        Organisation.objects.create(name="Fanns förut", kind="association")
        with pytest.raises(InputError, match="--force"):
            restore(tmp_path / "sqlite.zip", places)
        restore(tmp_path / "sqlite.zip", places, force=True)
        assert everything() == before
        assert files(places) == {"2026/11/plan.pdf": CONTENT}
        if not back:
            problem = Problem.objects.get()
            assert record(Problem, problem.round, "Nytt").pk > problem.pk
            return
        anna, problem = account("anna"), Problem.objects.get()
        wrote = writing_while(
            lambda: back_up(tmp_path / "postgresql.zip", places), anna, problem, places
        )
    restore(tmp_path / "postgresql.zip", here, force=True)
    assert_whole(wrote, here)


def test_a_restore_that_fails_leaves_postgresql_as_it_was(here, tmp_path, postgresql, monkeypatch):
    back_up(tmp_path / "kept.zip", here)
    address = postgresql_database(postgresql, "failing")
    with installation(tmp_path / "second", address) as places:
        make_at_once({})
        organisation("Fanns förut")
        before = everything()

        def full(*_, **__):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(tables, "bring_up", full)
        with pytest.raises(OSError, match="nothing was changed"):
            restore(tmp_path / "kept.zip", places, force=True)
        assert everything() == before


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
