"""What a rule has found: where, what it saw, and what can be done about it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

Told = str | int | tuple[str, ...]


@dataclass(frozen=True)
class Ref:
    """A record by the name of its table and its key, with what it is called."""

    kind: str
    key: int
    title: str = ""

    @property
    def name(self) -> str:
        """The record in one word: `need/12`."""
        return f"{self.kind}/{self.key}"


@dataclass(frozen=True)
class Todo:
    """The form in which the gap is closed: of a record that there is, or of a new one.

    `fill` is what a new one begins with, `field` where in the form to begin. `part` is a part of a
    record's page instead of its form.
    """

    kind: str
    key: int | None = None
    fill: tuple[tuple[str, str], ...] = ()
    field: str = ""
    part: str = ""


@dataclass(frozen=True)
class Finding:
    """One gap: of a record (`subject`), or of the whole round where that is None.

    `seen` is everything that the rule took into account, as plain values: an answer to the finding
    holds for as long as it is the same. `told` fills in the rule's sentence, and `records` are
    others that the finding is about.
    """

    rule: str
    todo: Todo
    subject: Ref | None = None
    seen: tuple[object, ...] = ()
    told: Mapping[str, Told] = field(default_factory=dict)
    records: tuple[Ref, ...] = ()

    @property
    def about(self) -> str:
        """What it is of, as an answer keeps it; empty where it is of the whole round."""
        return "" if self.subject is None else self.subject.name

    @property
    def state(self) -> str:
        """A digest of what the rule saw."""
        told = json.dumps([self.rule, self.about, self.seen], ensure_ascii=True, default=str)
        return hashlib.sha256(told.encode()).hexdigest()
