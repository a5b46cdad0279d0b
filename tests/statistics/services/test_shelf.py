"""The folder in which answers are kept."""

import json
import shutil
from datetime import UTC, datetime

import pytest

from samsyn.measure import InputError
from samsyn.statistics.services import Clock, Facts, Request, Shelf, opened_shelf
from samsyn.statistics.services.client import Answer

ONE, TWO = (Request("POST", f"http://x/{n}", '{"å": 1}') for n in "12")
FACTS = Facts("SCB", "CC0", "TAB1", "Folkmängd")


def answer(request, content=b'{"a": "\xc3\xa5"}'):
    return Answer(request, content, json.loads(content), "2026-03-01T12:00:00+00:00")


def seen(folder):
    """What a reader of the folder sees."""
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*.json")
        if ".samsyn" not in path.parts and "provenance" not in path.name
    )


def test_a_collection_is_seen_when_all_of_it_has_come(tmp_path):
    shelf = Shelf(tmp_path, resume=False)
    shelf.keep("scb/T/001.json", answer(ONE), FACTS)
    assert seen(tmp_path) == []
    shelf.keep("scb/T/002.json", answer(TWO), FACTS)
    files = shelf.publish("scb/T", [("scb/T/001.json", ONE), ("scb/T/002.json", TWO)])
    assert seen(tmp_path) == ["scb/T/001.json", "scb/T/002.json"]
    assert files[0].read_bytes() == answer(ONE).content


def test_only_the_same_request_is_recalled(tmp_path):
    Shelf(tmp_path, resume=False).keep("scb/T/001.json", answer(ONE), FACTS)
    shelf = Shelf(tmp_path, resume=True)
    assert shelf.recall("scb/T/001.json", ONE) == answer(ONE)
    assert shelf.recall("scb/T/001.json", TWO) is None
    assert shelf.recall("scb/T/001.json", Request("POST", ONE.address, "{}")) is None


def test_a_fetch_that_starts_anew_forgets_what_was_left(tmp_path):
    Shelf(tmp_path, resume=False).keep("scb/T/001.json", answer(ONE), FACTS)
    Shelf(tmp_path, resume=False)
    assert Shelf(tmp_path, resume=True).recall("scb/T/001.json", ONE) is None


def test_what_is_published_and_what_came_since_are_put_together(tmp_path):
    shelf = Shelf(tmp_path, resume=False)
    for place, request in (("scb/T/001.json", ONE), ("scb/T/002.json", ONE)):
        shelf.keep(place, answer(request), FACTS)
    shelf.publish("scb/T", [("scb/T/001.json", ONE), ("scb/T/002.json", ONE)])
    shelf = Shelf(tmp_path, resume=True)
    shelf.keep("scb/T/003.json", answer(TWO), FACTS)
    shelf.publish("scb/T", [("scb/T/001.json", ONE), ("scb/T/003.json", TWO)])
    assert seen(tmp_path) == ["scb/T/001.json", "scb/T/003.json"]
    assert not list((tmp_path / ".samsyn").rglob("outgoing/*/*"))


def test_an_exchange_that_was_interrupted_is_undone(tmp_path):
    shelf = Shelf(tmp_path, resume=False)
    shelf.keep("scb/T/001.json", answer(ONE), FACTS)
    shelf.publish("scb/T", [("scb/T/001.json", ONE)])
    outgoing = tmp_path / ".samsyn/outgoing/scb/T"
    outgoing.parent.mkdir(parents=True)
    shutil.move(tmp_path / "scb/T", outgoing)
    Shelf(tmp_path, resume=True)
    assert seen(tmp_path) == ["scb/T/001.json"]
    assert not outgoing.exists()


def test_files_torn_by_a_power_cut_do_not_stay(tmp_path):
    shelf = Shelf(tmp_path, resume=False)
    shelf.keep("scb/T/001.json", answer(ONE), FACTS)
    torn = tmp_path / ".samsyn/incoming/scb/T/.part-abc"
    torn.write_bytes(b"half")
    Shelf(tmp_path, resume=True)
    assert not torn.exists()


def test_the_journal_tells_what_became_of_each_request(tmp_path):
    clock = Clock(date=lambda: datetime(2026, 3, 1, tzinfo=UTC))
    shelf = Shelf(tmp_path, resume=False, clock=clock)
    shelf.note("planned", "scb/T/001.json", ONE)
    shelf.keep("scb/T/001.json", answer(ONE), FACTS)
    shelf.note("too large", "scb/T/002.json", TWO)
    journal = tmp_path / ".samsyn/journal.jsonl"
    lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    assert [line["state"] for line in lines] == ["planned", "came", "too large"]
    assert lines[0]["asked"] == "POST http://x/1"
    assert lines[0]["at"] == "2026-03-01T00:00:00+00:00"
    # The last line was cut off.
    journal.write_text(journal.read_text("utf-8") + '{"state": "too la', "utf-8")
    again = Shelf(tmp_path, resume=True)
    assert again.was_too_large(TWO)
    assert not again.was_too_large(ONE)


def test_an_answer_changed_before_it_is_published_is_an_error(tmp_path):
    shelf = Shelf(tmp_path, resume=False)
    shelf.keep("scb/T/001.json", answer(ONE), FACTS)
    (tmp_path / ".samsyn/incoming/scb/T/001.json").write_bytes(b"{}")
    with pytest.raises(InputError, match="was changed by someone else"):
        shelf.publish("scb/T", [("scb/T/001.json", ONE)])


def test_two_fetches_do_not_write_to_one_folder(tmp_path):
    other = opened_shelf(tmp_path, resume=True)
    with (
        opened_shelf(tmp_path, resume=False),
        pytest.raises(InputError, match="another fetch writes to"),
    ):
        other.__enter__()
    with opened_shelf(tmp_path, resume=True) as shelf:
        assert shelf.folder == tmp_path


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "taken").write_text("")
    shelf = opened_shelf(tmp_path / "taken", resume=False)
    with pytest.raises(InputError, match="is not a folder"):
        shelf.__enter__()
