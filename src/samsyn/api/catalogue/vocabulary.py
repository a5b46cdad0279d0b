"""Terms of the European authority tables, with the names that the profile wants beside them."""

from __future__ import annotations

from typing import Final

from samsyn.api.catalogue.graph import Graph, Iri, Text

EU: Final = "http://publications.europa.eu/resource/authority"
LANGUAGES: Final = {"sv": "SWE", "en": "ENG"}
GEONAMES: Final = "http://sws.geonames.org/2661886/"
THEMES: Final = f"{EU}/data-theme"
# Each of our focus areas in the European themes; all are also of people and society.
FOCUS: Final = {
    "housing": ("SOCI", "REGI"), "education": ("EDUC", "SOCI"), "labour": ("ECON", "SOCI"),
    "democracy": ("GOVE", "SOCI"), "crime": ("JUST", "SOCI"), "health": ("HEAL", "SOCI"),
}  # fmt: skip
NAMES: Final = {
    "SOCI": ("Befolkning och samhälle", "Population and society"),
    "REGI": ("Regioner och städer", "Regions and cities"),
    "EDUC": ("Utbildning, kultur och sport", "Education, culture and sport"),
    "ECON": ("Ekonomi och finans", "Economy and finance"),
    "GOVE": ("Regeringen och den offentliga sektorn", "Government and public sector"),
    "JUST": (
        "Rättvisa, rättsliga system och allmän säkerhet",
        "Justice, legal system and public safety",
    ),
    "HEAL": ("Hälsa", "Health"),
}
# Endings of files: the European file type, and the media type.
FILES: Final = {
    "csv": ("CSV", "text/csv"),
    "json": ("JSON", "application/json"),
    "parquet": ("PARQUET", "application/vnd.apache.parquet"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "geojson": ("GEOJSON", "application/geo+json"),
}
MEDIA: Final = "http://www.iana.org/assignments/media-types"
JSON_STAT: Final = ("https://json-stat.org/format/", "JSON-stat 2.0")
CRS84: Final = ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "WGS 84, longitude and latitude")
PXWEB: Final = ("https://github.com/PxTools/PxApiSpecs", "PxWebApi 2")
CC0: Final = "http://creativecommons.org/publicdomain/zero/1.0/"
LICENCES: Final = {
    "CC0": CC0, "CC0 1.0": CC0, "CC0-1.0": CC0,
    "CC BY 4.0": "http://creativecommons.org/licenses/by/4.0/",
    "CC-BY-4.0": "http://creativecommons.org/licenses/by/4.0/",
}  # fmt: skip


def theme(graph: Graph, code: str) -> Iri:
    """A European theme, with its names."""
    found = graph.typed(Iri(f"{THEMES}/{code}"), "skos:Concept")
    graph.both(found, "skos:prefLabel", *NAMES[code])
    graph.add(found, "skos:inScheme", Iri(THEMES))
    return found


def authority(graph: Graph, table: str, code: str, *types: str) -> Iri:
    """A concept of a European authority table, which says which table that is."""
    found = graph.typed(Iri(f"{EU}/{table}/{code}"), *types)
    graph.add(found, "skos:inScheme", Iri(f"{EU}/{table}"))
    return found


def language(graph: Graph, code: str) -> Iri:
    """A language."""
    return authority(graph, "language", LANGUAGES[code], "dcterms:LinguisticSystem")


def frequency(graph: Graph, yearly: bool) -> Iri:
    """How often there are new figures."""
    return authority(graph, "frequency", "ANNUAL" if yearly else "IRREG", "dcterms:Frequency")


def sweden(graph: Graph) -> tuple[Iri, Iri]:
    """Sweden, in the two ways that it is named."""
    return (
        graph.typed(Iri(GEONAMES), "dcterms:Location"),
        authority(graph, "country", "SWE", "dcterms:Location"),
    )


def public(graph: Graph) -> Iri:
    """That everyone may have it."""
    return authority(graph, "access-right", "PUBLIC", "dcterms:RightsStatement")


def stable(graph: Graph) -> Iri:
    """That it is meant to stay."""
    found = authority(graph, "planned-availability", "STABLE", "skos:Concept")
    graph.both(found, "skos:prefLabel", "stabil", "stable")
    return found


def standard(graph: Graph, told: tuple[str, str]) -> Iri:
    """A standard that something follows, with its name."""
    found = graph.typed(Iri(told[0]), "dcterms:Standard")
    graph.add(found, "dcterms:title", Text(told[1]))
    return found


def file_type(graph: Graph, form: str) -> tuple[Iri, Iri]:
    """The file type and the media type of a file with this ending."""
    kind, media = FILES[form]
    return (
        authority(graph, "file-type", kind, "dcterms:MediaTypeOrExtent"),
        graph.typed(Iri(f"{MEDIA}/{media}"), "dcterms:MediaType"),
    )
