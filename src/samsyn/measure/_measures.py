"""The indices that a resampling computes: found by name, each with the options that it takes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._contrast import group_at
from samsyn.measure._numbers import Floats
from samsyn.measure._regions import Regions
from samsyn.measure._table import tabulate
from samsyn.measure.errors import InputError

# A public index by name or as itself, or a function of one's own: (counts, region) -> values.
Index: TypeAlias = str | Callable[..., Floats]


@dataclass(frozen=True)
class Measure:
    """An index with the options that it takes, and whether a table can stand for its counts."""

    name: str
    function: Callable[..., Floats]
    options: dict[str, Any]
    tabular: bool


@dataclass(frozen=True)
class Measures:
    """The indices that are computed on the same counts.

    `environment` gives the surroundings: an array, or a function of the counts (B, U, G).
    """

    each: tuple[Measure, ...]
    environment: ArrayLike | Callable[[Floats], Floats] | None

    @classmethod
    def of(cls, index: Index | Sequence[Index], options: dict[str, Any]) -> Measures:
        """Find the indices and hand out the options to those that take them.

        Raises InputError for an unknown index, for an option that none of them takes and for one
        that is needed and not given.
        """
        environment = options.get("environment")
        left = {name: value for name, value in options.items() if name != "environment"}
        each = []
        for name, function in map(_find, listed(index)):
            takes = inspect.signature(function).parameters
            everything = any(p.kind is p.VAR_KEYWORD for p in takes.values())
            if environment is not None and not everything and "environment" not in takes:
                raise InputError(f"{name} takes no environment")
            for option, parameter in list(takes.items())[2:]:
                needed = parameter.default is parameter.empty
                if needed and parameter.kind is parameter.KEYWORD_ONLY and option not in options:
                    raise InputError(f"{name} needs {option}: give it as an option")
            own = {option: v for option, v in left.items() if everything or option in takes}
            each.append(Measure(name, function, own, _takes_table(function)))
        for option in left:
            if not any(option in measure.options for measure in each):
                names = ", ".join(measure.name for measure in each)
                raise InputError(f"{option} is not an option of {names}")
        return cls(tuple(each), environment)

    def __call__(self, counts: Floats, regions: Regions) -> dict[str, Floats]:
        """Every index on counts (B, U, G), in the caller's order of the units."""
        around = self.environment(counts) if callable(self.environment) else self.environment
        table = tabulate(counts, regions, around)
        answers: dict[str, Floats] = {}
        found: Any
        for measure in self.each:
            if measure.tabular:
                found = measure.function(table, **measure.options)
            else:
                region = regions.restored(regions.index)
                surroundings = {} if around is None else {"environment": around}
                found = measure.function(counts, region, **measure.options, **surroundings)
            if not isinstance(found, np.ndarray) or found.shape[:1] != counts.shape[:1]:
                raise InputError(
                    f"{measure.name} is not an index that answers with an array, replicates first: "
                    "put what you want of it into a function (counts, region) of your own"
                )
            answers[measure.name] = found
        return answers

    def focused(self, counts: Floats) -> tuple[Measures, Floats]:
        """The same on fewer groups, where all indices compare one group: it, the other, the rest.

        A draw of many groups, seen as these, has the same distribution as a draw of these.
        """
        chosen = {(m.options.get("group"), m.options.get("against")) for m in self.each}
        group, against = chosen.pop()
        if chosen or group is None or group == against or self.environment is not None:
            return self, counts
        groups = counts.shape[-1]
        seen = [group_at(group, groups)]
        if against is not None:
            seen.append(group_at(against, groups, "against"))
        if len(seen) + 1 >= groups or not all(m.tabular for m in self.each):
            return self, counts
        rest = np.delete(counts, seen, axis=-1).sum(axis=-1, keepdims=True)
        places = {"group": 0} if against is None else {"group": 0, "against": 1}
        each = tuple(Measure(m.name, m.function, m.options | places, True) for m in self.each)
        return Measures(each, None), np.concatenate((counts[..., seen], rest), axis=-1)


def listed(index: Index | Sequence[Index]) -> Sequence[Index]:
    """The indices as a list, also where one was asked for."""
    return [index] if isinstance(index, str) or callable(index) else index


def _find(index: Index) -> tuple[str, Callable[..., Floats]]:
    """Name and function of an index."""
    function: Any = index
    if isinstance(index, str):
        # The door imports this module, so it is opened when an index is asked for.
        from samsyn import measure as door

        function = getattr(door, index, None) if index in door.__all__ else None
        if not inspect.isfunction(function):
            raise InputError(f"there is no index {index!r} in samsyn.measure")
    name = getattr(function, "__name__", type(function).__name__)
    if _is_ours(function) and not _is_index(function):
        raise InputError(
            f"{name} is not an index of counts and region: put what you want of it into a "
            "function (counts, region) of your own"
        )
    return name, function


def _is_ours(function: Callable[..., Any]) -> bool:
    return getattr(function, "__module__", "").startswith(f"{__package__}.")


def _is_index(function: Callable[..., Any]) -> bool:
    """Whether it measures counts and region, and needs nothing else but options."""
    parameters = list(inspect.signature(function).parameters.values())
    return [p.name for p in parameters[:2]] == ["counts", "region"] and all(
        p.kind is not p.POSITIONAL_OR_KEYWORD for p in parameters[2:]
    )


def _takes_table(function: Callable[..., Any]) -> bool:
    """Whether one of this package's own functions says that its counts may be a table."""
    # Annotations are kept as they are written.
    return _is_ours(function) and inspect.get_annotations(function).get("counts") == "Counts"
