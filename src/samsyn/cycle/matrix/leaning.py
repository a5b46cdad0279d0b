"""What a plan leans on, in sentences: the same matrix gives the same words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from samsyn.cycle.matrix.placing import Cell, Matrix
from samsyn.publish.numbers import number
from samsyn.publish.texts import Texts, said
from samsyn.statistics.classifications import classification

# A plan leans on what at least two thirds of its interventions, or of its money, are.
LEANS: Final = Fraction(2, 3)

TEXTS: Final[Texts] = {
    "none": {"sv": "Här finns inga insatser än.", "en": "There are no interventions yet."},
    "none_chosen": {
        "sv": "Inga insatser passar det som är valt.", "en": "No interventions match the choice.",
    },
    "one": {
        "sv": "Här finns en enda insats: {level} och {horizon}.",
        "en": "There is a single intervention: {level} and {horizon}.",
    },
    "unplaced_only": {
        "sv": "Ingen insats har både nivå och horisont.",
        "en": "No intervention has both a level and a horizon.",
    },
    "all": {
        "sv": "Alla {all} insatser är {what}.", "en": "All {all} interventions are {what}.",
    },
    "most": {
        "sv": "De flesta insatserna, {count} av {all}, är {what}.",
        "en": "Most interventions, {count} of {all}, are {what}.",
    },
    "spread": {
        "sv": "Insatserna är fördelade: {parts}.", "en": "The interventions are spread: {parts}.",
    },
    # The same again, of the other axis.
    "all_too": {"sv": "Alla är {what}.", "en": "All are {what}."},
    "most_too": {
        "sv": "De flesta, {count} av {all}, är {what}.",
        "en": "Most, {count} of {all}, are {what}.",
    },
    "spread_too": {"sv": "De är fördelade: {parts}.", "en": "They are spread: {parts}."},
    "not_structural": {
        "sv": "Ingen är på strukturell nivå.", "en": "None is at the structural level.",
    },
    "not_long_term": {"sv": "Ingen är på lång sikt.", "en": "None is long-term."},
    "no_money": {"sv": "Inga pengar är beslutade.", "en": "No money is decided."},
    "money": {
        "sv": "Av beslutade {decided} kronor går {share} till insatser som är {what}.",
        "en": "Of SEK {decided} decided, {share} goes to interventions that are {what}.",
    },
    "money_spread": {
        "sv": "Beslutat är {decided} kronor, fördelat över båda horisonterna.",
        "en": "SEK {decided} is decided, spread over both horizons.",
    },
    "lacking": {
        "sv": "Av allt som är räknat på saknas {missing}, och {applied} är sökt.",
        "en": "Of all that is costed, {missing} is missing and {applied} is applied for.",
    },
}  # fmt: skip
WORDS: Final[Texts] = {
    "structural": {"sv": "på strukturell nivå", "en": "at the structural level"},
    "area": {"sv": "på områdesnivå", "en": "at the level of areas"},
    "sector": {"sv": "på sektorsnivå", "en": "at the level of sectors"},
    "individual": {"sv": "på individnivå", "en": "at the level of individuals"},
    "here_and_now": {"sv": "här och nu", "en": "here and now"},
    "long_term": {"sv": "på lång sikt", "en": "long-term"},
}


def leaning(matrix: Matrix, language: str, *, chosen: bool = False) -> list[str]:
    """The sentences. `chosen` says that the matrix is of a part of the plan only."""
    if not matrix.all.count:
        return [said(TEXTS, "none_chosen" if chosen else "none", language)]
    horizons = {one: matrix.horizon(one) for one in matrix.horizons}
    levels = {one: matrix.level(one) for one in matrix.levels}
    count = sum(cell.count for cell in horizons.values())
    if not count:
        return [said(TEXTS, "unplaced_only", language)]
    if count == 1:
        level = next(one for one, cell in levels.items() if cell.count)
        horizon = next(one for one, cell in horizons.items() if cell.count)
        told = {"level": named(level, language), "horizon": named(horizon, language)}
        return [said(TEXTS, "one", language, **told), *_money(matrix, horizons, language)]
    sentences = [_share(horizons, count, language), _share(levels, count, language, "_too")]
    for code, cell in (("long_term", horizons), ("structural", levels)):
        # Where all are something else, that has been said.
        if not cell.get(code, Cell()).count and max(one.count for one in cell.values()) < count:
            sentences.append(said(TEXTS, f"not_{code}", language))
    return [*sentences, *_money(matrix, horizons, language)]


def named(code: str, language: str) -> str:
    """A level or a horizon as a sentence says it."""
    if code in WORDS:
        return said(WORDS, code, language)
    for of in ("intervention_level", "intervention_horizon"):
        if code in classification(of).entries:
            return classification(of).label(code, language).lower()
    return code


def _share(cells: Mapping[str, Cell], count: int, language: str, again: str = "") -> str:
    most, cell = max(cells.items(), key=lambda one: one[1].count)
    told = {"all": count, "count": cell.count, "what": named(most, language)}
    if cell.count == count:
        return said(TEXTS, f"all{again}", language, **told)
    if Fraction(cell.count, count) >= LEANS:
        return said(TEXTS, f"most{again}", language, **told)
    parts = ", ".join(
        f"{one.count} {named(code, language)}" for code, one in cells.items() if one.count
    )
    return said(TEXTS, f"spread{again}", language, parts=parts)


def _money(matrix: Matrix, horizons: Mapping[str, Cell], language: str) -> Sequence[str]:
    money = matrix.all.money
    told, decided = [], money["decided"]
    kronor = number(decided, "persons", language)
    most, cell = max(horizons.items(), key=lambda one: one[1].money["decided"])
    there = cell.money["decided"]
    if not decided:
        told.append(said(TEXTS, "no_money", language))
    elif Fraction(there, decided) >= LEANS:
        share, what = _part(there, decided, language), named(most, language)
        told.append(said(TEXTS, "money", language, decided=kronor, share=share, what=what))
    else:
        told.append(said(TEXTS, "money_spread", language, decided=kronor))
    if money["missing"] or money["applied"]:
        parts = {
            status: _part(money[status], sum(money.values()), language)
            for status in ("missing", "applied")
        }
        told.append(said(TEXTS, "lacking", language, **parts))
    return told


def _part(some: int, of: int, language: str) -> str:
    return number(some / of, "share", language, 0)
