"""Tables of figures as HTML.

Written here and not in a template, since a page may show a thousand cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from samsyn.publish.charts import Chart
from samsyn.publish.maps import Map

ROWS: Final = 300  # that a page shows; files have all


def datatable(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numbers: Sequence[bool] = (),
    label: str = "",
    header: int = 0,
) -> SafeString:
    """A table in a region that scrolls sideways where it is wider than its place.

    `numbers` says which columns are numbers, which stand to the right; `header` which column names
    the row. All texts are escaped.
    """
    right = [*numbers, *[False] * (len(headings) - len(numbers))]
    css = [' class="number"' if one else "" for one in right]
    head = "".join(
        f'<th scope="col"{one}>{escape(text)}</th>'
        for one, text in zip(css, headings, strict=False)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row"{one}>{escape(text)}</th>'
            if at == header
            else f"<td{one}>{escape(text)}</td>"
            for at, (one, text) in enumerate(zip(css, row, strict=False))
        )
        + "</tr>"
        for row in rows
    )
    return mark_safe(
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(label)}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def told(shown: Chart | Map) -> SafeString:
    """The table of a chart or a map: its first rows where there are very many."""
    names = list(shown.headings)
    header = names.index("name") if "name" in names else 0
    if isinstance(shown, Chart):
        numbers = [shown.table.schema[name].is_numeric() or name == "rank" for name in names]
        rows = replace(shown, table=shown.table.head(ROWS)).rows()
    else:
        numbers = [name == "value" for name in names]
        cells = shown.table.head(ROWS).select(names).iter_rows()
        rows = [["–" if cell is None else str(cell) for cell in row] for row in cells]
    return datatable(
        list(shown.headings.values()), rows, numbers=numbers, label=shown.title, header=header
    )
