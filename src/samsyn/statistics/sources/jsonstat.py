"""JSON-stat, the form in which statistical services answer: 2.0, and the bundles of 1.x.

A service's description of a table has the same form and no figures: it is told apart. The format:
https://json-stat.org/full/.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.sources import samsyn_answers
from samsyn.statistics.sources.declared import (
    completed,
    declared_roles,
    publisher_of,
    usual_licence,
)
from samsyn.statistics.sources.forms import Cube, Material, Role
from samsyn.statistics.sources.grid import Dimension, check_dimensions, long_form
from samsyn.statistics.sources.jsonstat_values import cells_of_dataset
from samsyn.statistics.sources.opening import Opened
from samsyn.statistics.sources.settings import FileSettings

Dataset = Mapping[str, Any]

HEAD: Final = re.compile(rb'"class"\s*:\s*"(?:dataset|collection)"|"dataset"\s*:\s*\{')
ROLES: Final[Mapping[Role, str]] = {"period": "time", "area": "geo", "measure": "metric"}


def recognises(file: Opened) -> bool | str:
    """Whether it is a JSON-stat dataset with figures."""
    if not file.is_json:
        return "it is not JSON"
    if b'"FeatureCollection"' in file.head:
        return "it is GeoJSON"
    try:
        dataset = dataset_of(file.json)
    except InputError:
        return bool(HEAD.search(file.head)) or "it is not whole JSON"
    if dataset is None:
        return "it is JSON, but no JSON-stat dataset"
    if _is_description(dataset):
        return "it is the description of a table (metadata in JSON-stat), and has no figures"
    return True


def read(file: Opened, settings: FileSettings) -> list[Material]:
    """The table of a JSON-stat answer. Raises InputError where it does not add up."""
    name = file.name
    dataset = dataset_of(file.json)
    if dataset is None:
        raise InputError(f"{name} is not a JSON-stat dataset")
    if samsyn_answers.recognises(dataset):
        return samsyn_answers.read(file, dataset, settings)
    if _is_description(dataset):
        raise InputError(
            f"{name} describes a table and has no figures (metadata). Fetch the table's data"
        )
    ids = _ids(dataset, name)
    names = _names(dataset, ids)
    dimensions = [_dimension(dataset, key, names[key], name) for key in ids]
    _check_sizes(dataset, dimensions, name)
    notes = _notes(dataset, names)
    value, status = cells_of_dataset(dataset, dimensions, notes, name)
    told = _roles(dataset, names)
    dimensions, roles = completed(dimensions, told, settings, name)
    frame = long_form(dimensions, pl.DataFrame({"value": value, "status": status}), name)
    px = _mapping(_mapping(dataset.get("extension")).get("px"))
    publisher = publisher_of(dataset.get("source"))
    provenance = file.provenance(
        settings,
        origin=publisher,
        table=_text(px.get("tableid") or px.get("matrix")),
        title=_text(dataset.get("label")),
        updated=_text(dataset.get("updated")),
        usual_licence=usual_licence(publisher),
        notes=notes,
    )
    units = _units(dataset, names, roles.get("measure"))
    return [Cube(frame, tuple(d.name for d in dimensions), roles, provenance, units)]


def dataset_of(told: Any) -> Dataset | None:
    """The dataset that an answer is, or the first that it holds; None where there is none."""
    if not isinstance(told, dict):
        return None
    if told.get("class") == "collection":
        items = _mapping(told.get("link")).get("item") or []
        found = (dataset_of(item) for item in items if isinstance(item, dict))
        return next((dataset for dataset in found if dataset), None)
    if isinstance(told.get("dimension"), dict) and ("value" in told or "size" in told):
        return told
    if told.get("class") == "dataset" and "dimension" in told:
        return told
    # A bundle of 1.x holds datasets by name; its dimensions tell order, sizes and roles.
    bundled = (d for d in told.values() if isinstance(d, dict) and "value" in d)
    old = next((d for d in bundled if isinstance(d.get("dimension"), dict)), None)
    if old is None or "size" not in old["dimension"]:
        return None
    return {**{key: old["dimension"].get(key) for key in ("id", "size", "role")}, **old}


def _is_description(dataset: Dataset) -> bool:
    value = dataset.get("value")
    size = dataset.get("size")
    cells = math.prod(size) if isinstance(size, list) and all(map(_is_count, size)) else 1
    return not value and cells > 0 and not dataset.get("status")


def _ids(dataset: Dataset, name: str) -> list[str]:
    ids, told = dataset.get("id"), dataset.get("dimension")
    if not isinstance(ids, list) or not ids or not isinstance(told, dict):
        raise InputError(f"{name} does not say which dimensions it has: it lacks id or dimension")
    lacking = [key for key in ids if not isinstance(told.get(key), dict)]
    if lacking:
        raise InputError(f'{name} names the dimension "{lacking[0]}" and does not describe it')
    return [str(key) for key in ids]


def _names(dataset: Dataset, ids: Sequence[str]) -> dict[str, str]:
    """Each dimension's name: its label, or its id where labels are lacking or the same."""
    labels = {key: _text(dataset["dimension"][key].get("label")) or key for key in ids}
    if len(set(labels.values())) < len(labels):
        return {key: key for key in ids}
    return labels


def _dimension(dataset: Dataset, key: str, called: str, name: str) -> Dimension:
    category = _mapping(dataset["dimension"][key].get("category"))
    index, labels = category.get("index"), _mapping(category.get("label"))
    if isinstance(index, dict):
        if not all(map(_is_count, index.values())):
            raise InputError(f'{name}: the index of the dimension "{called}" is not of numbers')
        codes = sorted(index, key=lambda code: index[code])
        if [index[code] for code in codes] != list(range(len(codes))):
            raise InputError(
                f'{name}: the index of the dimension "{called}" does not count from 0 by ones'
            )
    elif isinstance(index, list):
        codes = [str(code) for code in index]
    else:
        codes = list(labels)  # a dimension of one value needs no index
    if not codes:
        raise InputError(f'{name}: the dimension "{called}" has no values')
    return Dimension(called, [(_text(labels.get(code)) or code).strip() for code in codes], codes)


def _check_sizes(dataset: Dataset, dimensions: Sequence[Dimension], name: str) -> None:
    check_dimensions(dimensions, name)
    sizes = dataset.get("size")
    found = [len(d.labels) for d in dimensions]
    if sizes is not None and sizes != found:
        raise InputError(
            f"{name} says that its dimensions have the sizes {sizes}, and they have {found} values"
        )


def _roles(dataset: Dataset, names: Mapping[str, str]) -> dict[Role, str]:
    role = _mapping(dataset.get("role"))
    told: dict[Role, str | None] = {}
    for ours, theirs in ROLES.items():
        keys = role.get(theirs)
        told[ours] = names.get(keys[0]) if isinstance(keys, list) and keys else None
    return declared_roles({called: (key,) for key, called in names.items()}, told)


def _units(dataset: Dataset, names: Mapping[str, str], measure: str | None) -> dict[str, str]:
    """The unit of each measure by its label."""
    key = next((key for key, called in names.items() if called == measure), None)
    if key is None:
        return {}
    category = _mapping(dataset["dimension"][key].get("category"))
    labels = _mapping(category.get("label"))
    units = {
        (_text(labels.get(code)) or code).strip(): _text(unit.get("base") or unit.get("label"))
        for code, unit in _mapping(category.get("unit")).items()
        if isinstance(unit, dict)
    }
    return {label: unit for label, unit in units.items() if unit}


def _notes(dataset: Dataset, names: Mapping[str, str]) -> tuple[str, ...]:
    """The dataset's notes, its dimensions' and their values', with what each is about."""
    found = _texts(dataset.get("note"))
    for key, called in names.items():
        dimension = dataset["dimension"][key]
        found += [f"{called}: {text}" for text in _texts(dimension.get("note"))]
        category = _mapping(dimension.get("category"))
        labels = _mapping(category.get("label"))
        for code, notes in _mapping(category.get("note")).items():
            found += [f"{called}, {labels.get(code, code)}: {text}" for text in _texts(notes)]
    return tuple(dict.fromkeys(found))


def _texts(given: Any) -> list[str]:
    listed = given if isinstance(given, list) else [given] if given else []
    return [" ".join(str(text).split()) for text in listed if str(text).strip()]


def _text(given: Any) -> str | None:
    return str(given).strip() or None if given is not None else None


def _mapping(given: Any) -> Mapping[str, Any]:
    return given if isinstance(given, dict) else {}


def _is_count(given: Any) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and given >= 0
