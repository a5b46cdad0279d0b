"""The rules, by what they look at. Importing this registers them all."""

from samsyn.cycle.gaps.rules import chain, collaboration, means, perspectives, plan, voices

__all__ = ["chain", "collaboration", "means", "perspectives", "plan", "voices"]
