"""The plan as a document: all that it says is in every format, and only what may be seen."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samsyn.cycle.figures import address_of
from samsyn.cycle.models import FollowUp, Goal, Intervention, Money, Need
from samsyn.cycle.plan.asked import findings_of
from samsyn.cycle.plan.gathered import gathered
from samsyn.cycle.plan.report import Setting, plan_report
from samsyn.cycle.plan.summary import sentences
from samsyn.cycle.plan.texts import cleaned, paragraphs, seen
from samsyn.people.access import NOBODY, viewer_of
from samsyn.people.models import Role, Visibility
from samsyn.publish.reports import Figure, Link, Report, plain
from samsyn.publish.reports.pdf import pdf
from samsyn.publish.reports.web import page as web
from samsyn.publish.reports.word import word
from tests.cycle.making import mapping_round, record
from tests.cycle.whole import whole
from tests.people.making import client, member, organisation
from tests.publish.reports.reading import flat, pages

pytestmark = pytest.mark.django_db
HERE = Setting("sv", "https://samsyn.example", date(2026, 11, 21))
# Not in the text of every format: names of things, and what stands in the properties of a file.
UNSAID = {"id", "description", "language", "kind", "address", "align", "creator"}


def insider(role=Role.READER):
    return member("anna", organisation(), role)


def texts(told, found=None):
    """Every text of a report that a reader is to see."""
    found = [] if found is None else found
    if isinstance(told, str):
        found.append(told)
    elif isinstance(told, tuple):
        for one in told:
            texts(one, found)
    elif isinstance(told, Figure):
        found += [told.title, told.alt, told.picture.source]
    elif dataclasses.is_dataclass(told):
        for field in dataclasses.fields(told):
            if field.name not in UNSAID:
                texts(getattr(told, field.name), found)
    return [one for one in found if one.strip()]


def in_word(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    return "".join(node.text or "" for node in document.element.body.iter() if node.text)


def made_report(made, viewer=None, setting=HERE) -> Report:
    who = viewer or viewer_of(insider())
    plan = gathered(made.round, who)
    return plan_report(plan, setting, findings_of(plan, setting.language))


def everywhere(report: Report) -> list[str]:
    """The text of the report in each format, without spaces."""
    return [flat("".join(pages(pdf(report)))), flat(in_word(word(report))), flat(web(report))]


def test_everything_that_the_plan_says_is_in_every_format(demo_site):
    made = whole(mark="ÅÄÖ")
    record(Goal, made.round, "Ett mål utan mått")
    report = made_report(made)
    said = texts(report)
    assert len(said) > 80
    for content in everywhere(report):
        assert not [one for one in said if flat(one) not in content]


def test_every_text_that_people_wrote_is_in_the_plan(demo_site):
    made = whole(mark="MÄRKT")
    said = " ".join(texts(made_report(made)))
    for one in (
        "Rundan", "Varför vi kartlägger", "Bostadsbolaget", "Hyresgästerna", "Trångboddheten växer",
        "Så här är det", "Siffran visar", "Bostadsplanen s. 4", "Planen säger", "Därför behövs de",
        "Fler stora lägenheter", "Bolaget", "Färre trångbodda", "Bygg ihop lägenheter",
        "Vi slår ut väggar", "Möten i trapphusen", "Bolaget tar över", "Hyrorna kan öka",
        "Boverket", "Efter ett år", "Det går åt rätt håll", "Enkät till alla", "Boendegruppen",
        "Håller ihop arbetet", "Börja på Hamngatan", "Klart i maj",
    ):  # fmt: skip
        assert f"{one} MÄRKT" in said, one
    for one in ("17,3\u00a0%", "15,1\u00a0%", "16,2\u00a0%", "1\u00a0234\u00a0000\u00a0kr",
                "2026-03-01 – 2028-09-30", "Utgåva demo"):  # fmt: skip
        assert one in said, one


def test_what_is_said_in_interviews_and_at_meetings_is_in_no_plan(demo_site):
    made = whole()
    said = " ".join(texts(made_report(made)))
    for one in ("Det hemliga som sades", "Anteckning från mötet", "Rektor", "Samtal"):
        assert one not in said


def test_a_figure_leads_to_its_release(demo_site):
    made = whole()
    links = []

    def look(told):
        if isinstance(told, Link):
            links.append(told.address)
        elif isinstance(told, tuple):
            for one in told:
                look(one)
        elif dataclasses.is_dataclass(told):
            for field in dataclasses.fields(told):
                look(getattr(told, field.name))

    look(made_report(made).sections)
    figure = address_of(made.problem.evidence.get(kind="indicator"))
    assert "release=demo" in figure
    assert f"https://samsyn.example{figure}" in links
    assert demo_site.get(figure).status_code == 200


def test_the_plan_is_in_english_as_well(demo_site):
    report = made_report(whole(), setting=dataclasses.replace(HERE, language="en"))
    assert report.language == "en"
    said = " ".join(texts(report))
    assert "17.3%" in said
    assert "SEK\u00a01,234,000" in said


def test_the_public_plan_has_nothing_private_and_does_not_count_it(demo_site):
    made = whole(mark="ÖPPET", visibility=Visibility.PUBLIC)
    hidden = {"title": "Den DOLDA", "description": "DOLDA ord"}
    problem = record(type(made.problem), made.round, areas=[], **hidden)
    need = record(Need, made.round, several={"problems": [made.problem, problem]}, **hidden)
    goal = record(Goal, made.round, several={"needs": [made.need]}, measure="DOLDA", **hidden)
    actor = record(type(made.lead), made.round, kind="company", **hidden)
    record(Intervention, made.round, several={"goals": [made.goal]}, kind="operative", lead=actor,
           level="area", horizon="long_term", **hidden)  # fmt: skip
    # Links from what is public to what is not.
    made.need.problems.add(problem)
    made.goal.needs.add(need)
    made.intervention.goals.add(goal)
    made.intervention.partners.add(actor)
    made.intervention.lead = actor
    made.intervention.save()
    made.group.members.add(actor)
    FollowUp.objects.update(goal=goal)
    record(FollowUp, made.round, "Ett utkast", visibility=Visibility.PUBLIC, state="submitted",
           value=0.987, value_status="ok", unit="share", evidence="DOLDA",
           description="DOLDA", intervention=made.intervention)  # fmt: skip
    report = made_report(made, NOBODY)
    for content in everywhere(report):
        assert "ÖPPET" in content
        assert "DOLDA" not in content
        assert "98,7" not in content
        assert "secret" not in content
    assert not [one for one in texts(report) if "Luckor" in one]
    summary = next(one for one in report.sections if one.id == "summary")
    assert [one.value for one in summary.blocks[0].items][:3] == ["1", "1", "1"]


def test_the_sums_of_money_are_those_of_the_rows(demo_site):
    made = whole()
    for amount, status in ((1, "decided"), (500, "applied"), (9, "missing"), (40, "missing")):
        Money.objects.create(intervention=made.intervention, source="=SUM(A1)", amount=amount,
                             status=status)  # fmt: skip
    plan = gathered(made.round, viewer_of(insider()))
    assert {key: (int(one[0]), one[1]) for key, one in plan.sums().items()} == {
        "decided": (1_234_001, 2), "applied": (500, 1), "missing": (49, 2),
    }  # fmt: skip


def test_the_plan_draws_its_chain_and_has_the_same_as_a_table(demo_site):
    made = whole(visibility=Visibility.PUBLIC)
    record(type(made.problem), made.round, "Ingen <vet> varför")
    own, public = (made_report(made, who) for who in (None, NOBODY))
    figure = next(one for one in own.figures() if one.name == "chain")
    assert "2 problem, 1 behov, 1 mål, 1 insats och 1 uppföljning" in figure.alt
    assert "bruten på 1 ställe" in figure.alt
    assert "Ingen &lt;vet&gt;" in re.sub(r"</?tspan[^>]*>", "", figure.picture.svg)
    assert "Saknar underlag" in figure.picture.svg
    table = next(one for one in own.every() if one.id == "chain-table").blocks[0]
    told = {plain(row[0]): [plain(cell) for cell in row[1:]] for row in table.rows}
    assert told["Färre trångbodda"] == [
        "Mål", "Fler stora lägenheter", "Bygg ihop lägenheter; Efter ett år", "–",
    ]  # fmt: skip
    assert told["Ingen <vet> varför"][3] == "Saknar underlag; Inget behov"
    # Every row leads to where the plan tells of the record.
    ids = {section.id for section in own.every()}
    assert {row[0].address.removeprefix("#") for row in table.rows} <= ids
    # Others are told nothing of what is lacking.
    drawn = next(one for one in public.figures() if one.name == "chain")
    assert "bruten" not in drawn.alt
    assert "stroke-dasharray" not in drawn.picture.svg
    table = next(one for one in public.every() if one.id == "chain-table").blocks[0]
    assert len(table.columns) == 4


def test_a_plan_of_very_many_records_is_drawn_as_far_as_it_can_be_read(demo_site):
    mine = mapping_round()
    for at in range(200):
        record(Need, mine, f"Behov {at:03}")
    report = plan_report(gathered(mine, viewer_of(insider())), HERE)
    (figure,) = report.figures()
    shown = int(re.search(r"Bilden har rum för (\d+) av posterna", figure.alt)[1])
    assert 5 < shown < 30
    assert f">+ {200 - shown}<" in figure.picture.svg
    table = next(one for one in report.every() if one.id == "chain-table").blocks[0]
    assert len(table.rows) == 200


def test_a_goal_has_its_values_over_time_as_a_chart_and_as_a_table(demo_site):
    made = whole()
    own = record(Goal, made.round, "Fler på mötena", measure="Antal", baseline=3, target=30,
                 baseline_period="2025", target_year=2028, unit="personer")  # fmt: skip
    for year, value, state in ((2026, 8, "approved"), (2027, 14, "approved"), (2028, 99, "draft")):
        record(FollowUp, made.round, f"Möten {year}", goal=own, period=str(year), value=value,
               value_status="ok", state=state)  # fmt: skip
    report = made_report(made)
    charts = {one.name: one for one in report.figures()}
    typed, released = charts[f"goal-values-{own.pk}"], charts[f"goal-values-{made.goal.pk}"]
    assert "Egna uppföljningar: 8 2026 och 14 2027." in typed.alt
    assert typed.picture.source == f"Källa: {made.round.organisation.name}"
    assert "påhittade uppgifter (made-up data). Samsyns utgåva demo" in released.picture.source
    section = next(one for one in report.every() if one.id == f"goal-{own.pk}")
    assert [row[1] for row in section.blocks[-1].rows] == ["8", "14"]
    assert any(one.startswith("På väg.") for one in texts(section))
    # A goal that nobody follows has neither.
    bare = record(Goal, made.round, "Ett mål utan mått")
    section = next(one for one in made_report(made).every() if one.id == f"goal-{bare.pk}")
    assert not section.blocks


def test_the_charts_of_a_plan_are_for_who_sees_their_goal(demo_site):
    made = whole(visibility=Visibility.PUBLIC)
    here = f"/arbete/{made.round.organisation.slug}/kartlaggning/{made.round.pk}/plan/"
    reader = client(insider())
    page = reader.get(here).content.decode()
    chart = f"{here}mal-{made.goal.pk}.svg"
    assert f'src="{chart}"' in page
    assert f'src="{chart}?look=dark"' in page
    assert "data:image/svg+xml" in page
    answer = reader.get(f"{chart}?narrow=1")
    assert b'width="360"' in answer.content
    assert "no-store" in answer.headers["Cache-Control"]
    assert client().get(chart).status_code == 200
    made.goal.visibility = Visibility.PRIVATE
    made.goal.save()
    assert client().get(chart).status_code == 404
    assert reader.get(f"{here}mal-999999.svg").status_code == 404


def test_the_summary_counts_what_can_be_measured(demo_site):
    made = whole()
    plan = gathered(made.round, viewer_of(insider()))
    assert any(one.startswith("Målet kan mätas") for one in sentences(plan, "sv"))
    record(Goal, made.round, "Ett mål utan mått")
    plan = gathered(made.round, viewer_of(insider()))
    assert any(one.startswith("Av 2 mål kan 1 mätas") for one in sentences(plan, "sv"))


def test_an_empty_plan_can_be_printed(demo_site):
    mine = mapping_round(title="Tom")
    plan = gathered(mine, viewer_of(insider()))
    report = plan_report(plan, HERE)
    assert flat("Här finns ingenting än") in everywhere(report)[0]


def test_odd_signs_are_taken_out_and_the_rest_stands(demo_site):
    made = whole(mark="\x0b\x1f<b>#*_\u200bslut")
    report = made_report(made)
    for content in everywhere(report)[:2]:
        assert "<b>#*_" in content
        assert "slut" in content


def test_texts_become_paragraphs():
    assert [one.words for one in paragraphs("Ett\r\nfortsatt\n\n\nTvå  \x00")] == [
        "Ett fortsatt", "Två",
    ]  # fmt: skip
    assert seen("a\x07b") == "ab"
    assert cleaned(("a\x07", Link("b\x07", "c"))) == ("a", Link("b", "c"))


def test_the_plan_takes_the_same_queries_whatever_its_size(demo_site):
    made, who = whole(), viewer_of(insider())

    def queries():
        with CaptureQueriesContext(connection) as found:
            plan_report(gathered(made.round, who), HERE)
        return len(found)

    few = queries()
    for at in range(4):
        goal = record(Goal, made.round, f"M{at}", several={"needs": [made.need]})
        one = record(Intervention, made.round, f"I{at}", several={"goals": [goal]},
                     kind="operative", level="area", horizon="long_term")  # fmt: skip
        Money.objects.create(intervention=one, source="F", amount=1, status="decided")
        record(FollowUp, made.round, f"U{at}", intervention=one)
    assert queries() == few <= 24


@pytest.mark.parametrize(("form", "starts"), [("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!")])
def test_files_are_for_who_may_see_the_round(demo_site, form, starts):
    made = whole()
    here = f"/arbete/{made.round.organisation.slug}/kartlaggning/{made.round.pk}/plan.{form}"
    response = client(insider()).get(here)
    assert response.content.startswith(starts)
    assert response.headers["Content-Disposition"] == f'attachment; filename="plan-rundan.{form}"'
    assert "no-store" in response.headers["Cache-Control"]
    assert client().get(here).status_code == 404
    assert client(member("bo", organisation("Annan", "region"))).get(here).status_code == 404


def test_the_page_of_the_plan_has_its_gaps_and_its_files(demo_site):
    made = whole()
    here = f"/arbete/{made.round.organisation.slug}/kartlaggning/{made.round.pk}/plan/"
    page = client(insider()).get(here).content.decode()
    assert "Luckor i planen" in page
    assert f'href="{here[:-1]}.pdf"' in page
    assert "publicera/" not in page
    assert "publicera/" in client(insider(Role.LEAD)).get(here).content.decode()
    made.round.visibility = Visibility.PUBLIC
    made.round.save()
    other = client().get(here).content.decode()
    assert "Luckor i planen" not in other
    assert made.problem.title not in other


def test_values_without_a_unit_have_that_of_their_goal(demo_site):
    made = whole()
    Goal.objects.update(unit="")
    FollowUp.objects.update(unit="")
    said = " ".join(texts(made_report(made)))
    for one in ("17,3\u00a0%", "15,1\u00a0%", "16,2\u00a0%"):
        assert one in said
