"""Lists out to spreadsheets and back in: templates, exports, and what is read from a file.

The same whether a list comes as a workbook, as CSV or pasted: read into a `Table`, laid beside what
there is as a `Plan`, shown, and kept as a whole or not at all.
"""

from samsyn.people.excel.cells import CellError, data_of, parse, shown, written
from samsyn.people.excel.columns import Column, Sort, columns_of
from samsyn.people.excel.heading import Table, table_of
from samsyn.people.excel.planning import Change, Fault, Plan, Reader, Row, State, Target
from samsyn.people.excel.reading import UnreadableError, read_file, read_pasted
from samsyn.people.excel.text import as_csv
from samsyn.people.excel.workbook import Words, workbook

__all__ = [
    "CellError",
    "Change",
    "Column",
    "Fault",
    "Plan",
    "Reader",
    "Row",
    "Sort",
    "State",
    "Table",
    "Target",
    "UnreadableError",
    "Words",
    "as_csv",
    "columns_of",
    "data_of",
    "parse",
    "read_file",
    "read_pasted",
    "shown",
    "table_of",
    "workbook",
    "written",
]
