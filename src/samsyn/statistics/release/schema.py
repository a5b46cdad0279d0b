"""The tables of a release: their files, columns and types.

Every table is written sorted by its first columns. `area` and `region` are area keys as text.
`source` is a position in the manifest's list of sources; derived tables have none, so that raw and
derived values never share a provenance.
"""

from __future__ import annotations

from typing import Final

import polars as pl

TEXT, NUMBER = pl.String, pl.Float64

# The areas: `municipality`, `county` and `parent` are keys; `main_group` and `type_group` are the
# municipality types; `x` and `y` the centroid in SWEREF 99 TM, `lon` and `lat` the same in degrees,
# `weighted` whether people weigh in it; the bounding box is in degrees; `shape_from` is the
# vintage whose borders stand in where the area's own are not known.
AREAS: Final = {
    "area": TEXT, "kind": TEXT, "vintage": TEXT, "code": TEXT, "name": TEXT, "search": TEXT,
    "parent": TEXT, "municipality": TEXT, "county": TEXT, "main_group": TEXT, "type_group": TEXT,
    "x": NUMBER, "y": NUMBER, "lon": NUMBER, "lat": NUMBER, "weighted": pl.Boolean,
    "west": NUMBER, "south": NUMBER, "east": NUMBER, "north": NUMBER,
    "land_area": NUMBER, "shape_from": TEXT,
}  # fmt: skip
# A part of a custom area, or any other membership beside the hierarchy.
MEMBERS: Final = {"area": TEXT, "member": TEXT, "weight": NUMBER}
SHAPES: Final = {"area": TEXT, "kind": TEXT, "vintage": TEXT, "geometry": pl.Binary}
RESOLUTIONS: Final = ("fine", "medium", "coarse")
NEIGHBOURS: Final = {"area": TEXT, "neighbour": TEXT, "border": NUMBER}
# From an area of one vintage to one of another: the share of the source that goes there, by land
# area and by people where a finer grid is known, and the error that this can make.
CROSSWALK: Final = {
    "area": TEXT, "target": TEXT, "area_share": NUMBER, "population_share": NUMBER, "error": NUMBER,
}  # fmt: skip

# Counts of a grouping's groups. `method` says how a value came to be: published, computed (from
# counts), aggregated (summed from smaller areas), weighted (a percentage with its base, averaged).
COUNTS: Final = {
    "grouping": TEXT, "area": TEXT, "period": TEXT, "group": TEXT, "sex": TEXT, "age": TEXT,
    "count": NUMBER, "status": TEXT, "method": TEXT, "source": pl.Int32,
}  # fmt: skip
OBSERVATIONS: Final = {
    "indicator": TEXT, "area": TEXT, "period": TEXT, "sex": TEXT, "age": TEXT,
    "value": NUMBER, "status": TEXT, "numerator": NUMBER, "denominator": NUMBER,
    "method": TEXT, "source": pl.Int32,
}  # fmt: skip
METHODS: Final = ("published", "computed", "aggregated", "weighted")

# Derived. `units` is a kind and vintage, such as deso/2018; `group` and `against` are null where an
# index is of all groups together.
INDICES: Final = {
    "grouping": TEXT, "units": TEXT, "level": TEXT, "region": TEXT, "period": TEXT, "index": TEXT,
    "group": TEXT, "against": TEXT, "value": NUMBER, "lower": NUMBER, "upper": NUMBER,
    "expected": NUMBER, "corrected": NUMBER,
}  # fmt: skip
DECOMPOSITION: Final = {
    "grouping": TEXT, "units": TEXT, "region": TEXT, "period": TEXT, "index": TEXT,
    "between": TEXT, "within": TEXT, "value": NUMBER, "share": NUMBER,
}  # fmt: skip
AREA_TYPES: Final = {
    "area": TEXT, "period": TEXT, "index": NUMBER, "z": NUMBER, "computed": pl.Int8,
    "published": pl.Int8, "uncertain": pl.Boolean, "low_economic_standard": NUMBER,
    "pre_upper_secondary": NUMBER, "third": NUMBER, "third_component": TEXT,
}  # fmt: skip
QUOTIENTS: Final = {
    "grouping": TEXT, "area": TEXT, "period": TEXT, "group": TEXT, "region": TEXT, "value": NUMBER,
}  # fmt: skip

# A check's finding: `severity` is error (the release is refused), warning or note.
FINDINGS: Final = {
    "check": TEXT, "severity": TEXT, "message": TEXT, "subject": TEXT, "area": TEXT, "period": TEXT,
    "file": TEXT, "row": pl.UInt32,
}  # fmt: skip
COVERAGE: Final = {
    "subject": TEXT, "kind": TEXT, "vintage": TEXT, "period": TEXT, "areas": pl.UInt32,
    "known": pl.UInt32, "share": NUMBER,
}  # fmt: skip

# Files of a release. Counts and observations are folders with a file for each grouping and
# indicator, sorted by kind, area and period, so that a query reads little.
FILES: Final = {
    "areas": AREAS, "members": MEMBERS, "neighbours": NEIGHBOURS, "crosswalk": CROSSWALK,
    "indices": INDICES, "decomposition": DECOMPOSITION, "area_types": AREA_TYPES,
    "quotients": QUOTIENTS, "findings": FINDINGS, "coverage": COVERAGE,
}  # fmt: skip
COUNTS_FOLDER, OBSERVATIONS_FOLDER, SHAPES_FOLDER = "counts", "observations", "shapes"
