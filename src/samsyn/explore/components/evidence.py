"""Where a figure can be used as evidence in one's own work: a plain address, and nothing more.

The pages of figures know no accounts: they link to a page that asks who one is. That page looks the
figure up by its name in its release, and asks for what the address leaves out.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs, unquote, urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samsyn.explore.components.here import here
from samsyn.statistics.query import Release

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
TYPED: Final = frozenset({"area-types", "map-types"})  # pictures of a report by area type
OF_PLACE: Final = frozenset({"series", "spread"})


def link(release: str, indicator: str = "", area: str = "", period: str = "") -> str:
    """The address at which a figure of a release can be used, in the language of the page."""
    named = {"indicator": indicator, "area": area, "period": period, "release": release}
    query = urlencode({name: text for name, text in named.items() if text}, safe="/:")
    return f"{here(PAGE)}?{query}"


def anchor(address: str, title: str, css: str = "use on-screen") -> SafeString:
    """The link to use what has that title; its address is one of `link`'s."""
    return format_html(
        '<a class="{}" href="{}" rel="nofollow">{}<span class="sr-only">: {}</span></a>',
        css, address, _("Använd som underlag"), title,
    )  # fmt: skip


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


def of_report(figure: str, release: Release, area: str) -> str:
    """The address at which the figures of a picture of the situation report can be used.

    The picture is named for what it shows (`course-tenure`, `map-rental-share`). Of one that shows
    the parts of the place, the page asks which.
    """
    kind, _hyphen, subject = figure.replace("-", "_").partition("_")
    if subject in release.indicators:
        return link(release.name, subject, area if kind == "course" else "")
    if subject in release.groupings:
        return link(release.name, index(subject), area)
    if figure in TYPED:
        return link(release.name, "area_type")
    return link(release.name, "", area)


def _area(kind: str, code: str, asked: dict[str, str]) -> str:
    """The key of an area, with its vintage where the address tells that."""
    vintage = asked.get("vintage")
    return f"{kind}/{vintage}/{code}" if vintage else f"{kind}/{code}"
