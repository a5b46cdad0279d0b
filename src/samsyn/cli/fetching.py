"""A fetch from the services while it runs: what it does, what it says, and what is left of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samsyn.cli.progress import Report, bar
from samsyn.cli.store import opened_store

if TYPE_CHECKING:
    from samsyn.statistics.services import (
        Fetched,
        KeyFigure,
        Kolada,
        Plan,
        PxWeb,
        Session,
        Shelf,
        Years,
    )

ONGOING = "the same command with --resume goes on from there"

# What is to be done: it is given a way to say how far it has come.
Job = Callable[["Report | None"], "Fetched | None"]


@dataclass
class Run:
    """One fetch: where it keeps things, for which years, and what it has done."""

    folder: Path
    shelf: Shelf | None
    years: Years
    sessions: list[Session]
    resume: bool

    def pxweb(self, url: str | None, language: str = "sv") -> PxWeb:
        """The PxWeb server to ask."""
        from samsyn.statistics.services import PxWeb

        return PxWeb(self._session(), url, language)

    def kolada(self, url: str | None) -> Kolada:
        """Kolada to ask."""
        from samsyn.statistics.services import Kolada

        return Kolada(self._session(), url)

    def table(self, px: PxWeb, plan: Callable[[], Plan]) -> Job:
        """The job that has a table come."""
        from samsyn.statistics.services import fetch_table

        def job(report: Report | None) -> Fetched | None:
            what = plan()
            self._say(f"{what.table.id}  {what.table.label}: {what.cells:,} cells", len(what.parts))
            if self.shelf is None:
                return None
            return fetch_table(px, self.shelf, what, _share(report, what.table.id))

        return job

    def figure(
        self, service: Kolada, find: Callable[[], KeyFigure], within: Sequence[str] = ()
    ) -> Job:
        """The job that has a key figure come."""

        def job(report: Report | None) -> Fetched | None:
            found = find()
            blocks = service.requests(found.id, self.years, _this_year(), within)
            self._say(f"{found.id}  {found.title}", len(blocks))
            if self.shelf is None:
                return None
            return service.fetch(self.shelf, found, blocks, _share(report, found.id))

        return job

    def all(self, jobs: Sequence[Job]) -> None:
        """Do the jobs one after the other; raise InputError at the end for those that cannot be."""
        from samsyn.measure import InputError

        wrong: list[str] = []
        done: list[Fetched] = []
        with bar("Fetching") as report:
            for number, job in enumerate(jobs):
                try:
                    fetched = job(_part(report, number, len(jobs)))
                except InputError as error:
                    wrong.append(str(error))
                    if len(jobs) > 1:
                        click.echo(f"Left out: {error}.", err=True)
                    continue
                if fetched is not None:
                    done.append(fetched)
        if self.shelf is not None:
            self._sum_up(done)
        if wrong:
            left_out = f"{len(wrong)} of {len(jobs)} were left out, see above"
            raise InputError(wrong[0] if len(jobs) == 1 else left_out)

    def _session(self) -> Session:
        from samsyn.statistics.services import Client, Session

        client = Client(tell=lambda text: click.echo(text, err=True))
        self.sessions.append(Session(client, self.shelf))
        return self.sessions[-1]

    def _say(self, what: str, requests: int) -> None:
        many = "1 request" if requests == 1 else f"{requests} requests"
        click.echo(f"{what}, {many}", err=self.shelf is not None)

    def _sum_up(self, done: Sequence[Fetched]) -> None:
        files = [file for fetched in done for file in fetched.files]
        size = sum(file.stat().st_size for file in files) / 1e6
        recalled = sum(session.recalled for session in self.sessions)
        kept = f"; {recalled} answers had come before" if recalled else ""
        click.echo(
            f"{len(files)} files, {size:.1f} MB, are in {self.folder}{kept}. "
            f"`samsyn release build {self.folder}` makes a release of them."
        )


@contextmanager
def running(
    years: str | None, to: Path | None, store: Path | None, resume: bool, dry: bool
) -> Iterator[Run]:
    """A fetch, whose errors say what has been kept."""
    from samsyn.statistics.services import ServiceError, opened_shelf, parse_years

    folder = to or opened_store(store).path / "fetched"
    wanted = parse_years(years)
    if dry:
        run = Run(folder, None, wanted, [], resume)
        try:
            yield run
        finally:
            _close(run)
        return
    with opened_shelf(folder, resume) as shelf:
        run = Run(folder, shelf, wanted, [], resume)
        try:
            yield run
        except KeyboardInterrupt:
            click.echo(f"\nWhat came is kept in {folder}; {ONGOING}.", err=True)
            raise
        except ServiceError as error:
            came = sum(session.asked + session.recalled for session in run.sessions)
            raise ServiceError(
                f"{error}. The {came} answers that came are kept in {folder}; {ONGOING}"
            ) from None
        finally:
            _close(run)


def _close(run: Run) -> None:
    for session in run.sessions:
        session.client.close()


def _share(report: Report | None, label: str) -> Callable[[int, int], None] | None:
    return (lambda done, all_: report(done / max(1, all_), label)) if report else None


def _part(report: Report | None, number: int, jobs: int) -> Report | None:
    """The bar of one job among several."""
    if report is None:
        return None
    return lambda done, label: report((number + done) / jobs, label)


def _this_year() -> int:
    from datetime import date

    return date.today().year
