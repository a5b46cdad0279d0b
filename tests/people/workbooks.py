"""Workbooks for tests, as people make them and as they should not be."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import fastexcel
import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def book(*rows: list[Any], sheet: str = "Aktörer", **sheets: list[list[Any]]) -> bytes:
    """A workbook with those rows in a sheet, and other sheets before it."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, cells in {**sheets, sheet: rows}.items():
        page = made.create_sheet(name)
        for row in cells:
            page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def altered(raw: bytes, change) -> bytes:
    """A workbook after somebody has opened it and done something."""
    made = openpyxl.load_workbook(io.BytesIO(raw))
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sheet_of(raw: bytes, at: int | str) -> list[tuple[str | None, ...]]:
    """The rows of a sheet as text."""
    page = fastexcel.read_excel(raw).load_sheet(at, header_row=None, skip_rows=0, dtypes="string")
    return page.to_polars().rows()


def with_part(raw: bytes, path: str, change) -> bytes:
    """A workbook in which a part of the zip file is another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == path else content)
    return out.getvalue()


def sent(client: Client, address: str, raw: bytes, name: str = "lista.xlsx"):
    """What the page answers to a file."""
    return client.post(address, {"file": SimpleUploadedFile(name, raw, WORKBOOK)})


def confirmed(client: Client, address: str, answer):
    """What the page answers when what it has shown is confirmed."""
    return client.post(address, {"read": answer.context["read"]})


def faults(answer) -> dict[str, str]:
    """What is wrong, by cell."""
    return {one.cell: one.text for one in answer.context["plan"].faults}
