"""The sweep over nearest people, compiled.

The people of a disc are two look-ups in each strip that it crosses, and only the places near its
edge are looked at one by one (see `strips`).

How far one must go for k people changes little from a place to the next: if q reached them at
radius r and p is d away, then p reaches them between r - d and r + d. So the places are taken
along a Hilbert curve, and for each k only the places between those two circles are compared.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from samsyn.measure._numbers import Floats
from samsyn.measure.sweeps.strips import Int32s, Int64s, Strips

# The Hilbert curve runs through 2^_BITS by 2^_BITS cells.
_BITS = 16

# Bins of squared distance between the circles, and how many places are listed between them
# before it pays to count the people of a circle halfway.
_BINS = 32
_MANY = 1024

# More than the rounding of a sum of two squares.
_ROUNDING = 1e-15


def along_hilbert_curve(strips: Strips) -> Int64s:
    """The places of each region in an order in which the next place is seldom far away."""
    side = max((strips.columns * strips.width).max(), (strips.rows * strips.height).max())
    scale = 2**_BITS / side
    x = (strips.x - strips.left[strips.region]) * scale
    y = (strips.y - strips.bottom[strips.region]) * scale
    cells = np.clip([x, y], 0, 2**_BITS - 1).astype(np.int64)
    position = _hilbert(cells[0], cells[1])
    return np.lexsort((position, strips.region))


@njit(cache=True, nogil=True, error_model="numpy")
def _hilbert(column: Int64s, row: Int64s) -> Int64s:
    """The position of each cell along a Hilbert curve over a square of 2^_BITS by 2^_BITS."""
    position = np.zeros(column.size, dtype=np.int64)
    for i in range(column.size):
        a, b = column[i], row[i]
        for level in range(_BITS - 1, -1, -1):
            side = 1 << level
            right, up = a // side, b // side
            position[i] += side * side * ((3 * right) ^ up)
            a, b = a % side, b % side
            if up == 0:
                if right == 1:
                    a, b = side - 1 - a, side - 1 - b
                a, b = b, a
    return position


@njit(cache=True, nogil=True, error_model="numpy", inline="always")
def _rank(strips: Strips, r: int, bucket: int, x: float) -> int:
    """The first place of a strip, whose first bucket is given, that lies at x or beyond."""
    column = min(max((x - strips.left[r]) / strips.width, 0.0), strips.columns[r] - 1.0)
    first = strips.start[bucket + int(column)]
    last = strips.start[bucket + int(column) + 1]
    while last - first > 8:
        middle = (first + last) // 2
        if strips.x[middle] < x:
            first = middle + 1
        else:
            last = middle
    while first < last and strips.x[first] < x:
        first += 1
    return int(first)


@njit(cache=True, nogil=True, error_model="numpy", inline="always")
def _per_bin(inner: float, outer: float) -> float:
    """How many bins there are to a unit of squared distance, between two circles."""
    return _BINS / (outer - max(inner, 0.0)) if outer > max(inner, 0.0) else 0.0


@njit(cache=True, nogil=True, error_model="numpy", inline="always")
def _bin(squared: float, inner: float, per_bin: float) -> int:
    """The bin of a squared distance; areas are alike, and so about as many people in each."""
    return min(int((squared - max(inner, 0.0)) * per_bin), _BINS - 1)


@njit(cache=True, nogil=True, error_model="numpy")
def _gather(
    strips: Strips,
    p: int,
    inner: float,
    outer: float,
    limit: int,
    sums: Floats,
    bins: Floats,
    squared: Floats,
    place: Int32s,
) -> int:
    """Sum the people within squared distance `inner` of p, and list the places up to `outer`.

    Fills `sums` (G + 1), the list in `squared` and `place`, and in `bins` (B, G + 1) the people
    on the list by squared distance, see `_bin`. Answers the length of the list, or -1 as soon as
    it would exceed the limit.
    """
    px, py, r = strips.x[p], strips.y[p], strips.region[p]
    groups = sums.size
    sums[:] = 0.0
    bins[:] = 0.0
    found = 0
    per_bin = _per_bin(inner, outer)
    reach = np.sqrt(outer) + strips.guard
    bottom, rows = strips.bottom[r], strips.rows[r]
    first = int(min(max((py - reach - bottom) / strips.height - 1.0, 0.0), rows - 1.0))
    last = int(max(min((py + reach - bottom) / strips.height + 1.0, rows - 1.0), 0.0))
    for row in range(first, last + 1):
        strip = strips.strip[r] + row
        above, below = strips.low[strip] - py, py - strips.high[strip]
        near = max(above, below, 0.0)
        rest = outer * (1.0 + _ROUNDING) - near * near
        if not rest >= 0.0:  # too far, or an empty strip, whose low is infinite
            continue
        edge = np.sqrt(rest) * (1.0 + 1e-12) + strips.guard
        bucket = strips.bucket[r] + row * strips.columns[r]
        begin, end = strips.start[bucket], strips.start[bucket + strips.columns[r]]
        far = max(-above, -below)
        rest = inner * (1.0 - _ROUNDING) - far * far
        sure = np.sqrt(rest) * (1.0 - 1e-12) - strips.guard if rest > 0.0 else 0.0
        if sure > 0.0:
            from_ = _rank(strips, r, bucket, px - sure)
            to = _rank(strips, r, bucket, px + sure)
            for g in range(groups):
                sums[g] += strips.running[to, g] - strips.running[from_, g]
        else:
            from_ = to = _rank(strips, r, bucket, px)
        for step in (-1, 1):
            i = from_ - 1 if step < 0 else to
            while begin <= i < end:
                dx = strips.x[i] - px
                if abs(dx) > edge:
                    break
                dy = strips.y[i] - py
                s = dx * dx + dy * dy
                if s <= inner:
                    for g in range(groups):
                        sums[g] += strips.people[i, g]
                elif s <= outer:
                    if found == limit:
                        return -1
                    squared[found] = s
                    place[found] = i
                    found += 1
                    b = _bin(s, inner, per_bin)
                    for g in range(groups):
                        bins[b, g] += strips.people[i, g]
                i += step
    return found


@njit(cache=True, nogil=True, error_model="numpy")
def _select(
    people: Floats, squared: Floats, place: Int32s, found: int, inside: float, target: float
) -> tuple[int, int]:
    """Order a list until the ring that brings `inside` to the target is known.

    The ring is then at [a, b) of the list, what is nearer before it and what is farther after.
    The last ring is answered if all fall short.
    """
    everyone = people.shape[1] - 1
    low, high = 0, found
    while True:
        u, v, w = squared[low], squared[(low + high) // 2], squared[high - 1]
        pivot = max(min(u, v), min(max(u, v), w))
        a, b, i = low, high, low
        nearer = equal = 0.0
        while i < b:
            s = squared[i]
            if s > pivot:
                b -= 1
                squared[i], squared[b] = squared[b], s
                place[i], place[b] = place[b], place[i]
                continue
            if s < pivot:
                nearer += people[place[i], everyone]
                squared[i], squared[a] = squared[a], s
                place[i], place[a] = place[a], place[i]
                a += 1
            else:
                equal += people[place[i], everyone]
            i += 1
        if a > low and inside + nearer >= target:
            high = a
        elif b == high or inside + nearer + equal >= target:
            return a, b
        else:
            inside += nearer + equal
            low = b


@njit(cache=True, nogil=True, error_model="numpy")
def sweep(
    strips: Strips,
    order: Int64s,
    k: Floats,
    slack: float,
    whole: bool,
    slot: Int64s,
    unit: Int64s,
    counts: Floats,
    people: Floats,
    ring: Floats,
    share: Floats,
) -> None:
    """Fill in the k nearest people of the places in `order`, k ascending.

    For place p and k[j] the answer is at [slot[j], unit[p]]: of each group in `counts`, of
    everyone in `people`, the squared radius in `ring`, and in `share` how much of the last ring
    belongs. A sum that falls short of k by the share `slack` still counts as k, for what
    rounding takes from fractional counts.
    """
    everyone = strips.people.shape[1] - 1
    squared = np.empty(strips.x.size)
    place = np.empty(strips.x.size, dtype=np.int32)
    sums = np.empty(everyone + 1)
    edge = np.empty(everyone + 1)
    bins = np.empty((_BINS, everyone + 1))
    reached = np.empty(k.size)
    before = -1
    for p in order:
        r = strips.region[p]
        b = strips.bucket[r]
        total = strips.running[strips.start[b + strips.rows[r] * strips.columns[r]], everyone]
        total -= strips.running[strips.start[b], everyone]
        apart = np.inf
        if before >= 0 and strips.region[before] == r:
            apart = np.hypot(strips.x[p] - strips.x[before], strips.y[p] - strips.y[before])
        before = p
        for j in range(k.size):
            wanted = min(k[j], total)
            target = wanted * (1.0 - slack)
            # Everyone within `inner` is short of the target; `outer` is thought to hold it.
            inner = -1.0 if j == 0 else reached[j - 1] ** 2 * (1.0 - 1e-9) - 1e-300
            outer = 4.0 * max(strips.height, reached[j - 1] if j > 0 else 0.0) ** 2
            if apart < np.inf:
                outer = (reached[j] + apart) ** 2 * (1.0 + 1e-9)
                if reached[j] > apart:
                    inner = max(inner, (reached[j] - apart) ** 2 * (1.0 - 1e-9))
            attempts = 0
            while True:
                attempts += 1
                if attempts > 100:  # nothing that halving can part: compare everyone
                    inner, outer = -1.0, strips.diameter[r]
                middle = 0.5 * (max(inner, 0.0) + outer)
                limit = _MANY if attempts <= 100 and inner < middle < outer else squared.size
                found = _gather(strips, p, inner, outer, limit, sums, bins, squared, place)
                if found < 0:
                    _gather(strips, p, middle, middle, 0, sums, bins, squared, place)
                    if sums[everyone] >= target:
                        outer = middle
                    else:
                        inner = middle
                elif sums[everyone] >= target and inner >= 0.0:
                    inner = -1.0  # rounding of fractional counts had come between
                elif found > 0 and (
                    sums[everyone] + bins[:, everyone].sum() >= target
                    or outer >= strips.diameter[r]
                ):
                    break
                elif outer >= strips.diameter[r]:
                    inner = -1.0
                else:
                    inner, outer = outer, 4.0 * outer
            # The bins that fall short as a whole belong; the next one is looked into.
            last = _BINS - 1
            while bins[last, everyone] == 0.0:
                last -= 1
            crossing = 0
            while crossing < last and sums[everyone] + bins[crossing, everyone] < target:
                sums += bins[crossing]
                crossing += 1
            per_bin = _per_bin(inner, outer)
            left = 0
            for i in range(found):
                if _bin(squared[i], inner, per_bin) == crossing:
                    squared[left], place[left] = squared[i], place[i]
                    left += 1
            first, last = _select(strips.people, squared, place, left, sums[everyone], target)
            edge[:] = 0.0
            for i in range(first):
                for g in range(everyone + 1):
                    sums[g] += strips.people[place[i], g]
            for i in range(first, last):
                for g in range(everyone + 1):
                    edge[g] += strips.people[place[i], g]
            part = 1.0
            if not whole:
                part = min(max((wanted - sums[everyone]) / edge[everyone], 0.0), 1.0)
            reached[j] = np.sqrt(squared[first])
            here, at = slot[j], unit[p]
            for g in range(everyone):
                counts[here, at, g] = sums[g] + part * edge[g]
            people[here, at] = sums[everyone] + edge[everyone] if whole else wanted
            ring[here, at] = squared[first]
            share[here, at] = part


@njit(cache=True, nogil=True, error_model="numpy")
def fade(
    strips: Strips,
    order: Int64s,
    rate: float,
    slot: Int64s,
    unit: Int64s,
    ring: Floats,
    share: Floats,
    counts: Floats,
    total: Floats,
) -> None:
    """Weigh the people of each neighbourhood that `sweep` found by exp(-rate * distance).

    Everyone within the largest radius is visited once, and belongs to every k whose ring is
    farther away and to those whose ring they are on in their part.
    """
    everyone = strips.people.shape[1] - 1
    sizes = slot.size
    sums = np.empty((sizes, everyone + 1))
    for p in order:
        px, py, r = strips.x[p], strips.y[p], strips.region[p]
        sums[:] = 0.0
        outer = ring[slot[sizes - 1], unit[p]]
        reach = np.sqrt(outer) + strips.guard
        bottom, rows = strips.bottom[r], strips.rows[r]
        first = int(min(max((py - reach - bottom) / strips.height - 1.0, 0.0), rows - 1.0))
        last = int(max(min((py + reach - bottom) / strips.height + 1.0, rows - 1.0), 0.0))
        for row in range(first, last + 1):
            strip = strips.strip[r] + row
            near = max(strips.low[strip] - py, py - strips.high[strip], 0.0)
            rest = outer * (1.0 + _ROUNDING) - near * near
            if not rest >= 0.0:
                continue
            edge = np.sqrt(rest) * (1.0 + 1e-12) + strips.guard
            bucket = strips.bucket[r] + row * strips.columns[r]
            end = strips.start[bucket + strips.columns[r]]
            i = _rank(strips, r, bucket, px - edge)
            while i < end and strips.x[i] - px <= edge:
                dx, dy = strips.x[i] - px, strips.y[i] - py
                s = dx * dx + dy * dy
                if s <= outer:
                    weight = np.exp(-rate * np.sqrt(s))
                    given = 0.0
                    j = 0
                    while ring[slot[j], unit[p]] < s:
                        j += 1
                    while given < 1.0 and j < sizes:
                        on_ring = ring[slot[j], unit[p]] == s
                        part = share[slot[j], unit[p]] if on_ring else 1.0
                        for g in range(everyone + 1):
                            sums[j, g] += (part - given) * weight * strips.people[i, g]
                        given = part
                        j += 1
                i += 1
        for j in range(sizes):
            here, at = slot[j], unit[p]
            if j > 0:
                sums[j] += sums[j - 1]
            for g in range(everyone):
                counts[here, at, g] = sums[j, g]
            total[here, at] = sums[j, everyone]
