"""Having tables come, from end to end over HTTP."""

import json
from hashlib import sha256
from itertools import product

import pytest

from samsyn.measure import InputError
from samsyn.statistics.services import (
    PxWeb,
    Refused,
    ServiceError,
    Wish,
    fetch_table,
    parse_years,
    planned,
)
from tests.statistics.services.server import Cube, codes, small_cube


def get(service, session, wish=None, table="TAB1"):
    px = PxWeb(session, service.pxweb_url)
    return fetch_table(px, session.shelf, planned(px, px.table(table), wish or Wish()))


def cells_in(files):
    """Every cell of the files with its value, each once."""
    found = {}
    for file in files:
        document = json.loads(file.read_text(encoding="utf-8"))
        dimensions = [list(document["dimension"][d]["category"]["index"]) for d in document["id"]]
        for cell, value in zip(product(*dimensions), document["value"], strict=True):
            assert cell not in found
            found[cell] = value
    return found


@pytest.mark.parametrize("limit", [4, 10, 30, 104, 105, 1000])
def test_the_parts_of_a_table_are_the_table(service, fetching, limit):
    cube = service.add(small_cube())
    service.limit = service.real_limit = limit
    with fetching() as session:
        fetched = get(service, session)
    assert cells_in(fetched.files) == cube.all()
    assert len(fetched.files) >= len(cube.all()) / limit


def test_each_answer_says_where_it_comes_from(service, fetching, tmp_path):
    service.add(small_cube())
    service.limit = 50
    with fetching() as session:
        files = get(service, session).files
    assert files[0] == tmp_path / "fetched/scb/TAB1/001.json"
    for file in files:
        told = json.loads(file.with_name(f"{file.name}.provenance.json").read_text("utf-8"))
        assert told["sha256"] == sha256(file.read_bytes()).hexdigest()
        assert told["address"].startswith(f"{service.pxweb_url}/tables/TAB1/data?")
        assert "valueCodes" in told["body"]
        assert told["origin"] == "SCB"
        assert "cc0" in told["licence"]
        assert told["table"] == "TAB1"
        assert told["updated"] == "2026-01-01T06:00:00Z"
        assert told["retrieved"].startswith("2026-03-01T12:")


def test_what_is_chosen_is_what_comes(service, fetching):
    cube = service.add(small_cube())
    wish = Wish(
        {"kön": ["totalt"], "region": ["010*"]}, years=parse_years("2019-2020"), levels=("county",)
    )
    with fetching() as session:
        with pytest.raises(InputError, match="nothing of what was asked for"):
            get(service, session, wish)
        wish = Wish({"kön": ["totalt"], "Region": ["0100..0102"]}, years=parse_years("2019-2020"))
        found = cells_in(get(service, session, wish).files)
    chosen = {c: v for c, v in cube.all().items() if c[0] <= "0102" and c[1] == "1+2"}
    assert found == {c: v for c, v in chosen.items() if c[3] in {"2019", "2020"}}


def test_a_code_list_takes_the_place_of_codes(service, fetching):
    cube = small_cube()
    cube.codelists = {"Kon": {"agg_Alla": {"A": "alla"}}}
    service.add(cube)
    with fetching() as session:
        fetched = get(service, session, Wish(codelists={"kön": "agg_Alla"}))
    assert {cell[1] for cell in cells_in(fetched.files)} == {"A"}
    body = json.loads(service.data_requests()[0])
    sex = next(one for one in body["selection"] if one["variableCode"] == "Kon")
    assert sex == {"variableCode": "Kon", "codelist": "agg_Alla", "valueCodes": ["A"]}


def test_no_area_is_asked_for_in_years_that_are_not_its_own(service, fetching):
    cube = service.add(
        Cube(
            "TAB1",
            "Folkmängden",
            {
                "Region": ("region", codes("0114A0010", "0114A0010_DeSO2025", "0114")),
                "Tid": ("år", codes("2022", "2023", "2024")),
            },
        )
    )
    with fetching() as session:
        found = cells_in(get(service, session).files)
    assert found == {
        cell: value
        for cell, value in cube.all().items()
        if cell not in {("0114A0010", "2024"), ("0114A0010_DeSO2025", "2022")}
        and cell != ("0114A0010_DeSO2025", "2023")
    }


@pytest.mark.parametrize(
    "fault",
    [
        ("status", 429, {"Retry-After": "2"}),
        ("status", 503, {}),
        ("cut",),
        ("truncated",),
        ("drop",),
    ],
)
def test_a_server_that_misbehaves_now_and_then_changes_nothing(service, fetching, fault):
    cube = service.add(small_cube())
    service.limit = 30
    for at in ("/config", "/metadata", "/data"):
        service.fail(fault, at, times=2)
    with fetching() as session:
        assert cells_in(get(service, session).files) == cube.all()


def test_a_server_that_gives_less_than_it_says_is_asked_for_halves(service, fetching):
    cube = service.add(small_cube())
    service.limit, service.real_limit = 105, 20
    with fetching() as session:
        files = get(service, session).files
    assert cells_in(files) == cube.all()
    assert files[0].name == "001-1-1.json"


def test_a_fetch_that_failed_goes_on_where_it_was(service, fetching, tmp_path):
    cube = service.add(small_cube())
    service.limit, service.real_limit, service.down_at = 30, 20, 3
    with fetching() as session, pytest.raises(ServiceError, match="503"):
        get(service, session)
    assert not (tmp_path / "fetched/scb").exists()
    service.down_at = None
    before, refused = list(service.answered), list(service.refused)
    with fetching(resume=True) as session:
        files = get(service, session).files
    assert cells_in(files) == cube.all()
    again = service.answered[len(before) :]
    assert again
    assert not set(again) & set(before)
    # Not even what was found to be too large is asked for again.
    assert refused
    assert not set(refused) & set(service.refused[len(refused) :])


def test_what_has_all_come_is_not_asked_for_again(service, fetching):
    service.add(small_cube())
    with fetching() as session:
        first = get(service, session)
    service.asked.clear()
    with fetching(resume=True) as session:
        assert get(service, session) == first
    assert service.asked == []


def test_without_resume_all_is_asked_for_again(service, fetching):
    cube = service.add(small_cube())
    with fetching() as session:
        get(service, session)
    cube.updated = "2026-02-02T06:00:00Z"
    with fetching() as session:
        files = get(service, session).files
    assert json.loads(files[0].read_text("utf-8"))["updated"] == "2026-02-02T06:00:00Z"


@pytest.mark.parametrize("harm", ["changed", "cut", "gone", "beside"])
def test_an_answer_that_is_no_longer_whole_is_asked_for_again(service, fetching, harm):
    cube = service.add(small_cube())
    service.limit = 40
    with fetching() as session:
        files = get(service, session).files
    harmed = files[1]
    match harm:
        case "changed":
            harmed.write_bytes(harmed.read_bytes().replace(b"2.0", b"2.1"))
        case "cut":
            harmed.write_bytes(harmed.read_bytes()[:100])
        case "gone":
            harmed.unlink()
        case "beside":
            harmed.with_name(f"{harmed.name}.provenance.json").write_text("{")
    service.asked.clear()
    with fetching(resume=True) as session:
        assert cells_in(get(service, session).files) == cube.all()
    assert len(service.asked) == 1


def test_a_table_fetched_anew_leaves_no_part_of_the_old_one(service, fetching, tmp_path):
    service.add(small_cube())
    service.limit = 20
    with fetching() as session:
        get(service, session)
    with fetching() as session:
        get(service, session, Wish({"kön": ["totalt"]}, years=parse_years("2020")))
    there = sorted(path.name for path in (tmp_path / "fetched/scb/TAB1").iterdir())
    assert there == ["001.json", "001.json.provenance.json"]


def test_a_table_updated_in_the_middle_is_not_mixed(service, fetching, tmp_path):
    cube = service.add(small_cube())
    with fetching() as session:
        px = PxWeb(session, service.pxweb_url)
        plan = planned(px, px.table("TAB1"), Wish())
        cube.updated = "2026-02-02T06:00:00Z"
        with pytest.raises(ServiceError, match="was updated while it was fetched"):
            fetch_table(px, session.shelf, plan)
    assert not (tmp_path / "fetched/scb").exists()


def test_parts_are_counted(service, fetching):
    service.add(small_cube())
    service.limit = 30
    told = []
    with fetching() as session:
        px = PxWeb(session, service.pxweb_url)
        plan = planned(px, px.table("TAB1"), Wish())
        fetch_table(px, session.shelf, plan, lambda done, of: told.append((done, of)))
    assert told == [(n, len(plan.parts)) for n in range(len(plan.parts))]


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish({"ålder": ["*"]}), r'has no dimension "ålder". It has: region \(Region\), kön'),
        (Wish({"kön": ["alla"]}), r'no "alla" in kön \(Kon\). It has: 1 \(män\), 2 \(kvinnor\)'),
        (Wish(years=parse_years("1990")), "none of the years asked for. It has: 2018, 2019"),
        (Wish(levels=("stadsdel",)), '"stadsdel" is not a level'),
    ],
)
def test_a_wish_that_cannot_be_is_told(service, fetching, wish, said):
    service.add(small_cube())
    with fetching() as session, pytest.raises(InputError, match=said):
        get(service, session, wish)


def test_a_table_that_is_not_there(service, fetching):
    with fetching() as session, pytest.raises(Refused, match="404"):
        get(service, session, table="TAB404")


def test_a_cell_that_is_too_much_is_refused_and_not_asked_for_ever(service, fetching):
    service.add(small_cube(regions=2, years=1))
    service.real_limit = 0
    with fetching() as session, pytest.raises(Refused, match="exceeds the number of allowed"):
        get(service, session)
