"""What every address can answer, as the description tells it."""

from __future__ import annotations

from typing import Any, Final

from samsyn.api.figures.schemas import Problem

# Problems that any address can tell of.
JSON: Final[dict[Any, Any]] = {400: Problem, 404: Problem, 429: Problem}


def rows(schema: Any) -> dict[Any, Any]:
    """The answers of an address of rows."""
    return {200: schema, **JSON}
