"""A whole cycle of a made-up municipality, and the real actors of Trollhättan in 2018."""

from samsyn.cycle.demonstration.loading import PASSWORD, load
from samsyn.cycle.demonstration.log_ins import log_ins

__all__ = ["PASSWORD", "load", "log_ins"]
