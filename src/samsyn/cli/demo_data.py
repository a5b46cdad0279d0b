"""Demonstration data for trying the rest."""

from __future__ import annotations

from pathlib import Path

import click

from samsyn.cli.manual import ManualCommand, option


@click.command(
    "demo-data",
    cls=ManualCommand,
    short_help="Write the data of a made-up county, to try Samsyn with.",
    examples="""
samsyn demo-data vattland
samsyn release build vattland --name vattland
""",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@option("--seed", type=int, default=None, help="Another county, by another seed.")
def demo_data(folder: Path, seed: int | None) -> None:
    """Write the data of a made-up county, Vattland, into a new folder.

    Eight municipalities, 71 RegSO and 200 DeSO with outlines, every grouping and indicator, 2012 to
    2024. Segregation rises in two municipalities and falls in one; two interventions have an effect
    that effects.json tells; borders change in 2024; some counts are secret and some are missing.
    """
    from samsyn.statistics.demonstration import SEED, write_demonstration

    written = write_demonstration(folder, seed=SEED if seed is None else seed)
    size = sum(path.stat().st_size for path in written) / 1e6
    click.echo(
        f"{len(written)} files ({size:.1f} MB) of a made-up county are in {folder}. Next:\n"
        f"  samsyn release build {folder} --name vattland"
    )
