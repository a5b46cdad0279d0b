"""HTML in every field of text is text on every page."""

from __future__ import annotations

import pytest

from samsyn.cycle.models import MappingRound
from samsyn.people.kinds import kinds
from samsyn.people.models import Role
from tests.people.everything import every_kind
from tests.people.making import client, member, organisation
from tests.people.test_matrix import addresses, filled

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
RAW = ("<script>alert", "<img src=x", "\"'><")
NUMBER = 900_001


def test_no_page_has_html_that_somebody_typed(demo_site):
    own = organisation(f"Vattstad {SCRIPT}", home_area="municipality/9901")
    lena = member("lena", own, Role.LEAD)
    lena.name = f"Lena {SCRIPT}"
    lena.save()
    browser = client(lena)
    made = every_kind(own, lena, SCRIPT, NUMBER)
    for one in made.values():
        browser.post(f"{one.get_absolute_url()}kommentar/", {"text": SCRIPT})
        assert browser.post(f"{one.get_absolute_url()}delning/", {"visibility": SCRIPT}).status_code
    browser.post(f"{made['grupp'].get_absolute_url()}andra/", {"title": f"Nytt {SCRIPT}"})
    shown = 0
    for name, pattern, asked in addresses():
        for word in kinds() if "<slug:word>" in pattern else [MappingRound.WORD]:
            there = filled(pattern, asked, own.slug, NUMBER, word)
            answer = browser.get(there)
            assert answer.status_code < 500, there
            if answer.status_code != 200 or "html" not in answer["Content-Type"]:
                continue
            shown += 1
            text = answer.content.decode()
            for raw in RAW:
                assert raw not in text, (name, there)
    assert shown > 60
    for one in made.values():
        page = browser.get(one.get_absolute_url()).content.decode()
        assert "&lt;script&gt;alert(1)" in page
    browser.post(f"{made['problem'].get_absolute_url()}ta-bort/")
    basket = browser.get(f"{own.get_absolute_url()}papperskorg/").content.decode()
    assert "&lt;script&gt;alert(1)" in basket
    assert not any(raw in basket for raw in RAW)
