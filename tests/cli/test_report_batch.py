"""Reports of all places into one folder: restarted, interrupted, and with some that fail."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samsyn.cli import report_batch
from samsyn.cli.report_folder import STATE

SAMSYN = Path(sys.executable).with_name("samsyn")
NAMES = ["ekvattna", "granudden", "hallmora", "kvarnfors", "lindsunda", "norrvattna", "skarlosa",
         "vattstad"]  # fmt: skip
FILES = [f"lagesbild-{name}-2022.pdf" for name in NAMES]
OPTIONS = ["--period", "2022", "--sections", "summary", "--jobs", "2"]
PATIENCE = 240


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "reports"


@pytest.fixture
def batch(samsyn, demo_store, folder):
    """Make the reports of all municipalities."""

    def run(*more, options=OPTIONS):
        told = ["--all", "municipality", "--output", folder, "--store", demo_store.path]
        return samsyn("report", *told, *options, *more)

    return run


@pytest.fixture
def running(demo_store, folder):
    """The same as a process of its own, with a folder of temporary files of its own."""
    started = []
    temporary = folder.with_name("temporary")
    temporary.mkdir()

    def run(*options):
        told = ["--all", "municipality", "--output", folder, "--store", demo_store.path]
        process = subprocess.Popen(
            [SAMSYN, "report", *told, *options], stderr=subprocess.PIPE, text=True,
            env=os.environ | {"TMPDIR": str(temporary)}, start_new_session=True,
        )  # fmt: skip
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stderr.close()
    assert list(temporary.iterdir()) == []


def reports(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != STATE)


def stamps(folder):
    return {name: (folder / name).stat().st_mtime_ns for name in reports(folder)}


def workers(process):
    """The processes that make reports for a process."""
    text = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii")
    return [int(one) for one in text.split() if b"spawn_main" in _command(one)]


def _command(number):
    path = Path(f"/proc/{number}/cmdline")
    return path.read_bytes() if path.exists() else b""


def wait_for(what):
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_all_are_made_and_only_what_is_lacking_is_made_again(batch, folder, monkeypatch):
    monkeypatch.setattr(report_batch, "OFTEN", 3)
    outcome = batch()
    assert (outcome.code, outcome.out) == (0, "")
    assert reports(folder) == FILES
    lines = outcome.err.splitlines()
    assert lines[:2] == ["3 of 8 reports (38%)", "6 of 8 reports (75%)"]
    assert f"8 of 8 reports are in {folder}: 8 made now, in " in lines[-1]

    before = stamps(folder)
    content = {name: (folder / name).read_bytes() for name in FILES}
    (folder / FILES[0]).unlink()
    with (folder / FILES[3]).open("r+b") as file:
        file.truncate(1000)
    (folder / FILES[5]).write_bytes(bytes(len(content[FILES[5]])))  # as large, and not whole
    outcome = batch()
    assert outcome.code == 0
    assert "8 of 8" in outcome.err
    assert "3 made now" in outcome.err
    after = stamps(folder)
    assert {name for name in FILES if after[name] != before[name]} == {*FILES[:6:3], FILES[5]}
    assert {name: (folder / name).read_bytes() for name in FILES} == content


def test_a_report_of_the_batch_is_the_report_of_the_place(samsyn, batch, folder, demo_store):
    told = ["--period", "2022", "--sections", "areas,evenness,labour,appendix", "-f", "html"]
    assert batch(options=[*told, "--date", "2026-11-20"]).code == 0
    alone = folder / "alone.html"
    told += ["--date", "2026-11-20", "--output", alone, "--store", demo_store.path]
    assert samsyn("report", "Vattstad", *told).code == 0
    assert alone.read_bytes() == (folder / "lagesbild-vattstad-2022.html").read_bytes()


def test_the_date_of_the_folder_stands_another_day(batch, folder):
    county = ["--sections", "summary", "--format", "html"]
    assert batch("--date", "2026-01-31", options=county).code == 0
    (folder / "lagesbild-vattstad-2024.html").unlink()
    outcome = batch(options=county)
    assert outcome.code == 0
    assert "1 made now" in outcome.err
    state = json.loads((folder / STATE).read_text(encoding="utf-8"))
    assert state["options"]["date"] == "2026-01-31"


def test_reports_of_other_options_are_not_mixed(batch, folder):
    assert batch().code == 0
    before = stamps(folder)
    for more, said in [
        (["--lang", "en"], "--lang was sv and is now en"),
        (["--author", "Vattstad"], "--author was not told and is now Vattstad"),
        (["--date", "1999-12-31"], "and is now 1999-12-31"),
        (["--format", "html"], "--format was pdf and is now html"),
    ]:
        outcome = batch(*more)
        assert (outcome.code, outcome.out) == (2, "")
        assert said in outcome.err
        assert "name another folder with --output" in outcome.err
    assert stamps(folder) == before


def test_a_state_that_cannot_be_read_is_said(batch, folder):
    folder.mkdir()
    for text in ("{", "[]", '{"options": {}, "reports": {"x": {"file": 1}}}'):
        (folder / STATE).write_text(text, encoding="utf-8")
        outcome = batch()
        assert outcome.code == 2
        assert f"{folder / STATE} does not say which reports there are" in outcome.err


def test_a_folder_that_cannot_be_made_is_said_before_the_work(batch, folder, monkeypatch):
    monkeypatch.setattr(report_batch, "each", lambda *_: pytest.fail("the work began"))
    folder.write_text("a file", encoding="utf-8")
    outcome = batch()
    assert outcome.code == 2
    assert f"{folder} is a file" in outcome.err
    folder.unlink()
    folder.mkdir()
    (folder / STATE).mkdir()
    outcome = batch()
    assert outcome.code == 2
    assert f"{folder / STATE} is a folder" in outcome.err


def test_those_that_fail_are_listed_and_tried_again(batch, folder):
    in_the_way = folder / FILES[2]
    in_the_way.mkdir(parents=True)
    outcome = batch()
    assert outcome.code == 1
    assert f"7 of 8 reports are in {folder}: 7 made now" in outcome.err
    *_, listed, last = outcome.err.splitlines()
    assert listed.startswith("  Hällmora (municipality/2025/9903): ")
    assert "Is a directory" in listed
    assert last.startswith("samsyn: 1 report could not be made")
    assert reports(folder) == FILES  # and no file that is half written

    in_the_way.rmdir()
    outcome = batch()
    assert outcome.code == 0
    assert "8 of 8" in outcome.err
    assert "1 made now" in outcome.err


@pytest.mark.skipif(sys.platform != "linux", reason="the system tells its processes otherwise")
def test_the_end_of_a_worker_loses_no_report(running, folder):
    process = running(*OPTIONS)
    wait_for(lambda: folder.exists() and len(reports(folder)) >= 1)
    os.kill(workers(process)[0], signal.SIGKILL)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert "8 of 8" in said
    assert reports(folder) == FILES
    # What was killed could not take its own away.
    for left in folder.with_name("temporary").iterdir():
        for file in left.iterdir():
            file.unlink()
        left.rmdir()


@pytest.mark.skipif(sys.platform != "linux", reason="the system tells its processes otherwise")
def test_ctrl_c_leaves_what_is_whole_and_says_how_to_go_on(running, batch, folder):
    process = running(*OPTIONS)
    wait_for(lambda: folder.exists() and len(reports(folder)) >= 2)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert "the same command goes on from there" in said
    there = stamps(folder)
    assert 2 <= len(there) < len(FILES)
    assert set(there) <= set(FILES)
    outcome = batch()
    assert outcome.code == 0
    assert f"{len(FILES) - len(there)} made now" in outcome.err
    assert {name: stamp for name, stamp in stamps(folder).items() if name in there} == there
