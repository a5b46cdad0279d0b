"""What somebody has written, what lies beside it, and how it is lost."""

from __future__ import annotations

import hashlib
import shutil
import threading

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from samsyn.cycle.models import Problem, Respondent
from samsyn.people.keeping import Places
from samsyn.people.models import Attachment, Comment, Draft, Role
from samsyn.people.saving import change
from tests.cycle.making import mapping_round, record
from tests.people.making import member, organisation

CONTENT = b"%PDF-1.7 \x00\xff" * 5_000


def worked(places: Places) -> None:
    of = organisation()
    anna = member("anna", of, Role.LEAD)
    mapping = mapping_round(of)
    problem = record(Problem, mapping, "Trångt i Hamnen – åäö", anna, focus_areas=["housing"])
    change(problem, {"title": "Trångt"}, 1, "kortare")
    Comment.objects.create(record=problem, account=anna, text="Hur många?")
    attach(places, problem, "2026/11/plan.pdf")
    Draft.objects.create(account=anna, form="/arbete/", typed={"title": ["halv", None, 'cit"at']})
    Respondent.objects.create(
        round=mapping,
        code="R1",
        role="Rektor",
        perspective="professionals",
        sealed=b"\x00\xffsigill",
    )
    places.keys.mkdir(parents=True, exist_ok=True)
    (places.keys / "respondents.key").write_bytes(b"nyckel\n")


def attach(places: Places, record, name: str, content: bytes = CONTENT) -> Attachment:
    path = places.attachments / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return Attachment.objects.create(
        record=record, file=name, name="Plan.pdf", media_type="application/pdf",
        size=len(content), checksum=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip


def destroy(places: Places) -> None:
    """As when a disk is lost."""
    connection.close()
    shutil.rmtree(places.work)


def files(places: Places) -> dict[str, bytes]:
    return {
        path.relative_to(places.attachments).as_posix(): path.read_bytes()
        for path in places.attachments.rglob("*") if path.is_file()
    }  # fmt: skip


def writing_while(work, anna, problem, places, rounds=3):
    """How many pairs were written while something was done; pairs must never come apart."""
    ended, counts, wrong = threading.Event(), [], []

    def write(number):
        count = 0
        try:
            while not ended.is_set():
                with transaction.atomic():
                    name = f"par-{number}-{count}"
                    Draft.objects.create(account=anna, form=name, typed={"n": count})
                    Comment.objects.create(record=problem, account=anna, text=name)
                    if count % 10 == 0:
                        attach(places, problem, f"{name}.txt", name.encode())
                count += 1
        except Exception as error:
            wrong.append(error)
        finally:
            counts.append(count)
            connection.close()

    ContentType.objects.get_for_model(Problem)
    writers = [threading.Thread(target=write, args=(number,)) for number in range(rounds)]
    for writer in writers:
        writer.start()
    work()
    ended.set()
    for writer in writers:
        writer.join(60)
    assert not wrong
    return sum(counts)


def assert_whole(wrote, places):
    assert wrote > 0
    drafts = set(Draft.objects.filter(form__startswith="par-").values_list("form", flat=True))
    comments = set(Comment.objects.filter(text__startswith="par-").values_list("text", flat=True))
    assert drafts == comments
    for one in Attachment.objects.filter(file__startswith="par-"):
        content = (places.attachments / one.file.name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == one.checksum
