"""Reports as files: in which format, under which name, and what comes out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from samsyn.publish.reports import Report
    from samsyn.publish.situation import Choice
    from samsyn.statistics.query import Area, Release

FORMATS: Final = ("pdf", "docx", "html")
ENDINGS: Final = {".pdf": "pdf", ".docx": "docx", ".html": "html", ".htm": "html"}
STEMS: Final = {"sv": "lagesbild", "en": "situation-report"}
NEEDED: Final = ("altair", "docx", "font_source_sans_pro", "font_source_serif_pro", "typst",
                 "vl_convert")  # fmt: skip

PAGE: Final = re.compile(rb"/Type\s*/Page\b")


@dataclass(frozen=True)
class Made:
    """A report as the content of a file; `pages` only where the format has such."""

    content: bytes
    pages: int | None
    notice: str


def require_packages() -> None:
    """Raises InputError where what reports are made with is not installed."""
    from samsyn.measure import InputError

    if any(find_spec(name) is None for name in NEEDED):
        raise InputError("Reports need more packages: install samsyn[report]")


def form_of(form: str | None, output: Path | None) -> str:
    """The format that is told, else that of the ending of the file, else PDF."""
    if form is not None or output is None or not output.suffix:
        return form or FORMATS[0]
    if output.suffix.lower() not in ENDINGS:
        raise click.UsageError(
            f"the ending of {output} says nothing of the format: give --format, or one of "
            f"{', '.join(ENDINGS)}"
        )
    return ENDINGS[output.suffix.lower()]


def made(release: Release, choice: Choice, form: str) -> Made:
    """The report of a place, as a file of that format."""
    from samsyn.publish.situation import situation_report

    report = situation_report(release, choice)
    content = WRITERS[form](report)
    pages = len(PAGE.findall(content)) if form == "pdf" else None
    return Made(content, pages or None, report.notice)


def file_name(release: Release, area: Area, choice: Choice, form: str) -> str:
    """What the file of a report is called: language, place and period in plain letters.

    The code goes with the name where several areas of the kind have it.
    """
    import polars as pl

    from samsyn.statistics.areas.names import search_text

    name = search_text(area.name)
    of_kind = release.areas(f"{area.kind}/{area.vintage}").get_column("search")
    alike = (of_kind == name).sum() > 1
    covered = release.coverage.filter(pl.col("kind") == area.kind, pl.col("known") > 0)
    period = choice.period or covered.get_column("period").max() or ""
    parts = (name, search_text(area.code) if alike or not name else "", search_text(str(period)))
    told = " ".join(part for part in parts if part)
    return f"{STEMS[choice.language]}-{told.replace(' ', '-')}.{form}"


def size_said(size: int) -> str:
    """The size of a file as people write it."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"


def _pdf(report: Report) -> bytes:
    from samsyn.publish.reports.pdf import pdf

    return pdf(report)


def _word(report: Report) -> bytes:
    from samsyn.publish.reports.word import word

    return word(report)


def _page(report: Report) -> bytes:
    from samsyn.publish.reports.web import page

    return page(report).encode()


WRITERS: Final[dict[str, Callable[[Report], bytes]]] = {
    "pdf": _pdf, "docx": _word, "html": _page,
}  # fmt: skip
