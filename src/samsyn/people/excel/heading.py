"""Which sheet and row the list begins in, and which column is which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from samsyn.people.excel.columns import KEY, VERSION, Column, plain
from samsyn.people.excel.reading import Sheet, UnreadableError
from samsyn.statistics.sources.cells import letters

MAX_ROWS: Final = 5_000
LOOKED: Final = 20  # rows in which the titles may stand


@dataclass(frozen=True)
class Table:
    """Rows of a list by column, each with its number in the sheet.

    `at` is the place of each column, `odd` what is wrong with single cells by row number and column
    name, `unread` the titles of columns that nobody asked for, with their letters.
    """

    sheet: str
    at: Mapping[str, int]
    rows: Sequence[tuple[int, Mapping[str, str]]]
    odd: Mapping[tuple[int, str], str] = field(default_factory=dict)
    unread: Sequence[str] = ()

    def cell(self, number: int, name: str) -> str:
        """What a cell is called: B7. Only the row where the column is not in the sheet."""
        return f"{letters(self.at[name])}{number}" if name in self.at else str(number)

    def kept(self) -> dict[str, Any]:
        """The table as plain data, see `again`."""
        names = list(self.at)
        return {
            "sheet": self.sheet, "at": dict(self.at), "unread": list(self.unread),
            "rows": [[number, *(row.get(name, "") for name in names)] for number, row in self.rows],
        }  # fmt: skip

    @classmethod
    def again(cls, kept: Mapping[str, Any]) -> Table:
        """The table that was kept; one with odd cells never is."""
        names = list(kept["at"])
        rows = [(row[0], dict(zip(names, row[1:], strict=True))) for row in kept["rows"]]
        return cls(kept["sheet"], kept["at"], rows, {}, kept["unread"])


def table_of(sheets: Sequence[Sheet], columns: Sequence[Column], needed: Sequence[str]) -> Table:
    """The table that has those columns: the sheet whose titles name most of them.

    Hidden sheets are not read: nobody has seen what stands there. Where no row has titles, the rows
    are taken to be in the order of the columns, if there is one sheet only (somebody has pasted
    rows alone). Raises UnreadableError where it cannot be found.
    """
    seen = [sheet for sheet in sheets if not sheet.looked.hidden]
    found = [(sheet, *_titles(sheet, columns)) for sheet in seen]
    fits = [one for one in found if set(needed) <= set(one[2])]
    if fits:
        sheet, row, at = max(fits, key=lambda one: len(one[2]))
        _refuse_twice(sheet, row, at, columns)
        return _table(sheet, row + 1, at, _unread(sheet, row, at))
    nearest = max(found, key=lambda one: len(one[2]), default=None)
    if nearest is not None and not nearest[2] and len(sheets) == 1 and not seen[0].looked.merged:
        bare = [one for one in columns if one.name not in {KEY, VERSION}]
        wide = max((len(row) for row in seen[0].rows), default=0)
        if wide <= len(columns):
            both = [*bare, *(one for one in columns if one not in bare)]
            return _table(seen[0], 0, {one.name: at for at, one in enumerate(both[:wide])}, [])
    titles = {one.name: one.title for one in columns}
    lacking = [name for name in needed if nearest is None or name not in nearest[2]]
    names = _listed(titles[name] for name in lacking)
    if nearest is not None and nearest[2]:
        raise UnreadableError(
            _("Kolumnen %(names)s saknas i %(sheet)s. Kolumnerna ska heta som i mallen.")
            % {"names": names, "sheet": quoted(nearest[0].name)}
        )
    there = _listed(sheet.name for sheet in seen)
    text = _("Listan hittades inte. Överst i ett blad ska det stå kolumnnamn som i mallen, bland "
             "dem %(names)s. Det som lästes var %(there)s.")  # fmt: skip
    hidden = " " + _("Dolda blad läses inte.") if len(seen) < len(sheets) else ""
    raise UnreadableError(text % {"names": names, "there": there} + hidden)


def quoted(name: str) -> str:
    """The name of a sheet or a column in the quotation marks of the language."""
    return _("”%(name)s”") % {"name": name}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(quoted(name) for name in names)


def _titles(sheet: Sheet, columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    """The row of a sheet with most titles of columns, and where each stands in it."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, row in enumerate(sheet.rows[:LOOKED]):
        texts = [plain(cell) for cell in row]
        at: dict[str, int] = {}
        for one in columns:
            exact = [i for i, text in enumerate(texts) if text == plain(one.title)]
            also = [i for i, text in enumerate(texts) if text and text in one.titles]
            free = [i for i in (*exact, *also) if i not in at.values()]
            if free:
                at[one.name] = free[0]
        if len(at) > len(best[1]):
            best = number, at
    # A word or two may be that of a title by chance, in rows that have none.
    return best if len(best[1]) > 1 or len(columns) == 1 else (0, {})


def _refuse_twice(sheet: Sheet, row: int, at: Mapping[str, int], columns: Sequence[Column]) -> None:
    """Raise UnreadableError where two columns have one title: nobody knows which is meant."""
    texts = [plain(cell) for cell in sheet.rows[row]]
    for one in columns:
        own = at.get(one.name)
        if own is None:
            continue
        alike = [place for place, text in enumerate(texts) if text == texts[own]]
        if all(place == own or place in at.values() for place in alike):
            continue
        where = {
            "name": quoted(one.title), "sheet": quoted(sheet.name), "row": row + 1,
            "letters": ", ".join(letters(place) for place in alike),
        }  # fmt: skip
        raise UnreadableError(
            _("Kolumnen %(name)s står flera gånger i %(sheet)s, rad %(row)s: %(letters)s. Ta bort "
              "den som inte ska läsas, eller ge den ett annat namn.") % where
        )  # fmt: skip


def _unread(sheet: Sheet, row: int, at: Mapping[str, int]) -> list[str]:
    used = set(at.values())
    return [
        f"{letters(place)}: {cell.strip()}"
        for place, cell in enumerate(sheet.rows[row])
        if cell.strip() and place not in used
    ]


def _table(sheet: Sheet, begin: int, at: Mapping[str, int], unread: Sequence[str]) -> Table:
    rows: list[tuple[int, dict[str, str]]] = []
    odd: dict[tuple[int, str], str] = {}
    for index, cells in enumerate(sheet.rows[begin:], start=begin):
        row = {name: cells[place] if place < len(cells) else "" for name, place in at.items()}
        wrong = _odd(sheet, index, at)
        if any(cell.strip() for cell in row.values()) or wrong:
            rows.append((index + 1, row))
            odd |= {(index + 1, name): text for name, text in wrong.items()}
    if len(rows) > MAX_ROWS:
        raise UnreadableError(
            _("%(sheet)s har %(rows)s rader. Högst %(most)s kan läsas åt gången: dela upp listan.")
            % {"sheet": quoted(sheet.name), "rows": len(rows), "most": MAX_ROWS}
        )
    if not rows:
        raise UnreadableError(
            _("Det står inga rader under kolumnnamnen i %(sheet)s.") % {"sheet": quoted(sheet.name)}
        )
    return Table(sheet.name, at, rows, odd, unread)


def _odd(sheet: Sheet, index: int, at: Mapping[str, int]) -> dict[str, str]:
    """What is wrong with the cells of a row, by column, that their values do not show."""
    looked, told = sheet.looked, {}
    for name, place in at.items():
        where = (index, place)
        if where in looked.merged:
            told[name] = (
                _("Cellerna %s är sammanfogade. Dela dem och fyll i varje rad.")
                % (looked.merged[where])
            )
        elif where in looked.errors:
            told[name] = (
                _("Cellen visar felet %s. Skriv det som ska stå där.") % (looked.errors[where])
            )
        elif where in looked.unvalued:
            told[name] = _("Formeln i cellen har inget värde. Skriv värdet i stället för formeln.")
    return told
