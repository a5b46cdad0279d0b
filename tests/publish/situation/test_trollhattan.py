"""What is known of Trollhättan from elsewhere stands in its report, and no less of one end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from samsyn.publish.reports import KeyFigures, Report
from samsyn.statistics.query import Release
from tests.publish.situation.oracle import Files, require_written
from tests.publish.situation.reading import rows, section, tables, texts, whole

FIRST = ("Kronogård", "Norra Lextorp")
LAST = ("Björndalen", "Strömslund", "Halvorstorp")
PLACE = "municipality/2025/1488"


def test_the_areas_at_both_ends_are_those_that_the_town_itself_tells_of(town: Report) -> None:
    found = rows(tables(section(town, "areas"))[0])
    by_type = {
        number: " ".join(row["Område"] for row in found if row["Typ"].startswith(number))
        for number in ("1", "5")
    }
    assert all(name in by_type["1"] for name in FIRST)
    assert all(name in by_type["5"] for name in LAST)
    # Ordered by the index, the two ends stand at the two ends of the table.
    assert all(any(name in row["Område"] for row in found[:2]) for name in FIRST)
    assert all(any(name in row["Område"] for row in found[-4:]) for name in LAST)


def test_the_map_in_words_names_the_areas_of_both_types(town: Report) -> None:
    (words,) = [text for _, text in texts(town) if text.startswith("Områdestyp 1, stora")]
    first, _, last = words.partition("Områdestyp 5, mycket goda")
    assert all(name in first for name in FIRST)
    assert all(name in last for name in LAST)


def test_the_inequality_index_is_the_releases_with_its_interval(
    town: Report, national_release: Path
) -> None:
    files = Files(national_release)
    (row,) = files.indices.filter(
        grouping="economic_standard", units="deso/2018", region=PLACE, index="dissimilarity",
        group="low", against="high",
    ).to_dicts()  # fmt: skip
    (figures,) = [
        block for block in section(town, "summary").blocks if isinstance(block, KeyFigures)
    ]
    (index,) = [one for one in figures.items if one.name == "Ojämlikhetsindex"]
    require_written(index.value, row["value"], share=False)
    lower, upper = re.findall(r"\d,\d\d", index.note)
    require_written(lower, row["lower"], share=False)
    require_written(upper, row["upper"], share=False)
    assert index.note.endswith(row["period"])
    lead = whole(town).partition("ojämlikhetsindex var ")[2]
    assert lead.startswith(f"{index.value} ({lower}–{upper}) {row['period']}.")


def test_how_many_live_at_each_end_is_the_sum_over_the_areas(
    town: Report, national_release: Path
) -> None:
    files = Files(national_release)
    living = {"1": 0.0, "5": 0.0}
    total = 0.0
    for area in files.parts(PLACE, "regso/2020"):
        told = files.type_of(area)
        one = files.one("population", area, "2022")
        assert told is not None
        assert one is not None
        total += one["value"]
        if str(told[0]) in living:
            living[str(told[0])] += one["value"]
    (figures,) = [
        block for block in section(town, "summary").blocks if isinstance(block, KeyFigures)
    ]
    for number, people in living.items():
        (told_share,) = [one for one in figures.items if one.name.endswith(f"typ {number}")]
        require_written(told_share.value, people / total, share=True)


def test_a_real_place_is_not_said_to_be_made_up(town: Report, national: Release) -> None:
    assert "påhittad" not in whole(town)
    assert national.name in dict(town.facts)["Utgåva"]


@pytest.mark.parametrize("field", ["crime", "health"])
def test_a_field_of_which_nothing_is_known_says_so_and_stands_on_the_first_page(
    town: Report, field: str
) -> None:
    lead = next(text for name, text in texts(town) if name == field and text.startswith("Utgåvan"))
    assert "inga uppgifter om Trollhättan" in lead
    assert "Det betyder inte att det saknas utmaningar" in lead
    assert "brottslighet och hälsa" in town.notice
