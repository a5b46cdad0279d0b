"""The headers that a careful site sends, on everything that it sends."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

PATHS = [
    "/", "/en/metoder/", "/finns-inte/", "/omrade/municipality/9901/",
    "/omrade/municipality/9901.csv", "/api/v2/config", "/api/v2/tables/none",
    "/static/site/mark.svg",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_them(demo_site, path):
    told = demo_site.get(path)
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert told["Cross-Origin-Opener-Policy"] == "same-origin"
    assert told["X-Frame-Options"] == "DENY"
    policy = told["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    # A browser shall not be told to keep to https where there may be none.
    assert "Strict-Transport-Security" not in told
    assert "Set-Cookie" not in told
    assert not told.cookies
    told.close()


def test_pages_are_strict_and_figures_are_for_all(demo_site):
    page = demo_site.get("/metoder/")
    assert "unsafe" not in page["Content-Security-Policy"]
    assert "http" not in page["Content-Security-Policy"]
    assert page["Cross-Origin-Resource-Policy"] == "same-origin"
    figures = demo_site.get("/omrade/municipality/9901.csv")
    assert figures["Cross-Origin-Resource-Policy"] == "cross-origin"
    # Also where the program is refused, or only asks what it may do.
    for told in (demo_site.options("/api/v2/config"), demo_site.get("/api/v2/tables/none")):
        assert told["X-Content-Type-Options"] == "nosniff"
        assert told["Access-Control-Allow-Origin"] == "*"
        assert told["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Origin" not in page


def test_where_the_site_is_reached_by_https_browsers_are_told_to_keep_to_it(demo_store):
    code = """
import django, json
django.setup()
from django.test import Client
asked = Client()
plain = asked.get("/metoder/?x=1")
page = asked.get("/metoder/", headers={"x-forwarded-proto": "https"})
missing = asked.get("/none/", headers={"x-forwarded-proto": "https"})
print(json.dumps([plain.status_code, plain["Location"], page.status_code,
                  page["Strict-Transport-Security"], missing["Strict-Transport-Security"]]))
"""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "samsyn.site.settings",
        "SAMSYN_HTTPS": "1",
        "SAMSYN_STORE": str(demo_store.path),
    }
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    lasting = "max-age=63072000; includeSubDomains"
    assert json.loads(ran.stdout) == [
        301, "https://testserver/metoder/?x=1", 200, lasting, lasting,
    ]  # fmt: skip
