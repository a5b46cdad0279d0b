"""Collaboration groups: a meeting is begun in one tap, and what was decided is not forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from samsyn.cycle.models import Actor, CollaborationGroup, Decision, Intervention, Meeting
from samsyn.people.models import Role, Visibility
from tests.cycle.making import mapping_round, record
from tests.people.making import client, member, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> CollaborationGroup:
    round = mapping_round()
    school = record(Actor, round, "Kronans skola", kind="municipal_department")
    return record(
        CollaborationGroup, round, "Hamngruppen", mandate="Se till att skola och förening möts.",
        several={"members": [school]},
    )  # fmt: skip


def decided(group: CollaborationGroup, text="Bjud in föreningen", **more) -> Decision:
    meeting = Meeting.objects.create(group=group, held=timezone.localdate() - timedelta(days=60))
    return Decision.objects.create(meeting=meeting, text=text, **more)


def page(person, url: str) -> str:
    return client(person).get(url).content.decode()


def test_a_meeting_from_its_first_tap_to_what_the_decision_became(group):
    person = member("bo", organisation())
    answer = client(person).post(f"{group.get_absolute_url()}mote/")
    url = answer["Location"]
    meeting = Meeting.objects.get()
    assert meeting.held == timezone.localdate()
    school = group.members.get()
    told = {"text": "Bjud in föreningen", "responsible": school.pk, "due": "2090-02-01"}
    assert client(person).post(f"{url}beslut/", told).status_code == 302
    client(person).post(url, {"held": "2026-11-20", "notes": "Alla var där."})
    shown = page(person, url)
    for text in ("Bjud in föreningen", "Kronans skola", "2090-02-01", "Alla var där."):
        assert text in shown
    one = Decision.objects.get()
    done = record(
        Intervention, group.round, "Öppet hus", kind="operative", level="area", horizon="x"
    )
    told |= {"state": "done", "became": "Öppet hus i mars", "intervention": done.pk}
    client(person).post(f"{group.get_absolute_url()}beslut/{one.pk}/", told)
    shown = page(person, group.get_absolute_url())
    assert "Öppet hus i mars" in shown
    assert done.get_absolute_url() in shown
    assert "Hamngruppen" in page(person, done.get_absolute_url())


def test_late_decisions_stand_out_and_come_first(group):
    today = timezone.localdate()
    decided(group, "I god tid", due=today + timedelta(days=3))
    decided(group, "I dag", due=today)
    decided(group, "För länge sedan", due=today - timedelta(days=3))
    decided(group, "Utan dag")
    decided(group, "Gjort", due=today - timedelta(days=9), state="done")
    person = member("bo", organisation(), Role.READER)
    context = client(person).get(group.get_absolute_url()).context
    assert [one.text for one in context["late"]] == ["För länge sedan"]
    assert [one.text for one in context["open"]] == ["I dag", "I god tid", "Utan dag"]
    assert [one.text for one in context["closed"]] == ["Gjort"]
    assert page(person, group.get_absolute_url()).count("Försenat</strong>") == 1


def test_what_is_left_from_before_is_seen_in_the_next_meeting(group):
    one, person = decided(group), member("bo", organisation())
    new = client(person).post(f"{group.get_absolute_url()}mote/")["Location"]
    assert "Bjud in föreningen" in page(person, new)
    state = f"{group.get_absolute_url()}beslut/{one.pk}/lage/"
    back = client(person).post(state, {"state": "done", "mote": new.rstrip("/").split("/")[-1]})
    assert back["Location"] == new
    assert "Bjud in föreningen" not in page(person, new)
    for state_now in ("dropped", "open"):
        client(person).post(state, {"state": state_now})
        one.refresh_from_db()
        assert one.state == state_now
    assert client(person).post(state, {"state": "glömt"}).status_code == 404
    assert [each.state for each in one.history.order_by("history_id")] == [
        "open", "done", "dropped", "open",
    ]  # fmt: skip


def test_a_decision_without_words_is_refused_and_the_rest_is_kept(group):
    person = member("bo", organisation())
    url = client(person).post(f"{group.get_absolute_url()}mote/")["Location"]
    answer = client(person).post(f"{url}beslut/", {"text": "", "due": "2090-02-01"})
    assert answer.status_code == 400
    assert "2090-02-01" in answer.content.decode()
    assert not Decision.objects.exists()
    wrong = client(person).post(url, {"held": "i går", "notes": "Det här skrev jag."})
    assert wrong.status_code == 400
    assert "Det här skrev jag." in wrong.content.decode()


def test_a_meeting_by_mistake_is_taken_away_but_not_its_decisions(group):
    person = member("bo", organisation())
    url = client(person).post(f"{group.get_absolute_url()}mote/")["Location"]
    client(person).post(f"{url}beslut/", {"text": "Något"})
    client(person).post(f"{url}ta-bort/")
    assert Meeting.objects.count() == 1
    one = Decision.objects.get()
    client(person).post(f"{group.get_absolute_url()}beslut/{one.pk}/ta-bort/")
    client(person).post(f"{url}ta-bort/")
    assert not Meeting.objects.exists()


def test_readers_read_and_others_see_nothing(group):
    one = decided(group)
    meeting = f"{group.get_absolute_url()}mote/{one.meeting_id}/"
    reader = member("lars", organisation(), Role.READER)
    other = member("olof", organisation("Lundby"), Role.LEAD)
    assert "Bjud in föreningen" in page(reader, meeting)
    assert "<textarea" not in page(reader, meeting).partition("<main")[2]
    assert client(other).get(meeting).status_code == 404
    posts = (
        f"{group.get_absolute_url()}mote/", meeting, f"{meeting}beslut/", f"{meeting}ta-bort/",
        f"{group.get_absolute_url()}beslut/{one.pk}/lage/",
        f"{group.get_absolute_url()}beslut/{one.pk}/ta-bort/",
    )  # fmt: skip
    for person in (reader, other):
        for url in posts:
            assert client(person).post(url, {"text": "x", "state": "done"}).status_code == 404, url
    # A meeting of another group is not reached through one's own.
    mine = record(CollaborationGroup, group.round, "Andra gruppen")
    bo = member("bo", organisation())
    assert client(bo).get(f"{mine.get_absolute_url()}mote/{one.meeting_id}/").status_code == 404


def test_a_public_group_does_not_tell_of_private_interventions(group):
    done = record(
        Intervention, group.round, "Hemlig insats", kind="operative", level="area", horizon="x"
    )
    decided(group, intervention=done)
    CollaborationGroup.objects.filter(pk=group.pk).update(visibility=Visibility.PUBLIC)
    assert "Hemlig insats" not in page(None, group.get_absolute_url())
    assert "Bjud in föreningen" in page(None, group.get_absolute_url())
    meeting = Meeting.objects.get()
    Meeting.objects.filter(pk=meeting.pk).update(notes="Det som sades.")
    url = f"{group.get_absolute_url()}mote/{meeting.pk}/"
    assert "Det som sades." not in page(None, url)
    assert "Det som sades." in page(member("lars", organisation(), Role.READER), url)
