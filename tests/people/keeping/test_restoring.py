"""Restoring: all that was there, or nothing changed and words that say why."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import sqlite3
import zipfile
from contextlib import closing

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from samsyn.cycle.models import Problem, Respondent
from samsyn.measure import InputError
from samsyn.people.access import Viewer
from samsyn.people.keeping import Places, archive, back_up, filling, restore
from samsyn.people.models import Account, Comment, Draft, Organisation, Role
from samsyn.people.second_step import KEY
from tests.cycle.making import record
from tests.people.installing import everything
from tests.people.keeping.work import CONTENT, attach, destroy, files


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


def test_without_the_key_of_the_second_step_it_is_said_how_people_are_let_in(here, tmp_path):
    data = {"secret": "sealed:x"}
    Authenticator.objects.create(user=Account.objects.get(), type="totp", data=data)
    back_up(tmp_path / "kept.zip", here)
    destroy(here)
    said: list[str] = []
    restore(tmp_path / "kept.zip", here, tell=said.append)
    assert "samsyn account one-step" in said[0]
    (here.keys / KEY).parent.mkdir(exist_ok=True)
    (here.keys / KEY).write_text("x")
    restore(tmp_path / "kept.zip", here, force=True, tell=said.append)
    assert len(said) == 2  # that what was here is kept


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


def zipped(parts):
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
