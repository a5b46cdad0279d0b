"""Processes that make reports: what becomes of a report that ends its process."""

import os
import signal
from dataclasses import dataclass
from datetime import date

import pytest

from samsyn.cli import report_workers
from samsyn.cli.report_files import Made
from samsyn.cli.report_workers import Task, each, reason
from samsyn.measure import InputError
from samsyn.publish.situation import Choice

PLACES = [f"municipality/2025/990{number}" for number in range(1, 5)]


@dataclass(frozen=True)
class Deadly(Choice):
    """A choice that ends the process that makes the report of one place."""

    def __post_init__(self):
        super().__post_init__()
        if self.place == PLACES[1]:
            os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def task(demo_store):
    choice = Choice("", sections=("summary",), day=date(2026, 11, 20))
    return Task(demo_store.path, "demo", choice, "html")


def test_one_worker_or_several_give_the_same(task):
    alone, together = (dict(each(task, PLACES, workers)) for workers in (1, 3))
    assert set(alone) == set(PLACES)
    assert all(isinstance(outcome, Made) for outcome in alone.values())
    assert alone == together


def test_a_report_that_ends_its_process_is_tried_twice_and_the_others_are_made(task):
    choice = Deadly("", sections=("summary",), day=date(2026, 11, 20))
    found = dict(each(Task(task.store, "demo", choice, "html"), PLACES, 2))
    assert set(found) == set(PLACES)
    assert [place for place in PLACES if isinstance(found[place], str)] == [PLACES[1]]
    assert "its process ended twice" in found[PLACES[1]]


def test_what_is_wrong_with_one_report_is_told_of_it(task):
    found = dict(each(task, [PLACES[0], "municipality/2025/0000"], 1))
    assert isinstance(found[PLACES[0]], Made)
    assert "There is no area" in found["municipality/2025/0000"]


def test_a_worker_that_has_grown_is_replaced(task, monkeypatch):
    expected = dict(each(task, PLACES[:2], 1))
    monkeypatch.setattr(report_workers, "LARGEST", 1.0)
    begun = []
    make = report_workers._Worker

    def counted(*told):
        begun.append(make(*told))
        return begun[-1]

    monkeypatch.setattr(report_workers, "_Worker", counted)
    assert dict(each(task, PLACES[:2], 1)) == expected
    assert len(begun) == 2


def test_none_asked_for_none_started(task):
    assert list(each(task, [], 2)) == []


def test_no_process_is_left_when_nobody_listens_any_more(task):
    import multiprocessing

    before = set(multiprocessing.active_children())
    coming = each(task, PLACES, 2)
    next(coming)
    assert len(set(multiprocessing.active_children()) - before) == 2
    coming.close()
    assert set(multiprocessing.active_children()) <= before


def test_reasons():
    assert reason(InputError("There is no area")) == "There is no area"
    assert reason(ValueError("odd\n one")) == "ValueError: odd one"
    full = OSError(28, "No space left on device", "a.pdf")
    assert reason(full) == "a.pdf cannot be written or read: No space left on device"
