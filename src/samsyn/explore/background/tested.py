"""What the accessibility statement may claim, and what it owns up to.

Each claim names the test that stands behind it, and a test fails where that test is gone. When the
pages were last looked at by people is told here and changed by people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ASSESSED: Final = "2026-11-21"  # when the shortcomings below were last gone through
UPDATED: Final = "2026-11-21"  # when this statement was last changed


@dataclass(frozen=True)
class Claim:
    """What is tested, in both languages, and the test in the repository that does it."""

    sv: str
    en: str
    test: str


@dataclass(frozen=True)
class Shortcoming:
    """What is not accessible or not known to be: for whom, why, and what can be done instead."""

    sv: str
    en: str


TESTS: Final = (
    Claim(
        "Verktyget axe granskar varje sorts sida på svenska och engelska, i ljust och mörkt läge, "
        "med allt som går att fälla ut utfällt, och ska inte finna något fel.",
        "The tool axe examines every kind of page in Swedish and English, in light and in dark, "
        "with everything that unfolds unfolded, and must find nothing wrong.",
        "tests/browser/test_pages.py::test_axe_finds_nothing_in_light_and_in_dark",
    ),
    Claim(
        "Sidorna ryms i bredd på en telefon med 360 bildpunkter, en platta och en skrivbordsskärm.",
        "Pages fit the width of a phone of 360 pixels, a tablet and a desktop screen.",
        "tests/browser/test_pages.py::test_nothing_moves_while_a_page_comes_or_runs_over_the_edge",
    ),
    Claim(
        "Text i dubbel storlek får plats utan att något skyms.",
        "Text at twice its size fits without anything being hidden.",
        "tests/browser/test_pages.py::test_nothing_moves_while_a_page_comes_or_runs_over_the_edge",
    ),
    Claim(
        "Med bara tangentbordet går det att hitta en plats och hämta dess siffror.",
        "With the keyboard alone a place can be found and its figures taken home.",
        "tests/browser/test_jobs.py::test_a_place_is_found_and_its_figures_are_taken_home",
    ),
    Claim(
        "Med bara tangentbordet går det att jämföra två platser.",
        "With the keyboard alone two places can be compared.",
        "tests/browser/test_jobs.py::test_two_places_are_compared",
    ),
    Claim(
        "Med bara tangentbordet går det att hitta ett område genom listan bredvid kartan.",
        "With the keyboard alone an area can be found through the list beside the map.",
        "tests/browser/test_jobs.py::test_an_area_is_found_through_the_list_of_the_map",
    ),
    Claim(
        "Den första tangenttryckningen leder förbi menyn till innehållet.",
        "The first press of the tab key leads past the menu to the content.",
        "tests/browser/test_jobs.py::test_the_first_tab_leads_past_the_menu",
    ),
    Claim(
        "Ingenting flyttar sig på sidan medan den läses in.",
        "Nothing moves on the page while it loads.",
        "tests/browser/test_pages.py::test_nothing_moves_while_a_page_comes_or_runs_over_the_edge",
    ),
    Claim(
        "Sidorna är hela också utan JavaScript.",
        "Pages are whole without JavaScript too.",
        "tests/browser/test_pages.py::test_a_page_is_whole_without_javascript",
    ),
)
SHORTCOMINGS: Final = (
    Shortcoming(
        "Den interaktiva kartan kan inte läsas av en skärmläsare, eftersom ytorna ritas som en "
        "bild. Allt den visar står också i listan och tabellen bredvid (WCAG 1.1.1).",
        "The interactive map cannot be read by a screen reader, since its areas are drawn as a "
        "picture. All that it shows stands also in the list and the table beside it (WCAG 1.1.1).",
    ),
    Shortcoming(
        "Anmärkningar från källorna visas på det språk som de är skrivna på, och är inte märkta "
        "med språk (WCAG 3.1.2).",
        "Notes from the sources are shown in the language that they are written in, and are not "
        "marked with it (WCAG 3.1.2).",
    ),
    Shortcoming(
        "Filer att hämta (Excel, bilder) har inte prövats med hjälpmedel. Samma siffror står i "
        "tabeller på sidorna.",
        "Files to take home (Excel, pictures) have not been tried with assistive technology. The "
        "same figures stand in tables on the pages.",
    ),
    Shortcoming(
        "Webbplatsen har prövats med automatiska verktyg och med tangentbord, men ännu inte av "
        "personer som dagligen använder skärmläsare, förstoring eller röststyrning. Det kan finnas "
        "brister som vi inte känner till.",
        "The site has been tried with automatic tools and with the keyboard, but not yet by people "
        "who use a screen reader, magnification or voice control every day. There may be "
        "shortcomings that we do not know of.",
    ),
)
