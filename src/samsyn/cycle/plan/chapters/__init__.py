"""The chapters of a plan, each a section of the report."""

from samsyn.cycle.plan.chapters.appendix import appendix
from samsyn.cycle.plan.chapters.background import background
from samsyn.cycle.plan.chapters.chain import chain
from samsyn.cycle.plan.chapters.follow_up import follow_up
from samsyn.cycle.plan.chapters.goals import goals
from samsyn.cycle.plan.chapters.groups import groups
from samsyn.cycle.plan.chapters.interventions import interventions
from samsyn.cycle.plan.chapters.money import money
from samsyn.cycle.plan.chapters.needs import needs
from samsyn.cycle.plan.chapters.problems import problems

__all__ = [
    "appendix",
    "background",
    "chain",
    "follow_up",
    "goals",
    "groups",
    "interventions",
    "money",
    "needs",
    "problems",
]
