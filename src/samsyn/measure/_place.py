"""Where units lie and how large they are: checked, and in the order of the regions."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._numbers import Floats
from samsyn.measure._regions import Regions
from samsyn.measure.errors import InputError


def areas(area: ArrayLike, regions: Regions) -> Floats:
    """The area of each unit (U,); InputError names the first that is negative or not finite."""
    given = np.asarray(area, dtype=np.float64)
    if given.shape != regions.index.shape:
        raise InputError(
            f"area has shape {given.shape} and counts have {regions.index.size} units: "
            "give one area for each unit"
        )
    wrong = np.flatnonzero(~((given >= 0) & (given < np.inf)))
    if wrong.size:
        row = int(wrong[0])
        raise InputError(f"area[{row}] is {given[row]}: areas must be finite and not negative")
    return regions.sorted(given)


def coordinates(xy: ArrayLike, regions: Regions) -> Floats:
    """The point of each unit (U, 2); InputError names the first that is not finite."""
    given = np.asarray(xy, dtype=np.float64)
    if given.shape != (regions.index.size, 2):
        raise InputError(
            f"xy has shape {given.shape} and counts have {regions.index.size} units: "
            "give an x and a y for each unit"
        )
    wrong = np.flatnonzero(~np.isfinite(given).all(axis=1))
    if wrong.size:
        row = int(wrong[0])
        raise InputError(f"xy[{row}] is {given[row].tolist()}: coordinates must be finite")
    return regions.sorted(given, axis=0)
