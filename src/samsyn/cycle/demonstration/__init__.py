"""A whole cycle of a made-up municipality, and the real actors of Trollhättan in 2018."""

from samsyn.cycle.demonstration.loading import PASSWORD, load

__all__ = ["PASSWORD", "load"]
