"""Figures that exist for municipalities only: schools, elections, trust, safety and health."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.statistics.demonstration.design import MUNICIPALITIES
from samsyn.statistics.demonstration.geography import Geography
from samsyn.statistics.demonstration.population import YEARS, People

Floats = NDArray[np.float64]
ELECTIONS: Final = (2014, 2018, 2022)
# Level, slope on the municipality's standing, change a year, noise, decimals.
FIGURES: Final = {
    "upper_secondary_eligibility": (0.84, -0.035, 0.001, 0.012, 4),
    "neet_share": (0.082, 0.022, -0.0008, 0.004, 4),
    "preschool_enrolment": (0.845, -0.012, 0.003, 0.006, 4),
    "overcrowded_share": (0.11, 0.045, 0.0015, 0.005, 4),
    "youth_long_term_unemployment": (0.011, 0.006, -0.0002, 0.001, 4),
    "unemployed_18_64": (0.068, 0.02, -0.001, 0.003, 4),
    "long_term_social_assistance": (0.013, 0.007, -0.0002, 0.001, 4),
    "child_economic_hardship": (0.092, 0.04, -0.001, 0.004, 4),
    "distrust_share": (0.27, 0.05, 0.001, 0.012, 4),
    "perceived_unsafety_share": (0.21, 0.045, 0.002, 0.012, 4),
    "reported_violent_crime": (880.0, 210.0, 6.0, 35.0, 0),
    "self_rated_health_good": (0.73, -0.03, -0.001, 0.01, 4),
    "sickness_rate": (26.5, 3.2, -0.25, 0.5, 1),
    "life_expectancy": (82.4, -0.9, 0.11, 0.15, 2),
}
# Surveys are not made every year, and the two smallest municipalities had too few answers.
SURVEYS: Final = ("distrust_share", "perceived_unsafety_share", "self_rated_health_good")
TOO_FEW: Final = (6, 7)


def municipal_figures(rng: np.random.Generator, place: Geography, people: People) -> pl.DataFrame:
    """Observations of each municipality and year; a survey has some years and places only."""
    standing = _standing(place, people)
    frames = []
    for indicator, (level, slope, change, noise, digits) in FIGURES.items():
        years = np.arange(len(YEARS))
        values = level + slope * standing + change * years
        values = values + rng.normal(0, noise, values.shape)
        status = np.full(values.shape, "ok", dtype=object)
        if indicator in SURVEYS:
            status[TOO_FEW, :] = "secret"
            status[:, [i for i, year in enumerate(YEARS) if year % 2]] = "missing"
        frames.append(_tidy(indicator, place, values.round(digits), status))
    return pl.concat(frames)


def turnout(rng: np.random.Generator, place: Geography, people: People) -> pl.DataFrame:
    """Turnout by sex, with votes and persons entitled to vote."""
    standing = _standing(place, people)
    voters = np.zeros((len(MUNICIPALITIES), len(YEARS)))
    np.add.at(voters, place.regso_municipality[place.old_regso], people.population * 0.77)
    frames = []
    for indicator, level in (("turnout_riksdag", 0.862), ("turnout_municipal", 0.838)):
        for year in ELECTIONS:
            at = YEARS.index(year)
            women = np.rint(voters[:, at] * 0.503)
            men = np.rint(voters[:, at]) - women
            share = level - 0.045 * standing[:, at] + rng.normal(0, 0.006, women.size)
            cast = np.rint(women * (share + 0.008)), np.rint(men * (share - 0.008))
            for sex, votes, entitled in (
                ("women", cast[0], women),
                ("men", cast[1], men),
                ("total", cast[0] + cast[1], women + men),
            ):
                frames.append(
                    pl.DataFrame(
                        {
                            "area": [f"municipality/2025/{c}" for c in place.municipality_codes],
                            "indicator": indicator,
                            "period": str(year),
                            "sex": sex,
                            "value": votes / entitled,
                            "status": "ok",
                            "numerator": votes,
                            "denominator": entitled,
                        }
                    )
                )
    return pl.concat(frames)


def _standing(place: Geography, people: People) -> Floats:
    """The mean standing of each municipality's people, (M, Y)."""
    owner = place.regso_municipality[place.old_regso]
    size = (len(MUNICIPALITIES), len(YEARS))
    total, weighted = np.zeros(size), np.zeros(size)
    np.add.at(total, owner, people.population)
    np.add.at(weighted, owner, people.population * people.standing)
    return np.asarray(weighted / total, dtype=np.float64)


def _tidy(
    indicator: str, place: Geography, values: Floats, status: NDArray[np.object_]
) -> pl.DataFrame:
    areas = [f"municipality/2025/{code}" for code in place.municipality_codes]
    return pl.DataFrame(
        {
            "area": np.repeat(np.array(areas), len(YEARS)),
            "indicator": indicator,
            "period": np.tile(np.array(YEARS).astype(str), len(areas)),
            "value": values.reshape(-1),
            "status": status.reshape(-1).tolist(),
        }
    ).with_columns(value=pl.when(pl.col("status") == "ok").then("value"))
