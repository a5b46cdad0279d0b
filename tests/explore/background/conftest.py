"""Two real releases that differ in a few known values, built from a part of the made-up data."""

from __future__ import annotations

import shutil

import pytest
from filelock import FileLock

from samsyn.statistics.release import ledgers
from samsyn.statistics.release.build import build_release
from samsyn.statistics.release.store import Store
from tests import releases

REVISED = "deso/2018/9901C1010,median_net_income,2012,"
GONE = "deso/2018/9901C1010,median_net_income,2013,"
HIDDEN = "municipality/2025/9901,upper_secondary_eligibility,2013,"


def changed(text: str) -> str:
    """The lines of a file with one value revised, one left out and one made secret."""
    new = {REVISED: f"{REVISED}250.0,ok", HIDDEN: f"{HIDDEN},secret"}
    lines = [
        next((told for start, told in new.items() if line.startswith(start)), line)
        for line in text.splitlines()
        if not line.startswith(GONE)
    ]
    return "\n".join(lines) + "\n"


def built(store: Store, name: str, data) -> None:
    with store.building(name) as building:
        report = build_release([data], building.folder)
        building.describe(report.sources, report.seed)


@pytest.fixture(scope="session")
def revised_store(tmp_path_factory, demo_data) -> Store:
    """A store with the releases `first` and `second`, which is current: change nothing."""
    folder = releases.run_folder(tmp_path_factory)
    store = Store(folder / "revised-store")
    with FileLock(folder / "revised.lock"):
        if "second" in store.names():
            return store
        data = folder / "revised-data"
        data.mkdir()
        for part in ("areas", "figures"):
            shutil.copytree(demo_data / part, data / part)
        shutil.copy(demo_data / "samsyn.toml", data)
        built(store, "first", data)
        for name in ("median_net_income.csv", "municipal_figures.csv"):
            path = data / "figures" / name
            path.write_text(changed(path.read_text(encoding="utf-8")), encoding="utf-8")
        built(store, "second", data)
    return store


@pytest.fixture
def revised_site(shelved, revised_store):
    """A client of the site that has both releases, compared already: a busy machine takes long."""
    first, second = (revised_store.folder(name) for name in ("first", "second"))
    for old, new in ((first, second), (second, first)):
        assert ledgers.ledger(revised_store.path, old, new, patience=120) is not None
    return shelved(revised_store)
