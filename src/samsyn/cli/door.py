"""The door of the command: it runs what was asked for, and says plainly what went wrong.

Exit codes: 0 done, 1 a failure, 2 wrong input, 130 stopped by the user.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from samsyn import __version__
from samsyn.cli.account import account
from samsyn.cli.area_types import area_types
from samsyn.cli.areas import areas
from samsyn.cli.completion import completion
from samsyn.cli.decompose import decompose
from samsyn.cli.demo_data import demo_data
from samsyn.cli.demo_work import demo_work
from samsyn.cli.explain import explain
from samsyn.cli.fetch import fetch
from samsyn.cli.indicators import indicators
from samsyn.cli.indices import indices
from samsyn.cli.keeping import backup, restore
from samsyn.cli.measure import measure
from samsyn.cli.neighbours import neighbours
from samsyn.cli.release import release
from samsyn.cli.remind import remind
from samsyn.cli.report import report
from samsyn.cli.serve import serve
from samsyn.cli.values import values

FAILURE, WRONG_INPUT, STOPPED = 1, 2, 130


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="samsyn COMMAND --help says more about each. Exit codes: 0 done, 1 a failure, "
    "2 wrong input, 130 stopped.",
)
@click.version_option(__version__, "-V", "--version", message="samsyn %(version)s")
@click.option("--debug", is_flag=True, help="Show where in the program an error arose.")
def samsyn(debug: bool) -> None:
    """Measure segregation, and follow it: how differently groups live, and how sure one can be.

    From the files and services that agencies publish, Samsyn builds a release of statistics that is
    checked and never edited, and answers questions about it. Any other table, with one row for each
    area and one column of counts for each group, can be measured at once.
    """
    del debug  # read by main, before anything can go wrong


for command in (
    release,
    serve,
    account,
    backup,
    restore,
    remind,
    fetch,
    demo_data,
    demo_work,
    areas,
    indicators,
    values,
    indices,
    area_types,
    report,
    measure,
    neighbours,
    decompose,
    explain,
    completion,
):
    samsyn.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    # It is understood anywhere; only the group declares it.
    given = [argument for argument in given if argument != "--debug"]
    sys.exit(_run(given, debug))


def _run(arguments: list[str], debug: bool) -> int:
    try:
        code = samsyn.main(arguments, prog_name="samsyn", standalone_mode=False)
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nStopped.", err=True)
        return STOPPED
    except BrokenPipeError:
        # Whoever read the output has had enough; what is left in the buffer goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILURE
    except click.ClickException as error:
        return _said(_usage(error), error.exit_code)
    except Exception as error:
        if debug:
            raise
        return _explained(error)
    return code if isinstance(code, int) else 0


def _usage(error: click.ClickException) -> str:
    """What click found wrong, with the way to the help."""
    message = error.format_message()
    if isinstance(error, click.UsageError) and error.ctx is not None:
        message = f"{_ended(message)} See {error.ctx.command_path} --help"
    return message


def _explained(error: Exception) -> int:
    """An error as one paragraph, and its exit code."""
    from samsyn.measure import InputError

    if isinstance(error, InputError):
        return _said(str(error), WRONG_INPUT)
    if isinstance(error, MemoryError):
        return _said(
            "There is not enough memory for this. Take fewer replicates, indices or bandwidths",
            FAILURE,
        )
    if isinstance(error, OSError):
        name = f"{error.filename}: " if error.filename else ""
        return _said(f"{name}{error.strerror or error}", FAILURE)
    kind = type(error).__name__
    return _said(
        f"Samsyn failed ({kind}: {error}). That is a fault in Samsyn and not in your input; "
        "the same command with --debug shows where it arose",
        FAILURE,
    )


def _said(message: str, code: int) -> int:
    click.echo(f"samsyn: {_ended(' '.join(message.split()))}", err=True)
    return code


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!", "?)")) else f"{sentence}."
