"""The columns of a list, as the form of one has its fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import override

from samsyn.statistics.classifications import LANGUAGES

KEY: Final = "id"
VERSION: Final = "version"


class Sort(Enum):
    """What stands in the cells of a column."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"
    ONE = "one"  # of a list
    SEVERAL = "several"  # of a list, with semicolons between


@dataclass(frozen=True)
class Column:
    """A column: its name, its title in the language of the page, and what its cells may hold.

    `choices` are labels by value, no two the same; `known` finds a value by anything that it is
    called in any language. `titles` are all that the column is called.
    """

    name: str
    title: str
    sort: Sort = Sort.TEXT
    choices: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
    required: bool = False
    hint: str = ""
    least: int | None = None
    most: int | None = None
    longest: int | None = None


def plain(text: object) -> str:
    """A text as titles and labels are compared: whatever its case, spaces and marks of need."""
    return " ".join(str(text).replace("\u00a0", " ").casefold().split()).rstrip(" *:")


def columns_of(form: forms.ModelForm, names: Iterable[str]) -> list[Column]:
    """The columns of the fields of a form, in that order."""
    told = []
    for name in names:
        one = form.fields.get(name)
        if one is not None and not one.widget.is_hidden:
            told.append(_column(name, one, form))
    return _apart(told)


def keys() -> list[Column]:
    """The columns that say which record a row is, and as of when. They come last."""
    about_key = _("Säger vilken post raden är. Lämna tom för en ny post; ändra den annars inte.")
    about_version = _("Säger hur posten var när filen hämtades, så att ingens ändring skrivs över.")
    return [
        Column(KEY, "id", Sort.WHOLE, titles=frozenset({"id"}), hint=about_key, least=1),
        Column(
            VERSION, "version", Sort.WHOLE, titles=frozenset({"version"}), hint=about_version,
            least=1,
        ),
    ]  # fmt: skip


def _column(name: str, one: forms.Field, form: forms.ModelForm) -> Column:
    sort = _sort(one)
    choices, known = _choices(one, sort)
    model_field = form._meta.model._meta.get_field(name)
    titles = {plain(name)}
    for language in LANGUAGES:
        with override(language):
            titles |= {plain(one.label or name), plain(getattr(model_field, "verbose_name", name))}
    label = str(one.label or name)
    return Column(
        name, label[:1].upper() + label[1:], sort, choices, known, frozenset(titles), one.required,
        str(one.help_text or ""), _whole(getattr(one, "min_value", None)),
        _whole(getattr(one, "max_value", None)), getattr(one, "max_length", None),
    )  # fmt: skip


def _whole(limit: Any) -> int | None:
    limit = limit() if callable(limit) else limit
    return None if limit is None else int(limit)


def _sort(one: forms.Field) -> Sort:
    if isinstance(one, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return Sort.SEVERAL
    if isinstance(one, forms.ChoiceField):  # and of records: ModelChoiceField is one
        return Sort.ONE
    if isinstance(one, forms.BooleanField):
        return Sort.FLAG
    if isinstance(one, forms.DateField):
        return Sort.DATE
    if isinstance(one, forms.DecimalField) and not one.decimal_places and one.decimal_places == 0:
        return Sort.WHOLE
    if isinstance(one, forms.FloatField | forms.DecimalField):  # FloatField is an IntegerField
        return Sort.NUMBER
    return Sort.WHOLE if isinstance(one, forms.IntegerField) else Sort.TEXT


def _choices(one: forms.Field, sort: Sort) -> tuple[dict[str, str], dict[str, str]]:
    """Labels by value in the language of the page, and values by what they are called in any."""
    if sort is Sort.FLAG:
        flags = {"True": _("Ja"), "False": _("Nej")}
        yes, no = ("ja", "yes", "x", "1", "true", "sant"), ("nej", "no", "0", "false", "falskt")
        return flags, dict.fromkeys(yes, "True") | dict.fromkeys(no, "False")
    if sort not in {Sort.ONE, Sort.SEVERAL}:
        return {}, {}
    assert isinstance(one, forms.ChoiceField)
    pairs = _flat(one.choices, sort)
    times: dict[str, int] = {}
    for _value, label in pairs:
        times[plain(label)] = times.get(plain(label), 0) + 1
    told = {
        value: label if times[plain(label)] == 1 else f"{label} [{value}]" for value, label in pairs
    }
    # What it is called in another language is understood where nothing else here is called so.
    # Records are called the same in all.
    known: dict[str, str] = {}
    for language in () if isinstance(one, forms.ModelChoiceField) else LANGUAGES:
        with override(language):
            for value, label in _flat(one.choices, sort):
                if times.get(plain(label), 1) == 1:
                    known.setdefault(plain(label), value)
    known |= {plain(value): value for value, _label in pairs}
    return told, known | {plain(label): value for value, label in told.items()}


def _flat(choices: Any, sort: Sort) -> list[tuple[str, str]]:
    """The choices of a field without its groups and without the empty one.

    Where several can be written in a cell, no label has what stands between them.
    """
    told: list[tuple[str, str]] = []
    for value, label in choices:
        if isinstance(label, list | tuple):
            told += [(str(one), str(words)) for one, words in label]
        elif str(value):
            told.append((str(value), str(label)))
    if sort is Sort.SEVERAL:
        told = [(value, re.sub(r"\s*[;\r\n]+\s*", ", ", label)) for value, label in told]
    return [(value, label) for value, label in told if value]


def _apart(columns: Sequence[Column]) -> list[Column]:
    """Columns whose titles can be told apart."""
    from dataclasses import replace

    times: dict[str, int] = {}
    for one in columns:
        times[plain(one.title)] = times.get(plain(one.title), 0) + 1
    return [
        one if times[plain(one.title)] == 1 else replace(one, title=f"{one.title} ({one.name})")
        for one in columns
    ]
