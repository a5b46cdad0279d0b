"""The change between two tables, lists of rows, from the eight counterfactual tables."""

from tests.measure.oracles.decomposition import diversity, mutual_information
from tests.measure.oracles.fitting import fit


def columns(rows):
    return [sum(row[g] for row in rows) for g in range(len(rows[0]))]


def common(before, after):
    """What is there both times, as shares."""
    while True:
        units = [bool(sum(a)) and bool(sum(b)) for a, b in zip(before, after, strict=True)]
        groups = [bool(a) and bool(b) for a, b in zip(columns(before), columns(after), strict=True)]
        kept = [
            [
                [v if u and g else 0.0 for v, g in zip(row, groups, strict=True)]
                for row, u in zip(table, units, strict=True)
            ]
            for table in (before, after)
        ]
        if kept == [before, after]:
            break
        before, after = kept
    return [[[v / sum(map(sum, table)) for v in row] for row in table] for table in (before, after)]


def theil_h(rows):
    return mutual_information(rows) / diversity(rows)


def karmel_maclachlan(rows):
    everyone = sum(map(sum, rows))
    groups = columns(rows)
    return (
        sum(
            abs(n / everyone - sum(row) / everyone * groups[g] / everyone)
            for row in rows
            for g, n in enumerate(row)
        )
        / 2
    )


INDICES = {
    "mutual_information": mutual_information,
    "theil_h": theil_h,
    "karmel_maclachlan": karmel_maclachlan,
}


def shapley(before, after, index):
    a, b = common(before, after)
    margins = {"A": (columns(a), list(map(sum, a))), "B": (columns(b), list(map(sum, b)))}

    def m(groups, units, structure):
        table = {"A": a, "B": b}[structure]
        return index(fit(table, margins[units][1], margins[groups][0]))

    group = unit = structural = 0.0
    # Margins together against structure, and inside the margins each against the other.
    for first, last in (("A", "A"), ("B", "B")):
        structural += (m(first, last, "B") - m(first, last, "A")) / 2
    for structure in "AB":
        for units in "AB":
            group += (m("B", units, structure) - m("A", units, structure)) / 4
        for groups in "AB":
            unit += (m(groups, "B", structure) - m(groups, "A", structure)) / 4
    return {
        "before": index(before),
        "after": index(after),
        "additions": index(after) - index(b),
        "removals": index(a) - index(before),
        "unit_marginal": unit,
        "group_marginal": group,
        "interaction": 0.0,
        "structural": structural,
    }


def karmel_maclachlan_parts(before, after, index):
    a, b = common(before, after)
    fitted = fit(a, list(map(sum, b)), columns(b))
    old, new = columns(a), columns(b)
    by_group = [[v * new[g] / old[g] if old[g] else 0.0 for g, v in enumerate(row)] for row in a]
    by_unit = [
        [v * sum(r) / sum(row) if sum(row) else 0.0 for v in row]
        for row, r in zip(a, b, strict=True)
    ]
    unit, group = index(by_unit) - index(a), index(by_group) - index(a)
    return {
        "before": index(before),
        "after": index(after),
        "additions": index(after) - index(b),
        "removals": index(a) - index(before),
        "unit_marginal": unit,
        "group_marginal": group,
        "interaction": index(fitted) - index(a) - unit - group,
        "structural": index(b) - index(fitted),
    }


def mora_ruiz_castillo(before, after):
    a, b = common(before, after)
    unit = structural = 0.0
    for old, new in zip(a, b, strict=True):
        if sum(old) and sum(new):
            inner = [diversity([old]), diversity([new])]
            unit -= (sum(new) - sum(old)) * (inner[0] + inner[1]) / 2
            structural -= (sum(new) + sum(old)) * (inner[1] - inner[0]) / 2
    return {
        "before": mutual_information(before),
        "after": mutual_information(after),
        "additions": mutual_information(after) - mutual_information(b),
        "removals": mutual_information(a) - mutual_information(before),
        "unit_marginal": unit,
        "group_marginal": diversity(b) - diversity(a),
        "interaction": 0.0,
        "structural": structural,
    }
