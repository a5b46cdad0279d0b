"""Demonstration data: a made-up county whose story is known, to try Samsyn without a network."""

from samsyn.statistics.demonstration.design import EFFECTS, MUNICIPALITIES, Effect
from samsyn.statistics.demonstration.writing import SEED, write_demonstration

__all__ = ["EFFECTS", "MUNICIPALITIES", "SEED", "Effect", "write_demonstration"]
