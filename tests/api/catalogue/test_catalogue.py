"""The catalogue says what there is, in three forms that say the same, and by the profile."""

from __future__ import annotations

import json

import pytest
from django.test import override_settings
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from samsyn.api.catalogue.graph import Graph as Ours
from samsyn.api.catalogue.graph import Iri, Text, Typed
from samsyn.api.catalogue.writing import FORMS
from samsyn.statistics.query.shelf import served
from tests.reference import shared

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SH = Namespace("http://www.w3.org/ns/shacl#")
SITE = "http://testserver"
PARSERS = {"rdf": "xml", "ttl": "turtle", "jsonld": "json-ld"}


# rdflib's own reader of JSON-LD still uses what it calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")


def parsed(response, form):
    return Graph().parse(data=response.content.decode(), format=PARSERS[form])


def read(client, query=""):
    return parsed(client.get(f"/dcat.ttl{query}"), "ttl")


def own(name):
    return URIRef(f"{SITE}/dcat#{name}")


def violations(graph, name):
    """What the profile's shapes find wrong; what they only advise is left out."""
    from pyshacl import validate

    path = shared("data", "standards", "dcat-ap", "3.0.1", "html", "shacl", name)
    _, report, _ = validate(graph, shacl_graph=Graph().parse(path, format="turtle"), advanced=True)
    nested = set(report.objects(None, SH.detail))
    found = [
        result
        for result in report.subjects(SH.resultSeverity, SH.Violation)
        if result not in nested
    ]
    return [
        (report.value(one, SH.focusNode), report.value(one, SH.resultPath),
         report.value(one, SH.resultMessage))
        for one in found
    ]  # fmt: skip


SHAPES = ["shapes.ttl", "range.ttl", "mdr-vocabularies.shape.ttl", "deprecateduris.ttl"]


@pytest.mark.parametrize("shapes", SHAPES)
def test_the_catalogue_of_the_demonstration_is_valid(demo_site, shapes):
    with override_settings(SAMSYN_CONTACT="samsyn@example.org", SAMSYN_OPERATOR="Vattland"):
        assert violations(read(demo_site), shapes) == []


def test_a_catalogue_without_operator_or_contact_is_valid(demo_site):
    assert violations(read(demo_site), "shapes.ttl") == []


@pytest.mark.parametrize("shapes", SHAPES)
def test_the_catalogue_of_the_real_release_is_valid(national_site, shapes):
    assert violations(read(national_site), shapes) == []


def test_the_shapes_find_what_is_wrong(demo_site):
    graph = read(demo_site)
    graph.remove((own("indicator.rental_share"), DCT.title, None))
    found = violations(graph, "shapes.ttl")
    assert (own("indicator.rental_share"), DCT.title) in {(node, path) for node, path, _ in found}


def test_the_three_forms_say_the_same(demo_site):
    graphs = {form: parsed(demo_site.get(f"/dcat.{form}"), form) for form in FORMS}
    assert len(graphs["ttl"]) > 500
    assert set(graphs["ttl"]) == set(graphs["rdf"]) == set(graphs["jsonld"])


ODD = 'A "quoted" <b> & back\\slash\nline\ttab å 😀 ]]> \u2028'


@pytest.mark.parametrize("form", FORMS)
def test_odd_texts_and_addresses_come_through(form):
    ours, thing = Ours(), Iri('http://testserver/a b?x=<1>&y="2"')
    ours.add(thing, "dcterms:title", Text(ODD, "sv"), Text(ODD), Typed("2022", "xsd:gYear"))
    ours.add(thing, "dcterms:title", Text(ODD, "sv"))  # is said once
    media, write = FORMS[form]
    graph = Graph().parse(data=write(ours), format=PARSERS[form])
    texts = set(graph.objects(None, DCT.title))
    assert Literal(ODD, lang="sv") in texts
    assert Literal(ODD) in texts
    assert len(graph) == 3
    assert media in {"application/rdf+xml", "text/turtle", "application/ld+json"}


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/rdf+xml"),
        ("*/*", "application/rdf+xml"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/rdf+xml"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json;q=0.9, text/turtle;q=0.5", "application/ld+json"),
        ("image/png", "application/rdf+xml"),
    ],
)
def test_the_form_is_the_one_that_is_preferred(demo_site, accept, media):
    response = demo_site.get("/dcat", headers={"accept": accept} if accept else {})
    assert response.headers["Content-Type"].startswith(media)
    assert "Accept" in response.headers["Vary"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_who_has_it_already_is_told_so(demo_site):
    first = demo_site.get("/dcat.ttl")
    mark = first.headers["ETag"]
    assert not mark.startswith("W/")
    again = demo_site.get("/dcat.ttl", headers={"if-none-match": mark})
    assert (again.status_code, again.content) == (304, b"")
    assert demo_site.head("/dcat.ttl").status_code == 200
    assert demo_site.post("/dcat.ttl").status_code == 405


def facts_hold(client, spatial):
    release = served().release()
    graph = read(client)
    datasets = set(graph.subjects(RDF.type, DCAT.Dataset))
    assert datasets == set(graph.objects(own("catalog"), DCAT.dataset))
    for name in release.indicators:
        dataset = own(f"indicator.{name}")
        entry = release.indicator(name)
        titles = {text.language: str(text) for text in graph.objects(dataset, DCT.title)}
        assert titles == dict(entry.name)
        assert str(graph.value(dataset, DCAT.version)) == release.name
        period = graph.value(dataset, DCT.temporal)
        known = release.coverage.filter(
            (release.coverage["subject"] == name) & (release.coverage["known"] > 0)
        )["period"]
        assert str(graph.value(period, DCAT.startDate))[:4] == known.min()[:4]
        assert str(graph.value(period, DCAT.endDate))[:4] == known.max()[:4]
        assert len(set(graph.objects(dataset, DCAT.distribution))) == 5
    for name in release.groupings:
        assert own(f"counts.{name}") in datasets
    assert bool(set(graph.objects(own("catalog"), DCT.spatial))) is spatial
    return graph


def test_the_facts_of_the_demonstration(demo_site):
    graph = facts_hold(demo_site, spatial=False)
    licences = set(graph.objects(None, DCT.license))
    assert licences == {URIRef("http://creativecommons.org/publicdomain/zero/1.0/")}
    descriptions = [str(text) for text in graph.objects(own("catalog"), DCT.description)]
    assert any("Påhittade uppgifter" in text for text in descriptions)


def test_the_facts_of_the_real_release(national_site):
    graph = facts_hold(national_site, spatial=True)
    # Where a source does not tell its licence, none is claimed.
    release = served().release()
    for name in release.indicators:
        told = {source.licence for source in release.sources_of(name)}
        given = graph.value(own(f"indicator.{name}.csv"), DCT.license)
        assert (given is not None) == (told == {"CC0"}), name
        rights = graph.value(own(f"indicator.{name}.csv"), DCT.rights)
        assert (rights is None) == (given is not None)


def test_what_can_be_downloaded_is_there(demo_site):
    graph = read(demo_site)
    wanted = ("indicator.rental_share.", "segregation.background.", "geo.regso.", "counts.tenure.")
    asked = 0
    for distribution in graph.subjects(RDF.type, DCAT.Distribution):
        name = str(distribution).partition("#")[2]
        if not name.startswith(wanted):
            continue
        for predicate in (DCAT.accessURL, DCAT.downloadURL):
            address = graph.value(distribution, predicate)
            if address is not None:
                response = demo_site.get(str(address).removeprefix(SITE))
                assert response.status_code == 200, address
                media = str(graph.value(distribution, DCAT.mediaType)).split("media-types/")[1]
                assert response.headers["Content-Type"].startswith(media), address
                response.close()
                asked += 1
    assert asked >= 20
    for service in graph.subjects(RDF.type, DCAT.DataService):
        address = str(graph.value(service, DCAT.endpointDescription)).removeprefix(SITE)
        assert json.loads(demo_site.get(address).content)["openapi"].startswith("3.")


def test_who_publishes_and_whom_to_ask(demo_site):
    with override_settings(SAMSYN_CONTACT="samsyn@example.org", SAMSYN_OPERATOR="Vattlands kommun"):
        graph = read(demo_site)
    publisher = graph.value(own("catalog"), DCT.publisher)
    assert str(graph.value(publisher, FOAF.name)) == "Vattlands kommun"
    contact = graph.value(own("indicator.rental_share"), DCAT.contactPoint)
    assert graph.value(contact, VCARD.hasEmail) == URIRef("mailto:samsyn@example.org")
    # What a page says is kept by its address, and the settings of a server never change.
    with override_settings(SAMSYN_CONTACT="https://example.org/kontakt"):
        graph = read(demo_site, "?again")
    assert graph.value(own("contact"), VCARD.hasURL) == URIRef("https://example.org/kontakt")
    assert not list(read(demo_site, "?none").subjects(RDF.type, VCARD.Organization))


def test_a_release_that_is_not_there_has_no_catalogue(demo_site):
    assert demo_site.get("/dcat?release=demo").status_code == 200
    assert demo_site.get("/dcat?release=nowhere").status_code == 404
    assert demo_site.get("/dcat.n3").status_code == 404
