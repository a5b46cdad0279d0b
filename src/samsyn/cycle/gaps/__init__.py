"""Gaps: rules that read a round from problem to result, and say what is missing and why it matters.

The rules are pure functions over a picture of the round (`picture`), one small function each
(`checks`), with their words as data (`rules.toml`). Around them stand `gathering`, which makes the
picture of a round in the database, and `answers`, which says which findings are open and which have
been answered. How a rule is added is told in docs/methods/gaps.md.
"""

from samsyn.cycle.gaps.finding import Finding, Ref, Todo
from samsyn.cycle.gaps.picture import Picture
from samsyn.cycle.gaps.registry import Rule, Step, Weight, findings, rules

__all__ = ["Finding", "Picture", "Ref", "Rule", "Step", "Todo", "Weight", "findings", "rules"]
