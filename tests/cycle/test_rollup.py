"""The roll-up: what is counted, against a slow count; who sees it; asking and answering."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from samsyn.cycle.models import Goal, Intervention, Money, Need, Problem, RollUpRequest
from samsyn.cycle.rollup.facts import By, Counted, Fact, tabulated, whole
from samsyn.cycle.rollup.files import safe
from samsyn.cycle.rollup.gathered import rolled_up
from samsyn.people.models import Role, Visibility
from tests.cycle import whole as cycles
from tests.cycle.making import mapping_round, record
from tests.people.making import client, member, organisation

CODES = ["a", "b", "c"]


@st.composite
def facts(draw) -> Fact:
    codes = {By.FOCUS: frozenset(draw(st.lists(st.sampled_from(CODES), max_size=3)))}
    money = {"decided": Decimal(draw(st.integers(0, 9)))} if draw(st.booleans()) else {}
    return Fact(draw(st.sampled_from(list(Counted))), draw(st.integers(1, 4)), codes, money)


@given(st.lists(facts(), max_size=30))
def test_each_row_counts_what_one_counts_by_hand(there):
    rows = {row.code: row for row in tabulated(there, By.FOCUS, CODES)}
    for code in (*CODES, ""):
        own = [
            one for one in there
            if code in one.codes[By.FOCUS] or (not code and not one.codes[By.FOCUS])
        ]  # fmt: skip
        if not own:
            assert code not in rows
            continue
        assert rows[code].organisations == len({one.organisation for one in own})
        assert rows[code].few == (rows[code].organisations < 3)
        for what in Counted:
            assert rows[code].counts[what] == len([one for one in own if one.what is what])
        money = sum((one.money.get("decided", Decimal(0)) for one in own), Decimal(0))
        assert rows[code].money.get("decided", Decimal(0)) == money
    assert list(rows) == [code for code in (*CODES, "") if code in rows]
    assert sum(whole(there).counts.values()) == len(there)


def region():
    return organisation("Region Vattland", "region")


def shared(of, mark="", **more):
    """A cycle of an organisation, shared with the region."""
    made = cycles.whole(of, mark=mark, visibility=Visibility.SHARED)
    for one in (made.round, *made.records.values()):
        if one is not made.interview:
            one.shared_with.add(region())
    return made


@pytest.mark.django_db
def test_what_is_shared_is_counted_and_nothing_else(demo_site):
    made = shared(organisation())
    record(Need, made.round, "Ett eget behov", focus_areas=["crime"])
    cycles.whole(organisation("Privata kommunen"))
    cycles.whole(region(), visibility=Visibility.PUBLIC)  # one's own is not what others share
    found = rolled_up(region(), None)
    assert [one.name for one in found.organisations] == ["Vattstads kommun"]
    row = whole(found.facts)
    assert (row.counts[Counted.NEED], row.counts[Counted.GOAL]) == (1, 1)
    assert row.counts[Counted.INTERVENTION] == 1
    assert row.money == {"decided": Decimal(1_234_000)}
    focus = tabulated(found.facts, By.FOCUS, [])
    assert {one.code for one in focus if one.counts[Counted.NEED]} == {"housing"}
    areas = {row.code for row in tabulated(found.facts, By.AREA, [])}
    assert areas == {"municipality/9901"}
    assert {row.code for row in tabulated(found.facts, By.TYPE, [])} == {"B3"}


@pytest.mark.django_db
def test_a_member_of_several_sees_in_it_what_the_region_sees(demo_site):
    cycles.whole(organisation())
    person = member("anna", organisation(), Role.LEAD)
    member("anna", region(), Role.READER)
    assert not rolled_up(region(), person).rounds


@pytest.mark.django_db
def test_open_gaps_are_those_of_the_rules_over_the_whole_round(demo_site):
    made = shared(organisation())
    lone = record(Need, made.round, "Behov utan insats", visibility=Visibility.SHARED)
    lone.shared_with.add(region())
    record(Need, made.round, "Hemligt behov utan insats")

    def rules():
        return {
            one.finding.rule for _round, one in rolled_up(region(), None).findings
            if one.finding.about == f"need/{lone.pk}"
        }  # fmt: skip

    titles = [
        one.finding.subject.title
        for _round, one in rolled_up(region(), None).findings if one.finding.subject
    ]  # fmt: skip
    assert "Hemligt behov utan insats" not in titles
    assert "need_without_intervention" in rules()
    # What is done about it is not shared, and is there.
    goal = record(Goal, made.round, "Hemligt mål", several={"needs": [lone]})
    record(Intervention, made.round, "Hemlig insats", several={"goals": [goal]}, kind="operative",
           level="area", horizon="long_term")  # fmt: skip
    assert "need_without_intervention" not in rules()


@pytest.mark.django_db
def test_it_takes_the_same_queries_whatever_is_shared(demo_site):
    shared(organisation())

    def queries():
        with CaptureQueriesContext(connection) as found:
            rolled_up(region(), None)
        return len(found)

    few = queries()
    for at in range(3):
        made = shared(organisation(f"Kommun {at}"), mark=str(at))
        one = record(Problem, made.round, "Ett problem till", visibility=Visibility.SHARED)
        one.shared_with.add(region())
    assert queries() == few <= 45


@pytest.mark.django_db
def test_the_page_and_its_files_tell_the_same(demo_site):
    made = shared(organisation("=cmd|' /C calc'!A0"))
    Money.objects.create(intervention=made.intervention, source="F", amount=500, status="missing")
    browser = client(member("bo", region()))
    here = f"/arbete/{region().slug}/sammanstallning"
    page = browser.get(f"{here}/").content.decode()
    assert "1\u00a0234\u00a0000\u00a0kr" in page
    assert "1 (få)" in page
    rows = list(csv.DictReader(io.StringIO(browser.get(f"{here}.csv").content.decode("utf-8-sig"))))
    own = next(row for row in rows if row["Tabell"] == "Organisation")
    assert own["Rad"] == "'=cmd|' /C calc'!A0"
    assert own["Pengar: beslutad"] == "1234000"
    assert own["Pengar: saknas"] == "500"
    assert {row["Bygger på få"] for row in rows} == {"ja"}
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{here}.xlsx").content))
    sheet = book["Per organisation"]
    cell = sheet.cell(2, 1)
    assert (cell.value, cell.data_type) == ("=cmd|' /C calc'!A0", "s")
    heads = [one.value for one in sheet[1]]
    assert sheet.cell(2, heads.index("Behov") + 1).value == int(own["Behov"]) == 1
    assert "Svar" in book.sheetnames


@pytest.mark.django_db
def test_the_roll_up_is_for_members_only(demo_site):
    here = f"/arbete/{region().slug}/sammanstallning"
    for address in (f"{here}/", f"{here}.csv", f"{here}.xlsx"):
        assert client(member("anna", organisation())).get(address).status_code == 404
        assert client().get(address).status_code == 302
    editor = client(member("eva", region(), Role.EDITOR))
    assert editor.get(f"{here}/fraga/").status_code == 404
    assert "Ingen delar" in editor.get(f"{here}/").content.decode()


def ask(who, text="Dela er plan med oss.", due=None):
    """The region asks the municipality."""
    here = f"/arbete/{region().slug}/sammanstallning/fraga/"
    day = due or date.today() + timedelta(days=30)
    return client(who).post(
        here, {"asked": [organisation().pk], "text": text, "due": day.isoformat()}
    )


@pytest.mark.django_db
def test_who_is_asked_answers_by_sharing(demo_site):
    made = cycles.whole(organisation())
    boss = member("bo", region(), Role.LEAD)
    assert ask(boss).status_code == 302
    asked = RollUpRequest.objects.get()
    overview = f"/arbete/{region().slug}/sammanstallning/"
    assert "Har inte svarat än" in client(boss).get(overview).content.decode()
    here = f"/arbete/{organisation().slug}/fragor/{asked.pk}/"
    reader = client(member("rut", organisation(), Role.EDITOR))
    assert "Dela er plan" in reader.get(here).content.decode()
    assert reader.post(here, {"round": made.round.pk}).status_code == 404
    assert client(boss).get(here).status_code == 404
    start = f"/arbete/{organisation().slug}/"
    assert here in reader.get(start).content.decode()
    lead = client(member("lena", organisation(), Role.LEAD))
    response = lead.post(here, {"round": made.round.pk, "parts": ["need", "goal"]})
    assert response.status_code == 302
    found = rolled_up(region(), None)
    row = whole(found.facts)
    assert [one.pk for one in found.rounds] == [made.round.pk]
    assert (row.counts[Counted.NEED], row.counts[Counted.GOAL]) == (1, 1)
    assert row.counts[Counted.INTERVENTION] == 0
    made.interview.refresh_from_db()
    assert made.interview.visibility == Visibility.PRIVATE
    assert "Svarade" in client(boss).get(overview).content.decode()
    assert here not in reader.get(start).content.decode()


@pytest.mark.django_db
def test_another_organisations_round_is_no_answer(demo_site):
    other = mapping_round(organisation("Annan kommun"))
    ask(member("bo", region(), Role.LEAD))
    here = f"/arbete/{organisation().slug}/fragor/{RollUpRequest.objects.get().pk}/"
    lead = client(member("lena", organisation(), Role.LEAD))
    assert lead.post(here, {"round": other.pk, "parts": ["need"]}).status_code == 400
    other.refresh_from_db()
    assert other.visibility == Visibility.PRIVATE


@pytest.mark.django_db
def test_sharing_again_does_not_reopen_it_to_others(demo_site):
    made = cycles.whole(organisation())
    made.need.shared_with.add(organisation("Tidigare", "agency"))  # private since
    ask(member("bo", region(), Role.LEAD))
    here = f"/arbete/{organisation().slug}/fragor/{RollUpRequest.objects.get().pk}/"
    lead = client(member("lena", organisation(), Role.LEAD))
    lead.post(here, {"round": made.round.pk, "parts": ["need"]})
    assert [one.name for one in made.need.shared_with.all()] == ["Region Vattland"]


@pytest.mark.django_db
def test_a_question_can_be_taken_back_and_bad_ones_keep_what_was_typed(demo_site):
    boss = member("bo", region(), Role.LEAD)
    late = ask(boss, text="Kvar i rutan", due=date(2020, 1, 1))
    assert late.status_code == 400
    assert "Kvar i rutan" in late.content.decode()
    assert "som inte har varit" in late.content.decode()
    ask(boss)
    asked = RollUpRequest.objects.get()
    away = f"/arbete/{region().slug}/sammanstallning/fraga/{asked.pk}/ta-tillbaka/"
    assert client(member("lena", organisation(), Role.LEAD)).post(away).status_code == 404
    assert client(boss).get(away).status_code == 405
    assert client(boss).post(away).status_code == 302
    here = f"/arbete/{organisation().slug}/fragor/{asked.pk}/"
    assert client(member("lena", organisation(), Role.LEAD)).get(here).status_code == 404


def test_no_cell_runs_in_a_spreadsheet():
    assert [safe(one) for one in ("=1", "+1", "-1", "@a", "\t=1", "text", 7)] == [
        "'=1", "'+1", "'-1", "'@a", "'\t=1", "text", 7,
    ]  # fmt: skip
