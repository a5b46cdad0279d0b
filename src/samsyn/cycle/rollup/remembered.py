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

from django.db.models import Count, Max
from django.utils import timezone

from samsyn.cycle.models import GapAnswer, MappingRound, Respondent
from samsyn.cycle.models.base import OfRound
from samsyn.cycle.places import release
from samsyn.cycle.rollup.facts import Tally, tallied
from samsyn.cycle.rollup.reading import facts
from samsyn.people.access import Viewer
from samsyn.people.models import Organisation

MOST: Final = 2_000  # organisations that are remembered
# What is being written just now may be kept with an earlier time than what has been seen.
SETTLED: Final = timedelta(seconds=10)
Mark = tuple[object, ...]

_known: OrderedDict[tuple[int, int], tuple[Mark, Tally]] = OrderedDict()
_lock = threading.Lock()


def tallies(by: Organisation, rounds: Sequence[MappingRound], who: Viewer) -> list[Tally]:
    """What is counted of each organisation in the rounds that it shares, by the order of these.

    Get the rounds with their organisations. `who` is what everybody in `by` sees.
    """
    of = {one.organisation_id: one.organisation for one in rounds}
    marks, latest = _marks(rounds)
    found: dict[int, Tally] = {}
    with _lock:
        for key in of:
            kept = _known.get((by.pk, key))
            if kept is not None and kept[0] == marks[key]:
                _known.move_to_end((by.pk, key))
                found[key] = kept[1]
    new = [one.pk for one in rounds if one.organisation_id not in found]
    if new:
        whole = MappingRound.objects.filter(pk__in=new).select_related("organisation")
        made = {one.organisation: one for one in tallied(facts(list(whole), who))}
        settled = timezone.now() - SETTLED
        for key in [key for key in of if key not in found]:
            found[key] = made.get(key, Tally(key))
            if latest[key] < settled:
                _remember((by.pk, key), (marks[key], found[key]))
    return [found[key] for key in of]


def _remember(key: tuple[int, int], what: tuple[Mark, Tally]) -> None:
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
    for model in (MappingRound, *OfRound.__subclasses__()):
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
