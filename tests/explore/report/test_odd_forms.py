"""Whatever a form sends: a page that helps or a file, never a failure of ours."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

PAGE = "/omrade/municipality/9901/rapport/"
NAMES = [
    "period",
    "compare",
    "section",
    "author",
    "own-housing",
    "own-summary",
    "own-",
    "own-x",
    "q",
]
KNOWN = [
    "", "none", "housing", "summary,housing", "county", "2020", "2020K1", "2099", "１２", "latest",
    "\x00", "\x0b\x0c", "\ud7ff\ufffe\uffff", "<b>", "{{ x }}", "%s %(name)s {0}", "å" * 5_001,
    "\r\n\r\n", "= 1 + 1", "*stark* _kursiv_ #rubrik $x$ @ref \\", "]]>", "\u202e\u200b", "😀",
]  # fmt: skip
value = st.one_of(st.sampled_from(KNOWN), st.text(max_size=30))
fields = st.dictionaries(st.sampled_from(NAMES), st.lists(value, min_size=1, max_size=2))


@pytest.mark.parametrize(
    ("address", "examples"),
    [(PAGE, 40), (f"/en{PAGE}", 20), ("/omrade/municipality/9901/rapport.docx", 10)],
)
def test_no_form_makes_the_site_fail(demo_site, address, examples):
    @settings(max_examples=examples, suppress_health_check=[HealthCheck.too_slow])
    @given(fields)
    @example({"own-summary": ["\x00\x1b\ufffe" + "åäö <&>\n\n"], "section": ["summary"]})
    def sent(told):
        told = {
            name: [text.encode("utf-8", "replace").decode() for text in texts]
            for name, texts in told.items()
        }
        response = demo_site.post(address, told)
        assert response.status_code in {200, 303, 400}

    sent()


@pytest.mark.parametrize("text", [one for one in KNOWN if len(one) < 5_000])
def test_no_text_breaks_a_pdf(demo_site, text):
    told = {"own-summary": f"a {text} b", "author": f"x{text}", "section": "summary"}
    response = demo_site.post("/omrade/municipality/9901/rapport.pdf", told)
    # Letters that the fonts lack are told.
    assert response.status_code == 200 or "typsnitt" in response.content.decode()


@pytest.mark.parametrize("text", ["😀", "مرحبا", "你好"])
def test_letters_that_no_font_has_are_named(demo_site, text):
    told = {"own-summary": f"Hej {text}", "section": "summary"}
    response = demo_site.post("/omrade/municipality/9901/rapport.pdf", told)
    if response.status_code == 400:
        page = response.content.decode()
        assert any(letter in page for letter in text)
        assert "Word" in page
    else:
        assert response.content.startswith(b"%PDF-")
    word = demo_site.post("/omrade/municipality/9901/rapport.docx", told)
    assert word.status_code == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"--x\r\nnothing", "multipart/form-data; boundary=x"),
        (b"--x\r\nnothing", "multipart/form-data"),
        (b"own-housing=%ff%fe", "application/x-www-form-urlencoded"),
        (b"x=1&" * 2_000, "application/x-www-form-urlencoded"),
        (b"own-housing=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
    ],
)
def test_what_is_no_form_is_refused_or_empty(demo_site, body, kind):
    demo_site.raise_request_exception = False
    response = demo_site.generic("POST", PAGE, body, content_type=kind)
    assert response.status_code in {200, 303, 400, 413}


def test_other_methods_are_refused(demo_site):
    assert demo_site.put(PAGE).status_code == 405
    assert demo_site.delete("/omrade/municipality/9901/rapport.pdf").status_code == 405
    assert demo_site.post("/omrade/rapport/").status_code == 405
    assert demo_site.head(PAGE).status_code == 200
