"""The addresses of PxWebApi 2, as the description of the API tells them."""

from __future__ import annotations

from typing import Any, Final

from samsyn.api.problems import USUAL
from samsyn.api.pxweb.files import ELSEWHERE, FORMATS, PARAMETERS
from samsyn.api.pxweb.listing import LARGEST

TEXT: Final = {"type": "string"}
TEXTS: Final = {"type": "array", "items": TEXT}
MAYBE: Final = {"type": ["array", "null"], "items": TEXT}
OBJECT: Final = {"type": "object"}


def _parameter(
    name: str, description: str, schema: dict[str, Any], where: str = "query", **more: Any
) -> dict[str, Any]:
    return {
        "name": name,
        "in": where,
        "required": where == "path",
        "description": description,
        "schema": schema,
        **more,
    }


def _named(schema: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{schema}"}


def _operation(
    name: str,
    summary: str,
    content: dict[str, Any],
    parameters: list[dict[str, Any]],
    *,
    problems: tuple[int, ...] = (400, 404, 429),
    body: dict[str, Any] | None = None,
) -> dict[str, Any]:
    told = {str(one): {"description": USUAL.get(one, PROBLEMS.get(one, ""))} for one in problems}
    operation: dict[str, Any] = {
        "operationId": name,
        "tags": ["PxWebApi 2"],
        "summary": summary,
        "parameters": [*parameters, RELEASE],
        "responses": {"200": {"description": summary, "content": content}, **told},
    }
    if body is not None:
        operation["requestBody"] = {"content": {"application/json": {"schema": body}}}
    return operation


def _json(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": _named(schema)}}


PROBLEMS: Final = {
    403: "The selection has more cells than an answer holds",
    413: "The body is too large",
}
RELEASE: Final = _parameter("release", "A release by its name; otherwise the current one", TEXT)
LANGUAGE: Final = _parameter("lang", "The language of texts", {"enum": ["sv", "en"]})
TABLE: Final = _parameter(
    "id", "A table by its id", TEXT, "path", examples={"population": {"value": "population"}}
)
VALUES: Final = _parameter(
    "valuecodes",
    "Codes or expressions by dimension: valuecodes[Tid]=top(3)",
    {"type": "object", "additionalProperties": TEXT},
    style="deepObject",
    explode=True,
)
CODELIST: Final = _parameter(
    "codelist",
    "A code list by dimension: codelist[Region]=vs_municipality_2025",
    {"type": "object", "additionalProperties": TEXT},
    style="deepObject",
    explode=True,
)
FORMAT: Final = _parameter(
    "outputFormat",
    f"The format. Of those that the standard names, {' and '.join(ELSEWHERE)} are not here",
    {"enum": list(FORMATS)},
)
FORM: Final = _parameter(
    "outputFormatParams",
    "How csv and xlsx are written",
    {"type": "array", "items": {"enum": list(PARAMETERS)}},
)
PLACES: Final = [
    _parameter(name, f"Dimensions in {what}", TEXTS, style="form", explode=False)
    for name, what in (("heading", "columns"), ("stub", "rows"))
]
COUNT: Final = {"type": "integer", "minimum": 1}
DATA: Final[dict[str, Any]] = {
    "application/json": {"schema": _named("Dataset")},
    "text/csv": {"schema": TEXT},
    "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
        "schema": {"type": "string", "format": "binary"}
    },
    "application/vnd.apache.parquet": {"schema": {"type": "string", "format": "binary"}},
}

PATHS: Final[dict[str, Any]] = {
    "/api/v2/config": {
        "get": _operation("GetApiConfiguration", "Limits, languages, formats", _json("Config"), [])
    },
    "/api/v2/tables": {
        "get": _operation(
            "ListAllTables",
            "Tables, or those that a search finds",
            _json("Tables"),
            [
                LANGUAGE,
                _parameter("query", "Words that a table has", TEXT),
                _parameter("pastDays", "Updated in so many days", {**COUNT, "maximum": 36_500}),
                _parameter("includeDiscontinued", "There are none", {"type": "boolean"}),
                _parameter("pageNumber", "Page", {**COUNT, "maximum": 1_000_000}),
                _parameter("pageSize", "Tables on a page", {**COUNT, "maximum": LARGEST}),
            ],
        )
    },
    "/api/v2/tables/{id}": {
        "get": _operation("GetTableById", "A table", _json("Table"), [TABLE, LANGUAGE])
    },
    "/api/v2/tables/{id}/metadata": {
        "get": _operation(
            "GetMetadataById",
            "A table's dimensions and their codes",
            _json("Dataset"),
            [
                TABLE,
                LANGUAGE,
                CODELIST,
                _parameter("defaultSelection", "Only the default selection", {"type": "boolean"}),
            ],
            problems=(400, 403, 404, 429),
        )
    },
    "/api/v2/tables/{id}/defaultselection": {
        "get": _operation(
            "GetDefaultSelection",
            "What is chosen where nothing else is",
            _json("Selection"),
            [TABLE, LANGUAGE],
        )
    },
    "/api/v2/tables/{id}/data": {
        "get": _operation(
            "GetTableData",
            "Figures of a table",
            DATA,
            [TABLE, LANGUAGE, VALUES, CODELIST, FORMAT, FORM, *PLACES],
            problems=(400, 403, 404, 429),
        ),
        "post": _operation(
            "GetTableDataByPost",
            "Figures of a table, chosen by a body",
            DATA,
            [TABLE, LANGUAGE, FORMAT, FORM],
            problems=(400, 403, 404, 413, 429),
            body=_named("VariablesSelection"),
        ),
    },
    "/api/v2/codelists/{id}": {
        "get": _operation(
            "GetCodelistById",
            "A code list with its codes",
            _json("Codelist"),
            [
                _parameter(
                    "id", "A code list by its id", TEXT, "path",
                    examples={"municipalities": {"value": "vs_municipality_2025"}},
                ),
                LANGUAGE,
            ],
        )
    },
}  # fmt: skip


def _object(needed: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(needed), "properties": {**needed, **more}}


_LINK: Final = _object({"rel": TEXT, "hreflang": TEXT, "href": TEXT})
_LINKS: Final = {"type": "array", "items": _LINK}
_OBJECTS: Final = {"type": "array", "items": OBJECT}
_TABLE: Final[dict[str, Any]] = {
    "id": TEXT,
    "label": TEXT,
    "updated": TEXT,
    "firstPeriod": TEXT,
    "lastPeriod": TEXT,
    "variableNames": TEXTS,
    "links": _LINKS,
}
SCHEMAS: Final[dict[str, Any]] = {
    "Config": _object(
        {
            "apiVersion": TEXT,
            "appVersion": TEXT,
            "languages": _OBJECTS,
            "defaultLanguage": TEXT,
            "maxDataCells": COUNT,
            "maxCallsPerTimeWindow": COUNT,
            "timeWindow": COUNT,
            "license": TEXT,
            "defaultDataFormat": TEXT,
            "dataFormats": TEXTS,
        },
        sourceReferences=_OBJECTS,
        features=_OBJECTS,
    ),
    "Table": _object(_TABLE, language=TEXT, paths={"type": "array"}),
    "Tables": _object(
        {
            "language": TEXT,
            "tables": {"type": "array", "items": _object(_TABLE)},
            "page": _object({name: {"type": "integer"} for name in (
                "pageNumber", "pageSize", "totalElements", "totalPages"
            )}),
        },
        links=_LINKS,
    ),
    "Dataset": _object(
        {
            "version": {"const": "2.0"},
            "class": {"const": "dataset"},
            "id": TEXTS,
            "size": {"type": "array", "items": {"type": "integer"}},
            "dimension": OBJECT,
            "value": {"type": "array", "items": {"type": ["number", "null"]}},
        },
        label=TEXT,
        source=TEXT,
        updated=TEXT,
        note=TEXTS,
        role=OBJECT,
        status={"type": "object", "additionalProperties": TEXT},
        extension=OBJECT,
    ),
    "Codelist": _object(
        {
            "id": TEXT,
            "label": TEXT,
            "language": TEXT,
            "languages": TEXTS,
            "type": TEXT,
            "values": {
                "type": "array",
                "items": _object({"code": TEXT, "label": TEXT, "valueMap": TEXTS}),
            },
            "links": _LINKS,
        }
    ),
    # What is left out of it is chosen as by default.
    "VariablesSelection": _object(
        {},
        selection={
            "type": ["array", "null"],
            "items": _object(
                {"variableCode": {"type": "string", "minLength": 1}},
                codelist={"type": ["string", "null"]},
                valueCodes=MAYBE,
            ),
        },
        placement={"type": ["object", "null"], "properties": {"heading": MAYBE, "stub": MAYBE}},
    ),
    "Selection": _object({"selection": _OBJECTS, "language": TEXT, "links": _LINKS}),
}  # fmt: skip
