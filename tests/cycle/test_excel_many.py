"""Long lists: what comes of many rows at once is what would come of each form by itself."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samsyn.cycle.models import Actor, Goal, Intervention, Tie
from samsyn.people.excel import row_forms
from samsyn.people.forms import RecordForm
from samsyn.people.history import events
from samsyn.people.kinds import kind_of
from samsyn.people.saving import change, values_then
from tests.cycle.making import mapping_round, record
from tests.people.making import client, member, organisation
from tests.people.workbooks import altered, book, confirmed, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_site")]
HEAD = [
    "Vad ska göras, i en mening?", "Slag", "Nivå", "Horisont", "Vilka mål ska det nå?",
    "Ansvarig aktör", "Samverkande aktörer", "Fokusområden", "Börjar", "Slutar", "Ansvarig",
]  # fmt: skip
ROWS = [
    ["Läxhjälp", "operative", "area", "long_term", "Fler behöriga; Trygghet", "Skolan", "Polisen",
     "education", "2026-01-01", "2027-01-01", "Karin"],
    ["Språkkafé", "operative", "area", "here_and_now", "Trygghet", None, "Skolan; Polisen"],
    ["Nattvandring", "knowledge", "sector", "here_and_now", None, "Polisen", None,
     "crime; housing", "2026-05-01", None, "Bo"],
]  # fmt: skip


def one_by_one(monkeypatch) -> None:
    """Let every row have a form of its own, that is saved by itself."""

    def alone(form, data, instance=None):
        more = {"organisation": form.organisation, "viewer": form.viewer, "round": form.round}
        return type(form)(data, instance=instance, **more)

    monkeypatch.setattr(row_forms, "refilled", alone)
    monkeypatch.setattr(row_forms, "look_up_once", lambda form, known: None)
    monkeypatch.setattr(
        RecordForm, "save_all", classmethod(lambda cls, told: [one.save() for one in told])
    )


def put_in(browser, address: str, raw: bytes) -> None:
    answer = sent(browser, address, raw)
    assert not answer.context["plan"].faults, answer.context["plan"].faults
    assert confirmed(browser, address, answer).status_code == 302


def told(model, own) -> list[object]:
    """All that is kept of the records of an organisation, without ids and times."""
    found = []
    for one in model.objects.of(own).order_by("title"):
        names = [*RecordForm.columns(), *kind_of(one).form.columns()]
        values = []
        for version in range(1, one.version + 1):
            then = values_then(one, version, names)
            for field in model._meta.many_to_many:
                if field.name in then:
                    there = field.related_model.objects.filter(pk__in=then[field.name])
                    then[field.name] = sorted(map(str, there))
            if "lead" in then:
                then["lead"] = str(Actor.objects.filter(pk=then["lead"]).first())
            values.append(then)
        happened = [
            (event.who, event.word, event.changes, event.version)
            for event in events(one, kind_of(one))
        ]
        links = {f.name: sorted(map(str, getattr(one, f.name).all()))
                 for f in model._meta.many_to_many}  # fmt: skip
        found.append((one.title, one.version, one.created_by, one.owner, values, happened, links))
    return found


def taken_in(name: str) -> list[object]:
    """What is kept of interventions that come from Excel and are changed there."""
    own = mapping_round(organisation(name))
    for word in ("karin", "bo"):
        member(word, own.organisation)
    for title in ("Skolan", "Polisen"):
        record(Actor, own, title, kind="agency")
    for title in ("Fler behöriga", "Trygghet"):
        record(Goal, own, title)
    browser = client(member("karin", own.organisation))
    address = f"{own.organisation.get_absolute_url()}insats"
    put_in(browser, f"{address}/fran-excel/", book(HEAD, *ROWS))
    meanwhile = Intervention.objects.get(organisation=own.organisation, title="Språkkafé")
    raw = browser.get(f"{address}.xlsx").content
    change(meanwhile, {"description": "av en annan"}, 1)

    def write(made):
        page = made.worksheets[1]
        titles = {str(cell.value).rstrip(" *"): cell.column for cell in page[1]}
        for row in range(2, page.max_row + 1):
            page.cell(row, titles["Vilka mål ska det nå?"]).value = "Fler behöriga"
            page.cell(row, titles["Samverkande aktörer"]).value = None
            page.cell(row, titles["Slutar"]).value = "2029-01-01"

    put_in(browser, f"{address}/fran-excel/", altered(raw, write))
    return told(Intervention, own.organisation)


def test_many_at_once_are_kept_as_each_by_itself(monkeypatch):
    at_once = taken_in("Alla på en gång")
    one_by_one(monkeypatch)
    assert at_once == taken_in("En och en")
    assert len(at_once) == len(ROWS)


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_rows():
    own = mapping_round()
    browser = client(member("karin", own.organisation))
    asked = []
    for rows in (3, 30):
        address = f"{own.organisation.get_absolute_url()}aktor/fran-excel/"
        browser.get(address)  # which tells what was done last
        raw = book(["Namn", "Slag"], *[[f"Aktör {rows} {at}", "Kommun"] for at in range(rows)])
        with CaptureQueriesContext(connection) as shown:
            answer = sent(browser, address, raw)
        with CaptureQueriesContext(connection) as kept:
            assert confirmed(browser, address, answer).status_code == 302
        asked.append((len(shown), len(kept)))
    assert asked[0] == asked[1]
    titles = [f"Aktör 30 {at}" for at in range(30)]
    rows = [[titles[at], titles[at + 1]] for at in range(20)]
    address = f"{own.get_absolute_url()}samverkan/fran-excel/"
    raw = book(["En aktör", "Samverkar med"], *rows)
    answer = sent(browser, address, raw)
    with CaptureQueriesContext(connection) as kept:
        assert confirmed(browser, address, answer).status_code == 302
    assert len(kept) < len(rows)
    assert [tie.history.count() for tie in Tie.objects.all()] == [1] * len(rows)
