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


def get(service, session, years=None, within=()):
    figure = service.figure("N00001")
    blocks = service.requests(figure.id, years or Years(), 2026, within)
    return service.fetch(session.shelf, figure, blocks)


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
        fetched = get(service, session)
    assert fetched.collection == "kolada/N00001"
    assert periods_in(fetched.files) == list(range(2010, 2025))
    names = [file.name for file in fetched.files]
    assert names[:2] == ["1990-2014-001.json", "1990-2014-002.json"]
    assert names[-2:] == ["2015-2026-005.json", "kpi.json"]
    told = json.loads((fetched.files[0].parent / f"{names[0]}.provenance.json").read_text("utf-8"))
    assert told["origin"] == "Kolada"
    assert told["table"] == "N00001"
    assert told["title"] == "Invånare 1 av något slag, andel (%)"
    assert told["updated"] == "2026-01-15"
    assert "Källa: Kolada" in told["licence"]
    assert "body" not in told


def test_only_the_years_asked_for_come(kolada, asking, fetching):
    with fetching() as session:
        service = asking(session, kolada)
        fetched = get(service, session, parse_years("2012,2020-2021"))
    assert periods_in(fetched.files) == [2012, 2020, 2021]


def test_runs_of_years_without_figures_leave_no_file(kolada, asking, fetching):
    years = parse_years("1990-2009,2020-")
    with fetching() as session:
        fetched = get(asking(session, kolada), session, years)
    assert any("year/2025,2026" in path for _, path, _ in kolada.asked)
    names = [file.name for file in fetched.files]
    assert names == [*(f"1990-2024-{n:03}.json" for n in (1, 2, 3)), "kpi.json"]
    kolada.asked.clear()
    with fetching(resume=True) as session:
        assert get(asking(session, kolada), session, years) == fetched
    assert kolada.asked == []


def test_a_figure_without_figures_is_told(kolada, asking, fetching, tmp_path):
    with fetching() as session:
        service = asking(session, kolada)
        with pytest.raises(InputError, match=r"no figures of N00001 \(Invånare 1"):
            get(service, session, parse_years("2000"))
    assert not (tmp_path / "fetched/kolada").exists()


def test_municipalities_are_named_by_code_or_name(kolada, asking, fetching):
    with fetching() as session:
        service = asking(session, kolada)
        codes = service.codes(["kommun 115", "0117", "0115"])
        assert codes == ["0115", "0117"]
        fetched = get(service, session, parse_years("2020"), codes)
        with pytest.raises(InputError, match='no municipality or region "Atlantis"'):
            service.codes(["Atlantis"])
    document = json.loads(fetched.files[0].read_text("utf-8"))
    assert [value["municipality"] for value in document["values"]] == ["0115", "0117"]


def test_no_more_municipalities_are_asked_for_at_once_than_allowed(kolada, asking, fetching):
    many = [f"{n:04}" for n in range(60)]
    with fetching() as session:
        fetched = get(asking(session, kolada), session, parse_years("2020"), many)
    values = [json.loads(file.read_text("utf-8"))["values"] for file in fetched.files[:-1]]
    assert [value["municipality"] for page in values for value in page] == many


def test_what_came_is_not_asked_for_again(kolada, asking, fetching):
    kolada.fail(("status", 503, {}), "page=3", times=99)
    with fetching() as session:
        service = asking(session, kolada)
        with pytest.raises(ServiceError):
            get(service, session)
    kolada.faults.clear()
    before = list(kolada.asked)
    came = {path for path, _ in kolada.answered}
    with fetching(resume=True) as session:
        fetched = get(asking(session, kolada), session)
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
            get(service, session, parse_years("1950"))


def test_another_service_is_told_apart(kolada, asking, fetching):
    kolada.fail(("document", {"count": 3}))
    with fetching() as session, pytest.raises(ServiceError, match="Kolada's API v3"):
        asking(session, kolada).search("x")


def test_pages_in_a_circle_end(kolada, asking, fetching):
    circle = {"values": [], "next_url": "http://api.kolada.invalid/kpi?title=x&per_page=5000"}
    kolada.fail(("document", circle))
    with fetching() as session, pytest.raises(ServiceError, match="in a circle"):
        asking(session, kolada).search("x")
