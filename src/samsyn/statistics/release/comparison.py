"""How the tables of two releases are held against each other, as statements for DuckDB."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from samsyn.statistics.release.layout import TABLES

# Differences up to these are the rounding of floating numbers.
RELATIVE, ABSOLUTE = 1e-9, 1e-12
# What a row of the ledger is about, beside its table and measure.
ABOUT: Final = (
    "subject", "area", "period", "sex", "age", "units", "level", "index", "group", "against",
)  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """Which columns of a table are compared, and where its key stands in the ledger.

    `names` gives the column of the table for a column of the ledger that is called otherwise;
    the others have the same name in both. The first of `measures` stands for a row that is there
    on one side only.
    """

    table: str
    measures: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    raw: bool = False

    def column(self, about: str) -> str:
        """What a column of the ledger is in the table, as SQL."""
        name = self.names.get(about, about)
        return _name(name) if name in TABLES[self.table].key else "NULL::VARCHAR"


COMPARISONS: Final = {
    comparison.table: comparison
    for comparison in (
        Comparison(
            "observations",
            ("value", "numerator", "denominator"),
            {"subject": "indicator"},
            raw=True,
        ),
        Comparison("counts", ("count",), {"subject": "grouping"}, raw=True),
        Comparison(
            "area_types",
            (
                "index", "z", "computed", "published", "low_economic_standard",
                "pre_upper_secondary", "third",
            ),
        ),
        Comparison(
            "indices",
            ("value", "lower", "upper", "expected", "corrected"),
            {"subject": "grouping", "area": "region"},
        ),
        Comparison(
            "decomposition",
            ("value", "share"),
            {"subject": "grouping", "area": "region", "group": "between", "against": "within"},
        ),
        Comparison("quotients", ("value",), {"subject": "grouping", "against": "region"}),
    )
}  # fmt: skip
# The parts of the socioeconomic index: what changed in them is why a type did.
COMPONENTS: Final = ("low_economic_standard", "pre_upper_secondary", "third")

CREATE: Final = (
    'CREATE TABLE ledger ("table" VARCHAR, change VARCHAR, '
    + ", ".join(f'"{name}" VARCHAR' for name in ABOUT)
    + ", measure VARCHAR, old DOUBLE, new DOUBLE, difference DOUBLE, relative DOUBLE, "
    "old_status VARCHAR, new_status VARCHAR, reason VARCHAR)"
)


Range: TypeAlias = tuple[str | None, str | None]


def statement(
    comparison: Comparison,
    old: Path | None,
    new: Path | None,
    subject: str | None = None,
    areas: Range = (None, None),
) -> str:
    """The statement that writes into `ledger` what differs between two files of a table.

    None stands for a file that one release does not have. `areas` limits it to those from the
    first, inclusive, to the second, exclusive. Joins the table `reasons`.
    """
    keys = TABLES[comparison.table].key
    some = old or new
    sides = [
        _side(comparison, path or some, [*_within(comparison, subject, areas), *absent])
        for path, absent in ((old, () if old else ("false",)), (new, () if new else ("false",)))
    ]
    on = " AND ".join(f"o.k{i} IS NOT DISTINCT FROM n.k{i}" for i in range(len(keys)))
    about = ", ".join(
        f"coalesce(o.{_about(name)}, n.{_about(name)}) AS {_about(name)}" for name in ABOUT
    )
    numbers = range(len(comparison.measures))
    pairs = ", ".join(f"o.m{i} AS old{i}, n.m{i} AS new{i}" for i in numbers)
    differs = " OR ".join(_differs(f"o.m{i}", f"n.m{i}") for i in numbers)
    measures = " UNION ALL ".join(
        _measure(name, i, comparison.raw) for i, name in enumerate(comparison.measures)
    )
    return f"""
        INSERT INTO ledger
        WITH differing AS MATERIALIZED (
            SELECT {about}, {pairs}, o.status AS old_status, n.status AS new_status,
                o.source AS old_source, n.source AS new_source,
                CASE WHEN o.here IS NULL THEN 'added' WHEN n.here IS NULL THEN 'removed' END AS side
            FROM ({sides[0]}) o FULL JOIN ({sides[1]}) n ON {on}
            WHERE o.here IS NULL OR n.here IS NULL OR o.status IS DISTINCT FROM n.status
                OR {differs}
        ), one AS ({measures})
        SELECT '{comparison.table}', change, {", ".join(_about(name) for name in ABOUT)}, measure,
            old, new, new - old, (new - old) / nullif(abs(old), 0), old_status, new_status, reason
        FROM one LEFT JOIN reasons
            ON reasons.old_source IS NOT DISTINCT FROM one.old_source
            AND reasons.new_source IS NOT DISTINCT FROM one.new_source
    """


def _within(comparison: Comparison, subject: str | None, areas: Range) -> list[str]:
    """Conditions that limit a table to a subject and to areas."""
    found = []
    if subject is not None and "grouping" in TABLES[comparison.table].key:
        found.append(f"grouping = {text(subject)}")
    area, (first, last) = comparison.column("area"), areas
    if first is not None:
        found.append(f"{area} >= {text(first)}")
    if last is not None:
        found.append(f"({area} < {text(last)}" + (f" OR {area} IS NULL)" if not first else ")"))
    return found


def _side(comparison: Comparison, path: Path | None, conditions: Sequence[str]) -> str:
    keys = ", ".join(f"{_name(key)} AS k{i}" for i, key in enumerate(TABLES[comparison.table].key))
    about = ", ".join(f"{comparison.column(name)} AS {_about(name)}" for name in ABOUT)
    measures = ", ".join(
        f"CASE WHEN NOT isnan({_name(name)}::DOUBLE) THEN {_name(name)}::DOUBLE END AS m{i}"
        for i, name in enumerate(comparison.measures)
    )
    raw = "status, source" if comparison.raw else "NULL::VARCHAR AS status, NULL::INT AS source"
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return (
        f"SELECT {keys}, {about}, {measures}, {raw}, true AS here "
        f"FROM read_parquet({pattern(path)}) {where}"
    )


def _measure(name: str, number: int, raw: bool) -> str:
    """The rows of the ledger that one measure gives."""
    first = number == 0
    status = "old_status IS DISTINCT FROM new_status" if raw and first else "false"
    kept = f"WHERE {_differs('old', 'new')} OR {status}" + (" OR side IS NOT NULL" * first)
    return f"""
        SELECT * FROM (
            SELECT *, old{number} AS old, new{number} AS new, '{name}' AS measure,
                coalesce(side, CASE WHEN {status} THEN 'status' ELSE 'revised' END) AS change
            FROM differing {"" if first else "WHERE side IS NULL"}
        ) {kept}
    """


def _differs(old: str, new: str) -> str:
    noise = f"greatest({RELATIVE} * greatest(abs({old}), abs({new})), {ABSOLUTE})"
    return (
        f"({old} IS DISTINCT FROM {new} "
        f"AND ({old} IS NULL OR {new} IS NULL OR abs({new} - {old}) > {noise}))"
    )


def text(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def pattern(path: Path | None) -> str:
    """A path as a text that DuckDB takes for one file, whatever characters it has."""
    return text("".join(f"[{c}]" if c in "[*?" else c for c in str(path)))


def _name(column: str) -> str:
    return f'"{column}"'


def _about(column: str) -> str:
    return f'"a_{column}"'
