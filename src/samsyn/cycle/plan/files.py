"""The plan as a file: PDF, Word or a page that stands by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samsyn.publish.reports import Report
from samsyn.publish.reports.turns import BusyError, writing

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
AGAIN: Final = 30  # seconds after which one may ask anew
FORMS: Final = ("pdf", "docx", "html")


class PlanForm:
    """The ending of the address of a plan as a file."""

    regex = "|".join(FORMS)

    def to_python(self, value: str) -> str:
        """The form as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The form as it stands."""
        return value


def _pdf(report: Report) -> bytes:
    from samsyn.publish.reports.pdf import pdf

    return pdf(report)


def _word(report: Report) -> bytes:
    from samsyn.publish.reports.word import word

    return word(report)


def _html(report: Report) -> bytes:
    from samsyn.publish.reports.web import page

    return page(report).encode()


WRITERS: Final[dict[str, tuple[str, Callable[[Report], bytes]]]] = {
    "pdf": ("application/pdf", _pdf),
    "docx": (WORD, _word),
    "html": ("text/html; charset=utf-8", _html),
}


def file(request: HttpRequest, report: Report, form: str) -> HttpResponse:
    """The report as a file to be saved; a page in words where that cannot be done now."""
    from samsyn.publish.reports.pdf import UnknownLettersError

    media_type, write = WRITERS[form]
    try:
        with writing.turn():
            content = write(report)
    except BusyError:
        busy = render(request, "cycle/plan/busy.html", status=503)
        busy["Retry-After"] = str(AGAIN)
        return busy
    except UnknownLettersError as error:
        told = {"letters": error.letters}
        return render(request, "cycle/plan/letters.html", told, status=400)
    plain = slugify(report.title.translate(str.maketrans("åäöÅÄÖ", "aaoAAO")))[:80]
    name = f"{plain or _('plan')}.{form}"
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
