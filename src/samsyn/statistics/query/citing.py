"""Sources in a few words: whose figures they are and from which table."""

from __future__ import annotations

from collections.abc import Iterable

from samsyn.statistics.sources.forms import Provenance
from samsyn.statistics.sources.opening import UNTOLD


def source_named(source: Provenance) -> str:
    """The publisher with the table's code; the file's name where no one says who publishes it."""
    publisher, table = _parts(source)
    return f"{publisher} {table}" if table else publisher


def source_said(sources: Iterable[Provenance]) -> str:
    """All publishers, each once with its tables: "SCB (000006TA, 000005MO); Kolada"."""
    tables: dict[str, list[str]] = {}
    for source in sources:
        publisher, table = _parts(source)
        told = tables.setdefault(publisher, [])
        if table and table not in told:
            told.append(table)
    return "; ".join(
        f"{publisher} ({', '.join(found)})" if found else publisher
        for publisher, found in tables.items()
    )


def _parts(source: Provenance) -> tuple[str, str | None]:
    if source.origin == UNTOLD:
        return source.file.rpartition("/")[2], source.table
    return source.origin, source.table
