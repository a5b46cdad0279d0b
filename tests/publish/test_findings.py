"""What checks find is told in Swedish: every sentence that they can write into a release."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import samsyn.statistics
from samsyn.publish.finding_forms import FORMS
from samsyn.publish.findings import BLANK, Told, in_swedish, told

STATISTICS = Path(samsyn.statistics.__file__).parent
# A text for each blank; names that are not here are filled with themselves.
FILLED = {
    "count": "3", "of": "40", "vintage": "2018", "kind": "deso", "value": "0.5",
    "other_value": "-1.25", "period": "2022", "where": " in a.csv", "by": " in b.csv",
    "meant": '. Is "rental_share" meant?', "whose": ', of "1499A0010" and 2 more',
    "area": "regso/2020/1488R001", "names": '"ett", "två" and 7 more', "subject": "rental_share",
}  # fmt: skip
# What is written into errors alone, in functions that write warnings too.
OF_ERRORS = (
    " puts DeSO in RegSO of other municipalities: ",
    ". Left out",
    ". Its values were left out",
    " more texts are no known areas: ",
)
OF_BLANKS = (", of ", '. Is "', '" meant?')


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.english[:60])
def test_every_form_is_known_by_what_is_written_in_it(form):
    """No other form takes it, and every blank of the Swedish is filled."""
    blanks = {name: FILLED.get(name, f"⟨{name}⟩") for name in BLANK.findall(form.english)}
    assert set(BLANK.findall(form.swedish)) <= set(blanks)
    swedish = in_swedish(form.english.format_map(blanks))
    assert swedish is not None
    for part in BLANK.split(form.swedish)[::2]:
        assert part in swedish
    assert not set(swedish) & set("{}")


def test_numbers_places_and_lists_are_written_as_in_swedish():
    found = in_swedish(
        "rental_share changes more from one period to the next than is likely (values: 2), most in "
        "regso/2020/1488R001: 0.25 before 2023, then 0.75"
    )
    assert found == (
        "rental_share ändras mer från en period till nästa än vad som är troligt. Antal värden: 2. "
        "Mest ändras RegSO 1488R001 (2020): 0,25 före 2023, sedan 0,75."
    )
    assert (
        in_swedish(
            "2 polygons crossed themselves and were mended: municipality/2025/1488 and 4 more"
        )
        == "2 områdens gränser korsade sig själva och lagades: kommun 1488 och 4 till."
    )


def test_a_release_knows_what_indicators_and_areas_are_called(demo):
    found = told(
        "rental_share changes more from one period to the next than is likely (values: 1), most in "
        "municipality/2025/9901: 0.1 before 2023, then 0.9",
        "sv", demo,
    )  # fmt: skip
    assert found.language == "sv"
    assert found.text.startswith("Andel hyresrätter (rental_share) ändras mer")
    assert f"{demo.area('municipality/2025/9901').name} (kommun 9901)" in found.text


@pytest.mark.parametrize("message", ["The moon is in the way", ""])
def test_what_has_no_known_form_is_told_as_it_stands(message):
    assert told(message, "sv") == told(message, "en") == Told(message, "en")


def test_an_english_page_tells_what_was_written():
    message = "2 polygons crossed themselves and were mended: x"
    assert told(message, "en") == Told(message, "en")


def test_every_sentence_that_a_check_can_write_has_its_form():
    """All text that stands in a function that makes warnings or notes is in a form."""
    known = "\n".join(form.english for form in FORMS)
    written = dict(_written())
    assert len(written) > 50
    lacking = {
        text: where
        for text, where in written.items()
        if text not in known and text not in {*OF_ERRORS, *OF_BLANKS}
    }
    assert not lacking
    assert written.keys() > {*OF_ERRORS, *OF_BLANKS}, "one of these is written no more"


def _written() -> Iterator[tuple[str, str]]:
    """Each constant part of the message of a finding that is no error, and who writes it."""
    for path in sorted(STATISTICS.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                for call in ast.walk(function):
                    if isinstance(call, ast.Call) and _warns(call):
                        for text in _texts(call.args[2], function):
                            yield text, f"{path.stem}.{function.name}"


def _warns(call: ast.Call) -> bool:
    """Whether it makes a finding that may be no error."""
    named = isinstance(call.func, ast.Name) and call.func.id == "Finding" and len(call.args) > 2
    return named and not (isinstance(call.args[1], ast.Constant) and call.args[1].value == "error")


def _texts(node: ast.AST, function: ast.FunctionDef) -> Iterator[str]:
    """The constant parts of formatted texts in an expression, and in what its names stand for."""
    names = {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
    told = [node]
    for step in ast.walk(function):
        if isinstance(step, ast.Assign | ast.AugAssign):
            targets = step.targets if isinstance(step, ast.Assign) else [step.target]
            if any(isinstance(one, ast.Name) and one.id in names for one in targets):
                told.append(step.value)
    for part in told:
        for text in ast.walk(part):
            if isinstance(text, ast.JoinedStr):
                for piece in text.values:
                    if isinstance(piece, ast.Constant) and len(str(piece.value)) > 3:
                        yield str(piece.value)
