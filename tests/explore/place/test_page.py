"""What the page of a place says: the sentences of the rules, both ends, rows, what is uncertain."""

from __future__ import annotations

import html
import re

import pytest

from samsyn.publish.intervals import Figure, tally, tally_of
from samsyn.publish.numbers import number, quantity
from samsyn.publish.wording import summary
from samsyn.statistics.query.shelf import served


def text_of(response):
    return html.unescape(response.content.decode())


def section(page, name):
    return page.partition(f'<section id="{name}"')[2].partition("</section>")[0]


def end(page, of):
    return page.partition(f'<div class="end end-{of}">')[2].partition("</div>")[0]


def test_trollhattan_shows_both_ends(national_site):
    page = text_of(national_site.get("/omrade/municipality/1488/"))
    first, last = end(page, 1), end(page, 5)
    for name in ("Kronogårds Torg", "Norra Lextorp"):
        assert name in first
        assert name not in last
    for name in ("Björndalen", "Strömslund", "Halvorstorp"):
        assert name in last
        assert name not in first
    assert page.index('class="end end-1"') < page.index('class="end end-5"')


@pytest.mark.parametrize("place", ["municipality/9901", "county/99", "country/00", "regso/9901R001",
                                   "deso/9901A0010", "custom/9901-inre-hamnen"])  # fmt: skip
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_sentences_are_those_of_the_rules_and_each_names_its_rule(demo_site, place, language):
    prefix = "" if language == "sv" else "/en"
    page = text_of(demo_site.get(f"{prefix}/omrade/{place}/"))
    told = summary(served().release(), place)
    assert f'<p class="lede">{told.text(language)}</p>' in page
    for sentence in (*told.sentences, *told.notes):
        assert re.search(
            re.escape(sentence.text(language)) + r' <a class="rule" href="' + prefix
            + r"/metoder/#" + re.escape(sentence.rule), page
        )  # fmt: skip


def test_a_row_shows_the_value_of_the_release_beside_county_and_country(national_site):
    release = served().release()
    page = text_of(national_site.get("/omrade/municipality/1488/"))
    row = page.partition('/indikator/rental_share/">')[2].partition("</article>")[0]
    values = release.values(
        "rental_share", areas=["municipality/1488", "county/14", "country/00"], period="2023"
    )
    told = dict(values.select("area", "value").iter_rows())
    assert f"<b>{quantity(told['municipality/2025/1488'], 'share', 'sv')}</b>" in row
    assert f"Länet {number(told['county/2025/14'], 'share', 'sv')}" in row
    assert f"Riket {number(told['country/2025/00'], 'share', 'sv')}" in row
    parts = release.values("rental_share", "regso", "municipality/1488", period="2023")["value"]
    assert f"<span>{number(parts.min(), 'share', 'sv')}</span>" in row
    assert f"<span>{number(parts.max(), 'share', 'sv')}</span>" in row
    assert row.count("h0") == parts.len()


def test_how_unevenly_people_live_is_the_index_of_the_release(national_site):
    release = served().release()
    page = text_of(national_site.get("/omrade/municipality/1488/"))
    rows = release.indices(
        "background", "deso", "municipality", index="dissimilarity", within="municipality/1488",
        group="foreign",
    )  # fmt: skip
    value = rows.filter(rows["against"].is_null())["value"][0]
    row = page.partition('segregation/background/">')[2].partition("</article>")[0]
    assert f"<b>{number(value, 'index', 'sv', 2)}</b>" in row
    assert "kommuner av samma typ" in row


def test_standing_among_others_is_the_rule_of_the_sentences():
    import numpy as np

    rng = np.random.default_rng(7)
    value = rng.uniform(0.1, 0.5, 60)
    reach = rng.uniform(0.001, 0.05, 60)
    lower, upper = value - reach, value + reach
    lower[3] = value[5] = np.nan
    others = [
        Figure(*(None if np.isnan(one) else float(one) for one in told))
        for told in zip(value, lower, upper, strict=True)
    ]
    for at in (0, 10, 20):
        assert tally_of(others[at], value, lower, upper, 0.01) == tally(others[at], others, 0.01)


def test_what_has_no_figure_is_named_and_never_zero(national_site):
    page = text_of(national_site.get("/omrade/municipality/1488/"))
    assert "17–24 år som varken arbetar eller studerar" in section(page, "education")
    assert "indikatorer i utgåvan har ingen siffra för platsen" in section(page, "osakert")


def test_a_regso_tells_its_type_its_limits_its_neighbours_and_its_parts(national_site):
    release = served().release()
    page = text_of(national_site.get("/omrade/regso/1488R007/"))
    lies = section(page, "karta")
    row = release.area_types(within="regso/1488R007").row(0, named=True)
    assert number(row["z"], "index", "sv", 2) in lies
    assert number(row["z"] - 2.0, "index", "sv", 2) in lies
    for key in release.neighbours("regso/1488R007")["neighbour"]:
        assert f'href="/omrade/regso/{key.rpartition("/")[2]}/"' in lies
    assert "/omrade/deso/1488C1070/" in lies
    crumbs = page.partition('<nav class="breadcrumb"')[2].partition("</nav>")[0]
    assert re.findall(r"/omrade/(\w+)/", crumbs) == ["country", "county", "municipality"]


def test_a_deso_is_found_below_its_regso(national_site):
    page = text_of(national_site.get("/omrade/deso/1488A0010/"))
    crumbs = page.partition('<nav class="breadcrumb"')[2].partition("</nav>")[0]
    kinds = re.findall(r"/omrade/(\w+)/", crumbs)
    assert kinds == ["country", "county", "municipality", "regso"]


def test_a_page_keeps_room_for_its_map_and_weighs_little(national_site):
    import gzip

    response = national_site.get("/omrade/municipality/0180/")
    page = text_of(response)
    picture = re.search(r'<img class="in-light" src="([^"]+)" width="(\d+)" height="(\d+)"', page)
    assert picture
    drawn = national_site.get(picture[1]).content.decode()
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn)
    assert size
    assert abs(float(size[2]) - float(picture[3])) < 1
    assert float(size[1]) == float(picture[2])
    assert len(gzip.compress(response.content)) < 25_000


def test_nothing_in_the_page_has_a_style_or_a_script_of_its_own(demo_site):
    page = demo_site.get("/omrade/municipality/9901/").content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)
    assert not re.search(r"\son[a-z]+=", page)
