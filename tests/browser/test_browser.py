"""The browser and what watches over its pages."""

from __future__ import annotations

import pytest

from tests.browser.accessibility import violations

PLAIN = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Trollhättan</title>
</head><body><main><h1>Så bor vi</h1><p>Från Kronogården till Björndalen.</p></main></body></html>
"""
UNKIND = """<!doctype html><html><head><title>x</title></head>
<body><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></body></html>
"""


@pytest.fixture
def show(page, tmp_path):
    """Opens a page with this text."""

    def shown(text: str):
        path = tmp_path / "page.html"
        path.write_text(text, encoding="utf-8")
        page.goto(path.as_uri())
        return page

    return shown


def test_a_page_is_opened_and_its_title_read(show):
    assert show(PLAIN).title() == "Trollhättan"


def test_an_error_in_a_script_is_seen(show, complaints):
    show(PLAIN.replace("<main>", "<main><script>throw new Error('planted')</script>"))
    assert complaints == ["planted"]
    complaints.clear()


def test_a_breach_of_the_content_security_policy_is_seen(show, complaints):
    policy = '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
    show(PLAIN.replace("<title>", f"{policy}<script>document.title = 'x'</script><title>"))
    assert "Content Security Policy" in complaints[0]
    complaints.clear()


def test_a_request_to_somebody_elses_server_is_seen_and_goes_nowhere(show, complaints):
    show(PLAIN.replace("</main>", '<img alt="" src="https://example.org/pixel.gif"></main>'))
    assert "asked another server: https://example.org/pixel.gif" in complaints
    assert any("ERR_NAME_NOT_RESOLVED" in complaint for complaint in complaints)
    complaints.clear()


def test_axe_finds_nothing_wrong_with_a_plain_page(show):
    assert violations(show(PLAIN)) == []


def test_axe_finds_what_is_wrong(show):
    found = {violation.partition(":")[0] for violation in violations(show(UNKIND))}
    assert {"html-has-lang", "image-alt"} <= found
