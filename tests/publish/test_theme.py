"""Colours that all can tell apart, and that say neither good nor bad."""

from itertools import combinations, pairwise

import pytest

from samsyn.publish.theme import DARK, LIGHT, Theme, config, theme
from tests.publish.colours import VISION, apart, contrast, hue, lightness

LOOKS = [LIGHT, DARK]
# Two colours of CIELAB that lie 10 apart are told apart when they do not touch.
CLEAR = 10.0


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark"])
@pytest.mark.parametrize("vision", VISION)
def test_places_and_types_are_told_apart_with_any_eyes(look: Theme, vision: str) -> None:
    for palette in (look.series, look.area_types, look.diverging):
        for one, other in combinations(palette, 2):
            assert apart(one, other, vision) > 1.5 * CLEAR, (one, other)


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark"])
@pytest.mark.parametrize("vision", VISION)
def test_classes_next_to_each_other_are_told_apart(look: Theme, vision: str) -> None:
    for one, other in pairwise(look.sequential):
        assert apart(one, other, vision) > CLEAR, (one, other)


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark"])
def test_both_ends_of_the_types_weigh_the_same(look: Theme) -> None:
    first, second, middle, fourth, last = (lightness(colour) for colour in look.area_types)
    assert first == pytest.approx(last, abs=1.5)
    assert second == pytest.approx(fourth, abs=1.5)
    far = abs(first - middle)
    assert far == pytest.approx(abs(last - middle), abs=1.5)
    assert far > abs(second - middle) > 0.25 * far
    # Of the seven of a diverging scale likewise.
    lights = [lightness(colour) for colour in look.diverging]
    assert lights == pytest.approx(lights[::-1], abs=2.5)


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark"])
def test_no_end_is_red(look: Theme) -> None:
    for colour in (*look.area_types[:2], *look.area_types[3:]):
        assert 50 < hue(colour) < 330


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark"])
def test_a_scale_goes_one_way_in_lightness(look: Theme) -> None:
    lights = [lightness(colour) for colour in look.sequential]
    assert lights in (sorted(lights), sorted(lights, reverse=True))
    # Little is near the background, much far from it.
    ground = lightness(look.background)
    assert abs(lights[0] - ground) < abs(lights[-1] - ground)


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark"])
def test_text_and_marks_can_be_read(look: Theme) -> None:
    for text in (look.ink, look.soft, look.accent):
        assert contrast(text, look.background) >= 4.5
    # Names at the ends of lines are written in the line's colour.
    for text in look.series:
        assert contrast(text, look.background) >= 4.45
    for mark in (look.area_types[0], look.area_types[4], look.sequential[-1]):
        assert contrast(mark, look.background) >= 3
    assert contrast(look.faint, look.background) < 1.6  # the grid stays behind


def test_the_theme_follows_the_page() -> None:
    assert theme() is LIGHT
    assert theme(dark=True) is DARK
    assert config(DARK, "sv")["background"] == DARK.background
    assert config(LIGHT, "sv")["locale"]["number"]["decimal"] == ","
    assert config(LIGHT, "en")["locale"]["number"]["decimal"] == "."
