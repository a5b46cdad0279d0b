"""Settings that every test shares."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests import postgresql as servers
from tests import releases
from tests.lacking import lacking
from tests.reference import shared

if TYPE_CHECKING:
    from django.test import Client

    from samsyn.statistics.release.store import Store

# A first call may compile or import; what a test may take in all is pytest's business.
settings.register_profile(
    "samsyn", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
# Elsewhere every run tries new cases; a build server tries the same ones each time.
settings.register_profile(
    "build", settings.get_profile("samsyn"), derandomize=True, max_examples=30
)
settings.load_profile("build" if os.environ.get("CI") else "samsyn")

# What servers and commands that tests start write is thrown away, and not put in one's own folder.
_THROWN_AWAY = tempfile.TemporaryDirectory(prefix="samsyn-tests-", ignore_cleanup_errors=True)
WORK = Path(_THROWN_AWAY.name) / "work"
os.environ["SAMSYN_WORK"] = str(WORK)
for _name in ("DATABASE", "KEYS", "OIDC_SERVER", "SECRET", "SMTP"):
    os.environ.pop(f"SAMSYN_{_name}", None)


@pytest.fixture(scope="session", autouse=True)
def _work_thrown_away() -> None:
    """What Django writes in a test goes there too: its settings are read before this file."""
    from django.conf import settings as told
    from django.core.cache import caches

    from samsyn.site import keeping

    told.WORK, told.KEYS = WORK, keeping.keys(WORK)
    told.STORAGES["default"]["OPTIONS"]["location"] = WORK / keeping.ATTACHMENTS
    told.CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    # A module of tests that names the cache has opened it when it was collected: the one of files,
    # which all who run tests would share.
    with suppress(AttributeError):
        del caches["default"]


@pytest.fixture(scope="session", autouse=True)
def _answers_can_be_closed() -> None:
    """A test without a database may close an answer, though one before it had a database.

    Django asks then whether the connection is still good, which such a test may not; and it would
    close the one that a test's transaction lies in.
    """
    from django.db.backends.base.base import BaseDatabaseWrapper

    ask = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def asked(connection: BaseDatabaseWrapper) -> None:
        if not connection.in_atomic_block:
            with suppress(RuntimeError):
                ask(connection)

    BaseDatabaseWrapper.close_if_unusable_or_obsolete = asked


@pytest.fixture(autouse=True)
def _quick_passwords(request: pytest.FixtureRequest) -> None:
    """Where a test has a database, passwords are hashed in no time: nobody is to guess these."""
    if request.node.get_closest_marker("django_db"):
        told = request.getfixturevalue("settings")
        told.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        # How often somebody has tried to log in is forgotten between tests.
        from django.core.cache import cache

        cache.clear()


@pytest.fixture(autouse=True)
def _swedish(request: pytest.FixtureRequest) -> None:
    """A page in English leaves its language behind, in which texts and addresses would be made."""
    written = {"people", "cycle"} & set(request.path.parts)
    if written or request.node.get_closest_marker("django_db"):
        from django.utils import translation

        translation.activate("sv")


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demonstration data: look at it, change nothing."""
    return releases.demonstration_once(releases.run_folder(tmp_path_factory))


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory, demo_data: Path) -> Store:
    """A store with the release `demo` of the demonstration data, current: change nothing."""
    folder = releases.run_folder(tmp_path_factory)
    return releases.built_once(folder, "demo", [demo_data])


@pytest.fixture(scope="session")
def demo_release(demo_store: Store) -> Path:
    """The folder of the release of the demonstration data."""
    return demo_store.folder()


@pytest.fixture(scope="session")
def national_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with the release `national` of the real national files; skipped without them."""
    paths = [shared("data", name) for name in releases.NATIONAL]
    return releases.built_once(releases.run_folder(tmp_path_factory), "national", paths)


@pytest.fixture(scope="session")
def national_release(national_store: Store) -> Path:
    """The folder of the release of the real national files."""
    return national_store.folder()


@pytest.fixture
def shelved(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Store], Client]]:
    """Puts the releases of a store behind the site, and gives a client that asks it for pages."""
    from django.test import Client

    from samsyn.statistics.query.shelf import served

    def shelve(store: Store) -> Client:
        monkeypatch.setenv("SAMSYN_STORE", str(store.path))
        served.cache_clear()
        return Client()

    yield shelve
    served.cache_clear()


@pytest.fixture
def demo_site(shelved: Callable[[Store], Client], demo_store: Store) -> Client:
    """A client of the site that shows the demonstration data."""
    return shelved(demo_store)


@pytest.fixture
def national_site(shelved: Callable[[Store], Client], national_store: Store) -> Client:
    """A client of the site that shows the real national files; skipped without them."""
    return shelved(national_store)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[servers.Cluster]:
    """A PostgreSQL of this run's own, empty: make a database of your own in it."""
    binaries = servers.programs()
    if binaries is None:
        lacking("PostgreSQL", "postgresql")
    with servers.cluster(binaries) as running:
        yield running
