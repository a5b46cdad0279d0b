"""A roll-up as CSV and as an Excel workbook: the same rows as on the page."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from samsyn.cycle.models import RollUpRequest
from samsyn.cycle.rollup.facts import Counted
from samsyn.cycle.rollup.tables import Line, Shown, headings, statuses
from samsyn.people.excel.text import csv_of
from samsyn.people.models import Organisation

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: Final = ("csv", "xlsx")
WIDEST: Final = 48


class RollUpForm:
    """The ending of the address of a roll-up as a file."""

    regex = "|".join(FORMS)

    def to_python(self, value: str) -> str:
        """The form as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The form as it stands."""
        return value


Cell = str | int | float


def _columns() -> list[str]:
    counted = headings()
    return [_("Organisationer"), _("Bygger på få"), *counted]


def _cells(line: Line) -> list[Cell]:
    return [
        line.row.organisations,
        _("ja") if line.few else _("nej"),
        *(line.row.counts[what] for what in Counted),
        *(float(line.row.money.get(status, 0)) for status in statuses()),
    ]


def _rows(shown: Sequence[Shown]) -> Iterator[list[Cell]]:
    yield [_("Tabell"), _("Rad"), _("Kod"), *_columns()]
    for table in shown:
        for line in table.lines:
            yield [table.heading, line.name, line.row.code, *_cells(line)]
    if shown:
        yield [_("Alla"), "", "", *_cells(shown[0].total)]


def as_csv(shown: Sequence[Shown], requests: Sequence[RollUpRequest]) -> bytes:
    """The rows of all tables one after the other; who has answered is in the workbook only."""
    return csv_of(_rows(shown))


def as_xlsx(shown: Sequence[Shown], requests: Sequence[RollUpRequest]) -> bytes:
    """A sheet for each table, and one of who has been asked and has answered."""
    import xlsxwriter  # type: ignore[import-untyped]

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bottom": 1})
    for table in shown:
        rows = [[one.name, one.row.code, *_cells(one)] for one in (*table.lines, table.total)]
        _sheet(book, table.title, [table.heading, _("Kod"), *_columns()], rows, bold)
    asked: list[list[Cell]] = [
        [
            one.asked.name, one.due.isoformat(), _state(one),
            one.answered.date().isoformat() if one.answered else "", one.reason,
        ]
        for one in requests
    ]  # fmt: skip
    head = [_("Organisation"), _("Svar senast"), _("Läge"), _("Svarade"), _("Skäl")]
    _sheet(book, _("Svar"), head, asked, bold)
    book.close()
    return buffer.getvalue()


def _state(one: RollUpRequest) -> str:
    if one.answered is not None:
        return one.get_refusal_display() or _("Har svarat")
    return _("Har inte svarat, sent") if one.overdue else _("Har inte svarat")


def _sheet(
    book: Any, title: str, head: Sequence[str], rows: Sequence[Sequence[Cell]], bold: Any
) -> None:
    sheet = book.add_worksheet(title[:31])
    for at, heading in enumerate(head):
        sheet.write_string(0, at, heading, bold)
        longest = max([len(heading), *(len(str(row[at])) for row in rows)])
        sheet.set_column(at, at, min(longest + 2, WIDEST))
    for number, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, at, cell)
            else:
                sheet.write_number(number, at, cell)
    sheet.freeze_panes(1, 0)


WRITERS: Final[
    dict[str, tuple[str, Callable[[Sequence[Shown], Sequence[RollUpRequest]], bytes]]]
] = {"csv": ("text/csv; charset=utf-8", as_csv), "xlsx": (XLSX, as_xlsx)}


def file(
    organisation: Organisation, shown: Sequence[Shown], requests: Sequence[RollUpRequest], form: str
) -> HttpResponse:
    """The roll-up as a file to be saved."""
    media_type, write = WRITERS[form]
    name = f"{_('sammanstallning')}-{organisation.slug}.{form}"
    return HttpResponse(
        write(shown, requests),
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
