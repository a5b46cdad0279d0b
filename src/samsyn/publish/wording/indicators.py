"""The sentences about one indicator in a place: how high, among its parts, over time, by sex.

Two figures are called higher or lower only where that is more than chance gives; where that cannot
be said they stand side by side, and nothing more. Both ends of the parts are always named. No
sentence says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from samsyn.publish.intervals import Figure, difference
from samsyn.publish.numbers import decimals_of, number, quantity
from samsyn.publish.texts import Texts, capital, listed, said
from samsyn.publish.wording.grammar import in_place, named
from samsyn.publish.wording.rules import Rule, Sentence, Topic, say

# Where figures are lacking for more of the parts than this leaves, that is told.
MOST: Final = 0.9


@dataclass(frozen=True)
class Compared:
    """A place that the indicator is set beside, or with `of` the median of so many such places."""

    name: str
    kind: str
    figure: Figure
    of: int = 0


@dataclass(frozen=True)
class End:
    """The part at an end, and its figure."""

    name: str
    figure: Figure


@dataclass(frozen=True)
class IndicatorFacts:
    """What the sentences about an indicator in a place rest on.

    `low` and `high` are the parts at both ends of `parts`, which are areas or municipalities
    (`parts_are`), of `parts_of` that there are, in `parts_period` where that is another than the
    place's own. `broken` says that the series broke after `earlier_period`.
    """

    place: str
    kind: str
    unit: str
    period: str
    own: Figure
    status: str | None = None
    compared: Sequence[Compared] = ()
    parts: int = 0
    parts_are: str = "areas"
    parts_of: int = 0
    parts_period: str = ""
    low: End | None = None
    high: End | None = None
    earlier: Figure | None = None
    earlier_period: str | None = None
    broken: bool = False
    women: Figure | None = None
    men: Figure | None = None

    @property
    def step(self) -> float:
        """The smallest difference that shows in the figures as they are written."""
        return float(10.0 ** -(decimals_of(self.unit) + (2 if self.unit == "share" else 0)))

    def lies(self, one: Figure, other: Figure | None) -> str:
        """How a figure lies to another: higher, lower, alike or unknown."""
        return "unknown" if other is None else difference(one, other, self.step)


TEXTS: Final[Texts] = {
    "higher": {"sv": "högre än {places}", "en": "higher than {places}"},
    "lower": {"sv": "lägre än {places}", "en": "lower than {places}"},
    "alike": {
        "sv": "utan säker skillnad mot {places}",
        "en": "not surely different from {places}",
    },
    "there": {"sv": "{place} ({value})", "en": "{place} ({value})"},
    "first": {"sv": "{place} var det {value}", "en": "{place} it was {value}"},
    "rest": {"sv": "{place} {value}", "en": "{place} {value}"},
    "median": {
        "sv": "Medianen bland {of} liknande platser var {value}",
        "en": "The median of {of} similar places was {value}",
    },
    "areas": {"sv": "områdena", "en": "the areas"},
    "municipalities": {"sv": "kommunerna", "en": "the municipalities"},
    "some_areas": {"sv": "områden", "en": "areas"},
    "some_municipalities": {"sv": "kommuner", "en": "municipalities"},
}


def _value(figure: Figure | None, facts: IndicatorFacts, language: str) -> str:
    value = None if figure is None else figure.value
    return number(value, facts.unit, language)


def _quantity(figure: Figure | None, facts: IndicatorFacts, language: str) -> str:
    """A value with its unit, where the indicator's own name does not end with that."""
    if facts.unit == "per_100000":
        return _value(figure, facts, language)
    return quantity(None if figure is None else figure.value, facts.unit, language)


def _compared(facts: IndicatorFacts, language: str) -> str:
    """Which places the figure surely differs from, and how: ", högre än i länet (12 %)"."""
    found = []
    for name in ("higher", "lower", "alike"):
        there = [
            said(
                TEXTS, "there", language,
                place=in_place(one.name, one.kind, language)
                if name != "alike"
                else named(one.name, one.kind, language),
                value=_value(one.figure, facts, language),
            )
            for one in facts.compared
            if one.figure.known and not one.of and facts.lies(facts.own, one.figure) == name
        ]  # fmt: skip
        if there:
            found.append(said(TEXTS, name, language, places=listed(there, language)))
    return f", {listed(found, language)}" if found else ""


def _beside(facts: IndicatorFacts, language: str) -> str:
    """The figures of places of which cannot be said whether they differ; else the median."""
    known = [one for one in facts.compared if one.figure.known]
    unknown = [
        said(
            TEXTS, "rest" if at else "first", language,
            place=in_place(one.name, one.kind, language),
            value=_value(one.figure, facts, language),
        )
        for at, one in enumerate(
            one
            for one in known
            if not one.of and facts.lies(facts.own, one.figure) == "unknown"
        )
    ]  # fmt: skip
    if unknown:
        return f". {capital(listed(unknown, language))}"
    medians = [
        said(TEXTS, "median", language, of=one.of, value=_value(one.figure, facts, language))
        for one in known
        if one.of
    ]
    # Where the place is set beside larger ones already, the median stands in the table.
    return f". {medians[0]}" if medians and len(medians) == len(known) else ""


def _level(facts: IndicatorFacts, language: str) -> dict[str, object]:
    about = {"sv": "omkring ", "en": "about "}[language] if facts.own.estimated else ""
    return {
        "place": in_place(facts.place, facts.kind, language),
        "name": named(facts.place, facts.kind, language),
        "value": about + _quantity(facts.own, facts, language),
        "period": facts.period,
        "compared": _compared(facts, language),
        "beside": _beside(facts, language),
        "parts": said(TEXTS, facts.parts_are, language),
    }


LEVEL: Final = Topic[IndicatorFacts](
    "indicator",
    _level,
    (
        Rule(
            "secret",
            lambda facts: not facts.own.known and facts.status == "secret",
            "Uppgiften för {name} omfattas av sekretess {period}.",
            "The figure of {name} is confidential in {period}.",
        ),
        Rule(
            "parts",
            lambda facts: not facts.own.known and facts.parts > 1,
            "Uppgiften finns bara för {parts} och gäller {period}.",
            "The figure is known only of {parts}, and is of {period}.",
        ),
        Rule("missing", lambda facts: not facts.own.known),
        Rule(
            "known",
            lambda _: True,
            "{value} {place} {period}{compared}{beside}.",
            "{value} {place} in {period}{compared}{beside}.",
        ),
    ),
)


def _parts(facts: IndicatorFacts, language: str) -> dict[str, object]:
    low, high = facts.low, facts.high
    # The unit is told once: with the place's own figure, where that is known.
    last = _value if facts.own.known else _quantity
    return {
        "parts": said(TEXTS, facts.parts_are, language),
        "some": said(TEXTS, f"some_{facts.parts_are}", language),
        "number": number(facts.parts, "persons", language),
        "of": number(facts.parts_of, "persons", language),
        "low": _value(low.figure if low else None, facts, language),
        "lowest": low.name if low else "",
        "high": last(high.figure if high else None, facts, language),
        "highest": high.name if high else "",
        "when": f" ({facts.parts_period})" if facts.parts_period not in {"", facts.period} else "",
    }


def _same(facts: IndicatorFacts) -> bool:
    """Whether both ends are written alike: then neither part is named as the lowest."""
    low, high = (_value(end.figure, facts, "sv") for end in (facts.low, facts.high) if end)
    return low == high


def _ends(facts: IndicatorFacts) -> str:
    assert facts.low is not None
    assert facts.high is not None
    return facts.lies(facts.high.figure, facts.low.figure)


PARTS: Final = Topic[IndicatorFacts](
    "parts",
    _parts,
    (
        Rule("none", lambda facts: facts.parts < 2 or facts.low is None or facts.high is None),
        Rule(
            "same",
            _same,
            "Alla {some} med uppgift har samma värde{when}: {high}.",
            "All {some} with a figure have the same value{when}: {high}.",
        ),
        Rule(
            "alike",
            lambda facts: _ends(facts) == "alike",
            "Skillnaden mellan {parts}{when} är inte större än vad slumpen kan ge: lägst är "
            "{lowest} ({low}) och högst {highest} ({high}).",
            "The difference among {parts}{when} is no larger than chance can bring about: the "
            "lowest is {lowest} ({low}) and the highest {highest} ({high}).",
        ),
        Rule(
            "some",
            lambda facts: facts.parts < MOST * facts.parts_of,
            "Uppgift finns för {number} av {of} {some}{when}, och mellan dem varierar det från "
            "{low} ({lowest}) till {high} ({highest}).",
            "There are figures on {number} of {of} {some}{when}, and among them it goes from "
            "{low} ({lowest}) to {high} ({highest}).",
        ),
        Rule(
            "apart",
            lambda _: True,
            "Mellan {parts}{when} varierar det från {low} ({lowest}) till {high} ({highest}).",
            "Among {parts}{when} it goes from {low} ({lowest}) to {high} ({highest}).",
        ),
    ),
)


def _course(facts: IndicatorFacts, language: str) -> dict[str, object]:
    return {"since": facts.earlier_period, "first": _value(facts.earlier, facts, language)}


def _moved(name: str) -> Rule[IndicatorFacts]:
    texts = {
        "higher": (
            "Högre än {since} ({first}).",
            "Higher than in {since} ({first}).",
        ),
        "lower": (
            "Lägre än {since} ({first}).",
            "Lower than in {since} ({first}).",
        ),
        "alike": (
            "Ingen säker förändring sedan {since} ({first}).",
            "No sure change since {since} ({first}).",
        ),
    }
    return Rule(name, lambda facts: facts.lies(facts.own, facts.earlier) == name, *texts[name])


COURSE: Final = Topic[IndicatorFacts](
    "course",
    _course,
    (
        Rule("none", lambda facts: facts.earlier is None or not facts.own.known),
        Rule(
            "broken",
            lambda facts: facts.broken,
            "{since} var det {first}, men serien har brutits sedan dess, så åren är inte helt "
            "jämförbara.",
            "In {since} it was {first}, but the series has broken since, so the years do not quite "
            "compare.",
        ),
        _moved("higher"),
        _moved("lower"),
        _moved("alike"),
        Rule(
            "unknown",
            lambda _: True,
            "{since} var det {first}.",
            "In {since} it was {first}.",
        ),
    ),
)


def _sexes(facts: IndicatorFacts, language: str) -> dict[str, object]:
    return {
        "women": _value(facts.women, facts, language),
        "men": _value(facts.men, facts, language),
    }


def _between(facts: IndicatorFacts) -> str:
    assert facts.women is not None
    return facts.lies(facts.women, facts.men)


SEX: Final = Topic[IndicatorFacts](
    "sex",
    _sexes,
    (
        Rule("none", lambda facts: facts.women is None or facts.men is None),
        Rule(
            "alike",
            lambda facts: _between(facts) == "alike",
            "Ingen säker skillnad mellan kvinnor ({women}) och män ({men}).",
            "No sure difference between women ({women}) and men ({men}).",
        ),
        Rule(
            "higher",
            lambda facts: _between(facts) == "higher",
            "Högre bland kvinnor ({women}) än bland män ({men}).",
            "Higher among women ({women}) than among men ({men}).",
        ),
        Rule(
            "lower",
            lambda facts: _between(facts) == "lower",
            "Lägre bland kvinnor ({women}) än bland män ({men}).",
            "Lower among women ({women}) than among men ({men}).",
        ),
        Rule(
            "unknown",
            lambda _: True,
            "Bland kvinnor {women} och bland män {men}.",
            "Among women {women} and among men {men}.",
        ),
    ),
)

TOPICS: Final = (LEVEL, PARTS, COURSE, SEX)


def indicator_sentences(
    facts: IndicatorFacts, topics: Iterable[Topic[IndicatorFacts]] = TOPICS
) -> tuple[Sentence, ...]:
    """What is told of an indicator, in order."""
    told = (say(topic, facts) for topic in topics)
    return tuple(sentence for sentence in told if sentence is not None)
