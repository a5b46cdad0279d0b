"""Areas that users draw themselves, from `samsyn.toml`."""

from __future__ import annotations

import re
import unicodedata

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.areas.keys import KINDS, PARENT_VINTAGE, kind_of_code
from samsyn.statistics.sources.forms import AreaLayer, Links, Material
from samsyn.statistics.sources.opening import opened
from samsyn.statistics.sources.settings import FILE, CustomArea, FileSettings, FolderSettings


def custom_areas(settings: FolderSettings) -> list[Material]:
    """The areas of each vintage, and links from the DeSO or RegSO that they consist of.

    An area's code is its municipality and its name: 1488-kronogarden. Its vintage is that of DeSO
    (RegSO of 2020 consist of DeSO of 2018). Raises InputError for a member that is no such code
    or lies in another municipality, and for an area that is there twice.
    """
    file = opened(settings.folder / FILE, settings.file)
    provenance = file.provenance(
        FileSettings(publisher=settings.publisher, licence=settings.licence)
    )
    areas: dict[str, list[dict[str, str]]] = {}
    links: dict[tuple[str, str], list[dict[str, str]]] = {}
    seen: set[str] = set()
    for number, area in enumerate(settings.custom, start=1):
        where = f"{settings.file}: [[custom]] {number} ({area.name})"
        code = f"{area.municipality}-{plain_name(area.name)}"
        if code in seen:
            raise InputError(f"{where} has the municipality and the name of another: rename one")
        seen.add(code)
        kind = _kind(area, where)
        vintage, own = _vintages(area, kind, where)
        areas.setdefault(vintage, []).append(
            {"code": code, "name": area.name, "parent": area.municipality}
        )
        links.setdefault((kind, own), []).extend(
            {"source": member, "target": code} for member in area.members
        )
    layers: list[Material] = [
        AreaLayer("custom", vintage, pl.DataFrame(rows), provenance)
        for vintage, rows in areas.items()
    ]
    return [
        *layers,
        *(
            Links(
                (kind, own), ("custom", _custom_vintage(kind, own)), pl.DataFrame(rows), provenance
            )
            for (kind, own), rows in links.items()
        ),
    ]


def plain_name(name: str) -> str:
    """A name in small letters from a to z, with hyphens between its words."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.casefold()).strip("-") or "area"


def _kind(area: CustomArea, where: str) -> str:
    kinds = {member: kind_of_code(member) for member in area.members}
    for member, kind in kinds.items():
        if kind not in {"deso", "regso"}:
            raise InputError(f'{where}: the member "{member}" is no code of a DeSO or a RegSO')
        if member[:4] != area.municipality:
            raise InputError(
                f"{where}: the member {member} lies in municipality {member[:4]}, "
                f"not in {area.municipality}"
            )
    if len(set(kinds.values())) > 1:
        raise InputError(f"{where} has both DeSO and RegSO as members: take one of them")
    return str(next(iter(kinds.values())))


def _vintages(area: CustomArea, kind: str, where: str) -> tuple[str, str]:
    """The vintage of the area, and that of its members."""
    parents = {deso: regso for (_, deso), regso in PARENT_VINTAGE.items()}
    own = parents.get(area.vintage, area.vintage) if kind == "regso" else area.vintage
    known = " and ".join(KINDS[kind].vintages)
    if own not in KINDS[kind].vintages:
        raise InputError(f'{where}: vintage is "{area.vintage}", but {kind} has {known}')
    return _custom_vintage(kind, own), own


def _custom_vintage(kind: str, own: str) -> str:
    if kind == "deso":
        return own
    return next(deso for (_, deso), regso in PARENT_VINTAGE.items() if regso == own)
