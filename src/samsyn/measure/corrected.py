"""Dissimilarity and Gini corrected for the unevenness that chance alone makes in small units.

Where a unit holds few people, or a group is small, D and G are far above 0 even when everyone
settles at random. `modified_dissimilarity` and `modified_gini` put the chance level at 0;
`density_corrected_dissimilarity` and `bias_corrected_dissimilarity` estimate the D of the
probabilities behind the counts. Shapes and symbols as in `evenness`: x against y, or everyone
else. These indices are of counts of people: scaling the counts changes them, rightly.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samsyn.measure._contrast import Contrast, contrast
from samsyn.measure._numbers import Floats, divide
from samsyn.measure._problem import choose
from samsyn.measure._replication import Progress, Seed
from samsyn.measure._table import Counts
from samsyn.measure.errors import InputError
from samsyn.measure.evenness import dissimilarity, gini
from samsyn.measure.inference import bootstrap, randomise
from samsyn.measure.significance import chance_corrected, known_mean


def expected_dissimilarity(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
    null: Literal["margins", "evenness"] = "margins",
) -> Floats:
    """Expected D where there is no segregation, by formula and not by simulation.

    E D = sum_u E|x_u - t_u P| / (2 T P (1 - P)), where x_u is binomial (t_u, P) for "evenness"
    and hypergeometric (T, X, t_u) for "margins", a random table with both margins fixed, for
    which the formula is exact. The mean deviations have closed forms:
    E|x - n P| = 2 m C(n, m) P^m (1 - P)^(n - m + 1) with m = floor(n P) + 1 (De Moivre), and
    E|x - n K / N| = 2 m (N - K - n + m) / N * P(x = m) with m = floor(n K / N) + 1.
    Range 0 to 1. Fractional counts are rounded to whole people.
    Source: Winship (1977), Social Forces 55, 1058-1066; Diaconis and Zabell (1991), Statistical
    Science 6, 284-302.
    """
    choose(null, {"evenness": None, "margins": None}, "null")
    pair = contrast(counts, region, group, against)
    x_margin, y_margin = pair.x_margin, pair.y_margin
    whole = x_margin + y_margin
    people = pair.x + pair.y
    number = np.where(people > 0, np.maximum(np.rint(people), 1.0), 0.0)
    if null == "evenness":
        share = x_margin / np.where(whole > 0, whole, 1.0)
        deviation = _binomial_deviation(number, pair.regions.spread(share))
        deviation = deviation * people / np.where(number > 0, number, 1.0)
    else:
        number = np.rint(pair.x) + np.rint(pair.y)
        x_margin = pair.regions.sum(np.rint(pair.x))
        y_margin = pair.regions.sum(np.rint(pair.y))
        whole = x_margin + y_margin
        deviation = _hypergeometric_deviation(
            number, pair.regions.spread(x_margin), pair.regions.spread(whole)
        )
    return pair.answer(
        divide(
            pair.regions.sum(deviation), 2.0 * x_margin * y_margin / np.where(whole > 0, whole, 1.0)
        )
    )


def _binomial_deviation(n: Floats, p: Floats) -> Floats:
    """Mean absolute deviation of a binomial variable; 0 where it cannot vary."""
    from scipy.special import gammaln, xlog1py, xlogy

    m = np.floor(n * p) + 1.0
    varies = (n > 0) & (p > 0) & (p < 1) & (m <= n)
    n, p, m = (np.where(varies, v, w) for v, w in ((n, 1.0), (p, 0.5), (m, 1.0)))
    log = gammaln(n + 1) - gammaln(m + 1) - gammaln(n - m + 1) + xlogy(m, p)
    return np.where(varies, 2.0 * m * np.exp(log + xlog1py(n - m + 1.0, -p)), 0.0)


def _hypergeometric_deviation(n: Floats, k: Floats, whole: Floats) -> Floats:
    """Mean absolute deviation of n draws of `whole` people, k of them in the group."""
    from scipy.special import gammaln

    def log_choose(of: Floats, some: Floats) -> Floats:
        chosen: Floats = gammaln(of + 1) - gammaln(some + 1) - gammaln(of - some + 1)
        return chosen

    m = np.floor(n * k / np.where(whole > 0, whole, 1.0)) + 1.0
    varies = (m <= n) & (m <= k) & (n - m <= whole - k)
    n, k, whole, m = (np.where(varies, v, 1.0) for v in (n, k, whole, m))
    log = log_choose(k, m) + log_choose(whole - k, n - m) - log_choose(whole, n)
    return np.where(varies, 2.0 * m * (whole - k - n + m) / whole * np.exp(log), 0.0)


def modified_dissimilarity(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
    null: Literal["margins", "evenness", "systematic"] = "margins",
    replicates: int | None = None,
    seed: Seed = None,
    progress: Progress | None = None,
) -> Floats:
    """Dissimilarity on a scale where chance alone is 0.

    (D - D*) / (1 - D*) where D >= D*, (D - D*) / D* below; D* is the expected D under the `null`
    (see `randomise`): by formula (`expected_dissimilarity`) where `replicates` is None, else the
    mean of as many simulated tables, which "systematic" needs. Range -1 (exactly even) to 1; 0 is
    chance. Source: Carrington and Troske (1997), Journal of Business & Economic Statistics 15,
    402-409.
    """
    pair = contrast(counts, region, group, against)
    value = dissimilarity(counts, region, group=group, against=against)
    if replicates is not None:
        expected = _simulated("dissimilarity", pair, null, replicates, seed, progress)
    elif null == "systematic":
        raise InputError('null="systematic" has no formula: give replicates to simulate it')
    else:
        expected = expected_dissimilarity(counts, region, group=group, against=against, null=null)
    return chance_corrected(value, expected)


def modified_gini(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
    null: Literal["margins", "evenness", "systematic"] = "margins",
    replicates: int = 500,
    seed: Seed = None,
    progress: Progress | None = None,
) -> Floats:
    """Gini index on a scale where chance alone is 0.

    (G - G*) / (1 - G*) where G >= G*, (G - G*) / G* below; G* is the mean G of tables simulated
    under the `null` (see `randomise`). Range -1 (exactly even) to 1; 0 is chance.
    Source: Carrington and Troske (1997), Journal of Business & Economic Statistics 15, 402-409.
    """
    pair = contrast(counts, region, group, against)
    expected = _simulated("gini", pair, null, replicates, seed, progress)
    return chance_corrected(gini(counts, region, group=group, against=against), expected)


def density_corrected_dissimilarity(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
) -> Floats:
    """Dissimilarity less the part of each unit's difference that its sampling noise explains.

    D = 1/2 sum_u s_u theta_u, with s_u^2 = x_u / X (1 - x_u / X) / X + y_u / Y (1 - y_u / Y) / Y,
    the variance of a unit's difference, and theta_u the theta that makes the found
    |x_u / X - y_u / Y| / s_u = t most likely where it is the size of a normal variable of mean
    theta: the root of theta = t tanh(t theta), 0 where t <= 1. Range 0 to 1, never above D; 0
    where every difference is within one standard deviation. Source: Allen, Burgess, Davidson and
    Windmeijer (2015), Econometrics Journal 18, 40-66.
    """
    pair = contrast(counts, region, group, against)
    variance = _variance(pair.x_share, pair.x_margin, pair) + _variance(
        pair.y_share, pair.y_margin, pair
    )
    apart = np.abs(pair.x_share - pair.y_share)
    noise = np.sqrt(variance)
    # Without noise a difference is what it is: the whole of a group in one unit.
    ratio = apart / np.where(noise > 0, noise, 1.0)
    kept = np.where(noise > 0, noise * _likeliest(ratio), apart)
    return pair.answer(0.5 * pair.regions.sum(kept))


def _variance(share: Floats, margin: Floats, pair: Contrast) -> Floats:
    """Variance of a share that is multinomial among the margin's people."""
    people = pair.regions.spread(margin)
    return np.maximum(share * (1.0 - share), 0.0) / np.where(people > 0, people, 1.0)


def _likeliest(size: Floats) -> Floats:
    """The mean theta >= 0 of a normal variable of variance 1 that makes its `size` likeliest.

    Newton's method from above, where theta - t tanh(t theta) is convex, so that every step stays
    above the root. It slows down as the root nears 0 with t near 1, at worst by a third a step.
    """
    apart = size > 1.0
    t = size[apart]
    theta = t.copy()
    for _ in range(100):
        bent = np.tanh(t * theta)
        step = (theta - t * bent) / np.maximum(1.0 - t**2 * (1.0 - bent**2), 1e-14)
        theta = np.maximum(theta - step, 0.0)
        if not np.any(np.abs(step) > 1e-15 * t):
            break
    found = np.zeros_like(size)
    found[apart] = theta
    return found


def bias_corrected_dissimilarity(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
    method: Literal["bootstrap", "density"] = "bootstrap",
    replicates: int = 500,
    seed: Seed = None,
    progress: Progress | None = None,
) -> Floats:
    """Dissimilarity less an estimate of its upward bias.

    "bootstrap": 2 D - mean of D over `replicates` tables in which the people of x and of y are
    drawn anew over the region's units, by their own distributions; it lies between -1 and 2, and
    leaves 0 to 1 only where there are few people.
    "density" is `density_corrected_dissimilarity`, which removes more of the bias where units are
    small and segregation is low.
    Source: Allen, Burgess, Davidson and Windmeijer (2015), Econometrics Journal 18, 40-66.
    """
    choose(method, {"bootstrap": None, "density": None}, "method")
    if method == "density":
        return density_corrected_dissimilarity(counts, region, group=group, against=against)
    pair = contrast(counts, region, group, against)
    value = dissimilarity(counts, region, group=group, against=against)
    flat, regions = _flat(pair)
    drawn = bootstrap(
        "dissimilarity",
        flat,
        regions,
        group=0,
        resample="groups",
        replicates=replicates,
        seed=seed,
        progress=progress,
    )
    return 2.0 * value - _unflat(known_mean(drawn), pair)


def _simulated(
    index: str,
    pair: Contrast,
    null: Literal["evenness", "systematic", "margins"],
    replicates: int,
    seed: Seed,
    progress: Progress | None,
) -> Floats:
    """Mean of an index over tables simulated under the null, for each contrast by itself."""
    flat, regions = _flat(pair)
    drawn = randomise(
        index,
        flat,
        regions,
        group=0,
        null=null,
        replicates=replicates,
        seed=seed,
        progress=progress,
    )
    return _unflat(known_mean(drawn), pair)


def _flat(pair: Contrast) -> tuple[Floats, NDArray[np.intp]]:
    """Every contrast of every table as regions of its own: counts (..., 2) and their regions."""
    x, y = (np.moveaxis(side, -1, 0) for side in (pair.x, pair.y))
    copies = x.size // max(1, x.shape[-1])
    region = pair.regions.index + pair.regions.size * np.arange(copies)[:, np.newaxis]
    return np.stack((x.ravel(), y.ravel()), axis=-1), region.ravel()


def _unflat(values: Floats, pair: Contrast) -> Floats:
    """Values of the flat regions, as the contrast answers."""
    shape = pair.x_margin.shape
    # The last regions may have no unit.
    whole = np.full(pair.x_margin.size, np.nan)
    whole[: values.size] = values
    return pair.answer(np.moveaxis(whole.reshape(shape[-1], *shape[:-1]), 0, -1))
