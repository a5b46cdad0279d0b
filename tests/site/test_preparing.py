"""What is made before the site is served, and what is said where it cannot be."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys

import pytest

from samsyn.measure import InputError
from samsyn.site.preparing import MIGRATING, prepare


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
