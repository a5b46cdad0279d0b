"""Measure segregation: the indices of every region in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from samsyn.cli.manual import Listed, ManualCommand, flat, option
from samsyn.cli.output import Output, writing
from samsyn.cli.progress import bar
from samsyn.cli.source import FILE, GROUPS, chosen, frame_of, reading

if TYPE_CHECKING:
    from samsyn.measure import Composition
    from samsyn.statistics.tables import SourceTable

WHO = "Who is measured"
WHAT = "What is measured"
WHERE = "Where people live"
SURE = "How sure it is"

KERNELS = ["uniform", "triangular", "epanechnikov", "biweight", "gaussian", "exponential"]


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of indices, also after a comma."""
    del ctx, param
    from samsyn.measure.catalogue import INDICES

    before, comma, last = incomplete.rpartition(",")
    names = ["all", *INDICES]
    return [CompletionItem(before + comma + name) for name in names if name.startswith(last)]


@click.command(
    cls=ManualCommand,
    short_help="Measure segregation in every region of a file.",
    examples="""
Two indices for each municipality, with 95 % intervals:
  samsyn measure areas.csv --unit area --region municipality --groups swedish,foreign \\
      --group foreign --index dissimilarity,isolation --interval bootstrap --seed 1
Every index that counts and coordinates suffice for, as JSON:
  samsyn measure areas.xlsx --unit area --groups a,b,c --x x --y y --index all --format json
Income classes, with places and not areas: everyone's surroundings out to 500 m and 2 km:
  samsyn measure areas.csv --unit area --groups low,middle,high --x x --y y \\
      --index rank_order_theil --bandwidth 500,2000
Neighbouring areas, from a map:
  samsyn measure areas.csv --unit deso --groups a,b --geometry deso.gpkg --key desokod \\
      --index boundary_dissimilarity
""",
)
@click.argument("file", type=FILE)
@option("--unit", metavar="COL", required=True, subject=WHO, help="The column of area names.")
@option(
    "--region",
    metavar="COL",
    subject=WHO,
    help="Measure each region by itself; default all areas as one, called all. COL:4 is the "
    "first four characters of COL, where an area's code begins with its region's.",
)
@option(
    "--groups",
    type=GROUPS,
    metavar="A,B,C",
    required=True,
    multiple=True,
    subject=WHO,
    help="The columns of counts; a name that holds a comma in quotation marks.",
)
@option("--group", metavar="A", subject=WHO, help="Measure this group; default each in turn.")
@option(
    "--against", metavar="B", subject=WHO, help="Compare with this group; default everyone else."
)
@option(
    "--total",
    metavar="COL",
    subject=WHO,
    help="Everyone in the area: those in no group become the group other.",
)
@option(
    "--index",
    "indices",
    type=Listed(what="index"),
    metavar="NAME,NAME|all",
    multiple=True,
    shell_complete=_complete,
    subject=WHAT,
    help="Indices or families, see samsyn explain; all: every one that what is given suffices "
    "for. Default dissimilarity.",
)
@option(
    "--ordered", is_flag=True, subject=WHAT, help="The groups are in order, lowest class first."
)
@option(
    "--limits",
    type=Listed(float, "number"),
    metavar="L,L",
    subject=WHAT,
    help="Limits between ordered classes, for neighbourhood_sorting_index.",
)
@option(
    "--option",
    "options",
    metavar="NAME=VALUE",
    multiple=True,
    subject=WHAT,
    help="A parameter of an index, such as shape=0.1 for atkinson.",
)
@option("--x", metavar="COL", subject=WHERE, help="Coordinate eastwards, in metres.")
@option("--y", metavar="COL", subject=WHERE, help="Coordinate northwards, in metres.")
@option(
    "--geometry",
    type=FILE,
    metavar="FILE",
    subject=WHERE,
    help="The areas' outlines: GeoPackage, GeoJSON, zipped shapefile or GeoParquet.",
)
@option(
    "--key",
    metavar="COL",
    subject=WHERE,
    help="The column of area names in --geometry; default as --unit.",
)
@option("--area", metavar="COL", subject=WHERE, help="Land area; default from --geometry.")
@option(
    "--bandwidth",
    type=Listed(float, "number"),
    metavar="METRES",
    multiple=True,
    subject=WHERE,
    help="Measure everyone's surroundings out to this distance; several give a profile.",
)
@option(
    "--kernel",
    type=click.Choice(KERNELS),
    default="biweight",
    show_default=True,
    metavar="NAME",
    subject=WHERE,
    help=f"How weight falls within --bandwidth: {', '.join(KERNELS)}.",
)
@option(
    "--scale",
    type=float,
    metavar="METRES",
    subject=WHERE,
    help="For the clustering indices: the distance at which nearness falls to 1/e.",
)
@option(
    "--centre",
    metavar="X,Y",
    multiple=True,
    subject=WHERE,
    help="For centralisation: a point, population (the mean, default) or densest.",
)
@option(
    "--interval",
    type=click.Choice(["bootstrap", "basic", "percentile", "bca"]),
    subject=SURE,
    help="Add lower and upper, and what --expected adds; bootstrap is basic.",
)
@option(
    "--resample",
    type=click.Choice(["people", "units", "table", "groups"]),
    default="people",
    show_default=True,
    subject=SURE,
    help="What is drawn anew for the interval.",
)
@option(
    "--expected",
    is_flag=True,
    subject=SURE,
    help="Add what chance alone would give, the value corrected for it, and p.",
)
@option(
    "--null",
    type=click.Choice(["evenness", "systematic", "margins", "permutation"]),
    subject=SURE,
    help="What chance alone is, for --expected; default evenness.",
)
@option(
    "--replicates",
    type=click.IntRange(1),
    metavar="N",
    default=500,
    show_default="500",
    subject=SURE,
    help="How many are drawn.",
)
@option(
    "--level",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    metavar="SHARE",
    default=0.95,
    show_default="0.95",
    subject=SURE,
    help="How often such an interval holds the true value.",
)
@option(
    "--seed",
    type=click.INT,
    metavar="N",
    subject=SURE,
    help="The same number gives the same draws.",
)
@writing
@reading
def measure(
    file: Path,
    unit: str,
    region: str | None,
    groups: tuple[list[str], ...],
    group: str | None,
    against: str | None,
    total: str | None,
    indices: tuple[list[str], ...],
    ordered: bool,
    limits: list[float] | None,
    options: tuple[str, ...],
    x: str | None,
    y: str | None,
    geometry: Path | None,
    key: str | None,
    area: str | None,
    bandwidth: tuple[list[float], ...],
    kernel: str,
    scale: float | None,
    centre: tuple[str, ...],
    interval: str | None,
    resample: str,
    expected: bool,
    null: str | None,
    replicates: int,
    level: float,
    seed: int | None,
    form: str | None,
    output: Path | None,
    sheet: str | None,
    decimal: str | None,
) -> None:
    """Measure segregation in every region of FILE at once.

    FILE is CSV, Excel or Parquet with a row for each area and a column of counts for each group.
    Separator, decimal comma and encoding are detected. An empty cell is an error and not 0.

    The result has the columns region, index, group, against and value. A value that cannot be
    said, as where nobody of the group lives in the region, is – in a table, empty in CSV and null
    in JSON.
    """
    names = chosen(groups)
    if (x is None) != (y is None):
        raise click.UsageError("coordinates need both --x and --y")
    if key is not None and geometry is None:
        raise click.UsageError("--key belongs to --geometry")
    parameters = _parameters(options, limits, scale, centre)
    target = Output.of(form, output)

    from samsyn.statistics.tables import read_table

    table = read_table(file, sheet)
    composition = _composition(
        table, unit, region, names, total, (x, y), area, geometry, key, decimal
    )
    with bar("Measuring") as progress:
        found = composition.indices(
            _asked(indices),
            group=group,
            against=against,
            bandwidth=flat(bandwidth) or None,
            kernel=kernel,  # type: ignore[arg-type]
            ordered=ordered,
            interval=interval,  # type: ignore[arg-type]
            null=null or ("evenness" if expected or interval else None),  # type: ignore[arg-type]
            level=level,
            replicates=replicates,
            resample=resample,  # type: ignore[arg-type]
            seed=seed,
            progress=progress,
            **parameters,
        )
    target.write(found)
    if found["value"].is_nan().all():
        alone = (
            "" if len(composition.groups) > 1 else " of one group alone: --total adds the others"
        )
        click.echo(f"Note: there is no value to be said{alone}.", err=True)


def _asked(indices: tuple[list[str], ...]) -> str | list[str]:
    names = flat(indices) or ["dissimilarity"]
    return "all" if "all" in names else names


def _composition(
    table: SourceTable,
    unit: str,
    region: str | None,
    groups: list[str],
    total: str | None,
    places: tuple[str | None, str | None],
    area: str | None,
    geometry: Path | None,
    key: str | None,
    decimal: str | None,
) -> Composition:
    """The composition of a file, with places and shapes where given."""
    from samsyn.measure import Composition

    frame = frame_of(table, [unit, region], [*groups, total, area], places, decimal)
    shapes = None
    if geometry is not None:
        from samsyn.statistics.geometry import read_geometry

        shapes = read_geometry(geometry, key or unit, frame[unit].to_list())
    x, y = places
    return Composition.from_frame(
        frame,
        unit=unit,
        region=region,
        groups=groups,
        total=total,
        x=x,
        y=y,
        area=area,
        geometry=shapes,
        rows=table.rows.to_list(),
    )


def _parameters(
    options: tuple[str, ...],
    limits: list[float] | None,
    scale: float | None,
    centre: tuple[str, ...],
) -> dict[str, Any]:
    """Parameters of the indices, by their names."""
    given: dict[str, Any] = {}
    for text in options:
        name, equals, value = text.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise click.UsageError(f'--option takes NAME=VALUE, not "{text}"')
        given[name.strip()] = _value(value.strip())
    if limits is not None:
        given["limits"] = limits
    if scale is not None:
        given["scale"] = scale
    if centre:
        given["centre"] = _centre(centre)
    return given


def _value(text: str) -> Any:
    """A parameter's value: a number, a truth, or text."""
    if text.lower() in {"true", "false"}:
        return text.lower() == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _centre(given: tuple[str, ...]) -> str | list[list[float]]:
    if given in {("population",), ("densest",)}:
        return given[0]
    points = []
    for text in given:
        try:
            x, y = (float(part) for part in text.split(","))
        except ValueError:
            raise click.UsageError(
                f'--centre is "{text}": give X,Y in metres, population or densest'
            ) from None
        points.append([x, y])
    return points
