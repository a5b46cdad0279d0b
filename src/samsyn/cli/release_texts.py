"""What the commands of releases print for people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samsyn.cli.output import Output

if TYPE_CHECKING:
    import polars as pl

    from samsyn.statistics.release.ledger import Ledger
    from samsyn.statistics.release.manifest import Manifest
    from samsyn.statistics.release.report import BuildReport
    from samsyn.statistics.release.store import Store
    from samsyn.statistics.sources.forms import Provenance, Unread

NOTE = 160  # characters of a note after a build; `show` has all
PLURALS = {"error": "errors", "warning": "warnings", "note": "notes"}


def show_built(store: Store, name: str, report: BuildReport, seconds: float) -> None:
    """What a build read and made: sources, unread files, coverage, findings, place and time."""
    import polars as pl

    from samsyn.statistics.release.manifest import read_manifest

    folder = store.folder(name)
    manifest = read_manifest(folder)
    _table("Read", _sources(report.sources))
    _unread(report.unread)
    _coverage(folder)
    show_findings(pl.read_parquet(folder / "findings.parquet", glob=False))
    state = "current" if store.current() == name else "not current"
    click.echo(
        f"The release {name} ({state}; {_size(manifest)}) was built in {_time(seconds)} and lies "
        f"in {folder}."
    )


def show_release(store: Store, name: str | None) -> None:
    """The manifest in human form: what it is, its tables, sources and coverage."""
    import polars as pl

    from samsyn.statistics.release.manifest import fingerprint, read_manifest

    folder = store.folder(name)
    manifest = read_manifest(folder)
    facts = {
        "Release": manifest.name + (" (current)" if store.current() == manifest.name else ""),
        "Created": f"{manifest.created} by Samsyn {manifest.version}",
        "Built from": manifest.parent,
        "Seed": manifest.seed,
        "Size": _size(manifest),
        "Place": folder,
        "Checksum": fingerprint(folder),
    }
    for fact, value in facts.items():
        if value is not None:
            click.echo(f"{fact + ':':<12}{value}")
    click.echo()
    rows = list(manifest.rows.items())
    _table("Tables", pl.DataFrame(rows, schema=["table", "rows"], orient="row"))
    _table("Sources", _sources(manifest.sources))
    _coverage(folder)
    show_findings(pl.read_parquet(folder / "findings.parquet", glob=False), whole=True)


def show_findings(findings: pl.DataFrame, *, whole: bool = False) -> None:
    """How many findings of each severity there are, then each; notes cut off unless `whole`."""
    import polars as pl

    counts: dict[str, int] = dict(findings["severity"].value_counts().iter_rows())
    click.echo(f"Findings: {_severities(counts)}.")
    for severity in PLURALS:
        for row in findings.filter(pl.col("severity") == severity).iter_rows(named=True):
            message = row["message"]
            if row["file"] is not None and row["file"] not in message:
                message = f"{row['file']}: {message}"
            if row["row"] is not None:
                message = f"{message} (row {row['row']})"
            if severity == "note" and not whole and len(message) > NOTE:
                message = f"{message[:NOTE]}…"
            click.echo(f"  {severity}: {message}")
    click.echo()


def show_ledger(ledger: Ledger, *, each: bool) -> None:
    """What became of the sources, the changes counted, and with `each` every value."""
    _table("Sources that differ", _short(ledger.sources, "title", "old_file", "new_file"))
    if ledger.summary.is_empty():
        click.echo("No value differs.")
        return
    # One column has people and shares: a number of digits for each.
    _table("Changes", _rounded(ledger.summary, "largest", "largest_relative"))
    if each:
        _table("Values", ledger.changes.collect())


def _sources(sources: Collection[Provenance]) -> pl.DataFrame:
    """A row for each source; what it is, of which date, under which licence."""
    import polars as pl

    names = ("origin", "table", "title", "updated", "retrieved", "licence", "file", "sheet")
    rows = [tuple(getattr(source, name) for name in names) for source in sources]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    days = pl.col("updated", "retrieved").str.slice(0, 10)
    return _short(frame.with_columns(days), "title", "file")


def _short(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Files without their folders and titles cut off, or they leave no room for the rest."""
    import polars as pl

    files = [name for name in columns if name.endswith("file")]
    return frame.with_columns(pl.col(files).str.replace(r"^.*/", "")).with_columns(
        pl.col(columns).str.replace(r"^(.{39}).{2,}$", "$1…")
    )


def _rounded(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Numbers as text with three digits."""
    import polars as pl

    return frame.with_columns(
        pl.col(name).map_elements(_digits, return_dtype=pl.String) for name in columns
    )


def _digits(number: float) -> str:
    return f"{number:.3g}" if abs(number) < 100 else f"{number:,.0f}"


def _unread(unread: Collection[Unread]) -> None:
    """A line for each file that was not taken, with what was tried and what to do."""
    if not unread:
        return
    click.echo("Not read:")
    for one in unread:
        where = one.file if one.sheet is None else f'{one.file}, sheet "{one.sheet}"'
        known = one.reason.startswith(one.file)
        click.echo(f"  {one.reason}" if known else f"  {where}: {one.reason}")
    click.echo()


def _coverage(folder: Path) -> None:
    """For each indicator and grouping the periods it has, and the share of known areas by level."""
    import polars as pl

    coverage = pl.read_parquet(folder / "coverage.parquet", glob=False)
    if coverage.is_empty():
        return
    levels = coverage.with_columns(level=pl.format("{} {}", "kind", "vintage"))
    periods = levels.group_by("subject").agg(
        first=pl.col("period").min(), last=pl.col("period").max()
    )
    shares = (
        levels.group_by("subject", "level")
        .agg(share=100 * pl.col("known").sum() / pl.col("areas").sum())
        .with_columns(share=pl.format("{} %", pl.col("share").round(1)))
        .sort("level")
        .pivot("level", index="subject", values="share")
    )
    _table(
        "Coverage: share of areas with a value, all periods",
        periods.join(shares, on="subject").sort("subject"),
    )


def _table(title: str, frame: pl.DataFrame) -> None:
    if frame.is_empty():
        return
    click.echo(f"{title}:")
    Output("table", None).write(frame)
    click.echo()


def _severities(counts: Mapping[str, int]) -> str:
    parts = []
    for severity, plural in PLURALS.items():
        number = counts.get(severity, 0)
        parts.append(f"{number} {severity if number == 1 else plural}")
    return ", ".join(parts)


def _size(manifest: Manifest) -> str:
    size, unit = manifest.bytes / 1e6, "MB"
    if size < 1:
        size, unit = 1000 * size, "kB"
    return f"{size:.3g} {unit} in {len(manifest.files)} files"


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
