"""Respondents: a code and a role for all, and who it is under seal for two."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import TestCase

from samsyn.cycle import respondents
from samsyn.cycle.citing import cite_note
from samsyn.cycle.models import Evidence, Interview, InterviewNote, Problem, Respondent
from samsyn.cycle.respondents import Identity
from samsyn.people import drafts
from samsyn.people.access import viewer_of
from samsyn.people.models import Attachment, Role
from samsyn.people.sealing import SealedError
from tests.cycle.making import record
from tests.people.making import client, member

pytestmark = pytest.mark.django_db
NAME, CONTACT = "Berit Åkerblom-Hemlig", "070-555 12 12"


def sealed(desk, role="Skolkurator") -> Respondent:
    desk.post(
        f"kartlaggning/{desk.round.pk}/respondenter/",
        {"role": role, "perspective": "professionals", "sealed-name": NAME,
         "sealed-contact": CONTACT},
    )  # fmt: skip
    return Respondent.objects.latest("pk")


def whole_database(tmp_path) -> str:
    """All that the database holds, as text."""
    path = tmp_path / "all.json"
    call_command("dumpdata", output=str(path), verbosity=0)
    text = path.read_text(encoding="utf-8")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            text += "".join(map(repr, cursor.fetchall()))
    return text


def test_codes_are_given_in_order_and_each_round_has_its_own(desk):
    codes = [respondents.add(desk.round, "Roll", "officials").code for _ in range(3)]
    assert codes == ["R1", "R2", "R3"]
    Respondent.objects.get(code="R2").delete()
    assert respondents.add(desk.round, "Roll", "officials").code == "R4"


def test_a_name_is_nowhere_in_the_database_in_clear(desk, tmp_path):
    sealed(desk)
    text = whole_database(tmp_path)
    for word in (NAME, "Åkerblom", "\\u00c5kerblom", "Hemlig", "555 12 12"):
        assert word not in text
    assert "Skolkurator" in text


def test_nor_when_it_was_typed_by_somebody_whose_log_in_had_run_out(desk, tmp_path, client):
    told = {"role": "Kurator", "perspective": "officials", "sealed-name": NAME}
    client.post(desk.at(f"kartlaggning/{desk.round.pk}/respondenter/"), told)
    found = respondents.add(desk.round, "Roll", "officials")
    client.post(desk.at(f"respondent/{found.pk}/"), {"gor": "forsegla", "sealed-name": NAME})
    assert "Hemlig" not in whole_database(tmp_path)
    assert not any(NAME in str(dict(client.session.items())) for _ in (1,))


def test_a_name_is_on_no_page_and_in_no_export_but_its_own(desk):
    found = sealed(desk)
    interview = record(Interview, desk.round, respondent=found)
    pages = [
        "", f"kartlaggning/{desk.round.pk}/", f"kartlaggning/{desk.round.pk}/respondenter/",
        f"respondent/{found.pk}/", "intervju/", f"intervju/{interview.pk}/", "intervjusvar/",
        f"intervju/{interview.pk}/andra/", "export.json",
    ]  # fmt: skip
    for page in pages:
        text = desk.get(page)
        assert "Hemlig" not in text, page
        assert bytes(found.sealed).decode() not in text, page
    assert "Hemlig" in desk.browser.post(
        desk.at(f"respondent/{found.pk}/"), {"gor": "visa"}
    ).content.decode()  # fmt: skip


def test_the_key_lies_outside_the_database_for_the_owner_only(desk, keys):
    sealed(desk)
    key = keys / respondents.KEY
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert [path.name for path in keys.iterdir()] == [respondents.KEY]


def test_without_its_key_nothing_is_read_and_the_page_says_why(desk, keys):
    found = sealed(desk)
    (keys / respondents.KEY).unlink()
    with pytest.raises(SealedError):
        respondents.unseal(found.sealed)
    answer = desk.browser.post(desk.at(f"respondent/{found.pk}/"), {"gor": "visa"})
    assert "en nyckel som inte finns här" in answer.content.decode()


def test_a_new_key_seals_and_the_older_still_reads(keys):
    first = respondents.seal(Identity(NAME))
    path = keys / respondents.KEY
    from cryptography.fernet import Fernet

    older = path.read_text()
    path.write_text(Fernet.generate_key().decode() + "\n" + older)
    second = respondents.seal(Identity("Eva"))
    assert respondents.unseal(first) == Identity(NAME)
    path.write_text(path.read_text().split()[0])
    assert respondents.unseal(second) == Identity("Eva")


def test_each_reading_is_kept_and_shown(desk):
    found = sealed(desk)
    assert not found.readings.exists()
    page = desk.browser.post(desk.at(f"respondent/{found.pk}/"), {"gor": "visa"})
    assert NAME in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert [one.account for one in found.readings.all()] == [desk.lead]
    assert "Anna, " in desk.get(f"respondent/{found.pk}/")


@pytest.mark.parametrize(
    ("role", "held", "reads"),
    [
        (Role.LEAD, False, True),
        (Role.EDITOR, False, False),
        (Role.CONTRIBUTOR, True, True),
        (Role.CONTRIBUTOR, False, False),
        (Role.READER, True, False),
        (None, False, False),
    ],
)
def test_only_leads_and_the_interviewer_read_who_it_is(desk, role, held, reads):
    found = sealed(desk)
    person = desk.lead if role is None else member("bo", desk.organisation, role)
    if held:
        record(Interview, desk.round, respondent=found, by=person)
    if role is None:
        from tests.people.making import account

        person = account("utomstående")
    assert respondents.may_read(viewer_of(person), found) == reads
    answer = client(person).post(desk.at(f"respondent/{found.pk}/"), {"gor": "visa"})
    assert (NAME in answer.content.decode()) == reads
    assert answer.status_code == (200 if reads else 404)
    assert found.readings.count() == reads


def test_who_may_not_read_it_does_not_write_over_it_or_forget_it(desk):
    found = sealed(desk)
    editor = client(member("bo", desk.organisation, Role.EDITOR))
    for told in ({"gor": "forsegla", "sealed-name": "Någon annan"}, {"gor": "glom"}):
        assert editor.post(desk.at(f"respondent/{found.pk}/"), told).status_code == 404
    found.refresh_from_db()
    assert respondents.unseal(found.sealed).name == NAME


def test_who_it_is_can_be_forgotten_and_an_unheard_respondent_taken_away(desk):
    found = sealed(desk)
    desk.post(f"respondent/{found.pk}/", {"gor": "glom"})
    found.refresh_from_db()
    assert bytes(found.sealed) == b""
    interview = record(Interview, desk.round, respondent=found)
    address = desk.at(f"respondent/{found.pk}/")
    assert desk.browser.post(address, {"gor": "ta-bort"}).status_code == 404
    interview.delete()
    desk.post(address, {"gor": "ta-bort"})
    assert not Respondent.objects.exists()


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(desk):
    address = desk.at(f"kartlaggning/{desk.round.pk}/respondenter/")
    answer = desk.browser.post(address, {"role": "", "perspective": "x", "sealed-name": NAME})
    assert answer.status_code == 400
    assert NAME in answer.content.decode()  # to whoever has just typed it
    assert not Respondent.objects.exists()


def test_another_organisation_has_no_such_respondent(desk):
    found = sealed(desk)
    from tests.people.making import organisation

    other = organisation("Lundby förening", "association")
    stranger = client(member("eva", other, Role.LEAD))
    for address in (desk.at(f"respondent/{found.pk}/"),
                    f"/arbete/{other.slug}/respondent/{found.pk}/"):  # fmt: skip
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, {"gor": "visa"}).status_code == 404


def test_a_name_is_not_in_the_workbook_either(desk):
    found = sealed(desk)
    answer = desk.browser.get(desk.at("export.xlsx"))
    content = b"".join(answer) if answer.streaming else answer.content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        text = "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    assert "Skolkurator" in text or "R1" in text
    for word in ("Hemlig", "555 12 12", bytes(found.sealed).decode()):
        assert word not in text


def test_what_a_respondent_said_can_be_erased_for_good(desk, tmp_path):
    found = sealed(desk)
    interview = record(Interview, desk.round, "Samtal med skolkuratorn", respondent=found)
    note = InterviewNote.objects.create(interview=interview, theme="obstacles", text="Ordagrant")
    gone = InterviewNote.objects.create(interview=interview, theme="obstacles", text="Ordagrant 2")
    problem = record(Problem, desk.round, "Trångt")
    cite_note(problem, note, "Ordagrant återgett")
    cite_note(problem, gone)
    Evidence.objects.filter(note=gone).get().delete()
    gone.delete()
    file = SimpleUploadedFile("namn.txt", b"Ordagrant")
    desk.browser.post(f"{interview.get_absolute_url()}fil/", {"file": file})
    desk.browser.post(f"{interview.get_absolute_url()}kommentar/", {"text": "Ordagrant"})
    drafts.keep(desk.lead, f"{interview.get_absolute_url()}andra/", {"title": ["Ordagrant"]})
    kept = Attachment.objects.get().file
    assert kept.storage.exists(kept.name)
    editor = client(member("bo", desk.organisation, Role.EDITOR))
    address = desk.at(f"respondent/{found.pk}/radera/")
    assert editor.post(address).status_code == 404
    asked = desk.get(address)
    for words in ("Samtal med skolkuratorn", "namn.txt", "Trångt"):
        assert words in asked
    with TestCase.captureOnCommitCallbacks(execute=True):
        desk.post(address, {})
    assert not Respondent.objects.exists()
    assert not kept.storage.exists(kept.name)
    left = whole_database(tmp_path)
    for words in ("Ordagrant", "skolkuratorn", "namn.txt"):
        assert words not in left, words
    assert "Problemet saknar underlag" in desk.get(problem.get_absolute_url())
    assert desk.get(f"{problem.get_absolute_url()}historik/")
