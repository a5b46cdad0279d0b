"""Compute indices on many replicates of a table, in blocks and on every core.

Each replicate has a random stream of its own, so that neither the size of a block nor the number
of cores changes the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from samsyn.measure._measures import Measures
from samsyn.measure._numbers import Floats
from samsyn.measure._regions import Regions
from samsyn.measure.errors import InputError
from samsyn.measure.sweeps.threads import processors

# In quotes, since NumPy loads its random module when it is first named.
Seed: TypeAlias = "int | np.random.Generator | np.random.SeedSequence | None"
Progress: TypeAlias = Callable[[int, int], None]

# Cells of counts in a block, two megabytes: the steps of an index stay near the processor.
BLOCK_CELLS = 1 << 18


def replicate(
    measures: Measures,
    draw: Callable[[int], Floats],
    regions: Regions,
    shape: tuple[int, int],
    replicates: int,
    block: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Floats]:
    """Every index on `replicates` tables of the given shape (U, G); `draw` makes the b-th."""
    if replicates < 1 or replicates != int(replicates):
        raise InputError(f"replicates is {replicates}: give a whole number, at least one")
    if block is not None and block < 1:
        raise InputError(f"block is {block}: it holds at least one replicate")
    size = block or max(1, BLOCK_CELLS // max(1, shape[0] * shape[1]))

    def compute(start: int) -> dict[str, Floats]:
        stop = min(start + size, replicates)
        counts = np.empty((stop - start, *shape))
        for b in range(start, stop):
            counts[b - start] = draw(b)
        return measures(counts, regions)

    parts = _in_parallel(compute, range(0, replicates, size), replicates, progress)
    return {m.name: np.concatenate([part[m.name] for part in parts]) for m in measures.each}


def _in_parallel(
    compute: Callable[[int], dict[str, Floats]],
    starts: range,
    total: int,
    progress: Progress | None,
) -> list[dict[str, Floats]]:
    """The blocks that begin at `starts`, in order, computed on every core.

    NumPy lets other threads run while it draws and computes, so threads are enough.
    """
    from concurrent.futures import ThreadPoolExecutor, as_completed

    with ThreadPoolExecutor(processors()) as pool:
        running = [pool.submit(compute, start) for start in starts]
        try:
            for count, done in enumerate(as_completed(running), start=1):
                done.result()
                if progress is not None:
                    progress(min(count * starts.step, total), total)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
        return [block.result() for block in running]


def part(progress: Progress | None, number: int, parts: int) -> Progress | None:
    """Progress of one of several equal parts, told as progress of the whole."""
    if progress is None:
        return None
    return lambda done, total: progress(number * total + done, parts * total)


def seed_sequence(seed: Seed) -> np.random.SeedSequence:
    """The seed as a sequence; a Generator gives one away, and moves on."""
    if isinstance(seed, np.random.Generator):
        return np.random.SeedSequence(seed.integers(2**63, size=2).tolist())
    return seed if isinstance(seed, np.random.SeedSequence) else np.random.SeedSequence(seed)


def streams(seed: Seed, purpose: int) -> Callable[[int], np.random.Generator]:
    """The random stream of each replicate, apart for every purpose that a seed serves."""
    root = seed_sequence(seed)

    def stream(b: int) -> np.random.Generator:
        # Not spawn(), which would remember its children: the same seed starts over each time.
        key = (*root.spawn_key, purpose, b)
        return np.random.default_rng(np.random.SeedSequence(root.entropy, spawn_key=key))

    return stream
