"""What a reader can do something about: an address that means nothing, or a wrong parameter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Suggestion:
    """A page that may have been meant."""

    title: str
    address: str


@dataclass
class WrongParameterError(Exception):
    """Something in the query string cannot be used; shown as a page with status 400.

    `message` says in the reader's language what is wrong and what there is instead.
    """

    message: str
    suggestions: Sequence[Suggestion] = field(default_factory=tuple)


@dataclass
class UnknownPageError(Exception):
    """What the address names does not exist; shown as a page with status 404 that suggests."""

    message: str
    suggestions: Sequence[Suggestion] = field(default_factory=tuple)
