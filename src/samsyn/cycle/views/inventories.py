"""An inventory that is known in numbers: its rows and their arithmetic as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.cycle.followed.inventories import arithmetic
from samsyn.cycle.forms.followed import InventoryRowForm
from samsyn.cycle.models import Inventory, InventoryRow
from samsyn.cycle.views.parts import kept, posted, taken_away
from samsyn.people.access import Action, Viewer
from samsyn.people.describing import described
from samsyn.people.viewing import known, record_for


def context(who: Viewer, record: Inventory) -> Mapping[str, Any]:
    """What the page shows: the rows, their sum, and what lacks."""
    rows = list(record.rows.all())
    return {
        "fields": described(record, ("source", "owner"), who),
        "rows": rows, "sum": arithmetic(record, rows),
        "new_row": InventoryRowForm(auto_id="ny_%s"),
    }  # fmt: skip


def _edited(request: HttpRequest, slug: str, key: int) -> Inventory:
    return record_for(request, Inventory, key, Action.EDIT, organisation__slug=slug)


@known
def new_row(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Add how many projects had a fate."""
    one = _edited(request, slug, key)
    row = InventoryRow(inventory=one)
    form = InventoryRowForm(posted(request), instance=row, auto_id="ny_%s")
    return kept(request, one, form, _("Ny rad i inventeringen"), "rader")


@known
def change_row(request: HttpRequest, slug: str, key: int, row: int) -> HttpResponseBase:
    """Change how many projects had a fate."""
    one = _edited(request, slug, key)
    kept_row = get_object_or_404(InventoryRow, pk=row, inventory=one)
    form = InventoryRowForm(posted(request), instance=kept_row)
    return kept(request, one, form, _("Ändra rad i inventeringen"), "rader")


@known
@require_POST
def remove_row(request: HttpRequest, slug: str, key: int, row: int) -> HttpResponseBase:
    """Take a row away."""
    one = _edited(request, slug, key)
    return taken_away(request, one, get_object_or_404(InventoryRow, pk=row, inventory=one), "rader")
