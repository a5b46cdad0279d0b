"""Citations and permalinks."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from samsyn.publish import citation
from samsyn.publish.about import About, about
from samsyn.statistics.query import Release
from samsyn.statistics.sources.forms import Provenance
from samsyn.statistics.sources.opening import UNTOLD

SCB = Provenance("SCB", "a.xlsx", "ab", table="000006TA", licence="CC0",
                 retrieved="2026-02-03T04:05:06+00:00")  # fmt: skip
SOURCE = About(
    "Andel med låg ekonomisk standard i Trollhättan", "sv", "sweden-2022",
    "2026-11-21T09:08:51+00:00", "0.1.0", (SCB,), ("2022",),
)  # fmt: skip


def test_text_in_both_languages() -> None:
    address = "https://samsyn.example/x?release=sweden-2022"
    assert citation.text(SOURCE, address) == (
        "Andel med låg ekonomisk standard i Trollhättan, 2022. Samsyn, utgåva sweden-2022 av den "
        f"2026-11-21. Källa: SCB (000006TA). Hämtat från källan 2026-02-03. {address}"
    )
    english = citation.text(replace(SOURCE, language="en", sources=()))
    assert english.endswith("Samsyn, release sweden-2022 of 2026-11-21.")


def test_bibtex_escapes_what_tex_would_read() -> None:
    entry = citation.bibtex(replace(SOURCE, title="50 % & {mer}_#"), "https://x.example/a?b=c")
    assert r"title = {50 \% \& \{mer\}\_\#, 2022}," in entry
    assert "url = {https://x.example/a?b=c}," in entry
    assert entry.count("{") == entry.count("}")
    assert entry != citation.bibtex(replace(SOURCE, title="Annat"))


@given(st.text(max_size=40))
def test_braces_of_an_entry_close(title: str) -> None:
    entry = citation.bibtex(replace(SOURCE, title=title))
    plain = entry.replace(r"\{", "").replace(r"\}", "")
    assert plain.count("{") == plain.count("}")


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=8)))
def test_a_permalink_keeps_the_question_and_names_the_release(asked: dict[str, str]) -> None:
    address = citation.permalink("https://samsyn.example/", "/jämför/", "r-1", asked)
    parts = urlsplit(address)
    assert address.isascii()
    assert parts.path == "/j%C3%A4mf%C3%B6r/"
    found = parse_qs(parts.query)
    assert found["release"] == ["r-1"]
    assert {name: value[0] for name, value in found.items() if name != "release"} == {
        name: value for name, value in asked.items() if name != "release"
    }


def test_a_permalink_keeps_every_value_of_a_parameter() -> None:
    asked = {"place": ["municipality/1488", "county/14"], "q": "a"}
    address = citation.permalink("https://samsyn.example", "/jamfor/", "r-1", asked)
    assert parse_qs(urlsplit(address).query)["place"] == asked["place"]


def test_an_older_release_in_the_question_gives_way() -> None:
    address = citation.permalink("https://a", "x", "new", {"release": "old"})
    assert address == "https://a/x?release=new"


def test_what_goes_with_figures_is_the_releases(demo: Release) -> None:
    values = demo.values("low_economic_standard_share", areas=["9901"])
    told = about(demo, "T", "sv", frames=[values])
    assert set(told.sources) == set(demo.sources(values["source"]))
    assert told.when == "2012–2024"
    assert told.licences == ["CC0"]
    index = demo.indices("tenure", "deso", within="9901", index="multigroup_theil_h")
    derived = about(demo, "T", "en", frames=[index], subjects=["tenure", "not there"])
    assert derived.derived
    assert set(derived.sources) == set(demo.sources_of("tenure"))
    assert "Computed by Samsyn, release" in derived.source_line


def test_figures_that_are_computed_name_what_they_rest_on(demo: Release) -> None:
    index = demo.values("inequality_index", areas=["9901"])
    assert index["source"].null_count() == index.height
    told = about(demo, "T", "sv", frames=[index])
    assert set(told.sources) == set(demo.sources_of("economic_standard"))
    types = about(demo, "T", "sv", frames=[demo.area_types("2024")])
    assert set(demo.sources_of("unemployment_rate")) <= set(types.sources)


def test_a_source_that_no_file_tells_is_said_to_be_unknown() -> None:
    unknown = replace(SOURCE, sources=(SCB, Provenance(UNTOLD, "b.csv", "cd")))
    assert unknown.source_line == (
        "Källa: SCB, utgivaren är inte angiven, 2022. Samsyns utgåva sweden-2022"
    )
