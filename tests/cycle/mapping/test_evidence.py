"""Evidence: what is kept of a figure is what the release has, whatever the address says."""

from __future__ import annotations

import re
from html import unescape

import pytest
from lxml import html

from samsyn.cycle import figures
from samsyn.cycle.citing import cite_figure, cite_note, cite_passage
from samsyn.cycle.figures import UnknownFigureError, look_up
from samsyn.cycle.models import Evidence, Interview, Problem
from samsyn.cycle.notes import keep
from samsyn.cycle.respondents import add
from samsyn.cycle.views import underlag
from samsyn.people.models import Role, Visibility
from samsyn.statistics.query import Release
from tests.cycle.making import PLACE, record
from tests.people.making import account, client, member, organisation

pytestmark = pytest.mark.django_db
NAME, AREA = "unemployment_rate", "regso/2025/9901R003"
USE = f"/arbete/underlag/?indicator={NAME}&area={AREA}&period=2024&release=demo"


@pytest.fixture
def problem(desk) -> Problem:
    return record(Problem, desk.round, "Många utan arbete", focus_areas=["labour"])


def same_as_release(evidence: Evidence, release: Release) -> bool:
    """Whether a kept figure is the one of its name in the release."""
    rows = release.values(evidence.indicator, areas=[evidence.area], period=evidence.period)
    row = rows.row(0, named=True)
    kept = (evidence.value, evidence.status, evidence.unit, evidence.release)
    return kept == (row["value"], row["status"], row["unit"], release.name)


def test_a_figure_is_looked_up_in_the_release(desk, problem, demo_release):
    release = Release.open(demo_release)
    address = f"problem/{problem.pk}/underlag/"
    told = {"slag": "siffra", "siffra-indicator": NAME, "siffra-text": "Högst i kommunen"}
    desk.post(address, {**told, "siffra-area": AREA, "siffra-period": "2022"})
    # What is not asked for is not taken: value, unit and release of the form are nobody's.
    desk.post(address, {**told, "value": "0.99", "unit": "tkr", "release": "min egen",
                        "siffra-value": "0.99"})  # fmt: skip
    first, second = problem.evidence.all()
    # Of that year there are figures of the borders before.
    before = AREA.replace("2025", "2020")
    assert (first.area, first.period, first.text) == (before, "2022", "Högst i kommunen")
    assert (second.area, second.period) == ("municipality/2025/9901", "2024")
    assert same_as_release(first, release)
    assert same_as_release(second, release)


def test_a_figure_that_is_not_there_is_told_and_nothing_is_lost(desk, problem):
    told = {"slag": "siffra", "siffra-indicator": NAME, "siffra-period": "1901",
            "siffra-text": "det jag skrev"}  # fmt: skip
    answer = desk.browser.post(desk.at(f"problem/{problem.pk}/underlag/"), told)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "har ingen siffra" in page
    assert "det jag skrev" in page
    assert not problem.evidence.exists()


def test_a_passage_of_a_document_has_its_text_and_where_it_stands(desk, problem):
    address = f"problem/{problem.pk}/underlag/"
    told = {"slag": "dokument", "dokument-source": "Budget 2026, s. 4"}
    assert desk.browser.post(desk.at(address), told).status_code == 400
    desk.post(address, {**told, "dokument-text": "Medlen minskar <b>"})
    page = desk.get(problem.get_absolute_url())
    assert "Budget 2026, s. 4" in page
    assert "Medlen minskar &lt;b&gt;" in page


def test_evidence_is_worded_and_taken_away_by_who_may_change_the_problem(desk, problem):
    one = cite_passage(problem, "Budget", "Text")
    reader = client(member("rut", desk.organisation, Role.READER))
    address = desk.at(f"problem/{problem.pk}/underlag/{one.pk}/")
    assert reader.post(address, {"gor": "ta-bort"}).status_code == 404
    desk.post(address, {"text": "Annan text"})
    one.refresh_from_db()
    assert one.text == "Annan text"
    desk.post(address, {"gor": "ta-bort"})
    assert not problem.evidence.exists()


def test_evidence_links_to_the_figure_in_its_release_and_tells_of_newer_ones(desk, problem):
    cite_figure(problem, look_up(NAME, PLACE, "2023"))
    page = unescape(desk.get(problem.get_absolute_url()))
    assert "Ur utgåvan demo" in page
    newest = look_up(NAME, PLACE)
    told = figures.written(newest, "sv")
    assert f"Det finns en nyare siffra: {told} (2024)." in page
    link = re.search(r'href="(/omrade/[^"]+release=demo)"', page)
    assert link is not None
    assert desk.get(link[1])


def test_a_revised_figure_is_told_and_the_newest_is_not_called_old(desk, problem):
    one = cite_figure(problem, look_up(NAME, PLACE))
    page = desk.get(problem.get_absolute_url())
    assert "nyare siffra" not in page
    assert "reviderats" not in page
    one.value = 0.5
    one.save()
    assert "Siffran har reviderats sedan dess" in desk.get(problem.get_absolute_url())


def test_the_same_figure_is_evidence_once(problem):
    for _ in range(2):
        cite_figure(problem, look_up(NAME, PLACE))
    assert problem.evidence.count() == 1


@pytest.mark.parametrize("name", ["economic_standard:", "background:", "tenure:",
                                  "economic_standard:dissimilarity:regso:low"])  # fmt: skip
def test_an_index_of_segregation_is_a_figure_too(desk, problem, demo_release, name):
    found = look_up(name, PLACE)
    grouping, index, units, *_groups = found.indicator.split(":")
    rows = Release.open(demo_release).indices(
        grouping, units, "municipality", found.period, index, within=PLACE
    )
    assert found.value in rows["value"].to_list()
    assert look_up(found.indicator, PLACE, found.period) == found
    cite_figure(problem, found)
    assert figures.called(found.indicator, "sv") in unescape(desk.get(problem.get_absolute_url()))
    assert desk.get(figures.address_of(found))


@pytest.mark.parametrize(
    ("indicator", "area", "period", "of"),
    [("x", PLACE, "", ""), (NAME, "municipality/0000", "", ""), (NAME, PLACE, "1850", ""),
     (NAME, PLACE, "", "no such"), ("x:y:z", PLACE, "", ""), (NAME, "", "", ""),
     ("../../etc/passwd", PLACE, "", ""), (NAME, PLACE, "", "../../etc"), (":", PLACE, "", "")],
)  # fmt: skip
def test_what_is_not_there_is_said_in_words(demo_site, indicator, area, period, of):
    with pytest.raises(UnknownFigureError):
        look_up(indicator, area, period, of)


# --- from the pages of figures -----------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    ["/omrade/municipality/9901/", "/indikator/unemployment_rate/?level=regso",
     "/indikator/segregation/economic_standard/", "/en/omrade/regso/9901R003/",
     "/omrade/municipality/9901/visa/indicator-unemployment_rate/",
     "/omrade/municipality/9901/visa/uneven-background/", "/omradestyper/", "/",
     "/omrade/county/99/", "/karta/?within=municipality/9901&level=regso",
     "/karta/?index=dissimilarity&grouping=background&level=municipality&units=regso&group=foreign",
     "/jamfor/?place=municipality/9901&place=type/1&index=background&indicator=overcrowded_share",
     "/omrade/municipality/9901/rapport/", "/omrade/regso/9901R003/rapport/?vintage=2020"],
)  # fmt: skip
def test_every_figure_leads_to_where_it_can_be_used(desk, client, page):
    answer = client.get(page)
    text = answer.content.decode()
    links = [unescape(one) for one in re.findall(r'href="([^"]*/arbete/underlag/[^"]*)"', text)]
    assert links
    use = './/a[contains(@href, "/arbete/underlag/")]'
    for figure in html.fromstring(text).iter("figure"):
        section = next(figure.iterancestors("section"), figure)
        # Of those that show several places each has its own, below them.
        several = "subject" in section.get("class", "")
        assert figure.xpath(use) or (several and section.xpath(use))
    # The page knows nobody, and is the same for all.
    assert not answer.cookies
    assert "public" in answer.headers["Cache-Control"]
    for link in dict.fromkeys([links[0], links[len(links) // 2], links[-1]]):
        shown = desk.browser.get(link)
        assert shown.status_code == 200, link
        if "area=" in link and "indicator=" in link:
            assert "För vilket problem?" in shown.content.decode() or "/en/" in link


def test_the_page_asks_for_log_in_first(desk, client):
    answer = client.get(USE)
    assert answer.status_code == 302
    assert "/konto/" in answer.headers["Location"]
    assert "unemployment_rate" in answer.headers["Location"]


def test_a_figure_becomes_evidence_of_a_problem(desk, problem, demo_release):
    page = desk.get(USE)
    assert "Många utan arbete" in page
    where = desk.post(USE, {"problem": problem.pk, "text": "Se kartan", "value": "0.99"})
    assert where == f"{problem.get_absolute_url()}#underlag"
    kept = problem.evidence.get()
    assert (kept.indicator, kept.area, kept.period) == (NAME, AREA, "2024")
    assert same_as_release(kept, Release.open(demo_release))


def test_a_figure_begins_a_new_problem(desk, demo_release):
    link = re.search(r'href="(/arbete/[^"]*/problem/ny/[^"]+)"', desk.get(USE))
    assert link is not None
    address = unescape(link[1])
    page = desk.get(address)
    assert "Det här blir underlag" in page
    assert f'value="{AREA}"' in page
    desk.post(address, {"title": "Arbetslöshet", "focus_areas": ["labour"], "areas": [AREA]})
    kept = Problem.objects.get().evidence.get()
    assert same_as_release(kept, Release.open(demo_release))
    assert kept.release == "demo"


def test_one_chooses_among_ones_organisations_and_reaches_no_other(desk, problem):
    other = organisation("Lundby förening", "association")
    eva = client(member("eva", other, Role.CONTRIBUTOR))
    assert "Många utan arbete" not in desk.get(USE, by=eva)
    assert eva.post(USE, {"problem": problem.pk}).status_code == 404
    member("anna", other, Role.EDITOR)
    page = desk.get(USE)
    assert "Hos vilken organisation?" in page
    assert "Många utan arbete" not in page
    assert "Många utan arbete" in desk.get(f"{USE}&hos={desk.organisation.slug}")
    assert not problem.evidence.exists()


def test_among_very_many_problems_one_searches(desk, problem, monkeypatch):
    monkeypatch.setattr(underlag, "MOST", 2)
    for at in range(3):
        record(Problem, desk.round, f"Nummer {at}")
    page = desk.get(USE)
    assert "Här är de 2 första problemen" in page
    assert problem.title not in page
    found = desk.get(f"{USE}&q=utan")
    assert problem.title in found
    assert f'name="area" value="{AREA}"' in found
    assert "har ”finns ej” i rubriken" in desk.get(f"{USE}&q=finns+ej")
    # What others have written is not counted among what a contributor may change.
    ida = client(member("ida", desk.organisation, Role.CONTRIBUTOR))
    assert "Nummer" not in desk.get(USE, by=ida)


def test_who_only_reads_is_told_so(desk, problem):
    reader = client(member("rut", desk.organisation, Role.READER))
    assert "rollen medarbetare" in desk.get(USE, by=reader)
    assert reader.post(USE, {"problem": problem.pk}).status_code == 404
    nobody = client(account("ny"))
    assert "rollen medarbetare" in desk.get(USE, by=nobody)


def test_what_the_address_leaves_out_is_asked_for(desk):
    page = desk.get(f"/arbete/underlag/?indicator={NAME}&release=demo")
    assert f'<option value="{NAME}" selected>' in page
    assert desk.get("/arbete/underlag/")
    answer = desk.browser.get(f"/arbete/underlag/?indicator={NAME}&area={PLACE}&period=1850")
    assert answer.status_code == 404
    assert "2024" in answer.content.decode()  # for which there are figures


def test_outside_the_organisation_notes_are_not_told(desk, problem, client):
    respondent = add(desk.round, "Rektor", "professionals")
    interview = record(Interview, desk.round, respondent=respondent)
    (note,) = keep(interview, "obstacles", "Sagt i förtroende")
    cite_note(problem, note)
    cite_figure(problem, look_up(NAME, PLACE))
    Problem.objects.filter(pk=problem.pk).update(visibility=Visibility.PUBLIC)
    page = desk.get(problem.get_absolute_url(), by=client)
    assert "Sagt i förtroende" not in page
    assert "Rektor" not in page
    assert "En intervju i kartläggningen." in page
    assert "Andel arbetslösa" in page
