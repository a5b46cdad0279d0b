"""The catalogue of indicators: what the figures of a release mean."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samsyn.cli.manual import ManualCommand, option
from samsyn.cli.output import Output, writing

if TYPE_CHECKING:
    import polars as pl

    from samsyn.statistics.indicators import Indicator

AREAS = ("housing", "education", "labour", "democracy", "crime", "health")
LISTED = ("id", "name", "focus_area", "unit", "better", "lowest_level", "origin")
WIDTH = 88
HEADINGS = {
    "focus_area": ("Fokusområde", "Focus area"),
    "perspectives": ("Perspektiv", "Perspectives"),
    "unit": ("Enhet", "Unit"),
    "better": ("Riktning", "Direction"),
    "lowest_level": ("Minsta område", "Smallest area"),
    "numerator": ("Täljare", "Numerator"),
    "denominator": ("Nämnare", "Denominator"),
    "origin": ("Källa", "Origin"),
    "break": ("Brott i serien", "Break in the series"),
    "caveats": ("Att tänka på", "Keep in mind"),
    "version": ("Definition", "Definition"),
    "derived": ("beräknad av Samsyn", "computed by Samsyn"),
    "reviewed": ("version {}, av {}, granskas senast {}", "version {}, by {}, next review {}"),
}


@click.command(
    cls=ManualCommand,
    short_help="List the indicators, or show all that is said of one.",
    examples="""
samsyn indicators
samsyn indicators --focus labour --language en
samsyn indicators rental_share
samsyn indicators --format json
""",
)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@option("--focus", type=click.Choice(AREAS), help="Only those of this focus area.")
@option(
    "--language",
    type=click.Choice(("sv", "en")),
    default="sv",
    show_default=True,
    help="The language of names and explanations.",
)
@writing
def indicators(
    ids: tuple[str, ...], focus: str | None, language: str, form: str | None, output: Path | None
) -> None:
    """List the indicators of the catalogue: name, unit, direction, smallest area and origin.

    With an ID, all that the catalogue says of it is shown: explanation, numerator and denominator,
    breaks in the series and what to keep in mind. CSV, JSON and Parquet always hold all of it.
    """
    target = Output.of(form, output)
    from samsyn.statistics.indicators import indicator
    from samsyn.statistics.indicators import indicators as catalogue

    named = list(dict.fromkeys(ids))
    chosen = [indicator(name) for name in named] if named else list(catalogue().values())
    chosen = [one for one in chosen if focus in {None, one.focus_area}]
    if named and not chosen:
        raise click.UsageError(f"{' and '.join(named)} is not of the focus area {focus}")
    if named and target.form == "table" and target.path is None:
        click.echo("\n\n".join(_page(one, language) for one in chosen))
        return
    frame = _frame(chosen, language)
    target.write(frame.select(LISTED) if target.form == "table" else frame)


def _frame(chosen: list[Indicator], language: str) -> pl.DataFrame:
    import polars as pl

    rows = [_row(one, language) for one in chosen]
    return pl.DataFrame(rows, infer_schema_length=None)


def _row(one: Indicator, language: str) -> dict[str, Any]:
    """Everything that is said of an indicator, lists as text."""
    from samsyn.statistics.indicators import UNITS

    return {
        "id": one.id,
        "name": one.name[language],
        "focus_area": one.focus_area,
        "unit": one.unit,
        "better": one.better,
        "lowest_level": one.lowest_level,
        "origin": _origins(one),
        "explanation": one.explanation[language],
        "caveats": one.caveats[language],
        "perspectives": ", ".join(one.perspectives),
        "number_format": UNITS[one.unit][2],
        "numerator": " + ".join(one.numerator),
        "denominator": " + ".join(one.denominator),
        "numerator_name": one.numerator_name[language],
        "denominator_name": one.denominator_name[language],
        "derived": one.derived,
        "breaks": " ".join(f"{period}: {text[language]}" for period, text in one.breaks),
        "version": one.version,
        "author": one.author,
        "next_review": str(one.next_review or ""),
    }


def _origins(one: Indicator) -> str:
    return "; ".join(f"{origin.publisher} {origin.table}".strip() for origin in one.origins)


def _page(one: Indicator, language: str) -> str:
    """The entry as text: name, explanation, then each fact under its heading."""
    facts = list(_facts(one, language))
    width = max(len(heading) for heading, _ in facts) + 2
    lines = [f"{one.name[language]} ({one.id})", "", *_folded(one.explanation[language], ""), ""]
    for heading, text in facts:
        first, *others = textwrap.wrap(text, WIDTH - width) or [""]
        lines += [f"{heading:<{width}}{first}", *(" " * width + line for line in others)]
    return "\n".join(lines)


def _facts(one: Indicator, language: str) -> Iterator[tuple[str, str]]:
    """Headings and what stands under them; a heading without anything is left out."""
    from samsyn.statistics.indicators import BETTER, FOCUS_AREA_NAMES, LEVEL_NAMES, PERSPECTIVES

    at = ("sv", "en").index(language)
    said = {name: texts[at] for name, texts in HEADINGS.items()}
    derived = f" ({said['derived']})" if one.derived else ""
    facts = [
        ("focus_area", FOCUS_AREA_NAMES[one.focus_area][language]),
        ("perspectives", ", ".join(PERSPECTIVES[code][language] for code in one.perspectives)),
        ("unit", one.unit_name[language]),
        ("better", BETTER[one.better][language]),
        ("lowest_level", LEVEL_NAMES[one.lowest_level][language]),
        ("numerator", _part(one.numerator_name[language], one.numerator)),
        ("denominator", _part(one.denominator_name[language], one.denominator)),
        ("origin", _origins(one) + derived),
        *(("break", f"{period}: {text[language]}") for period, text in one.breaks),
        ("caveats", one.caveats[language]),
        ("version", said["reviewed"].format(one.version, one.author, one.next_review)),
    ]
    yield from ((said[name], text) for name, text in facts if text)


def _part(name: str, columns: tuple[str, ...]) -> str:
    return f"{name} ({' + '.join(columns)})" if columns else name


def _folded(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)
