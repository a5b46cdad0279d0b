"""What the steps of the chain and its broken links are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samsyn.cycle.chain.model import Lack, Step

STEPS: Final[Mapping[Step, str | Promise]] = {
    Step.EVIDENCE: _("Underlag"),
    Step.PROBLEM: _("Problem"),
    Step.NEED: _("Behov"),
    Step.GOAL: _("Mål"),
    Step.INTERVENTION: _("Insatser"),
    Step.MONEY: _("Pengar"),
    Step.RESULT: _("Uppföljning"),
}
# Of one record: what stands in a row of the table.
ONE: Final[Mapping[Step, str | Promise]] = {
    Step.EVIDENCE: _("Underlag"),
    Step.PROBLEM: pgettext_lazy("ett", "Problem"),
    Step.NEED: pgettext_lazy("ett", "Behov"),
    Step.GOAL: pgettext_lazy("ett", "Mål"),
    Step.INTERVENTION: _("Insats"),
    Step.MONEY: _("Pengar"),
    Step.RESULT: _("Uppföljning"),
}
LACKS: Final[Mapping[Lack, str | Promise]] = {
    Lack.EVIDENCE: _("Saknar underlag"),
    Lack.NEED: _("Inget behov"),
    Lack.PROBLEM: _("Svarar inte mot något problem"),
    Lack.GOAL: _("Inget mål"),
    Lack.OF_NEED: _("Svarar inte mot något behov"),
    Lack.INTERVENTION: _("Ingen insats"),
    Lack.OF_GOAL: _("Har inget mål"),
    Lack.MONEY: _("Inga pengar"),
    Lack.FOLLOW_UP: _("Ingen uppföljning"),
    Lack.SUBJECT: _("Följer inte upp något"),
    Lack.VALUE: _("Värdet är försenat"),
}


def step_name(step: Step) -> str:
    """What the records of a step are called."""
    return str(STEPS[step])


def one_name(step: Step) -> str:
    """What one record of a step is called."""
    return str(ONE[step])


def lack_name(lack: Lack) -> str:
    """What a record that lacks it is said to be."""
    return str(LACKS[lack])
