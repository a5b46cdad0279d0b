"""The tables of a roll-up, with their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.cycle.chain.figures import area_name, kronor
from samsyn.cycle.rollup.facts import By, Counted, Row, Tally, tabulated, whole
from samsyn.cycle.rollup.gathered import RollUp
from samsyn.people.fields import label
from samsyn.statistics.classifications import classification
from samsyn.statistics.query.municipality_types import TYPES

TITLES: Final[dict[By, Promise]] = {
    By.ORGANISATION: gettext_lazy("Per organisation"),
    By.AREA: gettext_lazy("Per område"),
    By.TYPE: gettext_lazy("Per kommuntyp"),
    By.FOCUS: gettext_lazy("Per fokusområde"),
    By.GROUP: gettext_lazy("Per målgrupp"),
}
HEADINGS: Final[dict[By, Promise]] = {
    By.ORGANISATION: gettext_lazy("Organisation"),
    By.AREA: gettext_lazy("Område"),
    By.TYPE: gettext_lazy("Kommuntyp"),
    By.FOCUS: gettext_lazy("Fokusområde"),
    By.GROUP: gettext_lazy("Målgrupp"),
}
COUNTS: Final[dict[Counted, Promise]] = {
    Counted.NEED: gettext_lazy("Behov"),
    Counted.GOAL: gettext_lazy("Mål"),
    Counted.INTERVENTION: gettext_lazy("Insatser"),
    Counted.GAP: gettext_lazy("Öppna luckor"),
}


@dataclass(frozen=True)
class Line:
    """A row in words; `few` says that so few stand behind it that it tells more of them."""

    name: str
    row: Row
    organisations: str
    counts: tuple[int, ...]
    money: tuple[str, ...]

    @property
    def few(self) -> bool:
        """Whether few organisations stand behind it."""
        return self.row.few


@dataclass(frozen=True)
class Shown:
    """A table with its heading, its rows, and all of it in the last row."""

    by: By
    title: str
    heading: str
    lines: tuple[Line, ...]
    total: Line


def statuses() -> list[str]:
    """The statuses of money, in their order."""
    return list(classification("funding_status").entries)


def headings() -> list[str]:
    """What the columns of counts are called, then those of money."""
    money = [
        _("Pengar: %(status)s") % {"status": label("funding_status", one).lower()}
        for one in statuses()
    ]
    return [*(str(one) for one in COUNTS.values()), *money]


def tables(found: RollUp, language: str) -> list[Shown]:
    """All tables of a roll-up that have something to tell."""
    total = _line("", whole(found.tallies), language, name=_("Alla"))
    shown = []
    for by in By:
        order, names = _order(by, found, language)
        rows = tabulated(found.tallies, by, order, every=by is By.ORGANISATION)
        if by is By.TYPE and all(not row.code for row in rows):
            continue  # the release does not know the types
        lines = tuple(
            _line(row.code, row, language, names.get(row.code), own=by is By.ORGANISATION)
            for row in rows
        )
        shown.append(Shown(by, str(TITLES[by]), str(HEADINGS[by]), lines, total))
    return shown


def _line(code: str, row: Row, language: str, name: str | None = None, own: bool = False) -> Line:
    number = str(row.organisations)
    # That an organisation is one is no news.
    told = number if own or not row.few else _("%(count)s (få)") % {"count": number}
    return Line(
        name or (code or _("Inte angivet")),
        row,
        told,
        tuple(row.counts[what] for what in Counted),
        tuple(kronor(row.money.get(one, 0), language) for one in statuses()),
    )


def _order(by: By, found: RollUp, language: str) -> tuple[Sequence[str], dict[str, str]]:
    """The codes of a table in their order, and what each is called."""
    if by is By.ORGANISATION:
        names = {str(one.pk): one.name for one in found.organisations}
    elif by is By.AREA:
        names = _areas(found.tallies, language)
    elif by is By.TYPE:
        names = {code: told[language] for code, told in TYPES.items()}
    else:
        name = "focus_area" if by is By.FOCUS else "target_group"
        names = {code: label(name, code) for code in classification(name).entries}
    return list(names), names


def _areas(tallies: Sequence[Tally], language: str) -> dict[str, str]:
    keys = {code for one in tallies for code in one.by(By.AREA) if code}
    named = {key: area_name(key, language) for key in keys}
    for key, name in named.items():
        if name == key:
            code = key.rpartition("/")[2]
            named[key] = _("Område %(code)s, som utgåvan inte har") % {"code": code}
    return dict(sorted(named.items(), key=lambda pair: (pair[1], pair[0])))
