"""`samsyn demo-work`, `samsyn backup` and `samsyn restore`, as an operator runs them."""

from __future__ import annotations

import shutil

import pytest
from django.db import connection

from samsyn.cycle.models import Problem
from samsyn.people.keeping import Places, tables
from samsyn.people.models import Account
from samsyn.site import preparing
from tests.people.installing import everything, installation, make_at_once


@pytest.fixture
def places(tmp_path, demo_store, django_db_setup, django_db_blocker, monkeypatch, shelved):
    """An installation with the demonstration's figures; its tables are made at once."""
    shelved(demo_store)
    monkeypatch.setattr(preparing, "prepare", lambda _: tables.migrations_of("default"))
    monkeypatch.setattr(tables, "make", make_at_once)
    with django_db_blocker.unblock(), installation(tmp_path / "work") as places:
        monkeypatch.setattr(Places, "of_settings", lambda: places)
        make_at_once({})
        yield places


def test_the_demonstration_is_loaded_once_and_survives_its_destruction(samsyn, places, tmp_path):
    outcome = samsyn("demo-work")
    assert (outcome.code, outcome.err) == (0, "")
    assert "Loaded: Vattstads kommun" in outcome.out
    assert "karin@vattstad.example" in outcome.out
    assert Account.objects.get(email="karin@vattstad.example").check_password(
        outcome.out.split("with the password ")[1].split()[0]
    )
    before = everything()
    assert Problem.objects.exists()
    again = samsyn("demo-work")
    assert again.code == 0
    assert "The demonstration is there already" in again.out
    assert everything() == before
    told = samsyn("backup", tmp_path / "kept.zip")
    assert told.code == 0
    assert "rows and 0 files are in" in told.out
    connection.close()
    shutil.rmtree(places.work)
    told = samsyn("restore", tmp_path / "kept.zip")
    assert (told.code, told.err) == (0, "")
    assert "rows are back as they were at" in told.out
    assert everything() == before
    told = samsyn("restore", tmp_path / "kept.zip")
    assert told.code == 2
    assert "There is work here already" in told.err


def test_the_demonstration_is_refused_where_figures_are_real(samsyn, demo_store, monkeypatch):
    monkeypatch.setattr("samsyn.publish.fiction.fictional", lambda _: False)
    outcome = samsyn("demo-work", "--store", demo_store.path)
    assert outcome.code == 2
    assert "is of real figures" in outcome.err
    assert "--anyway" in outcome.err


def test_that_the_keys_are_not_in_a_backup_is_said(samsyn, places, tmp_path):
    places.keys.mkdir()
    (places.keys / "respondents.key").write_bytes(b"nyckel")
    told = samsyn("backup", tmp_path / "without.zip")
    assert told.code == 0
    assert f"The keys of sealed names are not: they are in {places.keys}" in told.err
    told = samsyn("backup", tmp_path / "with.zip", "--with-keys")
    assert (told.code, told.err) == (0, "")


def test_a_backup_that_is_not_there_is_told(samsyn, places, tmp_path):
    outcome = samsyn("restore", tmp_path / "none.zip")
    assert outcome.code == 1
    assert "none.zip: No such file" in outcome.err
