"""Inventories of projects that are known in numbers, and their arithmetic as it is."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import transaction

from samsyn.cycle.models import Inventory, InventoryRow
from samsyn.people.models import Account, Organisation
from samsyn.people.saving import create


@dataclass(frozen=True)
class Arithmetic:
    """How the parts of an inventory go together with its total."""

    parts: tuple[int, ...]
    total: int
    catalogued: int | None = None

    @property
    def summed(self) -> int:
        """What the parts come to."""
        return sum(self.parts)

    @property
    def lacking(self) -> int:
        """How many of the total no part has; below 0 where the parts have more than the total."""
        return self.total - self.summed

    @property
    def exceeding(self) -> int:
        """How many more the parts have than the total."""
        return max(0, -self.lacking)

    @property
    def not_followed_up(self) -> int | None:
        """How many that are known were not followed up; None where that is not told."""
        return None if self.catalogued is None else self.catalogued - self.total

    @property
    def written(self) -> str:
        """The sum as one writes it: 23 + 38 + 26 + 4 = 91."""
        return f"{' + '.join(str(part) for part in self.parts)} = {self.summed}"


def arithmetic(inventory: Inventory, rows: Sequence[InventoryRow]) -> Arithmetic:
    """The arithmetic of an inventory as its source has published it."""
    return Arithmetic(tuple(row.projects for row in rows), inventory.total, inventory.catalogued)


@cache
def published() -> tuple[dict[str, Any], ...]:
    """The inventories that Samsyn knows from publications (`inventories.toml`)."""
    text = files(__package__).joinpath("inventories.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["inventory"])


@transaction.atomic
def enter(organisation: Organisation, told: dict[str, Any], account: Account | None) -> Inventory:
    """Keep a published inventory as a record of an organisation, private until it says else."""
    fields = {name: value for name, value in told.items() if name != "rows"}
    made = create(Inventory(organisation=organisation, **fields), account)
    InventoryRow.objects.bulk_create(InventoryRow(inventory=made, **row) for row in told["rows"])
    return made
