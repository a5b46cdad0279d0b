"""Small charts of plain numbers: where a place stands, how it moved, where its parts lie."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from samsyn.publish.charts import standing, strip_of, trace
from samsyn.publish.intervals import Figure

SURE = Figure(0.4, 0.35, 0.45)


def across(drawn, name):
    """Where marks of a class begin, in the chart's own units."""
    path = re.search(rf'class="{name}" d="M([\d.]+)', drawn)
    return None if path is None else float(path[1])


def test_a_place_stands_where_its_value_is_between_nothing_and_the_highest():
    drawn = standing(SURE, [0.1, 0.8], 0.05, "Vattstad", highest=0.8)
    assert across(drawn, "place") == pytest.approx(5 + 0.5 * 250, abs=0.1)
    assert across(drawn, "chance") == pytest.approx(5 + 0.0625 * 250, abs=0.1)
    assert "Vattstad 0,40 (0,35–0,45), bland 2 platser från 0,10 till 0,80" in drawn
    ElementTree.fromstring(drawn)


@pytest.mark.parametrize("figure", [Figure(None), Figure(0.3), Figure(0.5, 0.1, 0.2)])
def test_what_is_not_known_is_not_drawn(figure):
    drawn = standing(figure, [], None, "A & <B>")
    ElementTree.fromstring(drawn)
    assert ('class="interval"' in drawn) == figure.sure
    assert ('class="place"' in drawn) == figure.known
    assert "<B>" not in drawn


def test_years_keep_their_distance_and_gaps_are_no_zeros():
    drawn = trace(["2010", "2011", "2020"], [SURE, Figure(None), SURE])
    line = re.search(r'class="place" d="([^"]+)"', drawn)
    assert line
    assert line[1].count("L") == 1
    assert "Från 0,40 2010 till 0,40 2020" in drawn
    ElementTree.fromstring(trace(["2010"], [Figure(None)]))


def test_without_a_value_of_its_own_a_place_has_no_mark():
    parts, marks = [0.1, 0.2, 0.3], [("Länet", 0.15)]
    assert 'class="place"' in strip_of(parts, marks, "share")
    beside = strip_of(parts, marks, "share", own=False)
    assert 'class="place"' not in beside
    assert 'class="beside"' in beside
    ElementTree.fromstring(strip_of([], [], None))
