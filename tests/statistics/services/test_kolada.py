"""Key figures of Kolada, from end to end over HTTP."""

import json

import pytest

from samsyn.measure import InputError
from samsyn.statistics.services import Kolada, ServiceError, Years, parse_years


@pytest.fixture
def kolada(service):
    """A service with four key figures."""
    for number in range(4):
        service.figures[f"N0000{number}"] = {
            "id": f"N0000{number}",
            "title": f"Invånare {number}  av något slag, andel (%)",
            "description": "Vad den är.",
            "publication_date": "2026-01-15",
            "municipality_type": "K",
        }
    return service


@pytest.fixture
def asking(waits):
    """Kolada as one asks it, without waiting."""
    return lambda session, service: Kolada(session, service.kolada_url, waits.clock)


def periods_in(files):
    return [
        value["period"]
        for file in files
        if file.name != "kpi.json"
        for value in json.loads(file.read_text("utf-8"))["values"]
    ]


def test_a_search_reads_every_page(kolada, asking, fetching):
    with fetching() as session:
        found = asking(session, kolada).search("invånare")
    assert [figure.id for figure in found] == ["N00000", "N00001", "N00002", "N00003"]
    assert found[0].title == "Invånare 0 av något slag, andel (%)"


def test_figures_come_page_by_page_in_runs_of_years(kolada, asking, fetching, tmp_path):
    with fetching() as session:
        service = asking(session, kolada)
        figure = service.figure("N00001")
        fetched = service.fetch(session.shelf, figure, Years(), 2026)
    assert fetched.collection == "kolada/N00001"
    assert periods_in(fetched.files) == list(range(2010, 2025))
    names = [file.name for file in fetched.files]
    assert names[:3] == ["kpi.json", "1990-2014-001.json", "1990-2014-002.json"]
    assert "2015-2026-005.json" in names
    told = json.loads((fetched.files[1].parent / f"{names[1]}.provenance.json").read_text("utf-8"))
    assert told["origin"] == "Kolada"
    assert told["table"] == "N00001"
    assert told["title"] == figure.title
    assert told["updated"] == "2026-01-15"
    assert "Källa: Kolada" in told["licence"]
    assert "body" not in told


def test_only_the_years_asked_for_come(kolada, asking, fetching):
    with fetching() as session:
        service = asking(session, kolada)
        years = parse_years("2012,2020-2021")
        fetched = service.fetch(session.shelf, service.figure("N00001"), years, 2026)
    assert periods_in(fetched.files) == [2012, 2020, 2021]


def test_municipalities_come(kolada, asking, fetching):
    with fetching() as session:
        fetched = asking(session, kolada).fetch_municipalities(session.shelf)
    assert [file.name for file in fetched.files] == ["001.json", "002.json"]


def test_what_came_is_not_asked_for_again(kolada, asking, fetching):
    kolada.fail(("status", 503, {}), "page=3", times=99)
    with fetching() as session:
        service = asking(session, kolada)
        figure = service.figure("N00001")
        with pytest.raises(ServiceError):
            service.fetch(session.shelf, figure, Years(), 2026)
    kolada.faults.clear()
    before = list(kolada.asked)
    came = {path for path, _ in kolada.answered}
    with fetching(resume=True) as session:
        service = asking(session, kolada)
        fetched = service.fetch(session.shelf, service.figure("N00001"), Years(), 2026)
    assert periods_in(fetched.files) == list(range(2010, 2025))
    again = [path for _, path, _ in kolada.asked[len(before) :]]
    assert came
    assert "page=3" in again[0]
    assert not {path for path in again if "page" not in path} & {path for _, path, _ in before}


def test_a_key_figure_that_is_not_there(kolada, asking, fetching):
    with fetching() as session, pytest.raises(InputError, match='no key figure "N99999"'):
        asking(session, kolada).figure("N99999")


def test_years_that_kolada_does_not_have(kolada, asking, fetching):
    with fetching() as session:
        service = asking(session, kolada)
        with pytest.raises(InputError, match="the years 1990 to 2026"):
            service.fetch(session.shelf, service.figure("N00001"), parse_years("1950"), 2026)


def test_another_service_is_told_apart(kolada, asking, fetching):
    kolada.fail(("document", {"count": 3}))
    with fetching() as session, pytest.raises(ServiceError, match="Kolada's API v3"):
        asking(session, kolada).search("x")


def test_pages_in_a_circle_end(kolada, asking, fetching):
    circle = {"values": [], "next_url": "http://api.kolada.invalid/kpi?title=x&per_page=5000"}
    kolada.fail(("document", circle))
    with fetching() as session, pytest.raises(ServiceError, match="in a circle"):
        asking(session, kolada).search("x")
