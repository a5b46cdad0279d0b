"""The addresses of borders, as the description of the API tells them."""

from __future__ import annotations

from typing import Any, Final

from samsyn.api.problems import USUAL


def _parameter(name: str, description: str, where: str = "query", **schema: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": where,
        "required": where == "path",
        "description": description,
        "schema": {"type": "string", **schema},
    }


def _operation(
    name: str, summary: str, media_type: str, schema: dict[str, Any], *parameters: dict[str, Any]
) -> dict[str, Any]:
    problems = {str(status): {"description": USUAL[status]} for status in (400, 404, 429)}
    content = {media_type: {"schema": schema}}
    return {
        "get": {
            "operationId": name,
            "tags": ["Borders"],
            "summary": summary,
            "parameters": [*parameters, RELEASE],
            "responses": {"200": {"description": summary, "content": content}, **problems},
        }
    }


RELEASE: Final = _parameter("release", "A release by its name; otherwise the current one")
KIND: Final = _parameter(
    "kind", "A kind of area", "path",
    enum=["deso", "regso", "municipality", "county", "country", "custom"],
)  # fmt: skip
VINTAGE: Final = _parameter("vintage", "A vintage of the kind; otherwise the newest with values")
OBJECT: Final[dict[str, Any]] = {"type": "object"}
NUMBER: Final = {"pattern": r"^\d{1,9}$"}

PATHS: Final[dict[str, Any]] = {
    "/api/geo/": _operation(
        "GetBorders", "The kinds of areas that have borders", "application/json", OBJECT
    ),
    "/api/geo/{kind}": _operation(
        "GetGeoJson", "The borders of a kind of area as GeoJSON", "application/geo+json", OBJECT,
        KIND, VINTAGE,
        _parameter("within", "Only areas in this one"),
        _parameter("resolution", "How finely they are drawn", enum=["fine", "medium", "coarse"]),
        _parameter("zoom", "The zoom of a map, instead of a resolution"),
    ),
    "/api/geo/{kind}/tiles.json": _operation(
        "GetTileJson", "What describes the vector tiles of a kind (TileJSON 3.0)",
        "application/json", OBJECT, KIND, VINTAGE,
    ),
    "/api/geo/{kind}/tiles/{z}/{x}/{y}.mvt": _operation(
        "GetTile", "A vector tile of the borders of a kind",
        "application/vnd.mapbox-vector-tile", {"type": "string", "format": "binary"},
        KIND,
        _parameter("z", "Zoom", "path", **NUMBER),
        _parameter("x", "Column", "path", **NUMBER),
        _parameter("y", "Row", "path", **NUMBER),
        VINTAGE,
    ),
}  # fmt: skip
