"""`samsyn report`: the situation report of a place, or of all municipalities or counties."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from samsyn.cli.asking import opened_release, releasing
from samsyn.cli.manual import Listed, ManualCommand, flat, option
from samsyn.cli.output import WRITING, Output
from samsyn.cli.progress import bar
from samsyn.cli.report_files import (
    ENDINGS,
    FORMATS,
    file_name,
    form_of,
    made,
    require_packages,
    size_said,
)
from samsyn.cli.store import opened_store

if TYPE_CHECKING:
    from samsyn.publish.situation import Choice
    from samsyn.statistics.query import Release

CONTENT, OWN = "What is in it", "Whose it is"
NONE: Final = "none"
PERIOD: Final = re.compile(r"(?:19|20)\d\d(?!\d)")  # a year, and what follows it


@click.command(
    cls=ManualCommand,
    short_help="Make the situation report of a place, as PDF, Word or a web page.",
    examples="""
samsyn report municipality/1488
samsyn report Trollhättan --period 2022 --compare county,similar --lang en
samsyn report 1488 --sections summary,evenness,housing --output report.docx
samsyn report 1488 --author "Trollhättans stad" --text own.json --output report.html
samsyn report --all municipality --output reports
""",
)
@click.argument("place", required=False)
@option(
    "--all",
    "every",
    type=click.Choice(("municipality", "county")),
    metavar="KIND",
    subject=CONTENT,
    help="Reports of all of a kind, municipality or county, into the folder --output.",
)
@option(
    "--period",
    metavar="PERIOD",
    subject=CONTENT,
    help="The last period that is shown, such as 2022; default the newest of each figure.",
)
@option(
    "--compare",
    type=Listed(what="comparison"),
    multiple=True,
    metavar="A,B",
    subject=CONTENT,
    help="With county, country or similar, several of them, or none; default all.",
)
@option(
    "--sections",
    type=Listed(what="section"),
    multiple=True,
    metavar="A,B",
    subject=CONTENT,
    help="These sections only: summary, method, areas, evenness, housing, education, labour, "
    "democracy, crime, health, perspectives, unknown, appendix; default all.",
)
@option(
    "--lang",
    "--language",
    "language",
    type=click.Choice(("sv", "en")),
    default="sv",
    show_default=True,
    subject=CONTENT,
    help="The language of the report.",
)
@option("--author", metavar="TEXT", default="", subject=OWN, help="Who answers for the report.")
@option(
    "--text",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    subject=OWN,
    help='Own texts, marked as such: JSON such as {"summary": "…", "housing": "…"}.',
)
@option(
    "--site",
    metavar="URL",
    envvar="SAMSYN_SITE",
    default="",
    subject=OWN,
    help="Where the release is served, for the links of the report; default SAMSYN_SITE.",
)
@option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    subject=OWN,
    help="The date of the report; default today.",
)
@releasing
@option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    subject=WRITING,
    help="Write to this file, or with --all into this folder. It is replaced only when all is "
    "done. Default a file named for the place, in this folder.",
)
@option(
    "--format",
    "-f",
    "form",
    type=click.Choice(FORMATS),
    subject=WRITING,
    help="Default: by the ending of --output, else pdf.",
)
@option(
    "--jobs",
    type=click.IntRange(1, 64),
    metavar="N",
    subject=WRITING,
    help="With --all: so many reports beside each other; default as many as there are cores.",
)
def report(
    place: str | None,
    every: str | None,
    period: str | None,
    compare: tuple[list[str], ...],
    sections: tuple[list[str], ...],
    language: str,
    author: str,
    text: Path | None,
    site: str,
    day: datetime | None,
    release_name: str | None,
    store: Path | None,
    output: Path | None,
    form: str | None,
    jobs: int | None,
) -> None:
    """Make the situation report of PLACE, a municipality or another area, as a document.

    PLACE is a key, a code or a name (municipality/1488, 1488, Trollhättan). The report has what a
    release says of it in text, charts, maps and tables, and ends with the command that made it:
    the same release and options give the same report. What is missing is said in it.

    With --all there is a report of every municipality or county. A run that was interrupted goes
    on where it stopped when the same command is given again; what could not be made is listed at
    the end.
    """
    _require_one(place, every, output, jobs)
    require_packages()
    own = {} if text is None else _own_texts(text)
    choice = _choice(place, period, compare, sections, language, own, author, site, day)
    if every is None:
        form = form_of(form, output)
        if output is not None:
            Output.of(form, output)
        _make_one(opened_release(store, release_name), choice, form, output)
        return
    assert output is not None
    from samsyn.cli.report_batch import make_all
    from samsyn.cli.report_workers import cores

    opened = opened_release(store, release_name)
    _require_period(opened, period, every=True)
    make_all(
        opened,
        opened_store(store).path,
        every,
        choice,
        form or FORMATS[0],
        output,
        jobs or cores(),
        dated=day is not None,
    )


def _make_one(release: Release, choice: Choice, form: str, output: Path | None) -> None:
    """Make and write one report, and say what it is and what it lacks."""
    began = time.monotonic()
    area = release.area(choice.place)
    _require_period(release, choice.period)
    path = output or Path(file_name(release, area, choice, form))
    target = Output.of(form, path)
    with bar("Making the report") as progress:
        if progress is not None:
            progress(0.0, area.name)
        found = made(release, replace(choice, place=area.area), form)
        target.put(found.content)
    pages = f"{found.pages} pages, " if found.pages else ""
    seconds = time.monotonic() - began
    click.echo(f"{path}: {pages}{size_said(len(found.content))}, in {seconds:.1f} s.", err=True)
    if found.notice:
        click.echo(f"Note: {found.notice}", err=True)


def _require_one(
    place: str | None, every: str | None, output: Path | None, jobs: int | None
) -> None:
    """That either a place or a kind is told, and what belongs to it."""
    if every is None:
        if place is None:
            raise click.UsageError("name a place, or a kind of places with --all")
        if jobs is not None:
            raise click.UsageError("--jobs belongs to --all")
    elif place is not None:
        raise click.UsageError(f"--all {every} makes the reports of all: leave out {place}")
    elif output is None:
        raise click.UsageError("--all needs a folder for the reports: give --output")
    elif output.suffix.lower() in ENDINGS:
        raise click.UsageError(f"--all needs a folder, and {output} is called as a file is")


def _choice(
    place: str | None,
    period: str | None,
    compare: tuple[list[str], ...],
    sections: tuple[list[str], ...],
    language: str,
    own: Mapping[str, str],
    author: str,
    site: str,
    day: datetime | None,
) -> Choice:
    """What is asked for. Raises InputError or UsageError for what there is not."""
    from samsyn.publish.situation import COMPARISONS, SECTIONS, Choice

    compared = flat(compare)
    if NONE in compared and len(compared) > 1:
        raise click.UsageError("--compare none stands alone")
    if site and not site.startswith(("http://", "https://")):
        raise click.UsageError(f'--site is "{site}": give an address such as https://example.org')
    choice = Choice(
        place=place or "",
        period=period,
        compare=() if compared == [NONE] else tuple(compared or COMPARISONS),
        language=language,
        sections=tuple(flat(sections) or SECTIONS),
        own=own,
        author=author.strip(),
        site=site,
        day=date.today() if day is None else day.date(),
    )
    # In the order of the report: another order of the options makes no other report.
    return replace(
        choice,
        compare=tuple(name for name in COMPARISONS if name in choice.compare),
        sections=tuple(name for name in SECTIONS if name in choice.sections),
    )


def _own_texts(path: Path) -> dict[str, str]:
    """Texts of whoever makes the report, by section. Raises InputError that names the key."""
    from samsyn.measure import InputError
    from samsyn.publish.situation import SECTIONS

    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError(f"{path} is not text in UTF-8: save it as that") from None
    except json.JSONDecodeError as error:
        raise InputError(f"{path} is not JSON: line {error.lineno}: {error.msg}") from None
    if not isinstance(told, dict):
        raise InputError(f'{path} is not a JSON object: write {{"summary": "…"}}')
    for key, text in told.items():
        if key not in SECTIONS:
            raise InputError(
                f'{path} has a text for "{key}", which is no section: choose from '
                f"{', '.join(SECTIONS)}"
            )
        if not isinstance(text, str):
            raise InputError(f'{path}: what "{key}" has is not text in quotation marks')
    return {key: text.replace("\r\n", "\n") for key, text in told.items()}


def _require_period(release: Release, period: str | None, *, every: bool = False) -> None:
    """That the period is one. Raises InputError that says of which there are figures.

    One without figures does no harm: the report is then what is possible, and says so. Of `every`
    place that would be a folder of reports that say nothing.
    """
    from samsyn.measure import InputError

    there = release.coverage.get_column("period").drop_nulls().unique().sort().to_list()
    if period is None or not there:
        return
    known = f"the release {release.name} has figures of {there[0]} to {there[-1]}"
    if PERIOD.match(period) is None:
        raise InputError(f'"{period}" is not a period: {known}')
    if every and period < there[0]:
        raise InputError(f"There are no figures of {period} or earlier: {known}")
