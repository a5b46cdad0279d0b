"""How often the intervals hold the true value, in simulated towns; the figures of the methods page.

    .venv/bin/python -m benchmarks.coverage

A town has 30 units of equal size. The chance of belonging to the minority is a beta variable of
mean 1/4 in each unit ("segregated") or 1/4 everywhere ("even"); people are drawn from it. The true
value is the index of the chances. All towns are measured at once, as regions.
"""

from __future__ import annotations

import numpy as np

from samsyn.measure import dissimilarity, estimate, multigroup_theil_h

TOWNS, UNITS = 400, 30


def towns(people: int, segregated: bool, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Counts, the chances behind them as fractional counts, and the town of each unit."""
    rng = np.random.default_rng(seed)
    size = TOWNS * UNITS
    chance = rng.beta(1.5, 4.5, size) if segregated else np.full(size, 0.25)
    minority = rng.binomial(people, chance)
    counts = np.column_stack([minority, people - minority]).astype(float)
    expected = people * np.column_stack([chance, 1 - chance])
    return counts, expected, np.repeat(np.arange(TOWNS), UNITS)


def main() -> None:
    """Print the share of towns whose interval holds the true value."""
    print("| towns | people a unit | index | percentile | bca | basic |\n|---|---|---|---|---|---|")
    for segregated in (True, False):
        for people in (300, 50):
            counts, expected, town = towns(people, segregated, seed=1)
            for index, options in ((multigroup_theil_h, {}), (dissimilarity, {"group": 0})):
                truth = index(expected, town, **options)
                held = []
                for interval in ("percentile", "bca", "basic"):
                    found = estimate(index, counts, town, interval=interval, seed=2, **options)
                    inside = (found.lower <= truth + 1e-12) & (truth <= found.upper + 1e-12)
                    held.append(f"{inside.mean():.0%}")
                kind = "segregated" if segregated else "even"
                print(f"| {kind} | {people} | {index.__name__} | {' | '.join(held)} |")


if __name__ == "__main__":
    main()
