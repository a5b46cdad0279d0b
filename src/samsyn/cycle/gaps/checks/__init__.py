"""The checks of the rules, by what they look at. Importing this registers them all."""

from samsyn.cycle.gaps.checks import chain, collaboration, means, perspectives, plan, voices

__all__ = ["chain", "collaboration", "means", "perspectives", "plan", "voices"]
