"""Processes that make reports beside each other, one report each at a time.

They send what they make and write nothing, so that one may be ended at any moment. Each has a
connection of its own: when it closes, it is known whose report went with it, which a pool of
processes does not tell.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from math import inf
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from samsyn.cli.report_files import Made, made

if TYPE_CHECKING:
    from samsyn.publish.situation import Choice
    from samsyn.statistics.query import Release

# A worker that has grown beyond this many megabytes is replaced before its next report; its usual
# size is about half.
LARGEST: Final = 500.0
TRIES: Final = 2
ENDING: Final = 20.0  # seconds that a worker has to end, once it is told to


@dataclass(frozen=True)
class Task:
    """What the reports of many places have in common."""

    store: Path
    release: str
    choice: Choice
    form: str


# A report, or why there is none.
Outcome: TypeAlias = Made | str


def each(task: Task, places: Iterable[str], workers: int) -> Generator[tuple[str, Outcome]]:
    """Places (their keys) with their reports, in the order in which they are ready.

    A report with which its process ended is tried once more, after all the others.
    """
    waiting = deque(places)
    lost: dict[str, int] = {}
    team = _Team(task, min(workers, len(waiting)))
    try:
        while waiting or team.busy:
            team.give(waiting)
            for place, outcome in team.taken():
                if outcome is not None:
                    yield place, outcome
                    continue
                lost[place] = lost.get(place, 0) + 1
                if lost[place] < TRIES:
                    waiting.append(place)
                else:
                    yield place, "its process ended twice in the middle of it; is memory enough?"
        team.end()
    finally:
        team.stop()


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Team:
    """Workers, and which place each has in hand."""

    def __init__(self, task: Task, size: int) -> None:
        self._task = task
        self._size = size
        self._idle: list[_Worker] = []
        self.busy: dict[object, tuple[_Worker, str]] = {}

    def give(self, waiting: deque[str]) -> None:
        """Let everybody have a place, as far as there are any."""
        while waiting and len(self.busy) < self._size:
            worker = self._idle.pop() if self._idle else _Worker(self._task, self._size)
            place = waiting.popleft()
            self.busy[worker.connection] = worker, place
            worker.give(place)

    def taken(self) -> list[tuple[str, Outcome | None]]:
        """What is ready, waiting for it; None where a process ended."""
        found: list[tuple[str, Outcome | None]] = []
        for connection in wait([worker.connection for worker, _ in self.busy.values()]):
            worker, place = self.busy.pop(connection)
            outcome: Outcome | None = None
            memory = inf
            with contextlib.suppress(EOFError, ConnectionError):
                outcome, memory = worker.connection.recv()
            found.append((place, outcome))
            if memory < LARGEST:
                self._idle.append(worker)
            else:
                worker.end()
        return found

    def end(self) -> None:
        """Let those that have nothing to do end by themselves."""
        while self._idle:
            self._idle.pop().end()

    def stop(self) -> None:
        """End all, whatever they have in hand."""
        there = [*self._idle, *(worker for worker, _ in self.busy.values())]
        for worker in there:
            worker.process.terminate()
        for worker in there:
            worker.end()
        self._idle, self.busy = [], {}


class _Worker:
    """A process, and the connection to it."""

    def __init__(self, task: Task, among: int) -> None:
        spawning = multiprocessing.get_context("spawn")
        self.connection, theirs = spawning.Pipe()
        threads = max(1, cores() // among)
        self.process = spawning.Process(target=_work, args=(theirs, threads), daemon=True)
        with theirs, _undisturbed():
            self.process.start()
        with contextlib.suppress(OSError):
            self.connection.send(task)

    def give(self, place: str) -> None:
        with contextlib.suppress(OSError):  # if it has ended, the connection tells that too
            self.connection.send(place)

    def end(self) -> None:
        self.connection.close()
        self.process.join(ENDING)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """A process that starts meanwhile does not hear Ctrl+C, which a terminal sends to all."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(connection: Connection, threads: int) -> None:
    """Make a report of each place that is told, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # As it ends by itself, what it keeps in temporary folders is taken away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # Read when these are imported, with the task: as many threads in all as there are cores.
    for name in ("POLARS_MAX_THREADS", "RAYON_NUM_THREADS", "NUMBA_NUM_THREADS"):
        os.environ.setdefault(name, str(threads))
    with contextlib.suppress(EOFError, ConnectionError):
        task: Task = connection.recv()
        while True:
            connection.send((_outcome(task, connection.recv()), _memory()))


def _outcome(task: Task, place: str) -> Outcome:
    try:
        choice = replace(task.choice, place=place)
        return made(_opened(task.store, task.release), choice, task.form)
    except Exception as error:
        return reason(error)


@cache
def _opened(store: Path, name: str) -> Release:
    """The release; at the first report, so that what is wrong with it is told as any error is."""
    from samsyn.statistics.query import Release

    return Release.open(store, name, mapped=True)


def reason(error: Exception) -> str:
    """Why there is no report, in one line."""
    from samsyn.measure import InputError

    if isinstance(error, OSError):
        return f"{error.filename or 'it'} cannot be written or read: {error.strerror or error}"
    told = " ".join(str(error).split())
    return told if isinstance(error, InputError) else f"{type(error).__name__}: {told}"


def _memory() -> float:
    """Megabytes that are this process's own; 0 where the system does not tell."""
    told = Path("/proc/self/status")
    lines = told.read_text(encoding="ascii").splitlines() if told.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon")), 0.0)
