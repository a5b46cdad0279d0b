"""Areas by the codes that Statistics Sweden publishes them under, which tell the vintage too.

DeSO of 2018 and RegSO of 2020 are written plainly, later ones with their vintage:
`1488R007_RegSO2025`. Of municipalities, counties and the country the vintage in use is written
plainly (`1488`), others with theirs (`1488_2030`). Users' own areas are written as their keys.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from samsyn.statistics.areas.keys import KINDS, AreaKey, kind_of_code

CALLED: Final = {"deso": "DeSO", "regso": "RegSO"}
FIRST: Final = {kind: KINDS[kind].vintages[0] for kind in CALLED}
CODE: Final = re.compile(r"^([^_/]+)(?:_(?:DeSO|RegSO)?(\d{4}))?$")


def agency_code(key: str, plain: Mapping[str, str]) -> str:
    """The code of a key; `plain` has the vintage of each larger kind that is written plainly."""
    kind, vintage, code = key.split("/", 2)
    if kind_of_code(code) != kind:
        return key
    if kind in CALLED:
        return code if vintage == FIRST[kind] else f"{code}_{CALLED[kind]}{vintage}"
    return code if plain.get(kind, vintage) == vintage else f"{code}_{vintage}"


def key_of_agency_code(text: str, plain: Mapping[str, str]) -> AreaKey | None:
    """The key that a code stands for; None where it is none."""
    parts = text.split("/", 2)
    if len(parts) == 3 and parts[0] in KINDS and all(parts):
        return AreaKey(*parts)
    found = CODE.match(text)
    kind = kind_of_code(found[1]) if found else None
    if found is None or kind is None:
        return None
    vintage = found[2] or FIRST.get(kind) or plain.get(kind)
    return None if vintage is None else AreaKey(kind, vintage, found[1])
