"""A declared mapping: which column of a table is what, for tables that do not say it themselves.

    table = "votes"                         # in a database: the table
    area = "municipality"
    sex = "gender"
    where = { education = "all" }           # only the rows that have this
    sex_labels = { women = "kvinnor", men = "män", total = "totalt" }

    [[values]]
    indicator = "turnout_riksdag"
    value = "percent{period}"
    denominator = "entitled{period}"
    scale = 0.01

In samsyn.toml the same stands below its `[[file]]`, as [file.mapping] and [[file.mapping.values]].
`{period}` in the name of a column is the period that its figures are of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Final

from samsyn.measure.errors import InputError

PERIOD: Final = "{period}"
# What agencies call the whole, and the sexes, where a mapping does not say.
TOTALS: Final = ("total", "totalt", "samtliga", "samtliga åldrar", "alla", "båda könen", "t")
SEXES: Final[Mapping[str, tuple[str, ...]]] = {
    "total": TOTALS,
    "women": ("women", "kvinnor", "kvinna", "k", "female"),
    "men": ("men", "män", "man", "m", "male"),
}


@dataclass(frozen=True)
class ValueColumns:
    """Columns of figures: `value` times `scale` is an indicator's value, or a group's count.

    `numerator` and `denominator` are columns of counts. With `numerator_from_share` the numerator
    is the value times the denominator: as exact as the value is written, so that a percentage in
    whole numbers gives it within half a percentage point of the denominator.
    """

    value: str
    indicator: str | None = None
    grouping: str | None = None
    group: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    numerator_from_share: bool = False
    scale: float = 1.0

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, where {period} may stand in a name."""
        return tuple(c for c in (self.value, self.numerator, self.denominator) if c is not None)


@dataclass(frozen=True)
class ColumnMapping:
    """Which column is what, and where the table comes from.

    `sex_labels` and `age_labels` give each label that stands for another its meaning: total, women
    and men, total. `code` is the publisher's code of the table.
    """

    area: str
    values: tuple[ValueColumns, ...]
    table: str | None = None
    period: str | None = None
    sex: str | None = None
    age: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    sex_labels: Mapping[str, str] = field(default_factory=dict)
    age_labels: Mapping[str, str] = field(default_factory=dict)
    origin: str | None = None
    code: str | None = None
    title: str | None = None
    updated: str | None = None
    licence: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are not of figures."""
        told = (self.area, self.period, self.sex, self.age, *self.where)
        return tuple(column for column in told if column is not None)

    def lacking(self, columns: Sequence[str]) -> list[str]:
        """The columns that the mapping names and a table does not have."""
        lacking = [column for column in self.columns if column not in columns]
        for entry in self.values:
            lacking += [name for name in entry.columns if not matching(name, columns)]
        return lacking


def matching(name: str, columns: Sequence[str]) -> dict[str, str]:
    """The columns that a name stands for, by period: under "" where it names no period."""
    if PERIOD not in name:
        return {"": name} if name in columns else {}
    before, _, after = name.partition(PERIOD)
    pattern = re.compile(re.escape(before) + r"(\w[\w-]*?)" + re.escape(after))
    found = ((pattern.fullmatch(column), column) for column in columns)
    return {match[1]: column for match, column in found if match}


def mapping_of(entry: Mapping[str, Any], where: str) -> ColumnMapping:
    """A mapping from its entry in TOML. Raises InputError that names the key that is wrong."""
    known = {f.name for f in fields(ColumnMapping)}
    _known_keys(entry, known, where)
    values = entry.get("values")
    if not isinstance(values, list) or not values or not all(isinstance(v, dict) for v in values):
        raise InputError(
            f"{where} must list its columns of figures: values = [{{ indicator = "
            '"turnout_riksdag", value = "percent2022", scale = 0.01 }]'
        )
    for key, value in entry.items():
        if key in {"where", "sex_labels", "age_labels"}:
            if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
                raise InputError(f'{where}: {key} must be a table of texts: {{ name = "text" }}')
        elif key == "notes":
            if not isinstance(value, list) or not all(isinstance(note, str) for note in value):
                raise InputError(f"{where}: notes must be a list of texts")
        elif key != "values" and not isinstance(value, str):
            raise InputError(f"{where}: {key} must be text in quotation marks")
    if "area" not in entry:
        raise InputError(f'{where} must say which column holds the areas: area = "municipality"')
    labels = {"sex_labels": set(SEXES), "age_labels": None}
    for key, targets in labels.items():
        wrong = set(entry.get(key, {})) - targets if targets else set()
        if wrong:
            raise InputError(f'{where}: {key} has "{min(wrong)}", and there are {", ".join(SEXES)}')
    return ColumnMapping(
        **{
            **entry,
            "values": tuple(
                _value_columns(value, f"{where}: values {at}")
                for at, value in enumerate(values, start=1)
            ),
            "notes": tuple(entry.get("notes", ())),
        }
    )


def _value_columns(entry: Mapping[str, Any], where: str) -> ValueColumns:
    _known_keys(entry, {f.name for f in fields(ValueColumns)}, where)
    if not isinstance(entry.get("value"), str):
        raise InputError(f'{where} must name its column: value = "percent{PERIOD}"')
    for key, value in entry.items():
        right = (
            isinstance(value, (int, float)) and not isinstance(value, bool) and value
            if key == "scale"
            else isinstance(value, bool if key == "numerator_from_share" else str)
        )
        if not right:
            raise InputError(f"{where}: {key} is {value!r}, which it cannot be")
    counted = "grouping" in entry and "group" in entry
    if counted == ("indicator" in entry) or ("grouping" in entry) != ("group" in entry):
        raise InputError(f"{where} must name either an indicator, or a grouping and a group")
    if entry.get("numerator_from_share") and ("numerator" in entry or "denominator" not in entry):
        raise InputError(f"{where}: numerator_from_share needs a denominator, and no numerator")
    return ValueColumns(**entry)


def _known_keys(entry: Mapping[str, Any], known: set[str], where: str) -> None:
    strange = [key for key in entry if key not in known]
    if strange:
        raise InputError(
            f'{where} has an unknown key "{strange[0]}". The keys are: {", ".join(sorted(known))}'
        )
