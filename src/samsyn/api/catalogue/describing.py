"""The catalogue of a release: what there is, in words that gatherers of catalogues understand.

DCAT-AP-SE 3.0.1, the Swedish profile of the European one. Every dataset names the release that it
is of as its version; its address stays the same from one release to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.urls import reverse
from django.utils.translation import override

from samsyn.api.catalogue import vocabulary
from samsyn.api.catalogue.datasets import Both, Subject, subjects
from samsyn.api.catalogue.graph import Graph, Iri, Term, Text, Typed
from samsyn.publish.contact import Contact
from samsyn.publish.fiction import fictional
from samsyn.statistics.query import Release
from samsyn.statistics.sources.forms import Provenance
from samsyn.statistics.sources.opening import UNTOLD

TITLE: Final = ("Samsyn: statistik om segregation", "Samsyn: statistics on segregation")
ABOUT: Final = (
    (
        "Indikatorer, antal och segregationsindex för Sveriges områden, från DeSO till riket, med "
        "osäkerhet, källor och fasta adresser."
    ),
    (
        "Indicators, counts and indices of segregation for the areas of Sweden, from DeSO to the "
        "country, with uncertainty, sources and permanent addresses."
    ),
)
UNTOLD_OF: Final = (
    "För någon källa är licensen inte angiven.",
    "For some source the licence is not told.",
)
MADE_UP: Final = (
    "Påhittade uppgifter för att pröva Samsyn: platserna finns inte.",
    "Made-up data for trying Samsyn: the places do not exist.",
)


def catalogue(release: Release, base: str, contact: Contact) -> Graph:
    """All that the site has of a release; `base` is the site's own address."""
    return _Catalogue(release, base, contact).graph


class _Catalogue:
    def __init__(self, release: Release, base: str, contact: Contact) -> None:
        self.graph = Graph()
        self.release, self.base = release, base
        self.made_up = fictional(release)
        self.created = Typed(release.manifest.created, "xsd:dateTime")
        self.publisher = self._publisher(contact)
        self.contact = self._contact(contact)
        self.root = self.graph.typed(self._own("catalog"), "dcat:Catalog")
        self.service = self._service(
            "pxweb", ("PxWebApi 2", "PxWebApi 2"), f"{base}/api/v2/", vocabulary.PXWEB
        )
        self.borders = self._service(
            "geo", ("Områdens gränser", "Borders of areas"), f"{base}/api/geo/", None
        )
        self._catalog()
        with override("sv"):
            for subject in subjects(release):
                self._dataset(subject)

    def _own(self, name: str) -> Iri:
        return Iri(f"{self.base}/dcat#{name}")

    # --- who and how --------------------------------------------------------------------------

    def _publisher(self, contact: Contact) -> Iri:
        found = self.graph.typed(self._own("publisher"), "foaf:Agent")
        # Where the operator has no name, the site is all that is known.
        host = self.base.partition("://")[2]
        self.graph.add(found, "foaf:name", Text(contact.operator or host))
        return found

    def _contact(self, contact: Contact) -> Iri | None:
        if not contact.told:
            return None
        found = self.graph.typed(self._own("contact"), "vcard:Organization", "vcard:Kind")
        self.graph.add(found, "vcard:fn", Text(contact.operator or contact.text))
        way = "vcard:hasEmail" if contact.mail else "vcard:hasURL"
        self.graph.add(found, way, Iri(contact.address))
        return found

    def _catalog(self) -> None:
        add, graph = self.graph.add, self.graph
        graph.both(self.root, "dcterms:title", *TITLE)
        graph.both(self.root, "dcterms:description", *self._warned(ABOUT))
        add(self.root, "dcterms:publisher", self.publisher)
        add(self.root, "dcterms:language", *(vocabulary.language(graph, x) for x in ("sv", "en")))
        add(self.root, "dcterms:license", graph.typed(
            Iri(vocabulary.CC0), "dcterms:LicenseDocument"))  # fmt: skip
        add(self.root, "dcterms:modified", self.created)
        add(self.root, "foaf:homepage", graph.typed(Iri(f"{self.base}/"), "foaf:Document"))
        scheme = graph.typed(Iri(vocabulary.THEMES), "skos:ConceptScheme")
        graph.both(scheme, "dcterms:title", "Datateman", "Data themes")
        add(self.root, "dcat:themeTaxonomy", scheme)
        add(self.root, "dcat:service", self.service, self.borders)
        add(self.root, "dcterms:spatial", *self._places())

    def _service(self, name: str, title: Both, address: str, follows: Both | None) -> Iri:
        found, add = self.graph.typed(self._own(f"api.{name}"), "dcat:DataService"), self.graph.add
        self.graph.both(found, "dcterms:title", *title)
        add(found, "dcat:endpointURL", self.graph.typed(Iri(address), "rdfs:Resource"))
        described = self.graph.typed(Iri(f"{self.base}/api/openapi.json"), "rdfs:Resource")
        add(found, "dcat:endpointDescription", described)
        add(found, "dcterms:publisher", self.publisher)
        add(found, "dcat:contactPoint", self.contact)
        add(found, "dcterms:accessRights", vocabulary.public(self.graph))
        if follows is not None:
            add(found, "dcterms:conformsTo", vocabulary.standard(self.graph, follows))
        page = self.graph.typed(Iri(f"{self.base}/api/"), "foaf:Document")
        add(found, "dcat:landingPage", page)
        return found

    def _places(self) -> list[Iri]:
        """Sweden; nowhere for what is made up."""
        return [] if self.made_up else list(vocabulary.sweden(self.graph))

    def _warned(self, texts: Both) -> Both:
        if not self.made_up:
            return texts
        return f"{MADE_UP[0]} {texts[0]}", f"{MADE_UP[1]} {texts[1]}"

    # --- one dataset --------------------------------------------------------------------------

    def _dataset(self, subject: Subject) -> None:
        graph, add = self.graph, self.graph.add
        found = graph.typed(self._own(subject.id), "dcat:Dataset")
        add(self.root, "dcat:dataset", found)
        graph.both(found, "dcterms:title", *subject.title)
        graph.both(found, "dcterms:description", *self._warned(subject.about))
        add(found, "dcterms:identifier", Text(found.value))
        add(found, "dcterms:publisher", self.publisher)
        add(found, "dcat:contactPoint", self.contact)
        add(found, "dcat:theme", *(vocabulary.theme(graph, one) for one in subject.themes))
        for code, words in zip(("sv", "en"), subject.keywords, strict=True):
            add(found, "dcat:keyword", *(Text(word, code) for word in words))
        add(found, "dcterms:spatial", *self._places())
        add(found, "dcterms:language", *(vocabulary.language(graph, x) for x in ("sv", "en")))
        add(found, "dcterms:accessRights", vocabulary.public(self.graph))
        add(found, "dcterms:modified", self.created)
        add(found, "dcat:version", Text(self.release.name))
        page = graph.typed(Iri(f"{self.base}{subject.page}"), "foaf:Document")
        add(found, "dcat:landingPage", page)
        if subject.periods:
            years = [one for one in subject.periods if one[:4].isdigit()]
            yearly = all(len(one) == 4 for one in years)
            add(found, "dcterms:accrualPeriodicity", vocabulary.frequency(graph, yearly))
            if years:
                add(found, "dcterms:temporal", self._temporal(found, years))
        origin = self._provenance(found, subject.sources)
        add(found, "dcterms:provenance", origin)
        self._distributions(found, subject)

    def _temporal(self, of: Iri, years: Sequence[str]) -> Iri:
        found = self.graph.typed(Iri(f"{of.value}.period"), "dcterms:PeriodOfTime")
        self.graph.add(found, "dcat:startDate", Typed(f"{years[0][:4]}-01-01", "xsd:date"))
        self.graph.add(found, "dcat:endDate", Typed(f"{years[-1][:4]}-12-31", "xsd:date"))
        return found

    def _provenance(self, of: Iri, sources: Sequence[Provenance]) -> Iri | None:
        told = dict.fromkeys(
            " ".join(part for part in (one.origin, one.table) if part)
            for one in sources
            if one.origin != UNTOLD
        )
        if not told:
            return None
        found = self.graph.typed(Iri(f"{of.value}.source"), "dcterms:ProvenanceStatement")
        listed = ", ".join(told)
        self.graph.both(found, "rdfs:label", f"Källa: {listed}", f"Source: {listed}")
        return found

    def _distributions(self, of: Iri, subject: Subject) -> None:
        graph, add = self.graph, self.graph.add
        for form, address in subject.files.items():
            whole = Iri(self.base + address)
            found = self._distribution(of, form, subject, whole)
            add(found, "dcat:downloadURL", whole)
            kind, media = vocabulary.file_type(graph, form)
            add(found, "dcterms:format", kind)
            add(found, "dcat:mediaType", media)
            follows = {"json": vocabulary.JSON_STAT, "geojson": vocabulary.CRS84}.get(form)
            if follows is not None:
                add(found, "dcterms:conformsTo", vocabulary.standard(graph, follows))
            if form == "geojson":
                add(found, "dcat:accessService", self.borders)
                add(self.borders, "dcat:servesDataset", of)
        if subject.table is not None:
            address = f"{self.base}{reverse('pxweb-table', args=[subject.table])}"
            found = self._distribution(of, "api", subject, Iri(address))
            add(found, "dcat:accessService", self.service)
            add(self.service, "dcat:servesDataset", of)
            kind, media = vocabulary.file_type(graph, "json")
            add(found, "dcterms:format", kind)
            add(found, "dcat:mediaType", media)
            add(found, "dcterms:conformsTo", vocabulary.standard(graph, vocabulary.PXWEB))

    def _distribution(self, of: Iri, form: str, subject: Subject, address: Iri) -> Iri:
        graph, add = self.graph, self.graph.add
        found = graph.typed(Iri(f"{of.value}.{form}"), "dcat:Distribution")
        add(of, "dcat:distribution", found)
        word = {"api": "PxWebApi 2", "json": "JSON-stat", "xlsx": "Excel"}.get(form, form.upper())
        graph.both(found, "dcterms:title", *(f"{one} ({word})" for one in subject.title))
        add(found, "dcat:accessURL", graph.typed(address, "rdfs:Resource"))
        add(found, "dcatap:availability", vocabulary.stable(graph))
        add(found, "dcterms:modified", self.created)
        for predicate, value in self._rights(of, subject.sources):
            add(found, predicate, value)
        return found

    def _rights(self, of: Iri, sources: Sequence[Provenance]) -> list[tuple[str, Term]]:
        """The licence where all sources have the same that is known; else what is told of it."""
        told = {one.licence for one in sources}
        addresses = {vocabulary.LICENCES.get(one or "") for one in told}
        if len(addresses) == 1 and None not in addresses:
            (address,) = addresses
            licence = self.graph.typed(Iri(str(address)), "dcterms:LicenseDocument")
            return [("dcterms:license", licence)]
        found = self.graph.typed(Iri(f"{of.value}.rights"), "dcterms:RightsStatement")
        known = "; ".join(sorted(one for one in told if one))
        untold = not told or None in told
        said = (
            ". ".join(part for part in (known, text if untold else "") if part)
            for text in UNTOLD_OF
        )
        self.graph.both(found, "rdfs:label", *said)
        return [("dcterms:rights", found)]
