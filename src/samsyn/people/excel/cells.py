"""What stands in a cell, and what a form is told: read strictly, so that nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final

from django.utils import formats
from django.utils.translation import gettext as _

from samsyn.people.excel.columns import Column, Sort, plain

Data = str | list[str]  # as a form is told it
DAY: Final = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|(\d\d)(\d\d))(?:[ T]00:00(?::00(?:\.0+)?)?)?"
)
WHOLE: Final = re.compile(r"([+-]?\d{1,30})(?:[.,]0+)?")
NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?")
SHOWN: Final = 6  # labels in a message
# What a workbook cannot hold, and a reader would tell otherwise than it was written.
UNSEEN: Final[dict[int, str | None]] = {
    **dict.fromkeys((*range(32), 0xFFFE, 0xFFFF)), 9: "\t", 10: "\n", 11: "\n", 0xA0: " ",
}  # fmt: skip


class CellError(ValueError):
    """What a cell holds cannot be read; the text says what may stand there."""


def parse(column: Column, text: str) -> Data:
    """What a cell says, as a form is told it: empty text, or an empty list, where it is empty.

    Raises CellError with what to do.
    """
    text = _read(text)
    if column.sort is Sort.SEVERAL:
        parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
        return in_order(column, {_chosen(column, part) for part in parts})
    if not text:
        return ""
    if column.sort in {Sort.ONE, Sort.FLAG}:
        return _chosen(column, text)
    if column.sort is Sort.WHOLE:
        return _whole(column, text)
    if column.sort is Sort.NUMBER:
        return _number(text)
    if column.sort is Sort.DATE:
        return _day(text)
    return text


def data_of(column: Column, value: Any) -> Data:
    """A value that is kept, as `parse` tells the cell that it is written in."""
    if column.sort is Sort.SEVERAL:
        return in_order(column, {str(one) for one in value or ()})
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, Decimal):
        return str(int(value)) if column.sort is Sort.WHOLE else f"{value.normalize():f}"
    if isinstance(value, float):
        return f"{value:.15g}"
    return _read(str(value))


def _read(text: str) -> str:
    """A text as a cell gives it back, whatever ends its lines and is not seen in it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(UNSEEN).strip()


def written(column: Column, data: Data) -> Any:
    """What is written in a cell: a number, a date or text; None where it is empty."""
    if isinstance(data, list):
        return "; ".join(column.choices.get(one, one) for one in data) or None
    if not data:
        return None
    if column.sort in {Sort.ONE, Sort.FLAG}:
        return column.choices.get(data, data)
    if column.sort is Sort.WHOLE:
        return int(data)
    if column.sort is Sort.NUMBER:
        return float(data)
    return date.fromisoformat(data) if column.sort is Sort.DATE else data


def shown(column: Column, data: Data) -> str:
    """The same in words, for somebody who compares."""
    told = written(column, data)
    if isinstance(told, float):
        return formats.localize(told)
    return "" if told is None else str(told)


def in_order(column: Column, values: Iterable[str]) -> list[str]:
    """Values in the order of the column's choices, and those that are not among them last."""
    there = set(values)
    return [one for one in column.choices if one in there] + sorted(there - set(column.choices))


def _chosen(column: Column, text: str) -> str:
    value = column.known.get(plain(text))
    if value is not None:
        return value
    if not column.choices:
        raise CellError(_("Det finns inget att välja bland här ännu. Lämna cellen tom."))
    near = get_close_matches(text, list(column.choices.values()), 1, 0.7)
    if near:
        raise CellError(
            _("”%(text)s” finns inte i listan. Menar du ”%(near)s”?")
            % {"text": text, "near": near[0]}
        )
    labels = list(column.choices.values())
    more = "" if len(labels) <= SHOWN else " …"
    raise CellError(
        _("”%(text)s” finns inte i listan. Där finns: %(labels)s")
        % {"text": text, "labels": "; ".join(labels[:SHOWN]) + more}
    )


def _whole(column: Column, text: str) -> str:
    found = WHOLE.fullmatch(_joined(text))
    if found is None:
        raise CellError(_("”%(text)s” är inget heltal. Skriv bara siffror.") % {"text": text})
    return str(int(found[1]))


def _number(text: str) -> str:
    joined = _joined(text.removesuffix("%").rstrip())
    if NUMBER.fullmatch(joined) is None:
        raise CellError(_("”%(text)s” är inget tal. Skriv det som 12,5.") % {"text": text})
    return f"{float(joined.replace(',', '.')):.15g}"


def _joined(text: str) -> str:
    """A number without the spaces between its thousands, and with a minus that is one."""
    return re.sub(r"(?<=\d)[\s\u202f](?=\d{3}(?!\d))", "", text).replace("\u2212", "-")


def _day(text: str) -> str:
    found = DAY.fullmatch(text)
    if found is None:
        return _no_day(text)
    try:
        return date(*(int(part) for part in found.groups() if part)).isoformat()
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> str:
    raise CellError(
        _("”%(text)s” är inget datum. Skriv det som 2026-01-31.") % {"text": text}
    ) from None


def changed(columns: Sequence[Column], was: dict[str, Data], now: dict[str, Data]) -> list[Column]:
    """The columns whose data are others now than they were, of those that stand now."""
    return [one for one in columns if one.name in now and now[one.name] != was.get(one.name)]
