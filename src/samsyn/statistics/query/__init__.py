"""Questions to a release: areas, values, series, indices, area types, shapes, and their sources."""

from samsyn.statistics.query.citing import source_named, source_said
from samsyn.statistics.query.jsonstat import jsonstat
from samsyn.statistics.query.periods import LATEST, Periods
from samsyn.statistics.query.places import Area
from samsyn.statistics.query.release import Release

__all__ = ["LATEST", "Area", "Periods", "Release", "jsonstat", "source_named", "source_said"]
