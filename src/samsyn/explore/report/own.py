"""Texts of one's own, as they come with the form. They are put into the answer and not kept."""

from __future__ import annotations

import re
from typing import Final

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from samsyn.explore.problems import WrongParameterError
from samsyn.publish.numbers import number
from samsyn.publish.situation import SECTIONS

LONGEST: Final = 5_000  # characters of a text
LONGEST_AUTHOR: Final = 200
FIELD: Final = "own-"  # what the names of the fields begin with
# Neither XML nor a reader knows what these would be.
UNWRITTEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def texts(told: QueryDict, language: str) -> dict[str, str]:
    """The texts by section, those that say something; an error for one that cannot be used."""
    found = {}
    for field in (one for one in told if one.startswith(FIELD)):
        section, text = field.removeprefix(FIELD), _written(told.get(field, ""))
        if section not in SECTIONS:
            raise WrongParameterError(
                _("Det finns inget avsnitt som heter ”%(name)s”. Det finns: %(known)s.")
                % {"name": section[:40], "known": ", ".join(SECTIONS)}
            )
        if len(text) > LONGEST:
            raise WrongParameterError(
                _(
                    "Texten till ”%(section)s” är %(length)s tecken lång. Den får vara högst "
                    "%(longest)s tecken: gå tillbaka och korta den."
                )
                % {
                    "section": SECTIONS[section][language],
                    "length": number(len(text), "persons", language),
                    "longest": number(LONGEST, "persons", language),
                }
            )
        if text:
            found[section] = text
    return {section: found[section] for section in SECTIONS if section in found}


def author(told: QueryDict) -> str:
    """Who makes the report, in a line."""
    text = " ".join(_written(told.get("author", "")).split())
    if len(text) > LONGEST_AUTHOR:
        raise WrongParameterError(
            _("Uppgiften om vem som gör lägesbilden får vara högst %s tecken lång.")
            % LONGEST_AUTHOR
        )
    return text


def require_own_page(request: HttpRequest) -> None:
    """That the texts come from this site's form.

    Somebody else's page must not put words into a document that comes from this address.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise WrongParameterError(_("Egna texter tas bara emot från sidans eget formulär."))


def _written(text: str) -> str:
    """A text as it is used: its lines end in one way, and nothing in it is invisible."""
    return UNWRITTEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
