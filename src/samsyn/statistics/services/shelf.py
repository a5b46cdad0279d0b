"""The folder in which answers are kept: whole, each with where it comes from, none half done.

    FOLDER/scb/TAB6571/001.json                   an answer, byte for byte as it came
    FOLDER/scb/TAB6571/001.json.provenance.json   what was asked, when, of whom; checksum, licence
    FOLDER/.samsyn/journal.jsonl                  what was planned and what became of it
    FOLDER/.samsyn/incoming/scb/TAB6571/          a collection of which not all has come
    FOLDER/.samsyn/answers/                       what services say of themselves and their tables

A collection (all answers about one table) stands in FOLDER only when all of it has come, and then
it takes the place of an older one. Whoever reads the folder never sees half of either.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Final

from samsyn.measure.errors import InputError
from samsyn.statistics.services.client import Answer, Request
from samsyn.statistics.services.pace import Clock

HIDDEN: Final = ".samsyn"
BESIDE: Final = ".provenance.json"
TORN: Final = ".part-"  # a file that is being written, or was when its writer died


@dataclass(frozen=True)
class Facts:
    """What is kept beside an answer of where it comes from."""

    origin: str
    licence: str | None = None
    table: str | None = None
    title: str | None = None
    updated: str | None = None


@dataclass(frozen=True)
class _Found:
    path: Path
    retrieved: str


class Shelf:
    """Keeps answers in a folder; `resume` takes what an earlier fetch left there as come.

    Every file is written whole or not at all. The checksum beside an answer says that it came
    whole: an answer that does not match it, or belongs to another request, counts as not come.
    """

    def __init__(self, folder: Path, resume: bool, clock: Clock | None = None) -> None:
        self.folder = folder
        self._hidden = folder / HIDDEN
        self._clock = clock or Clock()
        self._resume = resume
        self._too_large: set[str] = set()
        self._came: set[str] = set()
        self._put_back()
        for torn in self._hidden.rglob(f"{TORN}*"):
            torn.unlink()
        journal = self._hidden / "journal.jsonl"
        if resume:
            self._too_large = {
                entry["request"] for entry in _entries(journal) if entry.get("state") == "too large"
            }
        else:
            journal.unlink(missing_ok=True)
            shutil.rmtree(self._hidden / "incoming", ignore_errors=True)

    def recall(self, place: str, request: Request) -> Answer | None:
        """The answer to a request that was kept at a place, if it is whole.

        An earlier fetch may have kept it only where this one resumes.
        """
        if not self._resume and place not in self._came:
            return None
        found = self._found(place, request)
        if found is None:
            return None
        content = found.path.read_bytes()
        document = json.loads(content.decode("utf-8-sig"))
        return Answer(request, content, document, found.retrieved)

    def keep(self, place: str, answer: Answer, facts: Facts) -> None:
        """Keep an answer at a place."""
        path = self._incoming(place)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = {
            "method": answer.request.method,
            "address": answer.request.address,
            "body": answer.request.body,
            "retrieved": answer.retrieved,
            "sha256": sha256(answer.content).hexdigest(),
            **vars(facts),
        }
        told = {name: value for name, value in beside.items() if value is not None}
        _write(path, answer.content)
        # The checksum comes last: with it, the answer has come.
        _write(_beside(path), json.dumps(told, ensure_ascii=False, indent=1).encode())
        self._came.add(place)
        self.note("came", place, answer.request)

    def note(self, state: str, place: str, request: Request) -> None:
        """Write in the journal what became of a request: planned, came, too large or failed."""
        if state == "too large":
            self._too_large.add(request.key)
        entry = {
            "at": self._clock.date().isoformat(timespec="seconds"),
            "state": state,
            "place": place,
            "asked": str(request),
            "request": request.key,
        }
        self._hidden.mkdir(parents=True, exist_ok=True)
        with (self._hidden / "journal.jsonl").open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def was_too_large(self, request: Request) -> bool:
        """Whether the service has said of this request that it holds too many cells."""
        return request.key in self._too_large

    def publish(self, collection: str, wanted: Sequence[tuple[str, Request]]) -> list[Path]:
        """Put a collection in its place in the folder, with exactly these answers in it.

        Raises InputError where one of them was changed meanwhile.
        """
        incoming, target = self._incoming(collection), self.folder / collection
        names = {place: self.folder / place for place, _ in wanted}
        if not incoming.exists() and _answers_in(target) == set(names.values()):
            return list(names.values())
        for place, request in wanted:
            found = self._found(place, request)
            if found is None:
                raise InputError(f"{self.folder / place} was changed by someone else: fetch again")
            path = self._incoming(place)
            if found.path != path:
                path.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(found.path, path)
                shutil.copy2(_beside(found.path), _beside(path))
        for stray in _answers_in(incoming) - {self._incoming(place) for place in names}:
            stray.unlink()
            _beside(stray).unlink(missing_ok=True)
        outgoing = self._hidden / "outgoing" / collection
        if target.exists():
            outgoing.parent.mkdir(parents=True, exist_ok=True)
            target.replace(outgoing)
        target.parent.mkdir(parents=True, exist_ok=True)
        incoming.replace(target)
        shutil.rmtree(outgoing, ignore_errors=True)
        return list(names.values())

    def _found(self, place: str, request: Request) -> _Found | None:
        for path in (self._incoming(place), self.folder / place):
            try:
                told = json.loads(_beside(path).read_bytes())
                with path.open("rb") as file:
                    checksum = file_digest(file, "sha256").hexdigest()
                asked = Request(told["method"], told["address"], told.get("body"))
                if asked == request and told["sha256"] == checksum:
                    return _Found(path, told["retrieved"])
            except (OSError, ValueError, KeyError, TypeError):
                continue
        return None

    def _incoming(self, place: str) -> Path:
        aside = place.startswith(f"{HIDDEN}/")
        return self.folder / place if aside else self._hidden / "incoming" / place

    def _put_back(self) -> None:
        """Undo an exchange of collections that was interrupted between its two steps."""
        for outgoing in self._hidden.glob("outgoing/*/*"):
            target = self.folder / outgoing.parent.name / outgoing.name
            if target.exists():
                shutil.rmtree(outgoing)
            else:
                outgoing.replace(target)


@contextmanager
def opened_shelf(folder: Path, resume: bool, clock: Clock | None = None) -> Iterator[Shelf]:
    """The shelf in a folder, for this process alone.

    Raises InputError where the folder cannot be made, or another fetch writes to it.
    """
    from filelock import FileLock, Timeout

    try:
        (folder / HIDDEN).mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise InputError(f"{folder} is not a folder: name one to fetch to") from None
    lock = FileLock(folder / HIDDEN / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise InputError(
            f"another fetch writes to {folder} just now: wait for it, or fetch to another folder"
        ) from None
    try:
        yield Shelf(folder, resume, clock)
    finally:
        lock.release()


def _entries(journal: Path) -> list[dict[str, Any]]:
    """The journal's entries; a last line that was cut off is no entry."""
    entries = []
    if journal.exists():
        for line in journal.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                entries.append(json.loads(line))
            except ValueError:
                continue
    return [entry for entry in entries if isinstance(entry, dict)]


def _beside(path: Path) -> Path:
    return path.with_name(path.name + BESIDE)


def _answers_in(folder: Path) -> set[Path]:
    """The answers in a folder, as the files beside them tell."""
    return {path.with_name(path.name.removesuffix(BESIDE)) for path in folder.glob(f"*{BESIDE}")}


def _write(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=TORN)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
