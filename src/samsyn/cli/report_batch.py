"""The reports of all municipalities or counties, made beside each other into one folder."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from samsyn.cli.progress import bar
from samsyn.cli.report_files import Made, file_name
from samsyn.cli.report_folder import DAY, Folder, Options
from samsyn.cli.report_workers import Task, each, reason

if TYPE_CHECKING:
    from samsyn.publish.situation import Choice
    from samsyn.statistics.query import Release

OFTEN: Final = 25  # reports between two lines, off a terminal
NAMED: Final = 5  # places that are named of those whose reports lack the same


def make_all(
    release: Release,
    store: Path,
    kind: str,
    choice: Choice,
    form: str,
    path: Path,
    jobs: int,
    *,
    dated: bool,
) -> None:
    """Make the reports that the folder does not have yet, and say what became of them.

    Raises ClickException at the end where some could not be made.
    """
    began = time.monotonic()
    areas = [release.area(key) for key in release.areas(kind).get_column("area")]
    folder = Folder.opened(path, _options(release, kind, choice, form), dated=dated)
    choice = replace(choice, day=date.fromisoformat(folder.options[DAY]))
    files = {area.area: file_name(release, area, choice, form) for area in areas}
    names = {area.area: area.name for area in areas}
    lacking = [place for place, file in files.items() if not folder.has(place, file)]
    task = Task(store, release.name, choice, form)
    try:
        failed = _make(folder, task, {place: files[place] for place in lacking}, names, jobs)
    except KeyboardInterrupt:
        there = sum(folder.has(place, file) for place, file in files.items())
        click.echo(
            f"\n{there} of {len(files)} reports are in {path}; the same command goes on from "
            "there.",
            err=True,
        )
        raise
    seconds = time.monotonic() - began
    _say_what_lacks(folder, names)
    click.echo(
        f"{len(files) - len(failed)} of {len(files)} reports are in {path}: "
        f"{len(lacking) - len(failed)} made now, in {_time(seconds)}.",
        err=True,
    )
    _require_none(failed, names)


def _make(
    folder: Folder, task: Task, files: Mapping[str, str], names: Mapping[str, str], jobs: int
) -> dict[str, str]:
    """Make the reports of these files; gives the places that have none, and why."""
    failed: dict[str, str] = {}
    with bar("Making reports") as progress, closing(each(task, files, jobs)) as coming:
        for done, (place, outcome) in enumerate(coming, 1):
            if isinstance(outcome, Made):
                try:
                    folder.put(place, files[place], outcome)
                except OSError as error:
                    failed[place] = reason(error)
            else:
                failed[place] = outcome
            if progress is not None:
                progress(done / len(files), f"{done} of {len(files)}, {names[place]}")
            elif done % OFTEN == 0 and done < len(files):
                click.echo(f"{done} of {len(files)} reports ({done / len(files):.0%})", err=True)
    return failed


def _options(release: Release, kind: str, choice: Choice, form: str) -> Options:
    """All that makes one report differ from another of the same place."""
    from samsyn import __version__
    from samsyn.statistics.release.manifest import fingerprint

    own = json.dumps(dict(choice.own), sort_keys=True)
    return {
        "samsyn": __version__,
        "release": release.name,
        "checksum of the release": fingerprint(release.folder)[:12],
        "--all": kind,
        "--format": form,
        "--lang": choice.language,
        "--period": choice.period or "",
        "--compare": ",".join(choice.compare) or "none",
        "--sections": ",".join(choice.sections),
        "--author": choice.author,
        "--site": choice.site,
        "checksum of --text": hashlib.sha256(own.encode()).hexdigest()[:12] if choice.own else "",
        DAY: choice.day.isoformat(),
    }


def _say_what_lacks(folder: Folder, names: Mapping[str, str]) -> None:
    """Each thing that reports say is missing in them, and in which."""
    where: dict[str, list[str]] = {}
    for place, entry in folder.entries.items():
        if entry.notice and place in names:
            where.setdefault(entry.notice, []).append(names[place])
    for notice, places in where.items():
        more = len(places) - NAMED
        others = f" and {more} more" if more > 0 else ""
        click.echo(f"Note in {', '.join(places[:NAMED])}{others}: {notice}", err=True)


def _require_none(failed: Mapping[str, str], names: Mapping[str, str]) -> None:
    if not failed:
        return
    for place in sorted(failed):
        click.echo(f"  {names[place]} ({place}): {failed[place]}", err=True)
    many = "1 report" if len(failed) == 1 else f"{len(failed)} reports"
    raise click.ClickException(
        f"{many} could not be made, as said above; the same command tries again"
    )


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.1f} min"
