"""Maps as small SVG: areas in classes, by type or by an indicator's values."""

from samsyn.publish.maps.choropleth import Map, choropleth
from samsyn.publish.maps.classes import Classes, by_type, by_value
from samsyn.publish.maps.places import place_map

__all__ = ["Classes", "Map", "by_type", "by_value", "choropleth", "place_map"]
