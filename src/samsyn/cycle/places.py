"""The places of a round, as the current release has them."""

from __future__ import annotations

from samsyn.measure.errors import InputError
from samsyn.publish.situation import Choice
from samsyn.publish.situation.subject import Subject
from samsyn.publish.wording import named
from samsyn.statistics.query import Release
from samsyn.statistics.query.remembering import remembered
from samsyn.statistics.query.shelf import served

Choices = list[tuple[str, str]]


def release(name: str | None = None) -> Release | None:
    """The release of that name, else the current one; None where there is none."""
    try:
        return served().release(name or None)
    except InputError:
        return None


def places(language: str) -> list[tuple[str, Choices]]:
    """Municipalities, counties and the country, by kind, as choices: `municipality/1488`."""
    there = release()
    if there is None:
        return []
    found = []
    for kind in ("municipality", "county", "country"):
        rows = there.areas(kind).select("code", "name").unique("code").sort("name")
        named_rows = [
            (f"{kind}/{code}", named(name or code, kind, language)) for code, name in rows.rows()
        ]
        found.append((kind, named_rows))
    return found


def parts(place: str) -> Choices:
    """The RegSO of a place (of a county its municipalities) by key, by name.

    They are those of the newest borders that have figures: the parts that the situation report of
    the place tells of.
    """
    there = release()
    return [] if there is None or not place else list(_parts(there, place))


@remembered(64)
def _parts(there: Release, place: str) -> tuple[tuple[str, str], ...]:
    try:
        area = there.area(place)
    except InputError:
        return ()
    rows = Subject(there, Choice(place, compare=()), area).parts
    return tuple((key, name or key) for key, name in rows.sort("name").rows())


def name_of(key: str, language: str) -> str:
    """What an area is called; its key where the release does not know it any longer."""
    there = release()
    try:
        if there is not None and key:
            area = there.area(key)
            return named(area.name or area.code, area.kind, language)
    except InputError:
        pass
    return key
