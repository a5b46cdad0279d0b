"""Inventories in numbers: their arithmetic is shown as it is."""

from __future__ import annotations

import csv

import pytest

from samsyn.cycle.followed.inventories import Arithmetic, enter, published
from samsyn.cycle.models import Inventory
from samsyn.people.models import Role
from tests.people.making import client, member, organisation
from tests.reference import shared


def shown(person, url: str) -> str:
    return " ".join(client(person).get(url).content.decode().split())


@pytest.mark.parametrize(
    ("parts", "total", "lacking", "exceeding"),
    [((23, 38, 26, 4), 92, 1, 0), ((1, 2), 3, 0, 0), ((5, 5), 8, -2, 2), ((), 4, 4, 0)],
)
def test_the_parts_need_not_come_to_the_total(parts, total, lacking, exceeding):
    told = Arithmetic(parts, total)
    assert (told.lacking, told.exceeding, told.not_followed_up) == (lacking, exceeding, None)


def test_the_inventory_of_1999_has_the_numbers_of_its_source():
    (told,) = published()
    with shared("facts", "project_fates_1999_2002.csv").open(encoding="utf-8") as file:
        facts = {row["fate"]: int(row["projects"]) for row in csv.DictReader(file)}
    rows = {row["fate"]: row["projects"] for row in told["rows"]}
    assert rows == {
        "implemented": facts["implemented_in_regular_operations"],
        "closed": facts["closed"],
        "absorbed": facts["absorbed_by_storstadssatsningen"],
        "running": facts["still_running"],
    }
    assert told["total"] == facts["followed_up_total"]
    assert told["catalogued"] == facts["catalogued_1999_total"]
    not_followed = facts["stockholm_city_districts_not_followed_up"]
    assert told["catalogued"] - told["total"] == not_followed


@pytest.mark.django_db
def test_its_page_shows_91_of_92_and_the_one_that_lacks():
    one = enter(organisation(), published()[0], None)
    person = member("bo", organisation(), Role.READER)
    page = shown(person, one.get_absolute_url())
    assert "23 + 38 + 26 + 4 = 91 av 92." in page
    assert "1 går inte att räkna fram" in page
    assert "Av 123 kända projekt följdes 31 inte upp." in page
    among = shown(person, f"/arbete/{organisation().slug}/projekt/")
    assert "23 + 38 + 26 + 4 = 91 av 92." in among


@pytest.mark.django_db
def test_rows_are_added_changed_and_taken_away():
    person = member("bo", organisation())
    url = f"/arbete/{organisation().slug}/inventering/"
    told = {
        "title": "Våra projekt",
        "year": "2010",
        "followed_up": "2015",
        "total": "8",
        "source": "Vi",
    }
    assert client(person).post(f"{url}ny/", told).status_code == 302
    one = Inventory.objects.get()
    rows = f"{one.get_absolute_url()}rader/"
    for fate, projects in (("closed", 5), ("running", 5)):
        client(person).post(rows, {"fate": fate, "projects": projects})
    assert "5 + 5 = 10 av 8." in shown(person, one.get_absolute_url())
    assert "2 fler än summan" in shown(person, one.get_absolute_url())
    row = one.rows.first()
    client(person).post(f"{rows}{row.pk}/", {"fate": "closed", "projects": 3})
    page = shown(person, one.get_absolute_url())
    assert "3 + 5 = 8 av 8." in page
    assert "räkna fram" not in page
    client(person).post(f"{rows}{row.pk}/ta-bort/")
    assert one.rows.count() == 1
    assert client(person).post(rows, {"fate": "closed", "projects": "många"}).status_code == 400
    reader = member("lars", organisation(), Role.READER)
    assert client(reader).post(rows, {"fate": "closed", "projects": 3}).status_code == 404


@pytest.mark.django_db
def test_more_followed_up_than_known_is_refused():
    person = member("bo", organisation())
    told = {"title": "X", "year": "2010", "followed_up": "2005", "total": "8", "catalogued": "7"}
    answer = client(person).post(
        f"/arbete/{organisation().slug}/inventering/ny/", {**told, "source": "Vi"}
    )
    assert set(answer.context["form"].errors) == {"total", "followed_up"}
