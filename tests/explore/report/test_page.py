"""The page of a report: its form, its content, and own texts that stand in no address."""

from __future__ import annotations

import html
import re

import pytest

from samsyn.explore.report import making
from samsyn.publish.situation import COMPARISONS, SECTIONS

PAGE = "/omrade/municipality/9901/rapport/"
PLANTED = "<script>alert('å')</script>"


def shown(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return html.unescape(response.content.decode())


def form(page):
    return page.partition('<form method="post"')[2].partition("</form>")[0]


def ticked(page, name):
    return re.findall(rf'name="{name}" value="(\w+)" checked', form(page))


@pytest.mark.parametrize(
    "address",
    [PAGE, "/omrade/county/99/rapport/", "/omrade/country/00/rapport/",
     "/omrade/regso/9901R001/rapport/", "/omrade/deso/9901A0010/rapport/"],
)  # fmt: skip
@pytest.mark.parametrize("tongue", ["", "/en"])
def test_each_kind_of_place_has_a_report(demo_site, address, tongue):
    page = shown(demo_site, tongue + address)
    language = "en" if tongue else "sv"
    report = page.partition('<article class="report"')[2].partition("</article>")[0]
    for name, title in SECTIONS.items():
        assert f'href="#{name}"' in report
        assert f'<section id="{name}"><h2>{title[language]}</h2>' in report


def test_a_report_has_the_borders_that_the_address_asks_for(demo_site):
    here = "/omrade/regso/9901R001/rapport/"
    old, new = (shown(demo_site, f"{here}?vintage={year}") for year in (2020, 2025))
    assert "2024" in new.partition('id="lagesbild"')[2]
    assert old != new
    # All that belongs to it is of the same borders.
    for address in re.findall(r'(?:src|srcset|action)="(/omrade/regso[^"]+)"', old):
        assert "vintage=2020" in address, address
    assert 'href="/omrade/regso/9901R001/?vintage=2020"' in old
    picture = re.search(r'src="([^"]+)"', old.partition('id="lagesbild"')[2])[1]
    assert demo_site.get(picture).status_code == 200
    assert f'href="{here}?vintage=2020"' in shown(demo_site, "/omrade/regso/9901R001/?vintage=2020")
    wrong = demo_site.get(f"{here}?vintage=1850&period=2020")
    assert wrong.status_code == 400
    page = html.unescape(wrong.content.decode())
    assert "Området har inga gränser från ”1850”. Det finns: 2025, 2020." in page
    assert f'href="{here}?vintage=2020&period=2020"' in page


def test_all_is_chosen_at_first_and_the_periods_are_the_newest_first(demo_site):
    page = shown(demo_site, PAGE)
    assert ticked(page, "section") == list(SECTIONS)
    assert ticked(page, "compare") == list(COMPARISONS)
    periods = re.findall(r'<option value="(\d{4})"', form(page))
    assert periods == sorted(periods, reverse=True)
    assert len(periods) > 5
    assert "Den senaste för varje uppgift" in form(page)


def test_what_the_address_asks_for_is_what_is_shown(demo_site):
    page = shown(demo_site, f"{PAGE}?period=2020&compare=county&section=housing&section=summary")
    assert ticked(page, "section") == ["summary", "housing"]
    assert ticked(page, "compare") == ["county"]
    assert '<option value="2020" selected>' in page
    sections = re.findall(r'<section id="(\w+)"><h2>', page)
    assert [one for one in sections if one in SECTIONS] == ["summary", "housing"]


@pytest.mark.parametrize("query", ["compare=country,county", "compare=county&compare=country"])
def test_a_list_may_be_written_in_two_ways(demo_site, query):
    assert ticked(shown(demo_site, f"{PAGE}?{query}"), "compare") == ["county", "country"]


@pytest.mark.parametrize("query", ["compare=none", "compare="])
def test_nothing_can_be_chosen_too(demo_site, query):
    assert ticked(shown(demo_site, f"{PAGE}?{query}"), "compare") == []


@pytest.mark.parametrize(
    ("query", "known"),
    [
        ("section=housin", ["housin", *SECTIONS]),
        ("compare=world", ["world", *COMPARISONS]),
        ("period=soon", ["soon", "2020", "2023"]),
    ],
)
def test_what_does_not_exist_is_told_with_what_does(demo_site, query, known):
    response = demo_site.get(f"{PAGE}?{query}")
    assert response.status_code == 400
    page = response.content.decode()
    for one in known:
        assert one in page
    assert demo_site.get(f"{PAGE.removesuffix('/')}.pdf?{query}").status_code == 400


def test_a_period_without_figures_gives_the_report_that_is_possible_and_says_so(demo_site):
    page = shown(demo_site, f"{PAGE}?period=2031&section=summary")
    assert '<option value="2031" selected>' in page
    notice = page.partition('<div class="notice" role="note">')[2].partition("</div>")[0]
    assert "2031" in notice


def test_a_period_before_all_figures_gives_a_page_that_says_so(demo_site):
    page = shown(demo_site, f"{PAGE}?period=1999")
    notice = page.partition('<div class="notice" role="note">')[2].partition("</div>")[0]
    assert "1999" in notice


def test_a_place_that_is_not_there_suggests_those_that_are(demo_site):
    response = demo_site.get("/omrade/municipality/vattstad/rapport/")
    assert response.status_code == 404
    assert PAGE in response.content.decode()
    assert demo_site.get("/omrade/planet/9901/rapport/").status_code == 404


@pytest.mark.parametrize("ending", ["/rapport/?period=2020", "/rapport.pdf", "/rapport.docx"])
def test_what_is_written_otherwise_is_sent_on_for_good(demo_site, ending):
    response = demo_site.get(f"/omrade/kommun/9901{ending}")
    assert response.status_code == 301
    assert response.headers["Location"] == f"/omrade/municipality/9901{ending}"
    response = demo_site.get(f"/omrade/regso/9901r001{ending}")
    assert response.headers["Location"] == f"/omrade/regso/9901R001{ending}"


def test_an_own_text_stands_in_its_section_and_nowhere_else(demo_site):
    told = {"own-housing": f"Vi bygger.\r\n{PLANTED}", "author": "Vattstads kommun & co"}
    response = demo_site.post(PAGE, told)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    page = response.content.decode()
    assert PLANTED not in page
    assert "Vattstads kommun &amp; co" in page
    section = page.partition('<section id="housing">')[2].partition("</section>")[0]
    assert "Vi bygger." in section
    assert html.escape(PLANTED) in section
    other = page.partition('<section id="education">')[2].partition("</section>")[0]
    assert "Vi bygger." not in other
    assert "Vi bygger." not in demo_site.get(PAGE).content.decode()


def test_the_form_is_filled_in_as_it_was_sent(demo_site):
    told = {"own-health": "\n  Två rader\n\noch en", "section": ["", "health"], "period": "2021"}
    page = demo_site.post(PAGE, told).content.decode()
    assert re.search(r'<textarea name="own-health"[^>]*>\nTvå rader\n\noch en</textarea>', page)
    assert ticked(page, "section") == ["health"]
    assert '<option value="2021" selected>' in page
    assert "data-filled" in page
    assert f"{PAGE}?period=2021&amp;section=health" in page  # the address for others


def test_what_needs_no_secrecy_gets_an_address_that_can_be_sent(demo_site):
    told = {"period": "2020", "compare": ["", "country"], "section": ["", *SECTIONS], "author": " "}
    response = demo_site.post(PAGE, told)
    assert response.status_code == 303
    assert response.headers["Location"] == f"{PAGE}?period=2020&compare=country"
    plain = demo_site.post(f"/en{PAGE}", {"own-housing": "", "compare": list(COMPARISONS)})
    assert plain.headers["Location"] == f"/en{PAGE}"


def test_a_text_that_is_too_long_is_told_in_words(demo_site):
    assert demo_site.post(PAGE, {"own-housing": "å" * 5_000}).status_code == 200
    response = demo_site.post(PAGE, {"own-housing": "å" * 5_001})
    assert response.status_code == 400
    page = html.unescape(response.content.decode())
    assert "Boende" in page
    assert "5\u00a0001" in page
    assert "5\u00a0000" in page
    assert demo_site.post(PAGE, {"author": "x" * 201}).status_code == 400


def test_lines_that_a_browser_ends_with_two_characters_count_as_one(demo_site):
    assert demo_site.post(PAGE, {"own-housing": "å\r\n" * 2_500}).status_code == 200


def test_a_text_for_no_section_is_refused(demo_site):
    response = demo_site.post(PAGE, {"own-nothing": "x"})
    assert response.status_code == 400
    assert "housing" in response.content.decode()


def test_another_sites_page_puts_no_words_into_a_report(demo_site):
    told = {"own-housing": "Falskt"}
    response = demo_site.post(PAGE, told, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 400
    response = demo_site.post(PAGE, told, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 200


def test_every_picture_is_there_and_has_its_size(demo_site):
    page = shown(demo_site, f"{PAGE}?section=areas,evenness,housing")
    images = re.findall(r'<img src="(/[^"]+)" width="(\d+)" height="(\d+)" alt="([^"]+)"', page)
    assert images
    for address, width, height, alt in images:
        response = demo_site.get(address)
        assert response.status_code == 200, address
        assert response.headers["Content-Type"].startswith("image/svg+xml")
        head = response.content.decode()[:600]
        told = [float(re.search(rf'\s{side}="([\d.]+)"', head)[1]) for side in ("width", "height")]
        assert told == pytest.approx([float(width), float(height)], abs=1)
        assert alt.startswith("Bild: ")
    name = re.search(r"/bild/([\w-]+)\.svg", images[0][0])[1]
    for form in ("png", "csv", "json"):
        response = demo_site.get(f"{PAGE}bild/{name}.{form}?section=areas,evenness,housing")
        assert response.status_code == 200, form
        response.close()
    assert demo_site.get(f"{PAGE}bild/nothing.svg").status_code == 404


def test_a_pinned_page_stays_in_its_release(demo_site):
    page = shown(demo_site, f"{PAGE}?release=demo&compare=county")
    main = page[page.index("<main") : page.index("</main>")]
    links = re.findall(r'(?:href|action|formaction|srcset|src)="(/[^"]*)"', main)
    assert len(links) > 5
    for link in links:
        assert "release=demo" in link or link == "/omrade/rapport/", link
    assert demo_site.get(f"{PAGE}?release=nothing").status_code == 404
    sent = demo_site.post(f"{PAGE}?release=demo", {"period": "2020"})
    assert sent.headers["Location"] == f"{PAGE}?period=2020&release=demo"


def test_the_page_of_a_place_leads_to_its_report(demo_site):
    for kind in ("municipality/9901", "county/99", "country/00", "regso/9901R001"):
        page = shown(demo_site, f"/omrade/{kind}/")
        assert f'href="/omrade/{kind}/rapport/"' in page
    pinned = shown(demo_site, "/en/omrade/municipality/9901/?release=demo")
    assert f'href="/en{PAGE}?release=demo"' in pinned


def test_another_place_is_found_and_what_is_chosen_goes_with_one_there(demo_site):
    page = shown(demo_site, "/omrade/rapport/?q=hallmora&period=2020&section=housing")
    assert re.search(
        r'href="/omrade/municipality/\d{4}/rapport/\?period=2020&section=housing"', page
    )
    assert "<span>Hällmora</span>" in page
    assert '<input type="hidden" name="period" value="2020">' in page
    assert "liknar ”qqqq”" in shown(demo_site, "/omrade/rapport/?q=qqqq")
    assert shown(demo_site, "/en/omrade/rapport/")


def test_a_report_is_put_together_once_for_all_its_pictures(demo_site, monkeypatch):
    made = []
    real = making.situation_report

    def counted(release, choice):
        made.append(choice)
        return real(release, choice)

    monkeypatch.setattr(making, "situation_report", counted)
    making._kept.clear()
    page = shown(demo_site, f"{PAGE}?section=housing")
    for address in re.findall(r'<img src="(/[^"]+)"', page):
        demo_site.get(address)
    assert len(made) == 1


@pytest.mark.parametrize("kind", ["municipality/1488", "county/14"])
def test_a_report_of_real_figures(national_site, kind):
    page = shown(national_site, f"/omrade/{kind}/rapport/")
    assert page.count("<figure") >= 1
    assert page.count("<caption>") >= 1
