"""The page about changes: what differs between two releases, value by value."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samsyn.explore.asking import asked
from samsyn.explore.background import differences, holdings, taking_home
from samsyn.explore.background.wanted import CHANGES, TABLES, Wanted, wanted
from samsyn.explore.problems import UnknownPageError, WrongParameterError
from samsyn.publish import downloads
from samsyn.statistics.query.shelf import served
from samsyn.statistics.release import ledgers
from samsyn.statistics.release.store import Listing

ROWS: Final = 50  # values on a page
MOST: Final = 500_000  # values in one file to take home; an Excel sheet has a million rows


def changes(request: HttpRequest) -> HttpResponse:
    """What differs between two releases; with only one, that there is nothing to compare."""
    now = asked(request)
    listed = _releases()
    context: dict[str, Any] = {"asked": now, "releases": [_told(one) for one in listed]}
    if len(listed) < 2:
        return render(request, "background/changes.html", {**context, "single": True})
    asks = wanted(request, now.release.name, listed)
    context |= {"wanted": asks, "tables": TABLES.items(), "kinds": CHANGES.items()}
    if asks.old == asks.new:
        return render(request, "background/changes.html", {**context, "same": True})
    found = _ledger(asks)
    if found is None:
        response = render(request, "background/changes.html", {**context, "working": True})
        response["Cache-Control"] = "no-store"
        return response
    _require_subject(asks, found)
    picked = asks.picked(found.changes)
    total = int(picked.select(pl.len()).collect().item())
    pages = max(-(-total // ROWS), 1)
    asks = replace(asks, page=min(asks.page, pages))
    rows = picked.slice((asks.page - 1) * ROWS, ROWS).collect()
    context |= {
        "wanted": asks,
        "counted": differences.counted(found.summary, now.language),
        "sources": differences.sources(found.sources),
        "summary": differences.summary(found.summary, now, asks),
        "subjects": differences.subjects(found.summary, now),
        "rows": differences.values(rows, now),
        "total": differences.count(total, now.language),
        "one": total == 1,
        "pages": pages,
        "earlier": replace(asks, page=asks.page - 1) if asks.page > 1 else None,
        "later": replace(asks, page=asks.page + 1) if asks.page < pages else None,
        "forms": list(downloads.TABLES),
    }
    return render(request, "background/changes.html", context)


def changes_table(request: HttpRequest, form: str) -> HttpResponse:
    """The values that differ, with the filters of the page, to take home."""
    now = asked(request)
    listed = _releases()
    if len(listed) < 2:
        raise UnknownPageError(_("Det finns bara en utgåva, så det finns inget att jämföra."))
    asks = wanted(request, now.release.name, listed)
    if asks.old == asks.new:
        raise WrongParameterError(_("Välj två olika utgåvor att jämföra."))
    found = _ledger(asks)
    if found is None:
        message = _("Jämförelsen räknas fram. Försök igen om en stund.")
        headers = {"Retry-After": "10", "Cache-Control": "no-store"}
        return HttpResponse(message, status=503, content_type="text/plain", headers=headers)
    _require_subject(asks, found)
    frame = asks.picked(found.changes).head(MOST + 1).collect()
    if frame.height > MOST:
        raise WrongParameterError(
            _("Det är fler än %(most)s värden. Välj en indikator eller en sorts uppgift i taget.")
            % {"most": differences.count(MOST, now.language)}
        )
    title = _("Ändringar från utgåvan %(old)s till %(new)s") % {"old": asks.old, "new": asks.new}
    about = holdings.told(served().release(asks.new), now.language, title)
    name = f"samsyn-{asks.old}-{asks.new}"
    return taking_home.texts(request, now, frame, about, form, name)


def _releases() -> list[Listing]:
    """The releases that can be read, the newest first."""
    return [one for one in reversed(served().store.releases()) if one.problem is None]


def _told(one: Listing) -> dict[str, Any]:
    created = datetime.fromisoformat(one.created) if one.created else None
    return {"name": one.name, "created": created}


def _require_subject(asks: Wanted, found: ledgers.Kept) -> None:
    there = found.summary.get_column("subject").drop_nulls().unique().sort().to_list()
    release = served().release(asks.new)
    if asks.indicator and asks.indicator not in {*there, *release.indicators, *release.groupings}:
        raise WrongParameterError(
            _("”%(value)s” kan inte väljas som %(name)s. Det finns: %(there)s.")
            % {"value": asks.indicator, "name": "indicator", "there": ", ".join(there)}
        )


def _ledger(asks: Wanted) -> ledgers.Kept | None:
    shelf = served()
    old, new = shelf.release(asks.old).folder, shelf.release(asks.new).folder
    try:
        return ledgers.ledger(shelf.store.path, old, new)
    except ChildProcessError:
        logging.getLogger(__name__).exception("A comparison failed")
        return None
