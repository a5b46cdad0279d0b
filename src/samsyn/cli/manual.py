"""Commands whose help reads like a manual: options by subject, then examples."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class SubjectOption(click.Option):
    """An option that belongs to a subject of the help."""

    def __init__(self, *args: Any, subject: str = "Options", **kwargs: Any) -> None:
        self.subject = subject
        super().__init__(*args, **kwargs)


class ManualCommand(click.Command):
    """A command that lists its options by subject and ends with `examples`."""

    def __init__(self, *args: Any, examples: str = "", **kwargs: Any) -> None:
        self.examples = examples
        super().__init__(*args, **kwargs)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One block for each subject, in the order in which they are declared."""
        subjects: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None and isinstance(parameter, click.Option):
                subject = getattr(parameter, "subject", "Help")
                subjects.setdefault(subject, []).append(record)
        for subject, records in subjects.items():
            with formatter.section(subject):
                formatter.write_dl(records, col_max=26)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples as they are typed, then what the exit codes mean."""
        if self.examples:
            with formatter.section("Examples"):
                for line in self.examples.strip().splitlines():
                    formatter.write(f"{'':>{formatter.current_indent}}{line}\n")
        super().format_epilog(ctx, formatter)


def option(*names: str, subject: str = "Options", **settings: Any) -> Callable[[F], F]:
    """An option under a subject of the help."""
    return click.option(*names, cls=SubjectOption, subject=subject, **settings)


class Listed(click.ParamType[list[Any]]):
    """Values with commas between them; a value that holds a comma stands in quotation marks."""

    name = "list"

    def __init__(self, kind: Callable[[str], Any] = str, what: str = "value") -> None:
        self.kind = kind
        self.what = what

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> list[Any]:
        """The values of one option."""
        if isinstance(value, list):
            return value
        cells = next(csv.reader(io.StringIO(value), skipinitialspace=True), [])
        found = []
        for cell in (cell.strip() for cell in cells):
            if not cell:
                self.fail(f'an empty {self.what} in "{value}"', param, ctx)
            try:
                found.append(self.kind(cell))
            except ValueError:
                self.fail(f'"{cell}" is not a {self.what}', param, ctx)
        if not found:
            self.fail(f"no {self.what} is given", param, ctx)
        return found


def flat(lists: tuple[list[Any], ...]) -> list[Any]:
    """The values of an option that may be given several times."""
    return [value for values in lists for value in values]
