"""Every text is there in both languages, with the same blanks."""

import importlib
import pkgutil
import re
from string import Formatter
from typing import Any

import pytest

import samsyn.publish
from samsyn.measure.errors import InputError
from samsyn.publish.texts import capital, listed, said
from samsyn.publish.wording.rules import Topic


def modules() -> list[Any]:
    found = pkgutil.walk_packages(samsyn.publish.__path__, "samsyn.publish.")
    return [importlib.import_module(one.name) for one in found]


def tables(content: Any, where: str) -> list[tuple[str, dict[str, str]]]:
    """Every pair of texts in a module's constants, however deep."""
    if (
        isinstance(content, dict)
        and {"sv", "en"} & set(content)
        and all(isinstance(text, str) for text in content.values())
    ):
        return [(where, content)]
    if isinstance(content, dict):
        return [pair for key, value in content.items() for pair in tables(value, f"{where}.{key}")]
    return []


PAIRS = [
    pair
    for module in modules()
    for name, content in vars(module).items()
    if name.isupper()
    for pair in tables(content, f"{module.__name__}.{name}")
]
TOPICS = {
    id(topic): topic
    for module in modules()
    for content in vars(module).values()
    for topic in (content if isinstance(content, tuple) else (content,))
    if isinstance(topic, Topic)
}


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_there_are_texts_to_look_at() -> None:
    assert len(PAIRS) > 60
    assert len(TOPICS) >= 12


@pytest.mark.parametrize(("where", "pair"), PAIRS, ids=[where for where, _ in PAIRS])
def test_every_text_is_in_both_languages(where: str, pair: dict[str, str]) -> None:
    assert set(pair) == {"sv", "en"}
    assert all(text.strip() for text in pair.values())
    assert blanks(pair["sv"]) == blanks(pair["en"])


@pytest.mark.parametrize("topic", TOPICS.values(), ids=lambda topic: topic.name)
def test_every_rule_is_in_both_languages(topic: Topic[Any]) -> None:
    names = [rule.name for rule in topic.rules]
    assert len(set(names)) == len(names)
    for rule in topic.rules:
        assert bool(rule.sv) == bool(rule.en)
        assert blanks(rule.sv) == blanks(rule.en)
        if rule.sv:
            assert rule.sv.endswith(".")
            assert rule.en.endswith(".")
            assert not re.search(r"  |\s\.", rule.sv + rule.en)


def test_lists_and_capitals() -> None:
    assert listed([], "sv") == ""
    assert listed(["A"], "sv") == "A"
    assert listed(["A", "B", "C"], "sv") == "A, B och C"
    assert listed(["A", "B"], "en") == "A and B"
    assert capital("åÄ") == "ÅÄ"


def test_another_language_is_refused() -> None:
    with pytest.raises(InputError, match='no language "de": choose sv or en'):
        said({"a": {"sv": "x", "en": "y"}}, "a", "de")
