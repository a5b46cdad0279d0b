"""What the gap rules say of a round, for the plan of those who belong to its organisation."""

from __future__ import annotations

from samsyn.cycle.plan.findings import Findings
from samsyn.cycle.plan.gathered import Plan
from samsyn.people.access import Viewer


def findings_of(plan: Plan, viewer: Viewer, language: str) -> Findings | None:
    """The findings; None for who does not belong to the organisation."""
    return None
