"""Interviews: one page, notes by theme and focus area, and the question what they said."""

from __future__ import annotations

import pytest

from samsyn.cycle.citing import cite_note
from samsyn.cycle.models import Interview, InterviewNote, Problem, Respondent
from samsyn.cycle.notes import split
from samsyn.cycle.respondents import add
from samsyn.people.models import Role
from tests.cycle.making import mapping_round, record
from tests.people.making import PASSWORD, client, member, organisation

pytestmark = pytest.mark.django_db
TYPED = {
    "new_role": "Ordförande i hyresgästföreningen", "new_perspective": "residents",
    "notes_organisation": "Boende: trångt i Hamnen\r\n\r\nIngen samordnar",
    "notes_obstacles": "Arbetsmarknad: långt till jobben",
}  # fmt: skip


def interviewed(desk, **more) -> Interview:
    where = desk.post("intervju/ny/", {**TYPED, **more})
    return Interview.objects.get(pk=where.rstrip("/").rpartition("/")[2])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("ett\n\n\n två \n\n", [("", "ett"), ("", "två")]),
        ("rad ett\nrad två", [("", "rad ett\nrad två")]),
        ("Boende: trångt", [("housing", "trångt")]),
        ("BOENDE : trångt", [("housing", "trångt")]),
        ("Housing: crowded", [("housing", "crowded")]),
        ("Demokrati: få röstar", [("democracy", "få röstar")]),
        ("Boende:", [("", "Boende:")]),
        ("Hon sa: kom", [("", "Hon sa: kom")]),
        ("å\r\n\r\nHälsa: ö", [("", "å"), ("health", "ö")]),
    ],
)
def test_a_text_is_notes_with_an_empty_line_between(text, found):
    assert split(text) == found


def test_a_whole_interview_is_one_page(desk):
    assert desk.get("intervju/ny/").count("<textarea") == 5  # four themes and a description
    interview = interviewed(desk)
    assert str(interview) == "Intervju med R1, Ordförande i hyresgästföreningen"
    assert interview.owner == desk.lead
    notes = list(interview.notes.values_list("theme", "focus_area", "text"))
    assert notes == [
        ("organisation", "housing", "trångt i Hamnen"), ("organisation", "", "Ingen samordnar"),
        ("obstacles", "labour", "långt till jobben"),
    ]  # fmt: skip
    page = desk.get(interview.get_absolute_url())
    assert page.index("trångt i Hamnen") < page.index("långt till jobben")


def test_an_interview_can_be_of_a_known_respondent_and_needs_one(desk):
    known = add(desk.round, "Rektor", "professionals")
    told = {"respondent": known.pk, "notes_collaboration": "x"}
    interview = Interview.objects.get(
        pk=desk.post("intervju/ny/", told).rstrip("/").rpartition("/")[2]
    )
    assert interview.respondent == known
    for wrong in ({"notes_collaboration": "kvar här"},
                  {"respondent": known.pk, "new_role": "En till", "notes_obstacles": "kvar här"},
                  {"new_role": "Utan perspektiv", "notes_obstacles": "kvar här"}):  # fmt: skip
        answer = desk.browser.post(desk.at("intervju/ny/"), wrong)
        assert answer.status_code == 400
        assert "kvar här" in answer.content.decode()
    assert Interview.objects.count() == 1
    assert Respondent.objects.count() == 1


def test_more_notes_are_added_to_an_interview_in_both_ways(desk):
    interview = interviewed(desk)
    told = {"respondent": interview.respondent_id, "title": "Annan rubrik", "version": 1,
            "notes_collaboration": "Skola: möts aldrig"}  # fmt: skip
    desk.post(f"intervju/{interview.pk}/andra/", told)
    where = desk.post(
        f"intervju/{interview.pk}/anteckningar/", {"theme": "obstacles", "text": "ett\n\ntvå"}
    )
    assert where.endswith("#obstacles")
    assert interview.notes.count() == 6
    interview.refresh_from_db()
    assert interview.title == "Annan rubrik"


def test_a_note_that_is_typed_and_not_added_is_there_again(desk):
    interview = interviewed(desk)
    page = interview.get_absolute_url()
    address = f"{page}anteckningar/?tema=obstacles"
    told = {"theme": "obstacles", "text": "Halvt skrivet"}
    desk.browser.logout()
    late = desk.browser.post(address, told, headers={"referer": f"http://testserver{page}"})
    known = {"login": desk.lead.email, "password": PASSWORD}
    there = desk.browser.post(late["Location"], known, follow=True)
    assert there.request["PATH_INFO"] == page
    assert "finns kvar som utkast" in there.content.decode()
    assert ">Halvt skrivet</textarea>" in desk.get(page)
    assert desk.browser.get(f"{address}&utkast=1")["Location"] == f"{page}#obstacles"
    other = client(member("bo", desk.organisation))
    assert "Halvt skrivet" not in desk.get(page, by=other)
    desk.post(address, told)
    assert ">Halvt skrivet</textarea>" not in desk.get(page)


def test_a_note_that_is_too_long_is_told_and_kept_in_the_form(desk):
    interview = interviewed(desk)
    long = "a" * 20_001
    answer = desk.browser.post(
        desk.at(f"intervju/{interview.pk}/anteckningar/"), {"theme": "obstacles", "text": long}
    )
    assert answer.status_code == 400
    assert long in answer.content.decode()


def test_a_note_is_changed_and_what_another_wrote_meanwhile_is_shown(desk):
    interview = interviewed(desk)
    note = interview.notes.get(focus_area="housing")
    address = f"anteckning/{note.pk}/"
    told = {"theme": "collaboration", "focus_area": "health", "before": note.text}
    desk.post(address, {**told, "text": "Mycket trångt"})
    note.refresh_from_db()
    assert (note.theme, note.focus_area, note.text) == ("collaboration", "health", "Mycket trångt")
    answer = desk.browser.post(desk.at(address), {**told, "text": "Min text"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mycket trångt" in page
    assert "Min text" in page
    note.refresh_from_db()
    assert note.text == "Mycket trångt"
    desk.post(address, {**told, "before": "Mycket trångt", "text": "Båda texterna"})
    note.refresh_from_db()
    assert note.text == "Båda texterna"
    assert [one.text for one in note.history.all()] == [
        "Båda texterna", "Mycket trångt", "trångt i Hamnen",
    ]  # fmt: skip


def test_a_note_is_taken_away_unless_a_problem_rests_on_it(desk):
    interview = interviewed(desk)
    first, second, _third = interview.notes.all()
    cite_note(record(Problem, desk.round, "Trångt"), first)
    desk.post(f"anteckning/{second.pk}/", {"gor": "ta-bort"})
    where = desk.post(f"anteckning/{first.pk}/", {"gor": "ta-bort"})
    assert "underlag för ”Trångt”" in desk.get(where)
    assert set(interview.notes.values_list("pk", flat=True)) == {first.pk, _third.pk}


def test_what_did_the_interviews_say_about_housing(desk):
    assert "intervjusvar/" not in desk.get("")
    interviewed(desk)
    assert "Vad sa intervjuerna om boende?" in desk.get("")
    page = desk.get("intervjusvar/?fokus=housing")
    assert "Vad sa intervjuerna om boende?" in page
    assert "trångt i Hamnen" in page
    assert "långt till jobben" not in page
    for asked, there in (
        ("tema=obstacles", False), ("tema=organisation", True), ("perspektiv=residents", True),
        ("perspektiv=officials", False), ("q=hamnen", True), ("q=Lundby", False), ("", True),
        (f"kartlaggning={desk.round.pk}", True), ("kartlaggning=999999", True), ("fokus=x", True),
    ):  # fmt: skip
        assert ("trångt i Hamnen" in desk.get(f"intervjusvar/?{asked}")) == there, asked


def test_a_note_is_evidence_in_one_click(desk):
    note = interviewed(desk).notes.get(focus_area="housing")
    problem = record(Problem, desk.round, "Trångboddhet")
    here = desk.at(f"intervjusvar/?problem={problem.pk}")
    page = desk.get(here)
    assert f'action="{desk.at(f"anteckning/{note.pk}/underlag/")}"' in page
    where = desk.post(f"anteckning/{note.pk}/underlag/", {"problem": problem.pk, "tillbaka": here})
    assert where == f"{here}#n{note.pk}"
    assert f'action="{desk.at(f"anteckning/{note.pk}/underlag/")}"' not in desk.get(here)
    desk.post(f"anteckning/{note.pk}/underlag/", {"problem": problem.pk})
    assert [one.note for one in problem.evidence.all()] == [note]
    assert "trångt i Hamnen" in desk.get(problem.get_absolute_url())
    assert "R1, Ordförande" in desk.get(problem.get_absolute_url())


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "javascript:x", ""])
def test_after_citing_one_comes_back_to_this_site_only(desk, back):
    note = interviewed(desk).notes.first()
    problem = record(Problem, desk.round, "Trångt")
    told = {"problem": problem.pk, "tillbaka": back}
    where = desk.post(f"anteckning/{note.pk}/underlag/", told)
    assert where == problem.get_absolute_url()


def test_a_new_problem_begins_from_a_note(desk):
    note = interviewed(desk).notes.get(focus_area="housing")
    address = f"problem/ny/?kartlaggning={desk.round.pk}&anteckning={note.pk}"
    page = desk.get(address)
    assert "trångt i Hamnen" in page
    assert 'value="housing" id="id_focus_areas_0" checked' in page
    desk.post(address, {"title": "Trångboddhet", "focus_areas": ["housing"]})
    assert Problem.objects.get().evidence.get().note == note


def test_another_organisation_reaches_no_note(desk):
    interview = interviewed(desk)
    note: InterviewNote = interview.notes.first()
    other = organisation("Lundby förening", "association")
    stranger = client(member("eva", other, Role.LEAD))
    theirs = record(Problem, mapping_round(other), "Deras")
    addresses = [
        (desk.at(f"anteckning/{note.pk}/"), {"gor": "ta-bort"}),
        (f"/arbete/{other.slug}/anteckning/{note.pk}/", {"gor": "ta-bort"}),
        (f"/arbete/{other.slug}/anteckning/{note.pk}/underlag/", {"problem": theirs.pk}),
        (desk.at(f"anteckning/{note.pk}/underlag/"), {"problem": theirs.pk}),
        (desk.at(f"intervju/{interview.pk}/anteckningar/"), {"theme": "obstacles", "text": "x"}),
    ]
    for address, told in addresses:
        assert stranger.post(address, told).status_code == 404, address
    assert interview.notes.count() == 3
    assert "Hamnen" not in desk.get(f"/arbete/{other.slug}/intervjusvar/", by=stranger)
    assert stranger.get(desk.at("intervjusvar/")).status_code == 404
    # Nor does a form of another round begin from it.
    page = desk.get(f"/arbete/{other.slug}/problem/ny/?anteckning={note.pk}", by=stranger)
    assert "trångt i Hamnen" not in page
