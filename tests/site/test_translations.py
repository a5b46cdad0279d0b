"""Every text that a page shows has its English, and none is left of a text that is gone."""

from __future__ import annotations

import re

import pytest
from django.test import override_settings
from django.utils import translation

from samsyn.site.translations import compile_all, kept, lacking, rooms, texts

BLANK = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


def messages(room):
    return {(message.context, message.id) for message in kept(room) if message.id}


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_each_text_has_its_english_and_no_other(room):
    shown = set(texts(room))
    assert messages(room) == shown, "run `make translations` and fill in what it names"
    assert lacking(kept(room)) == []


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_translation_has_the_blanks_of_its_text(room):
    for message in kept(room):
        if not message.id:
            continue
        forms = message.string if message.pluralizable else (message.string,)
        ids = message.id if message.pluralizable else (message.id,)
        wanted = set().union(*(set(BLANK.findall(text)) for text in ids))
        for form in forms:
            assert set(BLANK.findall(form)) <= wanted, message.id
            if not message.pluralizable:
                assert set(BLANK.findall(form)) == wanted, message.id


def test_a_page_speaks_the_language_of_its_address(demo_site):
    compile_all()
    translation.trans_real._translations.clear()
    swedish = demo_site.get("/tillganglighet/").content.decode()
    english = demo_site.get("/en/tillganglighet/").content.decode()
    assert '<html lang="sv"' in swedish
    assert "Till innehållet" in swedish
    assert '<html lang="en"' in english
    assert "Till innehållet" not in english


@override_settings(USE_I18N=True)
def test_the_language_of_the_browser_does_not_change_what_an_address_shows(demo_site):
    swedish = demo_site.get("/tillganglighet/", headers={"accept-language": "en"})
    assert swedish.headers["Content-Language"] == "sv"
