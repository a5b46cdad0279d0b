"""The actors and ties of a round that a viewer sees, and who may change a tie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from samsyn.cycle.models import Actor, MappingRound, Tie
from samsyn.cycle.network import Link, Measures, Network, Node, Pair, measure, pair
from samsyn.people.access import Action, Viewer


@dataclass(frozen=True)
class Seen:
    """What a viewer sees of the actors of a round, by name, and of the ties between them."""

    round: MappingRound
    actors: Sequence[Actor]
    ties: Sequence[Tie]

    @cached_property
    def by_key(self) -> dict[int, Actor]:
        """The actors by id."""
        return {actor.pk: actor for actor in self.actors}

    @cached_property
    def by_pair(self) -> dict[Pair, Tie]:
        """The ties by the ids of the two."""
        return {(tie.first_id, tie.second_id): tie for tie in self.ties}

    @cached_property
    def network(self) -> Network:
        """The same as plain data."""
        return Network(
            [Node(one.pk, one.title, one.sector, one.linked_id) for one in self.actors],
            [
                Link(tie.first_id, tie.second_id, tie.basis, int(tie.quality or 0) or None)
                for tie in self.ties
            ],
        )

    @cached_property
    def measures(self) -> Measures:
        """What the network says."""
        return measure(self.network)

    def only(self, actors: Sequence[Actor]) -> Seen:
        """The same of some of the actors: the ties between them."""
        keys = {one.pk for one in actors}
        ties = [tie for tie in self.ties if {tie.first_id, tie.second_id} <= keys]
        return Seen(self.round, actors, ties)


def seen_of(round: MappingRound, who: Viewer) -> Seen:
    """The actors of a round that the viewer sees, and the ties between these."""
    actors = list(
        Actor.objects.visible_to(who)
        .filter(round=round, removed=None)
        .select_related("organisation", "linked")
        .order_by("title", "pk")
    )
    by_key = {one.pk: one for one in actors}
    ties = []
    for tie in Tie.objects.filter(round=round):
        if tie.first_id in by_key and tie.second_id in by_key:
            tie.first, tie.second = by_key[tie.first_id], by_key[tie.second_id]
            ties.append(tie)
    return Seen(round, actors, sorted(ties, key=lambda one: (one.first.title, one.second.title)))


def may_tie(who: Viewer, *of: MappingRound | Actor) -> bool:
    """Whether the viewer may write of a tie: who may change the round, or one of the two."""
    return any(who.may(Action.EDIT, one) for one in of)


def others_of(actor: Actor, who: Viewer) -> QuerySet[Actor]:
    """The other actors of the same round that the viewer sees, by name."""
    return (
        Actor.objects.visible_to(who)
        .filter(round=actor.round_id, removed=None)
        .exclude(pk=actor.pk)
        .order_by("title", "pk")
    )


def tie_of(one: Actor, other: Actor) -> Tie:
    """The tie of two actors: the one that there is, else a new one that is not kept yet."""
    first, second = pair(one.pk, other.pk)
    known = Tie.objects.filter(first=first, second=second).first()
    if known is not None:
        return known
    return Tie(round_id=one.round_id, first_id=first, second_id=second)
