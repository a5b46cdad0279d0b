"""What others have shared with an organisation: the rounds, and what is counted in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samsyn.cycle.models import MappingRound
from samsyn.cycle.rollup.facts import Tally
from samsyn.cycle.rollup.remembered import tallies
from samsyn.people.access import Viewer
from samsyn.people.models import Account, Organisation, Role


@dataclass(frozen=True)
class RollUp:
    """The rounds that others share with an organisation, and what each of them has in these."""

    organisation: Organisation
    rounds: Sequence[MappingRound]
    tallies: Sequence[Tally]

    @property
    def organisations(self) -> list[Organisation]:
        """Those who share, by name."""
        there = {one.organisation_id: one.organisation for one in self.rounds}
        return sorted(there.values(), key=lambda one: one.name)


def as_organisation(organisation: Organisation, account: Account | None) -> Viewer:
    """What everybody in an organisation sees: not what one of them sees by also being elsewhere."""
    return Viewer(account, {organisation.pk: Role.READER})


def rolled_up(organisation: Organisation, account: Account | None) -> RollUp:
    """What others have shared with the organisation, or made public, with what is counted in it."""
    who = as_organisation(organisation, account)
    rounds = list(
        MappingRound.objects.visible_to(who)
        .filter(removed=None)
        .exclude(organisation=organisation)
        .select_related("organisation")
        .defer("baseline")  # hundreds of figures in each
        .order_by("organisation__name", "-year_from", "pk")
    )
    return RollUp(organisation, rounds, tallies(organisation, rounds, who))
