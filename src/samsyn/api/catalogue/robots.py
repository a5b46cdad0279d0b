"""robots.txt, the sitemap, and where to tell of holes in security."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from xml.sax.saxutils import escape

import polars as pl
from django.urls import reverse
from django.utils.translation import override

from samsyn.publish.contact import Contact
from samsyn.statistics.indicators import groupings
from samsyn.statistics.query import Release

PLACES: Final = 2_000  # of each file of the sitemap; each has a page in two languages
PAGES: Final = (
    "start", "indicators", "compare", "areamap", "areatypes", "methods", "about-data", "changes",
    "accessibility", "about-api",
)  # fmt: skip
SPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
VALID: Final = timedelta(days=180)  # of security.txt


def robots(base: str) -> str:
    """Everyone is welcome to every page; not to every question that can be put to it."""
    return f"""\
# Welcome. Every page may be read and shown. The addresses with a question mark are the same pages
# with endless combinations of places and figures: take the files that the catalogue lists instead.
User-agent: *
Disallow: /*?
Disallow: /api/v2/
Disallow: /api/geo/
Disallow: /release/
Allow: /

# The catalogue of all data, for portals: {base}/dcat
Sitemap: {base}/sitemap.xml
"""


def security(contact: Contact, base: str, now: datetime | None = None) -> str:
    """security.txt (RFC 9116)."""
    # The same for a whole day, so that it can be kept.
    today = (now or datetime.now(UTC)).replace(hour=0, minute=0, second=0, microsecond=0)
    expires = (today + VALID).isoformat().replace("+00:00", "Z")
    return (
        f"Contact: {contact.address}\nExpires: {expires}\nPreferred-Languages: sv, en\n"
        f"Canonical: {base}/.well-known/security.txt\n"
    )


def parts(release: Release) -> list[str]:
    """The names of the sitemap's files."""
    count = -(-len(places(release)) // PLACES)
    return ["pages", *(f"places-{number}" for number in range(1, count + 1))]


@lru_cache(maxsize=4)
def places(release: Release) -> tuple[tuple[str, str], ...]:
    """Kind and code of every area that has a page: those with values, each once."""
    known = release.coverage.filter(pl.col("known") > 0).select("kind", "vintage").unique()
    there = release.areas().join(known, on=["kind", "vintage"]).select("kind", "code")
    return tuple(there.unique().sort("kind", "code").iter_rows())


def index(release: Release, base: str) -> str:
    """The sitemap's list of its files."""
    day = release.manifest.created[:10]
    listed = "".join(
        f"<sitemap><loc>{escape(base)}/sitemap-{part}.xml</loc><lastmod>{day}</lastmod></sitemap>\n"
        for part in parts(release)
    )
    return f'{HEAD}<sitemapindex xmlns="{SPACE}">\n{listed}</sitemapindex>\n'


@lru_cache(maxsize=8)
def urls(release: Release, base: str, part: str) -> str:
    """A file of the sitemap: each page in both languages, each naming the other."""
    day = release.manifest.created[:10]
    listed = "".join(
        _url(base, one, pair, day) for pair in _addresses(release, part) for one in pair
    )
    return (
        f'{HEAD}<urlset xmlns="{SPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{listed}</urlset>\n"
    )


def _url(base: str, address: str, pair: tuple[str, str], day: str) -> str:
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(base + other)}"/>'
        for code, other in zip(("sv", "en"), pair, strict=True)
    )
    return f"<url><loc>{escape(base + address)}</loc><lastmod>{day}</lastmod>{others}</url>\n"


def _addresses(release: Release, part: str) -> Iterator[tuple[str, str]]:
    """The Swedish and the English address of each page of a part."""
    if part == "pages":
        routes: list[tuple[str, list[str]]] = [(name, []) for name in PAGES]
        routes += [("indicator", [name]) for name in release.indicators]
        routes += [
            ("segregation", [name])
            for name in release.groupings
            if name in groupings() and groupings()[name].first_index
        ]
    else:
        first = (int(part.removeprefix("places-")) - 1) * PLACES
        chosen = places(release)[first : first + PLACES]
        routes = [("place", [kind, code]) for kind, code in chosen]
    both = []
    for language in ("sv", "en"):
        with override(language):
            both.append([reverse(name, args=arguments) for name, arguments in routes])
    yield from zip(*both, strict=True)
