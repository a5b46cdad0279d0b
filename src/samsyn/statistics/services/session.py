"""A fetch under way: what has come is recalled from the shelf, the rest is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samsyn.statistics.services.client import Answer, Client, Request
from samsyn.statistics.services.errors import ServiceError
from samsyn.statistics.services.shelf import HIDDEN, Facts, Shelf


@dataclass(frozen=True)
class Fetched:
    """A collection that stands in the folder."""

    collection: str
    title: str
    files: tuple[Path, ...]


@dataclass
class Session:
    """Asks by `client` and keeps on `shelf`; without a shelf, nothing is kept.

    `asked` counts the answers that came from the service, `recalled` those that had come before.
    """

    client: Client
    shelf: Shelf | None = None
    asked: int = field(default=0, init=False)
    recalled: int = field(default=0, init=False)
    _own: set[str] = field(default_factory=set, init=False)

    def ask(self, request: Request, facts: Facts, place: str | None = None) -> Any:
        """What the service answers to a request, kept at a place of the folder.

        Without a place it is kept aside: it is about the service and its tables, and no data.
        Raises ServiceError or Refused.
        """
        aside = f"{HIDDEN}/answers/{request.key[:32]}.json"
        answer = self._recalled(request, facts, place, aside)
        if answer is not None:
            self.recalled += request.key not in self._own
            self._own.add(request.key)
            return answer.document
        try:
            answer = self.client.ask(request)
        except ServiceError:
            if self.shelf:
                self.shelf.note("failed", place or aside, request)
            raise
        self.asked += 1
        self._own.add(request.key)
        if self.shelf:
            self.shelf.keep(place or aside, answer, facts)
        return answer.document

    def _recalled(
        self, request: Request, facts: Facts, place: str | None, aside: str
    ) -> Answer | None:
        """The answer that stands at its place, or aside, from where it is put in its place."""
        if self.shelf is None:
            return None
        if place is not None and (there := self.shelf.recall(place, request)):
            return there
        answer = self.shelf.recall(aside, request)
        if answer is not None and place is not None:
            self.shelf.keep(place, answer, facts)
        return answer
