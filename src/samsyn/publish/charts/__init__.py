"""Charts: one Vega-Lite specification each, with its message, its table and its source."""

from samsyn.publish.charts.area_types import area_types
from samsyn.publish.charts.chart import Chart
from samsyn.publish.charts.composition import composition
from samsyn.publish.charts.line import line
from samsyn.publish.charts.ranking import ranking, with_ranks
from samsyn.publish.charts.scales import scales
from samsyn.publish.charts.spread import spread
from samsyn.publish.charts.standing import standing, trace
from samsyn.publish.charts.strips import strip, strip_of
from samsyn.publish.charts.type_course import type_course
from samsyn.publish.charts.type_flows import type_flows

__all__ = [
    "Chart",
    "area_types",
    "composition",
    "line",
    "ranking",
    "scales",
    "spread",
    "standing",
    "strip",
    "strip_of",
    "trace",
    "type_course",
    "type_flows",
    "with_ranks",
]
