"""The matrix over HTTP: who sees which interventions, the choice, and the files."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from django.urls import reverse

from samsyn.cycle.models import Intervention, MappingRound, Money
from samsyn.people.models import Role, Visibility
from tests.cycle.making import mapping_round, record
from tests.people.making import client, member, organisation

pytestmark = pytest.mark.django_db
HERE = {"kind": "operative", "level": "area", "horizon": "here_and_now"}


@pytest.fixture
def round() -> MappingRound:
    """A round with two interventions."""
    made = mapping_round()
    first = record(
        Intervention, made, "=1+1", focus_areas=["housing"], target_groups=["women"], **HERE
    )
    Money.objects.create(intervention=first, source="Staten", amount=1_200_000, status="decided")
    Money.objects.create(intervention=first, source="EU", amount=300, status="applied")
    record(Intervention, made, "Läxhjälp", focus_areas=["education"], **HERE)
    return made


def page(round: MappingRound, *form: str) -> str:
    args = [round.organisation.slug, round.pk, *form]
    return reverse("matrix-file" if form else "matrix", args=args)


def test_members_see_every_intervention_in_its_place_with_its_money(round):
    shown = client(member("eva", round.organisation, Role.READER)).get(page(round))
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "=1+1" in text
    assert "Läxhjälp" in text
    assert "1\xa0200\xa0000" in text
    assert "Alla 2 insatser är här och nu." in text
    assert "insats/ny/" not in text


def test_those_who_may_write_are_taken_to_a_form_for_a_place(round):
    eva = client(member("eva", round.organisation, Role.CONTRIBUTOR))
    place = f"kartlaggning={round.pk}&amp;level=structural&amp;horizon=long_term"
    assert f"insats/ny/?{place}" in eva.get(page(round)).content.decode()


def test_others_see_what_is_open_to_them_and_nothing_else(round):
    assert client().get(page(round)).status_code == 404
    ola = client(member("ola", organisation("Lundby förening", "association")))
    assert ola.get(page(round)).status_code == 404
    MappingRound.objects.update(visibility=Visibility.PUBLIC)
    Intervention.objects.filter(title="Läxhjälp").update(visibility=Visibility.PUBLIC)
    for browser in (client(), ola):
        text = browser.get(page(round)).content.decode()
        assert "Läxhjälp" in text
        assert "=1+1" not in text
        assert "=1+1" not in browser.get(page(round, "csv")).content.decode()
        assert "luckor/" not in text


@pytest.mark.parametrize(
    ("asked", "there"),
    [({"fokus": "education"}, {"Läxhjälp"}), ({"malgrupp": "women"}, {"=1+1"}),
     ({"fokus": "education", "malgrupp": "women"}, set()), ({"fokus": "finns inte"}, set()),
     ({}, {"Läxhjälp", "=1+1"})],
)  # fmt: skip
def test_the_matrix_of_a_focus_area_or_a_target_group(round, asked, there):
    browser = client(member("eva", round.organisation))
    text = browser.get(page(round), asked).content.decode()
    assert {one for one in ("Läxhjälp", "=1+1") if f">{one}</a>" in text} == there
    rows = read(browser.get(page(round, "csv"), asked).content)
    assert sum(int(row["interventions"]) for row in rows) == len(there)


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_csv_has_a_line_for_each_cell_and_no_formulas(round):
    told = client(member("eva", round.organisation)).get(page(round, "csv"))
    rows = read(told.content)
    assert told["Content-Disposition"].endswith('.csv"')
    assert len(rows) == 8
    (full,) = [row for row in rows if row["interventions"] != "0"]
    assert full == {
        "level": "area", "horizon": "here_and_now", "interventions": "2", "decided": "1200000",
        "applied": "300", "missing": "0", "titles": "'=1+1; Läxhjälp",
    }  # fmt: skip


def test_the_workbook_has_the_cells_and_the_interventions_as_text_and_numbers(round):
    told = client(member("eva", round.organisation)).get(page(round, "xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(told.content))
    assert book.sheetnames == ["Matris", "Insatser"]
    rows = [[cell.value for cell in row] for row in book["Insatser"].iter_rows()]
    assert rows[0][:2] == ["Insats", "Nivå"]
    assert rows[1][0] == "=1+1"
    assert book["Insatser"]["A2"].data_type == "s"
    assert rows[1][5:] == [1_200_000, 300, 0]
    cells = [[cell.value for cell in row] for row in book["Matris"].iter_rows(min_row=2)]
    assert ["Område", "Här och nu", 2, 1_200_000, 300, 0] in cells


def test_there_is_no_other_form(round):
    assert client(member("eva", round.organisation)).get(page(round, "exe")).status_code == 404
