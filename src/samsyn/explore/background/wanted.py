"""What of the differences between two releases an address asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.explore.problems import WrongParameterError
from samsyn.statistics.release.store import Listing

TABLES: Final = {
    "observations": gettext_lazy("Indikatorvärden"),
    "counts": gettext_lazy("Antal"),
    "area_types": gettext_lazy("Områdestyper"),
    "indices": gettext_lazy("Segregationsindex"),
    "decomposition": gettext_lazy("Uppdelning på nivåer"),
    "quotients": gettext_lazy("Kvoter mot större områden"),
}
CHANGES: Final = {
    "revised": gettext_lazy("ändrade"),
    "added": gettext_lazy("nya"),
    "removed": gettext_lazy("borttagna"),
    "status": gettext_lazy("ny status"),
}


@dataclass(frozen=True)
class Wanted:
    """What of the ledger is asked for: the releases, filters and the page."""

    old: str
    new: str
    table: str = ""
    indicator: str = ""
    change: str = ""
    page: int = 1

    @property
    def query(self) -> str:
        """The question as the query string of an address."""
        told = {
            "from": self.old, "to": self.new, "table": self.table, "indicator": self.indicator,
            "change": self.change, "page": self.page if self.page > 1 else "",
        }  # fmt: skip
        return urlencode({name: value for name, value in told.items() if value})

    def picked(self, changes: pl.LazyFrame) -> pl.LazyFrame:
        """The changes that pass the filters."""
        filters = {"table": self.table, "subject": self.indicator, "change": self.change}
        for column, value in filters.items():
            if value:
                changes = changes.filter(pl.col(column) == value)
        return changes


def wanted(request: HttpRequest, shown: str, listed: Sequence[Listing]) -> Wanted:
    """What the address asks for; without a choice the release shown and the one before it.

    `listed` are the releases that there are, the newest first. Raises WrongParameterError.
    """
    names = [one.name for one in listed]
    new = request.GET.get("to") or shown
    old = request.GET.get("from")
    for name in (new, old):
        if name and name not in names:
            raise WrongParameterError(
                _("Det finns ingen utgåva som heter ”%(name)s”. Det finns: %(names)s.")
                % {"name": name, "names": ", ".join(names)}
            )
    if not old:
        # A pinned first release has none before it: what came after is shown instead.
        at = names.index(new)
        old = names[at + 1] if at + 1 < len(names) else new
        if old == new and "to" not in request.GET:
            new = names[at - 1]
    page = request.GET.get("page") or "1"
    if not (page.isascii() and page.isdigit() and 1 <= len(page) <= 9):
        raise WrongParameterError(_("”%s” är inget sidnummer.") % page)
    return Wanted(
        old, new,
        _one_of(request, "table", TABLES),
        request.GET.get("indicator", ""),
        _one_of(request, "change", CHANGES),
        max(int(page), 1),
    )  # fmt: skip


def _one_of(request: HttpRequest, name: str, there: Mapping[str, Any]) -> str:
    value = request.GET.get(name, "")
    if value and value not in there:
        raise WrongParameterError(
            _("”%(value)s” kan inte väljas som %(name)s. Det finns: %(there)s.")
            % {"value": value, "name": name, "there": ", ".join(there)}
        )
    return value
