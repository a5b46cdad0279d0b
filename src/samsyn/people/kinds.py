"""The kinds of records that organisations write, as the rooms above declare them.

A room that declares a kind gets its pages: a list, a page of one, forms, history, sharing, comments
and attachments, each asking the same rule of who may do what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from samsyn.people.access import Viewer
    from samsyn.people.forms import RecordForm
    from samsyn.people.models import Organisation, Record


# What a value of a field of that name is called; None where the field itself knows.
Words = Callable[[str, Any], Sequence[str] | None]


class AskFirst(Exception):
    """Something else must be written first: where, and what to say of it."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__(text)
        self.address = address
        self.text = text


@dataclass(frozen=True)
class Kind:
    """A kind of record: its table, its form, its word in addresses, and its templates.

    `context` gives what its page shows beside the fields. `asks` gives its form more than every
    form gets, from what the address or the record says, and raises AskFirst where that lacks.
    `open_to_public` says whether one may be published. `parts` names what belongs to one in other
    tables, by the names under which the record reaches it (`meetings`, `meetings__decisions`): it
    is told in the record's history and goes along in exports. `on_removal` tells what else follows
    when one is taken away, a sentence each. `words` says what values are called that a field itself
    has no words for, such as keys of areas. `neuter` says of which gender its word is in Swedish.
    """

    model: type[Record]
    form: type[RecordForm]
    word: str
    template: str = "people/record.html"
    listing: str = "people/records.html"
    writing: str = "people/writing.html"
    context: Callable[[Viewer, Any], Mapping[str, Any]] | None = None
    asks: Callable[[HttpRequest, Organisation, Any], Mapping[str, Any]] | None = None
    open_to_public: bool = True
    parts: Sequence[str] = ()
    on_removal: Callable[[Any], Iterable[str]] | None = None
    words: Words | None = None
    neuter: bool = False

    @property
    def name(self) -> str:
        """What one is called."""
        return str(self.model._meta.verbose_name)

    @property
    def new_one(self) -> str:
        """What a new one is called: "Ny insats", "Nytt mål"."""
        text = _("Nytt %(name)s") if self.neuter else _("Ny %(name)s")
        return text % {"name": self.name}

    @property
    def plural(self) -> str:
        """What several are called."""
        return str(self.model._meta.verbose_name_plural)


_kinds: dict[str, Kind] = {}


def declare(kind: Kind) -> None:
    """Give a kind of record its pages. Raises ValueError where the word is another kind's."""
    known = _kinds.setdefault(kind.word, kind)
    if known.model is not kind.model:
        raise ValueError(f"{kind.word} is the word of {known.model.__name__} already")


def kinds() -> Mapping[str, Kind]:
    """All kinds by their word, in the order in which they were declared."""
    return _kinds


def kind_of(record: Record | type[Record]) -> Kind:
    """The kind of a record. Raises KeyError where none was declared."""
    model = record if isinstance(record, type) else type(record)
    return next(kind for kind in _kinds.values() if kind.model is model)
