"""The command on the last page makes the report again."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from samsyn.cli import main
from samsyn.publish.reports import Code, Report
from samsyn.publish.reports.pdf import pdf
from samsyn.publish.reports.web import page
from samsyn.publish.situation import Choice, situation_report
from samsyn.statistics.query import Release
from samsyn.statistics.release.store import Store
from tests.publish.situation.conftest import DAY

SHORT = ("summary", "housing", "unknown")
CHOICES: list[dict[str, Any]] = [
    {"place": "Vattstad", "sections": SHORT},
    {"place": "municipality/9903", "period": "2020", "compare": ("county", "similar"),
     "language": "en", "sections": SHORT},
    {"place": "regso/2020/9901R001", "compare": (), "sections": ("summary", "appendix")},
    {"place": "regso/2025/9901R001", "sections": ("areas", "appendix")},
    {"place": "9901-inre-hamnen", "sections": SHORT, "site": "https://example.org"},
    {"place": "99", "sections": SHORT, "author": "Länet & \"vi\" 'alla'",
     "own": {"summary": "Ett stycke.\n\n<b>Ett till</b> # $"}},
]  # fmt: skip


def command(report: Report) -> list[str]:
    """The words of the command that a report ends with."""
    (code,) = [block for block in report.sections[-1].blocks if isinstance(block, Code)]
    program, *words = shlex.split(code.text)
    assert program == "samsyn"
    return words


def again(report: Report, own: dict[str, str], store: Store, target: Path) -> bytes:
    """What the command makes, run as it stands, on the day of the report."""
    words = command(report)
    if own:
        text = target.with_name("text.json")
        text.write_text(json.dumps(own), encoding="utf-8")
        words = [str(text) if word == "text.json" else word for word in words]
    else:
        assert "--text" not in words
    more = ["--store", str(store.path), "--date", report.day.isoformat(), "--output", str(target)]
    with pytest.raises(SystemExit) as left:
        main([*words, *more])
    assert not left.value.code
    return target.read_bytes()


@pytest.mark.parametrize("choices", CHOICES, ids=[str(one["place"]) for one in CHOICES])
def test_the_command_of_a_report_makes_the_same_report(
    demo: Release, demo_store: Store, tmp_path: Path, choices: dict[str, Any]
) -> None:
    report = situation_report(demo, Choice(**choices, day=DAY))
    made = again(report, choices.get("own", {}), demo_store, tmp_path / "again.html")
    assert made.decode() == page(report)


def test_so_does_it_as_pdf(demo: Release, demo_store: Store, tmp_path: Path) -> None:
    report = situation_report(demo, Choice("9901", sections=("summary",), day=DAY))
    assert again(report, {}, demo_store, tmp_path / "again.pdf") == pdf(report)


def test_the_command_names_only_what_is_not_usual(demo: Release) -> None:
    report = situation_report(demo, Choice("Vattstad", day=DAY))
    assert command(report) == [
        "report", "municipality/9901", "--release", demo.name, "--lang", "sv",
    ]  # fmt: skip


def test_the_order_of_what_is_chosen_makes_no_other_report(demo: Release) -> None:
    choice = Choice("9901", sections=("housing", "summary"), compare=("similar", "county"), day=DAY)
    turned = replace(choice, sections=choice.sections[::-1], compare=choice.compare[::-1])
    one, other = (situation_report(demo, each) for each in (choice, turned))
    assert [section.id for section in one.sections] == [section.id for section in other.sections]
    assert one.facts == other.facts
    assert set(re.split(r"[ ,]", " ".join(command(one)))) == set(
        re.split(r"[ ,]", " ".join(command(other)))
    )
