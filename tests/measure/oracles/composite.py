"""Composite indices of one table, as lists; None is missing."""

from math import sqrt


def mean(values, weights):
    return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)


def deviation(values, weights):
    middle = mean(values, weights)
    return sqrt(mean([(v - middle) ** 2 for v in values], weights))


def standardise(column, weights, method):
    kept = [(v, w) for v, w in zip(column, weights, strict=True) if v is not None]
    values, masses = [v for v, _ in kept], [w for _, w in kept]
    answer = []
    for v in column:
        if v is None:
            answer.append(None)
        elif method == "z":
            answer.append((v - mean(values, masses)) / deviation(values, masses))
        elif method == "minmax":
            answer.append((v - min(values)) / (max(values) - min(values)))
        elif method == "rank":
            below = sum(w for x, w in kept if x < v)
            same = sum(w for x, w in kept if x == v)
            answer.append((below + same / 2) / sum(masses))
        else:
            answer.append(v)
    return answer


def area_types(index, weights, limits):
    """Limits descend: type 1 is the highest."""
    kept = [(v, w) for v, w in zip(index, weights, strict=True) if v is not None]
    values, masses = [v for v, _ in kept], [w for _, w in kept]
    answer = []
    for v in index:
        if v is None or len(set(values)) < 2:
            answer.append(0)
            continue
        z = (v - mean(values, masses)) / deviation(values, masses)
        kind = 1
        while kind <= len(limits) and z < limits[kind - 1] - 1e-12:
            kind += 1
        answer.append(kind)
    return answer
