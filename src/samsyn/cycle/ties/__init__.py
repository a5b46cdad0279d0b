"""Who works together with whom in a round: kept, listed, and seen as a network."""

from samsyn.cycle.ties.keeping import Seen, latest, may_tie, seen_of, tie_of

__all__ = ["Seen", "latest", "may_tie", "seen_of", "tie_of"]
