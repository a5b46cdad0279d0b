"""Projects over the years: what became of them, when it is asked, and who has them."""

from __future__ import annotations

from datetime import date

import pytest

from samsyn.cycle.followed.projects import enter_ended, question
from samsyn.cycle.models import Handover, Intervention, Project, ProjectFate
from samsyn.people.models import Organisation, Role, Standing
from samsyn.people.saving import create
from tests.cycle.making import mapping_round, record
from tests.people.making import account, client, member, organisation

ENDED = date(2020, 6, 30)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("today", "told", "months"),
    [
        ("2021-06-29", [], None),
        ("2021-06-30", [], 12),
        ("2022-06-29", [], 12),
        ("2022-06-30", [], 24),
        ("2030-01-01", [], 36),
        ("2022-01-01", [("2021-07-01", "running")], None),
        ("2022-07-01", [("2021-07-01", "running")], 24),
        ("2022-07-01", [("2021-06-29", "running")], 24),
        ("2024-01-01", [("2023-06-30", "implemented")], None),
        ("2022-07-01", [("2020-07-01", "closed_no_funding")], None),
        ("2022-07-01", [("2020-07-01", "closed"), ("2021-01-01", "running")], 24),
    ],
)
def test_it_is_asked_after_12_24_and_36_months_until_it_is_told(today, told, months):
    found = question(ENDED, [(day(at), fate) for at, fate in told], day(today))
    assert (found.months if found else None) == months


def test_a_project_without_an_end_is_not_asked_of():
    assert question(None, [], day("2050-01-01")) is None


def project(of: Organisation | None = None, title="Bron", **more) -> Project:
    told = {"began": date(2018, 1, 1), "ended": ENDED, "funder": "Staten", **more}
    return create(Project(organisation=of or organisation(), title=title, **told), None)


def page(person, url: str) -> str:
    return client(person).get(url).content.decode()


@pytest.mark.django_db
def test_somebody_tells_what_became_of_a_project_and_what_shows_it():
    one, person = project(), member("bo", organisation())
    assert "36 månader" in page(person, one.get_absolute_url())
    told = {"fate": "implemented", "at": "2023-07-01", "evidence": "Budget 2024, rad 12"}
    client(person).post(f"{one.get_absolute_url()}blev/", told)
    fate = ProjectFate.objects.get()
    assert (fate.fate, fate.told_by) == ("implemented", person)
    shown = page(person, one.get_absolute_url())
    assert "Implementerad i ordinarie verksamhet" in shown
    assert "Budget 2024, rad 12" in shown
    assert "36 månader sedan" not in shown
    client(person).post(f"{one.get_absolute_url()}blev/{fate.pk}/", {**told, "fate": "running"})
    client(person).post(f"{one.get_absolute_url()}blev/{fate.pk}/ta-bort/")
    assert not ProjectFate.objects.exists()
    assert ProjectFate.history.count() == 3


@pytest.mark.django_db
def test_a_fate_that_there_is_not_is_refused():
    one, person = project(), member("bo", organisation())
    wrong = client(person).post(f"{one.get_absolute_url()}blev/", {"fate": "x", "evidence": "Mitt"})
    assert wrong.status_code == 400
    assert "Mitt" in wrong.content.decode()
    reader = member("lars", organisation(), Role.READER)
    assert client(reader).post(f"{one.get_absolute_url()}blev/", {}).status_code == 404


@pytest.mark.django_db
def test_the_inventory_is_filtered_by_area_funder_fate_and_period():
    area, other = "regso/2025/9901R001", "regso/2025/9901R01"
    old = project(title="Gammalt", ended=date(2005, 1, 1), began=date(2003, 1, 1), areas=[other])
    new = project(title="Nytt", funder="EU", areas=[area])
    project(title="Pågår", ended=None, funder="")
    ProjectFate.objects.create(project=old, fate="running", at=date(2006, 1, 1))
    ProjectFate.objects.create(project=old, fate="closed", at=date(2007, 1, 1))
    ProjectFate.objects.create(project=new, fate="implemented", at=date(2021, 7, 1))
    person = member("bo", organisation(), Role.READER)
    url = f"/arbete/{organisation().slug}/projekt/"
    for query, titles in {
        "": {"Gammalt", "Nytt", "Pågår"},
        f"?omrade={area}": {"Nytt"},
        f"?omrade={other}": {"Gammalt"},
        "?finansiar=EU": {"Nytt"},
        "?blev=closed": {"Gammalt"},
        "?blev=running": set(),  # the newest that is told counts
        "?blev=-": {"Pågår"},
        "?fran=2006": {"Nytt", "Pågår"},
        "?till=2004": {"Gammalt"},
        "?fran=2019&till=2019": {"Nytt", "Pågår"},
        "?fran=x&till=99999": {"Gammalt", "Nytt", "Pågår"},
        "?q=ny": {"Nytt"},
    }.items():
        answer = client(person).get(url + query)
        assert {one.title for one in answer.context["records"]} == titles, query
    counts = client(person).get(url).context["counts"]
    assert [(code, n) for code, _name, n in counts] == [
        ("implemented", 1), ("closed", 1), ("-", 1),
    ]  # fmt: skip
    assert client(member("olof", organisation("Lundby"))).get(url).status_code == 404


def project_like(**more) -> Intervention:
    told = {"kind": "operative", "level": "area", "horizon": "here_and_now", **more}
    return record(Intervention, mapping_round(), told.pop("title", "Insats"), **told)


@pytest.mark.django_db
def test_projects_come_into_the_inventory_when_they_end():
    project_like(title="Slut", form="project", ends=date(2026, 1, 31))
    project_like(title="Pågår", form="project", ends=date(2026, 2, 1))
    project_like(title="Ordinarie", form="regular", ends=date(2020, 1, 1))
    project_like(title="Borta", form="project", ends=date(2020, 1, 1), removed="2021-01-01T00:00Z")
    for _twice in range(2):
        enter_ended(date(2026, 2, 1))
    assert [one.title for one in Project.objects.all()] == ["Slut"]


@pytest.mark.django_db
def test_the_inventory_offers_what_has_ended():
    one = project_like(title="Slut", form="project", ends=date(2020, 1, 31))
    url = f"/arbete/{organisation().slug}/projekt/"
    person = member("bo", organisation())
    assert f"{one.get_absolute_url()}till-projekt/" in page(person, url)
    reader = member("lars", organisation(), Role.READER)
    assert "till-projekt" not in page(reader, url)


# --- reorganisations ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_project_goes_to_another_organisation_when_both_leads_say_so():
    giver, taker = organisation(), organisation("Nya förvaltningen", "municipal_department")
    lead, other = member("lena", giver, Role.LEAD), member("olof", taker, Role.LEAD)
    one = project(title="Bron")
    ProjectFate.objects.create(project=one, fate="running", at=date(2021, 7, 1))
    url = f"{one.get_absolute_url()}lamna-over/"
    assert client(member("bo", giver)).post(url, {"taker": taker.pk}).status_code == 404
    client(lead).post(url, {"taker": taker.pk})
    one.refresh_from_db()
    assert one.organisation == giver
    asked = Handover.objects.get()
    theirs = f"/arbete/{taker.slug}/projekt/"
    assert "Bron" in page(other, theirs)
    assert str(giver) in page(other, f"/arbete/{taker.slug}/")  # it waits on the start page
    answer, yes = f"{theirs}fraga/", {"fraga": [asked.pk], "svar": "ja"}
    assert client(lead).post(answer, yes).status_code == 404
    assert client(member("eva", taker)).post(answer, yes).status_code == 404
    none = client(other).post(answer, {"svar": "ja"}, follow=True)
    assert "Kryssa för minst ett" in none.content.decode()
    client(other).post(answer, yes)
    one.refresh_from_db()
    assert (one.organisation, one.run_by, one.fates.count()) == (taker, "Vattstads kommun", 1)
    assert "Vattstads kommun" in page(other, one.get_absolute_url())
    assert client(lead).get(one.get_absolute_url()).status_code == 404
    assert client(other).post(answer, yes).status_code == 404
    assert one.history.filter(organisation=giver).exists()


@pytest.mark.django_db
def test_a_project_stays_where_nobody_takes_it():
    giver, taker = organisation(), organisation("Lundby")
    lead, other = member("lena", giver, Role.LEAD), member("olof", taker, Role.LEAD)
    one = project()
    url = f"{one.get_absolute_url()}lamna-over/"
    client(lead).post(url, {"taker": taker.pk})
    answer = f"/arbete/{taker.slug}/projekt/fraga/"
    client(other).post(answer, {"fraga": [Handover.objects.get().pk], "svar": "nej"})
    one.refresh_from_db()
    assert one.organisation == giver
    client(lead).post(url, {"taker": taker.pk})
    client(lead).post(f"{url}ta-tillbaka/")
    assert not Handover.objects.filter(answered=None).exists()
    assert client(lead).post(url, {"taker": giver.pk}).status_code == 400


@pytest.mark.django_db
def test_who_leads_both_organisations_asks_nobody():
    giver, taker = organisation(), organisation("Lundby")
    for of in (giver, taker):
        lead = member("lena", of, Role.LEAD)
    one = project()
    client(lead).post(f"{one.get_absolute_url()}lamna-over/", {"taker": taker.pk})
    one.refresh_from_db()
    assert one.organisation == taker


@pytest.mark.django_db
def test_an_administrator_moves_all_projects_and_reads_none():
    giver, taker = organisation(), organisation("Lundby")
    one = project(title="Hemliga bron")
    administrator = account("ada", standing=Standing.ADMINISTRATOR)
    url = f"/arbete/{giver.slug}/projekt/flytta/"
    assert client(member("eva", giver, Role.EDITOR)).get(url).status_code == 404
    shown = page(administrator, url)
    assert "Hemliga bron" not in shown
    assert "1 projekt" in shown
    client(administrator).post(url, {"taker": taker.pk})
    one.refresh_from_db()
    assert one.organisation == taker


@pytest.mark.django_db
def test_a_lead_moves_all_projects_when_the_other_organisation_says_yes():
    giver, taker = organisation(), organisation("Nya förvaltningen", "municipal_department")
    lead, other = member("lena", giver, Role.LEAD), member("olof", taker, Role.LEAD)
    mine = f"/arbete/{giver.slug}/projekt/"
    assert "flytta" not in page(lead, mine)  # nothing to move
    kept, given, thrown = (project(title=title) for title in ("Kvar", "Bron", "Borta"))
    Project.objects.filter(pk=thrown.pk).update(removed="2024-01-01T00:00Z")
    Handover.objects.create(project=kept, giver=giver, taker=organisation("Lundby"))
    assert f"{mine}flytta/" in page(lead, mine)
    assert f"{mine}flytta/" in page(lead, f"/arbete/{giver.slug}/installningar/")
    assert "flytta" not in page(member("eva", giver, Role.EDITOR), mine)
    client(lead).post(f"{mine}flytta/", {"taker": taker.pk})
    assert set(Handover.objects.values_list("project", "taker")) == {
        (kept.pk, taker.pk), (given.pk, taker.pk),
    }  # fmt: skip
    asked = Handover.objects.get(project=given)
    client(other).post(f"/arbete/{taker.slug}/projekt/fraga/", {"fraga": asked.pk, "svar": "ja"})
    assert [one.title for one in Project.objects.filter(organisation=taker)] == ["Bron"]
    # Who leads both moves what is left, the basket as well, and nobody is asked any longer.
    member("lena", taker, Role.LEAD)
    client(lead).post(f"{mine}flytta/", {"taker": taker.pk})
    assert not Project.objects.filter(organisation=giver).exists()
    assert not Handover.objects.filter(answered=None).exists()
    assert "Vattstads kommun" in page(lead, Project.objects.get(pk=kept.pk).get_absolute_url())


@pytest.mark.django_db
def test_a_list_asks_the_database_as_often_whatever_its_length(django_assert_max_num_queries):
    person = member("bo", organisation(), Role.LEAD)
    for number in range(30):
        one = project(title=f"Projekt {number}", areas=["regso/2025/9901R001"])
        ProjectFate.objects.create(project=one, fate="closed", at=date(2021, 7, 1))
        project_like(title=f"Slut {number}", form="project", ends=date(2020, 1, 31))
    browser = client(person)
    with django_assert_max_num_queries(25):
        assert browser.get(f"/arbete/{organisation().slug}/projekt/").status_code == 200
