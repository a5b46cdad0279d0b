"""A fetch under way: what has come is recalled from the shelf, the rest is asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samsyn.statistics.services.client import Client, Request
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

    `asked` and `recalled` count the answers that came from the service and from the shelf.
    """

    client: Client
    shelf: Shelf | None = None
    asked: int = field(default=0, init=False)
    recalled: int = field(default=0, init=False)

    def ask(self, request: Request, facts: Facts, place: str | None = None) -> Any:
        """What the service answers to a request, kept at a place of the folder.

        Without a place it is kept aside: it is about the service and its tables, and no data.
        Raises ServiceError or Refused.
        """
        kept = place or f"{HIDDEN}/answers/{request.key[:32]}.json"
        content = self.shelf.recall(kept, request) if self.shelf else None
        if content is not None:
            self.recalled += 1
            return json.loads(content.decode("utf-8-sig"))
        try:
            answer = self.client.ask(request)
        except ServiceError:
            if self.shelf:
                self.shelf.note("failed", kept, request)
            raise
        self.asked += 1
        if self.shelf:
            self.shelf.keep(kept, answer, facts)
        return answer.document
