"""The Excel exports read by pandas with openpyxl, as people do; nothing is interpreted."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pandas as pd

from benchmarks.timing import Work, digest

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("BENCH_DATA") or ROOT.parent / "shared/data")
AREA = re.compile(r"\d{4}[ABC]\d{4}")


def read_excel() -> Work:
    """Read the first sheet of each of the eleven exports."""
    frames: dict[str, pd.DataFrame] = {}

    def call() -> None:
        for path in sorted((DATA / "scb_deso_2022").glob("*.xlsx")):
            frames[path.name] = pd.read_excel(path, header=None, engine="openpyxl")

    def more() -> dict[str, object]:
        """The numbers in the rows that have an area."""
        cells = []
        for name, frame in frames.items():
            for number, row in enumerate(frame.itertuples(index=False), start=1):
                if any(isinstance(cell, str) and AREA.match(cell) for cell in row):
                    cells += [
                        (name, number, float(cell))
                        for cell in row
                        if isinstance(cell, int | float) and not pd.isna(cell)
                    ]
        return {"cells": len(cells), "digest": digest(cells)}

    return Work(call, repeat=1, more=more)
