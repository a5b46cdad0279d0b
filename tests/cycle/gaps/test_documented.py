"""The methods page has every rule as the registry has it."""

from __future__ import annotations

from pathlib import Path

from samsyn.cycle.gaps import rules

PAGE = Path(__file__).resolve().parents[3] / "docs/methods/gaps.md"


def table() -> str:
    """The table of all rules as the page has it."""
    rows = [
        [
            f"`{one.name}`", one.step.value.replace("_", "-"), one.weight.value.replace("_", "-"),
            one.fires["en"], one.basis["en"],
        ]
        for one in rules().values()
    ]  # fmt: skip
    heads = ["rule", "step", "weight", "fires", "source"]
    lines = [f"| {' | '.join(row)} |" for row in (heads, *rows)]
    lines.insert(1, "|---|---|---|---|---|")
    return "\n".join(lines)


def test_the_table_of_rules_is_that_of_the_registry():
    assert table() in PAGE.read_text(encoding="utf-8"), table()
