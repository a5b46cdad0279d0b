"""Networks for tests: small published ones, and any that hypothesis makes."""

from __future__ import annotations

from itertools import combinations

from hypothesis import strategies as st

from samsyn.cycle.network import Link, Network, Node

SECTORS = ("municipal", "regional", "state", "civil", "business", "academia")
BASES = ("", "formal", "informal", "personal")

# Krackhardt 1990, "Assessing the political landscape", Administrative Science Quarterly 35.
KITE_NAMES = [
    "Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane",
]  # fmt: skip
KITE = (
    "Andre-Beverly Andre-Carol Andre-Diane Andre-Fernando Beverly-Diane Beverly-Ed Beverly-Garth "
    "Carol-Diane Carol-Fernando Diane-Ed Diane-Fernando Diane-Garth Ed-Garth Fernando-Garth "
    "Fernando-Heather Garth-Heather Heather-Ike Ike-Jane"
)
# Padgett and Ansell 1993: marriages between families of Florence, as Wasserman and Faust 1994 have
# them (appendix B). Pucci married none of them.
FAMILIES = [
    "Acciaiuoli", "Albizzi", "Barbadori", "Bischeri", "Castellani", "Ginori", "Guadagni",
    "Lamberteschi", "Medici", "Pazzi", "Peruzzi", "Pucci", "Ridolfi", "Salviati", "Strozzi",
    "Tornabuoni",
]  # fmt: skip
MARRIAGES = (
    "Acciaiuoli-Medici Albizzi-Ginori Albizzi-Guadagni Albizzi-Medici Barbadori-Castellani "
    "Barbadori-Medici Bischeri-Guadagni Bischeri-Peruzzi Bischeri-Strozzi Castellani-Peruzzi "
    "Castellani-Strozzi Guadagni-Lamberteschi Guadagni-Tornabuoni Medici-Ridolfi Medici-Salviati "
    "Medici-Tornabuoni Pazzi-Salviati Peruzzi-Strozzi Ridolfi-Strozzi Ridolfi-Tornabuoni"
)


def named(names: list[str], ties: str, **sectors: str) -> Network:
    """A network of names and of ties that are written `one-other`."""
    key = {name: at for at, name in enumerate(names, start=1)}
    nodes = [Node(at, name, sectors.get(name, "")) for name, at in key.items()]
    links = [Link(*(key[name] for name in tie.split("-"))) for tie in ties.split()]
    return Network(nodes, links)


@st.composite
def networks(draw, most: int = 8) -> Network:
    keys = draw(st.lists(st.integers(1, 99), unique=True, max_size=most))
    sector = st.sampled_from(("", *SECTORS))
    nodes = [Node(key, f"Aktör {key}", draw(sector)) for key in keys]
    pairs = list(combinations(keys, 2))
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return Network(nodes, [Link(*two, draw(st.sampled_from(BASES))) for two in chosen])
