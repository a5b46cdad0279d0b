"""A made-up country of populated 100 m cells: towns with dense cores, a sparse countryside.

NumPy alone is needed here, so that the peers' environment can make it too.
"""

from __future__ import annotations

import numpy as np

WIDTH, HEIGHT = 4_000, 10_000  # cells: 400 km by 1,000 km
PEOPLE = 21  # in a cell, on average: 10.5 million in 500,000 cells
SPACING = 100.0  # metres


def national_cells(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The midpoints (n, 2) of populated cells in metres, and the people in three groups (n, 3).

    Two thirds of the cells lie in towns, whose sizes follow Zipf's law and whose cores are filled
    to two fifths and thin out outwards; the rest are spread over the country, nearer to towns
    than chance would have it. Cells near a town's core hold more people. The groups' shares
    vary between towns and between the parts of a town.
    """
    rng = np.random.default_rng(seed)
    towns = max(n // 250, 1)
    sizes = 1.0 / np.arange(1, towns + 1) ** 0.9
    centre = rng.uniform((300, 300), (WIDTH - 300, HEIGHT - 300), (towns, 2))
    taken = np.zeros(0, dtype=np.int64)
    town = np.zeros(0, dtype=np.int64)
    while taken.size < n:
        new_town = rng.choice(towns, n, p=sizes / sizes.sum())
        kind = rng.uniform(size=n)
        # The core is a disc that its cells fill to two fifths on average; suburbs reach farther.
        radius = np.sqrt(n * 0.66 * sizes / sizes.sum() / (np.pi * 0.4))[new_town] + 1.0
        away = np.where(
            kind < 0.45,
            radius * np.sqrt(rng.uniform(size=n)),
            np.where(kind < 0.66, radius * rng.gamma(2.0, 0.8, n), 60 * rng.gamma(2.0, 2.0, n)),
        )
        angle = rng.uniform(0, 2 * np.pi, n)
        cell = centre[new_town] + away[:, None] * np.stack([np.cos(angle), np.sin(angle)], 1)
        wild = kind > 0.85
        cell[wild] = rng.uniform((0, 0), (WIDTH, HEIGHT), (int(wild.sum()), 2))
        cell = np.clip(np.floor(cell), 0, (WIDTH - 1, HEIGHT - 1)).astype(np.int64)
        key = np.concatenate([taken, cell[:, 1] * WIDTH + cell[:, 0]])
        town = np.concatenate([town, new_town])
        taken, first = np.unique(key, return_index=True)
        town = town[first]
    chosen = rng.permutation(taken.size)[:n]
    taken, town = taken[chosen], town[chosen]
    column, row = taken % WIDTH, taken // WIDTH
    apart = np.hypot(column + 0.5 - centre[town, 0], row + 0.5 - centre[town, 1])
    core = np.sqrt(n * 0.66 * sizes / sizes.sum() / (np.pi * 0.4))[town] + 1.0
    dense = (0.15 + np.exp(-apart / core)) * sizes[town] ** 0.15
    weight = dense * rng.lognormal(0.0, 0.9, n)
    people = 1 + rng.poisson(weight * (PEOPLE - 1) / weight.mean())
    part = rng.normal(0, 0.5, (towns, 8, 3))[town, (column // 10 + 3 * (row // 10)) % 8]
    appeal = np.exp(rng.normal(0, 0.5, (towns, 3))[town] + part) * [0.70, 0.20, 0.10]
    counts = rng.multinomial(people, appeal / appeal.sum(axis=1, keepdims=True))
    xy = np.stack([column, row], axis=1) * SPACING + (250_050.0, 6_100_050.0)
    return xy, counts.astype(np.float64)
