"""Place names in the forms in which they are compared."""

import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.statistics.areas import search_text, search_texts
from samsyn.statistics.areas.names import spelled, tidied

NAMES = st.text(st.sampled_from("aåÅäÄöÖéÉüØæß Bz19-–—()/.,'\u00a0\u0301\t"), max_size=20)


def slow_fold(text: str) -> str:
    """The folded form, letter by letter."""
    letters: list[str] = []
    for mark in unicodedata.normalize("NFKD", text):
        if unicodedata.category(mark).startswith("M"):
            continue
        plain = {"ø": "o", "æ": "ae", "ß": "ss"}.get(mark.lower(), mark.lower())
        letters += [letter if letter.isalnum() else " " for letter in plain]
    return " ".join("".join(letters).split())


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Trollhättan", "trollhattan"),
        ("ÅÄÖ åäö", "aao aao"),
        ("Upplands-Bro", "upplands bro"),
        ("Norra\u00a0 Kär – Södra  Kär", "norra kar sodra kar"),
        ("Tuna )", "tuna"),
        ("Sa\u0308ter", "sater"),
        ("Linné/É", "linne e"),
        ("Tromsø", "tromso"),
        ("", ""),
    ],
)
def test_a_name_is_found_without_dots_rings_and_signs(name, found):
    assert search_text(name) == found


@given(NAMES)
def test_folding_is_the_same_letter_by_letter(text):
    assert search_text(text) == slow_fold(text)


@given(NAMES)
def test_what_is_folded_stays_folded(text):
    assert search_text(search_text(text)) == search_text(text)


@given(st.lists(st.one_of(st.none(), NAMES), max_size=12))
def test_many_names_are_folded_in_their_order(texts):
    column = pl.Series("name", texts, dtype=pl.String)
    folded = search_texts(column)
    assert folded.name == "name"
    assert folded.to_list() == [None if text is None else slow_fold(text) for text in texts]


def form(expression, text):
    return pl.select(expression(pl.lit(text))).item()


def test_spelling_keeps_accents_apart_and_nothing_else():
    assert form(spelled, "Håbo") != form(spelled, "Habo")
    alike = ["Norra Kär-Södra Kär", "norra kär – södra  kär", "Norra Ka\u0308r -\u00a0Södra Kär "]
    assert {form(spelled, text) for text in alike} == {"norra kär-södra kär"}
    assert form(spelled, "Åby ( Ås )") == "åby (ås)"


def test_a_name_is_shown_with_single_spaces():
    assert form(tidied, "  Södra\u00a0 Kär ") == "Södra Kär"
    assert form(tidied, " \t ") is None
