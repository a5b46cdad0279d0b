"""M and H of `rows`, lists of people by group, and how they split; from the definitions."""

from math import log, nan


def total(rows):
    return sum(sum(row) for row in rows)


def merged(rows, labels):
    """The rows with the same label added together."""
    cells = {}
    for row, label in zip(rows, labels, strict=True):
        cells[label] = [a + b for a, b in zip(cells.get(label, [0.0] * len(row)), row, strict=True)]
    return [cells[label] for label in sorted(cells)]


def diversity(rows):
    everyone = total(rows)
    groups = [sum(row[g] for row in rows) for g in range(len(rows[0]))]
    return -sum(n / everyone * log(n / everyone) for n in groups if n)


def mutual_information(rows):
    everyone = total(rows)
    if everyone == 0:
        return nan
    m = 0.0
    for row in rows:
        for g, n in enumerate(row):
            if n:
                p_g = sum(other[g] for other in rows) / everyone
                m += n / everyone * log(n / everyone / (sum(row) / everyone * p_g))
    return m


def theil_h(rows):
    if total(rows) == 0 or sum(1 for g in range(len(rows[0])) if any(r[g] for r in rows)) < 2:
        return nan
    return mutual_information(rows) / diversity(rows)


def within(rows, outer, inner):
    """M between inner cells within outer cells: the weighted mean of M of each outer cell."""
    m = 0.0
    for label in set(outer):
        chosen = [i for i, o in enumerate(outer) if o == label]
        cell = merged([rows[i] for i in chosen], [inner[i] for i in chosen])
        if total(cell):
            m += total(cell) / total(rows) * mutual_information(cell)
    return m


def local(rows, g):
    """Local segregation of a group."""
    own = sum(row[g] for row in rows)
    if own == 0:
        return nan
    everyone = total(rows)
    return sum(row[g] / own * log(row[g] / own / (sum(row) / everyone)) for row in rows if row[g])


def simpson(rows, around):
    """The chance that two who meet around a unit are of one group, and its three parts."""
    everyone = total(rows)
    if everyone == 0:
        return nan, nan, nan, nan
    alike = 0.0
    for row, near in zip(rows, around, strict=True):
        if sum(near):
            alike += sum(row) / everyone * sum((people / sum(near)) ** 2 for people in near)
    groups = [sum(row[g] for row in rows) / everyone for g in range(len(rows[0]))]
    equal = sum(share**2 for share in groups)
    number = 1 / len(groups)
    return alike, alike - equal, equal - number, number
