"""The situation report: a place's joint picture as a document that a board can decide on."""

from samsyn.publish.situation.choice import COMPARISONS, SECTIONS, Choice
from samsyn.publish.situation.situation import situation_report

__all__ = ["COMPARISONS", "SECTIONS", "Choice", "situation_report"]
