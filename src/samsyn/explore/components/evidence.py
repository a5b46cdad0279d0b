"""Where a figure can be used as evidence in one's own work: a plain address, and nothing more.

The pages of figures know no accounts: they link to a page that asks who one is. That page looks the
figure up by its name in its release, and asks for what the address leaves out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qs, unquote, urlencode

from django.urls import translate_url
from django.utils.translation import get_language, override

PAGE: Final = "/arbete/underlag/"

# The addresses of pictures that tell what they show: of an indicator or a grouping in a place, and
# of an indicator or a grouping on its own page.
IN_PLACE: Final = re.compile(
    r"/omrade/(?P<kind>\w+)/(?P<code>[^/]+)/diagram/"
    r"(?P<chart>series|spread|trend|ranking|scales|composition)-(?P<subject>\w+)$"
)
OF_INDEX: Final = re.compile(r"/indikator/segregation/(?P<grouping>[^/]+)/diagram/\w+$")
OF_INDICATOR: Final = re.compile(r"/indikator/(?P<indicator>[^/]+)/diagram/\w+$")
PLACE: Final = re.compile(r"/omrade/(?P<kind>\w+)/(?P<code>[^/]+)/")
OF_PLACE: Final = frozenset({"series", "spread"})


def link(release: str, indicator: str = "", area: str = "", period: str = "") -> str:
    """The address at which a figure of a release can be used, in the language of the page."""
    named = {"indicator": indicator, "area": area, "period": period, "release": release}
    query = urlencode({name: text for name, text in named.items() if text}, safe="/:")
    return f"{_page(get_language() or 'sv')}?{query}"


@lru_cache(8)
def _page(language: str) -> str:
    with override("sv"):  # in which addresses have no language before them
        return translate_url(PAGE, language)


def index(grouping: str, index: str = "", units: str = "", groups: str = "") -> str:
    """The name of an index among figures; without an index it is the first of its grouping."""
    return ":".join((grouping, index, units, groups)).rstrip(":") + ("" if index else ":")


def of_drawing(address: str, release: str) -> str:
    """The address at which the figures of a picture can be used, as far as its own tells them."""
    path, _mark, query = unquote(address).partition("?")
    asked = {name: told[-1] for name, told in parse_qs(query).items()}
    period = asked.get("period", "")
    if found := IN_PLACE.search(path):
        of_place = found["chart"] in OF_PLACE
        name = found["subject"] if of_place else index(found["subject"])
        return link(release, name, _area(found["kind"], found["code"], asked), period)
    if found := OF_INDEX.search(path):
        name = index(found["grouping"], *(asked.get(one, "") for one in ("index", "units")))
        if asked.get("index") and asked.get("group"):
            name = index(found["grouping"], asked["index"], asked.get("units", ""), asked["group"])
        return link(release, name, asked.get("place", ""), period)
    if found := OF_INDICATOR.search(path):
        return link(release, found["indicator"], asked.get("place", ""), period)
    if found := PLACE.search(path):
        return link(release, "", _area(found["kind"], found["code"], asked))
    return link(release)


def _area(kind: str, code: str, asked: dict[str, str]) -> str:
    """The key of an area, with its vintage where the address tells that."""
    vintage = asked.get("vintage")
    return f"{kind}/{vintage}/{code}" if vintage else f"{kind}/{code}"
