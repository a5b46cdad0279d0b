"""Results in every form, whole or not at all."""

import io
import json
import os
import sys

import polars as pl
import pytest

from samsyn.cli.output import Output
from tests.cli.conftest import VATTLAND

QUESTION = [
    "measure", VATTLAND, "--unit", "area", "--region", "municipality",
    "--groups", "swedish_background,foreign_background", "--group", "foreign_background",
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "json", "parquet", "txt"])
def test_the_ending_of_the_file_chooses_the_form(samsyn, tmp_path, suffix):
    path = tmp_path / f"result.{suffix}"
    outcome = samsyn(*QUESTION, "--output", path)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    if suffix == "csv":
        found = pl.read_csv(path)
    elif suffix == "parquet":
        found = pl.read_parquet(path)
    elif suffix == "json":
        found = pl.DataFrame(json.loads(path.read_text(encoding="utf-8")))
    else:
        assert path.read_text(encoding="utf-8").startswith("region")
        return
    assert found.columns == ["region", "index", "group", "against", "value"]
    assert found["region"].to_list() == ["Vattstad", "Lindsunda", "Hällmora"]
    assert found["value"][0] == pytest.approx(0.27497185)


def test_parquet_passes_through_a_pipe(capfdbinary):
    from samsyn.cli import main

    with pytest.raises(SystemExit):
        main([*map(str, QUESTION), "--format", "parquet"])
    assert pl.read_parquet(io.BytesIO(capfdbinary.readouterr().out)).height == 3


def test_a_failure_leaves_the_old_file_and_nothing_else(samsyn, tmp_path, monkeypatch):
    path = tmp_path / "result.csv"
    path.write_text("before", encoding="utf-8")

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_csv", fail)
    outcome = samsyn(*QUESTION, "--output", path)
    assert outcome.code == 1
    assert "No space left on device" in outcome.err
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_is_said_before_the_work(samsyn, tmp_path, monkeypatch):
    from samsyn.statistics import tables

    monkeypatch.setattr(tables, "read_table", lambda *_: pytest.fail("the work began"))
    nowhere = samsyn(*QUESTION, "--output", tmp_path / "nowhere" / "result.csv")
    folder = samsyn(*QUESTION, "--output", tmp_path)
    odd = samsyn(*QUESTION, "--output", tmp_path / "result.docx")
    assert (nowhere.code, folder.code, odd.code) == (2, 2, 2)
    assert "no folder" in nowhere.err
    assert "is a folder" in folder.err
    assert "give --format" in odd.err


def test_a_new_file_has_the_rights_that_the_user_has_set(samsyn, tmp_path):
    before = os.umask(0o027)
    try:
        samsyn(*QUESTION, "--output", tmp_path / "result.csv")
    finally:
        os.umask(before)
    assert (tmp_path / "result.csv").stat().st_mode & 0o777 == 0o640


def test_a_terminal_gets_a_table_by_rich(samsyn, monkeypatch, capsys):
    from samsyn.cli.output import Output

    frame = pl.DataFrame({"region": ["[Ö]"], "value": [0.5]})
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    Output("table", None).write(frame)
    said = capsys.readouterr().out
    assert "[Ö]" in said
    assert "0.5000" in said


class Interrupted:
    """Ctrl+C before one of the lines of `Output.put`, counted from 1."""

    def __init__(self, at: int) -> None:
        self.at, self.lines = at, 0

    def __call__(self, frame, event, _):
        if frame.f_code is not Output.put.__code__:
            return None
        self.lines += event == "line"
        if event == "line" and self.lines == self.at:
            raise KeyboardInterrupt
        return self


# Between opening a file and holding it: then it is closed as it is forgotten.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_whenever_it_is_interrupted_no_half_written_file_is_left(tmp_path):
    path = tmp_path / "out.csv"
    for at in range(1, 30):
        sys.settrace(Interrupted(at))
        try:
            Output("", path).put(b"content")
        except KeyboardInterrupt:
            pass
        else:
            break
        finally:
            sys.settrace(None)
        assert {one.name for one in tmp_path.iterdir()} <= {"out.csv"}, f"before line {at}"
        path.unlink(missing_ok=True)
    assert at > 4
    assert path.read_bytes() == b"content"
