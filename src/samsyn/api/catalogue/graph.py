"""Statements of RDF, and the catalogue's vocabularies by their usual prefixes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

PREFIXES: Final = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}


@dataclass(frozen=True)
class Iri:
    """A thing, by its address."""

    value: str


@dataclass(frozen=True)
class Text:
    """A text in a language, or without one."""

    value: str
    language: str = ""


@dataclass(frozen=True)
class Typed:
    """A value of a type, which is told with its prefix: xsd:date."""

    value: str
    type: str


Term: TypeAlias = Iri | Text | Typed


@dataclass
class Graph:
    """Statements by what they are of, in the order in which they were added, each once."""

    nodes: dict[Iri, dict[str, list[Term]]] = field(default_factory=dict)

    def add(self, subject: Iri, predicate: str, *values: Term | None) -> None:
        """State something of a subject; `predicate` has its prefix, values that are None go."""
        there = self.nodes.setdefault(subject, {}).setdefault(predicate, [])
        there += [value for value in values if value is not None and value not in there]
        if not there:
            del self.nodes[subject][predicate]

    def typed(self, subject: Iri, *types: str) -> Iri:
        """State what kinds of things a subject is, by their prefixed names."""
        self.add(subject, "rdf:type", *(Iri(full(one)) for one in types))
        return subject

    def both(self, subject: Iri, predicate: str, swedish: str, english: str) -> None:
        """State a text in both languages."""
        self.add(subject, predicate, Text(swedish, "sv"), Text(english, "en"))


def full(name: str) -> str:
    """The whole address of a name with a prefix."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local
