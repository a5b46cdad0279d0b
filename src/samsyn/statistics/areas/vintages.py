"""Which vintage the codes or names of a column are of, where the texts do not say."""

from __future__ import annotations

import polars as pl

from samsyn.statistics.areas.keys import KINDS
from samsyn.statistics.areas.texts import vintage_of, vintage_of_period

UNDECIDED = ""


def chosen_vintages(found: pl.DataFrame, vintage: str | None, period: str | None) -> dict[str, str]:
    """One vintage for each kind in `found` (`text`, `kind`, `vintage`: what each text can mean).

    It is the vintage given; else the only one that has every text that any vintage has; else, of
    those that have, the one of the period. UNDECIDED where several have them all and no period
    tells which.
    """
    chosen = {}
    for (name,), rows in found.group_by("kind", maintain_order=True):
        kind = str(name)
        given = vintage_of(kind, vintage)
        if given is not None:
            chosen[kind] = given
            continue
        sizes = dict(
            rows.group_by("vintage").agg(pl.col("text").n_unique()).sort("vintage").iter_rows()
        )
        every = rows.get_column("text").n_unique()
        whole = [of for of in sizes if sizes[of] == every]
        by_period = vintage_of_period(kind, period) or UNDECIDED
        if len(whole) == 1:
            chosen[kind] = whole[0]
        elif whole:
            chosen[kind] = by_period if by_period in whole else UNDECIDED
        elif by_period in sizes:
            chosen[kind] = by_period
        else:
            chosen[kind] = max(KINDS[kind].vintages, key=lambda of: sizes.get(of, 0))
    return chosen
