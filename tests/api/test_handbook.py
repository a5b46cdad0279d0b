"""What the handbook's pages about the API ask is answered."""

from __future__ import annotations

import re
import shlex

import pytest

from tests.cli.conftest import ROOT

HERE = "http://127.0.0.1:8000"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_address_of_the_page_answers(national_site, language):
    page = (ROOT / f"docs/handbook/{language}/api.md").read_text("utf-8")
    asked = re.findall(r"^curl .*$", page, re.MULTILINE)
    assert len(asked) == 7
    for command in asked:
        address = shlex.split(command)[-1]
        assert address.startswith(HERE)
        answer = national_site.get(address.removeprefix(HERE))
        assert answer.status_code == 200, (command, answer.content[:300])
        assert len(answer.content) > 50


def test_both_pages_say_the_same(pytestconfig):
    pages = [(ROOT / f"docs/handbook/{one}/api.md").read_text("utf-8") for one in ("sv", "en")]
    codes = [set(re.findall(r"`[^`\s]+`", page)) for page in pages]
    assert codes[0] ^ codes[1] <= {
        "`release=NAMN`", "`release=NAME`", "`/release/NAMN/api/v2`", "`/release/NAME/api/v2`",
        "`/api/releases/NY/changes?since=GAMMAL`", "`/api/releases/NEW/changes?since=OLD`",
    }  # fmt: skip
