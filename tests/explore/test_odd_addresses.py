"""Whatever stands in an address: a page that helps, never a failure of ours."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

PATHS = [
    "/",
    "/sok/",
    "/omrade/municipality/9901/",
    "/omrade/municipality/9901.csv",
    "/omrade/{odd}/9901/",
    "/omrade/municipality/{odd}/",
    "/omrade/regso/{odd}.json",
    "/omrade/rapport/",
    "/omrade/municipality/9901/rapport/",
    "/omrade/{odd}/9901/rapport/",
    "/omrade/municipality/{odd}/rapport/",
    "/omrade/municipality/{odd}/rapport.pdf",
    "/omrade/municipality/9901/rapport/bild/{odd}.svg",
    "/omrade/municipality/9901/rapport/bild/map-types.csv",
    "/indikator/",
    "/indikator/rental_share/",
    "/indikator/rental_share.csv",
    "/indikator/{odd}/",
    "/indikator/segregation/background/",
    "/jamfor/",
    "/jamfor.csv",
    "/karta/",
    "/karta.csv",
    "/karta/style.json",
    "/omradestyper/",
    "/omradestyper.csv",
    "/metoder/",
    "/om-uppgifterna/",
    "/om-uppgifterna.csv",
    "/andringar/",
    "/andringar.csv",
    "/tillganglighet/",
    "/api/areas",
    "/api/areas/municipality/{odd}",
    "/api/indices",
    "/api/releases",
    "/api/geo/regso",
    "/api/geo/{odd}",
    "/api/v2/tables",
    "/api/v2/tables/{odd}/metadata",
    "/api/v2/config",
    "/dcat",
    "/sitemap.xml",
]  # fmt: skip
NAMES = [
    "release", "place", "indicator", "index", "grouping", "units", "level", "within", "period", "q",
    "look", "bare", "vintage", "part", "from", "to", "page", "sort", "zoom", "resolution", "lang",
    "outputFormat", "weight.population", "group", "query", "kind", "search", "limit", "offset",
    "compare", "section", "narrow",
]  # fmt: skip
KNOWN = [
    "demo", "municipality/9901", "9901", "Vattstad", "rental_share", "area_type", "dissimilarity",
    "background", "deso", "regso", "municipality", "county/99", "2023", "latest", "dark", "1",
    "sv", "en", "csv", "0", "-1", "999999999999999999999", "nan", "1e400", "*", "?", "../../etc",
    "<script>alert(1)</script>", "' OR 1=1 --", "\x00", "\ud7ff", "å" * 3000, "%", "{}", "[]",
    "regso/2020", "regso/1", "/", "municipality/", "/9901", "custom/x", "2023,2022", "１２",
    "none", "housing", "county,country",
]  # fmt: skip
odd = st.one_of(st.sampled_from(KNOWN), st.text(max_size=12))
queries = st.lists(st.tuples(st.sampled_from(NAMES), odd), max_size=5)


@pytest.mark.parametrize("path", PATHS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.sampled_from(["", "/en"]), odd, queries)
@example("", "9901", [])
@example("/en", "\x00", [("release", "../../etc")])
def test_no_address_makes_the_site_fail(demo_site, path, tongue, value, query):
    from urllib.parse import quote, urlencode

    prefix = tongue if not path.startswith(("/api/", "/dcat", "/sitemap")) else ""
    address = prefix + path.replace("{odd}", quote(value, safe=""))
    pairs = [(name, text.encode("utf-8", "replace").decode()) for name, text in query]
    whole = f"{address}?{urlencode(pairs)}" if pairs else address
    # What a page raises reaches the test by itself; the client does not hide it.
    response = demo_site.get(whole)
    assert response.status_code in {200, 301, 302, 304, 400, 403, 404, 406, 422, 429}, whole
    response.close()


def test_what_is_written_in_an_address_is_never_markup(demo_site):
    planted = "<script>alert(1)</script>"
    for path in ("/sok/?q=", "/jamfor/?place=", "/indikator/?q=", "/?release=", "/karta/?level="):
        page = demo_site.get(path + planted).content.decode()
        assert planted not in page
