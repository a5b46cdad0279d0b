"""Area keys: what kind of area, in which vintage, with which code.

A key is written `kind/vintage/code`, as in `regso/2020/1488R007`: the same code can mean other
borders in another vintage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from samsyn.measure.errors import InputError


class AreaKey(NamedTuple):
    """The identity of an area."""

    kind: str
    vintage: str
    code: str

    def __str__(self) -> str:
        """The key as it is written: `kind/vintage/code`."""
        return f"{self.kind}/{self.vintage}/{self.code}"


@dataclass(frozen=True)
class Kind:
    """A kind of area: the codes it has, the kind that holds it, and the vintages there are.

    `digits` is how many characters of its code are the code of the area that holds it: 2 of a
    municipality are its county, 4 of a DeSO or a RegSO its municipality.
    """

    name: str
    pattern: str
    parent: str | None
    digits: int
    vintages: tuple[str, ...]


# From the smallest to the largest; a list of these names is a list of levels.
KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind("deso", r"\d{4}[ABC]\d{4}", "regso", 4, ("2018", "2025")),
        Kind("regso", r"\d{4}R\d{3}", "municipality", 4, ("2020", "2025")),
        Kind("municipality", r"\d{4}", "county", 2, ("2025",)),
        Kind("county", r"\d{2}", "country", 0, ("2025",)),
        Kind("country", r"00", None, 0, ("2025",)),
        Kind("custom", r".+", "municipality", 0, ("2018", "2025")),
    )
}
LEVELS: Final = ("deso", "regso", "municipality", "county", "country")
# DeSO and RegSO of one vintage belong together.
PARENT_VINTAGE: Final = {("deso", "2018"): "2020", ("deso", "2025"): "2025"}
COUNTRY: Final = AreaKey("country", "2025", "00")


def parse_key(text: str) -> AreaKey:
    """The key that a text is. Raises InputError where it is none."""
    parts = text.strip().split("/", 2)
    if len(parts) != 3 or parts[0] not in KINDS or not all(parts):
        raise InputError(
            f'"{text}" is not an area: write kind/vintage/code, as in regso/2020/1488R007, '
            f"with one of the kinds {', '.join(KINDS)}"
        )
    return AreaKey(*parts)


def kind_of_code(code: str) -> str | None:
    """The kind whose codes look like this one; None where there is none."""
    for name in LEVELS:
        if name != "county" and re.fullmatch(KINDS[name].pattern, code):
            return name
    return "county" if re.fullmatch(KINDS["county"].pattern, code) else None


def parent_key(key: AreaKey) -> AreaKey | None:
    """The municipality, county or country that holds an area, as its code tells; None for none.

    Which RegSO holds a DeSO cannot be told from codes: its municipality can.
    """
    if key.kind in {"deso", "regso"}:
        return AreaKey("municipality", "2025", key.code[:4])
    if key.kind == "municipality":
        return AreaKey("county", "2025", key.code[:2])
    return COUNTRY if key.kind == "county" else None
