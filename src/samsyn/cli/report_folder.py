"""A folder of reports that were made with the same options: what is in it, and what is lacking.

A file beside the reports says which options these are and what each report was when it was whole.
Whoever was interrupted can then go on, and no folder holds reports that differ by chance.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import click

from samsyn.cli.output import Output
from samsyn.cli.report_files import Made

STATE: Final = "samsyn-report.json"
DAY: Final = "date"

Options = dict[str, str]


@dataclass(frozen=True)
class Entry:
    """A report that was made: its file, how large it was, its checksum, and what it lacks."""

    file: str
    bytes: int
    sha256: str
    notice: str


class Folder:
    """The reports in a folder, by the keys of their places."""

    def __init__(self, path: Path, options: Options, entries: dict[str, Entry]) -> None:
        self.path = path
        self.options = options
        self.entries = entries

    @classmethod
    def opened(cls, path: Path, options: Options, *, dated: bool) -> Folder:
        """The folder, made where there is none; its own date stands unless one is told (`dated`).

        Raises UsageError where it cannot be written, or holds reports made with other options.
        """
        _make(path)
        state = path / STATE
        _require_file(state)
        there: Options = {}
        entries: dict[str, Entry] = {}
        if state.exists():
            there, entries = _read(state)
            if not dated:
                options = options | {DAY: there.get(DAY, options[DAY])}
            _require_same(path, there, options)
        folder = cls(path, options, entries)
        folder._write()
        return folder

    def has(self, place: str, file: str) -> bool:
        """Whether the report of a place is there and whole."""
        entry = self.entries.get(place)
        path = self.path / file
        if entry is None or entry.file != file or not path.is_file():
            return False
        return path.stat().st_size == entry.bytes and _checksum(path.read_bytes()) == entry.sha256

    def put(self, place: str, file: str, made: Made) -> None:
        """Write the report of a place. Raises OSError where that cannot be."""
        Output("", self.path / file).put(made.content)
        checksum = _checksum(made.content)
        self.entries[place] = Entry(file, len(made.content), checksum, made.notice)
        self._write()

    def _write(self) -> None:
        reports = {place: asdict(self.entries[place]) for place in sorted(self.entries)}
        content = {"options": self.options, "reports": reports}
        text = json.dumps(content, ensure_ascii=False, indent=1)
        Output("", self.path / STATE).put(f"{text}\n".encode())


def _make(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise click.UsageError(f"{path} is a file: with --all, --output names a folder")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"the folder {path} cannot be made: {error.strerror}") from None


def _require_file(state: Path) -> None:
    """That the state, and so the reports, can be written."""
    Output.of("", state)


def _read(state: Path) -> tuple[Options, dict[str, Entry]]:
    try:
        told: Mapping[str, Any] = json.loads(state.read_text(encoding="utf-8"))
        reports: Mapping[str, Any] = told["reports"]
        return dict(told["options"]), {place: Entry(**one) for place, one in reports.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise click.UsageError(
            f"{state} does not say which reports there are: remove it, and all are made anew"
        ) from None


def _require_same(path: Path, there: Options, asked: Options) -> None:
    names = dict.fromkeys([*there, *asked])
    other = [
        f"{name} was {there.get(name) or 'not told'} and is now {asked.get(name) or 'not told'}"
        for name in names
        if there.get(name) != asked.get(name)
    ]
    if other:
        raise click.UsageError(
            f"{path} holds reports that were made with other options: {'; '.join(other)}. Give "
            "those to go on with it, or name another folder with --output"
        )


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
