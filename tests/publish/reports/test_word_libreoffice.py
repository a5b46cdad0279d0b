"""A report as a Word file, as LibreOffice reads and prints it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from samsyn.publish.reports import Report
from tests.lacking import lacking
from tests.publish.reports.reading import pages


@pytest.fixture(scope="module")
def printed(written: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of each page as LibreOffice prints it."""
    office = shutil.which("soffice")
    if office is None:
        lacking("LibreOffice", "libreoffice")
    folder: Path = tmp_path_factory.mktemp("office")
    (folder / "report.docx").write_bytes(written)
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
         "--convert-to", "pdf", "--outdir", str(folder), str(folder / "report.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    content = (folder / "report.pdf").read_bytes()
    return [re.sub(r"\s+", " ", text) for text in pages(content)]


def test_libreoffice_reads_all_of_it(printed: list[str], report: Report) -> None:
    assert 6 <= len(printed) <= 12
    assert report.name in printed[0]
    assert not re.search(r"\b1$", printed[0].strip())
    contents, rest = printed[1], printed[2:]
    assert contents.startswith("Innehåll")
    for section in report.every():
        assert any(section.title in page for page in rest)
    for section in report.sections:
        assert section.title in contents
    assert any("Figur 2. Områdestyper i Vattstad." in page for page in rest)


def test_a_table_has_its_headings_on_every_page(printed: list[str]) -> None:
    there = [page for page in printed if re.search(r"Mått \d+ \d+,1", page)]
    assert len(there) > 1
    assert all("Mått 2023 2024" in page for page in there)
