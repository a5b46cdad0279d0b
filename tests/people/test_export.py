"""All that an organisation has written, to take along."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samsyn.cycle.models import Interview, MappingRound, Need, Problem
from samsyn.people import exporting
from samsyn.people.kinds import kinds
from samsyn.people.models import Comment, Role
from tests.cycle.making import mapping_round, record
from tests.people.making import account, client, member, organisation

pytestmark = pytest.mark.django_db
PLUS = "+1+1 i Region\u00a0Skåne"
FORMULA = '=HYPERLINK("http://evil.example","x")'


@pytest.fixture
def content():
    lena = member("lena", organisation(), Role.LEAD)
    round_ = mapping_round()
    problem = record(
        Problem, round_, FORMULA, by=lena, description=f"\x07{PLUS}", focus_areas=["housing"]
    )
    problem.evidence.create(kind="document", source="@SUM(A1)", text="-2")
    record(Need, round_, "Behov", several={"problems": [problem]})
    respondent = round_.respondents.create(
        code="R1", role="Rektor", perspective="officials", sealed=b"Sven Svensson"
    )
    interview = record(Interview, round_, "Samtal", respondent=respondent)
    interview.notes.create(theme="obstacles", text="Det går trögt")
    client(lena).post(f"{problem.get_absolute_url()}kommentar/", {"text": "=1+1"})
    gone = record(Problem, round_, "I papperskorgen")
    client(lena).post(f"{gone.get_absolute_url()}ta-bort/")
    record(Problem, mapping_round(organisation("Annan", "association")), "Någon annans")
    return client(lena), organisation().get_absolute_url()


def test_json_has_everything_that_is_theirs_and_nothing_sealed(content):
    lead, there = content
    answer = lead.get(f"{there}export.json")
    assert answer["Content-Disposition"].startswith("attachment")
    told = json.loads(answer.content)
    assert set(told["records"]) == set(kinds())
    problem = told["records"]["problem"][0]
    assert (problem["title"], problem["focus_areas"]) == (FORMULA, ["housing"])
    assert problem["created_by"] == "Lena"
    assert problem["evidence"][0]["source"] == "@SUM(A1)"
    assert problem["comments"][0]["text"] == "=1+1"
    assert told["records"]["problem"][1]["removed"]
    assert told["records"]["behov"][0]["problems"] == [problem["id"]]
    assert told["records"]["intervju"][0]["notes"][0]["text"] == "Det går trögt"
    assert told["records"]["kartlaggning"][0]["respondents"][0]["code"] == "R1"
    text = answer.content.decode()
    for hidden in ("Svensson", "sealed", "password", "Någon annans"):
        assert hidden not in text, hidden


def test_the_workbook_has_a_sheet_for_each_kind_and_no_formulas(content):
    lead, there = content
    answer = lead.get(f"{there}export.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    plurals = {kind.plural.casefold()[:28] for kind in kinds().values()}
    assert plurals <= {name.casefold() for name in book.sheetnames}
    values = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in values} <= {"s", "n"}
    texts = [str(cell.value) for cell in values]
    for told in (FORMULA, PLUS, "@SUM(A1)", "-2", "=1+1", "Boende", "Behov", "I papperskorgen"):
        assert told in texts, told
    assert not any("Svensson" in text or "Någon annans" in text for text in texts)


def test_many_records_are_read_in_as_many_queries_as_one(content):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            exporting.as_data(organisation())
            list(exporting.sheets(organisation()))
        return len(asked)

    once = queries()
    round_ = MappingRound.objects.filter(organisation=organisation())[0]
    for number in range(3):
        problem = record(Problem, round_, f"Problem {number}", by=account(f"n{number}"))
        problem.evidence.create(kind="document", source="Rapport")
        record(Need, round_, "Behov", several={"problems": [problem]})
        Comment.objects.create(record=problem, account=account(f"n{number}"), text="Ja")
    assert queries() == once


@pytest.mark.parametrize("ending", ["json", "xlsx"])
def test_only_those_who_lead_take_it(content, ending):
    _lead, there = content
    for role in (Role.READER, Role.CONTRIBUTOR, Role.EDITOR):
        browser = client(member(f"kim-{role}", organisation(), role))
        assert browser.get(f"{there}export.{ending}").status_code == 404
    other = client(member("tove", organisation("Annan"), Role.LEAD))
    assert other.get(f"{there}export.{ending}").status_code == 404
    assert client().get(f"{there}export.{ending}").status_code == 302


def test_an_organisation_that_has_written_nothing_can_be_taken_along():
    lead = client(member("lena", organisation(), Role.LEAD))
    there = organisation().get_absolute_url()
    assert lead.get(f"{there}export.json").status_code == 200
    assert openpyxl.load_workbook(io.BytesIO(lead.get(f"{there}export.xlsx").content)).sheetnames
