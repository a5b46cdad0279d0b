"""Who works together with whom in a round: kept, listed, and seen as a network."""

from samsyn.cycle.ties.keeping import Seen, may_tie, seen_of, tie_of

__all__ = ["Seen", "may_tie", "seen_of", "tie_of"]
