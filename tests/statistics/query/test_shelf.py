"""The releases that are served: opened once, and another one from the moment that it is current."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from samsyn.measure.errors import InputError
from samsyn.statistics.query.shelf import KEPT, Shelf
from samsyn.statistics.release.store import Store
from tests.statistics.query import small


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "store")
    small.build(store, "first")
    return store


def test_a_release_is_opened_once_for_all(store):
    shelf = Shelf(store)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: shelf.release(), range(32)))
    assert {id(one) for one in found} == {id(shelf.release("first"))}


def test_a_new_release_is_shown_at_once_and_the_old_one_is_still_there(store):
    shelf = Shelf(store)
    old = shelf.release()
    assert shelf.current == "first"
    small.build(store, "second")
    assert (shelf.current, shelf.release().name) == ("second", "second")
    assert shelf.release("first") is old
    store.use("first")
    assert (shelf.current, shelf.release()) == ("first", old)


def test_a_release_that_is_fixed_stays(store):
    shelf = Shelf(store, "first")
    small.build(store, "second")
    assert (shelf.current, shelf.release().name) == ("first", "first")


def test_what_was_removed_is_no_longer_there_and_what_took_its_name_is_another(store):
    shelf = Shelf(store)
    old = shelf.release()
    small.build(store, "second")
    shutil.rmtree(store.folder("first"))
    with pytest.raises(InputError, match="The releases in .* are: second"):
        shelf.release("first")
    small.build(store, "first")
    assert shelf.release("first") is not old


def test_only_some_stay_open(store):
    shelf = Shelf(store)
    first = shelf.release()
    for at in range(KEPT):
        small.build(store, f"other-{at}")
        shelf.release(f"other-{at}")
    assert shelf.release("first") is not first
    assert shelf.release(f"other-{KEPT - 1}") is shelf.release()


def test_a_store_without_releases(tmp_path):
    shelf = Shelf(Store(tmp_path / "empty"))
    assert shelf.current is None
    with pytest.raises(InputError, match="There is no release"):
        shelf.release()
