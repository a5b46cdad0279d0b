"""Tables of the working cycle, along the chain from what is known to what came of it."""

from samsyn.cycle.models.actors import Actor, Tie
from samsyn.cycle.models.followed import (
    FollowUp,
    Handover,
    Inventory,
    InventoryRow,
    Project,
    ProjectFate,
)
from samsyn.cycle.models.gaps import GapAnswer
from samsyn.cycle.models.groups import CollaborationGroup, Decision, Meeting
from samsyn.cycle.models.planned import Goal, Intervention, Money, Need
from samsyn.cycle.models.problems import Evidence, Problem
from samsyn.cycle.models.published import PublishedPlan, RollUpRequest
from samsyn.cycle.models.reminders import Reminder
from samsyn.cycle.models.rounds import (
    Interview,
    InterviewNote,
    MappingRound,
    Respondent,
    RespondentReading,
)

__all__ = [
    "Actor",
    "CollaborationGroup",
    "Decision",
    "Evidence",
    "FollowUp",
    "GapAnswer",
    "Goal",
    "Handover",
    "Intervention",
    "Interview",
    "InterviewNote",
    "Inventory",
    "InventoryRow",
    "MappingRound",
    "Meeting",
    "Money",
    "Need",
    "Problem",
    "Project",
    "ProjectFate",
    "PublishedPlan",
    "Reminder",
    "Respondent",
    "RespondentReading",
    "RollUpRequest",
    "Tie",
]
