"""A background map of the operator's choice, and what the browser then may ask of others."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from samsyn.site import security


def asked(**settings) -> str:
    with override_settings(**settings):
        handled = security.policy(lambda request: HttpResponse())
        return handled(RequestFactory().get("/"))["Content-Security-Policy"]


def test_without_a_background_nobody_else_may_be_asked():
    rules = asked(BASEMAP="", BASEMAP_HOSTS=[])
    assert "connect-src 'self';" in rules
    assert "http" not in rules


def test_a_background_lets_the_browser_ask_its_servers_and_no_others():
    rules = asked(
        BASEMAP="https://karta.example.se/style.json", BASEMAP_HOSTS=["https://tiles.example.se"]
    )
    assert "connect-src 'self' https://karta.example.se https://tiles.example.se;" in rules
    assert "img-src 'self' data: https://karta.example.se https://tiles.example.se;" in rules
    assert "script-src 'self';" in rules


@pytest.mark.parametrize("address", ["", "https://karta.example.se/style.json"])
def test_the_page_tells_its_script_of_the_background(demo_site, address):
    with override_settings(BASEMAP=address):
        page = demo_site.get("/karta/").content.decode()
    assert (f'data-basemap="{address}"' in page) is bool(address)
