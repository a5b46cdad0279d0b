"""What is counted of each organisation, kept until one of its records changes.

A region may see a hundred thousand records: they are counted once, and again for the organisations
that have changed anything since. Whether one has is told by how many records it has of each kind
and when the latest of them changed, which the lists' index has. Every change of a record, of a part
of one and of who sees it sets that time.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.cache import cache
from django.db.models import Count, Max
from django.utils import timezone

from samsyn import __version__
from samsyn.cycle.models import GapAnswer, MappingRound, Respondent
from samsyn.cycle.models.base import OfRound
from samsyn.cycle.places import release
from samsyn.cycle.rollup.facts import Tally, tallied
from samsyn.cycle.rollup.reading import facts
from samsyn.people.access import Viewer
from samsyn.people.models import Organisation, Record

MOST: Final = 20  # organisations whose roll-ups are held in memory
DAYS: Final = 30  # that one is kept for all workers, also when they begin anew
# What is being written just now may be kept with an earlier time than what has been seen.
SETTLED: Final = timedelta(seconds=10)
Mark = tuple[object, ...]
Kept = Mapping[int, tuple[Mark, Tally]]  # by the organisation that shares

_known: OrderedDict[int, Kept] = OrderedDict()
_lock = threading.Lock()


def tallies(by: Organisation, rounds: Sequence[MappingRound], who: Viewer) -> list[Tally]:
    """What is counted of each organisation in the rounds that it shares, by the order of these.

    Get the rounds with their organisations. `who` is what everybody in `by` sees.
    """
    keys = list(dict.fromkeys(one.organisation_id for one in rounds))
    marks, latest = _marks(rounds)
    kept = _recall(by.pk)
    found = {key: kept[key] for key in keys if key in kept and kept[key][0] == marks[key]}
    new = [key for key in keys if key not in found]
    if new:
        of_new = [one.pk for one in rounds if one.organisation_id not in found]
        whole = MappingRound.objects.filter(pk__in=of_new).select_related("organisation")
        made = {one.organisation: one for one in tallied(facts(list(whole), who))}
        found |= {key: (marks[key], made.get(key, Tally(key))) for key in new}
        settled = timezone.now() - SETTLED
        _remember(by.pk, {key: one for key, one in found.items() if latest[key] < settled})
    return [found[key][1] for key in keys]


def _place(key: int) -> str:
    return f"roll-up-{__version__}-{key}"


def _recall(key: int) -> Kept:
    """What was counted for an organisation: by this worker, else by any of them."""
    with _lock:
        if key in _known:
            _known.move_to_end(key)
            return _known[key]
    told: Kept = cache.get(_place(key)) or {}
    _hold(key, told)
    return told


def _remember(key: int, what: Kept) -> None:
    _hold(key, what)
    cache.set(_place(key), what, timeout=DAYS * 86_400)


def _hold(key: int, what: Kept) -> None:
    with _lock:
        _known[key] = what
        _known.move_to_end(key)
        while len(_known) > MOST:
            _known.popitem(last=False)


def _marks(
    rounds: Sequence[MappingRound],
) -> tuple[Mapping[int, Mark], Mapping[int, datetime]]:
    """What is another when anything has changed that counts, by organisation; and when that was."""
    there = release()
    marks: dict[int, list[object]] = defaultdict(lambda: [there.name if there else ""])
    latest: dict[int, datetime] = {}
    for one in rounds:
        marks[one.organisation_id] += [one.pk, one.organisation.kind]
    keys = list(marks)
    models: list[type[Record]] = [MappingRound, *OfRound.__subclasses__()]
    for model in models:
        rows: Any = model._default_manager.filter(organisation__in=keys).order_by()
        for key, count, changed in (
            rows.values("organisation")
            .annotate(n=Count("pk"), at=Max("changed"))
            .values_list("organisation", "n", "at")
        ):
            marks[key] += [model._meta.model_name, count, changed]
            latest[key] = max(changed, latest.get(key, changed))
    heard: Any = Respondent.objects.filter(round__organisation__in=keys).order_by(
        "round__organisation", "perspective"
    )
    for key, *told in heard.values_list("round__organisation", "perspective").annotate(
        n=Count("pk")
    ):
        marks[key] += told
    answers = GapAnswer.objects.filter(round__organisation__in=keys).order_by()
    for key, count, at in (
        answers.values("round__organisation")
        .annotate(n=Count("pk"), at=Max("answered"))
        .values_list("round__organisation", "n", "at")
    ):
        marks[key] += ["answers", count, at]
        latest[key] = max(at, latest[key])
    return {key: tuple(told) for key, told in marks.items()}, latest
