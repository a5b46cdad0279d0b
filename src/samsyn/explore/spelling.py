"""How an address may write a place: which kind a word means, and how a code may be spelled."""

from __future__ import annotations

from typing import Final

# What a kind may be called in an address, with the word that it is called there.
KINDS: Final = {
    "country": "country", "land": "country", "landet": "country", "riket": "country",
    "sverige": "country", "sweden": "country",
    "county": "county", "lan": "county", "län": "county", "region": "county",
    "municipality": "municipality", "kommun": "municipality",
    "regso": "regso", "deso": "deso", "custom": "custom", "eget": "custom",
}  # fmt: skip
DIGITS: Final = {"country": 2, "county": 2, "municipality": 4}


class MovedError(Exception):
    """The page has its one right address elsewhere, for good."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def spelled(kind: str, code: str) -> list[str]:
    """The ways in which a release may write a code, as it stands first."""
    forms = [code, code.upper(), code.casefold()]
    if kind in DIGITS and code.isdecimal():
        forms.append(code.zfill(DIGITS[kind]))
    return forms


def moved(path: str, query: str, wrong: tuple[str, str], right: tuple[str, str]) -> MovedError:
    """That what stands at a path with kind and code written wrongly stands at the right ones."""
    before, _, after = path.rpartition("/".join(("", *wrong)))
    return MovedError(f"{before}/{'/'.join(right)}{after}{f'?{query}' if query else ''}")
