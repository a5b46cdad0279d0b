"""What the address of a page of indices asks for, made certain against what there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.explore.choosing import Option, Options, changed
from samsyn.explore.indicator.choices import (
    ORDERS,
    chosen_page,
    chosen_places,
    chosen_within,
    one_of,
)
from samsyn.explore.indicator.there import level_name
from samsyn.explore.problems import Suggestion, WrongParameterError
from samsyn.measure.catalogue import INDICES
from samsyn.measure.errors import InputError
from samsyn.publish.index_names import family_name, index_name
from samsyn.statistics.indicators import Grouping
from samsyn.statistics.query import Area, Release

UNITS = ("deso", "regso", "municipality")  # from the smallest, which show the most
LEVELS = ("municipality", "county", "country")
AGAINST = "/"  # between two groups in the address: low/high


@dataclass(frozen=True)
class Cell:
    """That there is an index, of a group or of all, in regions of a level in a period."""

    units: str
    level: str
    period: str
    index: str
    group: str | None
    against: str | None

    @property
    def kind(self) -> str:
        """The kind of the units."""
        return self.units.partition("/")[0]

    @property
    def groups(self) -> str:
        """The group, and against which, as addresses have it; empty for all groups."""
        return AGAINST.join(filter(None, (self.group, self.against)))


FIELDS = tuple(Cell.__dataclass_fields__)


@dataclass(frozen=True)
class Choice:
    """The index that is shown, of whom, counted in which units, in which regions and period."""

    cell: Cell
    within: Area | None
    places: tuple[Area, ...]
    order: str
    page: int
    periods: tuple[str, ...]
    units: tuple[str, ...]
    levels: tuple[str, ...]

    @property
    def index(self) -> str:
        """The index by its id."""
        return self.cell.index

    @property
    def period(self) -> str:
        """The period."""
        return self.cell.period

    @property
    def inside(self) -> str | None:
        """The key of the area that the regions lie in; None for the whole country."""
        return None if self.within is None else self.within.area


@lru_cache(64)
def there(release: Release, grouping: str) -> tuple[Cell, ...] | None:
    """All that there is of a grouping's indices; None where it has none."""
    cells: set[Cell] = set()
    for units in UNITS:
        try:
            rows = release.indices(grouping, units)
        except InputError:
            continue  # none on these units
        keys = rows.with_columns(level=rows["region"].str.split("/").list.first())
        cells |= {Cell(*row) for row in keys.select(FIELDS).unique().iter_rows()}
    return tuple(sorted(cells, key=repr)) or None


def chosen(
    request: HttpRequest, release: Release, entry: Grouping, cells: tuple[Cell, ...]
) -> Choice:
    """The choice of an address, each part limited by those before it."""
    language = (get_language() or "sv")[:2]
    indices = list(dict.fromkeys(cell.index for cell in cells))
    first = entry.first_index if entry.first_index in indices else indices[0]
    index = _picked(
        request, "index", [Option(one, index_name(one, language)) for one in indices], first
    )
    left = [cell for cell in cells if cell.index == index]

    groups = list(dict.fromkeys(cell.groups for cell in left))
    usual = AGAINST.join(filter(None, (entry.first_group, entry.first_against)))
    group = ""
    if groups != [""]:
        options = [Option(one, groups_name(entry, one, language)) for one in groups]
        group = _picked(request, "group", options, usual if usual in groups else groups[0])
    elif request.GET.get("group"):
        # An index of all groups has no group to choose; one that stands in the form does no harm.
        every = {cell.groups for cell in cells}
        _picked(request, "group", [Option(one, one) for one in sorted(every)], "")
    left = [cell for cell in left if cell.groups == group]

    levels = [level for level in LEVELS if any(cell.level == level for cell in left)]
    level = _picked(request, "level", [Option(one, level_name(one)) for one in levels], levels[0])
    left = [cell for cell in left if cell.level == level]

    kinds = [kind for kind in UNITS if any(cell.kind == kind for cell in left)]
    # Where only a period is told, the smallest units that have it.
    told = {cell.kind for cell in left if cell.period == request.GET.get("period")}
    usual_units = next((kind for kind in kinds if kind in told), kinds[0])
    asked = request.GET.get("units") or usual_units
    vintages = [cell.units for cell in left]
    if asked not in vintages:
        asked = _picked(
            request, "units", [Option(one, level_name(one)) for one in kinds], usual_units
        )
    left = [cell for cell in left if asked in {cell.kind, cell.units}]

    periods = sorted({cell.period for cell in left}, reverse=True)
    period = _picked(request, "period", [Option(one, one) for one in periods], periods[0])
    # Of several borders in the same period the newest.
    cell = max((cell for cell in left if cell.period == period), key=lambda one: one.units)
    return Choice(
        cell=cell,
        within=chosen_within(request, release, level),
        places=_regions_only(request, chosen_places(request, release)),
        order=one_of(request, "order", ORDERS, "value"),
        page=chosen_page(request),
        periods=tuple(periods),
        units=tuple(kinds),
        levels=tuple(levels),
    )


def _regions_only(request: HttpRequest, places: tuple[Area, ...]) -> tuple[Area, ...]:
    """The places, which must be of a kind that has indices."""
    for place in places:
        if place.kind not in LEVELS:
            raise WrongParameterError(
                _("%s är för litet för ett index: välj en kommun eller ett län.")
                % (place.name or place.code),
                [Suggestion(_("Utan platsen"), request.path + changed(request, place=None))],
            )
    return places


def groups_name(entry: Grouping, groups: str, language: str) -> str:
    """Of whom an index is, in words: "Utrikes född mot alla andra"."""
    group, _slash, against = groups.partition(AGAINST)
    if not group:
        return _("Alla grupper")
    labels = {name: told[language] for name, told in entry.labels.items()}
    if not against:
        return _("%s mot alla andra") % labels.get(group, group)
    return _("%(group)s mot %(against)s") % {
        "group": labels.get(group, group),
        "against": labels.get(against, against).lower(),
    }


def index_options(cells: Iterable[Cell], language: str) -> list[Options]:
    """The indices by their families, in the order of the catalogue."""
    here = {cell.index for cell in cells}
    families: dict[str, list[Option]] = {}
    for name, index in INDICES.items():
        if name in here:
            option = Option(name, index_name(name, language))
            families.setdefault(index.family, []).append(option)
    return [Options(family_name(one, language), tuple(told)) for one, told in families.items()]


def _picked(request: HttpRequest, parameter: str, options: Sequence[Option], otherwise: str) -> str:
    """A parameter that must be the value of one of some options."""
    text = (request.GET.get(parameter) or "").strip() or otherwise
    if any(option.value == text for option in options):
        return text
    raise WrongParameterError(
        _("”%(text)s” finns inte här. Det som finns är: %(there)s.")
        % {"text": text[:100], "there": ", ".join(option.label for option in options[:12])},
        [
            Suggestion(option.label, request.path + changed(request, **{parameter: option.value}))
            for option in options[:8]
        ],
    )
