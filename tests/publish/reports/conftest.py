"""A report with everything that a report may have, and the same as a Word file."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import docx
import polars as pl
import pytest
from docx.document import Document

from samsyn.publish.about import About, about
from samsyn.publish.charts import Chart, line
from samsyn.publish.maps import Map, by_type, place_map
from samsyn.publish.reports import (
    Bullets,
    Code,
    Column,
    Figure,
    KeyFigure,
    KeyFigures,
    Link,
    Note,
    Paragraph,
    Picture,
    Report,
    Section,
    Strong,
    Swatch,
    Table,
)
from samsyn.publish.reports.word import word
from samsyn.publish.wording import people_by_type
from samsyn.statistics.query import Release
from tests.publish.reports.sample import ODD, STRIP, reported


@pytest.fixture(scope="session")
def chart() -> Chart:
    frame = pl.DataFrame([
        {"area": "municipality/2025/0001", "name": "Byn", "period": str(year), "value": value,
         "lower": value - 0.01, "upper": value + 0.01, "status": "ok", "unit": "share"}
        for year, value in ((2022, 0.12), (2023, 0.14), (2024, 0.17))
    ])  # fmt: skip
    source = About("Låg standard & annat", "sv", "r1", "2026-01-02T03:04:05+00:00", "0.1.0", ())
    return line(frame, source)


@pytest.fixture(scope="session")
def drawn_map(demo: Release) -> Map:
    types = people_by_type(demo, "municipality/2025/9901")
    of = about(demo, "Områdestyper i Vattstad", "sv", frames=[types])
    return place_map(demo, demo.area("9901"), "regso/2025", by_type(types), of, bare=True)


@pytest.fixture(scope="session")
def report(chart: Chart, drawn_map: Map) -> Report:
    """A report with everything that a report may have."""
    types = Table(
        "Områden och typer",
        (Column("Område", width=2), Column("Typ", width=2), Column("Läge"),
         Column("Andel", "right")),
        (
            ("Norr", Swatch("#4966a8", "Stora utmaningar"),
             Picture(STRIP, "Som helheten", 60, 8), "17,4 %"),
            (Strong("Söder"), Swatch("#8d5e00", "Goda"), Link("Se metod", "#how-it-is"), "saknas"),
        ),
        note="Typen följer av indexet.",
    )  # fmt: skip
    many = Table(
        "Alla siffror",
        (Column("Mått", width=3), Column("2023", "right"), Column("2024", "right")),
        tuple((f"Mått {at}", f"{at},1", f"{at},2") for at in range(90)),
        dense=True,
    )
    plain = reported(
        Section(
            "summary",
            "Sammanfattning",
            (
                Paragraph("Skillnaderna ökar.", "lead"),
                KeyFigures((KeyFigure("Låg standard", "17,4 %", "Riket 14,7 %"),
                            KeyFigure("Invånare", "59\u00a0249"))),
                Paragraph(("Se ", Link("metoden", "#how-it-is"), ", ", Strong("noga"), ", och ",
                           Link("källan", "https://example.org/?a=1&b=2"), " eller ",
                           Link("det som saknas", "#nowhere"), ".")),
                Bullets(("Ett", ("Två ", Strong("gånger")))),
                Note("Egen text", (f"Rad ett\r\nrad två {ODD}\x00\x0b\ufffe", "Sedan")),
                Figure("line", chart),
            ),
        ),
        Section(
            "how-it-is",
            f"Metod {ODD}",
            (types, Code("samsyn report '9901'  --lang sv"), Paragraph("Fint.", "small")),
            (
                Section("how-it-is/maps", "Karta", (Figure("map", drawn_map),),
                        (Section("deep", "Djupt", (Paragraph("Där."),)),)),
            ),
        ),
        Section("appendix", "Bilaga", (many,)),
    )  # fmt: skip
    facts = (("Plats", f"Vattstads kommun {ODD}"), *plain.facts[1:])
    return replace(plain, name=f"Vattstad {ODD}", facts=facts, notice="Platsen är påhittad.")


@pytest.fixture(scope="session")
def written(report: Report) -> bytes:
    return word(report)


@pytest.fixture(scope="session")
def opened(written: bytes) -> Document:
    return docx.Document(BytesIO(written))
