"""Comments and files beside records: who may, what is taken, and how it is sent."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samsyn.cycle.models import Problem
from samsyn.people import uploads
from samsyn.people.models import Attachment, Comment, Role, Visibility
from tests.cycle.making import mapping_round, record
from tests.people.making import client, member, organisation

pytestmark = pytest.mark.django_db


def packed(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return made.getvalue()


TYPES = "[Content_Types].xml"
DOCX = packed(**{TYPES: "<a/>", "word/document.xml": "<a/>"})
XLSX = packed(**{TYPES: "<a/>", "xl/workbook.xml": "<a/>"})
MACROS = packed(**{TYPES: "<a/>", "xl/workbook.xml": "<a/>", "xl/vbaProject.bin": "x"})
ODT = packed(mimetype="application/vnd.oasis.opendocument.text")
ODS = packed(mimetype="application/vnd.oasis.opendocument.spreadsheet")
PNG = b"\x89PNG\r\n\x1a\n0000"
TAKEN = {
    "a.pdf": b"%PDF-1.7\n", "a.docx": DOCX, "a.xlsx": XLSX, "a.odt": ODT, "a.ods": ODS,
    "a.csv": "å;ä\n1;2\n".encode("latin-1"), "a.txt": "\ufeffåäö\r\n".encode(), "A.PNG": PNG,
    "a.jpg": b"\xff\xd8\xff\xe0", "b.jpeg": b"\xff\xd8\xff\xe0", "c.txt": "åäö".encode("utf-16"),
}  # fmt: skip
REFUSED = {
    "a.pdf": PNG, "a.docx": XLSX, "a.xlsx": DOCX, "b.xlsx": MACROS, "a.odt": ODS, "a.png": b"GIF89",
    "a.txt": b"MZ\x90\x00\x03", "a.csv": b"\x00\x01", "c.docx": b"PK\x03\x04 broken",
    "a.html": b"<script>", "a.svg": b"<svg/>", "a.exe": b"MZ", "a": b"x", "a.docm": DOCX,
    "a.pdf.exe": b"%PDF-1.7", "empty.txt": b"", "d.docx": b"",
}  # fmt: skip


@pytest.fixture
def there(settings, tmp_path):
    """A problem, and a folder of its own for files."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }
    return record(Problem, mapping_round(), "Trångt")


def put(browser, problem, name: str, content: bytes, **more):
    file = SimpleUploadedFile(name, content)
    return browser.post(f"{problem.get_absolute_url()}fil/", {"file": file}, follow=True, **more)


@pytest.mark.parametrize(("name", "content"), TAKEN.items())
def test_files_are_kept_and_sent_to_be_saved_only(there, name, content):
    anna = client(member("anna", organisation()))
    put(anna, there, name, content)
    kept = Attachment.objects.get()
    answer = anna.get(f"{there.get_absolute_url()}fil/{kept.pk}/")
    assert answer.getvalue() == content
    answer.close()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Type"].split(";")[0] in {s.media_type for s in uploads.SORTS.values()}
    assert "no-store" in answer["Cache-Control"]
    assert f"/{name}" not in kept.file.name


@pytest.mark.parametrize(("name", "content"), REFUSED.items())
def test_what_is_not_what_it_says_is_refused_in_words(there, name, content):
    answer = put(client(member("anna", organisation())), there, name, content)
    assert not Attachment.objects.exists()
    assert 'class="note error"' in answer.content.decode()


def test_a_file_that_is_too_large_is_said_to_be(there, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 2**20)
    monkeypatch.setattr(uploads, "BESIDE", 2**10)
    anna = client(member("anna", organisation()))
    for size in (2**20 + 1, 2**20 + 2**11, 2**22):
        answer = put(anna, there, "a.txt", b"a" * size)
        assert "Den får vara högst 1 MB" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_where_there_is_no_room_it_is_said_how_much_is_used_and_what_to_do(there, settings):
    settings.QUOTA = 1
    lead = client(member("lena", organisation(), Role.LEAD))
    other = record(Problem, mapping_round(organisation("Annan", "association")))
    put(client(member("tove", other.organisation)), other, "deras.txt", b"a" * 2**20)
    put(lead, there, "först.txt", b"a" * 800_000)
    answer = put(lead, there, "sedan.txt", b"a" * 300_000).content.decode().replace("\xa0", " ")
    assert "tar redan 781,2 kB av 1,0 MB" in answer
    assert [one.name for one in Attachment.objects.order_by("pk")] == ["deras.txt", "först.txt"]
    page = lead.get(f"{organisation().get_absolute_url()}installningar/").content.decode()
    assert "(76 procent)" in page
    assert f'<a href="{there.get_absolute_url()}#filer">Trångt</a>' in page
    assert "deras.txt" not in page
    number = Attachment.objects.get(name="först.txt").pk
    lead.post(f"{there.get_absolute_url()}fil/{number}/ta-bort/")
    assert "är tillagd" in put(lead, there, "sedan.txt", b"a" * 300_000).content.decode()


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd.txt", "passwd.txt"), ("C:\\mapp\\å ä.txt", "å ä.txt"),
        ('a"\r\nX: y.txt', 'a"X: y.txt'), ("x" * 300 + ".txt", "x" * 146 + ".txt"),
        ("\u202etxt.exe.txt", "txt.exe.txt"),
    ],
)  # fmt: skip
def test_names_have_nothing_odd_in_them(there, name, plain):
    assert uploads.plain_name(name) == plain
    anna = client(member("anna", organisation()))
    put(anna, there, "a.txt", b"a")
    Attachment.objects.update(name=plain)
    answer = anna.get(f"{there.get_absolute_url()}fil/{Attachment.objects.get().pk}/")
    answer.close()
    assert "\n" not in answer["Content-Disposition"]


# Who sees, who writes, when the record is private, shared with their organisation, or public.
PEOPLE = {
    "reader": (("see", "see", "see"), ("", "", "")),
    "contributor": (("see", "see", "see"), ("write", "write", "write")),
    "their reader": (("", "see", ""), ("", "", "")),
    "their contributor": (("", "see", ""), ("", "write", "")),
    "stranger": (("", "", ""), ("", "", "")),
}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("at", range(3))
def test_who_takes_part_in_the_talk(there, who, at):
    other = organisation("Lundby förening", "association")
    anna = client(member("anna", organisation()))
    put(anna, there, "fil.txt", b"a")
    anna.post(f"{there.get_absolute_url()}kommentar/", {"text": "Mellan oss"})
    there.visibility = list(Visibility)[at]
    there.save()
    there.shared_with.add(other)
    of = other if who.startswith("their") else organisation()
    of = organisation("Främlingarna", "association") if who == "stranger" else of
    role = Role.READER if "reader" in who else Role.CONTRIBUTOR
    browser = client(member("kim", of, role))
    sees, writes = (bool(rights[at]) for rights in PEOPLE[who])
    page = browser.get(there.get_absolute_url())
    assert ("Mellan oss" in page.content.decode()) == sees
    assert ("fil.txt" in page.content.decode()) == sees
    number = Attachment.objects.get().pk
    answer = browser.get(f"{there.get_absolute_url()}fil/{number}/")
    answer.close()
    assert answer.status_code == (200 if sees else 404)
    answer = browser.post(f"{there.get_absolute_url()}kommentar/", {"text": "Jag med"})
    assert answer.status_code == (302 if writes else 404)
    assert Comment.objects.filter(text="Jag med").exists() == writes
    put(browser, there, "min.txt", b"a")
    assert Attachment.objects.filter(name="min.txt").exists() == writes


def test_what_is_taken_away_is_gone_for_good_but_not_that_it_was(there):
    anna, bo = (client(member(name, organisation())) for name in ("anna", "bo"))
    put(anna, there, "fil.txt", b"a")
    anna.post(f"{there.get_absolute_url()}kommentar/", {"text": "Ångrar mig"})
    file, comment = Attachment.objects.get(), Comment.objects.get()
    path = Path(file.file.path)
    for what, number in (("fil", file.pk), ("kommentar", comment.pk)):
        address = f"{there.get_absolute_url()}{what}/{number}/ta-bort/"
        assert bo.post(address).status_code == 404
        assert "för gott" in anna.get(address).content.decode()
        assert anna.post(address).status_code == 302
        assert anna.post(address).status_code == 404
    assert not path.exists()
    assert anna.get(f"{there.get_absolute_url()}fil/{file.pk}/").status_code == 404
    page = anna.get(f"{there.get_absolute_url()}historik/").content.decode()
    assert "tog bort en kommentar" in page
    assert "tog bort en fil" in page
    assert "Ångrar mig" not in page


def test_a_file_of_another_record_is_not_at_this_address(there):
    anna = client(member("anna", organisation()))
    put(anna, there, "fil.txt", b"a")
    other = record(Problem, there.round)
    number = Attachment.objects.get().pk
    assert anna.get(f"{other.get_absolute_url()}fil/{number}/").status_code == 404
    assert anna.post(f"{other.get_absolute_url()}fil/{number}/ta-bort/").status_code == 404


def test_an_empty_comment_is_not_kept(there):
    anna = client(member("anna", organisation()))
    answer = anna.post(f"{there.get_absolute_url()}kommentar/", {"text": "  "}, follow=True)
    assert "Kommentaren är inte sparad" in answer.content.decode()
    assert not Comment.objects.exists()
