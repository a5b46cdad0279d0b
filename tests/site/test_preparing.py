"""What is made before the site is served, and what is said where it cannot be."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing

import psycopg
import pytest

from samsyn.measure import InputError
from samsyn.site.preparing import MIGRATING, prepare
from tests.people.installing import postgresql_database


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_from_nothing_to_a_first_account_whose_link_the_site_takes(
    tmp_path, monkeypatch, demo_store
):
    work = tmp_path / "a/work"
    monkeypatch.setenv("SAMSYN_WORK", str(work))
    monkeypatch.setenv("SAMSYN_STORE", str(demo_store.path))
    said: list[str] = []
    prepare(said.append)
    assert said == [MIGRATING]
    assert mode(work) == 0o700
    assert mode(work / "secret") == 0o600
    secret = (work / "secret").read_text()
    command = [sys.executable, "-c", "from samsyn.cli import main; main()"]
    made = subprocess.run(
        [*command, "account", "create", "anna@example.org"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert made.stderr == ""  # nothing was left to prepare
    path = re.search(r"8000(/\S+)", made.stdout)[1]
    # Another process, as the site is, knows the link.
    code = f"""
import django
django.setup()
from django.test import Client
page = Client().get({path!r}, follow=True)
print(page.status_code, "password1" in page.content.decode())
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "samsyn.site.settings"},
    )  # fmt: skip
    assert ran.stdout == "200 True\n"
    assert (work / "secret").read_text() == secret
    # A newer version has been here: this one does not touch what it cannot know.
    with closing(sqlite3.connect(work / "samsyn.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('cycle', '9999_x', '2030')"
        )
    with pytest.raises(InputError, match="newer version of Samsyn, .*cycle/9999_x"):
        prepare(said.append)


def test_two_servers_that_begin_at_once_prepare_one_postgresql(tmp_path, postgresql):
    address = postgresql_database(postgresql, "preparing")
    told = {**os.environ, "SAMSYN_WORK": str(tmp_path), "SAMSYN_DATABASE": address}

    def begun() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "samsyn.site.preparing"], env=told, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    both = [begun(), begun()]
    said = [one.communicate(timeout=120) for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert sorted(said) == [("", ""), (f"{MIGRATING}\n", "")]  # one did it, and the other waited
    with psycopg.connect(address) as connection:
        row = connection.execute("SELECT count(*) FROM people_account").fetchone()
        held = connection.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        assert (row, held.fetchone()) == ((0,), (0,))


@pytest.mark.parametrize(
    ("address", "told"),
    [("postgresql://a:hemligt@127.0.0.1:1/x", "cannot be used"), ("mysql://x/y", "is no address")],
)
def test_a_database_that_cannot_be_reached_is_told(tmp_path, monkeypatch, address, told):
    monkeypatch.setenv("SAMSYN_WORK", str(tmp_path / "work"))
    monkeypatch.setenv("SAMSYN_DATABASE", address)
    with pytest.raises(InputError, match=told) as caught:
        prepare(lambda line: None)
    assert "hemligt" not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_told(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("SAMSYN_WORK", str(tmp_path / "file/work"))
    with pytest.raises(InputError, match="SAMSYN_WORK"):
        prepare(lambda line: None)
