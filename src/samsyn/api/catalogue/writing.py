"""A graph as RDF/XML, Turtle or JSON-LD.

Only what the catalogue needs of the three forms: no blank nodes, no collections. The tests read
each with a library that is not ours and find the same statements.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from samsyn.api.catalogue.graph import PREFIXES, Graph, Iri, Term, Text, full

LOCAL: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
# What may not stand in an address in angle brackets.
UNSAFE: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def turtle(graph: Graph) -> str:
    """The graph as Turtle."""
    lines = [f"@prefix {prefix}: <{address}> ." for prefix, address in PREFIXES.items()]
    for subject, told in graph.nodes.items():
        said = [
            f"{'a' if predicate == 'rdf:type' else predicate} "
            + ", ".join(_turtle(value) for value in values)
            for predicate, values in told.items()
        ]
        lines.append(f"\n{_turtle(subject)} " + " ;\n    ".join(said) + " .")
    return "\n".join(lines) + "\n"


def rdf_xml(graph: Graph) -> str:
    """The graph as RDF/XML."""
    spaces = " ".join(f"xmlns:{prefix}={quoteattr(to)}" for prefix, to in PREFIXES.items())
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<rdf:RDF {spaces}>"]
    for subject, told in graph.nodes.items():
        lines.append(f"  <rdf:Description rdf:about={quoteattr(_safe(subject.value))}>")
        lines += [
            f"    {_element(predicate, value)}"
            for predicate, values in told.items()
            for value in values
        ]
        lines.append("  </rdf:Description>")
    return "\n".join([*lines, "</rdf:RDF>"]) + "\n"


def json_ld(graph: Graph) -> str:
    """The graph as JSON-LD."""
    nodes = []
    for subject, told in graph.nodes.items():
        node: dict[str, Any] = {"@id": _safe(subject.value)}
        for predicate, values in told.items():
            if predicate == "rdf:type":
                node["@type"] = [value.value for value in values]
            else:
                node[predicate] = [_json(value) for value in values]
        nodes.append(node)
    return json.dumps({"@context": PREFIXES, "@graph": nodes}, ensure_ascii=False, indent=1)


FORMS: Final[Mapping[str, tuple[str, Callable[[Graph], str]]]] = {
    "rdf": ("application/rdf+xml", rdf_xml),
    "ttl": ("text/turtle", turtle),
    "jsonld": ("application/ld+json", json_ld),
}


def _safe(address: str) -> str:
    return UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", address)


def _turtle(value: Term) -> str:
    if isinstance(value, Iri):
        for prefix, address in PREFIXES.items():
            local = value.value.removeprefix(address)
            if local != value.value and LOCAL.fullmatch(local):
                return f"{prefix}:{local}"
        return f"<{_safe(value.value)}>"
    # A text in JSON is one in Turtle: the same signs are escaped in the same way.
    quoted = json.dumps(value.value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, Text):
        return f"{quoted}@{value.language}" if value.language else quoted
    return f"{quoted}^^{value.type}"


def _element(predicate: str, value: Term) -> str:
    if isinstance(value, Iri):
        return f"<{predicate} rdf:resource={quoteattr(_safe(value.value))}/>"
    # XML has no way to write other control characters at all.
    said = escape(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", value.value))
    if isinstance(value, Text):
        language = f' xml:lang="{value.language}"' if value.language else ""
        return f"<{predicate}{language}>{said}</{predicate}>"
    return f"<{predicate} rdf:datatype={quoteattr(full(value.type))}>{said}</{predicate}>"


def _json(value: Term) -> dict[str, str]:
    if isinstance(value, Iri):
        return {"@id": _safe(value.value)}
    if isinstance(value, Text):
        language = {"@language": value.language} if value.language else {}
        return {"@value": value.value, **language}
    return {"@value": value.value, "@type": value.type}
