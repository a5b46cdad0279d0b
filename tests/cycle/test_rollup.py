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
from samsyn.cycle.rollup import reading, remembered
from samsyn.cycle.rollup.candidates import Candidate
from samsyn.cycle.rollup.choosing import passing
from samsyn.cycle.rollup.facts import By, Counted, Fact, tabulated, tallied, whole
from samsyn.cycle.rollup.gathered import as_organisation, rolled_up
from samsyn.cycle.rollup.pasting import pasted
from samsyn.cycle.rollup.reading import found_in
from samsyn.people.models import Role, Visibility
from samsyn.people.saving import touch
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
    rows = {row.code: row for row in tabulated(tallied(there), By.FOCUS, CODES)}
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
    assert sum(whole(tallied(there)).counts.values()) == len(there)


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
    row = whole(found.tallies)
    assert (row.counts[Counted.NEED], row.counts[Counted.GOAL]) == (1, 1)
    assert row.counts[Counted.INTERVENTION] == 1
    assert row.money == {"decided": Decimal(1_234_000)}
    focus = tabulated(found.tallies, By.FOCUS, [])
    assert {one.code for one in focus if one.counts[Counted.NEED]} == {"housing"}
    areas = {row.code for row in tabulated(found.tallies, By.AREA, [])}
    assert areas == {"municipality/9901"}
    assert {row.code for row in tabulated(found.tallies, By.TYPE, [])} == {"B3"}


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
    viewer = as_organisation(region(), None)

    def found():
        return [one.finding for _round, one in found_in([made.round], viewer)]

    def rules():
        return {one.rule for one in found() if one.about == f"need/{lone.pk}"}

    titles = [one.subject.title for one in found() if one.subject]
    assert "Hemligt behov utan insats" not in titles
    assert "need_without_intervention" in rules()
    # What is done about it is not shared, and is there.
    goal = record(Goal, made.round, "Hemligt mål", several={"needs": [lone]})
    record(Intervention, made.round, "Hemlig insats", several={"goals": [goal]}, kind="operative",
           level="area", horizon="long_term")  # fmt: skip
    assert "need_without_intervention" not in rules()


@pytest.mark.django_db
def test_it_takes_the_same_queries_whatever_is_shared(demo_site):
    def share(at):
        made = shared(organisation(f"Kommun {at}"), mark=str(at))
        one = record(Problem, made.round, "Ett problem till", visibility=Visibility.SHARED)
        one.shared_with.add(region())

    def queries():
        with CaptureQueriesContext(connection) as found:
            rolled_up(region(), None)
        return len(found)

    share(0)
    few = queries()
    for at in range(1, 4):
        share(at)
    assert queries() == few <= 50


@pytest.mark.django_db
def test_what_is_counted_is_kept_until_it_changes(demo_site, monkeypatch):
    made, other = shared(organisation()), shared(organisation("Lundby"), mark="2")
    monkeypatch.setattr(remembered, "SETTLED", timedelta(seconds=-1))
    counted: list[int] = []

    def facts(rounds, who):
        counted.append(len(rounds))
        return reading.facts(rounds, who)

    monkeypatch.setattr(remembered, "facts", facts)

    def told():
        row = whole(rolled_up(region(), None).tallies)
        return (row.counts[Counted.NEED], row.money.get("decided"), row.organisations)

    before = (2, Decimal(2_468_000), 2)
    assert [told(), told()] == [before, before]
    assert counted == [2]
    money = made.intervention.money.get()
    client(member("eva", organisation())).post(
        f"{made.intervention.get_absolute_url()}pengar/{money.pk}/",
        {"source": "F", "amount": "1000", "status": "decided"},
    )
    assert told() == (2, Decimal(1_235_000), 2)
    remembered._known.clear()  # as another worker finds it
    assert told() == (2, Decimal(1_235_000), 2)
    other.need.visibility = Visibility.PRIVATE
    touch(other.need)
    assert told() == (1, Decimal(1_235_000), 2)
    other.round.visibility = Visibility.PRIVATE
    touch(other.round)
    assert told()[2] == 1
    assert counted == [2, 1, 1]


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
        here,
        {"asked": [organisation().pk], "text": text, "due": day.isoformat(), "skicka": "1"},
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
    assert reader.post(f"{here}dela/", {"round": made.round.pk}).status_code == 404
    assert client(boss).get(here).status_code == 404
    start = f"/arbete/{organisation().slug}/"
    assert here in reader.get(start).content.decode()
    lead = client(member("lena", organisation(), Role.LEAD))
    response = lead.post(f"{here}dela/", {"round": made.round.pk, "parts": ["need", "goal"]})
    assert response.status_code == 302
    found = rolled_up(region(), None)
    row = whole(found.tallies)
    assert [one.pk for one in found.rounds] == [made.round.pk]
    assert (row.counts[Counted.NEED], row.counts[Counted.GOAL]) == (1, 1)
    assert row.counts[Counted.INTERVENTION] == 0
    made.interview.refresh_from_db()
    assert made.interview.visibility == Visibility.PRIVATE
    assert "Svarade" in client(boss).get(overview).content.decode()
    assert here not in reader.get(start).content.decode()


@pytest.mark.django_db
def test_who_is_asked_can_say_no_or_not_now_and_change_it(demo_site):
    made = cycles.whole(organisation())
    boss = member("bo", region(), Role.LEAD)
    ask(boss)
    asked = RollUpRequest.objects.get()
    overview = f"/arbete/{region().slug}/sammanstallning/"
    start, here = f"/arbete/{organisation().slug}/", f"/arbete/{organisation().slug}/fragor/"
    here += f"{asked.pk}/"
    lead = client(member("lena", organisation(), Role.LEAD))
    editor = client(member("rut", organisation(), Role.EDITOR))
    assert editor.post(f"{here}neka/", {"refusal": "no", "reason": "x"}).status_code == 404
    bare = lead.post(f"{here}neka/", {"refusal": "no"})
    assert bare.status_code == 400
    assert "Skriv varför" in bare.content.decode()
    assert client(boss).get(overview).context["waiting"] == 1
    lead.post(f"{here}neka/", {"refusal": "later", "reason": "Planen är inte beslutad."})
    page = client(boss).get(overview)
    assert page.context["waiting"] == 0
    assert "Inte nu" in page.content.decode()
    assert "Planen är inte beslutad." in page.content.decode()
    assert here in lead.get(start).content.decode()
    lead.post(f"{here}neka/", {"refusal": "no", "reason": "Vi hör till en annan region."})
    assert "Vi hör till en annan region." in client(boss).get(overview).content.decode()
    assert here not in lead.get(start).content.decode()
    assert here in lead.get(f"{start}sammanstallning/").content.decode()
    lead.post(f"{here}dela/", {"round": made.round.pk, "parts": ["need"]})
    asked.refresh_from_db()
    assert (asked.answer, asked.refusal, asked.reason) == (made.round, "", "")
    assert "Vi hör till" not in client(boss).get(overview).content.decode()


@pytest.mark.django_db
def test_another_organisations_round_is_no_answer(demo_site):
    other = mapping_round(organisation("Annan kommun"))
    ask(member("bo", region(), Role.LEAD))
    here = f"/arbete/{organisation().slug}/fragor/{RollUpRequest.objects.get().pk}/"
    lead = client(member("lena", organisation(), Role.LEAD))
    assert lead.post(f"{here}dela/", {"round": other.pk, "parts": ["need"]}).status_code == 400
    other.refresh_from_db()
    assert other.visibility == Visibility.PRIVATE


@pytest.mark.django_db
def test_sharing_again_does_not_reopen_it_to_others(demo_site):
    made = cycles.whole(organisation())
    made.need.shared_with.add(organisation("Tidigare", "agency"))  # private since
    ask(member("bo", region(), Role.LEAD))
    here = f"/arbete/{organisation().slug}/fragor/{RollUpRequest.objects.get().pk}/"
    lead = client(member("lena", organisation(), Role.LEAD))
    lead.post(f"{here}dela/", {"round": made.round.pk, "parts": ["need"]})
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


# --- choosing whom to ask -------------------------------------------------------------------------

VATTSTAD = Candidate(1, "Vattstads kommun", "municipality", "212000-0142", "Vattstad",
                     "county/99", "B3")  # fmt: skip
SCHOOLS = Candidate(2, "Utbildning", "municipal_department", "212000-0142", "Vattstad",
                    "county/99", "B3", part=True)  # fmt: skip
OTHER_SCHOOLS = Candidate(3, "Utbildning", "municipal_department", part=True)
CLUB = Candidate(4, "Hamnens IF, ungdom", "association", "802000-1234")
EVERY = [VATTSTAD, SCHOOLS, OTHER_SCHOOLS, CLUB]


@pytest.mark.parametrize(
    ("text", "found", "unknown", "several"),
    [
        ("vattstads  KOMMUN", [1], [], []),
        ("Vattstad", [1], [], []),
        ("2120000142", [1], [], []),  # that of the whole, not of its part
        ("Vattstad; Ingenstans", [1], ["Ingenstans"], []),
        ("Hamnens IF, ungdom\n\n  Vattstad ", [4, 1], [], []),
        ("Vattstad, Ingenstans", [1], ["Ingenstans"], []),
        ("Ekvattna kommun\t212000-0142", [1], [], []),
        ("Utbildning", [], [], ["Utbildning"]),
        ("", [], [], []),
    ],
)
def test_a_pasted_list_names_whom_to_ask(text, found, unknown, several):
    told = pasted(text, EVERY)
    assert [one.key for one in told.found] == found
    assert (list(told.unknown), list(told.several)) == (unknown, several)
    assert set(told.left.splitlines()) == {*unknown, *several}


def test_organisations_are_found_by_words_kind_and_place():
    def keys(words="", **chosen):
        return [one.key for one in passing(EVERY, words, chosen)]

    assert keys() == [1, 2, 3, 4]
    assert keys("vatt") == [1, 2]
    assert keys("212000-0142", slag="municipality") == [1]
    assert keys(lan="county/99", kommuntyp="B3") == [1, 2]
    assert keys("utbild", lan="county/98") == []


@pytest.mark.django_db
def test_choosing_sends_nothing_and_keeps_what_was_chosen_and_typed(demo_site):
    boss = client(member("bo", region(), Role.LEAD))
    here = f"/arbete/{region().slug}/sammanstallning/fraga/"
    first = organisation(home_area="municipality/9901")
    other = organisation("Lindsunda kommun", home_area="municipality/9902")
    club = organisation("Hamnens IF", "association")
    page = boss.get(here).content.decode()
    assert "Större städer" in page
    told = {"asked": [first.pk], "text": "Kvar i rutan", "slag": "association", "visa": "1"}
    page = boss.post(here, told)
    choice = page.context["choice"]
    assert ([one.key for one in choice.chosen], [one.key for one in choice.shown]) == (
        [first.pk], [club.pk],
    )  # fmt: skip
    assert "Kvar i rutan" in page.content.decode()
    page = boss.post(here, {"lista": "Lindsunda\nIngenstans", "lagg-till": "1"})
    choice = page.context["choice"]
    assert [one.key for one in choice.chosen] == [other.pk]
    assert (choice.pasted.left, page.status_code) == ("Ingenstans", 200)
    page = boss.post(here, {"slag": "municipality", "alla": "1"})
    assert {one.key for one in page.context["choice"].chosen} == {first.pk, other.pk}
    sent = {"text": "Dela", "due": "2099-01-01", "skicka": "1"}
    assert boss.post(here, sent).status_code == 400
    assert boss.post(here, {**sent, "lista": "Ingenstans"}).status_code == 400
    assert not RollUpRequest.objects.exists()
    assert boss.post(here, {**sent, "asked": [first.pk], "lista": "Lindsunda"}).status_code == 302
    assert {one.asked for one in RollUpRequest.objects.all()} == {first, other}
    assert "har redan en fråga" in boss.get(here).content.decode()
