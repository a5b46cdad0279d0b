"""Morrill's 10 x 10 patterns, against the values of OasisR 3.1.1 and seg 0.5-7."""

from math import inf

import numpy as np
import pytest
from numpy.testing import assert_allclose

from samsyn.measure.boundary import boundary_dissimilarity, length_dissimilarity
from samsyn.measure.centralisation import absolute_centralisation, relative_centralisation
from samsyn.measure.clustering import (
    absolute_clustering,
    distance_decay_interaction,
    distance_decay_isolation,
    proximity_matrix,
    relative_clustering,
    spatial_proximity,
)
from samsyn.measure.concentration import absolute_concentration, delta, relative_concentration
from samsyn.measure.contiguity import contiguity
from tests.measure.places import grid, middles
from tests.reference import patterns, reference_values

pytestmark = pytest.mark.parametrize("letter", "ABCD")

XY = middles()
AREA = np.ones(100)
# Fifteen digits are given; sums of a hundred terms in another order differ in the last ones.
DIGITS = {"rtol": 1e-12, "atol": 1e-13}


def oasisr(letter, index):
    """The values by that name, those of pairs of groups row by row."""
    values = reference_values("OasisR", f"OasisR::segdata pattern {letter}")
    return [
        value for name, value in values.items() if name.startswith(f"{index}[") or name == index
    ]


def seg(letter, index):
    return reference_values("R seg", f"seg::segdata pattern {letter}")[index]


def off_diagonal(values):
    """Of a 2 x 2 table, the first group against the second and the second against the first."""
    return values[1:3]


def test_neighbours_who_share_a_side(letter):
    near = contiguity(grid())
    found = boundary_dissimilarity(patterns(letter), contiguity=near)[0]
    assert_allclose(found, oasisr(letter, "ISMorrill(rook)"), **DIGITS)
    assert_allclose(found, off_diagonal(oasisr(letter, "DIMorrill(rook)")), **DIGITS)
    assert_allclose(found[0], seg(letter, "seg() D(adj) rook nb/sum"), **DIGITS)
    # On a grid all borders are equally long.
    assert_allclose(length_dissimilarity(patterns(letter), contiguity=near)[0], found, **DIGITS)


def test_neighbours_who_share_a_side_or_a_corner(letter):
    found = boundary_dissimilarity(patterns(letter), contiguity=contiguity(grid(), "queen"))[0]
    assert_allclose(found, oasisr(letter, "ISMorrill(queen)"), **DIGITS)


def test_concentration(letter):
    counts = patterns(letter)
    assert_allclose(delta(counts, area=AREA)[0], oasisr(letter, "Delta"), **DIGITS)
    # Units of one size: there is no more and no less land that a group could live on.
    found = absolute_concentration(counts, area=AREA)[0]
    assert_allclose(found, oasisr(letter, "ACO"), **DIGITS)
    found = relative_concentration(counts, area=AREA)[0]
    assert_allclose(found, off_diagonal(oasisr(letter, "RCO")), **DIGITS)


def test_mean_proximity(letter):
    counts = np.array(patterns(letter))
    found = proximity_matrix(counts, xy=XY)[0]
    assert_allclose(np.diag(found), oasisr(letter, "Pxx"), **DIGITS)
    assert_allclose(found.ravel(), oasisr(letter, "Pxy"), **DIGITS)
    everyone = proximity_matrix(counts.sum(axis=1, keepdims=True), xy=XY)
    assert_allclose(everyone.ravel(), oasisr(letter, "Poo"), **DIGITS)


def test_clustering_by_distance(letter):
    counts = patterns(letter)
    found = absolute_clustering(counts, xy=XY)[0]
    assert_allclose(found, oasisr(letter, "ACL(spatmat=d)"), **DIGITS)
    found = relative_clustering(counts, xy=XY)[0]
    assert_allclose(found, off_diagonal(oasisr(letter, "RCL")), **DIGITS)
    found = spatial_proximity(counts, xy=XY)[0]
    assert_allclose(found, off_diagonal(oasisr(letter, "SP(between)")), **DIGITS)
    found = spatial_proximity(counts, xy=XY, multigroup=True)
    assert_allclose(found, oasisr(letter, "SP(multi)"), **DIGITS)


def test_clustering_by_contiguity_of_others_than_the_unit_itself(letter):
    # The value was made with a plain contiguity matrix, its diagonal 0.
    near = contiguity(grid())
    found = absolute_clustering(patterns(letter), contiguity=near, own_distance=inf)[0]
    assert_allclose(found, oasisr(letter, "ACL(contig rook)"), **DIGITS)


def test_seg_leaves_the_unit_itself_out_of_proximity(letter):
    # White's sum runs over all pairs, a unit with itself included; that of seg's isp does not.
    found = spatial_proximity(patterns(letter), xy=XY, own_distance=inf, multigroup=True)
    assert_allclose(found, [seg(letter, "isp")], **DIGITS)


def test_distance_decay(letter):
    counts = patterns(letter)
    isolation = distance_decay_isolation(counts, xy=XY)[0]
    interaction = distance_decay_interaction(counts, xy=XY)[0]
    assert_allclose(isolation, oasisr(letter, "DPxx"), **DIGITS)
    table = [isolation[0], *interaction, isolation[1]]
    assert_allclose(table, oasisr(letter, "DPxy"), **DIGITS)


def test_centralisation_around_the_first_unit(letter):
    counts = patterns(letter)
    relative = relative_centralisation(counts, xy=XY, centre=XY[0])[0]
    assert_allclose(relative, off_diagonal(oasisr(letter, "RCE(center=1)")), **DIGITS)
    # OasisR goes over a difference that it divides by 1 - P; its own last digits are lost.
    people = absolute_centralisation(counts, xy=XY, centre=XY[0], spread="people")[0]
    assert_allclose(people, oasisr(letter, "ACEDuncan(center=1)"), rtol=0, atol=1e-12)


def test_oasisr_takes_units_at_one_distance_one_after_another_in_its_ace(letter):
    # Its RCE takes them together, as we do in both: else the order of rows changes the answer.
    # Its order is had by units on a line, so that no distances tie.
    away = np.hypot(*(XY - XY[0]).T)
    line = np.column_stack([np.argsort(np.argsort(away, kind="stable")), np.zeros(100)])
    found = absolute_centralisation(patterns(letter), xy=line, centre=[0, 0], area=AREA)[0]
    assert_allclose(found, oasisr(letter, "ACE(center=1)"), rtol=0, atol=1e-12)
