"""The secrets of the second step of log-in: under seal in the database, and still of use."""

from __future__ import annotations

import importlib
import json
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, hotp_value, yield_hotp_counters_from_time
from django.apps import apps
from django.db import connection

from samsyn.people.second_step import KEY
from tests.people.making import PASSWORD, account, client

pytestmark = pytest.mark.django_db
SECRET, SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "ab12" * 20


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    return settings.KEYS


def kept() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        return json.dumps(cursor.fetchall())


def step(code: str):
    browser = client()
    browser.post("/konto/logga-in/", {"login": "anna@example.org", "password": PASSWORD})
    return browser.post("/konto/tva-steg/kod/", {"code": code})


def code() -> str:
    return f"{hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))):06}"


def test_they_are_sealed_with_a_key_outside_the_database(keys):
    anna = account("anna")
    TOTP.activate(anna, SECRET)
    codes = RecoveryCodes.activate(anna).generate_codes()
    assert SECRET not in kept()
    assert kept().count("sealed:") == 2
    assert [path.name for path in keys.iterdir()] == [KEY]
    assert step(code()).url == "/arbete/"
    assert step(codes[0]).url == "/arbete/"
    assert step(codes[0]).status_code == 200  # used up


def test_what_an_older_version_has_kept_works_and_is_sealed_by_the_migration():
    anna = account("anna")
    Authenticator.objects.create(user=anna, type="totp", data={"secret": SECRET})
    Authenticator.objects.create(
        user=anna, type="recovery_codes", data={"seed": SEED, "used_mask": 1}
    )
    codes = RecoveryCodes.activate(anna).generate_codes()
    assert step(code()).url == "/arbete/"
    migration = importlib.import_module("samsyn.people.migrations.0002_second_step_sealed")
    for _once_more in range(2):  # which changes nothing
        migration.seal(apps, SimpleNamespace(connection=connection))
    assert SECRET not in kept()
    assert SEED not in kept()
    assert RecoveryCodes.activate(anna).generate_codes() == codes
    assert step(codes[0]).status_code == 200  # which had been used
    assert step(codes[1]).url == "/arbete/"


def test_without_the_key_it_is_said_whom_to_turn_to(keys):
    anna = account("anna")
    TOTP.activate(anna, SECRET)
    (keys / KEY).unlink()
    answer = step(code())
    assert answer.status_code == 200
    assert "installationens nyckel saknas" in answer.content.decode()
    # And an administrator, or a command on the server, lets them in.
    client(account("keeper", standing="administrator")).post(
        f"/arbete/administration/konto/{anna.pk}/ett-steg/"
    )
    login = {"login": anna.email, "password": PASSWORD}
    assert client().post("/konto/logga-in/", login).url == "/arbete/"
