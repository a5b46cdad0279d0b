"""Every area of the demonstration, and some of each kind of the nation, has its pages."""

from __future__ import annotations

import re

import polars as pl
import pytest

from samsyn.statistics.query.shelf import served

KINDS = ["country", "county", "municipality", "regso", "deso"]
# What would tell that something went wrong on the way to the page.
WRONG = re.compile(r"\bnan\b|\bNone\b|&lt;b&gt;|\{[a-z_]+\}|%\([a-z]+\)s")


def addresses(areas):
    for kind, vintage, code in areas.select("kind", "vintage", "code").iter_rows():
        yield f"/omrade/{kind}/{code}/?vintage={vintage}"


def check(client, address):
    for language in ("", "/en"):
        response = client.get(language + address)
        assert response.status_code == 200, address
        text = response.content.decode()
        body = text[text.index("<main") : text.index("</main>")]
        assert WRONG.search(re.sub(r"(?s)<pre[^>]*>.*?</pre>", "", body)) is None, address
        assert body.count("<h1>") == 1


def test_every_area_of_the_demonstration_has_its_page(demo_site):
    areas = served().release().areas()
    assert areas.height > 500
    for address in addresses(areas):
        check(demo_site, address)


@pytest.mark.parametrize("kind", KINDS)
def test_some_areas_of_each_kind_of_the_nation_have_their_pages(national_site, kind):
    release = served().release()
    areas = release.areas(kind)
    islands = areas.join(release.neighbours(), on="area", how="anti")
    lonely = areas.filter(pl.col("parent").is_null())
    some = [areas.gather_every(max(areas.height // 12, 1)), islands.head(3), lonely.head(3)]
    for address in addresses(pl.concat(some).unique("area")):
        check(national_site, address)


def test_each_folded_part_of_a_page_is_a_page(demo_site):
    for place in ("municipality/9901", "county/99", "country/00", "regso/9901R001",
                  "deso/9901A0010", "custom/9901-inre-hamnen"):  # fmt: skip
        page = demo_site.get(f"/omrade/{place}/").content.decode()
        parts = sorted(set(re.findall(r'hx-get="([^"]+/visa/[^"]+)"', page)))
        assert parts or place.startswith("deso")
        for part in parts[:: 1 if place == "municipality/9901" else 6]:
            response = demo_site.get(part.replace("&amp;", "&"))
            assert response.status_code == 200, part
            assert 'class="piece"' in response.content.decode(), part
