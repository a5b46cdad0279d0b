"""Reading what PxWebApi 2 answers: recorded answers, and others."""

import json

import pytest

from samsyn.statistics.services import PxWeb, ServiceError
from samsyn.statistics.services.pxweb import (
    Selection,
    read_codelist,
    read_config,
    read_listing,
    read_table,
    require_answer,
)
from samsyn.statistics.services.selection import matching
from tests.reference import shared
from tests.statistics.services.server import small_cube

RECORDED = ("data", "api", "scb_pxwebapi2_recorded")
REFERENCE = ("data", "api", "pxwebapi2_reference_impl")


def recorded(*parts):
    return json.loads(shared(*parts).read_text(encoding="utf-8"))


def test_the_configuration_of_statistics_sweden():
    config = read_config(recorded(*RECORDED, "config.json"), "")
    assert (config.max_cells, config.calls, config.seconds) == (150_000, 3, 1.0)
    assert config.languages == ("en", "sv")
    assert config.source == "SCB"
    assert "cc0" in config.licence


def test_the_configuration_of_the_reference_server():
    config = read_config(recorded(*REFERENCE, "GetApiConfiguration.json"), "")
    assert (config.max_cells, config.calls, config.seconds) == (10_000, 30, 10.0)


def test_a_recorded_search():
    listed = read_listing(recorded(*RECORDED, "search.json"), "")
    assert len(listed) == 10
    assert listed[-1].id == "TAB6473"
    # Two spaces stand in the recorded title.
    assert listed[-1].label == "Befolkningsstatistik efter region och kön. Månad 2025M01-2026M04"
    assert listed[0].variables == ("typ av anslutning", "tabellinnehåll", "år")


def test_recorded_metadata():
    table = read_table(recorded(*RECORDED, "TAB6471_metadata.json"), "TAB6471")
    assert [d.label for d in table.dimensions] == [
        "region", "ålder", "kön", "tabellinnehåll", "månad",
    ]  # fmt: skip
    assert table.time == "Tid"
    assert table.source == "SCB"
    region = table.dimension("region")
    assert region == table.dimension("Region")
    assert len(region.labels) == 312
    assert "vs_CKM02Län" in region.codelists
    periods = table.dimension("månad").labels
    assert matching(periods, ["2025M11..2026M02"]) == ["2025M11", "2025M12", "2026M01", "2026M02"]
    assert matching(table.dimension("kön").labels, ["totalt*"]) == ["TotSa"]


def test_a_recorded_code_list():
    ages = read_codelist(recorded(*RECORDED, "agg_Alder10arJ.json"), "agg_Ålder10årJ")
    assert len(ages) == 11
    assert ages["-9"] == "0-9 år"


@pytest.mark.parametrize("name", ["tab001", "tab003", "tab004"])
def test_metadata_of_the_reference_server(name):
    table = read_table(recorded(*REFERENCE, f"MetadataById_{name}_js2.json"), name)
    assert table.time in {d.code for d in table.dimensions}
    assert all(d.labels for d in table.dimensions)


@pytest.fixture
def answered():
    """The recorded table, what was asked of it and what came."""
    document = recorded(*RECORDED, "TAB6471_data.json")
    table = read_table(recorded(*RECORDED, "TAB6471_metadata.json"), "TAB6471")
    codes = {
        code: list(document["dimension"][code]["category"]["index"]) for code in document["id"]
    }
    return document, table, Selection(codes)


def test_a_recorded_answer_is_what_was_asked_for(answered):
    require_answer(*answered)


def test_an_answer_with_values_by_place_is_one_too(answered):
    document, table, selection = answered
    sparse = {str(place): value for place, value in enumerate(document["value"])}
    require_answer({**document, "value": sparse}, table, selection)


def test_an_answer_to_something_else_is_not_taken(answered):
    document, table, selection = answered
    fewer = {**selection.codes, "Kon": ["1", "2"]}
    with pytest.raises(ServiceError, match="does not hold the 1848 cells"):
        require_answer(document, table, selection.of(fewer))


def test_an_answer_that_lacks_values_is_not_taken(answered):
    document, table, selection = answered
    with pytest.raises(ServiceError, match="does not hold the 2772 cells"):
        require_answer({**document, "value": document["value"][:-1]}, table, selection)


def test_an_answer_of_a_table_updated_meanwhile_is_not_taken(answered):
    document, table, selection = answered
    later = {**document, "updated": "2026-06-09T06:00:00Z"}
    with pytest.raises(ServiceError, match="was updated while it was fetched"):
        require_answer(later, table, selection)


@pytest.mark.parametrize(
    ("read", "document"),
    [
        (read_config, {"maxDataCells": "many"}),
        (read_config, []),
        (read_listing, {"tables": [{"id": "TAB1"}]}),
        (read_table, {"version": "2.0"}),
        (read_codelist, {"values": [{"code": "1"}]}),
    ],
)
def test_a_service_that_speaks_otherwise_is_told_apart(read, document):
    with pytest.raises(ServiceError, match="did not answer with"):
        read(document, "http://example.org")


def test_a_search_reads_every_page(service, fetching):
    for number in range(5):
        service.add(small_cube(f"TAB{number}"))
    with fetching() as session:
        px = PxWeb(session, service.pxweb_url)
        assert [table.id for table in px.search("folkmängden")] == [f"TAB{n}" for n in range(5)]
    assert sum("pageNumber" in path for _, path, _ in service.asked) == 3


@pytest.mark.parametrize(("asked", "spoken"), [("en", "en"), ("sv", "sv"), ("fi", "sv")])
def test_a_language_that_the_server_lacks_gives_way_to_its_own(service, fetching, asked, spoken):
    service.add(small_cube())
    with fetching() as session:
        PxWeb(session, service.pxweb_url, asked).table("TAB1")
    assert f"lang={spoken}" in service.asked[-1][1]
