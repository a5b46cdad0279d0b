"""How a whole report speaks: it claims no cause, names both ends, and leaves each text to its own.

Read over every municipality of the demonstration, in both languages.
"""

from __future__ import annotations

import re

import pytest

from samsyn.publish.reports import Note, Report
from tests.publish.situation.conftest import Told
from tests.publish.situation.reading import QUOTED, section, sentences, texts

PLACES = tuple(f"municipality/990{n}" for n in range(1, 9))
LANGUAGES = ("sv", "en")
CAUSES = {
    "sv": re.compile(
        r"\b(därför att|eftersom|beror (\w+ )?på|bero på|orsak\w*|på grund av|tack vare|leder till|"
        r"lett till|medför\w*|resulter\w*|följd av|förklar\w*|påverk\w*|bidra\w*|gör att|"
        r"gjort att|effekt\w*|driver|drivs|konsekvens\w*|därmed|således|varför|ger upphov)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(because|since (?!\d)|caus\w+|due to|owing to|thanks to|lead\w* to|led to|result\w*|"
        r"explain\w*|affect\w*|effect\w*|contribut\w*|driv\w+|therefore|thus|hence|why|come from|"
        r"as a consequence)\b",
        re.IGNORECASE,
    ),
}
# Sentences that tell why something cannot be said, or that no cause is told: none of them says why
# a figure is as it is.
ALLOWED = {
    "sv": {
        "Därför visar rapporten alltid båda ändarna.",
        "Orsaker.",
        "De säger inte varför, och inte heller om en insats har haft effekt.",
        "Det här är vad rapporten inte kan säga, och varför.",
        "En del av skillnaden kan bero på det.",
    },
    "en": {
        "The report therefore always shows both ends.",
        "Causes.",
        "What chance alone would give is therefore shown too.",
        "They do not say why, nor whether an intervention has had an effect.",
        "This is what the report cannot say, and why.",
        "A part of the difference can come from that.",
    },
}  # fmt: skip
ALLOWED_OPENINGS = {
    "sv": (
        "I tabellerna står då varför: saknas, sekretess eller ej relevant",
        "Områdenas gränser har ändrats under tiden, och en del av skillnaden kan bero på det",
        "För de här går det inte att säga om en skillnad är större än vad slumpen kan ge, eftersom",
        "För {} av områdena av typ 1 och 5 är typen osäker, eftersom indexet ligger nära en gräns",
    ),
    "en": (
        "Tables then say why: missing, confidential or not applicable",
        "The borders of the areas have changed meanwhile, and a part of the difference can come",
        "Of these it cannot be said whether a difference is more than chance can bring about",
        "The type is uncertain for {} of the areas of types 1 and 5, since the index lies near",
    ),
}


def allowed(sentence: str, language: str) -> bool:
    bare = re.sub(r"\d+", "{}", sentence, count=1)
    return sentence in ALLOWED[language] or any(
        text.startswith(ALLOWED_OPENINGS[language]) for text in (sentence, bare)
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_no_cause_is_claimed(told: Told, place: str, language: str) -> None:
    report = told(place, language=language)
    claimed = [
        sentence
        for _, text in texts(report, QUOTED)
        for sentence in sentences(text)
        if CAUSES[language].search(sentence) and not allowed(sentence, language)
    ]
    assert not claimed


def test_what_is_allowed_to_say_why_is_still_said(told: Told) -> None:
    """An exemption that no report needs any more would let something else through."""
    for language in LANGUAGES:
        said = {
            sentence
            for place in PLACES
            for _, text in texts(told(place, language=language))
            for sentence in sentences(text)
        }
        assert ALLOWED[language] <= said
        for opening in ALLOWED_OPENINGS[language]:
            pattern = re.escape(opening).replace(r"\{\}", r"\d+")
            assert any(re.match(pattern, sentence) for sentence in said)


ENDS = {
    "sv": ((r"\b[Hh]ögst\b", r"\b[Ll]ägst\b"), (r"områdestyp 1\b", r"områdestyp 5\b"),
           (r"av typ 1\b", r"av typ 5\b"), (r"\bDe \d+ första\b", r"\bde \d+ sista\b")),
    "en": ((r"\b[Hh]ighest\b", r"\b[Ll]owest\b"), (r"area type 1\b", r"area type 5\b"),
           (r"of type 1\b", r"of type 5\b"), (r"first \d+\b", r"last \d+\b")),
}  # fmt: skip
# Of a list that begins with the highest value, or that counts from it, the end is not a place's.
ORDER = re.compile(
    r"av typ 1 och 5|of types 1 and 5|det högsta värdet först|från det högsta värdet|"
    r"the highest value first|from the highest value|lägst till högst|lowest to highest"
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_who_names_one_end_names_the_other(told: Told, place: str, language: str) -> None:
    report = told(place, language=language)
    for name, text in texts(report, QUOTED | {"reading"}):
        bare = ORDER.sub("", text)
        for one, other in ENDS[language]:
            if name == "summary" and len(bare) < 40:
                continue  # a key figure: the other stands beside it
            assert bool(re.search(one, bare, re.IGNORECASE)) == bool(
                re.search(other, bare, re.IGNORECASE)
            ), bare


@pytest.mark.parametrize("place", PLACES)
def test_the_key_figures_are_of_both_ends_and_built_alike(told: Told, place: str) -> None:
    lines = [text for name, text in texts(told(place)) if name == "summary"]
    assert lines.index("bor i områden av typ 5") - lines.index("bor i områden av typ 1") == 3


@pytest.mark.parametrize("place", PLACES)
def test_every_table_of_areas_goes_from_one_end_to_the_other(told: Told, place: str) -> None:
    report = told(place)
    for focus in ("housing", "education", "labour"):
        for _, text in texts(report):
            span = re.fullmatch(r"(.+) \((.+)\) – (.+) \((.+)\)", text)
            if span:
                low, high = (_read(span[n]) for n in (1, 3))
                assert low <= high
        assert section(report, focus).blocks


def _read(text: str) -> float:
    bare = re.sub(r"[\s%]", "", text.replace("\u00a0", "")).replace(",", ".").replace("−", "-")
    return float(bare)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_called_good_or_bad(told: Told, place: str, language: str) -> None:
    """The names of the types are the official ones; nothing else judges."""
    judging = {
        "sv": r"\b(bättre|sämre|sämst|bäst|dålig\w*|utsatta områden|problem\w*|tyvärr|glädjande|"
        r"oroande|alarmerande|förbättr\w*|försämr\w*)\b",
        "en": r"\b(better|worse|worst|best|bad|poor|unfortunately|alarming|worrying|improv\w+|"
        r"deteriorat\w+|problem\w*)\b",
    }[language]
    names = {one.lower() for one in _names(told(place, language=language))}
    for _, text in texts(told(place, language=language), QUOTED):
        found = re.findall(judging, text, re.IGNORECASE)
        assert not found or any(text.lower() in name or name in text.lower() for name in names)


def _names(report: Report) -> list[str]:
    from samsyn.statistics.indicators import indicators

    return [one.name[report.language] for one in indicators().values()]


@pytest.mark.parametrize("place", PLACES)
def test_all_text_is_set_as_it_should_be(told: Told, place: str) -> None:
    for language in LANGUAGES:
        for _, text in texts(told(place, language=language), QUOTED | {"made"}):
            assert not re.search(r"  |\s[.,;:](\s|$)|\.\.|\(\)|,,| \)|\( ", text), text
            # "per 100 000 invånare" is a part of a name in the catalogue.
            assert not re.search(r"\d %|(?<!per 10)\d \d{3}\b(?!\))", text), text


# --- texts of whoever makes the report ------------------------------------------------------------

ODD = '<b>Å</b> # $x$ "citat" \\back @ref *fet* _kursiv_ `kod` [länk](#) ~ ' + "\x00\x07\x1b\u202e"


def notes(report: Report, name: str) -> list[Note]:
    return [block for block in section(report, name).blocks if isinstance(block, Note)]


def own_report(told: Told, **own: str) -> Report:
    return told("municipality/9901", own=Own(own), author="Vattstads kommun",
                sections=("summary", "housing", "appendix"))  # fmt: skip


class Own(dict[str, str]):
    """Texts by section that can be asked for again."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted(self.items())))


def test_an_own_text_stands_in_its_section_marked_as_the_authors(told: Told) -> None:
    report = own_report(told, housing="Första stycket,\r\nsom går vidare.\r\n \r\n  Andra.  \n\n\n")
    (note,) = notes(report, "housing")
    assert note.title == "Kommentar från Vattstads kommun"
    assert note.paragraphs == ("Första stycket, som går vidare.", "Andra.")
    assert not notes(report, "summary")
    assert not notes(report, "appendix")
    assert report.creator == "Vattstads kommun"
    assert dict(report.facts)["Gjord av"] == "Vattstads kommun"
    made = [text for name, text in texts(report) if name == "made"]
    assert any("--text text.json" in text for text in made)
    assert any(text.startswith("Kommentarerna är skrivna av den som gjorde") for text in made)


def test_a_text_for_a_section_that_is_not_in_the_report_is_not_in_it(told: Told) -> None:
    report = own_report(told, labour="Detta visas inte.")
    assert "Detta visas inte." not in " ".join(text for _, text in texts(report))


def test_what_somebody_types_is_text_and_never_markup(told: Told) -> None:
    """And what nobody sees is left out: a PDF that is read aloud could not say it."""
    (note,) = notes(own_report(told, summary=ODD), "summary")
    assert note.paragraphs == (ODD.replace("\x00\x07\x1b", ""),)


def test_an_empty_text_leaves_no_mark(told: Told) -> None:
    report = own_report(told, summary="  \n\n \t ")
    assert not notes(report, "summary")
    assert "--text" not in " ".join(text for _, text in texts(report))
