"""What a format declares of its dimensions, completed by their names and by samsyn.toml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from samsyn.measure.errors import InputError
from samsyn.statistics.sources.forms import Role
from samsyn.statistics.sources.grid import Dimension
from samsyn.statistics.sources.roles import role_of_name
from samsyn.statistics.sources.settings import FileSettings

# What a table is of that has no areas and is said to be of the whole country.
COUNTRY: Final = Dimension("område", ("Riket",), ("00",))
# The names under which Statistics Sweden publishes, besides SCB.
AGENCY: Final = ("statistics sweden", "statistiska centralbyrån", "statistikmyndigheten")


def declared_roles(
    names: Mapping[str, Sequence[str]], told: Mapping[Role, str | None]
) -> dict[Role, str]:
    """The role of each dimension: what the format has `told`, or else what names say.

    `names` are each dimension's name with others that it has: its code, its name in another
    language.
    """
    roles = {role: name for role, name in told.items() if name is not None and name in names}
    for name, others in names.items():
        if name in roles.values():
            continue
        known = (role_of_name(called) for called in (name, *others))
        role = next((role for role in known if role is not None), None)
        if role is not None:
            roles.setdefault(role, name)
    return roles


def completed(
    dimensions: Sequence[Dimension], roles: Mapping[Role, str], settings: FileSettings, name: str
) -> tuple[list[Dimension], dict[Role, str]]:
    """The dimensions and roles with an area and a period among them, which samsyn.toml may add.

    A table without areas is of the whole country only where samsyn.toml says so, and one without
    periods is of the period that it says. Raises InputError where it says nothing.
    """
    there = ", ".join(d.name for d in dimensions)
    match = f'[[file]] match = "{name.rpartition("/")[2]}"'
    all_dimensions, all_roles = list(dimensions), dict(roles)
    if "area" not in roles:
        if settings.kind != "country":
            raise InputError(
                f"{name} has no dimension of areas (its dimensions are {there}). If it is of the "
                f'whole country, say so in samsyn.toml: {match}, kind = "country"'
            )
        all_dimensions.insert(0, COUNTRY)
        all_roles["area"] = COUNTRY.name
    if "period" not in roles:
        if settings.period is None:
            raise InputError(
                f"{name} has no dimension of time (its dimensions are {there}). Say in samsyn.toml "
                f'which period it is of: {match}, period = "2024"'
            )
        all_dimensions.append(Dimension("period", (settings.period,)))
        all_roles["period"] = "period"
    return all_dimensions, all_roles


def publisher_of(text: str | None) -> str | None:
    """Who publishes, as releases name them: SCB under each of its names, others as they write."""
    plain = (text or "").strip()
    words = plain.casefold().replace("(", " ").replace(")", " ").replace(",", " ").split()
    if "scb" in words or any(name in plain.casefold() for name in AGENCY):
        return "SCB"
    return plain or None


def usual_licence(publisher: str | None) -> str | None:
    """The licence that a publisher states for all its open statistics."""
    return "CC0" if publisher == "SCB" else None
