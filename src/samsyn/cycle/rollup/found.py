"""What the gap rules find in the rounds that are shared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from samsyn.cycle.gaps import findings
from samsyn.cycle.gaps.answers import Standing, beside, shown_to
from samsyn.cycle.gaps.gathering import pictures_of
from samsyn.cycle.models import GapAnswer, MappingRound
from samsyn.people.access import Viewer


def found_in(
    rounds: Sequence[MappingRound], viewer: Viewer
) -> Iterator[tuple[MappingRound, Standing]]:
    """The findings of which the viewer may see every record, each with its round.

    The rules read all of a round: a need whose goal is not shared does not lack one.
    """
    pictures = pictures_of(rounds)
    answers: dict[int, list[GapAnswer]] = {}
    for answer in GapAnswer.objects.filter(round__in=list(pictures)):
        answers.setdefault(answer.round_id, []).append(answer)
    found = [
        (round, one)
        for round in rounds
        for one in beside(findings(pictures[round.pk]), answers.get(round.pk, []))
    ]
    seen = {id(one) for one in shown_to(viewer, [one for _round, one in found])}
    return (pair for pair in found if id(pair[1]) in seen)
