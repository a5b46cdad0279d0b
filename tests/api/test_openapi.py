"""The description of the API, and that every address does what it says, whatever is asked."""

from __future__ import annotations

import json

import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi import checks

from samsyn.api.openapi import description


def application(environ, start_response):
    """The site, built anew so that it has the settings of the test, to who reads plain text only.

    Schemathesis asks for compressed answers, and of an application in its own process it does not
    undo that.
    """
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    return WSGIHandler()(environ, start_response)


schema = schemathesis.openapi.from_dict(description())
schema.app = application


# A name that may be asked for and is not there is refused, which a description cannot tell.
@schema.parametrize()
@settings(max_examples=8, derandomize=True, suppress_health_check=list(HealthCheck), deadline=None)
def test_every_address_answers_as_it_is_described(case, demo_site):
    case.call_and_validate(
        excluded_checks=[checks.positive_data_acceptance],
        headers={"Accept-Encoding": "identity"},  # which is how this client reads
    )


def test_it_tells_of_every_address(demo_site):
    told = demo_site.get("/api/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    assert {
        "/api/areas", "/api/areas/{kind}/{code}", "/api/values", "/api/counts", "/api/indices",
        "/api/indicators", "/api/releases", "/api/releases/{name}", "/api/releases/{name}/changes",
        "/api/v2/config", "/api/v2/tables", "/api/v2/tables/{id}", "/api/v2/tables/{id}/data",
        "/api/v2/tables/{id}/metadata", "/api/v2/tables/{id}/defaultselection",
        "/api/v2/codelists/{id}", "/api/geo/{kind}",
    } <= set(told["paths"])  # fmt: skip
    names = [op["operationId"] for path in told["paths"].values() for op in path.values()]
    assert len(set(names)) == len(names)
    # Nothing refers to what is not there.
    text = json.dumps(told)
    for name in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in told["components"]["schemas"]
