"""Whatever the checks find in these tests can be told in Swedish."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from samsyn.publish.findings import in_swedish
from samsyn.statistics.areas.findings import Finding


# For the session, not for each test: Hypothesis runs many examples in one test.
@pytest.fixture(scope="session", autouse=True)
def findings_have_forms() -> Iterator[None]:
    """Every warning and note that is made has a form in `publish.finding_forms`."""
    made: set[str] = set()
    usual = Finding.__init__

    def noted(self: Finding, *told: Any, **named: Any) -> None:
        usual(self, *told, **named)
        if self.severity != "error":
            made.add(self.message)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Finding, "__init__", noted)
        yield
    assert [message for message in made if in_swedish(message) is None] == []
