"""The command, run as a user runs it but within the test's own process."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from samsyn.cli import main

ROOT = Path(__file__).resolve().parents[2]
VATTLAND = ROOT / "examples/vattland.csv"


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def samsyn(capsys):
    """Run the command with these arguments."""

    def run(*arguments):
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Outcome(left.value.code or 0, said.out, said.err)

    return run


@pytest.fixture
def table(tmp_path):
    """Write a file of text and give its path."""

    def write(text, name="areas.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write
