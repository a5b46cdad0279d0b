"""The preset, and how its entries find their tables and key figures."""

import csv
import tomllib
from importlib.resources import files

import pytest

from samsyn.measure import InputError
from samsyn.statistics.indicators.tables import table_meanings
from samsyn.statistics.services import (
    FigureEntry,
    Kolada,
    PxWeb,
    TableEntry,
    find_figure,
    find_table,
    preset,
)
from tests.reference import shared
from tests.statistics.services.server import Cube, codes, small_cube

DIMENSIONS = ("region", "kön", "tabellinnehåll", "år")


def entry(id=None, words=("folkmängden", "kön"), holds=None, dimensions=DIMENSIONS):  # noqa: A002
    return TableEntry("people", "folkmängden", words, dimensions, id, holds or {}, {})


def test_every_table_that_the_catalogue_knows_by_code_is_in_the_preset():
    path = files("samsyn.statistics.services") / "presets" / "sweden.toml"
    told = tomllib.loads(path.read_text(encoding="utf-8"))["table"]
    named = {code for table in told for code in table["for"]}
    assert {code for meaning in table_meanings() for code in meaning.codes[:1]} <= named


def test_every_indicator_from_kolada_is_in_the_preset():
    with shared("domain", "indicators.csv").open(encoding="utf-8") as file:
        wanted = {row["id"] for row in csv.DictReader(file) if row["origin"] == "Kolada"}
    assert {figure.indicator for figure in preset("sweden").figures} == wanted


def test_what_is_chosen_are_dimensions_of_the_table():
    for table in preset("sweden").tables:
        assert set(table.choose) | set(table.holds) <= set(table.dimensions)


def test_no_two_entries_are_the_same_table():
    ids = [table.id for table in preset("sweden").tables if table.id]
    assert len(ids) == len(set(ids))


def test_an_id_is_taken_where_the_table_is_what_it_should_be(service, fetching):
    service.add(small_cube("TAB1"))
    service.add(small_cube("TAB2"))
    with fetching() as session:
        assert find_table(PxWeb(session, service.pxweb_url), entry("TAB2")).id == "TAB2"
    assert not any("query" in path for _, path, _ in service.asked)


@pytest.mark.parametrize("taken", [True, False])
def test_an_id_that_is_another_table_now_gives_way_to_a_search(service, fetching, taken):
    service.add(small_cube("TAB1"))
    if taken:
        service.add(Cube("TAB2", "Bilar efter region", {"Tid": ("år", codes("2020"))}))
    with fetching() as session:
        assert find_table(PxWeb(session, service.pxweb_url), entry("TAB2")).id == "TAB1"


def test_labels_tell_tables_apart_that_are_called_alike(service, fetching):
    service.add(small_cube("TAB1"))
    other = service.add(small_cube("TAB2"))
    other.dimensions["Kon"] = ("kön", codes("pojkar", "flickor"))
    with fetching() as session:
        px = PxWeb(session, service.pxweb_url)
        assert find_table(px, entry(holds={"kön": ["Flickor"]})).id == "TAB2"


def test_several_that_fit_are_named_and_none_is_guessed(service, fetching):
    service.add(small_cube("TAB1"))
    service.add(small_cube("TAB2"))
    with fetching() as session:
        px = PxWeb(session, service.pxweb_url)
        with pytest.raises(InputError, match=r"2 \(TAB1 .*, TAB2 .*\) fit in the search"):
            find_table(px, entry())


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (entry(dimensions=(*DIMENSIONS, "ålder")), "there is none in the search"),
        (entry("TAB404"), "Known as TAB404, but the service does not have it"),
        (entry("TAB3"), "Known as TAB3, but it has the dimensions år"),
        (entry("TAB1", words=("hushåll",)), 'Known as TAB1, but it is called "Folkmängden'),
        (entry("TAB1", holds={"kön": ["okänt"]}), 'Known as TAB1, but it has no "okänt" in kön'),
    ],
)
def test_none_that_fits_is_told_with_the_reason(service, fetching, wanted, said):
    service.add(small_cube("TAB1"))
    service.add(small_cube("TAB2"))
    service.add(Cube("TAB3", "Folkmängden efter kön", {"Tid": ("år", codes("2020"))}))
    with fetching() as session:
        px = PxWeb(session, service.pxweb_url)
        with pytest.raises(InputError, match='Table "people" was not found') as caught:
            find_table(px, wanted)
    assert said in str(caught.value)


def figure(id=None, words=("17-24 år", "varken")):  # noqa: A002
    return FigureEntry("neet_share", "varken", words, id)


@pytest.fixture
def titles(service):
    """Put key figures with these titles on the server."""

    def add(**told):
        for number, title in told.items():
            service.figures[number] = {"id": number, "title": title}

    return add


def test_a_key_figure_is_found_by_id_or_by_title(service, fetching, titles, waits):
    titles(N1="17–24 år som varken arbetar", N2="16-24 år som varken arbetar", N3="Annat")
    with fetching() as session:
        kolada = Kolada(session, service.kolada_url, waits.clock)
        for asked in (figure("N1"), figure(), figure("N3"), figure("N9")):
            assert find_figure(kolada, asked).id == "N1"


@pytest.mark.parametrize(
    ("told", "asked", "said"),
    [
        ({"N2": "16-24 år som varken"}, figure("N2"), 'it is now "16-24 år som varken"'),
        ({"N2": "16-24 år som varken"}, figure("N9"), "Known as N9, but Kolada does not have it"),
        (
            {"N1": "17-24 år, varken", "N2": "17-24 år, varken eller"},
            figure(),
            "2 (N1 (17-24 år, varken), N2 (17-24 år, varken eller)) fit",
        ),
    ],
)
def test_a_key_figure_is_not_guessed(service, fetching, titles, waits, told, asked, said):
    titles(**told)
    with fetching() as session:
        kolada = Kolada(session, service.kolada_url, waits.clock)
        with pytest.raises(InputError, match='key figure for "neet_share" was not found') as caught:
            find_figure(kolada, asked)
    assert said in str(caught.value)
