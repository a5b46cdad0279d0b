"""The forms of the cycle: few fields first, each with a question that a strategist would ask."""

from samsyn.cycle.forms.actors import ActorForm
from samsyn.cycle.forms.follow_ups import FollowUpForm
from samsyn.cycle.forms.followed import InventoryForm, ProjectForm
from samsyn.cycle.forms.goals import GoalForm
from samsyn.cycle.forms.groups import CollaborationGroupForm
from samsyn.cycle.forms.interviews import InterviewForm
from samsyn.cycle.forms.planned import InterventionForm, NeedForm
from samsyn.cycle.forms.problems import ProblemForm
from samsyn.cycle.forms.rounds import MappingRoundForm

__all__ = [
    "ActorForm",
    "CollaborationGroupForm",
    "FollowUpForm",
    "GoalForm",
    "InterventionForm",
    "InterviewForm",
    "InventoryForm",
    "MappingRoundForm",
    "NeedForm",
    "ProblemForm",
    "ProjectForm",
]
