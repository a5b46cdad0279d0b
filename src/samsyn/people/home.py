"""The areas that an organisation can be at home in, as the current release has them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from samsyn.measure.errors import InputError
from samsyn.publish.wording import named
from samsyn.statistics.query.shelf import served

Choices = list[tuple[str, str]]


def home_areas(language: str, kept: str = "") -> list[tuple[str, Any]]:
    """Municipalities and counties by kind, as choices such as `municipality/1488`.

    `kept` is the one that is chosen already, which stays a choice where the release lacks it.
    """
    found: list[tuple[str, Any]] = [("", _("Inget område"))]
    try:
        release = served().release(None)
    except InputError:
        release = None
    known = set()
    for kind, title in (("municipality", _("Kommuner")), ("county", _("Län"))):
        if release is None:
            break
        rows = release.areas(kind).select("code", "name").unique("code").sort("name").rows()
        choices = [(f"{kind}/{code}", named(name or code, kind, language)) for code, name in rows]
        known |= {key for key, _name in choices}
        if choices:
            found.append((title, choices))
    if kept and kept not in known:
        found.append((kept, kept))
    return found
